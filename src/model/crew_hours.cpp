#include "tocsin/model/crew_hours.hpp"

#include <algorithm>
#include <chrono>
#include <set>
#include <string_view>
#include <vector>

namespace tocsin::model {

namespace {

struct Span {
    base::Time from;
    base::Time until;
};

bool named(const std::vector<const DutyTurn*>& turns, std::string_view person, base::Time at) {
    return std::any_of(turns.begin(), turns.end(), [&](const auto* turn) { return turn->person == person && isOnDuty(*turn, at); });
}

/// How much of the spans somebody who is on duty now was out: all but the parts in which the roster names others and not him.
base::Duration boundOf(std::string_view person, const std::vector<Span>& spans, const std::vector<const DutyTurn*>& turns) {
    base::Duration bound{0};
    for (const auto& span : spans) {
        std::set<base::Time> edges{span.from, span.until}; // between two of them the roster names the same
        for (const auto* turn : turns) {
            for (const auto at : {turn->from, turn->until}) {
                if (span.from < at && at < span.until)
                    edges.insert(at);
            }
        }
        for (auto edge = edges.begin(); std::next(edge) != edges.end(); ++edge) {
            const bool others = std::any_of(turns.begin(), turns.end(), [&](const auto* turn) { return isOnDuty(*turn, *edge); });
            if (!others || named(turns, person, *edge))
                bound += *std::next(edge) - *edge;
        }
    }
    return bound;
}

} // namespace

std::map<ResourceId, base::Duration> hoursBound(const State& state, base::Time now) {
    const auto since = now - std::chrono::hours(24);
    std::map<ResourceId, std::vector<Span>> out;
    for (const auto& [id, one] : state.assignments) {
        auto from = one.acceptedAt ? one.acceptedAt : one.departedAt;
        if (!from)
            from = one.notifiedAt;
        if (!from || one.purpose == Purpose::shelter || (one.state == AssignmentState::released && !one.releasedAt))
            continue;
        const auto begin = std::max(*from, since);
        const auto end = std::min(one.releasedAt.value_or(now), now);
        if (end > begin)
            out[one.resource].push_back({begin, end});
    }
    std::map<ResourceId, base::Duration> bound;
    for (const auto& [id, spans] : out) {
        std::vector<const DutyTurn*> turns;
        if (const auto resource = state.resources.find(id); resource != state.resources.end()) {
            for (const auto& turn : resource->second.duty) {
                if (turn.from <= now && turn.until > since)
                    turns.push_back(&turn);
            }
        }
        std::set<std::string_view> onDuty;
        for (const auto* turn : turns) {
            if (isOnDuty(*turn, now))
                onDuty.insert(turn->person);
        }
        auto& longest = bound[id];
        for (const auto person : onDuty)
            longest = std::max(longest, boundOf(person, spans, turns));
        if (onDuty.empty()) { // nobody knows who: whoever is there may have been there all the time
            for (const auto& span : spans)
                longest += span.until - span.from;
        }
    }
    return bound;
}

} // namespace tocsin::model
