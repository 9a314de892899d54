#include "ingest/decode_family.hpp"

namespace tocsin::ingest {

std::span<const Decoder> unitDecoders() {
    return {};
}

} // namespace tocsin::ingest
