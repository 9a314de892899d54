#pragma once

#include <cstddef>
#include <cstdint>
#include <mapnik/geometry.hpp>
#include <vector>

namespace tocsin::map {

/// A place on a picture, pixels: x to the right, y down; or in the world, metres: x east, y north.
using Point = mapnik::geometry::point<double>;
using Line = mapnik::geometry::line_string<double>;

/// What makes points of the world points of a picture.
struct ToPicture {
    double west{0};
    double north{0};
    double across{1}; ///< for a metre to the east
    double down{1};   ///< for a metre to the north
    [[nodiscard]] Point operator()(double x, double y) const { return {(x - west) * across, (y - north) * down}; }
};

/// A box on a picture.
struct Box {
    double left{0};
    double top{0};
    double right{0};
    double bottom{0};
};

/// Points, lines and areas in few pieces of memory, to be filled and emptied again.
struct Shapes {
    enum class Kind : std::uint8_t { point, line, area };
    struct Part {
        std::size_t from{0}; ///< in points
        std::size_t to{0};
        bool outer{true}; ///< of an area: not a hole
    };
    struct Shape {
        Kind kind{Kind::point};
        std::size_t from{0}; ///< in parts
        std::size_t to{0};
    };
    std::vector<Point> points;
    std::vector<Part> parts;
    std::vector<Shape> shapes;

    void clear() {
        points.clear();
        parts.clear();
        shapes.clear();
    }
};

/// Appends the parts of a line that are in the box.
void cutLine(const Point* points, std::size_t count, const Box& box, std::vector<Line>& parts);

/// For those who draw by Mapnik.
[[nodiscard]] mapnik::geometry::geometry<double> toMapnik(const Shapes& shapes, const Shapes::Shape& shape);

} // namespace tocsin::map
