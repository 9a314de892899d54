#pragma once

#include "tocsin/gui/map_tool.hpp"
#include "tocsin/gui/map_view.hpp"
#include "tocsin/gui/theme.hpp"
#include "tocsin/model/position.hpp"

#include <QObject>
#include <QPolygonF>
#include <optional>

namespace tocsin::gui {

/// A row of points that a person sets on the map, one after another: what measuring and drawing have in common.
///
/// A click sets a point, Backspace takes the last one back, Enter or a double click ends, Escape leaves. Without a
/// mouse: the arrows move the map under the cross in its middle, Space sets a point there. After the end the points
/// can be moved where adjustable() says so: by dragging, or Page Up and Down to choose one, Ctrl and the arrows to move
/// it, Insert for a new one behind it, Delete to take it away.
class PointTool : public QObject, public MapTool {
    Q_OBJECT
  public:
    explicit PointTool(const Theme& theme, QObject* parent = nullptr);

    [[nodiscard]] const model::Line& points() const { return m_points; } ///< a ring without its closing point
    [[nodiscard]] const std::optional<model::Position>& hover() const { return m_hover; }
    [[nodiscard]] bool isFinished() const { return m_finished; }
    [[nodiscard]] bool isActive() const { return m_view != nullptr; }
    /// Points and, while it goes on, the place under the pointer.
    [[nodiscard]] model::Line shape() const;
    [[nodiscard]] virtual bool isRing() const = 0;
    [[nodiscard]] virtual std::size_t least() const = 0; ///< points without which it cannot end
    [[nodiscard]] virtual bool adjustable() const { return false; }

    void start(model::Line points, bool finished);
    void finish();

    // MapTool
    void begin(MapView& view) override;
    void end() override;
    bool clicked(QMouseEvent& event) override;
    bool pressed(QMouseEvent& event) override;
    bool moved(QMouseEvent& event) override;
    bool released(QMouseEvent& event) override;
    bool doubleClicked(QMouseEvent& event) override;
    bool key(QKeyEvent& event) override;
    void paint(QPainter& painter, const MapView& view) override;

  signals:
    void changed();  ///< points, pointer or state
    void finished(); ///< the last point is set
    void left();     ///< Escape

  protected:
    /// A point is about to be set; true if the tool has dealt with it itself.
    virtual bool taking(const QPointF& at) {
        Q_UNUSED(at)
        return false;
    }
    virtual void paintWords(QPainter& painter, const MapView& view) {
        Q_UNUSED(painter)
        Q_UNUSED(view)
    }
    [[nodiscard]] virtual QColor colour() const { return m_theme.colours().accent; }
    [[nodiscard]] const MapView* view() const { return m_view; }
    void add(const model::Position& position);
    void tell();

    const Theme& m_theme;
    model::Line m_points;

  private:
    [[nodiscard]] int handleAt(const QPointF& at) const;
    bool keyAdjusts(QKeyEvent& event);

    MapView* m_view{nullptr};
    std::optional<model::Position> m_hover;
    std::optional<QPointF> m_endedAt; ///< where the double click was: its own last release is no new click
    int m_held{-1};                   ///< the point that is dragged
    int m_chosen{-1};                 ///< the point that the keys move
    bool m_finished{false};
    bool m_byKey{false}; ///< show the cross in the middle
};

/// Words on a small plate, centred on `at`.
void paintPlate(QPainter& painter, const Theme& theme, const QPointF& at, const QString& words, bool bold);

} // namespace tocsin::gui
