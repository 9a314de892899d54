#pragma once

#include "tocsin/detect/detector.hpp"
#include "tocsin/model/state.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace tocsin::desk {

/// What a rule's words may name. In each language the thing's own name, where it has one.
struct AlarmWords {
    base::LocalText sensor;
    base::LocalText place;
    std::string value; ///< with its unit
    base::LocalText event;
};
/// "{sensor}", "{place}", "{value}" and "{event}" in a rule's words, filled in.
[[nodiscard]] base::LocalText filled(const base::LocalText& pattern, const AlarmWords& words);

/// "4.2 m": at most two decimals, more where the number is smaller than that.
[[nodiscard]] std::string valueText(double value, std::string_view unit);

/// "45 s", "30 min", "6 h", "3 d": short, and the same in each language but for its words.
struct ShortSpan {
    std::int64_t count;
    const char* english;
    const char* chinese;
};
[[nodiscard]] ShortSpan shortSpan(base::Duration time);

/// What a rule says of an alarm: words, grade, hazard, who is told.
void describeBy(const detect::Rule& rule, const AlarmWords& words, model::Alarm& alarm);

/// What a rule has concluded, as an alarm that has no life yet. Code::notFound where no sensor of it is registered.
[[nodiscard]] base::Result<model::Alarm> alarmOf(const detect::Conclusion& conclusion, const model::State& state);

} // namespace tocsin::desk
