#include "desk/alarm_flow.hpp"

#include "tocsin/geo/measure.hpp"
#include "tocsin/model/json.hpp"

#include <algorithm>
#include <span>

namespace tocsin::desk {

using model::Alarm;
using model::AlarmEvent;
using model::AlarmId;
using model::AlarmKind;
using model::AlarmState;

namespace {

constexpr const char* self = "desk";
constexpr std::size_t mostSaw = 16;
constexpr int mostEscalations = 10;    ///< nobody is there: the journal need not say so all night
constexpr int deepest = 64;            ///< of what mutes what mutes …

double seconds(base::Duration time) {
    return std::chrono::duration<double>(time).count();
}

void trim(std::vector<model::ReadingSeen>& saw) {
    if (saw.size() > mostSaw)
        saw.erase(saw.begin(), saw.end() - mostSaw);
}

/// Whether it says something of a sensor's value.
bool believesSensors(const Alarm& alarm) {
    return alarm.kind == AlarmKind::process;
}

bool namesSensor(const Alarm& alarm, const model::SensorId& sensor) {
    return alarm.sensor == sensor ||
           std::find(alarm.sensors.begin(), alarm.sensors.end(), sensor) != alarm.sensors.end();
}

} // namespace

Alarm described(const Alarm& standing, const Alarm& found) {
    auto out = standing;
    out.kind = found.kind;
    out.sensors = found.sensors;
    out.title = found.title;
    out.guidance = found.guidance;
    out.hazardClass = found.hazardClass;
    out.hazard = found.hazard;
    out.severity = found.severity;
    out.value = found.value;
    out.threshold = found.threshold;
    out.unit = found.unit;
    out.over = found.over;
    out.saw = found.saw;
    out.position = found.position;
    out.place = found.place;
    out.latching = found.latching;
    out.tell = found.tell;
    out.plan = found.plan;
    out.forecast = found.forecast;
    return out;
}

void AlarmFlow::startClock(Alarm& alarm) const {
    const auto* rule = m_rules.find(alarm.rule);
    alarm.escalated = 0;
    alarm.escalatedTo.clear();
    alarm.escalatesAt.reset();
    if (rule != nullptr && rule->escalateAfter > base::Duration{0})
        alarm.escalatesAt = m_now + rule->escalateAfter;
}

std::optional<Alarm> AlarmFlow::after(const Alarm& alarm, AlarmEvent event, std::string_view by,
                                      std::string_view reason) const {
    auto next = model::after(alarm, event, m_now, by, reason);
    if (!next || !model::wantsAcknowledgement(*next))
        return next;
    const bool asksAgain = next->state == AlarmState::unacknowledged && alarm.state != AlarmState::unacknowledged;
    if (asksAgain)
        next->askedAt = m_now;
    const bool unseen = model::wantsAcknowledgement(alarm); // and nobody has seen it since: its clock goes on
    if (!unseen)
        next->unseenSince = m_now;
    if (!unseen || (asksAgain && !next->escalatesAt))
        startClock(*next);
    return next;
}

std::vector<Event> AlarmFlow::events(const std::string& type, const std::vector<Alarm>& alarms,
                                     const nlohmann::json& facts) {
    std::vector<Event> out;
    for (std::size_t i = 0; i < alarms.size(); i += mostImages) {
        const auto count = std::min(mostImages, alarms.size() - i);
        Event event{type, count == 1 ? alarms[i].id.toString() : "alarms",
                    facts.is_null() ? nlohmann::json::object() : facts};
        for (std::size_t k = i; k < i + count; ++k)
            model::addChange(event.data, alarms[k]);
        if (count > 1)
            event.data["count"] = count;
        out.push_back(std::move(event));
    }
    return out;
}

Effect AlarmFlow::raise(Alarm found, base::Time at, bool update) const {
    trim(found.saw);
    if (const auto* own = m_rules.find(found.rule); own != nullptr && isDesksOwn(found.rule))
        found.tell = own->tell;
    const auto* standing = m_book.active(found.rule, found.sensor, found.source);
    if (standing != nullptr) {
        const auto* rule = m_rules.find(standing->rule);
        if (standing->flapping && !m_book.swingOf(standing->id).holds) {
            m_book.swing(standing->id, true, m_now + (rule == nullptr ? base::Duration{0} : rule->flapWithin));
            return {};
        }
        if (!standing->holds)
            return comesAgain(*standing, found);
        const auto now = described(*standing, found);
        if (!update || now == *standing)
            return {};
        return {events("alarm.updated", {now}), {now.id.toString()}};
    }
    found.id = m_ids.make<AlarmId>();
    found.raisedAt = m_now;
    if (found.sinceTime == base::Time{})
        found.sinceTime = at;
    found.state = AlarmState::unacknowledged;
    found.holds = true;
    startClock(found);
    auto facts = nlohmann::json::object();
    if (const auto* muter = muterOf(found)) {
        found = muted(found, *muter);
        facts["by"] = muter->id.toString();
    }
    return {events("alarm.raised", {found}, facts), {found.id.toString()}};
}

Effect AlarmFlow::comesAgain(const Alarm& standing, const Alarm& found) const {
    auto again = after(described(standing, found), AlarmEvent::raise, self);
    if (!again)
        return {};
    ++again->repeats;
    again->sinceTime = found.sinceTime;
    auto facts = nlohmann::json::object();
    if (!model::isSetAside(again->state)) {
        if (const auto* muter = muterOf(*again)) {
            again = muted(*again, *muter);
            facts["by"] = muter->id.toString();
        }
    }
    return {events("alarm.raised", {*again}, facts), {again->id.toString()}};
}

Effect AlarmFlow::clear(const Alarm& standing, base::Time at, std::optional<double> value) const {
    const auto* rule = m_rules.find(standing.rule);
    if (standing.flapping && rule != nullptr) {
        if (m_book.swingOf(standing.id).holds)
            m_book.swing(standing.id, false, m_now + rule->flapWithin);
        return {};
    }
    if (!standing.holds)
        return {};
    const bool canFlap = rule != nullptr && rule->flapCount > 0 && rule->flapWithin > base::Duration{0};
    if (canFlap && m_book.returned(standing, at, rule->flapCount, rule->flapWithin))
        return swings(standing, at, *rule);
    auto over = after(standing, AlarmEvent::clear, self);
    if (!over)
        return {};
    over->flapping = false;
    auto facts = nlohmann::json::object();
    if (value)
        facts["value"] = *value;
    return {events("alarm.returned", {*over}, facts), {over->id.toString()}};
}

/// It returns too often to be followed: from here on it stands until it has been quiet.
Effect AlarmFlow::swings(const Alarm& standing, base::Time, const detect::Rule& rule) const {
    auto flapping = standing;
    flapping.flapping = true;
    m_book.swing(standing.id, false, m_now + rule.flapWithin);
    return {events("alarm.flapping", {flapping}, {{"count", rule.flapCount}, {"within", seconds(rule.flapWithin)}}),
            {standing.id.toString()}};
}

Effect AlarmFlow::end(const std::vector<AlarmId>& alarms, std::string_view reason) const {
    std::vector<Alarm> over;
    for (const auto& id : alarms) {
        const auto found = m_state.alarms.find(id);
        if (found == m_state.alarms.end())
            continue;
        if (auto next = after(found->second, AlarmEvent::clear, self)) {
            next->flapping = false;
            over.push_back(std::move(*next));
        }
    }
    return {events("alarm.returned", over, {{"reason", reason}}), {}};
}

std::optional<Alarm> AlarmFlow::closed(const Alarm& alarm, std::string_view by) const {
    if (!model::isActive(alarm.state))
        return std::nullopt;
    auto out = alarm;
    for (const auto event : {AlarmEvent::clear, AlarmEvent::unshelve, AlarmEvent::putBack, AlarmEvent::unsuppress,
                             AlarmEvent::acknowledge, AlarmEvent::reset}) {
        if (auto next = after(out, event, by))
            out = std::move(*next);
    }
    out.flapping = false;
    return out;
}

// ---- muted by design

bool AlarmFlow::isMutedThrough(const Alarm& alarm, AlarmId by) const {
    const auto* at = &alarm;
    for (int depth = 0; depth < deepest && at->suppressedBy; ++depth) {
        if (*at->suppressedBy == by)
            return true;
        const auto next = m_state.alarms.find(*at->suppressedBy);
        if (next == m_state.alarms.end())
            return false;
        at = &next->second;
    }
    return at->suppressedBy.has_value(); // deeper than anything sensible: rather not
}

/// Whether it would not stand without sensors that are at fault; `faulty` is one for certain.
bool AlarmFlow::restsOnFaults(const Alarm& alarm, const model::SensorId& faulty) const {
    if (alarm.sensors.empty())
        return true;
    const auto count = static_cast<std::size_t>(
        std::count_if(alarm.sensors.begin(), alarm.sensors.end(), [&](const model::SensorId& sensor) {
            return sensor == faulty || m_book.faultOf(sensor) != nullptr;
        }));
    const auto* rule = m_rules.find(alarm.rule);
    const auto* several = rule == nullptr ? nullptr : std::get_if<detect::Several>(&rule->condition);
    if (several != nullptr) // a rule that asks for more since lets it stand until the next reading
        return alarm.sensors.size() - count <
               std::min(alarm.sensors.size(), static_cast<std::size_t>(std::max(1, several->k)));
    // The detector names one sensor for each part, at fault only where there is no other.
    if (rule != nullptr && std::holds_alternative<detect::Together>(rule->condition))
        return count > 0;
    return count == alarm.sensors.size();
}

bool AlarmFlow::mutes(const Alarm& muter, const Alarm& alarm) const {
    if (muter.id == alarm.id || alarm.kind == AlarmKind::field || isMutedThrough(muter, alarm.id))
        return false;
    if (muter.kind == AlarmKind::sensorFault && believesSensors(alarm) && namesSensor(alarm, muter.sensor) &&
        restsOnFaults(alarm, muter.sensor))
        return true;
    const auto* rule = m_rules.find(muter.rule);
    if (rule == nullptr || !rule->mutes)
        return false;
    const auto& ids = m_rules.mutedBy(muter.rule);
    if (std::find(ids.begin(), ids.end(), alarm.rule) == ids.end())
        return false;
    // Nothing hides what is graver than itself; and what a broken sensor says does not hide that it is broken.
    if (alarm.severity < muter.severity && muter.kind != AlarmKind::sensorFault)
        return false;
    if (alarm.kind == AlarmKind::sensorFault && namesSensor(muter, alarm.sensor))
        return false;
    const auto& how = *rule->mutes;
    if (how.after > base::Duration{0} && alarm.raisedAt > muter.raisedAt + how.after)
        return false;
    if (!how.metres)
        return true;
    const model::Position nowhere;
    return muter.position != nowhere && alarm.position != nowhere &&
           geo::distance(muter.position, alarm.position).value <= *how.metres;
}

const Alarm* AlarmFlow::muterOf(const Alarm& alarm) const {
    if (believesSensors(alarm) && restsOnFaults(alarm, {})) {
        const std::span<const model::SensorId> sensors =
            alarm.sensors.empty() ? std::span(&alarm.sensor, 1) : std::span(alarm.sensors);
        for (const auto& sensor : sensors) {
            if (const auto* fault = m_book.faultOf(sensor); fault != nullptr && mutes(*fault, alarm))
                return fault;
        }
    }
    const Alarm* found = nullptr;
    for (const auto* rule : m_rules.mutersOf(alarm.rule)) {
        m_book.visit(rule->id, AlarmBook::Which::canMute, alarm.position, rule->mutes->metres, [&](const Alarm& muter) {
            if (mutes(muter, alarm))
                found = &muter;
            return found == nullptr;
        });
        if (found != nullptr)
            break;
    }
    return found;
}

Alarm AlarmFlow::muted(const Alarm& alarm, const Alarm& muter) const {
    auto out = model::after(alarm, AlarmEvent::suppress, m_now, self, muter.title.text).value_or(alarm);
    out.suppressedBy = muter.id;
    return out;
}

/// All that an alarm mutes and that is still in sight.
std::vector<Alarm> AlarmFlow::following(const Alarm& muter) const {
    std::vector<Alarm> out;
    std::set<AlarmId> seen;
    const auto take = [&](const Alarm& alarm) {
        if (m_book.canBeMuted(alarm.id) && mutes(muter, alarm) && seen.insert(alarm.id).second)
            out.push_back(muted(alarm, muter));
    };
    if (muter.kind == AlarmKind::sensorFault)
        for (const auto& id : m_book.ofSensor(muter.sensor))
            take(m_state.alarms.at(id));
    const auto* rule = m_rules.find(muter.rule);
    if (rule != nullptr && rule->mutes) {
        for (const auto& id : m_rules.mutedBy(muter.rule))
            m_book.visit(id, AlarmBook::Which::canBeMuted, muter.position, rule->mutes->metres, [&](const Alarm& alarm) {
                take(alarm);
                return true;
            });
    }
    return out;
}

Effect AlarmFlow::settle(AlarmId changed) const {
    const auto mute = [&](const Alarm& muter) {
        return Effect{events("alarm.suppressed", following(muter), {{"by", muter.id.toString()}}), {}};
    };
    const auto found = m_state.alarms.find(changed);
    std::vector<AlarmId> doubtful(m_book.mutedBy(changed).begin(), m_book.mutedBy(changed).end());
    if (found != m_state.alarms.end() && found->second.kind == AlarmKind::sensorFault) // one of several faults
        for (const auto& id : m_book.ofSensor(found->second.sensor))
            if (m_state.alarms.at(id).suppressedBy && *m_state.alarms.at(id).suppressedBy != changed)
                doubtful.push_back(id);
    if (found != m_state.alarms.end() && found->second.suppressedBy) { // it may stand on other sensors now
        const auto muter = m_state.alarms.find(*found->second.suppressedBy);
        if (muter != m_state.alarms.end() && muter->second.kind == AlarmKind::sensorFault)
            doubtful.push_back(changed);
    }
    std::vector<Alarm> back;
    for (const auto& id : doubtful) {
        const auto& alarm = m_state.alarms.at(id);
        const auto muter = alarm.suppressedBy ? m_state.alarms.find(*alarm.suppressedBy) : m_state.alarms.end();
        if (muter != m_state.alarms.end() && m_book.canMute(muter->first) && mutes(muter->second, alarm))
            continue;
        if (auto next = after(alarm, AlarmEvent::unsuppress, self))
            back.push_back(std::move(*next));
    }
    if (!back.empty())
        return {events("alarm.unsuppressed", back, {{"by", changed.toString()}}), {}};
    if (found == m_state.alarms.end())
        return {};
    if (m_book.canBeMuted(changed)) {
        if (const auto* muter = muterOf(found->second))
            return mute(*muter);
    }
    return m_book.canMute(changed) ? mute(found->second) : Effect{};
}

// ---- what is due

void AlarmFlow::unshelve(const std::vector<AlarmId>& alarms, Effect& effect) const {
    std::vector<Alarm> back;
    for (const auto& id : alarms) {
        if (auto next = after(m_state.alarms.at(id), AlarmEvent::unshelve, self))
            back.push_back(std::move(*next));
    }
    for (auto& event : events("alarm.unshelved", back))
        effect.events.push_back(std::move(event));
}

void AlarmFlow::escalate(const std::vector<AlarmId>& alarms, Effect& effect) const {
    std::map<std::string, std::vector<Alarm>> byWhom;
    for (const auto& id : alarms) {
        auto louder = m_state.alarms.at(id);
        const auto* rule = m_rules.find(louder.rule);
        if (rule == nullptr || rule->escalateAfter <= base::Duration{0} || louder.escalated >= mostEscalations) {
            m_book.putOff(id, AlarmDue::escalate, std::nullopt);
            continue;
        }
        ++louder.escalated;
        louder.escalatesAt = m_now + rule->escalateAfter;
        if (!louder.tell.empty())
            louder.escalatedTo = louder.tell[std::min(static_cast<std::size_t>(louder.escalated), louder.tell.size() - 1)];
        byWhom[louder.escalatedTo].push_back(std::move(louder));
    }
    for (const auto& [whom, louder] : byWhom) {
        auto facts = nlohmann::json::object();
        if (!whom.empty())
            facts["to"] = whom;
        for (auto& event : events("alarm.escalated", louder, facts))
            effect.events.push_back(std::move(event));
    }
}

void AlarmFlow::calm(AlarmId id, Effect& effect) const {
    const auto swing = m_book.swingOf(id);
    auto quiet = m_state.alarms.at(id);
    quiet.flapping = false;
    quiet.repeats += swing.count;
    effect.events.push_back(eventOf("alarm.calm", id.toString(), quiet));
    if (swing.holds)
        return;
    if (auto over = after(quiet, AlarmEvent::clear, self))
        effect.events.push_back(eventOf("alarm.returned", id.toString(), *over));
}

Effect AlarmFlow::due() const {
    Effect effect;
    std::vector<AlarmId> back;
    std::vector<AlarmId> louder;
    AlarmBook::Ids seen;
    for (const auto& item : m_book.due(m_now, mostDue)) {
        if (!seen.insert(item.alarm).second)
            continue; // the next turn: what it is after this one is not known yet
        switch (item.what) {
        case AlarmDue::unshelve: back.push_back(item.alarm); break;
        case AlarmDue::escalate: louder.push_back(item.alarm); break;
        case AlarmDue::calm: calm(item.alarm, effect); break;
        case AlarmDue::old: break; // the desk asks the rule again
        }
    }
    unshelve(back, effect);
    escalate(louder, effect);
    return effect;
}

} // namespace tocsin::desk
