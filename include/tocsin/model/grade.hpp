#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace tocsin::model {

/// I is the gravest. The same four steps serve as an incident's grade, an alarm's severity, a response level
/// and a warning's colour (red, orange, yellow, blue).
enum class Grade : std::uint8_t { I = 1, II = 2, III = 3, IV = 4 };

/// The four classes of DOMAIN: natural disaster, accident, public health, social security.
enum class HazardClass : std::uint8_t { naturalDisaster, accident, publicHealth, socialSecurity };

[[nodiscard]] std::string_view toString(Grade grade);             // "I" … "IV"
[[nodiscard]] std::optional<Grade> gradeFrom(std::string_view text); // "I" … "IV", "1" … "4", "red" … "blue"
[[nodiscard]] std::string_view toString(HazardClass value);
[[nodiscard]] std::optional<HazardClass> hazardClassFrom(std::string_view text);

} // namespace tocsin::model
