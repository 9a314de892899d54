#include "gui/tools/draw_tool.hpp"

#include "tocsin/gui/symbols.hpp"

#include <QLineF>

namespace tocsin::gui {

void DrawTool::setKind(model::DrawingKind kind) {
    m_kind = kind;
    m_ring = kind == model::DrawingKind::area;
}

void DrawTool::take(model::DrawingKind kind, const model::Line& line) {
    setKind(kind);
    m_ring = model::isRing(line);
    start(line, true);
}

model::Line DrawTool::line() const {
    model::Line out = points();
    if (m_ring && out.size() > 2)
        out.push_back(out.front());
    return out;
}

std::size_t DrawTool::least() const {
    return m_ring ? 3 : 1;
}

bool DrawTool::isClosable() const {
    return !m_ring && m_kind == model::DrawingKind::closure && points().size() > 2;
}

bool DrawTool::taking(const QPointF& at) {
    if (m_kind == model::DrawingKind::pin) {
        add(view()->fromScreen(at));
        finish();
        return true;
    }
    const bool home = points().size() > 2 && QLineF(view()->toScreen(points().front()), at).length() < 10;
    if (!home)
        return false;
    m_ring = true;
    finish();
    return true;
}

QColor DrawTool::colour() const {
    return m_kind == model::DrawingKind::closure ? m_theme.grade(model::Grade::I) : m_theme.colours().accent;
}

void DrawTool::paintWords(QPainter& painter, const MapView& view) {
    if (m_kind == model::DrawingKind::area || points().empty())
        return;
    // What it will be is seen while it is made: a closed road, a pin.
    const QPointF at = view.toScreen(points()[points().size() / 2]);
    const bool pin = m_kind == model::DrawingKind::pin;
    const QRectF box = pin ? QRectF(at.x() - 13, at.y() - 26, 26, 26) : QRectF(at.x() - 11, at.y() - 11, 22, 22);
    if (!pin) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.colours().panel);
        painter.drawEllipse(box);
    }
    Symbols::paintGlyph(painter, box, pin ? QStringLiteral("pin") : QStringLiteral("closure"), colour());
}

} // namespace tocsin::gui
