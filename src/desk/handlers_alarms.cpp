#include "desk/alarm_flow.hpp"
#include "desk/handlers.hpp"

#include "tocsin/base/sha256.hpp"
#include "tocsin/base/toml.hpp"
#include "tocsin/detect/backtest.hpp"
#include "tocsin/model/alarm_life.hpp"
#include "tocsin/model/json.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

// What persons do with alarms. The same alarm may have gone its way while somebody chose it: what no longer fits is
// passed over, and only a command that fits none of its alarms is refused.

namespace tocsin::desk {

using base::Code;
using base::fail;
using model::Alarm;
using model::AlarmEvent;

namespace {

constexpr std::size_t mostAlarms = 20'000;
constexpr std::size_t mostReason = 400;
constexpr std::size_t mostTold = 100; ///< of one alarm
constexpr std::size_t mostRulesText = 512U << 10U;
constexpr auto longestShelf = std::chrono::hours(24 * 7);

/// Whether all that an alarm is drawn from is this sensor, or out of service like it.
bool restsOn(const Alarm& alarm, const model::SensorId& sensor, const std::map<model::SensorId, model::Sensor>& sensors) {
    if (alarm.sensors.empty())
        return alarm.sensor == sensor;
    return std::all_of(alarm.sensors.begin(), alarm.sensors.end(), [&](const auto& one) {
        const auto found = sensors.find(one);
        return one == sensor || (found != sensors.end() && !found->second.outOfService.empty());
    });
}

/// Where a remark's rule stands, and in it the field, where it has one.
base::Place placeIn(const std::string& toml, const detect::Remark& remark) {
    const auto whole = base::parseToml(toml);
    const auto* rules = whole ? (*whole)["rule"].as_array() : nullptr;
    if (rules == nullptr)
        return {};
    for (const auto& node : *rules) {
        const auto* rule = node.as_table();
        if (rule == nullptr || (*rule)["id"].value_or(std::string()) != remark.rule)
            continue;
        const auto* field = remark.field.empty() ? nullptr : rule->get(remark.field);
        return base::TomlReader::placeOf(field != nullptr ? *field : node);
    }
    return {};
}

} // namespace

AlarmFlow Handlers::flow() const {
    return {m_state, *m_book, *m_rules, m_ids, m_now};
}

/// What is meant by setting these aside. Of one that is over: that of its rule and subject which stands, else the newest
/// of those named, so that never two of them are active.
std::vector<model::AlarmId> Handlers::toSetAside(const std::vector<model::AlarmId>& alarms) const {
    std::vector<model::AlarmId> out;
    std::map<std::tuple<std::string, model::SensorId, std::string>, const Alarm*> over;
    for (const auto& id : alarms) {
        const auto found = m_state.alarms.find(id);
        if (found == m_state.alarms.end() || model::isActive(found->second.state)) {
            out.push_back(id);
            continue;
        }
        const auto& alarm = found->second;
        if (const auto* standing = m_book->active(alarm.rule, alarm.sensor, alarm.source)) {
            out.push_back(standing->id);
            continue;
        }
        auto& newest = over[{alarm.rule, alarm.sensor, alarm.source}];
        if (newest == nullptr || std::tie(newest->raisedAt, newest->id) < std::tie(alarm.raisedAt, alarm.id))
            newest = &alarm;
    }
    for (const auto& [key, newest] : over)
        out.push_back(newest->id);
    return out;
}

template <typename Change>
base::Result<Effect> Handlers::eachAlarm(const std::vector<model::AlarmId>& alarms, const char* type,
                                         const nlohmann::json& facts, const char* none, Change change) const {
    if (alarms.empty())
        return fail(Code::refused, "no alarm is named");
    if (alarms.size() > mostAlarms)
        return fail(Code::tooLarge, "more than " + std::to_string(mostAlarms) + " alarms at once");
    Effect effect;
    std::vector<Alarm> after;
    std::set<model::AlarmId> seen;
    for (const auto& id : alarms) {
        const auto found = m_state.alarms.find(id);
        if (found == m_state.alarms.end())
            return fail(Code::notFound, "there is no such alarm");
        if (!seen.insert(id).second)
            continue;
        std::optional<Alarm> next = change(found->second);
        if (!next)
            continue;
        effect.ids.push_back(id.toString());
        after.push_back(std::move(*next));
    }
    if (after.empty())
        return fail(Code::conflict, none);
    effect.events = AlarmFlow::events(type, after, facts);
    return effect;
}

base::Result<Effect> Handlers::operator()(const AcknowledgeAlarm& c) {
    const auto found = m_state.alarms.find(c.alarm);
    if (found == m_state.alarms.end())
        return fail(Code::notFound, "there is no such alarm");
    if (!model::wantsAcknowledgement(found->second) && !found->second.acknowledgedBy.empty())
        return fail(Code::conflict, "the alarm was acknowledged already by " + found->second.acknowledgedBy);
    return eachAlarm({c.alarm}, "alarm.acknowledged", {}, "the alarm does not wait for acknowledgement",
                     [&](const Alarm& a) { return flow().after(a, AlarmEvent::acknowledge, m_actor); });
}

base::Result<Effect> Handlers::operator()(const AcknowledgeAllAlarms&) {
    const auto& wanting = m_book->wanting();
    if (wanting.empty())
        return fail(Code::conflict, "no alarm waits for acknowledgement");
    Effect effect;
    std::vector<Alarm> seen;
    for (const auto& id : wanting) {
        if (auto next = flow().after(m_state.alarms.at(id), AlarmEvent::acknowledge, m_actor)) {
            effect.ids.push_back(id.toString());
            seen.push_back(std::move(*next));
        }
    }
    effect.events = AlarmFlow::events("alarm.acknowledged", seen);
    return effect;
}

base::Result<Effect> Handlers::operator()(const AcknowledgeAlarms& c) {
    return eachAlarm(c.alarms, "alarm.acknowledged", {}, "none of these alarms waits for acknowledgement",
                     [&](const Alarm& a) { return flow().after(a, AlarmEvent::acknowledge, m_actor); });
}

base::Result<Effect> Handlers::operator()(const ShelveAlarms& c) {
    if (auto ok = checkText(c.reason, "the reason for shelving", mostReason); !ok)
        return tl::unexpected(ok.error());
    if (c.until <= m_now)
        return fail(Code::outOfRange, "the time until which alarms are shelved is over already");
    if (c.until > m_now + longestShelf)
        return fail(Code::outOfRange, "alarms are shelved for at most a week: take them out of service instead");
    return eachAlarm(toSetAside(c.alarms), "alarm.shelved",
                     {{"reason", c.reason}, {"until", base::formatTime(c.until)}},
                     "none of these alarms can be shelved: they are over for good, or out of service", [&](const Alarm& a) {
                         auto shelved = flow().after(a, AlarmEvent::shelve, m_actor, c.reason);
                         if (shelved)
                             shelved->until = c.until;
                         return shelved;
                     });
}

base::Result<Effect> Handlers::operator()(const UnshelveAlarms& c) {
    return eachAlarm(c.alarms, "alarm.unshelved", {}, "none of these alarms is shelved",
                     [&](const Alarm& a) { return flow().after(a, AlarmEvent::unshelve, m_actor); });
}

base::Result<Effect> Handlers::operator()(const TakeAlarmsOutOfService& c) {
    if (auto ok = checkText(c.reason, "the reason for taking them out of service", mostReason); !ok)
        return tl::unexpected(ok.error());
    return eachAlarm(toSetAside(c.alarms), "alarm.out-of-service", {{"reason", c.reason}},
                     "none of these alarms can be taken out of service: they are over for good, or out of service "
                     "already",
                     [&](const Alarm& a) { return flow().after(a, AlarmEvent::takeOut, m_actor, c.reason); });
}

base::Result<Effect> Handlers::operator()(const PutAlarmsBack& c) {
    return eachAlarm(c.alarms, "alarm.in-service", {},
                     "none of these alarms is out of service by itself: put its sensor back into service",
                     [&](const Alarm& a) -> std::optional<Alarm> {
                         const auto sensor = m_state.sensors.find(a.sensor);
                         if (sensor != m_state.sensors.end() && !sensor->second.outOfService.empty())
                             return std::nullopt;
                         return flow().after(a, AlarmEvent::putBack, m_actor);
                     });
}

base::Result<Effect> Handlers::operator()(const ResetAlarms& c) {
    return eachAlarm(c.alarms, "alarm.reset", {}, "none of these alarms is latched",
                     [&](const Alarm& a) { return flow().after(a, AlarmEvent::reset, m_actor); });
}

base::Result<Effect> Handlers::operator()(const HandAlarms& c) {
    if (auto ok = checkText(c.to, "the name of who is to have the alarms", 200, true); !ok)
        return tl::unexpected(ok.error());
    return eachAlarm(c.alarms, "alarm.handed", {{"to", c.to}}, "these alarms are over, or already theirs",
                     [&](const Alarm& a) -> std::optional<Alarm> {
                         if (!model::isActive(a.state) || a.owner == c.to)
                             return std::nullopt;
                         auto handed = a;
                         handed.owner = c.to;
                         return handed;
                     });
}

base::Result<Effect> Handlers::operator()(const TellOfAlarm& c) {
    const auto found = m_state.alarms.find(c.alarm);
    if (found == m_state.alarms.end())
        return fail(Code::notFound, "there is no such alarm");
    if (auto ok = checkText(c.who, "the name of who was told", 200); !ok)
        return tl::unexpected(ok.error());
    auto alarm = found->second;
    if (const auto* told = model::toldOf(alarm, c.who)) {
        if (model::countsStill(alarm, *told))
            return fail(Code::conflict, told->by + " has told " + c.who + " already");
        std::erase_if(alarm.told, [&](const model::Told& one) { return one.who == c.who; }); // the journal has when that was
    }
    if (alarm.told.size() >= mostTold)
        return fail(Code::tooLarge, "more than " + std::to_string(mostTold) + " people were told of this alarm");
    alarm.told.push_back({c.who, m_actor, m_now});
    auto event = eventOf("alarm.told", alarm.id.toString(), alarm);
    event.data["who"] = c.who;
    // Unchanged: so that the entry stands in the incident's history, too.
    if (const auto incident = alarm.incident ? m_state.incidents.find(*alarm.incident) : m_state.incidents.end();
        incident != m_state.incidents.end())
        model::addChange(event.data, incident->second);
    return Effect{{std::move(event)}, {alarm.id.toString()}, false};
}

base::Result<Effect> Handlers::operator()(const SetSensorService& c) {
    const auto found = m_state.sensors.find(c.sensor);
    if (found == m_state.sensors.end())
        return fail(Code::notFound, "there is no sensor '" + c.sensor.value + "'");
    if (auto ok = checkText(c.reason, "the reason for taking the sensor out of service", mostReason, c.inService); !ok)
        return tl::unexpected(ok.error());
    auto sensor = found->second;
    if (sensor.outOfService.empty() == c.inService)
        return fail(Code::conflict, c.inService ? "the sensor is in service already"
                                                : "the sensor is out of service already: " + sensor.outOfService);
    sensor.outOfService = c.inService ? std::string() : c.reason;
    sensor.outOfServiceBy = c.inService ? std::string() : m_actor;
    sensor.outOfServiceSince = c.inService ? std::nullopt : std::optional(m_now);
    auto event = eventOf(c.inService ? "sensor.in-service" : "sensor.out-of-service", sensor.id.value, sensor);
    if (!c.reason.empty())
        event.data["reason"] = c.reason;
    Effect effect;
    effect.ids.push_back(sensor.id.value);
    for (const auto& id : m_book->ofSensor(sensor.id)) {
        const auto& alarm = m_state.alarms.at(id);
        if (!restsOn(alarm, sensor.id, m_state.sensors))
            continue;
        // One that a person has taken out by itself stays out.
        const auto& before = found->second;
        if (c.inService && (alarm.stateBy != before.outOfServiceBy || alarm.stateReason != before.outOfService))
            continue;
        const auto next = c.inService ? flow().after(alarm, AlarmEvent::putBack, m_actor)
                                      : flow().after(alarm, AlarmEvent::takeOut, m_actor, c.reason);
        if (next)
            model::addChange(event.data, *next);
    }
    effect.events.push_back(std::move(event));
    return effect;
}

base::Result<Effect> Handlers::operator()(const ChangeRules& c) {
    if (c.toml.size() > mostRulesText)
        return fail(Code::tooLarge, "the rules are longer than " + std::to_string(mostRulesText) + " bytes");
    auto rules = detect::parseRules(c.toml);
    if (!rules)
        return fail(rules.error().code, "the rules stay as they are: " + rules.error().describe(), rules.error().place);
    for (const auto& remark : detect::remarksOn(*rules, m_state.sensors)) {
        if (remark.refuses)
            return fail(Code::refused, "the rules stay as they are: rule '" + remark.rule + "'" +
                                           (remark.field.empty() ? "" : ", '" + remark.field + "'") + ": " +
                                           remark.text.text,
                        placeIn(c.toml, remark));
    }
    Event event{"rules.changed", "rules", nlohmann::json::object()};
    event.data["sha256"] = base::toHex(base::sha256(c.toml));
    event.data["count"] = rules->size();
    event.data["text"] = c.toml;
    Effect effect{{std::move(event)}, {}};
    effect.rules = std::move(*rules);
    return effect;
}

} // namespace tocsin::desk
