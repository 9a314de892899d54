#include "tocsin/dispatch/closures.hpp"

#include "dispatch/travel.hpp"
#include "tocsin/route/closures.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numbers>

namespace tocsin::dispatch {

namespace {

bool closes(const model::Drawing& drawing, base::Time now) {
    return drawing.kind == model::DrawingKind::closure && model::holds(drawing, now);
}

/// As its class drives in general; null: nobody knows.
const route::Profile* classOf(const model::Resource* resource, const std::vector<route::Profile>* profiles) {
    return resource != nullptr && resource->vehicle && profiles != nullptr ? route::findProfile(*profiles, resource->vehicle->speedClass) : nullptr;
}

/// A closure that a vehicle may pass: the water is not too deep for it, or it is not too heavy.
bool passes(const model::Drawing& drawing, const route::Profile& own) {
    if (!drawing.depthMetres && !drawing.limitTonnes)
        return false;
    return !(drawing.depthMetres && *drawing.depthMetres > own.fording) && !(drawing.limitTonnes && *drawing.limitTonnes < own.tonnes);
}

/// What is left of the route; all of it before departure.
model::Line ahead(const model::Assignment& assignment, const model::Resource* resource, base::Time now) {
    const auto progress = model::progressOf(assignment, resource, now);
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
        if (closes(drawing, now) && !drawing.depthMetres && !drawing.limitTonnes)
            lines.push_back(drawing.line);
    }
    return lines;
}

double sunAltitude(const model::Position& at, base::Time now) {
    constexpr double degree = std::numbers::pi / 180;
    const double days = std::chrono::duration<double, std::ratio<86'400>>(now.time_since_epoch()).count() - 10'957.5;
    const double anomaly = (357.529 + 0.98560028 * days) * degree;
    const double longitude = (280.459 + 0.98564736 * days + 1.915 * std::sin(anomaly) + 0.020 * std::sin(2 * anomaly)) * degree;
    const double tilt = (23.439 - 0.00000036 * days) * degree;
    const double ascension = std::atan2(std::cos(tilt) * std::sin(longitude), std::cos(longitude));
    const double declination = std::asin(std::sin(tilt) * std::sin(longitude));
    const double sidereal = (280.46061837 + 360.98564736629 * days + at.longitude()) * degree;
    const double hour = sidereal - ascension;
    const double latitude = at.latitude() * degree;
    return std::asin(std::sin(latitude) * std::sin(declination) +
                     std::cos(latitude) * std::cos(declination) * std::cos(hour)) /
           degree;
}

route::Conditions conditionsAt(const model::State& state, base::Time now) {
    route::Conditions conditions;
    for (const auto& [id, drawing] : state.drawings) {
        if (!closes(drawing, now))
            continue;
        if (drawing.depthMetres)
            conditions.floods.push_back({drawing.line, drawing.depthMetres});
        if (drawing.limitTonnes)
            conditions.weightLimits.push_back({drawing.line, *drawing.limitTonnes});
    }
    const auto* at = !state.incidents.empty()   ? &state.incidents.begin()->second.position
                     : !state.resources.empty() ? &state.resources.begin()->second.position
                                                : nullptr;
    conditions.night = at != nullptr && sunAltitude(*at, now) < -6;
    static_assert(model::roadWeathers == route::weathers);
    conditions.weather = static_cast<route::Weather>(state.desk.roadWeather); // the same words in the same order
    return conditions;
}

std::shared_ptr<const route::RoadGraph> withoutClosures(const route::RoadGraph& roads, const model::State& state,
                                                        base::Time now) {
    const auto closed = closuresAt(state.drawings, now);
    return closed.empty() ? roads.shared_from_this() : roads.without(closed);
}

std::shared_ptr<const route::RoadGraph> openRoads(const route::RoadGraph& roads, const model::State& state,
                                                  base::Time now) {
    auto open = withoutClosures(roads, state, now);
    auto conditions = conditionsAt(state, now);
    conditions.night = false;
    return conditions.floods.empty() && conditions.weightLimits.empty() ? open : open->under(route::Profile{}, conditions);
}

std::optional<model::DrawingId> closureAhead(const model::Assignment& assignment,
                                             const std::map<model::DrawingId, model::Drawing>& drawings,
                                             base::Time now, const model::Resource* resource,
                                             const std::vector<route::Profile>* profiles) {
    if (assignment.state == model::AssignmentState::onScene || assignment.state == model::AssignmentState::released ||
        assignment.route.points.size() < 2 || (resource != nullptr && resource->flies))
        return std::nullopt;
    static const route::Profile car;
    const auto* known = classOf(resource, profiles);
    if (known != nullptr && known->travel != route::Travel::road)
        return std::nullopt;
    const auto& standing = known == nullptr ? car : *known;
    const auto own = resource == nullptr ? standing : asKnown(standing, *resource); // as the search takes it
    const model::Drawing* oldest = nullptr;
    model::Line line;
    for (const auto& [id, drawing] : drawings) {
        if (!closes(drawing, now) || passes(drawing, own) || (oldest != nullptr && oldest->drawnAt <= drawing.drawnAt))
            continue;
        if (line.empty())
            line = ahead(assignment, resource, now);
        if (route::liesOn(line, drawing.line))
            oldest = &drawing;
    }
    return oldest == nullptr ? std::nullopt : std::optional(oldest->id);
}

} // namespace tocsin::dispatch
