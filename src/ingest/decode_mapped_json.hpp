#pragma once

#include "tocsin/ingest/decoded.hpp"

#include <string_view>

namespace tocsin::ingest {

/// Any JSON, or lines of it, or a bare text or number, by the source's mapping.
[[nodiscard]] base::Result<Decoded> decodeMappedJson(std::string_view bytes, const Source& source);

/// Whether each part of a mapping is one of the forms that JsonMapping names; else which is not.
[[nodiscard]] base::Result<void> checkMapping(const JsonMapping& mapping);
/// Whether what it says of units can make some of what a feed of this format sends.
[[nodiscard]] base::Result<void> checkUnitMapping(const JsonMapping& mapping, Format format);

} // namespace tocsin::ingest
