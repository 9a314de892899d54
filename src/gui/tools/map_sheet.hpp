#pragma once

#include "gui/tools/legend.hpp"
#include "tocsin/gui/ui_context.hpp"

#include <QCoreApplication>
#include <QDateTime>
#include <QPainter>
#include <QSizeF>
#include <QString>

namespace tocsin::gui {

class MapView;

/// What stands about the map on a picture or a page.
struct SheetContent {
    QString title;
    bool legend{true};
    bool furniture{true};            ///< scale, north, time, sources
    std::vector<int> reachMinutes{}; ///< that are shown
};

/// A picture of the map with all that it needs to be understood elsewhere: title, county, time with its zone, EXERCISE
/// where it is one, legend of what is seen, scale bar true in the middle, north, sources. Units are those of the
/// painter, scaled by `unit` (1 for the screen's pixels). GUI thread.
class MapSheet {
    Q_DECLARE_TR_FUNCTIONS(tocsin::gui::MapSheet)
  public:
    MapSheet(const UiContext& ui, MapView& view, SheetContent content);

    /// A sheet in which the map has exactly the view's own size.
    [[nodiscard]] QSizeF screenSize() const;
    /// Paints into `page`; `unit` is how many painter units are one pixel of the screen, for letters and lines.
    void paint(QPainter& painter, const QRectF& page, double unit) const;
    /// Where paint() puts the map.
    [[nodiscard]] QRectF mapRect(const QRectF& page, double unit) const;

  private:
    void paintHead(QPainter& painter, const QRectF& page, double unit) const;
    void paintFoot(QPainter& painter, const QRectF& map, const QRectF& page, double unit) const;
    void paintNorth(QPainter& painter, const QRectF& box, double unit) const;
    [[nodiscard]] QFont font(Theme::Text kind, double unit) const;
    [[nodiscard]] bool legendBeside(const QRectF& page, double unit) const;

    UiContext m_ui;
    MapView& m_view;
    SheetContent m_content;
    std::vector<LegendGroup> m_legend;
};

/// The moment in the zone in which the desk shows all its times.
[[nodiscard]] QDateTime inDeskZone(base::Time time);
/// The moment with its zone, in full: "20 Nov 2026 03:21:44 UTC+01:00".
[[nodiscard]] QString momentInFull(base::Time time, const QString& language);

} // namespace tocsin::gui
