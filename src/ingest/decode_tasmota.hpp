#pragma once

#include "ingest/decode_family.hpp"

namespace tocsin::ingest {

/// "tele/NAME/SENSOR", "stat/NAME/POWER", "NAME/tele/STATE" …: what a device with Tasmota speaks under.
[[nodiscard]] bool isTasmotaTopic(std::string_view topic);

[[nodiscard]] bool recognisesTasmota(const Glimpse& glimpse);
/// One payload, its topic in the source; or lines "TOPIC = PAYLOAD" as the device's console writes them.
[[nodiscard]] base::Result<Decoded> decodeTasmota(std::string_view bytes, const Source& source);

} // namespace tocsin::ingest
