#pragma once

#include "tocsin/base/time.hpp"
#include "tocsin/model/state.hpp"
#include "tocsin/route/conditions.hpp"
#include "tocsin/route/road_graph.hpp"

#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace tocsin::dispatch {

/// What closes roads to everybody at `now`: the lines of the closures drawn that hold then, but for those by water of a
/// known depth or by weight. Pure; any thread, as all here.
[[nodiscard]] std::vector<model::Line> closuresAt(const std::map<model::DrawingId, model::Drawing>& drawings,
                                                  base::Time now);

/// What holds beside them: water by its depth, limits of weight, and night (the sun more than 6° below the horizon over the first
/// incident's place, else the first resource's).
[[nodiscard]] route::Conditions conditionsAt(const model::State& state, base::Time now);
/// How high the sun stands over the horizon, in degrees; within half a degree (NOAA's low-accuracy formulas).
[[nodiscard]] double sunAltitude(const model::Position& at, base::Time now);

/// The roads without what is closed to everybody.
[[nodiscard]] std::shared_ptr<const route::RoadGraph> withoutClosures(const route::RoadGraph& roads,
                                                                      const model::State& state, base::Time now);
/// The roads as a car can drive them at `now`. Where nothing is closed it is the network itself.
[[nodiscard]] std::shared_ptr<const route::RoadGraph> openRoads(const route::RoadGraph& roads,
                                                                const model::State& state, base::Time now);

/// The oldest closure that holds at `now` and lies on what the team has still to drive; none for a team that has
/// arrived, was released, or has no route, and for what flies or goes on the water.
/// `resource`: what it can ford and weighs tells whether a closure by water or weight is one for it; null: as for a car. `profiles`: by
/// which its class tells that of a vehicle of which it is not known; may be null.
[[nodiscard]] std::optional<model::DrawingId> closureAhead(const model::Assignment& assignment,
                                                           const std::map<model::DrawingId, model::Drawing>& drawings,
                                                           base::Time now, const model::Resource* resource = nullptr,
                                                           const std::vector<route::Profile>* profiles = nullptr);
[[nodiscard]] inline bool crossesClosure(const model::Assignment& assignment,
                                         const std::map<model::DrawingId, model::Drawing>& drawings, base::Time now,
                                         const model::Resource* resource = nullptr,
                                         const std::vector<route::Profile>* profiles = nullptr) {
    return closureAhead(assignment, drawings, now, resource, profiles).has_value();
}

} // namespace tocsin::dispatch
