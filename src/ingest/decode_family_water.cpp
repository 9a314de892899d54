#include "ingest/decode_ea.hpp"
#include "ingest/decode_family.hpp"
#include "ingest/decode_goes.hpp"
#include "ingest/decode_nwis.hpp"
#include "ingest/decode_rdb.hpp"
#include "ingest/decode_waterml.hpp"

#include <array>

namespace tocsin::ingest {

std::span<const Decoder> waterDecoders() {
    static constexpr std::array<Decoder, 6> decoders{{{Format::waterMl2, &looksLikeWaterMl2, &decodeWaterMl2},
                                                      {Format::waterMl1, &looksLikeWaterMl1, &decodeWaterMl1},
                                                      {Format::nwisJson, &looksLikeNwis, &decodeNwis},
                                                      {Format::goesText, &looksLikeGoes, &decodeGoes},
                                                      {Format::eaFlood, &looksLikeEa, &decodeEa},
                                                      {Format::usgsRdb, &looksLikeRdb, &decodeRdb}}};
    return decoders;
}

} // namespace tocsin::ingest
