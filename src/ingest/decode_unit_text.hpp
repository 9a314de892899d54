#pragma once

#include "decode_place.hpp"

#include "tocsin/base/time.hpp"

#include <optional>
#include <string>
#include <string_view>

// What the decoders of units read alike.

namespace tocsin::ingest::units {

/// Before the satellites that tell positions: a clock that has none of the time.
inline constexpr base::Time earliest{std::chrono::sys_days{std::chrono::year{1980} / 1 / 6}};
inline constexpr double knot = 1852.0 / 3600; ///< metres a second
/// A finite decimal number, and nothing else.
[[nodiscard]] std::optional<double> numberIn(std::string_view text);
/// A course: 0 ≤ degrees < 360, from anything within a turn or two of that.
[[nodiscard]] std::optional<double> degreesIn(std::string_view text);
/// The same of a number that was read already; it is within −360 and 720.
[[nodiscard]] double turnedIn(double degrees);
/// Text of a name as one line of UTF-8 without controls, cut at `most` bytes.
[[nodiscard]] std::string oneLine(std::string_view text, std::size_t most);
/// Text of several lines without other controls.
[[nodiscard]] std::string lines(std::string_view text, std::size_t most);

} // namespace tocsin::ingest::units
