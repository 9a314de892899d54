#include "tocsin/dispatch/another_way.hpp"

#include "dispatch/routes.hpp"
#include "tocsin/dispatch/closures.hpp"
#include "tocsin/dispatch/eta_model.hpp"
#include "tocsin/dispatch/weights.hpp"

#include <chrono>

namespace tocsin::dispatch {
namespace {

/// The stops that it has not reached yet; before it leaves, all.
std::vector<model::Stop> ahead(const model::Assignment& assignment, const std::optional<model::Progress>& underway,
                               base::Time now) {
    std::vector<model::Stop> out;
    const bool left = assignment.state == model::AssignmentState::enRoute && assignment.departedAt;
    const double gone = underway ? underway->fraction * assignment.route.secondsAt.back()
                        : left   ? std::chrono::duration<double>(now - *assignment.departedAt).count()
                                 : 0;
    for (std::size_t k = 0; k < assignment.stops.size(); ++k) {
        const auto& stop = assignment.stops[k];
        if (!left || stop.arrival.value > gone || k + 1 == assignment.stops.size())
            out.push_back(stop);
    }
    return out;
}

} // namespace

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
    const auto underway = model::progressOf(assignment, &resource->second, now);
    const Mover mover{&resource->second, underway ? underway->position : resource->second.position};
    AnotherWay out;
    out.stops = ahead(assignment, underway, now);
    std::vector<model::Position> places;
    for (const auto& stop : out.stops)
        places.push_back(stop.position);
    if (places.empty())
        places.push_back(incident->second.position);

    Roads open(withoutClosures(roads, state, now), profiles, conditionsAt(state, now));
    if (!(open.of(resource->second).second > 0))
        return base::fail(base::Code::conflict, "it cannot travel by itself");
    const double loading = Weights{}.loading.value;
    const double loaded = loading * static_cast<double>(places.size() - 1);
    auto plain = journeyOf(open, mover, places, loading, 1);
    if (!plain)
        return base::fail(base::Code::unavailable, "no other way leads there");
    const auto& vehicle = resource->second.vehicle;
    const auto drive = EtaModel::learn(state).of(vehicle ? vehicle->speedClass : std::string(),
                                                 base::Seconds(plain->plain - loaded));
    const double stretched = plain->plain > loaded ? drive.middle.value / (plain->plain - loaded) : 1;
    auto journey = stretched == 1 ? std::move(plain) : journeyOf(open, mover, places, loading, stretched);
    if (!journey)
        return base::fail(base::Code::unavailable, "no other way leads there");
    out.route = std::move(journey->line);
    out.plain = base::Seconds(journey->plain);
    out.eta = drive.middle + base::Seconds(loaded);
    out.low = drive.low + base::Seconds(loaded);
    out.high = drive.high + base::Seconds(loaded);
    for (std::size_t k = 0; k < out.stops.size(); ++k)
        out.stops[k].arrival = base::Seconds(journey->arrivals[k]);
    return out;
}

} // namespace tocsin::dispatch
