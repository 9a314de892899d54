#pragma once

#include "gui/map/label_board.hpp"
#include "gui/map/viewport.hpp"
#include "tocsin/gui/map_layers.hpp"
#include "tocsin/gui/symbols.hpp"
#include "tocsin/gui/ui_context.hpp"

#include <QPainterPath>
#include <QString>
#include <functional>
#include <vector>

namespace tocsin::gui {

/// Something on the map that can be pointed at.
struct MapHit {
    QPainterPath area;
    QPointF centre;
    Selected what;                       ///< nothing for a cluster
    QString tip;                         ///< what it is, in a line or three; also for screen readers
    int rank{9};                         ///< order in which Tab visits: 0 first
    std::vector<Selected> members;       ///< of a cluster
    std::vector<model::Position> places; ///< of the members
};

/// What a layer needs to know for one picture.
struct LayerContext {
    const Viewport& view;
    const UiContext& ui;
    const model::State& state;
    const std::map<model::SensorId, desk::SensorNow>& sensors;
    base::Time now;
    LabelBoard& board;
    std::vector<MapHit>& hits;

    [[nodiscard]] const Theme& theme() const { return ui.theme; }
    [[nodiscard]] bool isSelected(const Selected& what) const { return ui.selection.current() == what; }
    /// In view, with room for what sticks out.
    [[nodiscard]] bool sees(const QPointF& point, double margin = 60) const {
        return view.rect().adjusted(-margin, -margin, margin, margin).contains(point);
    }
};

/// One kind of symbol on the map. For each picture the layers are laid out from the gravest down, so that the gravest
/// finds room, and painted from the bottom up.
class SymbolLayer {
  public:
    explicit SymbolLayer(QString name) : m_name(std::move(name)) {}
    virtual ~SymbolLayer() = default;
    SymbolLayer(const SymbolLayer&) = delete;
    SymbolLayer& operator=(const SymbolLayer&) = delete;

    [[nodiscard]] const QString& name() const { return m_name; } ///< stable, for settings
    [[nodiscard]] virtual QString title() const = 0;             ///< in the language in force
    virtual void layOut(LayerContext& context) = 0;
    virtual void paint(QPainter& painter, const LayerContext& context) = 0;
    /// True while something in it moves by itself.
    [[nodiscard]] virtual bool isMoving() const { return false; }

    bool visible{true};
    double opacity{1};
    LayerFilter filter;

  private:
    QString m_name;
};

// What several layers share.
[[nodiscard]] QRectF squareAbout(const QPointF& centre, double edge);
[[nodiscard]] QPainterPath pathOf(const QRectF& rect);
/// The accent halo of what is selected, about a symbol's rectangle.
void paintHalo(QPainter& painter, const QRectF& rect, const Theme& theme, bool round);
/// A count in a small disc at the upper right corner.
void paintCount(QPainter& painter, const QRectF& rect, int count, const Theme& theme);
/// The grade's own shape at the lower right corner, so that the colour does not stand alone.
void paintGradeBadge(QPainter& painter, const QRectF& rect, model::Grade grade, const Theme& theme);
/// A thin line from a symbol that had to step aside to where it belongs.
void paintLeader(QPainter& painter, const QPointF& from, const QPointF& to, const QColor& colour);

} // namespace tocsin::gui
