#include "desk/assignment_steps.hpp"

#include "tocsin/model/json.hpp"
#include "tocsin/model/promises.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace tocsin::desk {

using base::Code;
using base::fail;
using model::AssignmentState;
using model::Purpose;

namespace {

constexpr auto farthestArrival = std::chrono::hours(7 * 24);

double tenths(double seconds) {
    return std::round(seconds * 10) / 10;
}

const char* typeOf(AssignmentState state) {
    switch (state) {
    case AssignmentState::proposed:
        return "assignment.proposed";
    case AssignmentState::notified:
        return "assignment.notified";
    case AssignmentState::accepted:
        return "assignment.accepted";
    case AssignmentState::enRoute:
        return "assignment.en-route";
    case AssignmentState::onScene:
        return "assignment.on-scene";
    case AssignmentState::released:
        break;
    }
    return "assignment.released";
}

/// The order's last stop lies where its incident does.
void leadTo(model::Assignment& one, const model::Incident& incident) {
    if (one.stops.empty() || one.stops.back().at)
        return;
    one.stops.back().position = incident.position;
    one.stops.back().place = incident.place;
}

} // namespace

std::map<std::string, AssignmentState> DispatchRules::defaultStatusWords() {
    return {{"accepted", AssignmentState::accepted},  {"roger", AssignmentState::accepted},
            {"收到", AssignmentState::accepted},      {"接受", AssignmentState::accepted},
            {"en route", AssignmentState::enRoute},   {"rolling", AssignmentState::enRoute},
            {"出发", AssignmentState::enRoute},       {"已出发", AssignmentState::enRoute},
            {"on scene", AssignmentState::onScene},   {"arrived", AssignmentState::onScene},
            {"到达", AssignmentState::onScene},       {"到场", AssignmentState::onScene},
            {"available", AssignmentState::released}, {"clear", AssignmentState::released},
            {"完成", AssignmentState::released},      {"归队", AssignmentState::released}};
}

base::Result<model::RouteLine> trimmed(const model::RouteLine& in) {
    if (in.points.size() != in.secondsAt.size() || in.points.size() > model::mostRoutePoints)
        return fail(Code::malformed, "a route's points and times do not match");
    model::RouteLine out;
    double last = 0;
    for (std::size_t i = 0; i < in.points.size(); ++i) {
        const double s = tenths(in.secondsAt[i]);
        if (!std::isfinite(s) || s < last)
            return fail(Code::outOfRange, "a route's times go back");
        last = s;
        out.secondsAt.push_back(s);
        out.points.push_back(model::Position::trusted(std::round(in.points[i].latitude() * 1e6) / 1e6,
                                                      std::round(in.points[i].longitude() * 1e6) / 1e6));
    }
    if (!std::isfinite(in.length.value) || !std::isfinite(in.duration.value))
        return fail(Code::outOfRange, "a route's length is not believable");
    out.length = base::Metres(std::round(in.length.value));
    out.duration = base::Seconds(tenths(in.duration.value));
    return out;
}

base::Result<base::Seconds> checkedEta(base::Seconds eta, const std::string& whose) {
    if (!std::isfinite(eta.value) || eta.value < 0 || eta.value > 7 * 86'400)
        return fail(Code::outOfRange, "the travel time of " + whose + " is not believable");
    return base::Seconds(tenths(eta.value));
}

model::Resource* AssignmentSteps::resource(model::ResourceId id) {
    if (const auto known = m_resources.find(id); known != m_resources.end())
        return &known->second;
    const auto found = m_state.resources.find(id);
    return found == m_state.resources.end() ? nullptr : &m_resources.emplace(id, found->second).first->second;
}

model::Assignment* AssignmentSteps::assignment(model::AssignmentId id) {
    if (const auto known = m_assignments.find(id); known != m_assignments.end())
        return &known->second;
    const auto found = m_state.assignments.find(id);
    return found == m_state.assignments.end() ? nullptr : &m_assignments.emplace(id, found->second).first->second;
}

const model::Assignment* AssignmentSteps::runningFor(model::ResourceId id) const {
    for (const auto& [key, stored] : m_state.assignments) {
        if (stored.resource != id || stored.purpose == Purpose::shelter)
            continue;
        const auto changed = m_assignments.find(key); // by an earlier step of this act
        const auto& one = changed == m_assignments.end() ? stored : changed->second;
        if (one.state != AssignmentState::released)
            return &one;
    }
    return nullptr;
}

int& AssignmentSteps::peoplePromised(model::ResourceId shelter) {
    if (!m_promised)
        m_promised = model::peoplePromised(m_state);
    return (*m_promised)[shelter];
}

std::string AssignmentSteps::nextOrder(const model::Incident& incident) {
    if (m_orders < 0) {
        m_orders = 0;
        for (const auto& [key, one] : m_state.assignments)
            m_orders += one.incident == incident.id ? 1 : 0;
    }
    return incident.number + "/" + std::to_string(++m_orders);
}

base::Result<void> AssignmentSteps::bind(const model::Incident& incident, const model::DecisionLine& line,
                                         const std::optional<model::DecisionId>& decision, const std::string& by,
                                         base::Time factsAt) {
    if (auto ok = check(line, by); !ok)
        return ok;
    if (const auto* standsBy = line.purpose == Purpose::shelter ? nullptr : runningFor(line.resource)) {
        if (auto ok = advance(standsBy->id, AssignmentState::released); !ok) // that ends where it is sent on
            return ok;
        m_made.pop_back();
    }
    auto& one = *resource(line.resource);
    auto eta = checkedEta(line.eta, one.name.text);
    auto low = checkedEta(line.etaLow, one.name.text);
    auto high = checkedEta(line.etaHigh, one.name.text);
    auto plain = checkedEta(line.plain, one.name.text);
    auto turnout = checkedEta(line.turnout, one.name.text);
    for (const auto* time : {&eta, &low, &high, &plain, &turnout}) {
        if (!*time)
            return tl::unexpected(time->error());
    }
    auto route = trimmed(line.route);
    if (!route)
        return tl::unexpected(route.error());
    model::Assignment made;
    made.id = m_ids.make<model::AssignmentId>();
    made.incident = incident.id;
    made.resource = line.resource;
    made.capability = line.need.capability;
    made.proposedAt = m_now;
    made.eta = *eta;
    made.etaLow = *low;
    made.etaHigh = *high;
    made.plain = *plain;
    made.turnout = *turnout;
    made.route = std::move(*route);
    made.reason = line.reason;
    made.purpose = line.purpose;
    made.order = nextOrder(incident);
    made.decision = decision;
    made.load = line.load;
    made.stops = line.stops;
    made.people = line.people;
    if (line.purpose != Purpose::shelter)
        one.status = model::ResourceStatus::assigned;
    one.statusSince = m_now;
    one.statusUntil.reset();
    one.claimedBy.clear();
    one.claimedUntil.reset();
    auto proposed = eventOf("assignment.proposed", made.id.toString(), made);
    model::addChange(proposed.data, one);
    std::set<model::ResourceId> warehouses;
    for (const auto& item : line.load) {
        if (item.from != line.resource && warehouses.insert(item.from).second)
            model::addChange(proposed.data, *resource(item.from));
    }
    m_events.push_back(std::move(proposed));
    made.state = AssignmentState::notified;
    made.notifiedAt = m_now;
    // A way that is older than the incident's place leads elsewhere than the order.
    const bool leadsElsewhere = incident.movedAt && factsAt < *incident.movedAt &&
                                (line.purpose == Purpose::team || line.purpose == Purpose::supply);
    if (leadsElsewhere)
        made = moved(std::move(made), incident);
    else
        say(made, model::TeamWord::order);
    m_events.push_back(eventOf("assignment.notified", made.id.toString(), made));
    m_made.push_back(made.id.toString());
    m_assignments.emplace(made.id, std::move(made));
    return {};
}

void AssignmentSteps::say(model::Assignment& one, model::TeamWord word) const {
    one.word = word;
    one.wordAt.reset();
    if (word != model::TeamWord::none)
        one.wordAt = m_now;
    one.reached = model::Reached::waits;
}

model::Assignment AssignmentSteps::moved(model::Assignment one, const model::Incident& incident) const {
    leadTo(one, incident);
    say(one, model::TeamWord::moved);
    return one;
}

void AssignmentSteps::knowPlace(model::Assignment& one) const {
    const auto incident = m_state.incidents.find(one.incident);
    if (one.word == model::TeamWord::moved && incident != m_state.incidents.end())
        leadTo(one, incident->second);
}

base::Result<void> AssignmentSteps::told(const RecordTold& command) {
    if (command.reached == model::Reached::waits)
        return fail(Code::refused, "what came of it is not said");
    for (const auto& id : command.assignments) {
        auto* one = assignment(id);
        if (one == nullptr)
            return fail(Code::notFound, "there is no such assignment");
        if (command.since && one->wordAt != command.since)
            continue; // of an older word
        if (one->reached == model::Reached::phone || one->reached == model::Reached::voice || one->reached == command.reached)
            continue;
        if (one->word == model::TeamWord::none && one->state != AssignmentState::notified)
            return fail(Code::conflict, "there is nothing that this team must be told");
        one->reached = command.reached;
        knowPlace(*one);
        auto event = eventOf("assignment.told", one->id.toString(), *one);
        m_events.push_back(std::move(event));
        m_made.push_back(one->id.toString());
    }
    return {};
}

base::Result<void> AssignmentSteps::advance(model::AssignmentId id, AssignmentState to, bool recalled, bool passed) {
    auto* one = assignment(id);
    if (one == nullptr)
        return fail(Code::notFound, "there is no such assignment");
    if (one->state == AssignmentState::released)
        return fail(Code::conflict, "the assignment is released already");
    if (to != model::nextState(one->state) && to != AssignmentState::released)
        return fail(Code::conflict, "an assignment that is " + std::string(toString(one->state)) + " cannot become " +
                                        std::string(toString(to)));
    auto* bound = resource(one->resource);
    const bool shelter = one->purpose == Purpose::shelter;
    const bool delivered = one->state == AssignmentState::onScene;
    const auto underway = model::progressOf(*one, bound, m_now);
    one->state = to;
    one->heardAt = m_now;
    one->rollCallDue.reset();
    Event event{typeOf(to), one->id.toString(), nlohmann::json::object()};
    bool changed = false;
    switch (to) {
    case AssignmentState::proposed:
        break;
    case AssignmentState::notified:
        one->notifiedAt = m_now;
        break;
    case AssignmentState::accepted:
        one->acceptedAt = m_now;
        one->rollCallDue = m_now + m_rules.departWithin;
        break;
    case AssignmentState::enRoute:
        if (!passed) // nobody knows when: to say "now" would make it a drive that took no time
            one->departedAt = m_now;
        one->rollCallDue = m_now + m_rules.rollCall;
        if (!one->load.empty())
            leaveWarehouses(*one, event);
        break;
    case AssignmentState::onScene:
        one->arrivedAt = m_now;
        one->blocked.reset();
        one->rollCallDue = m_now + m_rules.rollCall;
        if (bound != nullptr && shelter) {
            bound->occupied = std::min(bound->capacity, bound->occupied + one->people);
            bound->countedAt = m_now;
            changed = true;
        } else if (bound != nullptr) {
            const auto incident = m_state.incidents.find(one->incident);
            const bool unaware = one->word == model::TeamWord::moved && model::mustBeTold(*one);
            if (unaware && !one->route.points.empty())
                bound->position = one->route.points.back(); // where that was thought to be
            else if (!one->stops.empty())
                bound->position = one->stops.back().position;
            else if (!unaware && incident != m_state.incidents.end() &&
                     (one->word == model::TeamWord::moved || incident->second.movedAt >= one->proposedAt))
                bound->position = incident->second.position; // its way may still lead to where that was thought to be
            else if (!one->route.points.empty())
                bound->position = one->route.points.back();
            else if (!unaware && one->purpose != Purpose::standBy && incident != m_state.incidents.end())
                bound->position = incident->second.position; // its way was not known
            bound->positionTime = m_now;
            changed = true;
        }
        break;
    case AssignmentState::released:
        one->releasedAt = m_now;
        one->blocked.reset();
        say(*one, recalled ? model::TeamWord::recall : model::TeamWord::none);
        if (!one->load.empty() && !delivered)
            giveBack(*one, event);
        if (bound != nullptr && !shelter) {
            if (underway) {
                bound->position = underway->position;
                bound->positionTime = m_now;
            }
            bound->status = model::ResourceStatus::available;
            bound->statusSince = m_now;
            changed = true;
        }
        break;
    }
    model::addChange(event.data, *one);
    if (changed)
        model::addChange(event.data, *bound);
    m_events.push_back(std::move(event));
    m_made.push_back(one->id.toString());
    return {};
}

base::Result<void> AssignmentSteps::advanceTo(model::AssignmentId id, AssignmentState to) {
    if (to == AssignmentState::released)
        return advance(id, to);
    const auto* one = assignment(id);
    if (one == nullptr)
        return fail(Code::notFound, "there is no such assignment");
    if (one->state >= to)
        return fail(Code::conflict, "the assignment is " + std::string(toString(one->state)) + " already");
    while (one->state != to) {
        const auto next = model::nextState(one->state);
        if (!next)
            return fail(Code::conflict, "the assignment is released already");
        if (auto ok = advance(id, *next, false, next != to); !ok)
            return ok;
    }
    return {};
}

base::Result<void> AssignmentSteps::replan(const ReplanAssignment& command) {
    auto* one = assignment(command.assignment);
    if (one == nullptr)
        return fail(Code::notFound, "there is no such assignment");
    if (one->state == AssignmentState::onScene || one->state == AssignmentState::released)
        return fail(Code::conflict, "the assignment is " + std::string(toString(one->state)) + " already");
    if (auto ok = checkText(command.reason, "a reason", 400, true); !ok)
        return ok;
    auto way = trimmed(command.route);
    auto about = checkedEta(command.eta, "the assignment");
    auto least = checkedEta(command.etaLow, "the assignment");
    auto most = checkedEta(command.etaHigh, "the assignment");
    auto plain = checkedEta(command.plain, "the assignment");
    if (!way)
        return tl::unexpected(way.error());
    for (const auto* time : {&about, &least, &most, &plain}) {
        if (!*time)
            return tl::unexpected(time->error());
    }
    if (command.stops.size() > one->stops.size())
        return fail(Code::refused, "another way has no stops that the order has not");
    for (const auto& stop : command.stops) {
        if (!checkedEta(stop.arrival, "the assignment"))
            return fail(Code::outOfRange, "a stop's time is not believable");
    }
    // One that is on its way goes on from where it is: the new way's times count from its departure.
    const double gone = one->state == AssignmentState::enRoute && one->departedAt
                            ? tenths(std::chrono::duration<double>(m_now - *one->departedAt).count())
                            : 0;
    for (double& at : way->secondsAt)
        at = tenths(at + gone);
    way->duration = base::Seconds(way->duration.value + gone);
    one->route = std::move(*way);
    one->blocked.reset(); // whether this one is closed, too, is looked at anew
    one->eta = base::Seconds(about->value + gone);
    one->etaLow = base::Seconds(least->value + gone);
    one->etaHigh = base::Seconds(most->value + gone);
    one->plain = base::Seconds(plain->value > 0 ? plain->value + gone : 0);
    const auto behind = one->stops.size() - command.stops.size();
    for (std::size_t i = 0; i < command.stops.size(); ++i)
        one->stops[behind + i].arrival = base::Seconds(tenths(command.stops[i].arrival.value + gone));
    knowPlace(*one);
    // Who has not had its order yet gets it with this way.
    const bool unheard = one->word == model::TeamWord::order && model::mustBeTold(*one);
    say(*one, unheard ? model::TeamWord::order : model::TeamWord::way);
    auto event = eventOf("assignment.replanned", one->id.toString(), *one);
    event.data["reason"] = command.reason;
    m_events.push_back(std::move(event));
    m_made.push_back(one->id.toString());
    return {};
}

base::Result<void> AssignmentSteps::block(const RecordBlockedWay& command) {
    auto* one = assignment(command.assignment);
    if (one == nullptr)
        return fail(Code::notFound, "there is no such assignment");
    if ((command.since && one->wordAt != command.since) || !model::isOnItsWay(*one))
        return {}; // it has another way since, or needs none any more
    auto blocked = command.blocked;
    if (blocked) {
        if (!m_state.drawings.contains(blocked->closure))
            return fail(Code::notFound, "there is no such drawing");
        if (auto ok = checkText(blocked->road, "the road's name", 200, true); !ok)
            return ok;
        if (blocked->arrival && (*blocked->arrival < m_now - farthestArrival || *blocked->arrival > m_now + farthestArrival))
            return fail(Code::outOfRange, "the travel time of the assignment is not believable");
        blocked->since = one->blocked && one->blocked->closure == blocked->closure ? one->blocked->since : m_now;
    }
    if (one->blocked == blocked)
        return {};
    one->blocked = std::move(blocked);
    m_events.push_back(eventOf(one->blocked ? "assignment.blocked" : "assignment.unblocked", one->id.toString(), *one));
    m_made.push_back(one->id.toString());
    return {};
}

base::Result<void> AssignmentSteps::heard(model::AssignmentId id, const std::string& text) {
    auto* one = assignment(id);
    if (one == nullptr)
        return fail(Code::notFound, "there is no such assignment");
    if (one->state == AssignmentState::released)
        return fail(Code::conflict, "the assignment is released already");
    if (auto ok = checkText(text, "what was said", 400, true); !ok)
        return ok;
    one->heardAt = m_now;
    one->rollCallDue = m_now + (one->state == AssignmentState::accepted ? m_rules.departWithin : m_rules.rollCall);
    auto event = eventOf("assignment.heard", one->id.toString(), *one);
    event.data["text"] = text;
    m_events.push_back(std::move(event));
    m_made.push_back(one->id.toString());
    return {};
}

} // namespace tocsin::desk
