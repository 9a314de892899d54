#include "map/shapes.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace tocsin::map {
namespace {

/// The part of a → b that is in the box, as shares of its length (Liang and Barsky); none when it misses the box.
std::optional<std::pair<double, double>> shareWithin(const Point& a, const Point& b, const Box& box) {
    double from = 0;
    double to = 1;
    const auto cut = [&](double step, double room) { // keeps what goes no further than `room`
        if (step == 0)
            return room >= 0;
        if (step > 0)
            to = std::min(to, room / step);
        else
            from = std::max(from, room / step);
        return from <= to;
    };
    const double dx = b.x - a.x;
    const double dy = b.y - a.y;
    if (cut(-dx, a.x - box.left) && cut(dx, box.right - a.x) && cut(-dy, a.y - box.top) && cut(dy, box.bottom - a.y))
        return std::pair(from, to);
    return std::nullopt;
}

} // namespace

void cutLine(const Point* points, std::size_t count, const Box& box, std::vector<Line>& parts) {
    Line part;
    for (std::size_t i = 1; i < count; ++i) {
        const Point& a = points[i - 1];
        const Point& b = points[i];
        const auto share = shareWithin(a, b, box);
        if (share) {
            const auto at = [&](double t) {
                return t <= 0 ? a : t >= 1 ? b : Point(a.x + t * (b.x - a.x), a.y + t * (b.y - a.y));
            };
            if (part.empty())
                part.push_back(at(share->first));
            part.push_back(at(share->second));
        }
        if ((!share || share->second < 1) && !part.empty())
            parts.push_back(std::exchange(part, {}));
    }
    if (!part.empty())
        parts.push_back(std::move(part));
}

mapnik::geometry::geometry<double> toMapnik(const Shapes& shapes, const Shapes::Shape& shape) {
    namespace geometry = mapnik::geometry;
    const auto points = [&](const Shapes::Part& part, auto into) {
        into.assign(shapes.points.begin() + static_cast<std::ptrdiff_t>(part.from),
                    shapes.points.begin() + static_cast<std::ptrdiff_t>(part.to));
        return into;
    };
    if (shape.kind == Shapes::Kind::point)
        return geometry::geometry<double>(shapes.points[shapes.parts[shape.from].from]);
    if (shape.kind == Shapes::Kind::line) {
        geometry::multi_line_string<double> lines;
        for (std::size_t i = shape.from; i < shape.to; ++i)
            lines.push_back(points(shapes.parts[i], geometry::line_string<double>()));
        if (lines.size() == 1)
            return geometry::geometry<double>(std::move(lines.front()));
        return geometry::geometry<double>(std::move(lines));
    }
    geometry::multi_polygon<double> areas;
    for (std::size_t i = shape.from; i < shape.to; ++i) {
        auto ring = points(shapes.parts[i], geometry::linear_ring<double>());
        if (shapes.parts[i].outer || areas.empty()) {
            areas.emplace_back();
            areas.back().set_exterior_ring(std::move(ring));
        } else {
            areas.back().add_hole(std::move(ring));
        }
    }
    if (areas.size() == 1)
        return geometry::geometry<double>(std::move(areas.front()));
    return geometry::geometry<double>(std::move(areas));
}

} // namespace tocsin::map
