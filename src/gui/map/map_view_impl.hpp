#pragma once

#include "gui/map/layers.hpp"
#include "gui/map/map_buttons.hpp"
#include "gui/map/tile_layer.hpp"
#include "gui/map/viewport.hpp"
#include "tocsin/gui/map_view.hpp"

#include <QMetaObject>
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

    // ---- what is shown: the desk as it is, or as it was
    [[nodiscard]] const model::State& state() const;
    [[nodiscard]] const std::map<model::SensorId, desk::SensorNow>& sensorsNow() const;
    [[nodiscard]] base::Time time() const;
    void showPast(std::shared_ptr<const desk::Picture> picture);

    // ---- layers
    [[nodiscard]] SymbolLayer* layer(const QString& name) const;
    [[nodiscard]] std::vector<LayerInfo> infos() const;
    [[nodiscard]] LayerSet layerSet() const;
    void setLayerSet(const LayerSet& set);
    void setBaseMaps(std::vector<MapView::BaseMap> maps);
    void chooseBaseMap(const QString& name);
    /// The base map in force and the overlays, from the ground up.
    [[nodiscard]] std::vector<TileLayer*> grounds() const;
    [[nodiscard]] QString attribution() const;

    // ---- pictures
    void layOut();
    void paint(QPainter& painter);
    /// All that belongs to the map itself, for the screen and for paper.
    void paintMap(QPainter& painter);
    void paintInto(QPainter& painter, const QRectF& onto, bool furniture);
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
    void byHand(); ///< says that a hand moves the map

    MapView& view;
    UiContext ui;
    struct Ground {
        QString name;
        QString attribution;
        bool overlay{false};
        std::unique_ptr<TileLayer> tiles;
    };
    TileLayer tiles; ///< the county's own
    std::vector<Ground> others;
    std::vector<MapView::BaseMap> baseMaps;
    QString baseMap; ///< its name; empty: the county's own
    void listen(TileLayer& layer);
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
    EmptyLayer drawings{QStringLiteral("drawings")};
    EmptyLayer protecteds{QStringLiteral("protected")};
    EmptyLayer heat{QStringLiteral("heat")};
    EmptyLayer reach{QStringLiteral("reach")};
    std::vector<SymbolLayer*> byRoom;  ///< in which they find room: the gravest first
    std::vector<SymbolLayer*> ordered; ///< as the person wants them, the top one first

    std::vector<ProtectedObject> objects;
    std::shared_ptr<const desk::Picture> past;
    MapTool* tool{nullptr};
    bool toolDrags{false};

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
