#include "tocsin/dispatch/nearest.hpp"

#include "dispatch/travels.hpp"
#include "tocsin/dispatch/closures.hpp"
#include "tocsin/model/promises.hpp"

#include <algorithm>
#include <memory>
#include <tuple>

namespace tocsin::dispatch {

std::vector<NearestResource> nearestResources(const model::State& state, const route::RoadGraph* roads,
                                              model::Position place, std::size_t most, base::Time now) {
    const auto busy = busyResources(state);
    const auto posts = model::standingBy(state);
    std::vector<const model::Resource*> free;
    for (const auto& [id, resource] : state.resources) {
        if (mayGo(resource.kind) && canTravel(resource) && !busy.contains(id) && !nobodyUntil(resource, now) &&
            (resource.status == model::ResourceStatus::available || posts.contains(id)))
            free.push_back(&resource);
    }
    const auto open = roads == nullptr ? nullptr : openRoads(*roads, state, now);
    const auto travels = travelTo(open.get(), place, free);
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < free.size(); ++i) {
        if (travels[i].leads)
            order.push_back(i);
    }
    const auto key = [&](std::size_t i) { return std::tie(travels[i].seconds, free[i]->name.text, free[i]->id); };
    const auto shown = static_cast<std::ptrdiff_t>(std::min(most, order.size()));
    std::partial_sort(order.begin(), order.begin() + shown, order.end(),
                      [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
    std::vector<NearestResource> nearest;
    for (std::ptrdiff_t k = 0; k < shown; ++k) {
        const auto i = order[static_cast<std::size_t>(k)];
        nearest.push_back({free[i]->id, base::Seconds(travels[i].seconds), base::Metres(travels[i].metres)});
    }
    return nearest;
}

} // namespace tocsin::dispatch
