#pragma once

#include "decode_family.hpp"

namespace tocsin::ingest {

/// A table with a heading of which columns are latitude and longitude, and others the unit, the time, speed, course,
/// accuracy, altitude; separated by commas, semicolons or tabs; as it is or packed with gzip.
[[nodiscard]] bool looksLikePositionsCsv(const Glimpse& glimpse);
[[nodiscard]] base::Result<Decoded> decodePositionsCsv(std::string_view bytes, const Source& source);


} // namespace tocsin::ingest
