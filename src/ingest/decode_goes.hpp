#pragma once

#include "ingest/decode_family.hpp"

namespace tocsin::ingest {

/// Messages of data collection platforms over GOES, as NOAA's DCS hands them out in JSON.
[[nodiscard]] bool looksLikeGoes(const Glimpse& glimpse);
[[nodiscard]] base::Result<Decoded> decodeGoes(std::string_view bytes, const Source& source);

} // namespace tocsin::ingest
