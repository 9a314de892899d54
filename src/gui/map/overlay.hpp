#pragma once

#include "gui/map/viewport.hpp"
#include "tocsin/gui/theme.hpp"

#include <QPainter>
#include <QString>

namespace tocsin::gui {

// What lies flat over the map. `foot` is the height at the lower edge that is covered by something else.

/// A bar of a round length: at most `most` pixels wide.
struct ScaleBar {
    double metres{0};
    double pixels{0};
};
[[nodiscard]] ScaleBar scaleBarFor(double metresPerPixel, double most);
void paintScaleBar(QPainter& painter, const Viewport& view, const Theme& theme, double foot);
void paintAttribution(QPainter& painter, const Viewport& view, const Theme& theme, double foot, const QString& text);
/// EXERCISE across the map, faint, again and again.
void paintWatermark(QPainter& painter, const Viewport& view, const Theme& theme);
/// A sentence near the lower edge, where it hides least: why there is no map.
void paintNotice(QPainter& painter, const Viewport& view, const Theme& theme, const QString& title,
                 const QString& sentence, double foot);

} // namespace tocsin::gui
