#pragma once

#include "gui/tools/point_tool.hpp"
#include "tocsin/model/drawing.hpp"

namespace tocsin::gui {

/// Draws an area, a closure or a pin, and then lets its points be moved while a form asks for the rest.
class DrawTool : public PointTool {
    Q_OBJECT
  public:
    explicit DrawTool(const Theme& theme, QObject* parent = nullptr) : PointTool(theme, parent) {}

    void setKind(model::DrawingKind kind);
    [[nodiscard]] model::DrawingKind kind() const { return m_kind; }
    /// Takes up a shape that is there already, to be moved.
    void take(model::DrawingKind kind, const model::Line& line);
    /// As a drawing has it: a ring's last point equals its first.
    [[nodiscard]] model::Line line() const;

    [[nodiscard]] bool isRing() const override { return m_ring; }
    [[nodiscard]] std::size_t least() const override;
    [[nodiscard]] bool adjustable() const override { return true; }
    /// The same outline, now a line or a ring: for closures, which may be either.
    [[nodiscard]] bool isClosable() const;

  protected:
    bool taking(const QPointF& at) override;
    void paintWords(QPainter& painter, const MapView& view) override;
    [[nodiscard]] QColor colour() const override;

  private:
    model::DrawingKind m_kind{model::DrawingKind::area};
    bool m_ring{true};
};

} // namespace tocsin::gui
