#pragma once

#include "tocsin/base/time.hpp"
#include "tocsin/model/state.hpp"
#include "tocsin/route/road_graph.hpp"

#include <vector>

namespace tocsin::dispatch {

struct NearestResource {
    model::ResourceId resource;
    base::Seconds eta;
    base::Metres distance; ///< along the road; straight for what flies
};

/// Which available teams, mobile facilities and crewed vehicles would be at a place first, by the roads that are open;
/// ETA as recommend() reckons it. Nearest in time first, then by name and id; at most `most`; none that cannot get
/// there. `roads` may be null: then only what flies or is there already. One search for all. Pure; any thread.
[[nodiscard]] std::vector<NearestResource> nearestResources(const model::State& state, const route::RoadGraph* roads,
                                                            model::Position place, std::size_t most, base::Time now);

} // namespace tocsin::dispatch
