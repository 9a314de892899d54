#include "gui/map/layers.hpp"
#include "tocsin/gui/map_view.hpp"

#include <QCoreApplication>
#include <QLineF>

namespace tocsin::gui {
namespace {

constexpr double width = 4.5;

bool sameAssignmentRuns(const LayerContext& context, const dispatch::Recommendation& proposed,
                        const model::ResourceId& resource) {
    for (const auto& [id, assignment] : context.state.assignments)
        if (assignment.resource == resource && assignment.incident == proposed.incident &&
            assignment.state != model::AssignmentState::released)
            return true;
    return false;
}

} // namespace

RouteLayer::RouteLayer() : SymbolLayer(QStringLiteral("routes")) {}
QString RouteLayer::title() const {
    return QCoreApplication::translate("tocsin::gui::MapView", "Routes");
}

void RouteLayer::add(const LayerContext& context, const model::RouteLine& route, Kind kind, bool flies) {
    if (route.points.size() < 2)
        return;
    Way way;
    way.kind = kind;
    way.flies = flies;
    for (const model::Position& p : route.points) {
        const QPointF at = context.view.toScreen(p);
        if (way.points.isEmpty() || QLineF(way.points.back(), at).length() >= 1.5)
            way.points << at;
    }
    if (way.points.size() < 2 || !way.points.boundingRect().adjusted(-8, -8, 8, 8).intersects(context.view.rect()))
        return;
    m_ways.push_back(std::move(way));
}

void RouteLayer::layOut(LayerContext& context) {
    m_ways.clear();
    if (m_proposed) {
        for (const dispatch::Candidate& candidate : m_proposed->candidates) {
            const auto resource = context.state.resources.find(candidate.resource);
            if (resource == context.state.resources.end() ||
                sameAssignmentRuns(context, *m_proposed, candidate.resource))
                continue;
            add(context, candidate.route, candidate.chosen ? Kind::proposed : Kind::alternative,
                resource->second.flies);
        }
    }
    for (const auto& [id, assignment] : context.state.assignments) {
        using model::AssignmentState;
        if (assignment.state == AssignmentState::released || assignment.state == AssignmentState::onScene)
            continue;
        const auto resource = context.state.resources.find(assignment.resource);
        const bool flies = resource != context.state.resources.end() && resource->second.flies;
        const auto progress = model::progressOf(assignment, context.now);
        if (assignment.state != AssignmentState::enRoute || !progress) {
            add(context, assignment.route, Kind::proposed, flies);
            continue;
        }
        // What lies behind is pale, what lies ahead is strong.
        model::RouteLine behind;
        model::RouteLine ahead;
        const double gone = progress->fraction * assignment.route.duration.value;
        for (std::size_t i = 0; i < assignment.route.points.size() && i < assignment.route.secondsAt.size(); ++i) {
            if (assignment.route.secondsAt[i] <= gone) {
                behind.points.push_back(assignment.route.points[i]);
            } else {
                if (ahead.points.empty()) {
                    behind.points.push_back(progress->position);
                    ahead.points.push_back(progress->position);
                }
                ahead.points.push_back(assignment.route.points[i]);
            }
        }
        add(context, behind, Kind::travelled, flies);
        add(context, ahead, Kind::ahead, flies);
    }
    std::stable_sort(m_ways.begin(), m_ways.end(), [](const Way& a, const Way& b) { return a.kind < b.kind; });
}

void RouteLayer::paint(QPainter& painter, const LayerContext& context) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    const Palette& palette = context.theme().colours();
    const bool dark = context.theme().look() == Theme::Look::dark;
    for (const bool casing : {true, false}) {
        for (const Way& way : m_ways) {
            QColor colour = palette.accent;
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
            painter.drawPolyline(way.points);
        }
    }
    painter.restore();
}

} // namespace tocsin::gui
