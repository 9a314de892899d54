#include "ingest/decode_family.hpp"
#include "ingest/decode_fdsn.hpp"
#include "ingest/decode_quakeml.hpp"
#include "ingest/decode_sc3ml.hpp"

#include <array>

namespace tocsin::ingest {

// The GeoJSON of the USGS stands with the first formats.
std::span<const Decoder> quakeDecoders() {
    static constexpr std::array<Decoder, 3> decoders{{{Format::quakeMl, &looksLikeQuakeMl, &decodeQuakeMl},
                                                      {Format::sc3Ml, &looksLikeSc3Ml, &decodeSc3Ml},
                                                      {Format::fdsnText, &looksLikeFdsn, &decodeFdsn}}};
    return decoders;
}

} // namespace tocsin::ingest
