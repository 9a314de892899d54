#include "tocsin/geo/rtree.hpp"

#include <algorithm>
#include <boost/geometry.hpp>
#include <boost/geometry/geometries/box.hpp>
#include <boost/geometry/geometries/point.hpp>
#include <boost/geometry/index/rtree.hpp>
#include <cmath>
#include <iterator>

namespace tocsin::geo {

namespace bg = boost::geometry;
namespace bgi = boost::geometry::index;

namespace {
/// On the unit sphere: the chord grows with the great circle, so nearest there is nearest on earth, poles and date line
/// included.
using Point3 = bg::model::point<double, 3, bg::cs::cartesian>;
using Point2 = bg::model::point<double, 2, bg::cs::cartesian>;

Point3 onSphere(const model::Position& p) {
    constexpr double rad = 3.14159265358979323846 / 180.0;
    const double c = std::cos(p.latitude() * rad);
    return {c * std::cos(p.longitude() * rad), c * std::sin(p.longitude() * rad), std::sin(p.latitude() * rad)};
}
} // namespace

struct PointIndex::Impl {
    std::vector<std::pair<model::Position, std::uint32_t>> points;
    bgi::rtree<std::pair<Point3, std::uint32_t>, bgi::quadratic<16>> sphere;
    bgi::rtree<std::pair<Point2, std::uint32_t>, bgi::quadratic<16>> plane;
};

PointIndex::PointIndex(std::span<const std::pair<model::Position, std::uint32_t>> points)
    : m_impl(std::make_unique<Impl>()) {
    m_impl->points.assign(points.begin(), points.end());
    std::vector<std::pair<Point3, std::uint32_t>> sphere;
    std::vector<std::pair<Point2, std::uint32_t>> plane;
    sphere.reserve(points.size());
    plane.reserve(points.size());
    for (std::size_t i = 0; i < points.size(); ++i) {
        const auto& p = points[i].first;
        sphere.emplace_back(onSphere(p), static_cast<std::uint32_t>(i));
        plane.emplace_back(Point2(p.longitude(), p.latitude()), static_cast<std::uint32_t>(i));
    }
    m_impl->sphere = decltype(m_impl->sphere)(sphere);
    m_impl->plane = decltype(m_impl->plane)(plane);
}

PointIndex::~PointIndex() = default;
PointIndex::PointIndex(PointIndex&&) noexcept = default;
PointIndex& PointIndex::operator=(PointIndex&&) noexcept = default;

std::vector<std::pair<std::uint32_t, base::Metres>> PointIndex::nearest(const model::Position& p, std::size_t most,
                                                                        base::Metres limit) const {
    std::vector<std::pair<Point3, std::uint32_t>> found;
    m_impl->sphere.query(bgi::nearest(onSphere(p), static_cast<unsigned>(most)), std::back_inserter(found));
    std::vector<std::pair<std::uint32_t, base::Metres>> out;
    for (const auto& [unused, index] : found) {
        const auto& [position, value] = m_impl->points[index];
        const auto metres = distance(p, position);
        if (metres <= limit)
            out.emplace_back(value, metres);
    }
    std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    return out;
}

std::vector<std::uint32_t> PointIndex::inside(const Box& box) const {
    std::vector<std::uint32_t> out;
    if (box.empty())
        return out;
    const bg::model::box<Point2> area(Point2(box.west, box.south), Point2(box.east, box.north));
    for (auto it = m_impl->plane.qbegin(bgi::covered_by(area)); it != m_impl->plane.qend(); ++it)
        out.push_back(m_impl->points[it->second].second);
    return out;
}

} // namespace tocsin::geo
