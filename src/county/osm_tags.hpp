#pragma once

#include "county/map_features.hpp"

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <osmium/osm/tag.hpp>
#include <string>
#include <string_view>

namespace tocsin::county {

/// The map's words for OpenStreetMap's tags. Pure functions; empty or absent where the map has no such class.
[[nodiscard]] std::string_view tag(const osmium::TagList& tags, const char* key);
[[nodiscard]] bool tagIs(const osmium::TagList& tags, const char* key, std::string_view value);
[[nodiscard]] inline bool isOneOf(std::string_view value, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), value) != words.end();
}
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
/// Of a way with highway=*, or of a ferry that takes cars ("ferry").
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
/// What the desk calls it: "fire-station", "hospital", "power-plant"; roads' bridges are told by the road instead.
[[nodiscard]] std::string facilityKind(const osmium::TagList& tags);
/// The bridge's own name, which is not the road's.
[[nodiscard]] std::string bridgeName(const osmium::TagList& tags);

/// A whole number within the limits, else `otherwise`.
[[nodiscard]] std::int64_t wholeNumber(std::string_view text, std::int64_t lowest, std::int64_t highest,
                                       std::int64_t otherwise);

} // namespace tocsin::county
