#include "desk/cluster_change.hpp"
#include "desk/handlers.hpp"

#include "tocsin/desk/plans.hpp"
#include "tocsin/model/alarm_life.hpp"
#include "tocsin/model/json.hpp"

#include <algorithm>
#include <cstdio>
#include <set>

namespace tocsin::desk {

using base::Code;
using base::fail;

namespace {

constexpr std::size_t shortText = 400;
constexpr std::size_t longText = 8'000;

std::string numberOf(base::Time now, int running) {
    const std::chrono::year_month_day date{std::chrono::floor<std::chrono::days>(now)};
    char out[24];
    std::snprintf(out, sizeof out, "%04d-%04d", static_cast<int>(date.year()), running);
    return out;
}

/// Old alarms, reports and the like come by id from a window that may be behind.
template <typename Map, typename IdType>
base::Result<typename Map::mapped_type> find(const Map& map, IdType id, const char* what) {
    const auto found = map.find(id);
    if (found == map.end())
        return fail(Code::notFound, std::string("there is no such ") + what);
    return found->second;
}

} // namespace

base::Result<model::Incident> Handlers::openIncident(model::IncidentId id) const {
    auto incident = find(m_state.incidents, id, "incident");
    if (incident && incident->state != model::IncidentState::open)
        return fail(Code::conflict, "incident " + incident->number + " is closed");
    return incident;
}

base::Result<void> Handlers::link(Event& event, model::Incident& incident, const std::vector<model::AlarmId>& alarms,
                                  const std::vector<model::ReportId>& reports) const {
    const auto elsewhere = [&](const std::optional<model::IncidentId>& has) {
        if (!has || *has == incident.id)
            return false;
        const auto other = m_state.incidents.find(*has);
        return other != m_state.incidents.end() && other->second.state == model::IncidentState::open;
    };
    for (const auto& id : alarms) {
        auto alarm = find(m_state.alarms, id, "alarm");
        if (!alarm)
            return tl::unexpected(alarm.error());
        if (elsewhere(alarm->incident))
            return fail(Code::conflict, "the alarm belongs to another open incident");
        // Whoever opens an incident from an alarm has seen it.
        if (auto seen = model::after(*alarm, model::AlarmEvent::acknowledge, m_now, m_actor))
            alarm = std::move(*seen);
        alarm->incident = incident.id;
        if (std::find(incident.alarms.begin(), incident.alarms.end(), id) == incident.alarms.end())
            incident.alarms.push_back(id);
        model::addChange(event.data, *alarm);
    }
    std::set<model::ClusterId> carried;
    for (const auto& id : withClusters(m_state, reports)) {
        auto report = find(m_state.reports, id, "report");
        if (!report)
            return tl::unexpected(report.error());
        if (elsewhere(report->incident))
            return fail(Code::conflict, "the report belongs to another open incident");
        report->incident = incident.id;
        renewClaim(*report, m_actor, m_now);
        if (std::find(incident.reports.begin(), incident.reports.end(), id) == incident.reports.end())
            incident.reports.push_back(id);
        if (report->cluster)
            carried.insert(*report->cluster);
        model::addChange(event.data, *report);
    }
    for (const auto& id : carried) {
        auto cluster = find(m_state.clusters, id, "cluster of reports");
        if (!cluster)
            return tl::unexpected(cluster.error());
        cluster->incident = incident.id;
        model::addChange(event.data, *cluster);
    }
    return {};
}

base::Result<Effect> Handlers::operator()(const OpenIncident& c) {
    if (auto ok = checkText(c.title.text, "the incident's title", shortText); !ok)
        return tl::unexpected(ok.error());
    model::Incident incident;
    incident.id = m_ids.make<model::IncidentId>();
    auto desk = m_state.desk;
    incident.number = numberOf(m_now, ++desk.lastIncidentNumber);
    incident.title = c.title;
    incident.hazardClass = c.hazardClass;
    incident.hazard = c.hazard;
    incident.grade = c.grade;
    incident.position = c.position;
    incident.place = c.place;
    incident.openedAt = m_now;
    incident.openedBy = m_actor;
    incident.exercise = desk.exercise;
    if (auto ok = checkText(c.plan, "the plan's id", 200, true); !ok)
        return tl::unexpected(ok.error());
    Event event{"incident.opened", incident.id.toString(), nlohmann::json::object()};
    const auto* suggested = model::planOf(m_plans, c.plan);
    if (!c.plan.empty() && suggested == nullptr)
        event.data["planMissing"] = c.plan; // the rule names one that is not there
    if (const auto* plan = suggested != nullptr ? suggested : planFor(m_plans, c.hazard, c.grade)) {
        incident.plan = plan->id;
        incident.needs = plan->needs;
        event.data["planTitle"] = plan->title.empty() ? base::LocalText(plan->id) : plan->title;
        event.data["planBy"] = suggested != nullptr ? "alarm" : "hazard";
    }
    if (auto ok = link(event, incident, c.alarms, c.reports); !ok)
        return tl::unexpected(ok.error());
    model::addChange(event.data, incident);
    model::addChange(event.data, desk);
    return Effect{{std::move(event)}, {incident.id.toString()}, false};
}

base::Result<Effect> Handlers::operator()(const LinkToIncident& c) {
    auto incident = openIncident(c.incident);
    if (!incident)
        return tl::unexpected(incident.error());
    if (c.alarms.empty() && c.reports.empty())
        return fail(Code::refused, "there is nothing to link");
    Event event{"incident.linked", incident->id.toString(), nlohmann::json::object()};
    if (auto ok = link(event, *incident, c.alarms, c.reports); !ok)
        return tl::unexpected(ok.error());
    model::addChange(event.data, *incident);
    return Effect{{std::move(event)}, {incident->id.toString()}, false};
}

base::Result<Effect> Handlers::operator()(const CloseIncident& c) {
    auto incident = openIncident(c.incident);
    if (!incident)
        return tl::unexpected(incident.error());
    if (auto ok = checkText(c.reason, "the reason for closing", shortText); !ok)
        return tl::unexpected(ok.error());
    const auto out = std::count_if(m_state.assignments.begin(), m_state.assignments.end(), [&](const auto& item) {
        return item.second.incident == c.incident && item.second.state != model::AssignmentState::released;
    });
    if (out > 0)
        return fail(Code::conflict, "incident " + incident->number + " still has " + std::to_string(out) +
                                        (out == 1 ? " team" : " teams") + " assigned: release them first");
    incident->state = model::IncidentState::closed;
    incident->closedAt = m_now;
    auto event = eventOf("incident.closed", incident->id.toString(), *incident);
    event.data["reason"] = c.reason;
    Effect effect{{std::move(event)}, {incident->id.toString()}, false};
    for (const auto& [id, waiting] : m_state.decisions) { // a word on it would send nobody any more
        if (waiting.incident != c.incident || waiting.state != model::DecisionState::waiting)
            continue;
        auto card = waiting;
        card.state = model::DecisionState::refused;
        card.judgedBy = m_actor;
        card.judgedAt = m_now;
        card.judgement = c.reason;
        effect.events.push_back(refusalOf(card, "decision.refused"));
    }
    for (const auto& [id, asked] : m_state.aidRequests) {
        if (!c.callOffAid || asked.incident != c.incident || !model::isToCome(asked))
            continue;
        auto request = asked;
        request.state = model::AidState::cancelled;
        request.changedAt = m_now;
        request.note = c.reason;
        effect.events.push_back(eventOf("aid.cancelled", id.toString(), request));
    }
    return effect;
}

base::Result<Effect> Handlers::operator()(const WriteNote& c) {
    if (auto ok = checkText(c.text, "the note", longText); !ok)
        return tl::unexpected(ok.error());
    if (c.incident && !m_state.incidents.contains(*c.incident))
        return fail(Code::notFound, "there is no such incident");
    Event event{"note.written", c.incident ? c.incident->toString() : "desk", nlohmann::json::object()};
    event.data["text"] = c.text;
    return Effect{{std::move(event)}, {}, false};
}

base::Result<Effect> Handlers::operator()(const SetResponseLevel& c) {
    if (auto ok = checkText(c.reason, "the reason for the level", shortText); !ok)
        return tl::unexpected(ok.error());
    auto desk = m_state.desk;
    if (desk.responseLevel == c.level)
        return fail(Code::conflict, "that response level is in force already");
    desk.responseLevel = c.level;
    desk.responseTitle = c.level ? c.title : base::LocalText{};
    auto event = eventOf("level.set", "desk", desk);
    event.data["reason"] = c.reason;
    return Effect{{std::move(event)}, {}, false};
}

base::Result<Effect> Handlers::operator()(const StartShift& c) {
    if (auto ok = checkText(c.officer, "the duty officer's name", 200); !ok)
        return tl::unexpected(ok.error());
    if (auto ok = checkText(c.leader, "the leader's name", 200, true); !ok)
        return tl::unexpected(ok.error());
    if (c.until && *c.until <= m_now)
        return fail(Code::outOfRange, "the shift would end before it begins");
    auto desk = m_state.desk;
    const auto before = desk.onDuty;
    desk.onDuty = c.officer;
    desk.leader = c.leader;
    desk.dutyUntil = c.until;
    desk.dutySince = m_now;
    auto event = eventOf("shift.started", "desk", desk);
    event.data["before"] = before;
    return Effect{{std::move(event)}, {}, false};
}

base::Result<Effect> Handlers::operator()(const MuteSound& c) {
    auto desk = m_state.desk;
    if (c.until && (*c.until <= m_now || *c.until > m_now + longestMute))
        return fail(Code::outOfRange, "the sound is muted for at most an hour");
    if (!c.until && !desk.soundMutedUntil)
        return fail(Code::conflict, "the sound is not muted");
    desk.soundMutedUntil = c.until;
    return Effect{{eventOf(c.until ? "sound.muted" : "sound.unmuted", "desk", desk)}, {}, false};
}

base::Result<Effect> Handlers::operator()(const SetRoadWeather& c) {
    if (static_cast<std::size_t>(c.weather) >= model::roadWeathers)
        return fail(Code::outOfRange, "there is no such weather");
    auto desk = m_state.desk;
    if (desk.roadWeather == c.weather)
        return fail(Code::conflict, "the roads are so already");
    desk.roadWeather = c.weather;
    return Effect{{eventOf("roads.weather", "desk", desk)}, {}, false};
}

} // namespace tocsin::desk
