#include "tocsin/dispatch/blocked_way.hpp"

#include "tocsin/base/seconds.hpp"
#include "tocsin/dispatch/another_way.hpp"
#include "tocsin/dispatch/closures.hpp"
#include "tocsin/route/closures.hpp"

#include <chrono>

namespace tocsin::dispatch {
namespace {

constexpr auto hardlyLater = std::chrono::minutes(2);

/// By the network's name of the piece of its way that lies at the closure.
std::string roadAt(const route::RoadGraph& roads, const model::Line& way, const model::Line& closure) {
    for (std::size_t i = 1; i < way.size(); ++i) {
        if (way[i - 1] == way[i] || !route::liesOn({way[i - 1], way[i]}, closure))
            continue;
        for (const auto& name : roads.roadNames(way[i - 1], way[i])) {
            if (!name.empty())
                return name;
        }
        return {};
    }
    return {};
}

} // namespace

std::optional<model::DrawingId> blockingClosure(const model::State& state, const model::Assignment& assignment, base::Time now,
                                                const std::vector<route::Profile>* profiles) {
    const auto resource = state.resources.find(assignment.resource);
    if (!model::isOnItsWay(assignment) || resource == state.resources.end())
        return std::nullopt;
    if (auto ahead = closureAhead(assignment, state.drawings, now, &resource->second, profiles))
        return ahead;
    const auto& known = assignment.blocked;
    if (!known || resource->second.positionTime > known->since)
        return std::nullopt;
    const auto closure = state.drawings.find(known->closure);
    if (closure == state.drawings.end())
        return std::nullopt;
    // As if it stood where it began: whether the closure is still one for it.
    auto whole = assignment;
    whole.state = model::AssignmentState::accepted;
    return closureAhead(whole, {*closure}, now, &resource->second, profiles);
}

model::BlockedWay wayRound(const model::State& state, const route::RoadGraph& roads, const model::Assignment& assignment,
                           model::DrawingId closure, base::Time now, const Weights& weights,
                           const std::vector<route::Profile>* profiles) {
    model::BlockedWay out;
    out.closure = closure;
    if (const auto drawing = state.drawings.find(closure); drawing != state.drawings.end())
        out.road = roadAt(roads, assignment.route.points, drawing->second.line);
    if (const auto way = anotherWay(state, roads, assignment.id, now, weights, profiles))
        out.arrival = std::chrono::floor<std::chrono::seconds>(now + base::toDuration(way->eta));
    return out;
}

bool isAlike(const model::BlockedWay& one, const model::BlockedWay& other) {
    if (one.closure != other.closure || one.road != other.road || one.arrival.has_value() != other.arrival.has_value())
        return false;
    return !one.arrival || (*one.arrival < *other.arrival + hardlyLater && *other.arrival < *one.arrival + hardlyLater);
}

} // namespace tocsin::dispatch
