#pragma once

#include "gui/map/layer.hpp"
#include "tocsin/dispatch/recommend.hpp"

#include <memory>

namespace tocsin::gui {

/// A layer without things of its own yet.
class EmptyLayer final : public SymbolLayer {
  public:
    using SymbolLayer::SymbolLayer;
    [[nodiscard]] QString title() const override { return name(); }
    void layOut(LayerContext&) override {}
    void paint(QPainter&, const LayerContext&) override {}
};

class WarningLayer final : public SymbolLayer {
  public:
    WarningLayer();
    [[nodiscard]] QString title() const override;
    void layOut(LayerContext& context) override;
    void paint(QPainter& painter, const LayerContext& context) override;

  private:
    struct Shape {
        QPainterPath path;
        model::Grade grade{model::Grade::IV};
        bool selected{false};
    };
    std::vector<Shape> m_shapes;
};

class RouteLayer final : public SymbolLayer {
  public:
    RouteLayer();
    [[nodiscard]] QString title() const override;
    void layOut(LayerContext& context) override;
    void paint(QPainter& painter, const LayerContext& context) override;
    void setProposed(std::shared_ptr<const dispatch::Recommendation> proposed) { m_proposed = std::move(proposed); }

  private:
    enum class Kind : unsigned char { alternative, proposed, travelled, ahead };
    struct Way {
        QPolygonF points;
        Kind kind{Kind::ahead};
        bool flies{false};
    };
    void add(const LayerContext& context, const model::RouteLine& route, Kind kind, bool flies);

    std::shared_ptr<const dispatch::Recommendation> m_proposed;
    std::vector<Way> m_ways;
};

class EarthquakeLayer final : public SymbolLayer {
  public:
    EarthquakeLayer();
    [[nodiscard]] QString title() const override;
    void layOut(LayerContext& context) override;
    void paint(QPainter& painter, const LayerContext& context) override;

  private:
    struct Mark {
        QPointF at;
        double radius{8};
        bool selected{false};
    };
    std::vector<Mark> m_marks;
};

class ResourceLayer final : public SymbolLayer {
  public:
    ResourceLayer();
    [[nodiscard]] QString title() const override;
    void layOut(LayerContext& context) override;
    void paint(QPainter& painter, const LayerContext& context) override;

  private:
    struct Mark {
        QPointF at;
        double edge{22};
        QString glyph;
        int count{1};
        model::ResourceStatus status{model::ResourceStatus::available};
        bool selected{false};
    };
    void add(LayerContext& context, const std::vector<const model::Resource*>& members, QPointF centre);
    std::vector<Mark> m_marks;
};

class SensorLayer final : public SymbolLayer {
  public:
    SensorLayer();
    [[nodiscard]] QString title() const override;
    void layOut(LayerContext& context) override;
    void paint(QPainter& painter, const LayerContext& context) override;

  private:
    struct Mark {
        QPointF at;
        QColor colour;
        bool stale{false};
        bool alarmed{false};
        bool selected{false};
    };
    std::vector<Mark> m_marks;
};

class ReportLayer final : public SymbolLayer {
  public:
    ReportLayer();
    [[nodiscard]] QString title() const override;
    void layOut(LayerContext& context) override;
    void paint(QPainter& painter, const LayerContext& context) override;

  private:
    struct Mark {
        QPointF at;
        QPointF home;
        bool verified{false};
        bool selected{false};
    };
    std::vector<Mark> m_marks;
};

class TeamLayer final : public SymbolLayer {
  public:
    TeamLayer();
    [[nodiscard]] QString title() const override;
    void layOut(LayerContext& context) override;
    void paint(QPainter& painter, const LayerContext& context) override;
    [[nodiscard]] bool isMoving() const override { return m_moving; }

  private:
    struct Mark {
        QPointF at;
        double heading{0};
        bool selected{false};
    };
    std::vector<Mark> m_marks;
    bool m_moving{false};
};

class AlarmLayer final : public SymbolLayer {
  public:
    AlarmLayer();
    [[nodiscard]] QString title() const override;
    void layOut(LayerContext& context) override;
    void paint(QPainter& painter, const LayerContext& context) override;

  private:
    struct Mark {
        QPointF at;
        QPointF home;
        model::Grade grade{model::Grade::IV};
        bool wanting{false}; ///< of acknowledgement
        bool gone{false};    ///< its condition is
        int count{1};
        bool selected{false};
    };
    std::vector<Mark> m_marks;
};

class IncidentLayer final : public SymbolLayer {
  public:
    IncidentLayer();
    [[nodiscard]] QString title() const override;
    void layOut(LayerContext& context) override;
    void paint(QPainter& painter, const LayerContext& context) override;

  private:
    struct Mark {
        QPointF at;
        QPointF home;
        double edge{38};
        model::Grade grade{model::Grade::IV};
        QString glyph;
        bool selected{false};
    };
    std::vector<Mark> m_marks;
};

} // namespace tocsin::gui
