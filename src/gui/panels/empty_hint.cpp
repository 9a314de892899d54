#include "gui/panels/empty_hint.hpp"

#include <QEvent>
#include <QScrollArea>

namespace tocsin::gui {

EmptyHint::EmptyHint(QScrollArea& area) : QLabel(area.viewport()), m_area(area) {
    setProperty("role", QStringLiteral("dim"));
    setWordWrap(true);
    setAlignment(Qt::AlignCenter);
    setMargin(24);
    area.viewport()->installEventFilter(this);
}

void EmptyHint::stand(bool instead) {
    if (m_area.widget() != nullptr)
        m_area.widget()->setVisible(!instead);
    setGeometry(m_area.viewport()->rect());
    setVisible(instead);
}

bool EmptyHint::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Resize && watched == m_area.viewport())
        setGeometry(m_area.viewport()->rect());
    return QLabel::eventFilter(watched, event);
}

} // namespace tocsin::gui
