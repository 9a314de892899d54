#include "gui/map/layer.hpp"

#include <QLineF>

namespace tocsin::gui {

QRectF squareAbout(const QPointF& centre, double edge) {
    return {centre.x() - edge / 2, centre.y() - edge / 2, edge, edge};
}

QPainterPath pathOf(const QRectF& rect) {
    QPainterPath path;
    path.addRect(rect);
    return path;
}

void paintHalo(QPainter& painter, const QRectF& rect, const Theme& theme, bool round) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    QColor accent = theme.colours().accent;
    painter.setBrush(Qt::NoBrush);
    const QRectF ring = rect.adjusted(-5, -5, 5, 5);
    const auto draw = [&](const QRectF& box) {
        if (round)
            painter.drawEllipse(box);
        else
            painter.drawRoundedRect(box, 8, 8);
    };
    QColor glow = accent;
    glow.setAlpha(60);
    painter.setPen(QPen(glow, 7));
    draw(ring);
    painter.setPen(QPen(accent, 2));
    draw(ring);
    painter.restore();
}

void paintCount(QPainter& painter, const QRectF& rect, int count, const Theme& theme) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QString text = count > 999 ? QStringLiteral("999+") : QString::number(count);
    QFont font = theme.font(Theme::Text::hint);
    font.setBold(true);
    painter.setFont(font);
    const double width = std::max(16.0, QFontMetricsF(font).horizontalAdvance(text) + 8);
    const QRectF badge(rect.right() - width / 2 + 1, rect.top() - 8, width, 16);
    painter.setPen(QPen(theme.colours().mapGround, 1.5));
    painter.setBrush(theme.colours().text);
    painter.drawRoundedRect(badge, 8, 8);
    painter.setPen(theme.colours().panel);
    painter.drawText(badge, Qt::AlignCenter, text);
    painter.restore();
}

void paintGradeBadge(QPainter& painter, const QRectF& rect, model::Grade grade, const Theme& theme) {
    const double edge = 15;
    const QRectF badge(rect.right() - edge * 0.62, rect.bottom() - edge * 0.62, edge, edge);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.colours().mapGround);
    painter.drawEllipse(badge.adjusted(-2, -2, 2, 2));
    painter.restore();
    Symbols::paintSeverity(painter, badge, grade, theme);
}

void paintLeader(QPainter& painter, const QPointF& from, const QPointF& to, const QColor& colour) {
    if (QLineF(from, to).length() < 6)
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colour, 1.2));
    painter.drawLine(from, to);
    painter.setBrush(colour);
    painter.drawEllipse(to, 2.2, 2.2);
    painter.restore();
}

} // namespace tocsin::gui
