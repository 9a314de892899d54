#include "tocsin/model/waiting.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace tocsin::model {

namespace {

/// An id that nothing else has: the plan's own, with the line's number laid over its end.
AssignmentId idFor(DecisionId decision, std::size_t line) {
    auto bytes = decision.value;
    bytes.bytes[14] ^= static_cast<std::uint8_t>((line + 1) >> 8U);
    bytes.bytes[15] ^= static_cast<std::uint8_t>(line + 1);
    return AssignmentId(bytes);
}

void promise(State& state, const LoadItem& item) {
    const auto store = state.resources.find(item.from);
    if (store == state.resources.end() || !std::isfinite(item.quantity))
        return;
    double left = item.quantity;
    for (auto& stock : store->second.stock) {
        if (stock.code != item.code || stock.unit != item.unit)
            continue;
        const double taken = std::clamp(left, 0.0, std::max(0.0, stock.quantity - stock.reserved));
        stock.reserved += taken;
        left -= taken;
    }
}

} // namespace

bool mayJudge(const Decision& decision, std::string_view leader, std::string_view actor) {
    return leader.empty() ? actor != decision.by : actor == leader;
}

bool takesBack(const Decision& decision, std::string_view leader, std::string_view actor) {
    return actor == decision.by && !mayJudge(decision, leader, actor);
}

std::vector<Decision> waitingPlans(const std::map<DecisionId, Decision>& decisions) {
    std::vector<Decision> waiting;
    for (const auto& [id, decision] : decisions) {
        if (decision.state == DecisionState::waiting)
            waiting.push_back(decision);
    }
    return waiting;
}

void bindWaiting(State& state, const std::vector<Decision>& waiting) {
    std::map<ResourceId, AssignmentId> running;
    for (const auto& [id, one] : state.assignments) {
        if (one.state != AssignmentState::released && one.purpose != Purpose::shelter)
            running[one.resource] = id;
    }
    const auto release = [&](AssignmentId id, base::Time at) {
        const auto found = state.assignments.find(id);
        if (found == state.assignments.end() || found->second.state == AssignmentState::released)
            return;
        found->second.state = AssignmentState::released;
        found->second.releasedAt = at;
        if (found->second.purpose == Purpose::shelter)
            return;
        running.erase(found->second.resource);
        if (const auto resource = state.resources.find(found->second.resource); resource != state.resources.end())
            resource->second.status = ResourceStatus::available;
    };
    for (const auto& card : waiting) {
        for (const auto& id : card.releases)
            release(id, card.at);
        for (std::size_t n = 0; n < card.lines.size(); ++n) {
            const auto& line = card.lines[n];
            const auto resource = state.resources.find(line.resource);
            if (resource == state.resources.end())
                continue;
            const bool shelter = line.purpose == Purpose::shelter;
            if (const auto at = running.find(line.resource); !shelter && at != running.end()) {
                if (state.assignments.at(at->second).purpose != Purpose::standBy)
                    continue;
                release(at->second, card.at); // it ends where it is sent on
            }
            Assignment one;
            one.id = idFor(card.id, n);
            one.incident = card.incident;
            one.resource = line.resource;
            one.capability = line.need.capability;
            // It is not to be changed and not to be sent on: that is for who judges it to say.
            one.purpose = line.purpose == Purpose::standBy ? Purpose::team : line.purpose;
            one.state = one.purpose == Purpose::team ? AssignmentState::onScene : AssignmentState::proposed;
            one.proposedAt = card.at;
            one.decision = card.id;
            one.load = line.load;
            one.stops = line.stops;
            one.people = line.people;
            for (const auto& item : one.load)
                promise(state, item);
            if (!shelter) {
                resource->second.status = ResourceStatus::assigned;
                running[line.resource] = one.id;
            }
            state.assignments.insert_or_assign(one.id, std::move(one));
        }
    }
}

} // namespace tocsin::model
