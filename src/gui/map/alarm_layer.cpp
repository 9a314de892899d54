#include "gui/map/layers.hpp"
#include "tocsin/gui/map_view.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QCoreApplication>
#include <QLineF>
#include <algorithm>

namespace tocsin::gui {
namespace {
constexpr double edge = 28;
constexpr double together = 22; ///< pixels within which alarms share a symbol
} // namespace

AlarmLayer::AlarmLayer() : SymbolLayer(QStringLiteral("alarms")) {}
QString AlarmLayer::title() const {
    return QCoreApplication::translate("tocsin::gui::MapView", "Alarms");
}

void AlarmLayer::layOut(LayerContext& context) {
    m_marks.clear();
    std::vector<const model::Alarm*> active;
    for (const auto& [id, alarm] : context.state.alarms)
        if (model::isActive(alarm.state) && alarm.state != model::AlarmState::suppressed &&
            alarm.state != model::AlarmState::shelved && alarm.state != model::AlarmState::outOfService &&
            alarm.position != model::Position())
            active.push_back(&alarm);
    std::sort(active.begin(), active.end(), [&](const auto* a, const auto* b) {
        const bool sa = context.isSelected(a->id);
        const bool sb = context.isSelected(b->id);
        if (sa != sb)
            return sa;
        const bool wa = model::wantsAcknowledgement(a->state);
        const bool wb = model::wantsAcknowledgement(b->state);
        if (a->severity != b->severity)
            return a->severity < b->severity;
        return wa != wb ? wa : a->raisedAt > b->raisedAt;
    });
    std::vector<std::size_t> hitOf; // by mark
    for (const model::Alarm* alarm : active) {
        const QPointF home = context.view.toScreen(alarm->position);
        if (!context.sees(home))
            continue;
        const QString line = Words::severity(alarm->severity) + QStringLiteral(" · ") +
                             Words::local(alarm->title, context.ui.language) + QStringLiteral(" · ") +
                             Words::alarmStateLong(*alarm);
        const auto near = std::find_if(m_marks.begin(), m_marks.end(),
                                       [&](const Mark& m) { return QLineF(m.home, home).length() < together; });
        if (near != m_marks.end()) {
            ++near->count;
            near->wanting = near->wanting || model::wantsAcknowledgement(alarm->state);
            MapHit& hit = context.hits[hitOf[static_cast<std::size_t>(near - m_marks.begin())]];
            hit.members.push_back(alarm->id);
            hit.places.push_back(alarm->position);
            hit.tip += QLatin1Char('\n') + line;
            continue;
        }
        Mark mark;
        mark.home = home;
        mark.at = context.board.roomFor(home, edge + 10).value_or(home);
        mark.grade = alarm->severity;
        mark.wanting = model::wantsAcknowledgement(alarm->state);
        mark.gone = alarm->state == model::AlarmState::returnedUnacknowledged;
        mark.selected = context.isSelected(alarm->id);
        m_marks.push_back(mark);
        context.board.reserve(squareAbout(mark.at, mark.wanting ? edge * 1.44 : edge + 4));
        MapHit hit;
        hit.area = pathOf(squareAbout(mark.at, edge + 6));
        hit.centre = mark.at;
        hit.what = alarm->id;
        hit.members = {alarm->id};
        hit.places = {alarm->position};
        hit.rank = static_cast<int>(alarm->severity) - 1 + (mark.wanting ? 0 : 4);
        hit.tip = line;
        hitOf.push_back(context.hits.size());
        context.hits.push_back(hit);
    }
}

void AlarmLayer::paint(QPainter& painter, const LayerContext& context) {
    for (auto mark = m_marks.rbegin(); mark != m_marks.rend(); ++mark) {
        const Theme& theme = context.theme();
        const QColor colour = theme.grade(mark->grade);
        const QRectF box = squareAbout(mark->at, edge);
        paintLeader(painter, mark->at, mark->home, colour);
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        if (mark->wanting) { // the ring of what nobody has looked at yet
            QColor wash = colour;
            wash.setAlpha(45);
            QPen ring(colour, 1.8);
            if (mark->gone)
                ring.setDashPattern({2.5, 2});
            painter.setPen(ring);
            painter.setBrush(wash);
            painter.drawEllipse(mark->at + QPointF(0, 1.5), edge * 0.72, edge * 0.72);
        }
        if (mark->selected)
            paintHalo(painter, box.adjusted(-2, -2, 2, 2), theme, true);
        const bool filled = mark->wanting && !mark->gone;
        const QPolygonF triangle{QPointF(mark->at.x(), box.top() + 1), QPointF(box.right() - 1, box.bottom() - 3),
                                 QPointF(box.left() + 1, box.bottom() - 3)};
        painter.setPen(QPen(theme.colours().mapGround, 4.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.setBrush(filled ? colour : theme.colours().mapGround);
        painter.drawPolygon(triangle);
        painter.setPen(QPen(colour, 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPolygon(triangle);
        const QColor sign = filled ? theme.onGrade(mark->grade) : colour;
        painter.setPen(QPen(sign, 2.4, Qt::SolidLine, Qt::RoundCap));
        painter.drawLine(QPointF(mark->at.x(), box.top() + 10), QPointF(mark->at.x(), box.top() + 17));
        painter.drawPoint(QPointF(mark->at.x(), box.top() + 21));
        painter.restore();
        paintGradeBadge(painter, box.adjusted(0, 0, 2, 0), mark->grade, theme);
        if (mark->count > 1)
            paintCount(painter, box, mark->count, theme);
    }
}

} // namespace tocsin::gui
