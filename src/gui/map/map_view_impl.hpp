#pragma once

#include "gui/map/layers.hpp"
#include "gui/map/map_buttons.hpp"
#include "gui/map/sprites.hpp"
#include "gui/map/tile_layer.hpp"
#include "gui/map/town_names.hpp"
#include "gui/map/viewport.hpp"
#include "tocsin/gui/map_view.hpp"

#include <QElapsedTimer>
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
    void zoomTo(double zoom, const QPointF& anchor); ///< at once, wherever between the stops: a pinch
    void panBy(const QPointF& pixels, bool smoothly);
    void comeToRest(); ///< after a pinch: at the nearest stop
    [[nodiscard]] double ratio() const;
    /// Tells the tile layer where the view is going; says so when all is drawn.
    void settle();
    void checkComplete();
    [[nodiscard]] QRectF freeArea() const; ///< of the widget: without what lies over its edges
    void byHand();                         ///< says that a hand moves the map

    // ---- what is shown: the desk as it is, or as it was
    [[nodiscard]] const model::State& state() const;
    [[nodiscard]] const std::map<model::SensorId, desk::SensorNow>& sensorsNow() const;
    [[nodiscard]] const std::map<model::UnitId, desk::UnitNow>& unitsNow() const;
    [[nodiscard]] base::Time time() const;
    [[nodiscard]] MapScene scene() const;
    void showPast(std::shared_ptr<const desk::Picture> picture);
    void sync(const Changes& changes);
    void deskChanged(const Changes& changes);
    void moveTimer();
    void grow();           ///< ages and minutes, though nothing happens
    void changed();        ///< something that is drawn has: lays out anew with the next picture, soon
    void groundChanged();  ///< so has what covers ground

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
    void tellHidden();  ///< the chip that says what a filter hides
    void tellNotices(); ///< the chip that says what is wrong with a base map or overlay that is shown all the same

    // ---- pictures
    void ensureLayout();
    void layOut(const Viewport& where);
    /// Lays out, paints what covers areas and asks for the picture, each as an event of its own: keys are answered in between.
    void prepare();
    /// `whole`: the picture, not only a part of it that something over the map has laid bare.
    void paint(QPainter& painter, bool whole);
    void paintMap(QPainter& painter, const Placing& placing);
    [[nodiscard]] std::vector<SymbolLayer*> covering() const; ///< those that cover areas now, the lowest first
    void paintGroundOf(const std::vector<SymbolLayer*>& layers, QPainter& onto);
    /// Takes the pixels for what covers areas, which costs the system more than all that is painted on them. True if
    /// they had not been there.
    bool reserveGround();
    void makeGround(const std::vector<SymbolLayer*>& layers);
    void paintGround(QPainter& painter, const Placing& placing);
    void paintSpider(QPainter& painter, const Placing& placing);
    void paintLegends(QPainter& painter, double covered);
    void paintInto(QPainter& painter, const QRectF& onto, bool furniture);
    [[nodiscard]] Placing placing() const; ///< of the layout, in the view as it is now
    [[nodiscard]] bool isMoved() const;    ///< by a hand or by itself, right now

    // ---- pointing
    [[nodiscard]] const MapHit* hitAt(const QPointF& point);
    [[nodiscard]] QPointF screenOf(const MapHit& hit) const;
    [[nodiscard]] QString tipOf(const MapHit& hit) const;
    [[nodiscard]] const MapHit* keyboardHit() const;
    void choose(const MapHit& hit);
    void openCluster(const MapHit& hit);
    void closeSpider();
    void layOutSpider();
    void focusHit(int step);
    [[nodiscard]] static bool canBeChosen(const MapHit& hit);
    [[nodiscard]] std::vector<std::size_t> reachable(); ///< by Tab: indexes of hits in view, gravest first
    bool gesture(QEvent& event);

    // ---- widgets over the map
    void place();

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
    TownNames towns;

    Viewport now;
    Viewport target;
    bool wantsCounty{true}; ///< nobody has said where to look yet
    QVariantAnimation motion;
    Viewport motionFrom;
    QPointF motionAnchor;
    bool motionZooms{false};

    IncidentLayer incidents;
    TeamLayer teams;
    UnitLayer units;
    AlarmLayer alarms;
    ReportLayer reports;
    WarningLayer warnings;
    DrawingLayer drawings;
    SensorLayer sensors;
    EarthquakeLayer earthquakes;
    ResourceLayer resources;
    ProtectedLayer objects;
    RouteLayer routes;
    HeatLayer heat{reports};
    HotSpotLayer hotSpots;
    ReachLayer reach;
    CoverLayer cover;
    std::vector<SymbolLayer*> byRoom;  ///< in which they find room: the gravest first
    std::vector<SymbolLayer*> ordered; ///< as the person wants them, the top one first

    std::shared_ptr<const desk::Picture> past;
    MapTool* tool{nullptr};
    bool toolDrags{false};

    // ---- the layout: kept while the map is merely moved
    struct Layout {
        bool valid{false};
        Viewport view;
        QRectF area;
        base::Time changesAt{base::Time::max()};
        QPixmap ground; ///< of `area`, kept from picture to picture
        bool groundValid{false};
        std::uint64_t number{0}; ///< of layouts so far
    };
    Sprites sprites;
    LabelPrints prints;
    Layout layout;
    std::vector<MapHit> hits;
    std::optional<LabelBoard> board;
    bool dirty{true};
    bool groundDirty{true};
    QElapsedTimer sinceLayout;
    QElapsedTimer sincePaint;
    bool groundNext{false}; ///< the layout stands, what covers areas is still to be painted
    bool prepared{false};   ///< the picture has been asked for
    qint64 prepareTook{0};  ///< milliseconds, for a picture that is still to come
    qint64 paintTook{0};    ///< milliseconds, with what prepared it
    QTimer repaint; ///< changes that come thick are shown at most so often

    struct Spider {
        map::WorldPoint centre;
        std::vector<SymbolLayer::Member> members;
        int more{0}; ///< that found no leg
    };
    std::optional<Spider> spider;
    std::vector<QPointF> spiderFeet; ///< in the layout

    std::optional<Selected> keyboardAt; ///< the symbol that Tab has reached
    map::WorldPoint keyboardHome;

    MapButtons* buttons{nullptr};
    MapChip* chip{nullptr};
    MapChip* notice{nullptr};
    QString noticePutAway; ///< the notice that the person has clicked away
    QPointer<QWidget> search;
    QPointer<QWidget> foot;
    QTimer moving; ///< while a team is on its way
    QTimer ageing; ///< ages and minutes grow though nothing happens
    bool complete{false};

    QPointF pressedAt;
    QPointF draggedFrom;
    bool pressed{false};
    bool dragging{false};
    bool pinching{false};
    double pinchFrom{0};
    int wheel{0};
};

} // namespace tocsin::gui
