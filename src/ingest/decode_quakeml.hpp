#pragma once

#include "ingest/decode_family.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace tocsin::ingest {

[[nodiscard]] bool looksLikeQuakeMl(const Glimpse& glimpse);
[[nodiscard]] base::Result<Decoded> decodeQuakeMl(std::string_view bytes, const Source& source);

/// What another document of a seismic service is, by its root element; nothing for one that is not known.
[[nodiscard]] std::optional<std::string> knownOtherRoot(std::string_view root, std::string_view rootTag);

} // namespace tocsin::ingest
