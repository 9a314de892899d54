#pragma once

#include "tocsin/base/time.hpp"
#include "tocsin/dispatch/obstacle.hpp"
#include "tocsin/model/state.hpp"
#include "tocsin/route/road_graph.hpp"

#include <optional>
#include <string>
#include <vector>

namespace tocsin::dispatch {

/// One resource, judged for one need.
struct Candidate {
    model::ResourceId resource;
    model::Need need;
    int level{0};           ///< its level in that capability
    base::Seconds eta;      ///< 86,400 where no road leads
    base::Metres distance;  ///< along the road; straight for what flies or finds no road
    model::RouteLine route; ///< of those chosen and of the further ones that could go; empty where it is there already
    bool chosen{false};
    int rank{0};          ///< 1 = first for this need
    base::Seconds behind; ///< later than the last chosen for the same need by this much (second choices)
    std::string via;      ///< main roads along the way
    Obstacle obstacle{Obstacle::none};
    /// Second choices: how much more it takes in all, over the incident's needs together, if this one must serve;
    /// absent where it was not reckoned.
    std::optional<base::Seconds> costs;
    base::Seconds etaLow; ///< nine of ten arrive between these
    base::Seconds etaHigh;
    base::Seconds positionAge;
};

struct UnmetNeed {
    model::Need need;
    int missing{0};
    std::string reason; ///< stable key, as Unmet in planner.hpp has it
};

/// Who should go to an incident, and why.
struct Recommendation {
    model::IncidentId incident;
    /// By need, then rank: the chosen; up to three further that could go; up to three that have the capability and
    /// would have been nearer (or are all there is), with the obstacle that keeps them.
    std::vector<Candidate> candidates;
    std::vector<UnmetNeed> unmet;
    std::size_t considered{0}; ///< teams, vehicles and mobile facilities with one of the capabilities asked for
    base::Duration took{0};
    base::Time factsAt; ///< the state's time
    bool optimal{true}; ///< proven least total travel time over all needs together
};

/// Finds the assignment of available resources to the incident's open needs (those not served by a running
/// assignment) with the least total ETA: one road search, then min-cost assignment. As many needs as possible are
/// met first. The closures drawn that hold at `now` are kept off. ETA: the road network's time divided by the
/// resource's speed factor; what flies goes straight, as its profile says (else at 200 km/h after 5 minutes). Equal ETAs (to 0.1 s) go to the lower
/// level, then by name and id. Teams, mobile facilities and crewed vehicles go; nothing else does. Code::notFound, or
/// Code::conflict for a closed incident. Pure; any thread.
[[nodiscard]] base::Result<Recommendation> recommend(const model::State& state, const route::RoadGraph& roads,
                                                     model::IncidentId incident, base::Time now);

} // namespace tocsin::dispatch
