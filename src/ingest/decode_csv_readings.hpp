#pragma once

#include "ingest/decode_family.hpp"

namespace tocsin::ingest {

[[nodiscard]] bool recognisesReadingsCsv(const Glimpse& glimpse);
/// A table of readings: one a row (sensor, time, value, unit), or a column a sensor beside a column of times.
[[nodiscard]] base::Result<Decoded> decodeReadingsCsv(std::string_view bytes, const Source& source);

/// 64 MiB; and a million readings.
inline constexpr std::size_t mostCsvBytes = 64U << 20U;

} // namespace tocsin::ingest
