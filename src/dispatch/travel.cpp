#include "dispatch/travel.hpp"

#include "tocsin/geo/measure.hpp"

#include <cmath>

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

std::vector<Travel> travelTo(const route::RoadGraph* roads, model::Position place,
                             const std::vector<const model::Resource*>& resources) {
    std::vector<Travel> travels;
    std::vector<std::size_t> byRoad;
    std::vector<model::Position> starts;
    for (const auto* resource : resources) {
        const double straight = geo::distance(resource->position, place).value;
        Travel& travel = travels.emplace_back();
        if (straight <= thereAlreadyMetres) {
            travel.there = travel.leads = true;
            continue;
        }
        travel.metres = straight;
        if (!canTravel(*resource))
            continue;
        if (resource->flies) {
            travel.seconds = flightStartSeconds + straight / flightMetresPerSecond;
            travel.leads = true;
        } else {
            byRoad.push_back(travels.size() - 1);
            starts.push_back(resource->position);
        }
    }
    if (roads == nullptr || starts.empty())
        return travels;
    const auto times = roads->timesTo(place, starts);
    for (std::size_t i = 0; i < byRoad.size() && i < times.size(); ++i) {
        if (!times[i])
            continue;
        Travel& travel = travels[byRoad[i]];
        travel.seconds = times[i]->duration.value / resources[byRoad[i]]->speedFactor;
        travel.metres = times[i]->length.value;
        travel.leads = true;
    }
    return travels;
}

} // namespace tocsin::dispatch
