#include "ingest/decode_family.hpp"

namespace tocsin::ingest {

std::span<const Decoder> waterDecoders() {
    return {};
}

} // namespace tocsin::ingest
