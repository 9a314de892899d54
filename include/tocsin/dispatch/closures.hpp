#pragma once

#include "tocsin/base/time.hpp"
#include "tocsin/model/state.hpp"
#include "tocsin/route/road_graph.hpp"

#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace tocsin::dispatch {

/// What closes roads at `now`: the lines of the closures drawn that hold then. Pure; any thread, as all here.
[[nodiscard]] std::vector<model::Line> closuresAt(const std::map<model::DrawingId, model::Drawing>& drawings,
                                                  base::Time now);

/// The roads as they can be driven at `now`. Where nothing is closed it is the network itself.
[[nodiscard]] std::shared_ptr<const route::RoadGraph> openRoads(const route::RoadGraph& roads,
                                                                const model::State& state, base::Time now);

/// The oldest closure that holds at `now` and lies on what the team has still to drive; none for a team that has
/// arrived, was released, or has no route. For a resource that flies the question has no meaning.
[[nodiscard]] std::optional<model::DrawingId> closureAhead(const model::Assignment& assignment,
                                                           const std::map<model::DrawingId, model::Drawing>& drawings,
                                                           base::Time now);
[[nodiscard]] inline bool crossesClosure(const model::Assignment& assignment,
                                         const std::map<model::DrawingId, model::Drawing>& drawings, base::Time now) {
    return closureAhead(assignment, drawings, now).has_value();
}

} // namespace tocsin::dispatch
