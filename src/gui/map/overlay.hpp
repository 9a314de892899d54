#pragma once

#include "gui/map/viewport.hpp"
#include "tocsin/gui/theme.hpp"

#include <QPainter>
#include <QColor>
#include <QString>
#include <vector>

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
/// A line of a legend: a shade, or a run of shades, and what it means.
struct ShadeLine {
    QString title; ///< above it; may be empty
    QColor from;
    QColor to;
    QString first; ///< what the left end means, or all of it
    QString last;  ///< what the right end means; may be empty
};
/// Above the scale bar; nothing for no lines.
void paintLegend(QPainter& painter, const Viewport& view, const Theme& theme, double foot,
                 const std::vector<ShadeLine>& lines);
/// EXERCISE across the map, faint, again and again.
void paintWatermark(QPainter& painter, const Viewport& view, const Theme& theme);
/// A sentence near the lower edge, where it hides least: why there is no map.
void paintNotice(QPainter& painter, const Viewport& view, const Theme& theme, const QString& title,
                 const QString& sentence, double foot);

} // namespace tocsin::gui
