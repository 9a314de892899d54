#include "ingest/decode_cot.hpp"
#include "ingest/decode_family.hpp"
#include "ingest/decode_gpx.hpp"
#include "ingest/decode_nmea.hpp"
#include "ingest/decode_positions_csv.hpp"

#include <array>

namespace tocsin::ingest {

std::span<const Decoder> unitDecoders() {
    static constexpr std::array<Decoder, 4> decoders{{{Format::cotXml, &looksLikeCot, &decodeCot},
                                                      {Format::gpx, &looksLikeGpx, &decodeGpx},
                                                      {Format::nmea, &looksLikeNmea, &decodeNmea},
                                                      {Format::positionsCsv, &looksLikePositionsCsv, &decodePositionsCsv}}};
    return decoders;
}

} // namespace tocsin::ingest
