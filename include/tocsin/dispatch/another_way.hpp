#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/model/state.hpp"
#include "tocsin/route/road_graph.hpp"

#include <vector>

namespace tocsin::dispatch {

struct AnotherWay {
    model::RouteLine route; ///< from where it is now
    base::Seconds eta;      ///< from now, the middle
    base::Seconds low;
    base::Seconds high;
};

/// The fastest way for somebody who was sent already, from where he is to his last stop (else to the incident), as the roads are
/// at `now`. `profiles` may be null. Code::notFound (no such assignment, or its things are gone), conflict (it has arrived or is released, or
/// flies), unavailable (no way leads there). Pure; any thread.
[[nodiscard]] base::Result<AnotherWay> anotherWay(const model::State& state, const route::RoadGraph& roads,
                                                  model::AssignmentId assignment, base::Time now,
                                                  const std::vector<route::Profile>* profiles = nullptr);

} // namespace tocsin::dispatch
