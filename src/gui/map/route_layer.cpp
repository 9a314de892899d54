#include "gui/map/layers.hpp"
#include "tocsin/gui/map_view.hpp"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

namespace tocsin::gui {
namespace {

constexpr double width = 4.5;
constexpr std::size_t mostWays = 60; ///< with more in view they say nothing: then only those of what is selected

bool sameAssignmentRuns(const LayerContext& context, const dispatch::Recommendation& proposed,
                        const model::ResourceId& resource) {
    for (const auto& [id, assignment] : context.state.assignments)
        if (assignment.resource == resource && assignment.incident == proposed.incident &&
            assignment.state != model::AssignmentState::released)
            return true;
    return false;
}

bool isRunning(const model::Assignment& assignment) {
    return assignment.state != model::AssignmentState::released && assignment.state != model::AssignmentState::onScene &&
           assignment.route.points.size() > 1;
}

} // namespace

RouteLayer::RouteLayer() : SymbolLayer(QStringLiteral("routes"), QStringLiteral("route")) {}
QString RouteLayer::title() const {
    return QCoreApplication::translate("tocsin::gui::MapView", "Routes");
}

void RouteLayer::add(const LayerContext& context, const model::Line& line, Kind kind, bool flies) {
    Way way;
    way.kind = kind;
    way.flies = flies;
    for (const model::Position& p : line) {
        const QPointF at = context.view.toScreen(p);
        if (way.points.isEmpty() || (way.points.back() - at).manhattanLength() >= 1.5)
            way.points << at;
    }
    if (way.points.size() < 2 || !way.points.boundingRect().adjusted(-8, -8, 8, 8).intersects(context.area))
        return;
    m_shown += way.points.boundingRect().intersects(context.view.rect()) ? 1 : 0;
    m_ways.push_back(std::move(way));
}

void RouteLayer::addAssignment(const LayerContext& context, const model::Assignment& assignment) {
    const auto resource = context.state.resources.find(assignment.resource);
    const bool flies = resource != context.state.resources.end() && resource->second.flies;
    const auto progress = model::progressOf(context.state, assignment, context.now);
    if (assignment.state != model::AssignmentState::enRoute || !progress)
        return add(context, assignment.route.points, Kind::proposed, flies);
    // What lies behind is pale, what lies ahead is strong.
    model::Line behind;
    model::Line ahead;
    const double gone = progress->fraction * assignment.route.duration.value;
    for (std::size_t i = 0; i < assignment.route.points.size() && i < assignment.route.secondsAt.size(); ++i) {
        if (assignment.route.secondsAt[i] <= gone) {
            behind.push_back(assignment.route.points[i]);
        } else {
            if (ahead.empty()) {
                behind.push_back(progress->position);
                ahead.push_back(progress->position);
            }
            ahead.push_back(assignment.route.points[i]);
        }
    }
    add(context, behind, Kind::travelled, flies);
    add(context, ahead, Kind::ahead, flies);
}

void RouteLayer::layOut(LayerContext& context) {
    m_ways.clear();
    m_all = m_shown = 0;
    if (m_proposed) {
        for (const dispatch::Candidate& candidate : m_proposed->candidates) {
            const auto resource = context.state.resources.find(candidate.resource);
            if (resource == context.state.resources.end() ||
                sameAssignmentRuns(context, *m_proposed, candidate.resource))
                continue;
            add(context, candidate.route.points, candidate.chosen ? Kind::proposed : Kind::alternative,
                resource->second.flies);
        }
    }
    std::vector<const model::Assignment*> running;
    for (const auto& [id, assignment] : context.state.assignments)
        if (isRunning(assignment))
            running.push_back(&assignment);
    m_all = static_cast<int>(running.size());
    const bool crowd = running.size() > mostWays;
    std::size_t drawn = 0;
    for (const model::Assignment* assignment : running) {
        if (crowd && !context.isSelected(assignment->id) && !context.isSelected(assignment->resource) &&
            !context.isSelected(assignment->incident))
            continue;
        if (++drawn > mostWays)
            break;
        addAssignment(context, *assignment);
    }
    std::stable_sort(m_ways.begin(), m_ways.end(), [](const Way& a, const Way& b) { return a.kind < b.kind; });
}

void RouteLayer::paint(QPainter& painter, const Placing& placing, Sprites& sprites) {
    if (m_ways.empty())
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    const Theme& theme = sprites.theme();
    const bool dark = theme.look() == Theme::Look::dark;
    const QTransform moved = placing.transform();
    std::vector<QPolygonF> lines;
    for (const Way& way : m_ways)
        lines.push_back(moved.map(way.points));
    for (const bool casing : {true, false}) {
        for (std::size_t i = 0; i < m_ways.size(); ++i) {
            const Way& way = m_ways[i];
            QColor colour = theme.colours().accent;
            QPen pen(colour, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
            QColor under = dark ? QColor(0x0b, 0x14, 0x1a) : QColor(0xff, 0xff, 0xff);
            under.setAlpha(dark ? 225 : 235);
            switch (way.kind) {
            case Kind::alternative:
                colour.setAlpha(120);
                pen = QPen(colour, 2.4, Qt::CustomDashLine, Qt::FlatCap, Qt::RoundJoin);
                pen.setDashPattern({1.2, 2.2});
                under.setAlpha(120);
                break;
            case Kind::travelled:
                colour.setAlpha(95);
                pen = QPen(colour, 3, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
                under.setAlpha(110);
                break;
            case Kind::proposed:
                pen.setCapStyle(Qt::FlatCap);
                pen.setDashPattern({2.0, 1.2});
                break;
            case Kind::ahead:
                break;
            }
            if (way.flies && way.kind == Kind::ahead)
                pen.setDashPattern({4.5, 1.6});
            if (casing)
                pen = QPen(under, pen.widthF() + 4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
            painter.setPen(pen);
            painter.drawPolyline(lines[i]);
        }
    }
    painter.restore();
}

} // namespace tocsin::gui
