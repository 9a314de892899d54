#include "map/line_join.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace tocsin::map {
namespace {

using Line = mapnik::geometry::line_string<double>;
using Node = std::pair<double, double>;

Node nodeOf(const mapnik::geometry::point<double>& p) {
    return {p.x, p.y};
}

/// Whether one that comes along a → b goes on nearly straight along b → c.
bool goesOn(const mapnik::geometry::point<double>& a, const mapnik::geometry::point<double>& b,
            const mapnik::geometry::point<double>& c) {
    const double ux = b.x - a.x;
    const double uy = b.y - a.y;
    const double vx = c.x - b.x;
    const double vy = c.y - b.y;
    return ux * vx + uy * vy >= 0.5 * std::hypot(ux, uy) * std::hypot(vx, vy);
}

} // namespace

std::vector<Line> joinLines(std::vector<Line> pieces) {
    std::multimap<Node, std::size_t> ends;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        if (pieces[i].size() < 2)
            continue;
        ends.emplace(nodeOf(pieces[i].front()), i);
        ends.emplace(nodeOf(pieces[i].back()), i);
    }
    std::vector<bool> used(pieces.size());
    const auto extend = [&](Line& line) {
        for (bool found = true; found;) {
            found = false;
            const auto [from, to] = ends.equal_range(nodeOf(line.back()));
            for (auto it = from; it != to && !found; ++it) {
                if (used[it->second])
                    continue;
                Line& next = pieces[it->second];
                if (nodeOf(next.front()) != nodeOf(line.back()))
                    std::reverse(next.begin(), next.end());
                if (!goesOn(line[line.size() - 2], line.back(), next[1]))
                    continue;
                used[it->second] = true;
                line.insert(line.end(), std::next(next.begin()), next.end());
                found = true;
            }
        }
    };
    std::vector<Line> joined;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        if (used[i] || pieces[i].size() < 2)
            continue;
        used[i] = true;
        Line line = std::move(pieces[i]);
        extend(line);
        std::reverse(line.begin(), line.end());
        extend(line);
        joined.push_back(std::move(line));
    }
    return joined;
}

} // namespace tocsin::map
