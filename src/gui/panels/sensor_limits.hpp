#pragma once

#include "tocsin/detect/rule.hpp"

#include <span>
#include <vector>

namespace tocsin::gui {

struct SensorLimit {
    double value{0}; ///< in the sensor's unit
    model::Grade grade{model::Grade::IV};
    friend bool operator==(const SensorLimit&, const SensorLimit&) = default;
};

/// Where the rules in force draw a line across a sensor's readings, whether an alarm was ever raised there or not;
/// ascending, of equal ones the gravest. A sum (rain within hours), a rate or a deviation is no value of the sensor's and
/// has no line. `known`: null where the sensor is not registered, then only rules that name it count.
[[nodiscard]] std::vector<SensorLimit> limitsOf(std::span<const detect::Rule> rules, const model::SensorId& sensor,
                                                const model::Sensor* known);

} // namespace tocsin::gui
