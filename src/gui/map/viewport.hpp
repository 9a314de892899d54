#pragma once

#include "tocsin/map/tile.hpp"

#include <QPointF>
#include <QRectF>
#include <QSizeF>
#include <vector>

namespace tocsin::gui {

/// What part of the world is on the widget: pure arithmetic between places and device-independent pixels.
struct Viewport {
    map::WorldPoint centre{0.5, 0.5};
    double zoom{10};
    QSizeF size{1, 1};

    [[nodiscard]] double worldPixels() const; ///< width of the world in pixels
    [[nodiscard]] QPointF toScreen(const map::WorldPoint& point) const;
    [[nodiscard]] QPointF toScreen(const model::Position& position) const;
    [[nodiscard]] map::WorldPoint toWorld(const QPointF& point) const;
    [[nodiscard]] model::Position toPosition(const QPointF& point) const;
    [[nodiscard]] QRectF rect() const { return {QPointF(0, 0), size}; }
    [[nodiscard]] double metresPerPixel() const; ///< at the centre

    /// The same world point stays under `anchor` while the zoom changes.
    void zoomAbout(const QPointF& anchor, double newZoom);
    void panBy(const QPointF& pixels);
};

/// The zooms at which the map comes to rest: whole ones and those half way, at which a tile has a whole number of
/// device pixels.
struct ZoomStop {
    int tileZoom{0};
    int pixels{map::tileSize}; ///< of a tile's edge, on the device
    double zoom{0};
};
[[nodiscard]] ZoomStop nearestStop(double zoom, double devicePixelRatio);
[[nodiscard]] ZoomStop stopBy(double zoom, int steps, double devicePixelRatio);
/// The largest stop at which all of the box fits into the size; both in world units and pixels.
[[nodiscard]] ZoomStop stopThatFits(double worldWidth, double worldHeight, const QSizeF& size, double devicePixelRatio);

constexpr double lowestViewZoom = 7.0;
constexpr double highestViewZoom = 18.0;

} // namespace tocsin::gui
