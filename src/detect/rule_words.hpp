#pragma once

#include "tocsin/base/toml.hpp"
#include "tocsin/detect/rule.hpp"

// What rules.cpp, rule_conditions.cpp and rule_text.cpp share: the words of rules.toml and their limits.

namespace tocsin::detect {

constexpr std::size_t longestName = 120;  ///< bytes of a rule's or a sensor's name
constexpr std::size_t longestText = 4000; ///< bytes of a title or guidance
constexpr std::size_t mostRules = 10'000;
constexpr std::size_t mostListed = 1'000; ///< in one list of a rule
constexpr double greatestNumber = 1e15;   ///< beyond, sums would no longer be exact
constexpr base::Duration longestTime = std::chrono::hours(24 * 366);
constexpr int mostDays = 60;
constexpr int mostCount = 1'000;

/// True where a rule of this kind looks at sensors' readings (or their absence).
[[nodiscard]] bool looksAtSensors(const Condition& condition);
/// What an alarm of such a condition is about, where the rule does not say.
[[nodiscard]] model::AlarmKind usualKind(const Condition& condition);
/// An empty condition of the kind with this word.
[[nodiscard]] std::optional<Condition> conditionCalled(std::string_view word);

/// The texts of a list, each not empty and at most `longestName` bytes; a fault has the item's own place.
[[nodiscard]] std::vector<std::string> readTexts(base::TomlReader& in, std::string_view key);
/// A number within the limits, or a fault. Absent where the key is.
[[nodiscard]] std::optional<double> readNumber(base::TomlReader& in, std::string_view key, double lowest,
                                               double highest);
[[nodiscard]] std::optional<int> readCount(base::TomlReader& in, std::string_view key, int lowest, int highest);
/// A time not negative (or above zero) and at most a year.
[[nodiscard]] std::optional<base::Duration> readTime(base::TomlReader& in, std::string_view key, bool mayBeZero = true);

/// Reads the condition's own keys, by what `when` says.
void readCondition(base::TomlReader& in, Rule& rule);
/// Its keys as lines of TOML; `when` too where it is no Threshold.
[[nodiscard]] std::string conditionText(const Condition& condition);

[[nodiscard]] std::string numberText(double number);
[[nodiscard]] std::string timeText(base::Duration time);
[[nodiscard]] std::string listText(const std::vector<std::string>& list);

} // namespace tocsin::detect
