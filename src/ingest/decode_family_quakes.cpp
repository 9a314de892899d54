#include "ingest/decode_family.hpp"

namespace tocsin::ingest {

std::span<const Decoder> quakeDecoders() {
    return {};
}

} // namespace tocsin::ingest
