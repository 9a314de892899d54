#pragma once

#include "tocsin/detect/detector.hpp"

#include <functional>
#include <optional>
#include <set>
#include <stop_token>
#include <string>

namespace tocsin::detect {

/// A stretch of the past in which a rule would have stood raised.
struct Firing {
    model::SensorId sensor; ///< empty for rules over several sensors
    base::Time from;
    std::optional<base::Time> until; ///< absent: still
    double value{0};                 ///< that raised it
    base::LocalText what{};          ///< of a rule over messages: which one, in its own words
};

struct Backtest {
    std::vector<Firing> firings; ///< ascending by `from`; at most 10,000, `all` counts every one
    std::size_t all{0};
    std::size_t readings{0}; ///< that were looked at
    std::size_t mostInAMinute{0};
    std::size_t mostInADay{0}; ///< in any 24 hours
};

/// Readings of the stored past, ascending: at most `most` at once from after `after` on.
using PastReadings = std::function<base::Result<std::vector<model::ReadingSeen>>(const model::SensorId&,
                                                                                 base::Time after, std::size_t most)>;
/// When a rule would have fired. Rules that a Together names must be among `others`. Reads all sensors side by side in
/// the order of time. `progress` gets 0…1. Code::cancelled when stopped. Any thread.
[[nodiscard]] base::Result<Backtest> backtest(const Rule& rule, const std::vector<Rule>& others,
                                              const std::map<model::SensorId, model::Sensor>& sensors, base::Time from,
                                              base::Time to, const PastReadings& past,
                                              const std::function<void(double)>& progress, const std::stop_token& stop);

/// What is wrong with a rule, or doubtful, before it is saved and not at 3 a.m.
struct Remark {
    bool refuses{false}; ///< false: a warning
    std::string rule;
    std::string field; ///< "sensor", "threshold" …; may be empty
    base::LocalText text;
};
/// Unknown sensors, rules and plans, a sensor whose range the threshold lies outside of, a window of nothing, circles of
/// Together, hysteresis that never lets go … `plans`: the ids of the county's; absent: they are not known here.
[[nodiscard]] std::vector<Remark> remarksOn(const std::vector<Rule>& rules,
                                            const std::map<model::SensorId, model::Sensor>& sensors,
                                            const std::optional<std::set<std::string>>& plans = std::nullopt);
/// A rule that would have fired more often than this in a minute is warned of.
constexpr std::size_t tooOftenAMinute = 60;

} // namespace tocsin::detect
