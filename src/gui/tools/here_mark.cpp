#include "gui/tools/here_mark.hpp"

#include "tocsin/gui/map_view.hpp"

#include <QEvent>
#include <QPainter>

namespace tocsin::gui {

HereMark::HereMark(const Theme& theme, MapView& view) : QWidget(&view), m_theme(theme), m_view(view) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setAttribute(Qt::WA_NoSystemBackground);
    setFocusPolicy(Qt::NoFocus);
    view.installEventFilter(this);
    hide();
}

void HereMark::showAt(const model::Position& position) {
    m_position = position;
    setGeometry(m_view.rect());
    show();
    lower(); // below all that floats
    update();
}

bool HereMark::eventFilter(QObject* watched, QEvent* event) {
    if (watched == &m_view && event->type() == QEvent::Resize)
        setGeometry(m_view.rect());
    return QWidget::eventFilter(watched, event);
}

void HereMark::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QPointF at = m_view.toScreen(m_position);
    painter.setBrush(Qt::NoBrush);
    for (const QPen& pen : {QPen(m_theme.colours().mapGround, 5), QPen(m_theme.colours().accent, 2.5)}) {
        painter.setPen(pen);
        painter.drawEllipse(at, 11, 11);
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.colours().accent);
    painter.drawEllipse(at, 2.5, 2.5);
}

} // namespace tocsin::gui
