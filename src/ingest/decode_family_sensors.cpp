#include "ingest/decode_family.hpp"

namespace tocsin::ingest {

std::span<const Decoder> sensorDecoders() {
    return {};
}

} // namespace tocsin::ingest
