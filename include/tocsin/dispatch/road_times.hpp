#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/base/time.hpp"
#include "tocsin/model/state.hpp"
#include "tocsin/route/road_graph.hpp"

#include <span>
#include <stop_token>
#include <vector>

namespace tocsin::dispatch {

/// How long it takes from where things are to where they are wanted, by the roads that are open at `now`: by place, then source, in order;
/// infinite where no way leads, and for a source that the state does not hold. Who drives or flies by itself goes as itself; what is fetched (a store's
/// stock, a lender's, people who go to a shelter) goes as a car does. `roads` may be null: then only what flies or is there already has a time.
/// `profiles`, by the vehicles' speed class, may be null: the network's own. One search for each place and kind of vehicle. Code::cancelled.
/// Pure; any thread.
[[nodiscard]] base::Result<std::vector<std::vector<base::Seconds>>>
roadTimes(const model::State& state, const route::RoadGraph* roads, const std::vector<route::Profile>* profiles,
          std::span<const model::ResourceId> sources, std::span<const model::Position> places, base::Time now,
          const std::stop_token& stop = {});

} // namespace tocsin::dispatch
