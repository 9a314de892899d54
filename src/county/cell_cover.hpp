#pragma once

#include <cmath>
#include <cstddef>
#include <vector>

/// How much of a grid's cells lies inside a ring.
namespace tocsin::county {

/// A place on a grid.
struct CellPoint {
    double x{0}; ///< cells from the grid's corner, to the east
    double y{0}; ///< and to the south
};
using CellRing = std::vector<CellPoint>;

/// What of the ring lies on one side of a line through the cells (Sutherland and Hodgman 1974). A ring that bends in
/// and out is joined along the line, which changes no area.
template <double CellPoint::*Axis>
void clip(const CellRing& ring, double line, bool keepGreater, CellRing& out) {
    out.clear();
    const auto inside = [&](const CellPoint& p) { return keepGreater ? p.*Axis >= line : p.*Axis <= line; };
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const CellPoint& a = ring[i];
        const CellPoint& b = ring[(i + 1) % ring.size()];
        if (inside(a))
            out.push_back(a);
        if (inside(a) != inside(b)) {
            const double part = (line - a.*Axis) / (b.*Axis - a.*Axis);
            CellPoint cut{a.x + part * (b.x - a.x), a.y + part * (b.y - a.y)};
            cut.*Axis = line;
            out.push_back(cut);
        }
    }
}

/// In cells; its sign says which way the ring turns.
inline double signedCellArea(const CellRing& ring) {
    double twice = 0;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const CellPoint& a = ring[i];
        const CellPoint& b = ring[(i + 1) % ring.size()];
        twice += a.x * b.y - b.x * a.y;
    }
    return twice / 2;
}
inline double cellArea(const CellRing& ring) {
    return std::abs(signedCellArea(ring));
}

} // namespace tocsin::county
