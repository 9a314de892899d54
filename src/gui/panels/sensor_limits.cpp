#include "gui/panels/sensor_limits.hpp"

#include "tocsin/geo/measure.hpp"

#include <algorithm>
#include <map>

namespace tocsin::gui {
namespace {

bool looksAt(const detect::Subject& subject, const model::SensorId& sensor, const model::Sensor* known) {
    const bool named = std::find(subject.sensors.begin(), subject.sensors.end(), sensor) != subject.sensors.end();
    if (!named && (known == nullptr || subject.kind != known->kind))
        return false;
    return !subject.area ||
           (known != nullptr &&
            geo::distance(subject.area->centre, known->position).value <= subject.area->radiusKm * 1000);
}

} // namespace

std::vector<SensorLimit> limitsOf(std::span<const detect::Rule> rules, const model::SensorId& sensor,
                                  const model::Sensor* known) {
    std::map<double, model::Grade> gravest;
    for (const detect::Rule& rule : rules) {
        const auto value = detect::thresholdOf(rule);
        if (!rule.enabled || !value || std::holds_alternative<detect::Accumulated>(rule.condition) ||
            !looksAt(rule.subject, sensor, known))
            continue;
        const auto [it, fresh] = gravest.emplace(*value, rule.severity);
        if (!fresh)
            it->second = std::min(it->second, rule.severity);
    }
    std::vector<SensorLimit> out;
    for (const auto& [value, grade] : gravest)
        out.push_back({value, grade});
    return out;
}

} // namespace tocsin::gui
