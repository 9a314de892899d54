#pragma once

#include "tocsin/base/time.hpp"
#include "tocsin/model/state.hpp"
#include "tocsin/route/road_graph.hpp"

#include <string>
#include <vector>

namespace tocsin::dispatch {

/// Why a resource was not taken.
enum class Obstacle : unsigned char { none, busy, outOfService, lacksCapability, lowLevel, noRoad, cannotTravel };
[[nodiscard]] std::string_view toString(Obstacle obstacle);

/// One resource, judged for one need.
struct Candidate {
    model::ResourceId resource;
    model::Need need;
    int level{0}; ///< its level in that capability
    base::Seconds eta;
    base::Metres distance;
    model::RouteLine route; ///< only of those chosen, and of the next best
    bool chosen{false};
    int rank{0};            ///< 1 = first for this need
    base::Seconds behind;   ///< later than the last chosen for the same need by this much (second choices)
    std::string via;        ///< main roads along the way
    Obstacle obstacle{Obstacle::none};
};

struct UnmetNeed {
    model::Need need;
    int missing{0};
    std::string reason; ///< stable key: "none-has-capability", "all-busy", "no-road"
};

/// Who should go to an incident, and why.
struct Recommendation {
    model::IncidentId incident;
    std::vector<Candidate> candidates; ///< by need, then rank: the chosen and up to three further for each
    std::vector<UnmetNeed> unmet;
    std::size_t considered{0};
    base::Duration took{0};
    base::Time factsAt; ///< the state's time
    bool optimal{true}; ///< proven least total travel time over all needs together
};

/// Finds the assignment of available resources to the incident's open needs (those not served by a running
/// assignment) with the least total ETA: one road search, then min-cost assignment. Pure; any thread.
[[nodiscard]] base::Result<Recommendation> recommend(const model::State& state, const route::RoadGraph& roads,
                                                     model::IncidentId incident, base::Time now);

} // namespace tocsin::dispatch
