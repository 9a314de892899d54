#include "gui/map/overlay.hpp"

#include "tocsin/gui/map_view.hpp"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPaintEngine>
#include <QPainterPath>
#include <QPixmapCache>
#include <QTransform>
#include <algorithm>
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

void paintLegend(QPainter& painter, const Viewport& view, const Theme& theme, double foot,
                 const std::vector<ShadeLine>& lines) {
    if (lines.empty())
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const Palette& palette = theme.colours();
    const QFontMetricsF body(theme.font(Theme::Text::second));
    const QFontMetricsF bold(theme.font(Theme::Text::bodyBold));
    double width = 0;
    double height = 16;
    for (const ShadeLine& line : lines) {
        height += 20 + (line.title.isEmpty() ? 0 : 20);
        width = std::max({width, bold.horizontalAdvance(line.title),
                          72 + body.horizontalAdvance(line.first) + body.horizontalAdvance(line.last)});
    }
    const QRectF box(16, view.size.height() - foot - 52 - height, width + 28, height);
    painter.setPen(QPen(palette.line, 1));
    painter.setBrush(palette.mapLabelBack);
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    double y = box.top() + 8;
    for (const ShadeLine& line : lines) {
        const double left = box.left() + 12;
        if (!line.title.isEmpty()) {
            painter.setFont(theme.font(Theme::Text::bodyBold));
            painter.setPen(palette.text);
            painter.drawText(QRectF(left, y, width + 8, 20), Qt::AlignVCenter | Qt::AlignLeft, line.title);
            y += 20;
        }
        painter.setFont(theme.font(Theme::Text::second));
        painter.setPen(palette.dim);
        double x = left;
        const auto say = [&](const QString& text) {
            painter.drawText(QPointF(x, y + 10 + body.ascent() / 2 - 1), text);
            x += body.horizontalAdvance(text) + 8;
        };
        if (!line.last.isEmpty())
            say(line.first);
        QLinearGradient run(x, 0, x + 48, 0);
        run.setColorAt(0, line.from);
        run.setColorAt(1, line.to);
        painter.fillRect(QRectF(x, y + 5, 48, 10), run);
        x += 56;
        say(line.last.isEmpty() ? line.first : line.last);
        y += 20;
    }
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
    QColor colour = theme.colours().exercise;
    colour.setAlpha(theme.look() == Theme::Look::dark ? 25 : 22);
    const auto paintWord = [&](QPainter& onto) {
        QPainterPath words;
        words.addText(QPointF(-width / 2, 20), font, text);
        onto.setRenderHint(QPainter::Antialiasing);
        onto.setPen(Qt::NoPen);
        onto.setBrush(colour);
        onto.rotate(-24);
        onto.drawPath(words);
    };
    // Written once and then stamped: as outlines the words would cost more than all else on the map.
    const bool stamps = painter.paintEngine() != nullptr && painter.paintEngine()->type() == QPaintEngine::Raster;
    const double ratio = painter.device()->devicePixelRatioF();
    const QSizeF room(width * 0.94 + 80, width * 0.43 + 90);
    QPixmap stamp;
    if (stamps) {
        const QString key = QStringLiteral("tocsin-watermark/%1/%2/%3").arg(text).arg(colour.rgba()).arg(ratio);
        if (!QPixmapCache::find(key, &stamp)) {
            stamp = QPixmap((room * ratio).toSize());
            stamp.setDevicePixelRatio(ratio);
            stamp.fill(Qt::transparent);
            QPainter onto(&stamp);
            onto.translate(room.width() / 2, room.height() / 2);
            paintWord(onto);
            onto.end();
            QPixmapCache::insert(key, stamp);
        }
    }
    const double stepX = width + 230;
    const double stepY = 290;
    QTransform turned;
    turned.translate(view.size.width() / 2, view.size.height() / 2);
    turned.rotate(-24);
    const QRectF seen = view.rect().adjusted(-width / 2, -width / 2, width / 2, width / 2);
    const double reach = std::hypot(view.size.width(), view.size.height()) / 2;
    const int columns = static_cast<int>(reach / stepX) + 2;
    const int rows = static_cast<int>(reach / stepY) + 1;
    for (int row = -rows; row <= rows; ++row)
        for (int column = -columns; column <= columns; ++column) {
            const QPointF at = turned.map(QPointF((column + (row % 2 != 0 ? 0.5 : 0.0)) * stepX, row * stepY));
            if (!seen.contains(at))
                continue;
            if (stamps) {
                painter.drawPixmap(QPointF(std::round(at.x() - room.width() / 2), std::round(at.y() - room.height() / 2)),
                                   stamp);
                continue;
            }
            painter.save();
            painter.translate(at);
            paintWord(painter);
            painter.restore();
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
