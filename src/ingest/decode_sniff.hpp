#pragma once

#include <string>
#include <string_view>

namespace tocsin::ingest {

/// Whether the beginning of JSON text (UTF-8, no byte order mark) has the keys of the USGS's earthquake GeoJSON.
[[nodiscard]] bool looksLikeUsgs(std::string_view text);

/// What bytes of no known format look like, for the message that refuses them: "XML with the root element <quakeml>".
[[nodiscard]] std::string describeUnknown(std::string_view bytes);

} // namespace tocsin::ingest
