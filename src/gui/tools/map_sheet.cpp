#include "gui/tools/map_sheet.hpp"

#include "gui/map/overlay.hpp"
#include "gui/tools/measures.hpp"
#include "tocsin/gui/map_view.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QLocale>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

namespace tocsin::gui {
namespace {

// in pixels of the screen
constexpr double edge = 20;
constexpr double headHeight = 58;
constexpr double footHeight = 46;
constexpr double legendWidth = 232;
constexpr double legendGap = 16;

} // namespace

QDateTime inDeskZone(base::Time time) {
    const QDateTime utc = QDateTime::fromMSecsSinceEpoch(base::toUnixMicros(time) / 1000, Qt::UTC);
    const auto secondsOf = [](const QTime& t) { return QTime(0, 0).secsTo(t); };
    int offset = secondsOf(QTime::fromString(Words::clock(time), QStringLiteral("HH:mm:ss"))) - secondsOf(utc.time());
    offset = (offset + 86'400 + 43'200) % 86'400 - 43'200; // zones from −12 h to +12 h
    return utc.toOffsetFromUtc(offset);
}

QString momentInFull(base::Time time, const QString& language) {
    const QDateTime local = inDeskZone(time);
    const int offset = local.offsetFromUtc();
    const QLocale locale(language);
    const QString day = language.startsWith(QLatin1String("zh"))
                            ? locale.toString(local.date(), QStringLiteral("yyyy年M月d日"))
                            : locale.toString(local.date(), QStringLiteral("d MMM yyyy"));
    const QString zone = QStringLiteral("UTC%1%2:%3")
                             .arg(offset < 0 ? QStringLiteral("−") : QStringLiteral("+"))
                             .arg(std::abs(offset) / 3600, 2, 10, QLatin1Char('0'))
                             .arg(std::abs(offset) / 60 % 60, 2, 10, QLatin1Char('0'));
    return QStringLiteral("%1 %2 %3").arg(day, Words::clock(time), zone);
}

MapSheet::MapSheet(const UiContext& ui, MapView& view, SheetContent content)
    : m_ui(ui), m_view(view), m_content(std::move(content)) {
    if (m_content.legend)
        m_legend = onlyVisible(legendFor(ui.theme, m_content.reachMinutes), view.layers());
}

QFont MapSheet::font(Theme::Text kind, double unit) const {
    QFont f = m_ui.theme.font(kind);
    f.setPixelSize(std::max(1, qRound(f.pixelSize() * unit)));
    return f;
}

QSizeF MapSheet::screenSize() const {
    QSizeF size(m_view.width() + 2 * edge, m_view.height() + headHeight + edge);
    if (m_content.furniture)
        size.rheight() += footHeight - edge;
    if (m_content.legend)
        size.rwidth() += legendWidth + legendGap;
    return size;
}

bool MapSheet::legendBeside(const QRectF& page, double unit) const {
    Q_UNUSED(unit)
    return page.width() >= page.height();
}

QRectF MapSheet::mapRect(const QRectF& page, double unit) const {
    QRectF room =
        page.adjusted(edge * unit, headHeight * unit, -edge * unit, -(m_content.furniture ? footHeight : edge) * unit);
    const double aspect = static_cast<double>(m_view.width()) / std::max(1, m_view.height());
    if (m_content.legend && legendBeside(page, unit))
        room.setRight(room.right() - (legendWidth + legendGap) * unit);
    double width = std::min(room.width(), room.height() * aspect);
    if (m_content.legend && !legendBeside(page, unit)) // below the map: a third of the page at most
        width = std::min(width, room.height() * 0.68 * aspect);
    return {room.left(), room.top(), width, width / aspect};
}

void MapSheet::paint(QPainter& painter, const QRectF& page, double unit) const {
    painter.save();
    painter.fillRect(page, m_ui.theme.colours().panel);
    const QRectF map = mapRect(page, unit);
    painter.save();
    painter.setClipRect(map);
    m_view.paintInto(painter, map, false);
    painter.restore();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(m_ui.theme.colours().faint, unit));
    painter.drawRect(map);
    paintHead(painter, page, unit);
    if (m_content.furniture)
        paintFoot(painter, map, page, unit);
    if (m_content.legend) {
        LegendLayout layout;
        layout.scale = unit;
        const double foot = (m_content.furniture ? footHeight : edge) * unit;
        if (legendBeside(page, unit)) {
            layout.width = legendWidth * unit;
            layout.height = page.bottom() - foot - map.top();
            paintLegend(&painter, {map.right() + legendGap * unit, map.top()}, m_legend, m_ui.theme, layout);
        } else {
            const double left = page.left() + edge * unit;
            const double top = map.bottom() + (m_content.furniture ? footHeight : edge) * unit;
            layout.columns = std::max(1, static_cast<int>((page.width() - 2 * edge * unit) / (190 * unit)));
            layout.width = (page.width() - 2 * edge * unit) / layout.columns - 16 * unit;
            layout.height = page.bottom() - edge * unit - top;
            paintLegend(&painter, {left, top}, m_legend, m_ui.theme, layout);
        }
    }
    painter.restore();
}

void MapSheet::paintHead(QPainter& painter, const QRectF& page, double unit) const {
    const Palette& palette = m_ui.theme.colours();
    const model::DeskStatus& desk = m_ui.desk.state().desk;
    const QRectF line = page.adjusted(edge * unit, 10 * unit, -edge * unit, 0);
    const double right = line.right();
    double left = line.left();

    const QString time = momentInFull(m_ui.desk.now(), m_ui.language);
    painter.setFont(font(Theme::Text::body, unit));
    const double timeWidth = m_content.furniture ? QFontMetricsF(painter.font()).horizontalAdvance(time) : 0;
    if (desk.exercise) { // on every picture, whatever else is left out
        const QString mark = tr("EXERCISE");
        painter.setFont(font(Theme::Text::bodyBold, unit));
        const double width = QFontMetricsF(painter.font()).horizontalAdvance(mark) + 20 * unit;
        const QRectF box(left, line.top() + 4 * unit, width, 28 * unit);
        painter.setPen(Qt::NoPen);
        painter.setBrush(palette.exerciseDark);
        painter.drawRoundedRect(box, 4 * unit, 4 * unit);
        painter.setPen(Qt::white);
        painter.drawText(box, Qt::AlignCenter, mark);
        left = box.right() + 12 * unit;
    }
    const QString county = Words::local(desk.county, m_ui.language);
    const QString title = m_content.title.isEmpty() ? county : m_content.title;
    const QFont large = font(Theme::Text::title, unit);
    painter.setFont(large);
    painter.setPen(palette.text);
    const double room = right - timeWidth - 16 * unit - left;
    const QString shown = QFontMetricsF(large).elidedText(title, Qt::ElideRight, room);
    painter.drawText(QRectF(left, line.top(), room, 36 * unit), Qt::AlignLeft | Qt::AlignVCenter, shown);
    const double after = left + QFontMetricsF(large).horizontalAdvance(shown) + 12 * unit;
    painter.setFont(font(Theme::Text::body, unit));
    painter.setPen(palette.dim);
    if (title != county)
        painter.drawText(QRectF(after, line.top(), std::max(0.0, right - timeWidth - 16 * unit - after), 37 * unit),
                         Qt::AlignLeft | Qt::AlignVCenter, county);
    if (m_content.furniture)
        painter.drawText(QRectF(right - timeWidth, line.top(), timeWidth, 37 * unit), Qt::AlignRight | Qt::AlignVCenter,
                         time);
}

void MapSheet::paintFoot(QPainter& painter, const QRectF& map, const QRectF& page, double unit) const {
    const Palette& palette = m_ui.theme.colours();
    const double top = map.bottom() + 8 * unit;
    const double height = 30 * unit;
    double left = map.left();
    paintNorth(painter, QRectF(left, top, 22 * unit, height), unit);
    left += 36 * unit;

    // Metres for one painter unit, in the middle of the map.
    const double metres = m_view.metresPerPixel() * m_view.width() / std::max(map.width(), 1e-9);
    const ScaleBar bar = scaleBarFor(metres, 150 * unit);
    if (bar.metres > 0) {
        const double y = top + height / 2 + 6 * unit;
        painter.setPen(QPen(palette.text, 1.5 * unit));
        painter.drawPolyline(QPolygonF{QPointF(left, y - 6 * unit), QPointF(left, y), QPointF(left + bar.pixels, y),
                                       QPointF(left + bar.pixels, y - 6 * unit)});
        painter.setFont(font(Theme::Text::second, unit));
        painter.drawText(QPointF(left + 5 * unit, y - 4 * unit), Measures::distance(base::Metres(bar.metres)));
        left += bar.pixels + 24 * unit;
    }
    painter.setFont(font(Theme::Text::hint, unit));
    painter.setPen(palette.dim);
    const QString sources = m_view.attribution().isEmpty() ? tr("No base map") : m_view.attribution();
    const double right = page.right() - edge * unit;
    const QRectF room(left, top, std::max(0.0, right - left), height);
    painter.drawText(room, Qt::AlignRight | Qt::AlignVCenter,
                     QFontMetricsF(painter.font())
                         .elidedText(tr("Sources: %1 · made with Tocsin").arg(sources), Qt::ElideRight, room.width()));
}

void MapSheet::paintNorth(QPainter& painter, const QRectF& box, double unit) const {
    const Palette& palette = m_ui.theme.colours();
    const double x = box.center().x();
    QPainterPath needle(QPointF(x, box.top()));
    needle.lineTo(x + 6 * unit, box.top() + 17 * unit);
    needle.lineTo(x, box.top() + 13 * unit);
    needle.lineTo(x - 6 * unit, box.top() + 17 * unit);
    needle.closeSubpath();
    painter.setPen(Qt::NoPen);
    painter.setBrush(palette.text);
    painter.drawPath(needle);
    painter.setPen(palette.text);
    painter.setFont(font(Theme::Text::hint, unit));
    painter.drawText(QRectF(box.left(), box.top() + 15 * unit, box.width(), 16 * unit), Qt::AlignCenter,
                     tr("N", "north, on the arrow"));
}

} // namespace tocsin::gui
