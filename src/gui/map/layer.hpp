#pragma once

#include "gui/map/cluster_tree.hpp"
#include "gui/map/label_board.hpp"
#include "gui/map/sprites.hpp"
#include "gui/map/viewport.hpp"
#include "tocsin/gui/map_layers.hpp"
#include "tocsin/gui/ui_context.hpp"

#include <QPainterPath>
#include <QString>
#include <map>
#include <optional>
#include <vector>

namespace tocsin::gui {

class SymbolLayer;

/// Something on the map that can be pointed at, in pixels of the layout.
struct MapHit {
    QRectF box;
    QRectF label;      ///< of its words; null: none
    QPainterPath area; ///< of what covers ground; empty: none
    QPointF centre;
    QPointF home;            ///< where it belongs: what moves when the map does
    Selected what;           ///< nothing for a cluster
    int rank{9};             ///< order in which Tab visits: 0 first
    const SymbolLayer* layer{nullptr};
    int mark{-1};            ///< of the layer
    std::uint32_t count{1};  ///< of a cluster's members
};

/// Whose things are drawn: the desk as it is, or as it was.
struct MapScene {
    const UiContext& ui;
    const model::State& state;
    const std::map<model::SensorId, desk::SensorNow>& sensors;
    base::Time now;
    const std::map<model::UnitId, desk::UnitNow>* units{nullptr};
    [[nodiscard]] const QString& language() const { return ui.language; }
    [[nodiscard]] const Theme& theme() const { return ui.theme; }
    [[nodiscard]] bool isSelected(const Selected& what) const { return ui.selection.current() == what; }
};

/// What a layer needs to lay itself out. Pixels are those of `view`; `area` is the view with room around.
struct LayerContext : MapScene {
    const Viewport& view;
    QRectF area;
    LabelBoard& board;
    std::vector<MapHit>& hits;
    base::Time& changesAt; ///< when something that is shown will look different, though nothing happens

    [[nodiscard]] bool sees(const QPointF& point, double margin = 0) const {
        return area.adjusted(-margin, -margin, margin, margin).contains(point);
    }
    void changes(base::Time at) const {
        if (at > now && at < changesAt)
            changesAt = at;
    }
};

/// Where the points of a layout are now: the map may have been panned or zoomed since.
struct Placing {
    double scale{1};
    QPointF shift;
    QRectF view; ///< what is seen
    [[nodiscard]] QPointF operator()(const QPointF& laidOut) const { return laidOut * scale + shift; }
    [[nodiscard]] QTransform transform() const { return {scale, 0, 0, scale, shift.x(), shift.y()}; }
};

/// The four classes of events, in their order, as kinds of a layer.
[[nodiscard]] std::vector<LayerInfo::Word> hazardClassWords();

/// One kind of thing on the map. For each layout the layers are asked from the gravest down, so that the gravest finds
/// room; they are painted in the order that the person chose, what covers ground below what stands on it.
class SymbolLayer {
  public:
    SymbolLayer(QString name, QString glyph) : m_name(std::move(name)), m_glyph(std::move(glyph)) {}
    virtual ~SymbolLayer() = default;
    SymbolLayer(const SymbolLayer&) = delete;
    SymbolLayer& operator=(const SymbolLayer&) = delete;

    [[nodiscard]] const QString& name() const { return m_name; } ///< stable, for settings
    [[nodiscard]] const QString& glyph() const { return m_glyph; }
    [[nodiscard]] virtual QString title() const = 0; ///< in the language in force
    [[nodiscard]] virtual std::vector<LayerInfo::Word> kinds() const { return {}; }
    [[nodiscard]] virtual std::vector<LayerInfo::Word> states() const { return {}; }
    [[nodiscard]] virtual bool hasGrade() const { return false; }
    [[nodiscard]] virtual bool hasAge() const { return false; }

    /// Takes over what has changed. Everything may have: `changes.all`.
    virtual void sync(const MapScene& /*scene*/, const Changes& /*changes*/) {}
    /// Time goes on, though nothing happens.
    virtual void age(const MapScene& /*scene*/) {}
    virtual void layOut(LayerContext& context) = 0;
    virtual void paint(QPainter& painter, const Placing& placing, Sprites& sprites) = 0;
    /// What covers ground is painted below all symbols, in the layout's own pixels, and kept as a picture until the
    /// next layout.
    [[nodiscard]] virtual bool hasGround() const { return false; }
    virtual void paintGround(QPainter& /*painter*/, const Theme& /*theme*/) {}
    /// True while something that is shown moves by itself.
    [[nodiscard]] virtual bool isMoving() const { return false; }

    /// What it is, in a line or three; for tooltips and screen readers.
    [[nodiscard]] virtual QString tip(const MapScene& scene, const MapHit& hit) const = 0;
    /// Of a cluster: who is in it, gravest first, and where.
    struct Member {
        Selected what;
        model::Position at;
        SymbolLook look;
        QString name;
    };
    [[nodiscard]] virtual std::vector<Member> members(const MapScene&, const MapHit&, std::size_t) const { return {}; }

    [[nodiscard]] int shown() const { return m_shown; }
    [[nodiscard]] virtual int all() const { return m_all; }
    /// Unacknowledged alarms of grades I and II that the filter leaves out.
    [[nodiscard]] virtual int hiddenGrave() const { return 0; }

    bool visible{true};
    double opacity{1};
    [[nodiscard]] const LayerFilter& filter() const { return m_filter; }
    void setFilter(const LayerFilter& filter);

  protected:
    struct Traits { ///< by which a thing is filtered
        int kind{0};
        int state{0};
        std::optional<model::Grade> grade;
        base::Time time;
    };
    [[nodiscard]] bool passes(const Traits& traits, base::Time now) const;
    int m_shown{0};
    int m_all{0};

  private:
    QString m_name;
    QString m_glyph;
    LayerFilter m_filter;
    std::uint64_t m_hiddenKinds{0};
    std::uint64_t m_hiddenStates{0};
};

// What several layers share.
[[nodiscard]] QRectF squareAbout(const QPointF& centre, double edge);
/// The accent halo of what is selected, about a symbol's rectangle.
void paintHalo(QPainter& painter, const QRectF& rect, const Theme& theme, bool round);
/// The grade's own shape at the lower right corner, so that the colour does not stand alone.
void paintGradeBadge(QPainter& painter, const QRectF& rect, model::Grade grade, const Theme& theme);
/// A thin line from a symbol that had to step aside to where it belongs.
void paintLeader(QPainter& painter, const QPointF& from, const QPointF& to, const QColor& colour);

} // namespace tocsin::gui
