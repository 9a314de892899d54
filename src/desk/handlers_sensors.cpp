#include "desk/alarm_flow.hpp"
#include "desk/handlers.hpp"
#include "desk/reading_gate.hpp"

#include "tocsin/desk/sensor_checks.hpp"
#include "tocsin/model/json.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace tocsin::desk {

using base::Code;
using base::fail;
using model::Sensor;

namespace {

constexpr std::size_t mostReason = 400;

/// What an editor's sensor becomes over how it stands, where the editor saw `seen`.
base::Result<Sensor> mergedSensor(const Sensor& edited, const Sensor& seen, const Sensor& before) {
    auto out = before;
    const char* clash = nullptr;
    const auto third = [&](auto Sensor::*field, const char* what) {
        if (edited.*field == seen.*field)
            return;
        // Somebody else's change that is the same as this one's is no conflict.
        if (before.*field != seen.*field && before.*field != edited.*field && clash == nullptr)
            clash = what;
        out.*field = edited.*field;
    };
    third(&Sensor::name, "name");
    third(&Sensor::kind, "kind");
    third(&Sensor::unit, "unit");
    third(&Sensor::position, "position");
    third(&Sensor::place, "place");
    third(&Sensor::silentAfter, "silence limit");
    third(&Sensor::lowest, "lowest value");
    third(&Sensor::highest, "highest value");
    if (clash != nullptr)
        return fail(Code::conflict, "sensor '" + before.id.value + "' has been changed by somebody else meanwhile (" + clash +
                                        "): look at it again");
    return out;
}

/// The county's own word, but for a limit of silence, which no service describes: with another one it is still the feed's.
std::string feedOf(Sensor sensor, const Sensor& before) {
    sensor.silentAfter = before.silentAfter;
    sensor.feed = before.feed;
    return sensor == before ? before.feed : std::string();
}

} // namespace

void keepStanding(Sensor& sensor, const Sensor& before) {
    sensor.outOfService = before.outOfService;
    sensor.outOfServiceBy = before.outOfServiceBy;
    sensor.outOfServiceSince = before.outOfServiceSince;
    sensor.retired = before.retired;
    sensor.retiredBy = before.retiredBy;
    sensor.retiredSince = before.retiredSince;
}

base::Result<Effect> Handlers::operator()(const RegisterSensors& c) {
    if (c.sensors.empty())
        return fail(Code::refused, "there is no sensor to register");
    std::map<model::SensorId, const Sensor*> seen;
    if (c.seen) {
        for (const auto& sensor : *c.seen)
            seen.emplace(sensor.id, &sensor);
    }
    Effect effect;
    Event added{"sensor.registered", "sensors", nlohmann::json::object()};
    Event changed{"sensor.changed", "sensors", nlohmann::json::object()};
    std::size_t newOnes = 0;
    std::size_t changedOnes = 0;
    std::set<model::SensorId> named;
    for (const auto& given : c.sensors) {
        auto sensor = given;
        if (auto ok = checkSensor(sensor); !ok)
            return tl::unexpected(ok.error());
        const std::string whose = "sensor '" + sensor.id.value + "'";
        if (!named.insert(sensor.id).second)
            return fail(Code::conflict, whose + " is named twice");
        effect.ids.push_back(sensor.id.value);
        if (sensor.name.text.empty())
            sensor.name.text = sensor.id.value;
        const auto known = m_state.sensors.find(sensor.id);
        const auto* before = known == m_state.sensors.end() ? nullptr : &known->second;
        if (before != nullptr && c.seen) {
            const auto saw = seen.find(sensor.id);
            if (saw == seen.end())
                return fail(Code::conflict, whose + " is in the register already");
            auto merged = mergedSensor(sensor, *saw->second, *before);
            if (!merged)
                return tl::unexpected(merged.error());
            // Two halves that are right by themselves may not fit.
            if (auto ok = checkSensor(*merged); !ok)
                return tl::unexpected(ok.error());
            sensor = std::move(*merged);
        }
        keepStanding(sensor, before != nullptr ? *before : Sensor{});
        sensor.feed = before != nullptr ? feedOf(sensor, *before) : std::string();
        if (before != nullptr && sensor == *before)
            continue;
        if (before == nullptr || sensor.unit != before->unit) {
            // What is stored is in the unit of before: another one would turn metres into feet.
            if (before != nullptr && m_gate != nullptr && m_gate->newestOf(sensor.id) != nullptr)
                return fail(Code::refused, whose + " has readings in '" + before->unit +
                                               "': its unit stays; register another sensor for the new one");
            if (!c.anyUnit && m_gate != nullptr && !m_gate->knowsUnit(sensor.unit))
                return fail(Code::notFound, "nobody knows the unit '" + sensor.unit + "' of " + whose +
                                                ": readings in other units could not be brought to it");
        }
        ++(before == nullptr ? newOnes : changedOnes);
        model::addChange((before == nullptr ? added : changed).data, sensor);
    }
    if (newOnes > 0) {
        added.data["count"] = newOnes;
        effect.events.push_back(std::move(added));
    }
    if (changedOnes > 0) {
        changed.data["count"] = changedOnes;
        effect.events.push_back(std::move(changed));
    }
    effect.duplicate = effect.events.empty();
    return effect;
}

base::Result<Effect> Handlers::operator()(const RetireSensors& c) {
    if (c.sensors.empty())
        return fail(Code::refused, "no sensor is named");
    if (c.sensors.size() > mostSensorsRetired)
        return fail(Code::tooLarge, "more than " + std::to_string(mostSensorsRetired) + " sensors at once");
    if (auto ok = checkText(c.reason, "the reason for retiring sensors", mostReason, !c.retired); !ok)
        return tl::unexpected(ok.error());
    std::vector<Sensor> after;
    std::set<model::SensorId> named;
    for (const auto& id : c.sensors) {
        const auto found = m_state.sensors.find(id);
        if (found == m_state.sensors.end())
            return fail(Code::notFound, "there is no sensor '" + id.value + "'");
        if (!named.insert(id).second || found->second.retired.empty() != c.retired)
            continue;
        auto& sensor = after.emplace_back(found->second);
        sensor.retired = c.retired ? c.reason : std::string();
        sensor.retiredBy = c.retired ? m_actor : std::string();
        sensor.retiredSince = c.retired ? std::optional(m_now) : std::nullopt;
    }
    if (after.empty())
        return fail(Code::conflict, c.retired ? "these sensors are retired already" : "none of these sensors is retired");
    auto facts = nlohmann::json::object();
    if (!c.reason.empty())
        facts["reason"] = c.reason;
    Effect effect;
    addEntries(effect, c.retired ? "sensor.retired" : "sensor.brought-back", "sensors", after, facts);
    if (!c.retired)
        return effect;
    const auto isGone = [&](const model::SensorId& id) {
        const auto found = m_state.sensors.find(id);
        return named.contains(id) || (found != m_state.sensors.end() && !found->second.retired.empty());
    };
    std::vector<model::Alarm> over;
    std::set<model::AlarmId> seen;
    for (const auto& sensor : after) {
        for (const auto& id : m_book->ofSensor(sensor.id)) {
            const auto& alarm = m_state.alarms.at(id);
            // One that rests on others, too, stands: what they say is still so.
            if (!std::all_of(alarm.sensors.begin(), alarm.sensors.end(), isGone) || !seen.insert(id).second)
                continue;
            if (auto closed = flow().closed(alarm, m_actor))
                over.push_back(std::move(*closed));
        }
    }
    auto closed = AlarmFlow::events("alarm.returned", over, {{"reason", "sensor retired"}});
    std::move(closed.begin(), closed.end(), std::back_inserter(effect.events));
    return effect;
}

} // namespace tocsin::desk
