#pragma once

#include "ingest/decode_family.hpp"

namespace tocsin::ingest {

[[nodiscard]] bool recognisesChirpstack(const Glimpse& glimpse);
/// Events of ChirpStack 3 and 4: uplinks give readings, the others are known and give nothing.
[[nodiscard]] base::Result<Decoded> decodeChirpstack(std::string_view bytes, const Source& source);

[[nodiscard]] bool recognisesTheThingsStack(const Glimpse& glimpse);
/// Messages of The Things Stack 3: by MQTT, by webhook, from its storage (lines), or as events.
[[nodiscard]] base::Result<Decoded> decodeTheThingsStack(std::string_view bytes, const Source& source);

} // namespace tocsin::ingest
