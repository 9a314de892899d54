#pragma once

#include "county/map_features.hpp"

#include <optional>
#include <osmium/osm/tag.hpp>
#include <string>
#include <string_view>

namespace tocsin::county {

/// The map's words for OpenStreetMap's tags. Pure functions; empty or absent where the map has no such class.
[[nodiscard]] std::string_view tag(const osmium::TagList& tags, const char* key);
[[nodiscard]] bool tagIs(const osmium::TagList& tags, const char* key, std::string_view value);
[[nodiscard]] Names namesOf(const osmium::TagList& tags);

[[nodiscard]] std::string waterAreaClass(const osmium::TagList& tags);
[[nodiscard]] std::string waterLineClass(const osmium::TagList& tags);
[[nodiscard]] std::string landuseClass(const osmium::TagList& tags);
[[nodiscard]] std::string buildingClass(const osmium::TagList& tags);
[[nodiscard]] std::string railwayClass(const osmium::TagList& tags);
struct RoadClass {
    std::string cls;
    bool link{false};
};
[[nodiscard]] std::optional<RoadClass> roadClass(const osmium::TagList& tags);
/// Place in the drawing order: 9 motorway … 0 path.
[[nodiscard]] int roadRank(std::string_view cls);
struct PoiClass {
    std::string cls;
    int rank{5};
};
[[nodiscard]] std::optional<PoiClass> poiClass(const osmium::TagList& tags);
/// 1 city … 9 locality; 0: not a place for the map.
[[nodiscard]] int placeRank(std::string_view cls);
[[nodiscard]] std::string facilityKind(const osmium::TagList& tags);

/// A legal ban ("private", "destination", "no" for motor vehicles) does not bind an emergency vehicle; what it cannot
/// pass (steps, footways, paths, ferries, roads still being built) does. `access=no` bars it unless emergency=yes.
[[nodiscard]] Driving drivingOf(const osmium::TagList& tags, const RoadClass& road);
/// True for a node that a vehicle cannot pass: a block, a bollard that stays, a stile.
[[nodiscard]] bool blocksVehicles(const osmium::TagList& tags);

/// "50", "30 mph", "walk", "none": km/h; 0 when it says nothing usable.
[[nodiscard]] double maxSpeedKmh(std::string_view text);
/// A whole number within the limits, else `otherwise`.
[[nodiscard]] std::int64_t wholeNumber(std::string_view text, std::int64_t lowest, std::int64_t highest,
                                       std::int64_t otherwise);

} // namespace tocsin::county
