#include "desk/handlers.hpp"

#include "tocsin/model/json.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace tocsin::desk {

using base::Code;
using base::fail;
using model::AssignmentState;

namespace {

constexpr std::size_t mostRoutePoints = 20'000;

/// Routes come from a search in full precision; the journal keeps 0.1 m and 0.1 s, so that it stays readable and small.
base::Result<model::RouteLine> trimmed(const model::RouteLine& in) {
    if (in.points.size() != in.secondsAt.size() || in.points.size() > mostRoutePoints)
        return fail(Code::malformed, "a route's points and times do not match");
    model::RouteLine out;
    double last = 0;
    for (std::size_t i = 0; i < in.points.size(); ++i) {
        const double s = std::round(in.secondsAt[i] * 10) / 10;
        if (!std::isfinite(s) || s < last)
            return fail(Code::outOfRange, "a route's times go back");
        last = s;
        out.secondsAt.push_back(s);
        out.points.push_back(model::Position::trusted(std::round(in.points[i].latitude() * 1e6) / 1e6,
                                                      std::round(in.points[i].longitude() * 1e6) / 1e6));
    }
    out.length = base::Metres(std::round(in.length.value));
    out.duration = base::Seconds(std::round(in.duration.value * 10) / 10);
    return out;
}

} // namespace

const model::Assignment* Handlers::runningFor(model::ResourceId resource) const {
    for (const auto& [id, assignment] : m_state.assignments) {
        if (assignment.resource == resource && assignment.state != AssignmentState::released)
            return &assignment;
    }
    return nullptr;
}

base::Result<Effect> Handlers::operator()(const SendTeams& c) {
    auto incident = openIncident(c.incident);
    if (!incident)
        return tl::unexpected(incident.error());
    if (c.teams.empty())
        return fail(Code::refused, "nobody is chosen to be sent");
    Effect effect;
    std::set<model::ResourceId> chosen;
    for (const auto& team : c.teams) {
        const auto found = m_state.resources.find(team.resource);
        if (found == m_state.resources.end())
            return fail(Code::notFound, "there is no such resource");
        auto resource = found->second;
        if (!chosen.insert(team.resource).second)
            return fail(Code::conflict, resource.name.text + " is chosen twice");
        if (const auto* running = runningFor(team.resource)) {
            const auto other = m_state.incidents.find(running->incident);
            return fail(Code::conflict, resource.name.text + " is already assigned to incident " +
                                            (other == m_state.incidents.end() ? "?" : other->second.number));
        }
        if (resource.status != model::ResourceStatus::available)
            return fail(Code::conflict, resource.name.text + " is not available");
        const auto has = std::any_of(resource.capabilities.begin(), resource.capabilities.end(),
                                     [&](const auto& capability) { return capability.code == team.capability; });
        if (!team.capability.empty() && !has)
            return fail(Code::refused, resource.name.text + " has no capability " + team.capability);
        if (!std::isfinite(team.eta.value) || team.eta.value < 0 || team.eta.value > 7 * 86'400)
            return fail(Code::outOfRange, "the travel time of " + resource.name.text + " is not believable");
        if (auto ok = checkText(team.reason, "a reason", 400, true); !ok)
            return tl::unexpected(ok.error());
        auto route = trimmed(team.route);
        if (!route)
            return tl::unexpected(route.error());

        model::Assignment assignment;
        assignment.id = m_ids.make<model::AssignmentId>();
        assignment.incident = c.incident;
        assignment.resource = team.resource;
        assignment.capability = team.capability;
        assignment.proposedAt = m_now;
        assignment.eta = base::Seconds(std::round(team.eta.value * 10) / 10);
        assignment.route = std::move(*route);
        assignment.reason = team.reason;
        resource.status = model::ResourceStatus::assigned;
        auto proposed = eventOf("assignment.proposed", assignment.id.toString(), assignment);
        model::addChange(proposed.data, resource);
        effect.events.push_back(std::move(proposed));
        assignment.state = AssignmentState::notified;
        assignment.notifiedAt = m_now;
        effect.events.push_back(eventOf("assignment.notified", assignment.id.toString(), assignment));
        effect.ids.push_back(assignment.id.toString());
    }
    return effect;
}

base::Result<Effect> Handlers::operator()(const AdvanceAssignment& c) {
    const auto found = m_state.assignments.find(c.assignment);
    if (found == m_state.assignments.end())
        return fail(Code::notFound, "there is no such assignment");
    auto assignment = found->second;
    if (assignment.state == AssignmentState::released)
        return fail(Code::conflict, "the assignment is released already");
    if (c.to != model::nextState(assignment.state) && c.to != AssignmentState::released)
        return fail(Code::conflict, "an assignment that is " + std::string(toString(assignment.state)) +
                                        " cannot become " + std::string(toString(c.to)));
    auto resource = m_state.resources.at(assignment.resource);
    const auto underway = model::progressOf(assignment, m_now);
    assignment.state = c.to;
    const char* type = "assignment.released";
    bool resourceChanged = false;
    switch (c.to) {
    case AssignmentState::proposed:
        break;
    case AssignmentState::notified:
        type = "assignment.notified";
        assignment.notifiedAt = m_now;
        break;
    case AssignmentState::accepted:
        type = "assignment.accepted";
        assignment.acceptedAt = m_now;
        break;
    case AssignmentState::enRoute:
        type = "assignment.en-route";
        assignment.departedAt = m_now;
        break;
    case AssignmentState::onScene:
        type = "assignment.on-scene";
        assignment.arrivedAt = m_now;
        resource.position = assignment.route.points.empty() ? resource.position : assignment.route.points.back();
        resource.positionTime = m_now;
        resourceChanged = true;
        break;
    case AssignmentState::released:
        assignment.releasedAt = m_now;
        if (underway) {
            resource.position = underway->position;
            resource.positionTime = m_now;
        }
        resource.status = model::ResourceStatus::available;
        resourceChanged = true;
        break;
    }
    auto event = eventOf(type, assignment.id.toString(), assignment);
    if (resourceChanged)
        model::addChange(event.data, resource);
    return Effect{{std::move(event)}, {assignment.id.toString()}, false};
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
        model::addChange(event.data, assignment.second);
    }
    for (auto item : m_state.resources) {
        auto& resource = item.second;
        if (resource.status != model::ResourceStatus::assigned && resource.position == resource.home)
            continue;
        if (resource.status == model::ResourceStatus::assigned)
            resource.status = model::ResourceStatus::available;
        resource.position = resource.home;
        resource.positionTime = m_now;
        model::addChange(event.data, resource);
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
        if (item.second.state != model::WarningState::inForce)
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
