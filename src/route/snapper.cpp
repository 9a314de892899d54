#include "route/snapper.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

namespace tocsin::route {
namespace {

constexpr double metresPerUnit = 6371008.8 * std::numbers::pi / 180 * 1e-7; // of FixedPoint, along a meridian
constexpr double cellMetres = 120;
constexpr std::int64_t mostCells = 4'000'000;
constexpr std::size_t mostEntries = 100'000'000;
constexpr double sameDistance = 0.05; // metres: closer than the stored precision allows to tell
constexpr std::size_t mostHits = 32;
constexpr std::array searchRadii{60.0, 300.0, 1000.0, 2000.0, 5000.0, 12'000.0, 25'000.0, 50'000.0};

double cosOf(double latitudeUnits) {
    return std::max(0.01, std::cos(latitudeUnits * 1e-7 * std::numbers::pi / 180));
}

} // namespace

struct Snapper::Found {
    std::uint32_t segment{0};
    double fraction{0}; ///< along the segment
    double metres{0};
};

Snapper::Snapper(const RoadNetwork& network) : m_network(network) {
    m_pieceOf.resize(network.points.size());
    for (std::uint32_t i = 0; i < network.pieces.size(); ++i) {
        const Piece& piece = network.pieces[i];
        std::fill_n(m_pieceOf.begin() + piece.firstPoint, piece.pointCount, i);
    }
    double size = cellMetres;
    while (!fill(size))
        size *= 2;
}

/// Sorts the segments into cells of this size; false if that would take too many.
bool Snapper::fill(double size) {
    std::int32_t south = std::numeric_limits<std::int32_t>::max();
    std::int32_t west = south;
    std::int32_t north = std::numeric_limits<std::int32_t>::min();
    std::int32_t east = north;
    for (const FixedPoint& p : m_network.points) {
        south = std::min(south, p.latitude);
        north = std::max(north, p.latitude);
        west = std::min(west, p.longitude);
        east = std::max(east, p.longitude);
    }
    if (m_network.points.empty()) {
        m_cellBegin.assign(1, 0);
        return true;
    }
    m_south = south;
    m_west = west;
    m_cellHeight = size / metresPerUnit;
    m_cellWidth = m_cellHeight / cosOf((double{1} * south + north) / 2);
    m_rows = static_cast<std::int64_t>((double{1} * north - south) / m_cellHeight) + 1;
    m_columns = static_cast<std::int64_t>((double{1} * east - west) / m_cellWidth) + 1;
    if (m_rows > mostCells / m_columns)
        return false;

    const auto forCells = [&](std::uint32_t segment, auto&& visit) {
        const FixedPoint& a = m_network.points[segment];
        const FixedPoint& b = m_network.points[segment + 1];
        const std::int64_t bottom = row(std::min(a.latitude, b.latitude));
        const std::int64_t top = row(std::max(a.latitude, b.latitude));
        const std::int64_t left = column(std::min(a.longitude, b.longitude));
        const std::int64_t right = column(std::max(a.longitude, b.longitude));
        for (std::int64_t y = bottom; y <= top; ++y) {
            for (std::int64_t x = left; x <= right; ++x)
                visit(static_cast<std::size_t>(y * m_columns + x));
        }
    };
    const auto forSegments = [&](auto&& visit) {
        for (const Piece& piece : m_network.pieces) {
            for (std::uint32_t k = 0; k + 1 < piece.pointCount; ++k)
                visit(piece.firstPoint + k);
        }
    };
    m_cellBegin.assign(static_cast<std::size_t>(m_rows * m_columns) + 1, 0);
    std::size_t entries = 0;
    forSegments([&](std::uint32_t segment) {
        if (entries <= mostEntries)
            forCells(segment, [&](std::size_t cell) {
                ++m_cellBegin[cell + 1];
                ++entries;
            });
    });
    if (entries > mostEntries)
        return false;
    std::partial_sum(m_cellBegin.begin(), m_cellBegin.end(), m_cellBegin.begin());
    m_segments.resize(entries);
    std::vector<std::uint32_t> next(m_cellBegin.begin(), m_cellBegin.end() - 1);
    forSegments([&](std::uint32_t segment) {
        forCells(segment, [&](std::size_t cell) { m_segments[next[cell]++] = segment; });
    });
    return true;
}

std::int64_t Snapper::column(double longitude) const {
    return std::clamp<std::int64_t>(static_cast<std::int64_t>(std::floor((longitude - m_west) / m_cellWidth)), 0,
                                    m_columns - 1);
}

std::int64_t Snapper::row(double latitude) const {
    return std::clamp<std::int64_t>(static_cast<std::int64_t>(std::floor((latitude - m_south) / m_cellHeight)), 0,
                                    m_rows - 1);
}

void Snapper::scan(model::Position place, double radius, const std::vector<char>& accepted,
                   std::vector<Found>& found) const {
    const FixedPoint centre = fixed(place);
    const double narrowing = cosOf(centre.latitude);
    double within = radius * radius;
    const double high = radius / metresPerUnit;
    const double wide = high / narrowing;
    for (std::int64_t y = row(centre.latitude - high); y <= row(centre.latitude + high); ++y) {
        for (std::int64_t x = column(centre.longitude - wide); x <= column(centre.longitude + wide); ++x) {
            const auto cell = static_cast<std::size_t>(y * m_columns + x);
            for (std::uint32_t i = m_cellBegin[cell]; i < m_cellBegin[cell + 1]; ++i) {
                const std::uint32_t segment = m_segments[i];
                if (!accepted.empty() && accepted[m_pieceOf[segment]] == 0)
                    continue;
                // A plane of metres about the place is exact enough within the reach of a snap.
                const auto east = [&](const FixedPoint& p) {
                    return (double{1} * p.longitude - centre.longitude) * narrowing * metresPerUnit;
                };
                const auto north = [&](const FixedPoint& p) {
                    return (double{1} * p.latitude - centre.latitude) * metresPerUnit;
                };
                const FixedPoint& a = m_network.points[segment];
                const FixedPoint& b = m_network.points[segment + 1];
                const double dx = east(b) - east(a);
                const double dy = north(b) - north(a);
                const double square = dx * dx + dy * dy;
                const double f = square > 0 ? std::clamp(-(east(a) * dx + north(a) * dy) / square, 0.0, 1.0) : 0.0;
                const double e = east(a) + f * dx;
                const double n = north(a) + f * dy;
                const double squared = e * e + n * n; // std::hypot takes most of a search's time
                if (squared > within)
                    continue;
                const double metres = std::sqrt(squared);
                found.push_back({segment, f, metres});
                // What is farther than this by more than a place can be known is not asked for.
                within = std::min(within, (metres + sameDistance) * (metres + sameDistance));
            }
        }
    }
}

std::vector<std::uint32_t> Snapper::segmentsNear(FixedPoint southWest, FixedPoint northEast) const {
    std::vector<std::uint32_t> segments;
    if (m_segments.empty())
        return segments;
    const std::int64_t left = column(southWest.longitude);
    const std::int64_t right = column(northEast.longitude);
    for (std::int64_t y = row(southWest.latitude); y <= row(northEast.latitude); ++y) {
        const auto first = m_cellBegin[static_cast<std::size_t>(y * m_columns + left)];
        const auto end = m_cellBegin[static_cast<std::size_t>(y * m_columns + right) + 1]; // cells of a row follow on
        segments.insert(segments.end(), m_segments.begin() + first, m_segments.begin() + end);
    }
    std::sort(segments.begin(), segments.end());
    segments.erase(std::unique(segments.begin(), segments.end()), segments.end());
    return segments;
}

double Snapper::fractionOf(std::uint32_t segment, double alongSegment) const {
    const Piece& piece = m_network.pieces[m_pieceOf[segment]];
    const double narrowing = cosOf(m_network.points[segment].latitude);
    const auto lengthOf = [&](std::uint32_t first) {
        const FixedPoint& a = m_network.points[first];
        const FixedPoint& b = m_network.points[first + 1];
        const double east = (double{1} * b.longitude - a.longitude) * narrowing;
        const double north = double{1} * b.latitude - a.latitude;
        return std::sqrt(east * east + north * north);
    };
    double before = 0;
    double all = 0;
    for (std::uint32_t k = piece.firstPoint; k + 1 < piece.firstPoint + piece.pointCount; ++k) {
        const double length = lengthOf(k);
        if (k < segment)
            before += length;
        else if (k == segment)
            before += length * alongSegment;
        all += length;
    }
    return all > 0 ? std::clamp(before / all, 0.0, 1.0) : 0.0;
}

Hit Snapper::hitOf(const Found& found) const {
    const FixedPoint& a = m_network.points[found.segment];
    const FixedPoint& b = m_network.points[found.segment + 1];
    const auto between = [&](double from, double to) { return (from + (to - from) * found.fraction) * 1e-7; };
    return {m_pieceOf[found.segment], fractionOf(found.segment, found.fraction), found.metres,
            model::Position::trusted(between(a.latitude, b.latitude), between(a.longitude, b.longitude))};
}

std::vector<Hit> Snapper::nearest(model::Position place, const std::vector<char>& accepted, double reach) const {
    std::vector<Hit> hits;
    if (m_segments.empty())
        return hits;
    std::vector<Found> found;
    for (double radius : searchRadii) {
        scan(place, std::min(radius, reach), accepted, found);
        if (!found.empty() || radius >= reach)
            break;
    }
    if (found.empty())
        return hits;
    // A segment in several cells was found more than once; a piece counts once, with its nearest segment.
    std::sort(found.begin(), found.end(), [&](const Found& a, const Found& b) {
        return std::tuple(m_pieceOf[a.segment], a.metres, a.segment) <
               std::tuple(m_pieceOf[b.segment], b.metres, b.segment);
    });
    found.erase(
        std::unique(found.begin(), found.end(),
                    [&](const Found& a, const Found& b) { return m_pieceOf[a.segment] == m_pieceOf[b.segment]; }),
        found.end());
    const double best = std::min_element(found.begin(), found.end(), [](const Found& a, const Found& b) {
                            return a.metres < b.metres;
                        })->metres;
    for (const Found& f : found) {
        if (f.metres <= best + sameDistance && hits.size() < mostHits)
            hits.push_back(hitOf(f));
    }
    return hits;
}

} // namespace tocsin::route
