#pragma once

#include "ingest/decode_family.hpp"

namespace tocsin::ingest {

[[nodiscard]] bool recognisesReadingsCsv(const Glimpse& glimpse);
/// Whether a line, without its end, says what the columns of a table of readings are.
[[nodiscard]] bool isReadingsHeading(std::string_view line);
/// A table of readings: one a row (sensor, time, value, unit), or a column a sensor beside a column of times.
[[nodiscard]] base::Result<Decoded> decodeReadingsCsv(std::string_view bytes, const Source& source);

/// 64 MiB; and a million readings.
inline constexpr std::size_t mostCsvBytes = 64U << 20U;

} // namespace tocsin::ingest
