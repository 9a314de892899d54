#include "tocsin/desk/follow.hpp"

#include "tocsin/base/seconds.hpp"

#include <algorithm>
#include <chrono>

namespace tocsin::desk {

namespace {

using model::AssignmentState;

/// Where no interval is known an arrival is late beyond this much of what was predicted.
constexpr double latestFactor = 1.35;

} // namespace

std::string DispatchRules::clockText(base::Time at) const {
    return countyClock ? countyClock(at) : base::formatTime(at).substr(11, 5) + " UTC";
}

std::optional<base::Time> approvalDue(const model::Decision& one, const DispatchRules& rules) {
    if (one.state != model::DecisionState::waiting)
        return std::nullopt;
    return one.at + rules.approveWithin;
}

std::optional<base::Time> acceptanceDue(const model::Assignment& one, const DispatchRules& rules) {
    if (one.state != AssignmentState::notified || !one.notifiedAt)
        return std::nullopt;
    return *one.notifiedAt + rules.acceptWithin;
}

std::optional<base::Time> departureDue(const model::Assignment& one, const DispatchRules& rules) {
    if (one.state != AssignmentState::accepted || one.purpose == model::Purpose::shelter)
        return std::nullopt;
    if (one.rollCallDue)
        return one.rollCallDue;
    return one.acceptedAt ? std::optional(*one.acceptedAt + rules.departWithin) : std::nullopt; // in journals of before
}

base::Seconds longestWay(const model::Assignment& one) {
    return std::max(one.etaHigh, one.eta * latestFactor);
}

std::optional<base::Time> arrivalDue(const model::Assignment& one, const DispatchRules& rules) {
    if (one.state != AssignmentState::enRoute || !one.departedAt)
        return std::nullopt;
    const auto there = *one.departedAt + base::toDuration(longestWay(one));
    // Who must go round comes later; that it must is an alarm of its own.
    return (one.blocked && one.blocked->arrival ? std::max(there, *one.blocked->arrival) : there) + rules.grace;
}

std::optional<base::Time> signDue(const model::Assignment& one, std::optional<base::Time> heard,
                                  const DispatchRules& rules, base::Time now) {
    const bool inTheField = one.state == AssignmentState::enRoute || one.state == AssignmentState::onScene;
    if (!one.rollCallDue || !inTheField || one.purpose == model::Purpose::shelter)
        return std::nullopt;
    const bool atAStation = one.purpose == model::Purpose::standBy && one.state == AssignmentState::onScene && !one.stops.empty() && one.stops.back().at;
    if (atAStation) // it waits where there is a telephone and people who see it
        return std::nullopt;
    return heard ? std::max(*one.rollCallDue, std::min(*heard, now) + rules.rollCall) : *one.rollCallDue;
}

std::map<model::ResourceId, base::Time> lastHeard(const model::State& state,
                                                  const std::map<model::UnitId, UnitNow>& units) {
    std::map<model::ResourceId, base::Time> heard;
    for (const auto& [id, unit] : state.units) {
        const auto at = units.find(id);
        if (!unit.resource || at == units.end())
            continue;
        auto& last = heard[*unit.resource];
        last = std::max(last, at->second.newest.time);
    }
    return heard;
}

} // namespace tocsin::desk
