#pragma once

#include "gui/map/point_layer.hpp"
#include "tocsin/dispatch/recommend.hpp"
#include "tocsin/gui/bridge.hpp"

#include <QImage>
#include <QObject>
#include <QPolygonF>
#include <functional>
#include <memory>
#include <set>

namespace tocsin::gui {

// ---- single places; each class only says what its things are and how they look

class IncidentLayer final : public IdLayer<model::IncidentId> {
  public:
    IncidentLayer();
    [[nodiscard]] QString title() const override;
    [[nodiscard]] std::vector<LayerInfo::Word> kinds() const override;
    [[nodiscard]] bool hasGrade() const override { return true; }
    [[nodiscard]] bool hasAge() const override { return true; }
    void sync(const MapScene& scene, const Changes& changes) override;

  protected:
    [[nodiscard]] double together(double zoom) const override;
    [[nodiscard]] std::optional<Facts> facts(const MapScene& scene, Handle handle) const override;
    [[nodiscard]] Drawn draw(const MapScene& scene, double zoom, Handle handle, bool selected) const override;
    [[nodiscard]] Drawn drawCluster(const MapScene& scene, const ClusterTree::Group& group) const override;
    [[nodiscard]] QString tipOf(const MapScene& scene, Handle handle) const override;
    [[nodiscard]] QString clusterTip(const MapScene& scene, const ClusterTree::Group& group) const override;
    [[nodiscard]] QString nameOf(const MapScene& scene, Handle handle) const override;
};

class AlarmLayer final : public IdLayer<model::AlarmId> {
  public:
    AlarmLayer();
    [[nodiscard]] QString title() const override;
    [[nodiscard]] std::vector<LayerInfo::Word> kinds() const override;
    [[nodiscard]] std::vector<LayerInfo::Word> states() const override;
    [[nodiscard]] bool hasGrade() const override { return true; }
    [[nodiscard]] bool hasAge() const override { return true; }
    void sync(const MapScene& scene, const Changes& changes) override;

  protected:
    [[nodiscard]] double together(double zoom) const override;
    [[nodiscard]] std::optional<Facts> facts(const MapScene& scene, Handle handle) const override;
    [[nodiscard]] Drawn draw(const MapScene& scene, double zoom, Handle handle, bool selected) const override;
    [[nodiscard]] Drawn drawCluster(const MapScene& scene, const ClusterTree::Group& group) const override;
    [[nodiscard]] QString tipOf(const MapScene& scene, Handle handle) const override;
    [[nodiscard]] QString clusterTip(const MapScene& scene, const ClusterTree::Group& group) const override;
};

class ReportLayer final : public IdLayer<model::ReportId> {
  public:
    ReportLayer();
    [[nodiscard]] QString title() const override;
    [[nodiscard]] std::vector<LayerInfo::Word> kinds() const override;
    [[nodiscard]] std::vector<LayerInfo::Word> states() const override;
    [[nodiscard]] bool hasAge() const override { return true; }
    void sync(const MapScene& scene, const Changes& changes) override;

  protected:
    [[nodiscard]] double together(double zoom) const override;
    [[nodiscard]] std::optional<Facts> facts(const MapScene& scene, Handle handle) const override;
    [[nodiscard]] Drawn draw(const MapScene& scene, double zoom, Handle handle, bool selected) const override;
    [[nodiscard]] Drawn drawCluster(const MapScene& scene, const ClusterTree::Group& group) const override;
    [[nodiscard]] QString tipOf(const MapScene& scene, Handle handle) const override;
    [[nodiscard]] QString clusterTip(const MapScene& scene, const ClusterTree::Group& group) const override;
};

class SensorLayer final : public IdLayer<model::SensorId> {
  public:
    SensorLayer();
    [[nodiscard]] QString title() const override;
    [[nodiscard]] std::vector<LayerInfo::Word> kinds() const override;
    [[nodiscard]] std::vector<LayerInfo::Word> states() const override;
    [[nodiscard]] bool hasGrade() const override { return true; }
    void sync(const MapScene& scene, const Changes& changes) override;

  protected:
    [[nodiscard]] double together(double zoom) const override;
    [[nodiscard]] std::optional<Facts> facts(const MapScene& scene, Handle handle) const override;
    [[nodiscard]] Drawn draw(const MapScene& scene, double zoom, Handle handle, bool selected) const override;
    [[nodiscard]] Drawn drawCluster(const MapScene& scene, const ClusterTree::Group& group) const override;
    [[nodiscard]] QString tipOf(const MapScene& scene, Handle handle) const override;
    [[nodiscard]] QString clusterTip(const MapScene& scene, const ClusterTree::Group& group) const override;

  private:
    void nameCluster(const MapScene& scene, double zoom, const Mark& mark, Drawn& drawn) const override;
    [[nodiscard]] Label labelOf(const MapScene& scene, const model::Sensor& sensor, const desk::SensorNow* now) const;
    void say(const MapScene& scene, double zoom, const model::Sensor& sensor, Drawn& drawn) const;
    std::map<model::SensorId, model::Grade> m_alarmed; ///< only a rule gives a sensor a colour
};

class ResourceLayer final : public IdLayer<model::ResourceId> {
  public:
    ResourceLayer();
    [[nodiscard]] QString title() const override;
    [[nodiscard]] std::vector<LayerInfo::Word> kinds() const override;
    [[nodiscard]] std::vector<LayerInfo::Word> states() const override;
    void sync(const MapScene& scene, const Changes& changes) override;
    /// Resources that a unit carries are shown by these, as long as they are shown.
    void standAsideFor(const SymbolLayer* units) { m_units = units; }

  protected:
    [[nodiscard]] double tierZoom(int tier) const override;
    [[nodiscard]] double together(double zoom) const override;
    [[nodiscard]] std::optional<Facts> facts(const MapScene& scene, Handle handle) const override;
    [[nodiscard]] Drawn draw(const MapScene& scene, double zoom, Handle handle, bool selected) const override;
    [[nodiscard]] Drawn drawCluster(const MapScene& scene, const ClusterTree::Group& group) const override;
    [[nodiscard]] QString tipOf(const MapScene& scene, Handle handle) const override;
    [[nodiscard]] QString clusterTip(const MapScene& scene, const ClusterTree::Group& group) const override;
    [[nodiscard]] QString nameOf(const MapScene& scene, Handle handle) const override;

  private:
    const SymbolLayer* m_units{nullptr};
    std::set<model::ResourceId> m_carried; ///< by units that are shown
    std::set<model::ResourceId> m_moving; ///< drawn on their way by the teams' layer
};

class TeamLayer final : public IdLayer<model::AssignmentId> {
  public:
    TeamLayer();
    [[nodiscard]] QString title() const override;
    [[nodiscard]] std::vector<LayerInfo::Word> kinds() const override;
    void sync(const MapScene& scene, const Changes& changes) override;
    void age(const MapScene& scene) override; ///< brings all where they are by now
    [[nodiscard]] bool isMoving() const override { return m_moving; }

  protected:
    [[nodiscard]] Selected selectedOf(Handle handle) const override;
    [[nodiscard]] std::optional<Handle> handleOf(const Selected& what) const override;
    [[nodiscard]] double together(double zoom) const override;
    [[nodiscard]] std::optional<Facts> facts(const MapScene& scene, Handle handle) const override;
    [[nodiscard]] Drawn draw(const MapScene& scene, double zoom, Handle handle, bool selected) const override;
    [[nodiscard]] Drawn drawCluster(const MapScene& scene, const ClusterTree::Group& group) const override;
    [[nodiscard]] QString tipOf(const MapScene& scene, Handle handle) const override;
    [[nodiscard]] QString clusterTip(const MapScene& scene, const ClusterTree::Group& group) const override;

  private:
    bool m_moving{false};
    std::map<model::ResourceId, model::AssignmentId> m_byResource;
    std::map<model::AssignmentId, model::ResourceId> m_resources;
};

/// Who tells where he is: phones, vehicles, boats. A unit stands for the resource that it carries. Of the selected one
/// the last two hours are drawn.
class UnitLayer final : public IdLayer<model::UnitId> {
  public:
    enum class Kind : std::uint8_t { person, vehicle, boat, aircraft, mark };
    UnitLayer();
    [[nodiscard]] QString title() const override;
    [[nodiscard]] std::vector<LayerInfo::Word> kinds() const override;
    [[nodiscard]] std::vector<LayerInfo::Word> states() const override;
    [[nodiscard]] bool hasAge() const override { return true; }
    void sync(const MapScene& scene, const Changes& changes) override;
    void age(const MapScene& scene) override;
    void layOut(LayerContext& context) override;
    void paint(QPainter& painter, const Placing& placing, Sprites& sprites) override;
    /// Is called when a track has come.
    void onTrack(std::function<void()> redraw) { m_redraw = std::move(redraw); }
    [[nodiscard]] static Kind kindOf(std::string_view type);

  protected:
    [[nodiscard]] double together(double zoom) const override;
    [[nodiscard]] std::optional<Facts> facts(const MapScene& scene, Handle handle) const override;
    [[nodiscard]] Drawn draw(const MapScene& scene, double zoom, Handle handle, bool selected) const override;
    [[nodiscard]] Drawn drawCluster(const MapScene& scene, const ClusterTree::Group& group) const override;
    [[nodiscard]] QString tipOf(const MapScene& scene, Handle handle) const override;
    [[nodiscard]] QString clusterTip(const MapScene& scene, const ClusterTree::Group& group) const override;
    [[nodiscard]] QString nameOf(const MapScene& scene, Handle handle) const override;

  private:
    void askForTrack(const LayerContext& context);

    std::function<void()> m_redraw;
    std::unique_ptr<QObject> m_asker; ///< of the track that was asked for last
    model::UnitId m_trackOf;
    base::Time m_trackTo;
    std::vector<model::Position> m_track;
    QPolygonF m_trackLine; ///< in the layout
};

class EarthquakeLayer final : public IdLayer<model::EarthquakeId> {
  public:
    EarthquakeLayer();
    [[nodiscard]] QString title() const override;
    [[nodiscard]] bool hasAge() const override { return true; }
    void sync(const MapScene& scene, const Changes& changes) override;
    void age(const MapScene& scene) override { refreshAll(scene); }

  protected:
    [[nodiscard]] double together(double) const override { return 18; }
    [[nodiscard]] std::optional<Facts> facts(const MapScene& scene, Handle handle) const override;
    [[nodiscard]] Drawn draw(const MapScene& scene, double zoom, Handle handle, bool selected) const override;
    [[nodiscard]] Drawn drawCluster(const MapScene& scene, const ClusterTree::Group& group) const override;
    [[nodiscard]] QString tipOf(const MapScene& scene, Handle handle) const override;
    [[nodiscard]] QString clusterTip(const MapScene& scene, const ClusterTree::Group& group) const override;
};

/// The word for a kind of protected object ("fuel", "care home"), in the language in force.
[[nodiscard]] QString protectedWord(const QString& kind);

/// What must be protected and does not act by itself; does not come from the desk, so it is the same at any time.
class ProtectedLayer final : public PointLayer {
  public:
    ProtectedLayer();
    [[nodiscard]] QString title() const override;
    [[nodiscard]] std::vector<LayerInfo::Word> kinds() const override;
    void setObjects(const MapScene& scene, std::vector<ProtectedObject> objects);
    void sync(const MapScene& scene, const Changes& changes) override;

  protected:
    [[nodiscard]] double tierZoom(int) const override { return 13; }
    [[nodiscard]] double together(double zoom) const override { return zoom < 15.4 ? 46 : 24; }
    [[nodiscard]] Selected selectedOf(Handle) const override { return {}; }
    [[nodiscard]] std::optional<Handle> handleOf(const Selected&) const override { return std::nullopt; }
    [[nodiscard]] std::optional<Facts> facts(const MapScene& scene, Handle handle) const override;
    [[nodiscard]] Drawn draw(const MapScene& scene, double zoom, Handle handle, bool selected) const override;
    [[nodiscard]] Drawn drawCluster(const MapScene& scene, const ClusterTree::Group& group) const override;
    [[nodiscard]] QString tipOf(const MapScene& scene, Handle handle) const override;
    [[nodiscard]] QString clusterTip(const MapScene& scene, const ClusterTree::Group& group) const override;

  private:
    std::vector<ProtectedObject> m_objects;
    std::vector<QString> m_kinds;
};

// ---- what has an extent

class WarningLayer final : public SymbolLayer {
  public:
    WarningLayer();
    [[nodiscard]] QString title() const override;
    [[nodiscard]] bool hasGrade() const override { return true; }
    [[nodiscard]] bool hasAge() const override { return true; }
    void layOut(LayerContext& context) override;
    void paint(QPainter&, const Placing&, Sprites&) override {}
    [[nodiscard]] bool hasGround() const override { return !m_shapes.empty(); }
    void paintGround(QPainter& painter, const Theme& theme) override;
    [[nodiscard]] QString tip(const MapScene& scene, const MapHit& hit) const override;

  private:
    struct Shape {
        QPainterPath path;
        model::Grade grade{model::Grade::IV};
        double strength{1}; ///< fades over the last hour
        bool selected{false};
    };
    std::vector<Shape> m_shapes;
};

class RouteLayer final : public SymbolLayer {
  public:
    RouteLayer();
    [[nodiscard]] QString title() const override;
    void layOut(LayerContext& context) override;
    void paint(QPainter& painter, const Placing& placing, Sprites& sprites) override;
    [[nodiscard]] QString tip(const MapScene&, const MapHit&) const override { return {}; }
    void setProposed(std::shared_ptr<const dispatch::Recommendation> proposed) { m_proposed = std::move(proposed); }

  private:
    enum class Kind : unsigned char { alternative, proposed, travelled, ahead };
    struct Way {
        QPolygonF points;
        Kind kind{Kind::ahead};
        bool flies{false};
    };
    void add(const LayerContext& context, const model::Line& line, Kind kind, bool flies);
    void addAssignment(const LayerContext& context, const model::Assignment& assignment);

    std::shared_ptr<const dispatch::Recommendation> m_proposed;
    std::vector<Way> m_ways;
};

/// Areas, closures and pins that people have drawn.
class DrawingLayer final : public SymbolLayer {
  public:
    DrawingLayer();
    [[nodiscard]] QString title() const override;
    [[nodiscard]] std::vector<LayerInfo::Word> kinds() const override;
    [[nodiscard]] bool hasAge() const override { return true; }
    void layOut(LayerContext& context) override;
    void paint(QPainter& painter, const Placing& placing, Sprites& sprites) override;
    [[nodiscard]] bool hasGround() const override { return !m_shapes.empty(); }
    void paintGround(QPainter& painter, const Theme& theme) override;
    [[nodiscard]] QString tip(const MapScene& scene, const MapHit& hit) const override;

  private:
    struct Shape {
        QPolygonF points;
        bool ring{false};
        bool bars{false}; ///< a closure
        bool selected{false};
    };
    struct Sign {
        QPointF at;
        SymbolLook look;
    };
    void addArea(LayerContext& context, const model::Drawing& drawing, const QString& name);
    void addSign(LayerContext& context, const model::Drawing& drawing, const QPointF& at, const QString& name);
    std::vector<Shape> m_shapes;
    std::vector<Sign> m_signs;
};

/// How thick reports lie: a quiet shade of one hue.
class HeatLayer final : public SymbolLayer {
  public:
    explicit HeatLayer(const ReportLayer& reports);
    [[nodiscard]] QString title() const override;
    void layOut(LayerContext& context) override;
    void paint(QPainter&, const Placing&, Sprites&) override {}
    [[nodiscard]] bool hasGround() const override { return !m_picture.isNull(); }
    void paintGround(QPainter& painter, const Theme& theme) override;
    [[nodiscard]] QString tip(const MapScene&, const MapHit&) const override { return {}; }
    [[nodiscard]] QColor shade(const Theme& theme, double strength) const; ///< 0…1; for the legend

  private:
    const ReportLayer& m_reports;
    QImage m_picture;
    QRectF m_place;
};

/// Where more is reported than usual, as rings whose weight is their strength; and, while a word is chosen, each report
/// that says it, whether or not they are in one place.
class HotSpotLayer final : public SymbolLayer {
  public:
    HotSpotLayer();
    [[nodiscard]] QString title() const override;
    void layOut(LayerContext& context) override;
    void paint(QPainter&, const Placing&, Sprites&) override {}
    [[nodiscard]] bool hasGround() const override { return !m_rings.empty(); }
    void paintGround(QPainter& painter, const Theme& theme) override;
    [[nodiscard]] QString tip(const MapScene& scene, const MapHit& hit) const override;

  private:
    void layOutTerm(LayerContext& context);
    struct Ring {
        QPointF centre;
        double radius{0};
        double strength{0}; ///< 0…1
        QString tip;
    };
    std::vector<Ring> m_rings;
};

/// How soon somebody could be where people live, before and after a plan: what the next call would find.
class CoverLayer final : public SymbolLayer {
  public:
    CoverLayer();
    [[nodiscard]] QString title() const override;
    void setCover(std::shared_ptr<const dispatch::Cover> cover) { m_cover = std::move(cover); }
    void layOut(LayerContext& context) override;
    void paint(QPainter&, const Placing&, Sprites&) override {}
    [[nodiscard]] bool hasGround() const override { return !m_spots.empty(); }
    void paintGround(QPainter& painter, const Theme& theme) override;
    [[nodiscard]] QString tip(const MapScene&, const MapHit&) const override { return {}; }

  private:
    struct Spot {
        enum State { covered, later, lost, without } state{covered};
        QPointF centre;
        double radius{0};
    };
    std::shared_ptr<const dispatch::Cover> m_cover;
    std::vector<Spot> m_spots;
};

/// Roads by the time to them, in bands.
class ReachLayer final : public SymbolLayer {
  public:
    ReachLayer();
    [[nodiscard]] QString title() const override;
    void setReach(DeskBridge::Reached reached, std::vector<base::Seconds> limits);
    [[nodiscard]] const std::vector<base::Seconds>& limits() const { return m_limits; }
    [[nodiscard]] bool isShown() const { return m_reached != nullptr && !m_limits.empty(); }
    void layOut(LayerContext& context) override;
    void paint(QPainter&, const Placing&, Sprites&) override {}
    [[nodiscard]] bool hasGround() const override { return !m_bands.empty(); }
    void paintGround(QPainter& painter, const Theme& theme) override;
    [[nodiscard]] QString tip(const MapScene&, const MapHit&) const override { return {}; }
    [[nodiscard]] static QColor shade(const Theme& theme, std::size_t band, std::size_t of);
    [[nodiscard]] static QString nameOf(base::Seconds limit);

  private:
    struct Piece {
        std::vector<map::WorldPoint> points;
        std::size_t band{0};
    };
    DeskBridge::Reached m_reached;
    std::vector<base::Seconds> m_limits;
    std::vector<Piece> m_pieces; ///< cut where the time passes a limit
    struct Band {
        QPainterPath path;
        std::size_t band{0};
    };
    std::vector<Band> m_bands;
    double m_width{14};
    QRectF m_area;
};

} // namespace tocsin::gui
