#include "ingest/decode_family.hpp"

namespace tocsin::ingest {

std::span<const Decoder> warningDecoders() {
    return {};
}

} // namespace tocsin::ingest
