#pragma once

#include "county/map_features.hpp"
#include "tocsin/route/road_graph.hpp"

namespace tocsin::county {

struct NetworkResult {
    route::GraphRecord record;
    double lengthMetres{0}; ///< each road once
    std::size_t islandRoads{0};
    bool onFoot{false};          ///< no vehicle finds a road: all ways are taken at a walk
    std::size_t turnRules{0};    ///< turned into bans of the record
    std::size_t skippedTurns{0}; ///< that name roads which are not in the network, or cannot be said arc by arc
};

/// Splits the drivable roads at their junctions into arcs, and marks each road's `routable`. Turn
/// rules become bans from arc to arc. One over a way in between does so where that way is one arc and either comes only
/// from where the rule begins or leads only to where it ends; else it would bind others too and is skipped.
[[nodiscard]] NetworkResult buildNetwork(MapFeatures& features);

} // namespace tocsin::county
