#include "ingest/decode_family.hpp"

namespace tocsin::ingest {

std::span<const Decoder> citizenDecoders() {
    return {};
}

} // namespace tocsin::ingest
