#pragma once

#include "tocsin/base/result.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace tocsin::base {

using Duration = std::chrono::microseconds;
/// A moment in UTC, to the microsecond.
using Time = std::chrono::sys_time<Duration>;

/// "2026-11-20T08:00:00.000000Z": always UTC and 27 characters, so text order is time order. Years 0000–9999.
[[nodiscard]] std::string formatTime(Time time);

/// Takes ISO 8601 / RFC 3339: date 'T' (or blank) time, optional seconds and fraction, 'Z' or ±hh[:mm] or nothing.
/// Without an offset the time is taken as UTC; `hadOffset` tells, so that a feed can apply its own zone.
/// Refuses years outside 1900–2200, impossible dates and second 61; 23:59:60 becomes the next second.
[[nodiscard]] Result<Time> parseTime(std::string_view text, bool* hadOffset = nullptr);

[[nodiscard]] inline Time fromUnixMillis(std::int64_t ms) { return Time{std::chrono::milliseconds{ms}}; }
[[nodiscard]] inline std::int64_t toUnixMicros(Time t) { return t.time_since_epoch().count(); }
[[nodiscard]] inline Time fromUnixMicros(std::int64_t us) { return Time{Duration{us}}; }

} // namespace tocsin::base
