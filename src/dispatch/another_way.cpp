#include "tocsin/dispatch/another_way.hpp"

#include "dispatch/travel.hpp"
#include "tocsin/dispatch/closures.hpp"
#include "tocsin/dispatch/eta_model.hpp"

#include <array>

namespace tocsin::dispatch {

base::Result<AnotherWay> anotherWay(const model::State& state, const route::RoadGraph& roads, model::AssignmentId id,
                                    base::Time now, const std::vector<route::Profile>* profiles) {
    const auto found = state.assignments.find(id);
    if (found == state.assignments.end())
        return base::fail(base::Code::notFound, "there is no such assignment");
    const auto& assignment = found->second;
    if (assignment.state == model::AssignmentState::onScene || assignment.state == model::AssignmentState::released)
        return base::fail(base::Code::conflict, "it has arrived, or is released");
    const auto resource = state.resources.find(assignment.resource);
    const auto incident = state.incidents.find(assignment.incident);
    if (resource == state.resources.end() || (incident == state.incidents.end() && assignment.stops.empty()))
        return base::fail(base::Code::notFound, "what the assignment names is not there");
    if (resource->second.flies)
        return base::fail(base::Code::conflict, "what flies needs no road");
    const auto underway = model::progressOf(assignment, now);
    const std::array<model::Position, 1> start{underway ? underway->position : resource->second.position};
    const auto target = assignment.stops.empty() ? incident->second.position : assignment.stops.back().position;

    Roads open(withoutClosures(roads, state, now), profiles, conditionsAt(state, now));
    const auto [graph, factor] = open.of(resource->second);
    if (!(factor > 0))
        return base::fail(base::Code::conflict, "it cannot travel by itself");
    auto ways = graph->waysTo(target, start);
    if (ways.empty() || !ways.front())
        return base::fail(base::Code::unavailable, "no other way leads there");
    AnotherWay out;
    out.route = std::move(ways.front()->line);
    const double plain = out.route.secondsAt.empty() ? 0 : out.route.secondsAt.back() / factor;
    const auto& vehicle = resource->second.vehicle;
    const auto eta = EtaModel::learn(state).of(vehicle ? vehicle->speedClass : std::string(), base::Seconds(plain));
    const double stretch = out.route.secondsAt.empty() || out.route.secondsAt.back() <= 0
                               ? 1
                               : eta.middle.value / out.route.secondsAt.back();
    for (double& at : out.route.secondsAt)
        at *= stretch;
    out.route.duration = eta.middle;
    out.eta = eta.middle;
    out.low = eta.low;
    out.high = eta.high;
    return out;
}

} // namespace tocsin::dispatch
