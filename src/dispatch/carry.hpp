#pragma once

#include "dispatch/facts.hpp"
#include "dispatch/problem.hpp"
#include "tocsin/dispatch/optimum.hpp"

#include <memory>
#include <string>
#include <vector>

namespace tocsin::dispatch {

/// The order of the stops in which the last is reached soonest: first[i] is the way to stop i, between[i][j] from i to
/// j, last[i] from i to the end. Exact (Held and Karp's dynamic programme) for up to ten stops; beyond, the nearest
/// next.
[[nodiscard]] std::vector<std::size_t> bestOrder(const std::vector<double>& first,
                                                 const std::vector<std::vector<double>>& between,
                                                 const std::vector<double>& last);

/// A trip, and when it is where.
struct TimedTrip {
    Trip trip;
    std::vector<double> stops; ///< seconds from the departure at each stop, and the end
};

/// What was left out of the problem: a trip, or, without stops, all of a vehicle's trips of one sort, at no more than any of them costs.
struct LeftOut {
    TimedTrip made;
    std::shared_ptr<const std::vector<std::uint32_t>> stores{}; ///< of a sort of trips: where they call, the same for all of its site
    Unseen why{Unseen::threeStores};
};

/// What is needed to bring supplies, beside the problem's own numbers.
struct Carrying {
    std::vector<std::uint32_t> needs;                   ///< by supply ask: the open need
    std::vector<const model::Resource*> warehouses;     ///< by number
    std::vector<std::vector<const model::Stock*>> lots; ///< by lot: the batches, the first to expire first
    std::vector<std::vector<double>> stops;             ///< by trip, as of TimedTrip
    std::vector<std::string> units;                     ///< by item: in which it is counted
    std::vector<double> expired;                        ///< by item: what is there but too old
    std::vector<LeftOut> leftOut;
    bool vehicles{false};                               ///< there is a free one that can carry
    double tookRoads{0};                                ///< seconds
};

/// Adds supplies, lots and trips to the problem.
[[nodiscard]] base::Result<Carrying> addSupplies(const Question& question, const Facts& facts, Problem& problem);

/// Looks whether what was left out could better the plan, which is the problem's optimum: by what it costs at least, and if that does not
/// say it, by solving once more. Trips that do better join the problem and the plan. What may still be better is in the answer, and the
/// plan is not proven then; its gap is 1 where nobody knows how much better.
[[nodiscard]] std::vector<Unseen> lookFurther(Problem& problem, Carrying& carrying, const Budget& budget, Plan& plan);

/// Whole units, where whole ones are asked for: rounds down and gives what becomes free to the trips that have room. True
/// if nothing was lost by it.
bool wholeUnits(const Problem& problem, Plan& plan);

/// First-fit decreasing, for when branch and bound found nothing in its time: the heaviest needs first, each to the
/// cheapest trips with room. `taken` marks the givers that are used; more are marked.
void firstFit(const Problem& problem, Plan& plan);

} // namespace tocsin::dispatch
