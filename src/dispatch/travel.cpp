#include "dispatch/travel.hpp"

#include "tocsin/geo/measure.hpp"

#include <atomic>
#include <cmath>
#include <optional>
#include <thread>

namespace tocsin::dispatch {

namespace {
constexpr double thereAlreadyMetres = 30;
}

bool mayGo(model::ResourceKind kind) {
    using model::ResourceKind;
    return kind == ResourceKind::team || kind == ResourceKind::vehicle || kind == ResourceKind::mobileFacility;
}

bool canTravel(const model::Resource& resource) {
    if (resource.kind == model::ResourceKind::vehicle && resource.people <= 0)
        return false;
    return resource.flies || (std::isfinite(resource.speedFactor) && resource.speedFactor > 0);
}

std::set<model::ResourceId> busyResources(const model::State& state) {
    std::set<model::ResourceId> busy;
    for (const auto& [id, assignment] : state.assignments) {
        if (assignment.state != model::AssignmentState::released)
            busy.insert(assignment.resource);
    }
    return busy;
}

namespace {

std::vector<Travel> travelToPlace(const route::RoadGraph* roads, model::Position place, std::span<const Mover> movers) {
    std::vector<Travel> travels;
    travels.reserve(movers.size());
    std::vector<std::size_t> byRoad;
    std::vector<model::Position> starts;
    for (const Mover& mover : movers) {
        const double straight = geo::distance(mover.position, place).value;
        Travel& travel = travels.emplace_back();
        if (straight <= thereAlreadyMetres) {
            travel.there = travel.leads = true;
            continue;
        }
        travel.metres = straight;
        if (!canTravel(*mover.resource))
            continue;
        if (mover.resource->flies) {
            travel.seconds = flightStartSeconds + straight / flightMetresPerSecond;
            travel.leads = true;
        } else {
            byRoad.push_back(travels.size() - 1);
            starts.push_back(mover.position);
        }
    }
    if (roads == nullptr || starts.empty())
        return travels;
    const auto times = roads->timesTo(place, starts);
    for (std::size_t i = 0; i < byRoad.size() && i < times.size(); ++i) {
        if (!times[i])
            continue;
        Travel& travel = travels[byRoad[i]];
        travel.seconds = times[i]->duration.value / movers[byRoad[i]].resource->speedFactor;
        travel.metres = times[i]->length.value;
        travel.leads = true;
    }
    return travels;
}

} // namespace

base::Result<std::vector<std::vector<Travel>>> travelBetween(const route::RoadGraph* roads,
                                                             std::span<const Mover> movers,
                                                             std::span<const model::Position> places,
                                                             const std::stop_token& stop) {
    std::vector<std::vector<Travel>> all(places.size());
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
        for (std::size_t i = next++; i < places.size() && !stop.stop_requested(); i = next++)
            all[i] = travelToPlace(roads, places[i], movers);
    };
    {
        std::optional<std::jthread> second;
        if (places.size() > 3 && roads != nullptr)
            second.emplace(work);
        work();
    }
    if (stop.stop_requested())
        return base::fail(base::Code::cancelled, "the question was withdrawn");
    return all;
}

std::vector<Travel> travelTo(const route::RoadGraph* roads, model::Position place,
                             const std::vector<const model::Resource*>& resources) {
    std::vector<Mover> movers;
    movers.reserve(resources.size());
    for (const auto* resource : resources)
        movers.push_back({resource, resource->position});
    return travelToPlace(roads, place, movers);
}

} // namespace tocsin::dispatch
