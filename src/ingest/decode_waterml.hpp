#pragma once

#include "ingest/decode_family.hpp"

namespace tocsin::ingest {

/// WaterML 1.0 and 1.1, of the USGS and of CUAHSI's WaterOneFlow.
[[nodiscard]] bool looksLikeWaterMl1(const Glimpse& glimpse);
[[nodiscard]] base::Result<Decoded> decodeWaterMl1(std::string_view bytes, const Source& source);

/// OGC WaterML 2.0, part 1: collections of time series.
[[nodiscard]] bool looksLikeWaterMl2(const Glimpse& glimpse);
[[nodiscard]] base::Result<Decoded> decodeWaterMl2(std::string_view bytes, const Source& source);

} // namespace tocsin::ingest
