#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/model/alarm.hpp"
#include "tocsin/model/position.hpp"
#include "tocsin/model/sensor.hpp"
#include "tocsin/model/trust.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace tocsin::detect {

// ---- conditions over one sensor's readings; values in the sensor's own unit, times the readings' own

/// Over a value, with hysteresis and delay, or for a number of readings in a row.
struct Threshold {
    bool above{true}; ///< alarm when value ≥ threshold, else when ≤
    double threshold{0};
    double hysteresis{0};    ///< the value must come back by this much: over when ≤ threshold − this
    base::Duration delay{0}; ///< the condition must hold this long
    int count{1};            ///< and at so many readings in a row
    friend bool operator==(const Threshold&, const Threshold&) = default;
};
/// The value changes by at least `change` (positive: rises; negative: falls) within `within`; over when by less than
/// half.
struct Rate {
    double change{0};
    base::Duration within{0};
    friend bool operator==(const Rate&, const Rate&) = default;
};
/// Away from what is usual at that hour of the day (UTC) by `deviations` standard deviations and by `least`, once the
/// hour has been seen on at least `days` days. What is usual is learned from readings that raised nothing; what has stood
/// for `settles` days (0: never) is what is usual from then on.
struct Unusual {
    bool above{true};
    bool below{true};
    double deviations{3};
    double least{0};
    int days{3};
    int settles{7};
    friend bool operator==(const Unusual&, const Unusual&) = default;
};
/// Will reach a threshold within `horizon` if it goes on as it did over the last `over`.
struct Crossing {
    bool above{true};
    double threshold{0};
    base::Duration horizon{0};
    base::Duration over{std::chrono::hours(1)};
    enum class Fit : unsigned char {
        straight,
        recession
    } fit{Fit::straight}; ///< recession: exponential towards a base
    friend bool operator==(const Crossing&, const Crossing&) = default;
};
/// So much in all within a time (rain); less where the soil is wet already.
struct Accumulated {
    double amount{0}; ///< in the sensor's unit × hours where that is a rate (mm/h), else the sum of its values (mm)
    base::Duration over{0};              ///< 1, 3, 6, 24 h
    std::optional<model::SensorId> soil; ///< whose value says how wet it is; at fault or out of service: the lesser amount
    double wet{0};                       ///< from this value of `soil` on …
    double amountWhenWet{0};             ///< … so much is enough
    friend bool operator==(const Accumulated&, const Accumulated&) = default;
};
/// Says the same for too long: a fault of the sensor.
struct Stuck {
    base::Duration after{0};
    double tolerance{0}; ///< changes of no more than this are none
    friend bool operator==(const Stuck&, const Stuck&) = default;
};
/// Says what cannot be: outside of lowest…highest, or a jump of more than `jump` between readings no further apart than
/// `within`. A fault of the sensor; over after three plausible readings.
struct Implausible {
    std::optional<double> lowest;
    std::optional<double> highest;
    std::optional<double> jump;
    base::Duration within{std::chrono::minutes(10)};
    friend bool operator==(const Implausible&, const Implausible&) = default;
};

// ---- conditions over several sensors

/// At least `k` of the sensors are over a value, each at a reading not older than `within` before the newest of them.
struct Several {
    int k{2};
    base::Duration within{std::chrono::minutes(10)};
    Threshold each; ///< its delay and count are not used
    friend bool operator==(const Several&, const Several&) = default;
};
/// All of the named rules stand raised, at places no further than `metres` from each other, where given (the first
/// decides), or were within the last `within`.
struct Together {
    std::vector<std::string> rules;
    base::Duration within{0};
    std::optional<double> metres;
    friend bool operator==(const Together&, const Together&) = default;
};
/// Nothing said for so long. By the desk's clock.
struct Silent {
    base::Duration after{0};
    friend bool operator==(const Silent&, const Silent&) = default;
};

// ---- conditions over others' messages

/// A CAP warning in force whose area touches the county. Empty lists and absent members ask for nothing. Words as CAP
/// spells them ("Severe", "Likely", "Immediate", "Met").
struct WarningCondition {
    std::vector<std::string> severities;
    std::vector<std::string> certainties;
    std::vector<std::string> urgencies;
    std::vector<std::string> categories;
    std::vector<std::string> events;    ///< any of these stands in the event's name or is one of its codes
    std::optional<model::Grade> colour; ///< this or graver
    bool anywhere{false};               ///< also where it does not touch the county
    bool exercises{false};              ///< also CAP status Exercise on a real desk (on an exercise desk always)
    model::Trust leastTrust{model::Trust::unverified}; ///< of its feed; a message whose feed declares none is unverified
    friend bool operator==(const WarningCondition&, const WarningCondition&) = default;
};
/// An earthquake of at least `magnitude` no further than `km` from the county's area (0: within it).
struct EarthquakeCondition {
    double magnitude{0};
    double km{0};
    base::Duration notOlderThan{std::chrono::hours(24)};
    model::Trust leastTrust{model::Trust::unverified};
    friend bool operator==(const EarthquakeCondition&, const EarthquakeCondition&) = default;
};

using Condition = std::variant<Threshold, Rate, Unusual, Crossing, Accumulated, Stuck, Implausible, Several, Together,
                               Silent, WarningCondition, EarthquakeCondition>;
/// Its word in rules.toml and in the window: "threshold", "rate", "unusual", "crossing", "accumulated", "stuck",
/// "implausible", "several", "together", "silent", "warning", "earthquake".
[[nodiscard]] std::string_view kindOf(const Condition& condition);

/// Which sensors a rule looks at: those named, or all of a kind, and of these only those in the circle, where given.
/// Empty for rules over messages and Together.
struct Subject {
    std::vector<model::SensorId> sensors;
    std::optional<model::SensorKind> kind; ///< exactly one of the two is given
    std::optional<model::Circle> area;
    friend bool operator==(const Subject&, const Subject&) = default;
};

/// What an active alarm of a rule mutes by design: a burst main the pressure drops that follow from it.
struct Mutes {
    std::vector<std::string> rules; ///< ids; a trailing * stands for any ending
    std::optional<double> metres;   ///< only alarms no further away
    base::Duration after{0};        ///< only those raised no later than this after it; 0: as long as it stands
    friend bool operator==(const Mutes&, const Mutes&) = default;
};

/// When readings or messages become an alarm, and what the alarm then says.
struct Rule {
    std::string id;
    bool enabled{true};
    Subject subject;
    Condition condition;
    model::AlarmKind kind{model::AlarmKind::process}; ///< sensorFault for Stuck and Implausible, and so on
    model::Grade severity{model::Grade::IV};
    model::HazardClass hazardClass{model::HazardClass::naturalDisaster};
    std::string hazard;
    base::LocalText title; ///< "{sensor}" stands for the sensor's name, "{place}" for its place, "{value}", "{event}"
    base::LocalText guidance;
    std::vector<std::string> tell; ///< who is to be told
    std::string plan;              ///< suggested; empty: by hazard and severity
    bool latching{false};
    base::Duration escalateAfter{0}; ///< unacknowledged for so long it becomes louder, and again; 0: never
    std::optional<Mutes> mutes;
    int flapCount{5};                                    ///< so many returns …
    base::Duration flapWithin{std::chrono::minutes(10)}; ///< … within this are flapping; 0: never
    friend bool operator==(const Rule&, const Rule&) = default;
};

/// The value across which the alarm's chart draws a line, where the condition has one.
[[nodiscard]] std::optional<double> thresholdOf(const Rule& rule);

/// Rules from a TOML text; a fault names its line and column. The table is in docs/COUNTY.md. Rules of the first form
/// (`above`, `hysteresis`, `delay` in the rule itself) read as Threshold.
[[nodiscard]] base::Result<std::vector<Rule>> parseRules(std::string_view toml);
/// The rules as a TOML text that parseRules() reads the same.
[[nodiscard]] std::string toToml(const std::vector<Rule>& rules);

} // namespace tocsin::detect
