#include "gui/shell/search_box.hpp"

#include "tocsin/gui/symbols.hpp"

#include <QKeyEvent>
#include <QPainter>

namespace tocsin::gui {

SearchBox::SearchBox(const UiContext& ui, QWidget* parent) : QWidget(parent), m_ui(ui) {
    setObjectName(QStringLiteral("searchBox"));
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::IBeamCursor);
    setFixedHeight(36);
    setAccessibleName(tr("Place, team, sensor, coordinates"));
}

void SearchBox::mousePressEvent(QMouseEvent* /*event*/) {
    emit wanted(QString());
}

void SearchBox::keyPressEvent(QKeyEvent* event) {
    const QString text = event->text();
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        emit wanted(QString());
    else if (!text.isEmpty() && text[0].isPrint() && event->key() != Qt::Key_Space)
        emit wanted(text);
    else
        QWidget::keyPressEvent(event);
}

void SearchBox::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        setAccessibleName(tr("Place, team, sensor, coordinates"));
        update();
    }
    QWidget::changeEvent(event);
}

void SearchBox::paintEvent(QPaintEvent* /*event*/) {
    const Palette& p = m_ui.theme.colours();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(hasFocus() ? p.accent : p.line, 1));
    painter.setBrush(p.scrim);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    painter.setFont(m_ui.theme.font(Theme::Text::hint));
    const QString key = QStringLiteral("Ctrl K");
    const int keyWidth = painter.fontMetrics().horizontalAdvance(key) + 14;
    const QRectF cap(width() - keyWidth - 10, height() / 2.0 - 9, keyWidth, 18);
    painter.setPen(p.line);
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(cap.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
    painter.setPen(p.dim);
    painter.drawText(cap, Qt::AlignCenter, key);
    Symbols::paintGlyph(painter, QRectF(10, height() / 2.0 - 8, 16, 16), QStringLiteral("search"), p.dim);
    painter.setFont(m_ui.theme.font(Theme::Text::body));
    const QRect room(34, 0, static_cast<int>(cap.left()) - 42, height());
    painter.drawText(
        room, Qt::AlignVCenter,
        painter.fontMetrics().elidedText(tr("Place, team, sensor, coordinates"), Qt::ElideRight, room.width()));
}

} // namespace tocsin::gui
