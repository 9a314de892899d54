#pragma once

#include "tocsin/dispatch/weights.hpp"
#include "tocsin/model/state.hpp"
#include "tocsin/route/road_graph.hpp"

#include <optional>
#include <vector>

namespace tocsin::dispatch {

/// What closes the way of one that has its order and has not arrived, flies not and goes on the water not. Once it is known that it
/// drives towards a closure it does so until the closure is gone or until it is heard beyond it: the clock alone takes nobody through.
/// `profiles` may be null. Pure; any thread, as all here.
[[nodiscard]] std::optional<model::DrawingId> blockingClosure(const model::State& state, const model::Assignment& assignment,
                                                              base::Time now, const std::vector<route::Profile>* profiles);

/// When it would be there by the way that anotherWay() finds, and what road is closed. `since` is left as it is at first.
[[nodiscard]] model::BlockedWay wayRound(const model::State& state, const route::RoadGraph& roads, const model::Assignment& assignment,
                                         model::DrawingId closure, base::Time now, const Weights& weights,
                                         const std::vector<route::Profile>* profiles);

/// No news to whoever knows the one: the same closure, and there at about the same time, or neither way.
[[nodiscard]] bool isAlike(const model::BlockedWay& one, const model::BlockedWay& other);

} // namespace tocsin::dispatch
