#include "desk/assignment_steps.hpp"
#include "desk/handlers.hpp"

#include "tocsin/model/json.hpp"

#include <algorithm>

namespace tocsin::desk {

using base::Code;
using base::fail;
using model::AssignmentState;

const model::Assignment* Handlers::runningFor(model::ResourceId resource) const {
    for (const auto& [id, assignment] : m_state.assignments) {
        if (assignment.resource == resource && assignment.state != AssignmentState::released)
            return &assignment;
    }
    return nullptr;
}

bool saidInTheField(std::string_view actor) {
    return actor == "drill" || actor.starts_with("team:") || actor.starts_with("feed:");
}

base::Result<Effect> Handlers::operator()(const AdvanceAssignment& c) {
    AssignmentSteps steps(m_state, m_ids, m_now, *m_dispatch);
    const bool through = c.through && c.to != AssignmentState::released;
    if (auto ok = through ? steps.advanceTo(c.assignment, c.to) : steps.advance(c.assignment, c.to, !saidInTheField(m_actor)); !ok)
        return tl::unexpected(ok.error());
    return Effect{std::move(steps.events()), {c.assignment.toString()}, false};
}

base::Result<Effect> Handlers::operator()(const StartExercise& c) {
    if (!m_state.desk.exercise)
        return fail(Code::refused, "this is a real desk: a drill runs in a county folder of its own");
    if (auto ok = checkText(c.scenario, "the scenario's name", 200); !ok)
        return tl::unexpected(ok.error());
    Event event{"exercise.started", "desk", nlohmann::json::object()};
    auto desk = m_state.desk;
    desk.scenario = c.scenario;
    desk.exerciseStartedAt = m_now;
    desk.responseLevel.reset();
    desk.responseTitle = {};
    desk.soundMutedUntil.reset();
    model::addChange(event.data, desk);
    event.data["title"] = c.title;
    // A drill begins on a clean desk: what the last one left open ends here, in the open, as one entry.
    for (auto assignment : m_state.assignments) {
        if (assignment.second.state == AssignmentState::released)
            continue;
        assignment.second.state = AssignmentState::released;
        assignment.second.releasedAt = m_now;
        assignment.second.blocked.reset();
        assignment.second.word = model::TeamWord::none; // nobody is called back from a drill that is over
        model::addChange(event.data, assignment.second);
    }
    for (auto item : m_state.resources) {
        auto& resource = item.second;
        const bool promised = std::any_of(resource.stock.begin(), resource.stock.end(),
                                          [](const auto& stock) { return stock.reserved > 0; });
        if (resource.status != model::ResourceStatus::assigned && resource.position == resource.home && !promised)
            continue;
        for (auto& stock : resource.stock)
            stock.reserved = 0;
        if (resource.status == model::ResourceStatus::assigned)
            resource.status = model::ResourceStatus::available;
        resource.claimedBy.clear();
        resource.claimedUntil.reset();
        resource.position = resource.home;
        resource.positionTime = m_now;
        model::addChange(event.data, resource);
    }
    for (auto item : m_state.decisions) {
        if (item.second.state != model::DecisionState::waiting)
            continue;
        item.second.state = model::DecisionState::refused;
        item.second.judgedBy = m_actor;
        item.second.judgedAt = m_now;
        model::addChange(event.data, item.second);
    }
    for (auto item : m_state.callDowns) {
        if (item.second.state != model::CallDownState::running)
            continue;
        item.second.state = model::CallDownState::ended;
        item.second.nextAt.reset();
        model::addChange(event.data, item.second);
    }
    for (auto item : m_state.aidRequests) {
        if (item.second.state >= model::AidState::declined)
            continue;
        item.second.state = model::AidState::cancelled;
        item.second.changedAt = m_now;
        model::addChange(event.data, item.second);
    }
    for (auto item : m_state.incidents) {
        if (item.second.state == model::IncidentState::closed)
            continue;
        item.second.state = model::IncidentState::closed;
        item.second.closedAt = m_now;
        model::addChange(event.data, item.second);
    }
    for (auto item : m_state.alarms) {
        if (!model::isActive(item.second.state))
            continue;
        item.second.state = model::AlarmState::normal;
        item.second.returnedAt = m_now;
        model::addChange(event.data, item.second);
    }
    for (auto item : m_state.warnings) {
        if (item.second.state != model::WarningState::inForce && item.second.state != model::WarningState::held)
            continue;
        item.second.state = model::WarningState::expired;
        model::addChange(event.data, item.second);
    }
    for (auto item : m_state.reports) {
        if (item.second.state != model::ReportState::pending)
            continue;
        item.second.state = model::ReportState::dismissed;
        item.second.judgedBy = m_actor;
        model::addChange(event.data, item.second);
    }
    // What was drawn before the first drill belongs to the county; the rest belonged to the drill that is over.
    for (auto item : m_state.drawings) {
        const auto& before = m_state.desk.exerciseStartedAt;
        if (item.second.removedAt || !before || item.second.drawnAt < *before)
            continue;
        item.second.removedAt = m_now;
        model::addChange(event.data, item.second);
    }
    return Effect{{std::move(event)}, {}, false};
}

base::Result<Effect> Handlers::operator()(const EndExercise&) {
    if (m_state.desk.scenario.empty())
        return fail(Code::conflict, "no scenario is being played");
    auto desk = m_state.desk;
    const auto scenario = desk.scenario;
    desk.scenario.clear();
    auto event = eventOf("exercise.ended", "desk", desk);
    event.data["scenario"] = scenario;
    return Effect{{std::move(event)}, {}, false};
}

} // namespace tocsin::desk
