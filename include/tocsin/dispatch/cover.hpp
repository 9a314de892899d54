#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/base/time.hpp"
#include "tocsin/dispatch/weights.hpp"
#include "tocsin/model/state.hpp"
#include "tocsin/route/road_graph.hpp"

#include <optional>
#include <set>
#include <span>
#include <stop_token>
#include <vector>

namespace tocsin::dispatch {

/// Where people live.
struct Populated {
    model::Position position;
    double people{0};
};

struct CoverCell {
    model::Position position;
    double people{0};
    std::optional<base::Seconds> before; ///< until the nearest free one is there; absent: nobody can be
    std::optional<base::Seconds> after;
};

/// The move that repairs most: who should stand where.
struct StandBy {
    model::ResourceId resource;
    model::Position position;
    std::optional<model::ResourceId> at; ///< whose home or station it is
    base::LocalText place;
    base::Seconds eta; ///< as the roads say
    model::RouteLine route; ///< empty where no way is known
    double peopleRegained{0}; ///< with cover after the move, less those who lose it by the move
    double peopleLeft{0};     ///< still without who had it before the plan
};

/// "If the next call comes now": how soon somebody free could be there, before and after a plan.
struct Cover {
    base::Seconds target;
    bool ofPlaces{false};   ///< no population is known: all `people` are places on the roads
    double people{0};       ///< in all cells
    double peopleBefore{0}; ///< within the target time
    double peopleAfter{0};
    double peopleLost{0};     ///< covered before, not after
    double peopleLostInAll{0}; ///< the same if those who are wanted elsewhere go as well
    base::Seconds meanBefore; ///< by people, over the cells that are reached in both
    base::Seconds meanAfter;
    std::vector<CoverCell> cells;
    std::optional<StandBy> standBy; ///< absent where nothing is lost or no move helps
    std::size_t movesTried{0};      ///< resources and posts that were tried: all
};

struct CoverQuestion {
    const model::State* state{nullptr};
    const route::RoadGraph* roads{nullptr}; ///< null: only what flies covers
    const std::vector<route::Profile>* profiles{nullptr}; ///< by vehicles' speed class; null: the network's own
    route::Conditions conditions;           ///< beside the closures that the state has drawn
    base::Time now;
    std::set<model::ResourceId> taken; ///< by the plan, beside those that are busy already
    std::set<model::ResourceId> elsewhere; ///< recommended for other incidents: here yet, but they stand by nowhere
    std::vector<Populated> population; ///< empty: the junctions of the roads count one each
    Weights weights;
    std::size_t mostCells{400}; ///< population is put together on a grid until there are no more cells than this
    std::stop_token stop;
};

/// Cells are judged at their people's middle, by the times of each resource's class of vehicle (of one without, by the
/// network's own over its speed factor), as the roads are now. A stand-by
/// move is the best of every free resource to every post (the homes of all that may go, and the stations), by people
/// regained, then the nearer (straight). Code::cancelled, or outOfRange for a weight or for people that are not finite
/// or negative. Pure; any thread.
[[nodiscard]] base::Result<Cover> coverOf(const CoverQuestion& question);

} // namespace tocsin::dispatch
