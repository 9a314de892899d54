#include "gui/calls/pick_tool.hpp"

#include "gui/tools/point_tool.hpp"

#include <QKeyEvent>
#include <QMouseEvent>

namespace tocsin::gui {

void PickTool::begin(MapView& view) {
    m_view = &view;
    view.setFocus(Qt::OtherFocusReason);
    view.update();
}

void PickTool::end() {
    if (m_view == nullptr)
        return;
    m_view->update();
    m_view = nullptr;
    emit left(); // another tool has taken its place
}

bool PickTool::clicked(QMouseEvent& event) {
    if (m_view == nullptr || event.button() != Qt::LeftButton)
        return false;
    const model::Position at = m_view->fromScreen(event.position());
    m_view = nullptr;
    emit picked(at);
    return true;
}

bool PickTool::key(QKeyEvent& event) {
    if (m_view == nullptr)
        return false;
    switch (event.key()) {
    case Qt::Key_Escape:
        m_view = nullptr;
        emit left();
        return true;
    case Qt::Key_Space:
    case Qt::Key_Return:
    case Qt::Key_Enter: {
        const model::Position at = m_view->centre();
        m_view = nullptr;
        emit picked(at);
        return true;
    }
    default:
        return false; // the arrows move the map under the cross
    }
}

void PickTool::paint(QPainter& painter, const MapView& view) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QPointF c = view.toScreen(view.centre());
    for (const QPen& pen : {QPen(m_theme.colours().mapGround, 5), QPen(m_theme.colours().accent, 2)}) {
        painter.setPen(pen);
        painter.drawLine(c - QPointF(16, 0), c + QPointF(16, 0));
        painter.drawLine(c - QPointF(0, 16), c + QPointF(0, 16));
    }
    paintPlate(painter, m_theme, {c.x(), c.y() + 44},
               tr("Click where it is · Space or Enter: here, in the middle · Esc: back"), true);
    painter.restore();
}

} // namespace tocsin::gui
