#pragma once

#include "tocsin/base/time.hpp"

#include <array>
#include <chrono>
#include <string_view>

namespace tocsin::ingest {

/// A line of readings, with texts that point into what it was read from.
struct ReadingLine {
    std::string_view sensor;
    std::string_view unit; ///< empty: none
    base::Time time;
    double value{0};
};

/// Reads readings as nearly every feed writes them: the keys sensor, time, value and perhaps unit in this order, plain
/// ASCII names without escapes, times in UTC or milliseconds, numbers of up to 15 digits without exponent, at most one
/// blank after a colon or comma. What it takes means the same to the full decoder; all else it leaves to that one.
class FastReadings {
  public:
    /// Reads a reading that begins at `at`; returns the byte after its closing brace, or null: ask the full decoder.
    /// 64 bytes after `end` must be readable.
    const char* read(const char* at, const char* end, ReadingLine& out);

  private:
    const char* readTime(const char* at, base::Time& out);
    const char* readClock(const char* at, base::Time& out);

    std::array<char, 11> m_date{}; ///< the last date that was read, with its 'T'
    std::chrono::sys_days m_day;
};

} // namespace tocsin::ingest
