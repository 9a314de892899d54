#include "tocsin/dispatch/closures.hpp"

#include "tocsin/route/closures.hpp"

#include <algorithm>

namespace tocsin::dispatch {

namespace {

bool closes(const model::Drawing& drawing, base::Time now) {
    return drawing.kind == model::DrawingKind::closure && model::holds(drawing, now);
}

/// What is left of the route; all of it before departure.
model::Line ahead(const model::Assignment& assignment, base::Time now) {
    const auto progress = model::progressOf(assignment, now);
    const auto& route = assignment.route;
    if (!progress)
        return route.points;
    model::Line line{progress->position};
    const double gone = route.secondsAt.back() - progress->left.value;
    for (std::size_t i = 0; i < route.points.size(); ++i) {
        if (route.secondsAt[i] > gone)
            line.push_back(route.points[i]);
    }
    return line;
}

} // namespace

std::vector<model::Line> closuresAt(const std::map<model::DrawingId, model::Drawing>& drawings, base::Time now) {
    std::vector<model::Line> lines;
    for (const auto& [id, drawing] : drawings) {
        if (closes(drawing, now))
            lines.push_back(drawing.line);
    }
    return lines;
}

std::shared_ptr<const route::RoadGraph> openRoads(const route::RoadGraph& roads, const model::State& state,
                                                  base::Time now) {
    const auto closed = closuresAt(state.drawings, now);
    return closed.empty() ? roads.shared_from_this() : roads.without(closed);
}

std::optional<model::DrawingId> closureAhead(const model::Assignment& assignment,
                                             const std::map<model::DrawingId, model::Drawing>& drawings,
                                             base::Time now) {
    if (assignment.state == model::AssignmentState::onScene || assignment.state == model::AssignmentState::released ||
        assignment.route.points.size() < 2)
        return std::nullopt;
    const model::Drawing* oldest = nullptr;
    model::Line line;
    for (const auto& [id, drawing] : drawings) {
        if (!closes(drawing, now) || (oldest != nullptr && oldest->drawnAt <= drawing.drawnAt))
            continue;
        if (line.empty())
            line = ahead(assignment, now);
        if (route::liesOn(line, drawing.line))
            oldest = &drawing;
    }
    return oldest == nullptr ? std::nullopt : std::optional(oldest->id);
}

} // namespace tocsin::dispatch
