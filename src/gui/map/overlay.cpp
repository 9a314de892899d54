#include "gui/map/overlay.hpp"

#include "tocsin/gui/map_view.hpp"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainterPath>
#include <cmath>

namespace tocsin::gui {

ScaleBar scaleBarFor(double metresPerPixel, double most) {
    ScaleBar bar;
    if (!(metresPerPixel > 0) || !std::isfinite(metresPerPixel))
        return bar;
    const double widest = metresPerPixel * most;
    const double power = std::pow(10.0, std::floor(std::log10(widest)));
    for (const double times : {1.0, 2.0, 5.0})
        if (times * power <= widest * (1 + 1e-9))
            bar.metres = times * power;
    bar.pixels = bar.metres / metresPerPixel;
    return bar;
}

void paintScaleBar(QPainter& painter, const Viewport& view, const Theme& theme, double foot) {
    const ScaleBar bar = scaleBarFor(view.metresPerPixel(), 140);
    if (bar.metres <= 0)
        return;
    const QString text =
        bar.metres >= 1000
            ? QCoreApplication::translate("tocsin::gui::MapView", "%1 km", "scale bar").arg(bar.metres / 1000)
            : QCoreApplication::translate("tocsin::gui::MapView", "%1 m", "scale bar").arg(bar.metres);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, false);
    const double left = 16;
    const double y = std::round(view.size.height() - foot - 16) + 0.5;
    QPainterPath line(QPointF(left + 0.5, y - 5));
    line.lineTo(left + 0.5, y);
    line.lineTo(std::round(left + bar.pixels) + 0.5, y);
    line.lineTo(std::round(left + bar.pixels) + 0.5, y - 5);
    painter.setPen(QPen(theme.colours().mapGround, 4));
    painter.drawPath(line);
    painter.setPen(QPen(theme.colours().dim, 1.5));
    painter.drawPath(line);
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath words;
    const QFont font = theme.font(Theme::Text::second);
    words.addText(QPointF(left + 1, y - 8), font, text);
    painter.strokePath(words, QPen(theme.colours().mapGround, 3, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.fillPath(words, theme.colours().dim);
    painter.restore();
}

void paintAttribution(QPainter& painter, const Viewport& view, const Theme& theme, double foot, const QString& text) {
    painter.save();
    const QFont font = theme.font(Theme::Text::hint);
    painter.setFont(font);
    const QFontMetricsF metrics(font);
    const QSizeF size(metrics.horizontalAdvance(text) + 12, metrics.height() + 4);
    const QRectF box(view.size.width() - size.width() - 8, view.size.height() - foot - size.height() - 8, size.width(),
                     size.height());
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    QColor back = theme.colours().mapLabelBack;
    back.setAlpha(170);
    painter.setBrush(back);
    painter.drawRoundedRect(box, 4, 4);
    painter.setPen(theme.colours().dim);
    painter.drawText(box, Qt::AlignCenter, text);
    painter.restore();
}

void paintWatermark(QPainter& painter, const Viewport& view, const Theme& theme) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    QFont font = theme.font(Theme::Text::title);
    font.setPixelSize(58);
    font.setBold(true);
    font.setLetterSpacing(QFont::AbsoluteSpacing, 14);
    const QString text = QCoreApplication::translate("tocsin::gui::MapView", "EXERCISE");
    const double width = QFontMetricsF(font).horizontalAdvance(text);
    QPainterPath words;
    words.addText(QPointF(-width / 2, 20), font, text);
    QColor colour = theme.colours().exercise;
    colour.setAlpha(theme.look() == Theme::Look::dark ? 25 : 22);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    const double stepX = width + 230;
    const double stepY = 290;
    painter.translate(view.size.width() / 2, view.size.height() / 2);
    painter.rotate(-24);
    const double reach = std::hypot(view.size.width(), view.size.height()) / 2;
    const int columns = static_cast<int>(reach / stepX) + 2;
    const int rows = static_cast<int>(reach / stepY) + 1;
    for (int row = -rows; row <= rows; ++row)
        for (int column = -columns; column <= columns; ++column) {
            const QPointF at((column + (row % 2 != 0 ? 0.5 : 0.0)) * stepX, row * stepY);
            painter.translate(at);
            painter.drawPath(words);
            painter.translate(-at);
        }
    painter.restore();
}

void paintNotice(QPainter& painter, const Viewport& view, const Theme& theme, const QString& title,
                 const QString& sentence, double foot) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const Palette& palette = theme.colours();
    const QRectF most = view.rect().adjusted(40, 40, -40, -40);
    painter.setFont(theme.font(Theme::Text::rowBold));
    const QRectF head = painter.boundingRect(most, Qt::AlignCenter | Qt::TextWordWrap, title);
    painter.setFont(theme.font(Theme::Text::body));
    const QRectF body = painter.boundingRect(most, Qt::AlignCenter | Qt::TextWordWrap, sentence);
    const double width = std::max(head.width(), body.width()) + 48;
    const double height = head.height() + body.height() + 44;
    const QRectF box(view.size.width() / 2 - width / 2, view.size.height() - foot - height - 56, width, height);
    painter.setPen(QPen(palette.line, 1));
    painter.setBrush(palette.scrim);
    painter.drawRoundedRect(box, 6, 6);
    painter.setPen(palette.text);
    painter.setFont(theme.font(Theme::Text::rowBold));
    painter.drawText(QRectF(box.left(), box.top() + 18, width, head.height()), Qt::AlignCenter | Qt::TextWordWrap,
                     title);
    painter.setPen(palette.dim);
    painter.setFont(theme.font(Theme::Text::body));
    painter.drawText(QRectF(box.left() + 20, box.top() + 26 + head.height(), width - 40, body.height()),
                     Qt::AlignCenter | Qt::TextWordWrap, sentence);
    painter.restore();
}

} // namespace tocsin::gui
