#pragma once

#include "gui/map/layers.hpp"
#include "gui/map/map_buttons.hpp"
#include "gui/map/tile_layer.hpp"
#include "gui/map/viewport.hpp"
#include "tocsin/gui/map_view.hpp"

#include <QPointer>
#include <QTimer>
#include <QVariantAnimation>
#include <optional>

namespace tocsin::gui {

/// The view's parts: where it looks and where it is going, the tiles, the symbol layers, what lies over them.
struct MapView::Impl {
    Impl(MapView& owner, UiContext context, map::TileSource* source);

    // ---- looking
    void goTo(const Viewport& target, bool smoothly);
    void zoomBy(int steps, const QPointF& anchor);
    void panBy(const QPointF& pixels, bool smoothly);
    [[nodiscard]] double ratio() const;
    /// Tells the tile layer where the view is going; says so when all is drawn.
    void settle();
    void checkComplete();
    [[nodiscard]] QRectF freeArea() const; ///< of the widget: without what lies over its edges

    // ---- pictures
    void layOut();
    void paint(QPainter& painter);
    void deskChanged();
    void moveTimer();

    // ---- pointing
    [[nodiscard]] const MapHit* hitAt(const QPointF& point) const;
    void choose(const MapHit& hit);
    void openCluster(const MapHit& hit);
    [[nodiscard]] QString nameOf(const Selected& what) const;
    void focusHit(int step);

    // ---- widgets over the map
    void place();
    void showLayersMenu();

    MapView& view;
    UiContext ui;
    TileLayer tiles;
    Viewport now;
    Viewport target;
    bool wantsCounty{true}; ///< nobody has said where to look yet
    QVariantAnimation motion;
    Viewport motionFrom;
    QPointF motionAnchor;
    bool motionZooms{false};

    // From the gravest down: the order in which they find room. Painted the other way round.
    IncidentLayer incidents;
    TeamLayer teams;
    AlarmLayer alarms;
    ReportLayer reports;
    WarningLayer warnings;
    SensorLayer sensors;
    EarthquakeLayer earthquakes;
    ResourceLayer resources;
    RouteLayer routes;
    std::vector<SymbolLayer*> byRoom;
    std::vector<SymbolLayer*> byDepth;

    std::vector<MapHit> hits;
    std::optional<LabelBoard> board;
    std::optional<Selected> keyboardAt; ///< the symbol that Tab has reached
    QPointF keyboardPoint;

    MapButtons* buttons{nullptr};
    QPointer<QWidget> search;
    QPointer<QWidget> foot;
    QTimer moving; ///< while a team is on its way
    QTimer ageing; ///< ages and minutes grow though nothing happens
    bool complete{false};

    QPointF pressedAt;
    QPointF draggedFrom;
    bool pressed{false};
    bool dragging{false};
    int wheel{0};
};

} // namespace tocsin::gui
