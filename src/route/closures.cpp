#include "route/closures.hpp"

#include "tocsin/geo/measure.hpp"
#include "tocsin/route/closures.hpp"

#include <cmath>
#include <limits>
#include <numbers>

namespace tocsin::route {
namespace {

constexpr double metresPerUnit = 6371008.8 * std::numbers::pi / 180 * 1e-7; // of FixedPoint, along a meridian
constexpr double pointReachMetres = 50;
constexpr double alongMetres = 8; // as near a line is drawn to the road that it is meant for
constexpr double alongLeastMetres = 10;
const double alongCosine = std::cos(20 * std::numbers::pi / 180);
constexpr std::size_t mostBands = 512;

struct Vector {
    double east{0};
    double north{0};
};
double cross(Vector a, Vector b) {
    return a.east * b.north - a.north * b.east;
}
double dot(Vector a, Vector b) {
    return a.east * b.east + a.north * b.north;
}

/// What was drawn, on a plane of metres, its edges sorted into bands of latitude.
class Drawn {
  public:
    explicit Drawn(const model::Line& line) : m_isRing(line.size() >= 4 && line.front() == line.back()) {
        FixedPoint least{std::numeric_limits<std::int32_t>::max(), std::numeric_limits<std::int32_t>::max()};
        FixedPoint most{std::numeric_limits<std::int32_t>::min(), std::numeric_limits<std::int32_t>::min()};
        for (const model::Position& p : line) {
            const FixedPoint f = fixed(p);
            least = {std::min(least.latitude, f.latitude), std::min(least.longitude, f.longitude)};
            most = {std::max(most.latitude, f.latitude), std::max(most.longitude, f.longitude)};
        }
        m_origin = least;
        m_narrowing =
            std::max(0.01, std::cos((double{1} * least.latitude + most.latitude) / 2 * 1e-7 * std::numbers::pi / 180));
        for (const model::Position& p : line)
            m_points.push_back(plane(fixed(p)));
        const double high = (double{1} * most.latitude - least.latitude) * metresPerUnit;
        m_bands.resize(std::clamp<std::size_t>(m_points.size(), 1, mostBands));
        m_bandHeight = std::max(high / static_cast<double>(m_bands.size()), 1.0);
        for (std::uint32_t i = 0; i + 1 < m_points.size(); ++i) {
            const double south = std::min(m_points[i].north, m_points[i + 1].north) - alongMetres;
            const double north = std::max(m_points[i].north, m_points[i + 1].north) + alongMetres;
            for (std::size_t band = bandOf(south); band <= bandOf(north); ++band)
                m_bands[band].push_back(i);
        }
    }

    [[nodiscard]] bool isRing() const { return m_isRing; }
    [[nodiscard]] std::size_t edges() const { return m_points.size() - 1; }
    [[nodiscard]] Vector plane(FixedPoint p) const {
        return {(double{1} * p.longitude - m_origin.longitude) * m_narrowing * metresPerUnit,
                (double{1} * p.latitude - m_origin.latitude) * metresPerUnit};
    }
    [[nodiscard]] Vector point(std::size_t i) const { return m_points[i]; }

    /// Calls `visit` with each edge that may come near the latitudes; some more than once.
    template <typename Visit>
    void forEdges(double north1, double north2, const Visit& visit) const {
        for (std::size_t band = bandOf(std::min(north1, north2)); band <= bandOf(std::max(north1, north2)); ++band) {
            for (const std::uint32_t edge : m_bands[band])
                visit(edge);
        }
    }
    /// Even–odd; only for a ring.
    [[nodiscard]] bool holds(Vector p) const {
        bool inside = false;
        for (const std::uint32_t edge : m_bands[bandOf(p.north)]) {
            const Vector a = m_points[edge];
            const Vector b = m_points[edge + 1];
            if ((a.north > p.north) != (b.north > p.north) &&
                p.east < a.east + (b.east - a.east) * (p.north - a.north) / (b.north - a.north))
                inside = !inside;
        }
        return inside;
    }

  private:
    [[nodiscard]] std::size_t bandOf(double north) const {
        const double band = std::floor(north / m_bandHeight);
        return static_cast<std::size_t>(std::clamp(band, 0.0, static_cast<double>(m_bands.size() - 1)));
    }

    bool m_isRing;
    FixedPoint m_origin;
    double m_narrowing{1};
    std::vector<Vector> m_points;
    double m_bandHeight{1};
    std::vector<std::vector<std::uint32_t>> m_bands; ///< edges by the number of their first point
};

/// How far a line runs along a piece.
struct Along {
    double metres{0};
    Stretch stretch;
};

/// The segments of roads that may meet the edges [first, first + count) of what was drawn.
std::vector<std::uint32_t> segmentsNear(const Snapper& snapper, const model::Line& line, std::size_t first,
                                        std::size_t count) {
    FixedPoint southWest = fixed(line[first]);
    FixedPoint northEast = southWest;
    for (std::size_t i = first; i <= first + count; ++i) {
        const FixedPoint p = fixed(line[i]);
        southWest = {std::min(southWest.latitude, p.latitude), std::min(southWest.longitude, p.longitude)};
        northEast = {std::max(northEast.latitude, p.latitude), std::max(northEast.longitude, p.longitude)};
    }
    constexpr auto margin = static_cast<std::int32_t>(alongMetres / metresPerUnit) + 1;
    // Towards the poles a degree of longitude is shorter; the grid's cells are coarser than what is missed.
    return snapper.segmentsNear({southWest.latitude - margin, southWest.longitude - 2 * margin},
                                {northEast.latitude + margin, northEast.longitude + 2 * margin});
}

void addLine(const RoadNetwork& network, const Snapper& snapper, const model::Line& line, ClosedStretches& into) {
    const Drawn drawn(line);
    std::vector<std::uint32_t> segments;
    if (drawn.isRing()) {
        segments = segmentsNear(snapper, line, 0, drawn.edges());
    } else {
        for (std::size_t i = 0; i < drawn.edges(); ++i) {
            const auto near = segmentsNear(snapper, line, i, 1);
            segments.insert(segments.end(), near.begin(), near.end());
        }
        std::sort(segments.begin(), segments.end());
        segments.erase(std::unique(segments.begin(), segments.end()), segments.end());
    }
    std::unordered_map<std::uint32_t, Along> along;
    for (const std::uint32_t segment : segments) {
        const Vector a = drawn.plane(network.points[segment]);
        const Vector b = drawn.plane(network.points[segment + 1]);
        const Vector road{b.east - a.east, b.north - a.north};
        const double length = std::hypot(road.east, road.north);
        const std::uint32_t piece = snapper.pieceOfSegment(segment);
        const auto fractionAt = [&](double t) { return snapper.fractionOf(segment, std::clamp(t, 0.0, 1.0)); };
        const auto close = [&](double t) { into[piece].add(fractionAt(t)); };
        if (drawn.isRing()) {
            if (drawn.holds(a))
                close(0);
            if (drawn.holds(b))
                close(1);
        }
        double ran = 0; // metres of this segment along which the line runs
        drawn.forEdges(a.north, b.north, [&](std::uint32_t edge) {
            const Vector p = drawn.point(edge);
            const Vector q = drawn.point(edge + 1);
            const Vector side{q.east - p.east, q.north - p.north};
            const Vector between{p.east - a.east, p.north - a.north};
            const double turn = cross(road, side);
            if (turn != 0) {
                const double t = cross(between, side) / turn;
                const double u = cross(between, road) / turn;
                if (t >= -1e-9 && t <= 1 + 1e-9 && u >= -1e-9 && u <= 1 + 1e-9)
                    close(t);
            }
            const double sideLength = std::hypot(side.east, side.north);
            if (length <= 0 || sideLength <= 0 || std::abs(dot(road, side)) < alongCosine * length * sideLength)
                return;
            // Where the edge stands beside the segment, and how far off at both ends of that.
            const double p1 = dot(between, road) / length;
            const double p2 = p1 + dot(side, road) / length;
            const double d1 = cross(road, between) / length;
            const double d2 = d1 + cross(road, side) / length;
            const double begin = std::clamp(std::min(p1, p2), 0.0, length);
            const double end = std::clamp(std::max(p1, p2), 0.0, length);
            const auto off = [&](double at) { return std::abs(d1 + (d2 - d1) * (at - p1) / (p2 - p1)); };
            if (end <= begin || off(begin) > alongMetres || off(end) > alongMetres)
                return;
            ran = std::max(ran, end - begin);
            along[piece].stretch.add(fractionAt(begin / length));
            along[piece].stretch.add(fractionAt(end / length));
        });
        if (ran > 0)
            along[piece].metres += ran;
    }
    for (const auto& [piece, way] : along) {
        if (way.metres < alongLeastMetres)
            continue;
        into[piece].add(way.stretch.from);
        into[piece].add(way.stretch.to);
    }
}

} // namespace

void addClosed(const RoadNetwork& network, const Snapper& snapper, std::span<const model::Line> closures,
               ClosedStretches& into) {
    for (const model::Line& line : closures) {
        if (line.empty())
            continue;
        const bool isPoint = std::all_of(line.begin(), line.end(), [&](const auto& p) { return p == line.front(); });
        if (!isPoint) {
            addLine(network, snapper, line, into);
            continue;
        }
        for (const Hit& hit : snapper.nearest(line.front())) {
            if (hit.metres <= pointReachMetres)
                into[hit.piece].add(hit.fraction);
        }
    }
}

namespace {

/// False where the boxes of the two lie too far from each other for one to close the other.
bool areNear(const model::Line& a, const model::Line& b) {
    const auto boxOf = [](const model::Line& line) {
        geo::Box box;
        for (const model::Position& p : line)
            box.add(p);
        return box;
    };
    const geo::Box first = boxOf(a);
    const geo::Box second = boxOf(b);
    constexpr double high = 2 * pointReachMetres / metresPerUnit * 1e-7; // degrees
    const double wide =
        high /
        std::max(0.01, std::cos(std::max(std::abs(first.south), std::abs(first.north)) * std::numbers::pi / 180));
    return first.south - high <= second.north && second.south - high <= first.north &&
           first.west - wide <= second.east && second.west - wide <= first.east;
}

} // namespace

bool liesOn(const model::Line& way, const model::Line& closure) {
    if (way.size() < 2 || closure.empty() || !areNear(way, closure))
        return false;
    RoadNetwork network; // the way as the only road
    for (const model::Position& p : way)
        network.points.push_back(fixed(p));
    network.nodes = {network.points.front(), network.points.back()};
    Piece piece;
    piece.to = 1;
    piece.pointCount = static_cast<std::uint32_t>(network.points.size());
    network.pieces.push_back(piece);
    ClosedStretches closed;
    addClosed(network, Snapper(network), std::span(&closure, 1), closed);
    return !closed.empty();
}

} // namespace tocsin::route
