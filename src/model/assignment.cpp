#include "tocsin/model/assignment.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tocsin::model {

namespace {

double headingOf(const Position& a, const Position& b) {
    constexpr double rad = std::numbers::pi / 180.0;
    // Within one road segment the plane is near enough.
    const double east = (b.longitude() - a.longitude()) * std::cos(a.latitude() * rad);
    const double north = b.latitude() - a.latitude();
    const double degrees = std::atan2(east, north) / rad;
    return degrees < 0 ? degrees + 360.0 : degrees;
}

} // namespace

std::optional<Progress> progressOf(const Assignment& assignment, base::Time now) {
    const auto& route = assignment.route;
    if (assignment.state != AssignmentState::enRoute || !assignment.departedAt || route.points.size() < 2 ||
        route.secondsAt.size() != route.points.size())
        return std::nullopt;
    const double total = route.secondsAt.back();
    const double gone = std::chrono::duration<double>(now - *assignment.departedAt).count();
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

} // namespace tocsin::model
