#pragma once

#include "tocsin/model/resource.hpp"
#include "tocsin/model/state.hpp"
#include "tocsin/route/road_graph.hpp"

#include <optional>
#include <set>
#include <vector>

namespace tocsin::dispatch {

inline constexpr double flightMetresPerSecond = 200 / 3.6;
inline constexpr double flightStartSeconds = 300;

/// Teams, mobile facilities and vehicles go; nothing else does.
[[nodiscard]] bool mayGo(model::ResourceKind kind);
[[nodiscard]] bool canTravel(const model::Resource& resource);
/// Those bound by an assignment that is not over.
[[nodiscard]] std::set<model::ResourceId> busyResources(const model::State& state);

struct Travel {
    double seconds{0};
    double metres{0};  ///< straight where it flies or no way leads
    bool there{false}; ///< at the place already
    bool leads{false}; ///< there is a way, or it is there
};
/// How each would get to the place, in order: one search over the roads (null: there are none).
[[nodiscard]] std::vector<Travel> travelTo(const route::RoadGraph* roads, model::Position place,
                                           const std::vector<const model::Resource*>& resources);

} // namespace tocsin::dispatch
