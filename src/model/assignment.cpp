#include "tocsin/model/assignment.hpp"

#include "tocsin/model/state.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tocsin::model {

namespace {

constexpr double besideMetres = 250;   ///< farther from its way somebody is not on it
constexpr double alikeMetres = 30;     ///< of two places of a way that are as near, the one where it is expected
constexpr double goesOnSeconds = 120;  ///< from the last position; whoever stands still is not moved on for ever
constexpr double metresInDegree = 111'195;

double headingOf(const Position& a, const Position& b) {
    constexpr double rad = std::numbers::pi / 180.0;
    // Within one road segment the plane is near enough.
    const double east = (b.longitude() - a.longitude()) * std::cos(a.latitude() * rad);
    const double north = b.latitude() - a.latitude();
    const double degrees = std::atan2(east, north) / rad;
    return degrees < 0 ? degrees + 360.0 : degrees;
}

/// A place on a way: how far it is from some point, and when it is passed.
struct Passed {
    double metres{0};
    double seconds{0};
};

/// Where the way passes `place`: the nearest, or of places nearly as near the one passed at about `expected` seconds.
Passed passing(const RouteLine& route, const Position& place, double expected) {
    const double east = metresInDegree * std::cos(place.latitude() * std::numbers::pi / 180.0);
    const auto leg = [&](std::size_t i) {
        const double ax = (route.points[i - 1].longitude() - place.longitude()) * east;
        const double ay = (route.points[i - 1].latitude() - place.latitude()) * metresInDegree;
        const double dx = (route.points[i].longitude() - route.points[i - 1].longitude()) * east;
        const double dy = (route.points[i].latitude() - route.points[i - 1].latitude()) * metresInDegree;
        const double length = dx * dx + dy * dy;
        if (length <= 0) // it stands there for a while
            return Passed{std::hypot(ax, ay), std::clamp(expected, route.secondsAt[i - 1], route.secondsAt[i])};
        const double f = std::clamp(-(ax * dx + ay * dy) / length, 0.0, 1.0);
        return Passed{std::hypot(ax + f * dx, ay + f * dy),
                      route.secondsAt[i - 1] + f * (route.secondsAt[i] - route.secondsAt[i - 1])};
    };
    Passed nearest = leg(1);
    for (std::size_t i = 2; i < route.points.size(); ++i) {
        if (const auto one = leg(i); one.metres < nearest.metres)
            nearest = one;
    }
    Passed best = nearest;
    for (std::size_t i = 1; i < route.points.size(); ++i) {
        const auto one = leg(i);
        if (one.metres <= nearest.metres + alikeMetres && std::abs(one.seconds - expected) < std::abs(best.seconds - expected))
            best = one;
    }
    return best;
}

bool isUnderWay(const Assignment& assignment) {
    const auto& route = assignment.route;
    return assignment.state == AssignmentState::enRoute && assignment.departedAt && route.points.size() >= 2 &&
           route.secondsAt.size() == route.points.size();
}

/// So many seconds after the departure.
Progress progressAt(const RouteLine& route, double gone) {
    const double total = route.secondsAt.back();
    const double at = std::clamp(gone, 0.0, total);
    const auto upper = std::upper_bound(route.secondsAt.begin() + 1, route.secondsAt.end() - 1, at);
    const auto i = static_cast<std::size_t>(upper - route.secondsAt.begin());
    const auto& a = route.points[i - 1];
    const auto& b = route.points[i];
    const double span = route.secondsAt[i] - route.secondsAt[i - 1];
    const double f = span > 0 ? std::clamp((at - route.secondsAt[i - 1]) / span, 0.0, 1.0) : 1.0;
    Progress out;
    out.position = Position::trusted(a.latitude() + (b.latitude() - a.latitude()) * f,
                                     a.longitude() + (b.longitude() - a.longitude()) * f);
    out.headingDegrees = headingOf(a, b);
    out.left = base::Seconds(total - at);
    out.fraction = total > 0 ? at / total : 1.0;
    return out;
}

} // namespace

std::optional<Progress> progressOf(const Assignment& assignment, base::Time now) {
    if (!isUnderWay(assignment))
        return std::nullopt;
    return progressAt(assignment.route, std::chrono::duration<double>(now - *assignment.departedAt).count());
}

std::optional<Progress> progressOf(const Assignment& assignment, const Resource* resource, base::Time now) {
    if (!isUnderWay(assignment) || resource == nullptr)
        return progressOf(assignment, now);
    const double told = std::chrono::duration<double>(resource->positionTime - *assignment.departedAt).count();
    if (told <= assignment.route.secondsAt.front()) // before it left, or before it was given another way
        return progressOf(assignment, now);
    const double since = std::chrono::duration<double>(now - resource->positionTime).count();
    const auto passed = passing(assignment.route, resource->position, told);
    auto out = progressAt(assignment.route, passed.seconds + std::clamp(since, 0.0, goesOnSeconds));
    if (passed.metres > besideMetres)
        out.position = resource->position;
    return out;
}

std::optional<Progress> progressOf(const State& state, const Assignment& assignment, base::Time now) {
    const auto found = state.resources.find(assignment.resource);
    return progressOf(assignment, found == state.resources.end() ? nullptr : &found->second, now);
}

std::string wordIdOf(const Assignment& assignment) {
    if (!assignment.wordAt)
        return {};
    return assignment.id.toString() + "." + std::string(toString(assignment.word)) + "." +
           std::to_string(assignment.wordAt->time_since_epoch().count());
}

bool isOnItsWay(const Assignment& assignment) {
    return assignment.purpose != Purpose::shelter && assignment.state >= AssignmentState::notified &&
           assignment.state <= AssignmentState::enRoute;
}

std::optional<base::Seconds> leftByOtherWay(const Assignment& assignment, base::Time now) {
    if (!isOnItsWay(assignment) || !assignment.blocked || !assignment.blocked->arrival)
        return std::nullopt;
    return base::Seconds(std::max(0.0, std::chrono::duration<double>(*assignment.blocked->arrival - now).count()));
}

base::Seconds untilItSetsOut(const Assignment& assignment, base::Time now) {
    if (assignment.departedAt || assignment.state >= AssignmentState::enRoute)
        return {};
    const double waited = std::chrono::duration<double>(now - assignment.notifiedAt.value_or(now)).count();
    return base::Seconds(std::max(0.0, assignment.turnout.value - std::max(0.0, waited)));
}

bool serves(const Assignment& assignment) {
    return assignment.state != AssignmentState::released ||
           (assignment.arrivedAt && (assignment.purpose == Purpose::supply || assignment.purpose == Purpose::shelter));
}

} // namespace tocsin::model
