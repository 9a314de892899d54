#include "desk/assignment_steps.hpp"
#include "desk/handlers.hpp"

#include "tocsin/model/calling.hpp"
#include "tocsin/model/json.hpp"
#include "tocsin/model/waiting.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

// Decisions: who goes, on whose word, and what becomes of it.

namespace tocsin::desk {

using base::Code;
using base::fail;
using model::DecisionState;

namespace {

constexpr std::size_t mostLines = 200;
constexpr std::size_t mostOthers = 1'000;
constexpr std::size_t mostNotices = 200;
constexpr std::size_t mostInstead = 200;
constexpr std::size_t mostReleased = 500;
constexpr std::size_t mostUnseen = 20;

base::Result<void> checkNeed(const model::Need& need) {
    if (auto ok = checkText(need.capability, "a need's capability", 200, true); !ok)
        return ok;
    if (auto ok = checkText(need.supply, "a need's supply", 200, true); !ok)
        return ok;
    if (auto ok = checkText(need.unit, "a need's unit", 60, true); !ok)
        return ok;
    if (!std::isfinite(need.amount) || !std::isfinite(need.within.value))
        return fail(Code::outOfRange, "a need's amount is not a number");
    return {};
}

/// What a person changed by hand of a line, as it is told in the journal; what it takes is judged with all else.
base::Result<void> checkByHand(const model::DecisionLine& line) {
    if (auto ok = checkText(line.obstacle, "what speaks against a choice", 200, true); !ok)
        return ok;
    if (line.insteadPeople < 0)
        return fail(Code::outOfRange, "a recommended number of people is less than 0");
    if (line.instead.size() > mostInstead)
        return fail(Code::tooLarge, "a recommended load has at most 200 parts");
    for (const auto& item : line.instead) {
        if (!std::isfinite(item.quantity))
            return fail(Code::outOfRange, "a recommended load's quantity is not a number");
        for (const auto* text : {&item.code, &item.unit, &item.name.text}) {
            if (auto ok = checkText(*text, "a recommended load", 200, true); !ok)
                return ok;
        }
    }
    return {};
}

base::Result<void> checkCalls(const model::Decision& card) {
    if (card.callLists.size() > model::mostPlanCalls)
        return fail(Code::tooLarge, "a decision begins at most 10 call-downs");
    for (auto one = card.callLists.begin(); one != card.callLists.end(); ++one) {
        if (std::find(card.callLists.begin(), one, *one) != one)
            return fail(Code::refused, "a call-down list is named twice");
    }
    return checkText(card.language, "the language of a decision", 20, true);
}

base::Result<void> checkCard(const model::Decision& card) {
    if (card.lines.empty())
        return fail(Code::refused, "nobody is chosen to be sent");
    if (card.lines.size() > mostLines || card.others.size() > mostOthers || card.unmet.size() > mostLines ||
        card.notices.size() > mostNotices)
        return fail(Code::tooLarge, "a decision has at most 200 lines");
    if (auto ok = checkText(card.reason, "the reason", 1'000, true); !ok)
        return ok;
    if (auto ok = checkCalls(card); !ok)
        return ok;
    bool otherwise = false;
    for (const auto& line : card.lines) {
        otherwise = otherwise || !line.recommended || line.byHand;
        if (auto ok = checkByHand(line); !ok)
            return ok;
        if (auto ok = checkNeed(line.need); !ok)
            return ok;
    }
    for (const auto& other : card.others) {
        otherwise = otherwise || other.recommended;
        if (!std::isfinite(other.eta.value) || !std::isfinite(other.costs.value))
            return fail(Code::outOfRange, "a choice's time is not a number");
        if (auto ok = checkNeed(other.need); !ok)
            return ok;
        if (auto ok = checkText(other.obstacle, "a choice's word", 200, true); !ok)
            return ok;
    }
    for (const auto& gap : card.unmet) {
        if (auto ok = checkNeed(gap.need); !ok)
            return ok;
        if (!std::isfinite(gap.missing))
            return fail(Code::outOfRange, "what is missing is not a number");
        if (auto ok = checkText(gap.reason, "why a need is not met", 200, true); !ok)
            return ok;
    }
    for (const auto& notice : card.notices) {
        if (auto ok = checkText(notice, "a notice", 2'000); !ok)
            return ok;
    }
    if (card.unseen.size() > mostUnseen)
        return fail(Code::tooLarge, "the decision names more than " + std::to_string(mostUnseen) + " reasons why it is not proven");
    for (const auto& word : card.unseen) {
        if (auto ok = checkText(word, "why a decision is not proven", 200); !ok)
            return ok;
    }
    for (const double number : {card.gap, card.stoppedAfter.value, card.peopleCoveredBefore, card.peopleCoveredAfter}) {
        if (!std::isfinite(number))
            return fail(Code::outOfRange, "a figure of the decision is not a number");
    }
    if (otherwise && card.reason.empty())
        return fail(Code::refused, "whoever chooses otherwise than recommended says why: one word is enough");
    return {};
}

/// A line's way by now stands instead of the one that was proposed; what of it is believable is judged when it is bound.
base::Result<void> goBy(const FreshWay& way, const model::Incident& incident, model::DecisionLine& line) {
    if (way.stops.size() != line.stops.size())
        return fail(Code::refused, "another way has not the stops of what was proposed");
    line.route = way.route;
    line.eta = way.eta;
    line.etaLow = way.etaLow;
    line.etaHigh = way.etaHigh;
    line.plain = way.plain;
    for (std::size_t i = 0; i < line.stops.size(); ++i)
        line.stops[i].arrival = way.stops[i].arrival;
    if (line.purpose == model::Purpose::supply && !line.stops.empty() && !line.stops.back().at) { // it may have been moved since
        line.stops.back().position = incident.position;
        line.stops.back().place = incident.place;
    }
    return {};
}

} // namespace

base::Result<Event> Handlers::begunFrom(model::CallListId id, const model::Decision& card) const {
    const auto found = m_state.callLists.find(id);
    if (found == m_state.callLists.end() || found->second.removed)
        return fail(Code::notFound, "there is no such call-down list");
    auto list = model::callDownFrom(found->second, m_state, m_now, card.language);
    if (list.people.size() > model::mostCalled)
        return fail(Code::tooLarge, "the call-down list " + found->second.name + " would call " + std::to_string(list.people.size()) +
                                        " people, and one call-down takes at most 50: begin it by itself and take some out");
    list.incident = card.incident;
    return begun(std::move(list));
}

bool Handlers::needsApproval(const model::Incident& incident) const {
    const auto& from = m_dispatch->approvalFrom;
    return from && incident.grade <= *from && (m_actor != m_state.desk.leader || !m_mayLead);
}

base::Result<Effect> Handlers::operator()(const SendPlan& c) {
    auto incident = openIncident(c.decision.incident);
    if (!incident)
        return tl::unexpected(incident.error());
    if (auto ok = checkCard(c.decision); !ok)
        return tl::unexpected(ok.error());
    auto card = c.decision;
    card.id = m_ids.make<model::DecisionId>();
    card.by = m_actor;
    card.at = m_now;
    card.factsAt = std::min(card.factsAt, m_now);
    card.judgedBy.clear();
    card.judgedAt.reset();
    card.judgement.clear();
    // Before all else also where it waits: what cannot be begun is told to who names it, not to the leader.
    std::vector<Event> calls;
    for (const auto& id : card.callLists) {
        auto call = begunFrom(id, card);
        if (!call)
            return tl::unexpected(call.error());
        calls.push_back(std::move(*call));
    }
    if (c.releases.size() > mostLines)
        return fail(Code::tooLarge, "a plan gives up at most 200 assignments");
    AssignmentSteps steps(m_state, m_ids, m_now, *m_dispatch);
    // Where it waits, this only judges: who gives up an order has it until the leader's word.
    for (const auto& id : c.releases) {
        if (auto ok = steps.advance(id, model::AssignmentState::released, !saidInTheField(m_actor)); !ok)
            return tl::unexpected(ok.error());
    }
    steps.ids().clear();
    card.releases.clear();
    if (needsApproval(*incident)) {
        card.releases = c.releases;
        card.state = DecisionState::waiting;
        Event event{"decision.proposed", card.id.toString(), nlohmann::json::object()};
        for (auto& line : card.lines) {
            if (auto ok = steps.check(line, m_actor); !ok)
                return tl::unexpected(ok.error());
            for (const auto time : {line.eta, line.etaLow, line.etaHigh, line.plain, line.turnout}) {
                if (auto ok = checkedEta(time, m_state.resources.at(line.resource).name.text); !ok)
                    return tl::unexpected(ok.error());
            }
            auto route = trimmed(line.route);
            if (!route)
                return tl::unexpected(route.error());
            line.route = std::move(*route);
            auto resource = m_state.resources.at(line.resource);
            if (line.purpose == model::Purpose::shelter)
                continue;
            resource.claimedBy = m_actor;
            resource.claimedUntil = m_now + waitingClaim;
            model::addChange(event.data, resource);
        }
        model::addChange(event.data, card);
        return Effect{{std::move(event)}, {card.id.toString()}, false};
    }
    card.state = DecisionState::sent;
    for (const auto& line : card.lines) {
        if (auto ok = steps.bind(*incident, line, card.id, m_actor, card.factsAt); !ok)
            return tl::unexpected(ok.error());
    }
    for (auto& line : card.lines)
        line.route = {};
    Effect effect;
    effect.ids.push_back(card.id.toString());
    effect.ids.insert(effect.ids.end(), steps.ids().begin(), steps.ids().end());
    effect.events.push_back(eventOf("decision.sent", card.id.toString(), card));
    std::move(steps.events().begin(), steps.events().end(), std::back_inserter(effect.events));
    for (auto& call : calls) {
        effect.ids.push_back(call.subject);
        effect.events.push_back(std::move(call));
    }
    return effect;
}

Event Handlers::refusalOf(const model::Decision& card, const char* type) const {
    auto event = eventOf(type, card.id.toString(), card);
    for (const auto& line : card.lines) {
        const auto resource = m_state.resources.find(line.resource);
        if (resource == m_state.resources.end() || resource->second.claimedBy != card.by)
            continue;
        auto free = resource->second;
        free.claimedBy.clear();
        free.claimedUntil.reset();
        model::addChange(event.data, free);
    }
    return event;
}

base::Result<Effect> Handlers::operator()(const JudgeDecision& c) {
    const auto found = m_state.decisions.find(c.decision);
    if (found == m_state.decisions.end())
        return fail(Code::notFound, "there is no such decision");
    auto card = found->second;
    if (card.state != DecisionState::waiting)
        return fail(Code::conflict, "the decision is " + std::string(toString(card.state)) + " already, by " +
                                        (card.judgedBy.empty() ? card.by : card.judgedBy));
    const bool withdraws = !c.approve && m_actor == card.by; // whoever proposed it may take it back
    if (!withdraws && !model::mayJudge(card, m_state.desk.leader, m_actor))
        return m_state.desk.leader.empty()
                   ? fail(Code::refused, "whoever proposes a plan does not approve it: no leader is on duty, another must")
                   : fail(Code::refused, "only " + m_state.desk.leader + ", the leader on duty, approves this");
    if (auto ok = checkText(c.reason, "the reason", 1'000, c.approve || withdraws); !ok)
        return tl::unexpected(ok.error());
    card.judgedBy = m_actor;
    card.judgedAt = m_now;
    card.judgement = c.reason;
    Effect effect;
    effect.ids.push_back(card.id.toString());
    if (!c.approve) {
        card.state = DecisionState::refused;
        effect.events.push_back(refusalOf(card, withdraws ? "decision.withdrawn" : "decision.refused"));
        return effect;
    }
    auto incident = openIncident(card.incident);
    if (!incident)
        return tl::unexpected(incident.error());
    AssignmentSteps steps(m_state, m_ids, m_now, *m_dispatch);
    for (const auto& id : card.releases) {
        const auto running = m_state.assignments.find(id);
        // One that is over already is given up as it was meant to be; whether its team is free is judged with its line.
        if (running == m_state.assignments.end() || running->second.state == model::AssignmentState::released)
            continue;
        const auto& one = running->second;
        if (one.arrivedAt && *one.arrivedAt > card.at) {
            const auto who = m_state.resources.find(one.resource);
            const auto other = m_state.incidents.find(one.incident);
            return fail(Code::conflict, (who == m_state.resources.end() ? "?" : who->second.name.text) + " has arrived at incident " +
                                            (other == m_state.incidents.end() ? "?" : other->second.number) +
                                            " meanwhile and is not taken from it: refuse the plan and plan anew");
        }
        if (auto ok = steps.advance(id, model::AssignmentState::released, !saidInTheField(m_actor)); !ok)
            return tl::unexpected(ok.error());
    }
    steps.ids().clear();
    if (c.ways.size() > mostLines)
        return fail(Code::tooLarge, "a decision has at most 200 lines");
    for (auto& line : card.lines) {
        auto factsAt = card.factsAt;
        const auto anew = std::find_if(c.ways.begin(), c.ways.end(), [&](const auto& way) { return way.resource == line.resource; });
        if (anew != c.ways.end() && line.purpose != model::Purpose::shelter) {
            if (auto ok = goBy(*anew, *incident, line); !ok)
                return tl::unexpected(ok.error());
            factsAt = std::min(c.waysAt, m_now);
        }
        if (auto ok = steps.bind(*incident, line, card.id, card.by, factsAt); !ok)
            return tl::unexpected(ok.error());
    }
    for (auto& line : card.lines)
        line.route = {};
    card.state = DecisionState::sent;
    effect.events.push_back(eventOf("decision.approved", card.id.toString(), card));
    effect.ids.insert(effect.ids.end(), steps.ids().begin(), steps.ids().end());
    std::move(steps.events().begin(), steps.events().end(), std::back_inserter(effect.events));
    // A list may have been changed or removed since: those who go are not kept back for it, and that nobody is called is written down.
    for (const auto& id : card.callLists) {
        auto call = begunFrom(id, card);
        if (call) {
            effect.ids.push_back(call->subject);
            effect.events.push_back(std::move(*call));
            continue;
        }
        const auto list = m_state.callLists.find(id);
        Event kept{"decision.call-not-begun", card.id.toString(), nlohmann::json::object()};
        kept.data["name"] = list == m_state.callLists.end() ? std::string() : list->second.name;
        kept.data["reason"] = call.error().message;
        effect.events.push_back(std::move(kept));
    }
    return effect;
}

base::Result<Effect> Handlers::operator()(const ReplanAssignment& c) {
    AssignmentSteps steps(m_state, m_ids, m_now, *m_dispatch);
    if (auto ok = steps.replan(c); !ok)
        return tl::unexpected(ok.error());
    return Effect{std::move(steps.events()), std::move(steps.ids()), false};
}

base::Result<Effect> Handlers::operator()(const RecordBlockedWay& c) {
    AssignmentSteps steps(m_state, m_ids, m_now, *m_dispatch);
    if (auto ok = steps.block(c); !ok)
        return tl::unexpected(ok.error());
    const bool known = steps.events().empty();
    return Effect{std::move(steps.events()), std::move(steps.ids()), known};
}

base::Result<Effect> Handlers::operator()(const AnswerRollCall& c) {
    AssignmentSteps steps(m_state, m_ids, m_now, *m_dispatch);
    if (auto ok = steps.heard(c.assignment, c.text); !ok)
        return tl::unexpected(ok.error());
    return Effect{std::move(steps.events()), std::move(steps.ids()), false};
}

base::Result<Effect> Handlers::operator()(const RecordTold& c) {
    if (c.assignments.empty())
        return fail(Code::refused, "no assignment is named");
    if (c.assignments.size() > mostReleased)
        return fail(Code::tooLarge, "at most 500 are told at once");
    AssignmentSteps steps(m_state, m_ids, m_now, *m_dispatch);
    if (auto ok = steps.told(c); !ok)
        return tl::unexpected(ok.error());
    const bool known = steps.events().empty();
    return Effect{std::move(steps.events()), std::move(steps.ids()), known};
}

base::Result<Effect> Handlers::operator()(const ReleaseAssignments& c) {
    if (c.assignments.empty())
        return fail(Code::refused, "no assignment is named");
    if (c.assignments.size() > mostReleased)
        return fail(Code::tooLarge, "at most 500 are released at once");
    if (auto ok = checkText(c.reason, "the reason", 1'000, true); !ok)
        return tl::unexpected(ok.error());
    AssignmentSteps steps(m_state, m_ids, m_now, *m_dispatch);
    for (const auto& id : c.assignments) {
        if (auto ok = steps.advance(id, model::AssignmentState::released, !saidInTheField(m_actor)); !ok)
            return tl::unexpected(ok.error());
    }
    if (!c.reason.empty()) {
        for (auto& event : steps.events())
            event.data["reason"] = c.reason;
    }
    return Effect{std::move(steps.events()), std::move(steps.ids()), false};
}

} // namespace tocsin::desk
