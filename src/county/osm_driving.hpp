#pragma once

#include "county/map_features.hpp"
#include "county/osm_tags.hpp"

#include <osmium/osm/tag.hpp>
#include <string_view>

namespace tocsin::county {

/// How an emergency vehicle may use a way. A legal ban ("private", "destination", "no" for motor vehicles) does not
/// bind it; what it cannot pass (steps, footways, paths, roads still being built) does. `access=no` bars it unless
/// emergency=yes or motor vehicles are welcome; emergency=no always does. A road whose direction changes with the hour
/// (oneway=reversible) is left out: the desk cannot know which way it is open. A ferry's speed is ferryKmh().
[[nodiscard]] Driving drivingOf(const osmium::TagList& tags, const RoadClass& road);
/// The mean speed of a ferry over its whole way of `metres`, waiting at the pier included.
[[nodiscard]] double ferryKmh(const osmium::TagList& tags, double metres);
/// True for a node that a vehicle cannot pass: a block, a bollard that stays, a stile, a gate that is locked.
[[nodiscard]] bool blocksVehicles(const osmium::TagList& tags);

struct SpeedLimit {
    double kmh{0};      ///< 0: it says nothing usable
    bool posted{false}; ///< a number on a sign; else what the law gives for such a road ("CN:urban", "DE:zone30")
};
/// "50", "30 mph", "walk", "none", "CN:rural", "zone:30".
[[nodiscard]] SpeedLimit speedLimit(std::string_view text);

} // namespace tocsin::county
