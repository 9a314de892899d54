#pragma once

#include "tocsin/desk/replay.hpp"
#include "tocsin/gui/map_layers.hpp"
#include "tocsin/gui/map_tool.hpp"
#include "tocsin/gui/ui_context.hpp"
#include "tocsin/map/tile_source.hpp"

#include <QPointF>
#include <QWidget>
#include <memory>
#include <vector>

class QMenu;

namespace tocsin::gui {

/// The situation map: base map from tiles, above it the desk's own symbols. Wires itself to the desk, the theme and
/// the selection that it is given; changes its words on QEvent::LanguageChange. GUI thread.
///
/// Mouse: drag pans, wheel and double click zoom about the cursor, a click selects, a right click offers what can be
/// done there. Keys (with focus): arrows pan, + and − zoom, 0 shows the county, Tab goes from symbol to symbol by
/// severity, Enter selects, Esc clears the selection.
class MapView : public QWidget {
    Q_OBJECT
  public:
    /// `tiles` may be null (no base map; the symbols are drawn all the same) and must outlive the view.
    MapView(UiContext ui, map::TileSource* tiles, QWidget* parent = nullptr);
    ~MapView() override;

    /// Puts a widget top left over the map; the view becomes its parent. Its width follows the view's.
    void setSearchWidget(QWidget* widget);
    /// Puts a bar along the lower edge over the map (the time slider); the view becomes its parent.
    void setFootWidget(QWidget* widget);

    /// Brings the whole county into view; before its extent is known, as soon as it is.
    void showCounty();
    /// Brings all positions into view with room around; never nearer than a street's width.
    void fit(const std::vector<model::Position>& positions);
    /// Pans (and zooms in, if far out) so that the place is in the middle.
    void showPlace(const model::Position& position);

    [[nodiscard]] double zoom() const; ///< as map::TileKey counts it, with fractions
    [[nodiscard]] model::Position centre() const;
    void setView(const model::Position& centre, double zoom); ///< at once, without motion

    /// Candidate ways that have been recommended but not sent: drawn dashed. Null takes them away.
    void setProposedRoutes(std::shared_ptr<const dispatch::Recommendation> recommendation);
    /// What the next call would find, before and after a plan; null: nothing.
    void setCover(std::shared_ptr<const dispatch::Cover> cover);

    // ---- layers
    /// Top layer first.
    [[nodiscard]] std::vector<LayerInfo> layers() const;
    [[nodiscard]] LayerSet layerSet() const;
    /// Layers that it does not name stay as they are, below those that it names. Emits layersChanged().
    void setLayerSet(const LayerSet& set);
    /// Base maps to choose from beside the county's own, which is always there. They must outlive the view; overlays
    /// (names, say) are drawn above the one that is chosen.
    struct BaseMap {
        QString name;
        map::TileSource* tiles{nullptr};
        QString attribution;
        bool overlay{false};
    };
    void setBaseMaps(std::vector<BaseMap> maps);
    [[nodiscard]] const std::vector<BaseMap>& baseMaps() const;
    void setProtectedObjects(std::vector<ProtectedObject> objects);
    /// Clusters of symbols stand aside of these names, and words beside symbols where they can.
    void setTownNames(std::vector<TownName> names);

    // ---- shading
    /// Roads in the colour of the time to them, in the bands that `limits` end (seconds, rising); null takes it away.
    void setReach(DeskBridge::Reached reached, std::vector<base::Seconds> limits);

    // ---- tools
    /// Null: none. The view does not own it; a tool that is destroyed must be taken away first.
    void setTool(MapTool* tool);
    [[nodiscard]] MapTool* tool() const;

    // ---- another time
    /// Shows the desk as it was; null: as it is. While it is shown, isPast() is true and nothing can be changed here.
    void showPast(std::shared_ptr<const desk::Picture> picture);
    [[nodiscard]] bool isPast() const;

    // ---- pictures
    /// Paints what is in view, scaled into `target`, without the widgets over it; symbols and names as vectors, so a
    /// PDF or SVG keeps them. `furniture`: scale bar and sources, too.
    void paintInto(QPainter& painter, const QRectF& target, bool furniture);
    [[nodiscard]] double metresPerPixel() const;
    [[nodiscard]] QString attribution() const; ///< of what is drawn now, in one line

    /// True while every tile in view is drawn as it should be, or there is no map to draw.
    [[nodiscard]] bool isComplete() const;

    [[nodiscard]] QPointF toScreen(const model::Position& position) const;
    [[nodiscard]] model::Position fromScreen(const QPointF& point) const;
    [[nodiscard]] QSize sizeHint() const override { return {1120, 800}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {320, 240}; }

  signals:
    /// A hand moved the map: by mouse, touch or key. What follows something must stop.
    void movedByHand();
    void layersChanged(); ///< visibility, order, opacity, filter, base map
    void viewChanged();   ///< place or zoom came to rest
    void pastChanged();
    /// A right click, or the menu key: whoever listens puts its own lines at the menu's top.
    void menuAboutToShow(QMenu* menu, tocsin::model::Position position);
    /// isComplete() became true.
    void completed();
    /// The person wants to open an incident here.
    void openIncidentRequested(tocsin::model::Position position);
    /// The person wants the map over the whole window, or back.
    void fullScreenRequested();
    /// The person wants to choose what the map shows: the layers button, or the chip that says what a filter hides.
    void layersRequested();

  protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool focusNextPrevChild(bool next) override;

  private:
    friend class MapAccessible;
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace tocsin::gui
