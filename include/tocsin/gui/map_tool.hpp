#pragma once

#include <QCursor>
#include <QPainter>
#include <QPointF>
#include <QString>

class QKeyEvent;
class QMouseEvent;

namespace tocsin::gui {

class MapView;

/// Takes the pointer over from the map for a while: measuring, drawing, pointing at something. Where a call answers
/// false the map does what it always does, so panning and zooming go on while a tool is active. GUI thread.
class MapTool {
  public:
    virtual ~MapTool() = default;
    virtual void begin(MapView& view) = 0; ///< becomes the active tool
    virtual void end() = 0;                ///< another is, or none
    [[nodiscard]] virtual QCursor cursor() const { return Qt::CrossCursor; }

    virtual bool clicked(QMouseEvent& event) = 0; ///< pressed and let go without dragging
    virtual bool pressed(QMouseEvent& /*event*/) {
        return false;
    } ///< true: what follows until the release is a drag of the tool's
    virtual bool moved(QMouseEvent& /*event*/) { return false; } ///< also without a button
    virtual bool released(QMouseEvent& /*event*/) { return false; }
    virtual bool doubleClicked(QMouseEvent& /*event*/) { return false; }
    virtual bool key(QKeyEvent& /*event*/) { return false; }
    /// Above all symbols, below the widgets; view.toScreen() gives places.
    virtual void paint(QPainter& painter, const MapView& view) = 0;
};

} // namespace tocsin::gui
