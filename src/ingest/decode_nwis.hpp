#pragma once

#include "ingest/decode_family.hpp"

namespace tocsin::ingest {

/// WaterML 1 as JSON: waterservices.usgs.gov/nwis/iv and /dv with format=json.
[[nodiscard]] bool looksLikeNwis(const Glimpse& glimpse);
[[nodiscard]] base::Result<Decoded> decodeNwis(std::string_view bytes, const Source& source);

} // namespace tocsin::ingest
