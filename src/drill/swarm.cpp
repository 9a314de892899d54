#include "tocsin/drill/swarm.hpp"

#include "drill/dice.hpp"
#include "drill/fill.hpp"
#include "tocsin/desk/si_unit.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>

namespace tocsin::drill {

namespace {

using base::Duration;

/// The value changes as fast as a sensor may speak.
constexpr Duration strikes = std::chrono::milliseconds{100};
constexpr std::size_t mostOfRule = 1'000; // sensors that a rule may name

SwarmSensor sensorOf(const Swarm& swarm, std::size_t number, const std::vector<Area>& areas,
                     const std::optional<model::Position>& centre, Dice& dice) {
    const Area& area = areas[dice.weighted(areas, [](const Area& a) { return a.weight; })];
    const std::string street =
        area.streets.empty() ? std::string{}
                             : area.streets[dice.below(area.streets.size())] + " " + std::to_string(1 + dice.below(60));
    std::array<char, 8> digits{};
    std::snprintf(digits.data(), digits.size(), "%04zu", number);

    SwarmSensor result;
    model::Sensor& sensor = result.sensor;
    sensor.id = model::SensorId(swarm.id + "-" + digits.data());
    sensor.kind = swarm.kind;
    sensor.unit = swarm.unit;
    sensor.position = dice.around(area.centre, area.radiusMetres);
    sensor.place = area.name;
    const auto named = [&](const std::string& text, std::string_view language) {
        return filled(filled(text, "street", street), "place", area.name.in(language));
    };
    sensor.name.text = named(swarm.name.text, {});
    for (const auto& [language, text] : swarm.name.translations)
        sensor.name.translations[language] = named(text, language);

    Curve& curve = result.curve;
    curve.sensor = sensor.id;
    curve.every = swarm.every;
    curve.noise = swarm.noise;
    curve.points = {{Duration{0}, swarm.calm}};
    const bool isStruck = dice.happens(swarm.share);
    const auto moment =
        swarm.at + Duration(static_cast<std::int64_t>(dice.unit() * static_cast<double>(swarm.within.count())));
    double value = swarm.struck + swarm.spread * dice.swing();
    if (centre)
        value -= swarm.fallsPerKm * geo::distance(*centre, sensor.position).value / 1'000;
    if (isStruck) {
        curve.points = {{moment - strikes, swarm.calm}, {moment, value}};
        if (swarm.lasts)
            curve.points.insert(curve.points.end(),
                                {{moment + *swarm.lasts, value}, {moment + *swarm.lasts + strikes, swarm.calm}});
    }
    return result;
}

/// The same limits in another unit. Where none leads to it, they stay: the desk keeps such a sensor in its own unit as well.
void bringTo(detect::Rule& rule, const desk::UnitConverter::Conversion& conversion) {
    auto* threshold = std::get_if<detect::Threshold>(&rule.condition);
    if (threshold == nullptr || !conversion.reason().empty())
        return;
    threshold->threshold = conversion(threshold->threshold);
    threshold->hysteresis = std::abs(conversion(threshold->hysteresis) - conversion(0));
}

} // namespace

std::vector<SwarmSensor> sensorsOf(const Swarm& swarm, const std::vector<Area>& areas,
                                   const std::optional<model::Position>& centre) {
    std::vector<SwarmSensor> result;
    if (areas.empty())
        return result;
    result.reserve(swarm.count);
    Dice dice(swarm.seed);
    for (std::size_t i = 1; i <= swarm.count; ++i)
        result.push_back(sensorOf(swarm, i, areas, centre, dice));
    return result;
}

std::string describedAs(const Swarm& swarm, const std::vector<SwarmSensor>& sensors, std::string_view language) {
    nlohmann::json list = nlohmann::json::array();
    for (const SwarmSensor& each : sensors) {
        const model::Position& at = each.sensor.position;
        list.push_back({{"@iot.id", each.sensor.id.value},
                        {"name", each.sensor.name.in(language)},
                        {"unitOfMeasurement", {{"symbol", each.sensor.unit}}},
                        {"ObservedProperty", {{"name", swarm.property}}},
                        {"observedArea", {{"type", "Point"}, {"coordinates", {at.longitude(), at.latitude()}}}}});
    }
    return nlohmann::json{{"value", std::move(list)}}.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::vector<detect::Rule> rulesOf(const Scenario& scenario, const std::map<model::SensorId, model::Sensor>& known) {
    std::vector<detect::Rule> result;
    desk::UnitConverter units;
    for (const Swarm& swarm : scenario.swarms) {
        if (swarm.rules.empty())
            continue;
        std::vector<model::SensorId> ids;
        for (const SwarmSensor& each : sensorsOf(swarm, scenario.areas, scenario.centre))
            ids.push_back(each.sensor.id);
        const auto before = ids.empty() ? known.end() : known.find(ids.front());
        const std::string unit = before == known.end() ? desk::siUnitOf(units, swarm.unit, swarm.kind) : before->second.unit;
        for (detect::Rule rule : swarm.rules) {
            if (unit != swarm.unit)
                bringTo(rule, units.between(swarm.unit, unit));
            for (std::size_t from = 0; from < ids.size(); from += mostOfRule) {
                const auto first = ids.begin() + static_cast<std::ptrdiff_t>(from);
                const auto last = ids.begin() + static_cast<std::ptrdiff_t>(std::min(from + mostOfRule, ids.size()));
                result.push_back(rule);
                result.back().subject.sensors.assign(first, last);
                if (from > 0)
                    result.back().id += "-" + std::to_string(from / mostOfRule + 1);
            }
        }
    }
    return result;
}

} // namespace tocsin::drill
