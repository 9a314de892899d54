#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/dispatch/weights.hpp"
#include "tocsin/model/state.hpp"
#include "tocsin/route/road_graph.hpp"

#include <vector>

namespace tocsin::dispatch {

struct AnotherWay {
    model::RouteLine route; ///< from where it is now
    base::Seconds eta;      ///< from now, the middle
    base::Seconds low;
    base::Seconds high;
    base::Seconds plain;            ///< what the roads alone say
    std::vector<model::Stop> stops; ///< those that lie ahead, with their times from now
};

/// The fastest way for somebody who was sent already, from where he is by the stops that he has not reached yet (else straight to
/// the incident), as the roads are at `now`. At each but the last he loads for as long as `weights` say. `profiles` may be null. Code::notFound (no such assignment, or its things are gone), conflict (it has arrived or is released, or
/// flies), unavailable (no way leads there). Pure; any thread.
[[nodiscard]] base::Result<AnotherWay> anotherWay(const model::State& state, const route::RoadGraph& roads,
                                                  model::AssignmentId assignment, base::Time now, const Weights& weights,
                                                  const std::vector<route::Profile>* profiles = nullptr);

/// A line's way as it is now.
struct LineWay {
    model::ResourceId resource;
    AnotherWay way;
};
/// The ways of a plan's lines anew, each from where its resource is now: it may have waited for a word while roads were closed and vehicles
/// moved. Who flies, is there already, or finds no way is not among them: its line stays as it is. One copy of the state. Pure; any thread.
[[nodiscard]] std::vector<LineWay> waysAnew(const model::State& state, const route::RoadGraph& roads, const model::Decision& plan,
                                            base::Time now, const Weights& weights,
                                            const std::vector<route::Profile>* profiles = nullptr);

} // namespace tocsin::dispatch
