#pragma once

#include "ingest/decode_family.hpp"

#include <string>
#include <string_view>

namespace tocsin::ingest {

/// What recognisers are shown of bytes; `text` backs it and must outlive it.
[[nodiscard]] Glimpse glimpse(std::string_view bytes, std::string& text);

/// The decoder of a format; null for unknown and for what is not built in.
[[nodiscard]] const Decoder* decoderOf(Format format);

/// Whether the beginning of JSON text (UTF-8, no byte order mark) has the keys of the USGS's earthquake GeoJSON.
[[nodiscard]] bool looksLikeUsgs(std::string_view text);

/// What bytes of no known format look like, for the message that refuses them: "XML with the root element <quakeml>".
[[nodiscard]] std::string describeUnknown(std::string_view bytes);

} // namespace tocsin::ingest
