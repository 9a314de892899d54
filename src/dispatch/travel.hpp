#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/model/resource.hpp"
#include "tocsin/model/state.hpp"
#include "tocsin/route/road_graph.hpp"

#include <optional>
#include <set>
#include <span>
#include <stop_token>
#include <vector>

namespace tocsin::dispatch {

inline constexpr double flightMetresPerSecond = 200 / 3.6;
inline constexpr double flightStartSeconds = 300;

/// Teams, mobile facilities and vehicles go; nothing else does.
[[nodiscard]] bool mayGo(model::ResourceKind kind);
[[nodiscard]] bool canTravel(const model::Resource& resource);
/// Those bound by an assignment that is not over.
[[nodiscard]] std::set<model::ResourceId> busyResources(const model::State& state);

/// A resource and where it is now, which while it drives is not what its record says.
struct Mover {
    const model::Resource* resource{nullptr};
    model::Position position;
};

struct Travel {
    double seconds{0};
    double metres{0};  ///< straight where it flies or no way leads
    bool there{false}; ///< at the place already
    bool leads{false}; ///< there is a way, or it is there
};
/// How each would get to each of the places: by place, then mover, in order. Over the roads (null: there are none) one
/// search a place, on two threads. Code::cancelled.
[[nodiscard]] base::Result<std::vector<std::vector<Travel>>> travelBetween(const route::RoadGraph* roads,
                                                                           std::span<const Mover> movers,
                                                                           std::span<const model::Position> places,
                                                                           const std::stop_token& stop = {});
/// The same to one place, of resources where their records say that they are.
[[nodiscard]] std::vector<Travel> travelTo(const route::RoadGraph* roads, model::Position place,
                                           const std::vector<const model::Resource*>& resources);

} // namespace tocsin::dispatch
