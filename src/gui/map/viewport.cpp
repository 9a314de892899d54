#include "gui/map/viewport.hpp"

#include <algorithm>
#include <cmath>

namespace tocsin::gui {

double Viewport::worldPixels() const {
    return map::tileSize * std::exp2(zoom);
}

QPointF Viewport::toScreen(const map::WorldPoint& point) const {
    const double world = worldPixels();
    return {(point.x - centre.x) * world + size.width() / 2, (point.y - centre.y) * world + size.height() / 2};
}

QPointF Viewport::toScreen(const model::Position& position) const {
    return toScreen(map::toWorld(position));
}

map::WorldPoint Viewport::toWorld(const QPointF& point) const {
    const double world = worldPixels();
    return {centre.x + (point.x() - size.width() / 2) / world, centre.y + (point.y() - size.height() / 2) / world};
}

model::Position Viewport::toPosition(const QPointF& point) const {
    return map::fromWorld(toWorld(point));
}

double Viewport::metresPerPixel() const {
    return map::metresPerWorld(map::fromWorld(centre).latitude()) / worldPixels();
}

void Viewport::zoomAbout(const QPointF& anchor, double newZoom) {
    const map::WorldPoint kept = toWorld(anchor);
    zoom = std::clamp(newZoom, lowestViewZoom, highestViewZoom);
    const map::WorldPoint now = toWorld(anchor);
    centre.x = std::clamp(centre.x + kept.x - now.x, 0.0, 1.0);
    centre.y = std::clamp(centre.y + kept.y - now.y, 0.0, 1.0);
}

void Viewport::panBy(const QPointF& pixels) {
    const double world = worldPixels();
    centre.x = std::clamp(centre.x - pixels.x() / world, 0.0, 1.0);
    centre.y = std::clamp(centre.y - pixels.y() / world, 0.0, 1.0);
}

ZoomStop nearestStop(double zoom, double devicePixelRatio) {
    const double clamped = std::clamp(zoom, lowestViewZoom, highestViewZoom);
    const double halves = std::round(clamped * 2);
    ZoomStop stop;
    stop.tileZoom = static_cast<int>(std::floor(halves / 2));
    const bool half = halves / 2 - stop.tileZoom > 0.25;
    const double exact = map::tileSize * (half ? std::sqrt(2.0) : 1.0) * devicePixelRatio;
    stop.pixels = static_cast<int>(std::lround(exact));
    stop.zoom = stop.tileZoom + std::log2(stop.pixels / (map::tileSize * devicePixelRatio));
    return stop;
}

ZoomStop stopBy(double zoom, int steps, double devicePixelRatio) {
    return nearestStop(nearestStop(zoom, devicePixelRatio).zoom + steps * 0.5, devicePixelRatio);
}

ZoomStop stopThatFits(double worldWidth, double worldHeight, const QSizeF& size, double devicePixelRatio) {
    const double across = size.width() / std::max(worldWidth, 1e-12) / map::tileSize;
    const double down = size.height() / std::max(worldHeight, 1e-12) / map::tileSize;
    const double zoom = std::log2(std::max(std::min(across, down), 1e-6));
    ZoomStop stop = nearestStop(zoom, devicePixelRatio);
    while (stop.zoom > zoom && stop.zoom > lowestViewZoom)
        stop = stopBy(stop.zoom, -1, devicePixelRatio);
    return stop;
}

} // namespace tocsin::gui
