#include "gui/resources/roster_view.hpp"

#include "gui/resources/roster_words.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "tocsin/gui/symbols.hpp"

#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <chrono>

namespace tocsin::gui {

namespace {

constexpr int axisHeight = 30;
constexpr int rowHeight = 30;
constexpr int namesWidth = 210;
constexpr int wordsWidth = 330;
constexpr int leastTimes = 320; ///< of the time's width, before the words give way
constexpr int rightEdge = 10;

double inSeconds(base::Duration d) {
    return std::chrono::duration<double>(d).count();
}

} // namespace

struct RosterView::Frame {
    RosterSpan shown;
    int words{0}; ///< their width
    int left{0};  ///< where time begins
    int width{0}; ///< of time
    [[nodiscard]] double x(base::Time t) const {
        const double whole = inSeconds(shown.until - shown.from);
        return left + width * std::clamp(whole > 0 ? inSeconds(t - shown.from) / whole : 0, 0.0, 1.0);
    }
};

RosterView::RosterView(const UiContext& ui, QWidget* parent) : TimeRowsView(ui, axisHeight, rowHeight, parent) {
    setObjectName(QStringLiteral("rosterView"));
}

void RosterView::setRows(std::vector<RosterRow> rows, RosterSpan shown) {
    const auto keptRow = current() == nullptr ? RosterRow() : *current();
    const auto keptTurn = turn() == nullptr ? model::DutyTurn() : *turn();
    m_rows = std::move(rows);
    m_shown = shown;
    m_turn = -1;
    int kept = -1;
    int nearest = -1;
    for (std::size_t i = 0; i < m_rows.size() && kept < 0; ++i) {
        if (m_rows[i].resource != keptRow.resource)
            continue;
        nearest = nearest < 0 ? static_cast<int>(i) : nearest;
        if (m_rows[i].person == keptRow.person)
            kept = static_cast<int>(i);
    }
    setCurrentRow(kept < 0 ? nearest : kept); // the person may have none in this time
    if (const auto* row = current()) {
        const auto found = std::find(row->turns.begin(), row->turns.end(), keptTurn);
        m_turn = found != row->turns.end() ? static_cast<int>(found - row->turns.begin()) : row->turns.empty() ? -1 : 0;
    }
    bars();
    tell();
}

const RosterRow* RosterView::current() const {
    return hasCurrent() ? &m_rows[static_cast<std::size_t>(currentRow())] : nullptr;
}

const model::DutyTurn* RosterView::turn() const {
    const auto* row = current();
    return row != nullptr && m_turn >= 0 && m_turn < static_cast<int>(row->turns.size()) ? &row->turns[static_cast<std::size_t>(m_turn)]
                                                                                         : nullptr;
}

void RosterView::choose(int row) {
    if (!goTo(row))
        return;
    const auto& turns = current()->turns;
    const auto now = m_ui.desk.now();
    const auto on = std::find_if(turns.begin(), turns.end(), [&](const auto& one) { return model::isOnDuty(one, now); });
    m_turn = turns.empty() ? -1 : on == turns.end() ? 0 : static_cast<int>(on - turns.begin());
    tell();
}

void RosterView::chooseTurn(int wanted) {
    const auto* row = current();
    if (row == nullptr || row->turns.empty())
        return;
    m_turn = std::clamp(wanted, 0, static_cast<int>(row->turns.size()) - 1);
    tell();
}

void RosterView::select(model::ResourceId id) {
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [&](const auto& row) { return row.resource == id; });
    if (found != m_rows.end())
        choose(static_cast<int>(found - m_rows.begin()));
}

void RosterView::tell() {
    tellReaders(spoken());
    emit chosen();
}

const model::Resource* RosterView::resourceOf(const RosterRow& row) const {
    const auto& all = m_ui.desk.state().resources;
    const auto found = all.find(row.resource);
    return found == all.end() ? nullptr : &found->second;
}

QString RosterView::spoken() const {
    const auto* row = current();
    const auto* resource = row == nullptr ? nullptr : resourceOf(*row);
    if (resource == nullptr)
        return {};
    const auto now = m_ui.desk.now();
    QStringList parts{Words::local(resource->name, m_ui.language)};
    if (!row->person.empty())
        parts << Words::plain(row->person) << RosterWords::now(*resource, row->person, now, m_ui.language);
    else
        parts << RosterWords::now(*resource, now, m_ui.language);
    if (const auto* one = turn())
        parts << tr("chosen: %1").arg(RosterWords::turn(*one, now, m_ui.language));
    for (const auto& gap : row->gaps)
        parts << tr("nobody %1").arg(RosterWords::span(gap, now, m_ui.language));
    return parts.join(QStringLiteral(", "));
}

RosterView::Frame RosterView::frame() const {
    const int room = viewport()->width() - namesWidth - rightEdge;
    const int words = std::clamp(room - leastTimes, 0, wordsWidth);
    return {m_shown, words, namesWidth + words, std::max(50, room - words)};
}

void RosterView::keyPressEvent(QKeyEvent* event) {
    const bool control = event->modifiers().testFlag(Qt::ControlModifier);
    switch (event->key()) {
    case Qt::Key_Left:
        return control ? chooseTurn(m_turn - 1) : emit daysWanted(-1);
    case Qt::Key_Right:
        return control ? chooseTurn(m_turn + 1) : emit daysWanted(1);
    case Qt::Key_Up:
        return choose(currentRow() - 1);
    case Qt::Key_Down:
        return choose(currentRow() + 1);
    case Qt::Key_PageUp:
        return choose(currentRow() - pageRows());
    case Qt::Key_PageDown:
        return choose(currentRow() + pageRows());
    case Qt::Key_End:
        return choose(static_cast<int>(m_rows.size()) - 1);
    case Qt::Key_Home:
    case Qt::Key_T:
        return emit todayWanted();
    case Qt::Key_Insert:
    case Qt::Key_N:
        if (!control)
            return emit newWanted();
        break;
    case Qt::Key_Delete:
        return emit removeWanted();
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return emit changeWanted();
    default:
        break;
    }
    QAbstractScrollArea::keyPressEvent(event);
}

void RosterView::mousePressEvent(QMouseEvent* event) {
    const QPoint point = event->position().toPoint();
    const auto row = rowAt(point);
    if (!row)
        return;
    choose(*row);
    const auto& turns = current()->turns;
    const Frame at = frame();
    for (std::size_t i = 0; i < turns.size(); ++i) {
        if (at.x(turns[i].from) <= point.x() && point.x() < at.x(turns[i].until))
            return chooseTurn(static_cast<int>(i));
    }
}

void RosterView::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->position().y() > axisHeight && current() != nullptr)
        emit changeWanted();
}

void RosterView::paintEvent(QPaintEvent* event) {
    QPainter p(viewport());
    p.setRenderHint(QPainter::Antialiasing);
    p.fillRect(event->rect(), m_ui.theme.colours().window);
    const Frame at = frame();
    p.setClipRect(0, axisHeight, viewport()->width(), viewport()->height());
    eachSeen([&](int i, int top) { paintRow(p, at, m_rows[static_cast<std::size_t>(i)], top, i == currentRow()); });
    p.setClipping(false);
    paintAxis(p, at);
}

void RosterView::paintAxis(QPainter& p, const Frame& at) const {
    const Palette& c = m_ui.theme.colours();
    const int high = viewport()->height();
    p.fillRect(QRect(0, 0, viewport()->width(), axisHeight), c.panel);
    p.fillRect(QRect(0, axisHeight - 1, viewport()->width(), 1), c.line);
    p.setFont(m_ui.theme.font(Theme::Text::hint));
    p.setPen(c.dim);
    p.drawText(QRect(36, 0, namesWidth - 40, axisHeight - 1), Qt::AlignLeft | Qt::AlignVCenter, tr("Resource, person"));
    p.drawText(QRect(namesWidth + 6, 0, at.words - 10, axisHeight - 1), Qt::AlignLeft | Qt::AlignVCenter, tr("On duty now, and who comes next"));
    const QDateTime begin = Words::dateTime(m_shown.from);
    const bool week = inSeconds(m_shown.until - m_shown.from) > 36 * 3600;
    // By the county's own clock: its days may have 23 or 25 hours.
    const int hours = at.width > 700 ? 2 : at.width > 420 ? 3 : 6;
    for (int i = 0; week ? i < 7 : i * hours < 24; ++i) {
        const QDateTime tick = week ? begin.date().addDays(i).startOfDay(begin.timeZone())
                                    : QDateTime(begin.date(), QTime(i * hours, 0), begin.timeZone());
        const double x = at.x(base::fromUnixMillis(tick.toMSecsSinceEpoch()));
        p.setPen(QPen(c.line, 1));
        p.drawLine(QPointF(x, axisHeight - 6), QPointF(x, high));
        p.setPen(c.dim);
        const QString word = week ? QLocale(m_ui.language).toString(tick.date(), QStringLiteral("ddd d")) : tick.toString(QStringLiteral("HH:mm"));
        p.drawText(QRectF(x + 3, 0, 90, axisHeight - 4), Qt::AlignLeft | Qt::AlignVCenter, word);
    }
    const auto moment = m_ui.desk.now();
    if (moment < m_shown.from || moment >= m_shown.until)
        return;
    const double now = at.x(moment);
    p.setPen(QPen(c.text, 2));
    p.drawLine(QPointF(now, axisHeight - 8), QPointF(now, high));
    const QString word = tr("now");
    p.setFont(m_ui.theme.font(Theme::Text::bodyBold));
    const double wide = p.fontMetrics().horizontalAdvance(word) + 12;
    const double left = std::clamp(now - wide / 2, static_cast<double>(at.left), at.left + at.width - wide);
    p.setPen(Qt::NoPen);
    p.setBrush(c.text);
    p.drawRoundedRect(QRectF(left, 4, wide, 19), 4, 4);
    p.setPen(c.panel);
    p.drawText(QRectF(left, 4, wide, 19), Qt::AlignCenter, word);
}

void RosterView::paintRow(QPainter& p, const Frame& at, const RosterRow& row, int top, bool current) const {
    const Palette& c = m_ui.theme.colours();
    const auto* resource = resourceOf(row);
    p.fillRect(QRect(0, top, viewport()->width(), rowHeight), current ? c.selectedRow : c.panel);
    p.fillRect(QRect(0, top + rowHeight - 1, viewport()->width(), 1), c.line);
    if (resource == nullptr)
        return;
    const bool person = !row.person.empty();
    const int indent = person ? 52 : 36;
    if (!person)
        Symbols::paintGlyph(p, QRectF(10, top + 5, 19, 19), Symbols::forResource(*resource), c.text);
    const auto text = [&](int left, int room, const QString& words, Theme::Text font, const QColor& colour) {
        p.setFont(m_ui.theme.font(font));
        p.setPen(colour);
        p.drawText(QRect(left, top, room, rowHeight - 1), Qt::AlignLeft | Qt::AlignVCenter, p.fontMetrics().elidedText(words, Qt::ElideRight, room));
    };
    text(indent, namesWidth - indent - 6, person ? Words::plain(row.person) : Words::local(resource->name, m_ui.language),
         person ? Theme::Text::body : Theme::Text::bodyBold, c.text);
    const auto now = m_ui.desk.now();
    text(namesWidth + 6, at.words - 14, person ? RosterWords::now(*resource, row.person, now, m_ui.language) : RosterWords::now(*resource, now, m_ui.language),
         Theme::Text::second, person ? c.dim : c.text);
    paintTimes(p, at, row, top, current);
}

void RosterView::paintTimes(QPainter& p, const Frame& at, const RosterRow& row, int top, bool current) const {
    const Palette& c = m_ui.theme.colours();
    p.save();
    p.setClipRect(QRect(at.left, top, at.width + 1, rowHeight), Qt::IntersectClip);
    p.setFont(m_ui.theme.font(Theme::Text::hint));
    const auto box = [&](base::Time from, base::Time until) {
        return QRectF(at.x(from), top + 5, std::max(2.0, at.x(until) - at.x(from)), rowHeight - 11);
    };
    const auto label = [&](const QRectF& where, const QString& words) {
        if (where.width() < 26)
            return;
        const QRectF inside = where.adjusted(4, 0, -4, 0);
        p.setPen(c.text);
        p.drawText(inside, Qt::AlignLeft | Qt::AlignVCenter, p.fontMetrics().elidedText(words, Qt::ElideRight, static_cast<int>(inside.width())));
    };
    for (const auto& gap : row.gaps) {
        const QRectF where = box(gap.from, gap.until);
        p.setPen(QPen(c.dim, 1, Qt::DashLine));
        p.setBrush(QBrush(c.faint, Qt::BDiagPattern));
        p.drawRect(where);
        if (where.width() > 60) {
            const QString word = tr("nobody");
            const double wide = p.fontMetrics().horizontalAdvance(word) + 8;
            const QRectF plate(where.left() + 4, where.top() + 2, wide, where.height() - 4);
            p.fillRect(plate, current ? c.selectedRow : c.panel);
            p.setPen(c.text);
            p.drawText(plate, Qt::AlignCenter, word);
        }
    }
    QColor soft = c.accent;
    soft.setAlphaF(0.4F);
    for (std::size_t i = 0; i < row.turns.size(); ++i) {
        const auto& one = row.turns[i];
        const QRectF where = box(one.from, one.until);
        p.fillRect(where, soft);
        const bool chosen = current && static_cast<int>(i) == m_turn;
        p.setPen(QPen(chosen ? c.text : c.accent, chosen ? 2 : 1));
        p.setBrush(Qt::NoBrush);
        p.drawRect(where);
        label(where, row.person.empty() ? Words::plain(one.person) : one.role.empty() ? Words::hourMinute(one.from) : Words::plain(one.role));
    }
    p.restore();
}

} // namespace tocsin::gui
