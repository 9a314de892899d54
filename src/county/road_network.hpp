#pragma once

#include "county/map_features.hpp"
#include "tocsin/route/road_graph.hpp"

namespace tocsin::county {

struct NetworkResult {
    route::GraphRecord record;
    double lengthMetres{0}; ///< each road once
    std::size_t islandRoads{0};
};

/// Splits the drivable roads at their junctions into arcs, and marks each road's `routable`. Turn restrictions are not
/// looked at.
[[nodiscard]] NetworkResult buildNetwork(MapFeatures& features);

} // namespace tocsin::county
