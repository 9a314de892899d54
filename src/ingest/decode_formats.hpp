#pragma once

#include "tocsin/ingest/decoded.hpp"

#include <string_view>

// The decoders behind decode(): each takes bytes of its own format, within the size limit, and knows no other.

namespace tocsin::ingest {

[[nodiscard]] base::Result<Decoded> decodeCap(std::string_view bytes, const Source& source = {});
[[nodiscard]] base::Result<Decoded> decodeUsgs(std::string_view bytes);
[[nodiscard]] base::Result<Decoded> decodeReport(std::string_view bytes);
[[nodiscard]] base::Result<Decoded> decodeReadings(std::string_view bytes, const Source& source = {});
[[nodiscard]] base::Result<Decoded> decodeReadingsJson(std::string_view bytes, const Source& source = {});

} // namespace tocsin::ingest
