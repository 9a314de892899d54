#include "tocsin/map/tile.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tocsin::map {
namespace {
constexpr double earthRadius = 6'378'137.0; // of the mercator's sphere, metres
constexpr double highestLatitude = 85.05112877980659;
} // namespace

WorldPoint toWorld(const model::Position& position) {
    const double latitude = std::clamp(position.latitude(), -highestLatitude, highestLatitude);
    const double phi = latitude * std::numbers::pi / 180.0;
    return {(position.longitude() + 180.0) / 360.0, 0.5 - std::asinh(std::tan(phi)) / (2.0 * std::numbers::pi)};
}

model::Position fromWorld(const WorldPoint& point) {
    const double phi = std::atan(std::sinh((0.5 - std::clamp(point.y, 0.0, 1.0)) * 2.0 * std::numbers::pi));
    return model::Position::trusted(phi * 180.0 / std::numbers::pi, std::clamp(point.x, 0.0, 1.0) * 360.0 - 180.0);
}

double metresPerWorld(double latitude) {
    const double clamped = std::clamp(latitude, -highestLatitude, highestLatitude);
    return 2.0 * std::numbers::pi * earthRadius * std::cos(clamped * std::numbers::pi / 180.0);
}

bool isValid(const TileKey& key) {
    if (key.zoom < lowestZoom || key.zoom > highestZoom)
        return false;
    const int count = 1 << key.zoom;
    return key.x >= 0 && key.x < count && key.y >= 0 && key.y < count;
}

std::string_view toString(MapLook look) {
    return look == MapLook::dark ? "dark" : "light";
}

} // namespace tocsin::map
