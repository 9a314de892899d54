#pragma once

#include "ingest/decode_family.hpp"

namespace tocsin::ingest {

[[nodiscard]] bool recognisesSensorThings(const Glimpse& glimpse);
/// OGC SensorThings 1.0 and 1.1: an Observation as MQTT brings it, or entities and pages of them as HTTP does.
[[nodiscard]] base::Result<Decoded> decodeSensorThings(std::string_view bytes, const Source& source);

} // namespace tocsin::ingest
