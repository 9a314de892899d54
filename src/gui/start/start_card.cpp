#include "gui/start/start_card.hpp"

#include "tocsin/gui/symbols.hpp"

#include <QPainter>

namespace tocsin::gui {

StartCard::StartCard(const Theme& theme, QString glyph, QWidget* parent)
    : QAbstractButton(parent), m_theme(theme), m_glyph(std::move(glyph)) {
    setCheckable(true);
    setAutoExclusive(true);
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void StartCard::setWords(const QString& title, const QString& detail) {
    setText(title);
    m_detail = detail;
    setAccessibleName(title);
    setAccessibleDescription(detail);
    update();
}

void StartCard::enterEvent(QEnterEvent* /*event*/) {
    update();
}
void StartCard::leaveEvent(QEvent* /*event*/) {
    update();
}

void StartCard::paintEvent(QPaintEvent* /*event*/) {
    const Palette& p = m_theme.colours();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool on = isChecked();
    painter.setPen(QPen(on || hasFocus() ? p.accent : underMouse() ? p.faint : p.line, on ? 2 : 1));
    painter.setBrush(on ? p.selectedRow : p.raised);
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 6, 6);
    if (hasFocus() && on) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(p.text, 1));
        painter.drawRoundedRect(QRectF(rect()).adjusted(4, 4, -4, -4), 4, 4);
    }
    Symbols::paintGlyph(painter, QRectF(18, 18, 24, 24), m_glyph, on ? p.accent : p.dim);
    // A ring with a dot says what is chosen without its colour.
    const QPointF ring(width() - 26, 30);
    painter.setPen(QPen(on ? p.accent : p.faint, 1.6));
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(ring, 8, 8);
    if (on) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(p.accent);
        painter.drawEllipse(ring, 4, 4);
    }
    painter.setPen(p.text);
    painter.setFont(m_theme.font(Theme::Text::rowBold));
    painter.drawText(QRect(54, 18, width() - 100, 24), Qt::AlignVCenter, text());
    painter.setPen(p.dim);
    painter.setFont(m_theme.font(Theme::Text::body));
    painter.drawText(QRect(54, 46, width() - 74, height() - 54), Qt::TextWordWrap, m_detail);
}

} // namespace tocsin::gui
