#include "gui/dispatch/timeline_view.hpp"

#include "tocsin/gui/panels/words.hpp"
#include "tocsin/gui/symbols.hpp"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPrinter>
#include <algorithm>
#include <array>
#include <chrono>

namespace tocsin::gui {

namespace {

using namespace std::chrono_literals;

constexpr int axisHeight = 34;
constexpr int rowHeight = 46;
constexpr int namesWidth = 220;
constexpr base::Duration shortest = 10min;
constexpr base::Duration longest = 24h * 14;

double inSeconds(base::Duration d) {
    return std::chrono::duration<double>(d).count();
}

} // namespace

struct TimelineView::Frame {
    base::Time from;
    base::Duration span{0};
    int left{0};  ///< where time begins
    int width{0}; ///< of time
    int height{0};
    const Theme& theme; ///< the window's, or that of paper
    [[nodiscard]] double x(base::Time t) const {
        return left + width * std::clamp(inSeconds(t - from) / inSeconds(span), -2.0, 3.0);
    }
};

TimelineView::TimelineView(const UiContext& ui, QWidget* parent) : TimeRowsView(ui, axisHeight, rowHeight, parent) {
    setObjectName(QStringLiteral("timelineView"));
}

base::Time TimelineView::to() const {
    return m_from + m_span;
}

void TimelineView::setEmptyText(const QString& text) {
    m_empty = text;
    viewport()->update();
}

void TimelineView::setRows(std::vector<TimelineRow> rows) {
    const auto kept = current() == nullptr ? model::ResourceId() : current()->resource;
    m_rows = std::move(rows);
    setCurrentRow(-1);
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        if (m_rows[i].resource == kept)
            setCurrentRow(static_cast<int>(i));
    }
    bars();
    viewport()->update();
}

const TimelineRow* TimelineView::current() const {
    return hasCurrent() ? &m_rows[static_cast<std::size_t>(currentRow())] : nullptr;
}

void TimelineView::toNow() {
    m_from = m_ui.desk.now() - std::chrono::duration_cast<base::Duration>(m_span * 3 / 4);
    m_set = true;
    viewport()->update();
    emit spanChanged();
}

void TimelineView::zoom(double factor) {
    const auto middle = m_from + m_span / 2;
    const auto wanted = base::Duration(static_cast<std::int64_t>(static_cast<double>(m_span.count()) / factor));
    m_span = std::clamp(wanted, shortest, longest);
    m_from = middle - m_span / 2;
    viewport()->update();
    emit spanChanged();
}

void TimelineView::pan(double part) {
    m_from += base::Duration(static_cast<std::int64_t>(static_cast<double>(m_span.count()) * part));
    viewport()->update();
    emit spanChanged();
}

void TimelineView::choose(int row) {
    if (goTo(row))
        tellReaders(spoken(*current()));
}

QString TimelineView::spoken(const TimelineRow& row) const {
    const auto resource = m_ui.desk.state().resources.find(row.resource);
    QStringList parts{resource == m_ui.desk.state().resources.end() ? tr("a team")
                                                                    : Words::local(resource->second.name, m_ui.language)};
    for (const auto& bar : row.bars) {
        const auto incident = m_ui.desk.state().incidents.find(bar.incident);
        if (incident != m_ui.desk.state().incidents.end())
            parts << Words::plain(incident->second.number);
        parts << tr("from %1 to %2").arg(Words::hourMinute(bar.from), bar.running ? tr("now") : Words::hourMinute(bar.until));
        if (bar.behind)
            parts << (*bar.behind >= base::Duration{0} ? tr("%1 later than predicted").arg(Words::span(*bar.behind))
                                                       : tr("%1 earlier than predicted").arg(Words::span(-*bar.behind)));
        if (bar.untold)
            parts << tr("when it set out was not told");
    }
    return parts.join(QStringLiteral(", "));
}

TimelineView::Frame TimelineView::frame() const {
    return {m_from, m_span, namesWidth, std::max(50, viewport()->width() - namesWidth - 12), viewport()->height(), m_ui.theme};
}

void TimelineView::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
    case Qt::Key_Left:
        return pan(-0.1);
    case Qt::Key_Right:
        return pan(0.1);
    case Qt::Key_Up:
        return choose(currentRow() - 1);
    case Qt::Key_Down:
        return choose(currentRow() + 1);
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return zoom(1.5);
    case Qt::Key_Minus:
        return zoom(1 / 1.5);
    case Qt::Key_Home:
        return toNow();
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (const auto* row = current())
            emit opened(row->resource);
        return;
    default:
        QAbstractScrollArea::keyPressEvent(event);
    }
}

void TimelineView::wheelEvent(QWheelEvent* event) {
    if (event->modifiers() & Qt::ControlModifier)
        zoom(event->angleDelta().y() > 0 ? 1.25 : 0.8);
    else if (event->modifiers() & Qt::ShiftModifier || event->angleDelta().x() != 0)
        pan((event->angleDelta().x() != 0 ? event->angleDelta().x() : event->angleDelta().y()) > 0 ? -0.1 : 0.1);
    else
        QAbstractScrollArea::wheelEvent(event);
}

void TimelineView::mousePressEvent(QMouseEvent* event) {
    const QPoint point = event->position().toPoint();
    if (const auto row = rowAt(point))
        choose(*row);
    m_pressed = point;
    m_pressedFrom = m_from;
}

void TimelineView::mouseMoveEvent(QMouseEvent* event) {
    if (!m_pressed)
        return;
    const double part = (m_pressed->x() - event->position().x()) / frame().width;
    m_from = m_pressedFrom + base::Duration(static_cast<std::int64_t>(static_cast<double>(m_span.count()) * part));
    viewport()->update();
}

void TimelineView::mouseReleaseEvent(QMouseEvent*) {
    const bool moved = m_pressed && m_from != m_pressedFrom;
    m_pressed.reset();
    if (moved)
        emit spanChanged();
}

void TimelineView::mouseDoubleClickEvent(QMouseEvent*) {
    if (const auto* row = current())
        emit opened(row->resource);
}

void TimelineView::resizeEvent(QResizeEvent* event) {
    TimeRowsView::resizeEvent(event);
    if (!m_set)
        toNow();
}

void TimelineView::paintEvent(QPaintEvent* event) {
    const Palette& c = m_ui.theme.colours();
    QPainter p(viewport());
    p.setRenderHint(QPainter::Antialiasing);
    p.fillRect(event->rect(), c.window);
    const Frame at = frame();
    if (m_rows.empty()) {
        p.setFont(m_ui.theme.font(Theme::Text::row));
        p.setPen(c.dim);
        p.drawText(viewport()->rect().adjusted(60, axisHeight, -60, 0), Qt::AlignCenter | Qt::TextWordWrap, m_empty);
    }
    p.setClipRect(0, axisHeight, viewport()->width(), at.height);
    eachSeen([&](int i, int top) { paintRow(p, at, m_rows[static_cast<std::size_t>(i)], top, i == currentRow()); });
    p.setClipping(false);
    paintAxis(p, at);
}

void TimelineView::paintAxis(QPainter& p, const Frame& at) const {
    const Palette& c = at.theme.colours();
    p.fillRect(QRect(0, 0, at.left + at.width + 12, axisHeight), c.panel);
    p.fillRect(QRect(0, axisHeight - 1, at.left + at.width + 12, 1), c.line);
    constexpr std::array steps{1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880};
    int minutes = steps.back();
    for (const int step : steps) {
        if (inSeconds(at.span) / 60 / step * 76 <= at.width) {
            minutes = step;
            break;
        }
    }
    const auto each = std::chrono::minutes(minutes);
    // Ticks stand on the county's own full hours.
    const auto shift = std::chrono::seconds(Words::dateTime(at.from).offsetFromUtc());
    auto tick = base::Time(std::chrono::duration_cast<base::Duration>((at.from.time_since_epoch() + shift) / each * each - shift));
    p.setFont(at.theme.font(Theme::Text::hint));
    for (; tick <= at.from + at.span; tick += each) {
        const double x = at.x(tick);
        if (x < at.left)
            continue;
        p.setPen(QPen(c.line, 1));
        p.drawLine(QPointF(x, axisHeight - 6), QPointF(x, at.height));
        p.setPen(c.dim);
        p.drawText(QRectF(x - 50, 0, 100, axisHeight - 6), Qt::AlignCenter,
                   minutes >= 1440 ? Words::moment(tick, m_ui.desk.now() - std::chrono::hours(24 * 400), m_ui.language)
                                   : Words::hourMinute(tick));
    }
    const double now = at.x(m_ui.desk.now());
    if (now >= at.left && now <= at.left + at.width) {
        p.setPen(QPen(c.text, 2));
        p.drawLine(QPointF(now, axisHeight - 8), QPointF(now, at.height));
        const QString word = tr("now");
        p.setFont(at.theme.font(Theme::Text::bodyBold));
        const double wide = p.fontMetrics().horizontalAdvance(word) + 12;
        p.setPen(Qt::NoPen);
        p.setBrush(c.text);
        p.drawRoundedRect(QRectF(now - wide / 2, 6, wide, 19), 4, 4);
        p.setPen(c.panel);
        p.drawText(QRectF(now - wide / 2, 6, wide, 19), Qt::AlignCenter, word);
    }
}

void TimelineView::paintRow(QPainter& p, const Frame& at, const TimelineRow& row, int top, bool current) const {
    const Palette& c = at.theme.colours();
    const QRect box(0, top, at.left + at.width + 12, rowHeight);
    p.fillRect(box, current ? c.selectedRow : c.panel);
    p.fillRect(QRect(0, top + rowHeight - 1, box.width(), 1), c.line);
    // When people are on duty: a line along the foot.
    p.save();
    p.setClipRect(QRect(at.left, top, at.width + 12, rowHeight), Qt::IntersectClip);
    for (const auto& turn : row.duty) {
        const double a = at.x(turn.from);
        const double b = at.x(turn.until);
        p.fillRect(QRectF(a, top + rowHeight - 5, b - a, 3), c.faint);
        p.fillRect(QRectF(a, top + rowHeight - 9, 1.5, 7), c.faint);
    }
    for (const auto& bar : row.bars)
        paintBar(p, at, bar, top);
    if (row.limitReached) {
        const double x = at.x(*row.limitReached);
        p.setPen(QPen(c.text, 2, Qt::DotLine));
        p.drawLine(QPointF(x, top + 3), QPointF(x, top + rowHeight - 4));
        p.setFont(at.theme.font(Theme::Text::hint));
        p.drawText(QRectF(x + 4, top + 2, 140, 14), Qt::AlignLeft, tr("%1 h reached").arg(Words::number(row.limitHours)));
    }
    p.restore();
    p.fillRect(QRect(0, top, at.left, rowHeight - 1), current ? c.selectedRow : c.panel);
    const auto resource = m_ui.desk.state().resources.find(row.resource);
    const bool known = resource != m_ui.desk.state().resources.end();
    Symbols::paintGlyph(p, QRectF(10, top + 12, 20, 20), known ? Symbols::forResource(resource->second) : QStringLiteral("team"), c.text);
    p.setFont(at.theme.font(Theme::Text::bodyBold));
    p.setPen(c.text);
    const int room = at.left - 48;
    p.drawText(QRect(38, top + 4, room, 20), Qt::AlignLeft | Qt::AlignVCenter,
               p.fontMetrics().elidedText(known ? Words::local(resource->second.name, m_ui.language) : tr("a team"), Qt::ElideMiddle, room));
    if (row.limitHours > 0) {
        const double hours = inSeconds(row.bound) / 3600;
        p.setFont(at.theme.font(Theme::Text::hint));
        const bool over = hours > row.limitHours;
        p.setPen(over ? c.text : c.dim);
        p.drawText(QRect(38 + (over ? 18 : 0), top + 23, room, 18), Qt::AlignLeft | Qt::AlignVCenter,
                   over ? tr("%1 of %2 h: relieve them").arg(Words::number(hours, 1), Words::number(row.limitHours))
                        : tr("%1 of %2 h").arg(Words::number(hours, 1), Words::number(row.limitHours)));
        if (over)
            Symbols::paintSeverity(p, QRectF(38, top + 25, 14, 14), model::Grade::III, at.theme);
    }
    p.fillRect(QRect(at.left - 1, top, 1, rowHeight), c.line);
}

void TimelineView::paintBar(QPainter& p, const Frame& at, const TimelineBar& bar, int top) const {
    const Palette& c = at.theme.colours();
    const double y = top + 9;
    constexpr double height = 20;
    const auto part = [&](base::Time a, base::Time b, const QBrush& brush) {
        if (b <= a)
            return;
        const QRectF box(at.x(a), y, std::max(1.0, at.x(b) - at.x(a)), height);
        p.fillRect(box, brush);
    };
    QColor soft = c.accent;
    soft.setAlphaF(0.35F);
    part(bar.from, bar.accepted, QBrush(c.dim, Qt::Dense6Pattern));
    part(bar.accepted, bar.departed, QBrush(soft, Qt::BDiagPattern));
    part(bar.departed, bar.arrived, QBrush(c.accent));
    part(bar.arrived, bar.until, QBrush(soft));
    p.setPen(QPen(c.faint, 1));
    p.setBrush(Qt::NoBrush);
    p.drawRect(QRectF(at.x(bar.from), y, std::max(1.0, at.x(bar.until) - at.x(bar.from)), height));
    const auto incident = m_ui.desk.state().incidents.find(bar.incident);
    if (incident != m_ui.desk.state().incidents.end() && bar.arrived < bar.until) {
        const QRectF box(at.x(bar.arrived) + 4, y, at.x(bar.until) - at.x(bar.arrived) - 8, height);
        p.setFont(at.theme.font(Theme::Text::hint));
        p.setPen(c.text);
        if (box.width() > 40)
            p.drawText(box, Qt::AlignLeft | Qt::AlignVCenter,
                       p.fontMetrics().elidedText(Words::plain(incident->second.number), Qt::ElideRight, static_cast<int>(box.width())));
    }
    if (!bar.predicted)
        return;
    // Predicted: a tick with its interval as a whisker below the bar; what came is the bar's own edge.
    const double line = y + height + 4;
    p.setPen(QPen(c.text, 1.5));
    p.drawLine(QPointF(at.x(*bar.predicted), y - 3), QPointF(at.x(*bar.predicted), line + 3));
    if (bar.latest > bar.earliest) {
        p.drawLine(QPointF(at.x(bar.earliest), line), QPointF(at.x(bar.latest), line));
        p.drawLine(QPointF(at.x(bar.earliest), line - 3), QPointF(at.x(bar.earliest), line + 3));
        p.drawLine(QPointF(at.x(bar.latest), line - 3), QPointF(at.x(bar.latest), line + 3));
    }
    if (bar.behind) {
        const bool late = *bar.behind >= base::Duration{0};
        const QString words = (late ? QStringLiteral("+") : QStringLiteral("−")) + Words::span(late ? *bar.behind : -*bar.behind);
        p.setFont(at.theme.font(Theme::Text::hint));
        const double x = std::max(at.x(*bar.predicted), at.x(bar.latest)) + 5;
        p.drawText(QRectF(x, y + height - 1, 80, 15), Qt::AlignLeft | Qt::AlignVCenter, words);
    }
}

void TimelineView::print(QPrinter& printer, const QString& title) const {
    QPainter p(&printer);
    const QRect page = printer.pageLayout().paintRectPixels(printer.resolution());
    // Laid out as on a screen 1,400 px wide, whatever the paper.
    constexpr int wide = 1400;
    const double scale = static_cast<double>(page.width()) / wide;
    const int high = static_cast<int>(page.height() / scale);
    p.scale(scale, scale);
    constexpr int head = 40;
    const int each = std::max(1, (high - head - axisHeight) / rowHeight);
    const Theme paper(Theme::Paper{}); // whatever the window wears: dark bands would drink the ink and hide the hours
    for (std::size_t first = 0; first == 0 || first < m_rows.size(); first += static_cast<std::size_t>(each)) {
        if (first > 0)
            printer.newPage();
        const auto count = static_cast<int>(std::min<std::size_t>(static_cast<std::size_t>(each), m_rows.size() - first));
        p.setFont(paper.font(Theme::Text::title));
        p.setPen(Qt::black);
        p.drawText(QRect(0, 0, wide, head - 8), Qt::AlignLeft | Qt::AlignVCenter, title);
        p.save();
        p.translate(0, head);
        const Frame at{m_from, m_span, namesWidth, wide - namesWidth - 12, axisHeight + count * rowHeight, paper};
        for (int i = 0; i < count; ++i)
            paintRow(p, at, m_rows[first + static_cast<std::size_t>(i)], axisHeight + i * rowHeight, false);
        paintAxis(p, at);
        p.restore();
    }
}

} // namespace tocsin::gui
