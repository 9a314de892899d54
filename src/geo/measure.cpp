#include "tocsin/geo/measure.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tocsin::geo {

namespace {
constexpr double earthRadius = 6'371'008.8; // IUGG mean radius, metres
constexpr double rad = std::numbers::pi / 180.0;
} // namespace

void Box::add(const model::Position& p) {
    south = std::min(south, p.latitude());
    north = std::max(north, p.latitude());
    west = std::min(west, p.longitude());
    east = std::max(east, p.longitude());
}

bool Box::contains(const model::Position& p) const {
    return p.latitude() >= south && p.latitude() <= north && p.longitude() >= west && p.longitude() <= east;
}

model::Position Box::centre() const {
    return model::Position::trusted((south + north) / 2, (west + east) / 2);
}

base::Metres distance(const model::Position& a, const model::Position& b) {
    const double dLat = (b.latitude() - a.latitude()) * rad;
    const double dLon = (b.longitude() - a.longitude()) * rad;
    const double s = std::sin(dLat / 2);
    const double t = std::sin(dLon / 2);
    const double h = s * s + std::cos(a.latitude() * rad) * std::cos(b.latitude() * rad) * t * t;
    return base::Metres(2 * earthRadius * std::asin(std::min(1.0, std::sqrt(h))));
}

base::Metres length(const model::Line& line) {
    base::Metres sum;
    for (std::size_t i = 1; i < line.size(); ++i)
        sum += distance(line[i - 1], line[i]);
    return sum;
}

base::Degrees bearing(const model::Position& from, const model::Position& to) {
    const double dLon = (to.longitude() - from.longitude()) * rad;
    const double y = std::sin(dLon) * std::cos(to.latitude() * rad);
    const double x = std::cos(from.latitude() * rad) * std::sin(to.latitude() * rad) -
                     std::sin(from.latitude() * rad) * std::cos(to.latitude() * rad) * std::cos(dLon);
    const double degrees = std::atan2(y, x) / rad;
    return base::Degrees(degrees < 0 ? degrees + 360 : degrees);
}

base::SquareMetres area(const model::Line& ring) {
    if (ring.size() < 3)
        return {};
    double sum = 0;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const auto& a = ring[i];
        const auto& b = ring[(i + 1) % ring.size()];
        sum +=
            (b.longitude() - a.longitude()) * rad * (2 + std::sin(a.latitude() * rad) + std::sin(b.latitude() * rad));
    }
    return base::SquareMetres(std::abs(sum * earthRadius * earthRadius / 2));
}

bool contains(const model::Line& ring, const model::Position& p) {
    bool inside = false;
    for (std::size_t i = 0, j = ring.empty() ? 0 : ring.size() - 1; i < ring.size(); j = i++) {
        const auto& a = ring[i];
        const auto& b = ring[j];
        if ((a.latitude() > p.latitude()) == (b.latitude() > p.latitude()))
            continue;
        const double x = a.longitude() + (b.longitude() - a.longitude()) * (p.latitude() - a.latitude()) /
                                             (b.latitude() - a.latitude());
        if (p.longitude() < x)
            inside = !inside;
    }
    return inside;
}

model::Position offset(const model::Position& from, base::Degrees bearing, base::Metres metres) {
    const double d = metres.value / earthRadius;
    const double theta = bearing.value * rad;
    const double phi = from.latitude() * rad;
    const double lat = std::asin(std::sin(phi) * std::cos(d) + std::cos(phi) * std::sin(d) * std::cos(theta));
    const double lon = from.longitude() * rad + std::atan2(std::sin(theta) * std::sin(d) * std::cos(phi),
                                                           std::cos(d) - std::sin(phi) * std::sin(lat));
    return model::Position::trusted(lat / rad, std::remainder(lon / rad, 360.0));
}

std::optional<NearestOnLine> nearestOnLine(std::span<const model::Position> line, const model::Position& p) {
    if (line.empty())
        return std::nullopt;
    NearestOnLine best{line[0], distance(line[0], p), 0, 0};
    const double scale = std::cos(p.latitude() * rad);
    double bestSquare = INFINITY;
    for (std::size_t i = 1; i < line.size(); ++i) {
        const double ax = (line[i - 1].longitude() - p.longitude()) * scale;
        const double ay = line[i - 1].latitude() - p.latitude();
        const double dx = (line[i].longitude() - line[i - 1].longitude()) * scale;
        const double dy = line[i].latitude() - line[i - 1].latitude();
        const double square = dx * dx + dy * dy;
        const double f = square > 0 ? std::clamp(-(ax * dx + ay * dy) / square, 0.0, 1.0) : 0.0;
        const double x = ax + f * dx;
        const double y = ay + f * dy;
        if (x * x + y * y < bestSquare) {
            bestSquare = x * x + y * y;
            best.segment = i - 1;
            best.fraction = f;
            best.position =
                model::Position::trusted(p.latitude() + y, p.longitude() + (scale > 1e-9 ? x / scale : 0.0));
        }
    }
    best.distance = distance(best.position, p);
    return best;
}

} // namespace tocsin::geo
