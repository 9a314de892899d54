#pragma once

#include "tocsin/detect/backtest.hpp"
#include "tocsin/detect/messages.hpp"

#include <set>

namespace tocsin::detect {

/// Others' messages of the past, and what they are judged by.
struct PastMessages {
    std::vector<model::Warning> warnings; ///< in any order, and whatever became of them since
    std::vector<model::Earthquake> earthquakes;
    CountyArea area;
    bool exerciseDesk{false};
};

/// Whether a rule looks at warnings or earthquakes, not at readings.
[[nodiscard]] bool isOverMessages(const Rule& rule);

/// When a rule over messages would have fired: a warning from when it came until it expired, was cancelled or an update
/// came that does not fit; updates that do go on with what they update. An earthquake for as long as it is new enough.
/// `readings` counts the messages that came in that time. Nothing for other rules. Any thread.
[[nodiscard]] Backtest backtest(const Rule& rule, const PastMessages& messages, base::Time from, base::Time to);

/// A rule that alone would have fired more often than this in a day: whoever is on duty bears about 144 of all rules.
constexpr std::size_t tooOftenADay = 1'000;
/// Says how often a rule would have fired, where that is too often for a person.
[[nodiscard]] std::optional<Remark> tooOften(const Rule& rule, const Backtest& past);

/// The rules of `after` that would do something else than those of `before`: they are others, or are about such.
[[nodiscard]] std::set<std::string> changedRules(const std::vector<Rule>& before, const std::vector<Rule>& after);

/// What a look over the past needs.
struct Past {
    const std::map<model::SensorId, model::Sensor>& sensors;
    PastReadings readings;
    const PastMessages& messages;
    base::Time now;
};
/// Which of the rules named by `which` would have fired too often over the last day, then over the last seven. Looks no
/// longer than until `timeIsUp` says so; rules that had not even a day looked at by then are named in a warning. Rules
/// that are switched off are not looked at. `progress` gets 0…1. Code::cancelled when stopped. Any thread.
[[nodiscard]] base::Result<std::vector<Remark>>
remarksOnPast(const std::vector<Rule>& rules, const std::set<std::string>& which, const Past& past,
              const std::function<bool()>& timeIsUp, const std::function<void(double)>& progress,
              const std::stop_token& stop);

} // namespace tocsin::detect
