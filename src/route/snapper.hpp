#pragma once

#include "route/network.hpp"

#include <cstdint>
#include <vector>

namespace tocsin::route {

/// A point of a road near some place.
struct Hit {
    std::uint32_t piece{0};
    double fraction{0}; ///< of the piece's length, 0 at `from`
    double metres{0};   ///< from the place to the point
    model::Position position;
};

/// Finds the roads nearest to a place by a grid over the network's segments. Immutable, thread safe.
/// Keeps a reference to the network.
class Snapper {
  public:
    static constexpr double reachMetres = 2000;

    explicit Snapper(const RoadNetwork& network);

    /// The nearest road and all that touch the same point (a junction's, within a few centimetres).
    /// Empty when no accepted road is within `reach` metres. `accepted` has one flag a piece; empty: all.
    [[nodiscard]] std::vector<Hit> nearest(model::Position place, const std::vector<char>& accepted = {},
                                           double reach = reachMetres) const;

    /// The segments that may touch the box (those of its cells), by the number of their first point; each once, rising.
    [[nodiscard]] std::vector<std::uint32_t> segmentsNear(FixedPoint southWest, FixedPoint northEast) const;
    /// The piece to which a segment belongs.
    [[nodiscard]] std::uint32_t pieceOfSegment(std::uint32_t segment) const { return m_pieceOf[segment]; }

    /// How far along its piece a point of a segment lies: of the piece's length, 0 at `from`.
    [[nodiscard]] double fractionOf(std::uint32_t segment, double alongSegment) const;

  private:
    struct Found;
    void scan(model::Position place, double radius, const std::vector<char>& accepted, std::vector<Found>& found) const;
    [[nodiscard]] Hit hitOf(const Found& found) const;
    [[nodiscard]] std::int64_t column(double longitude) const;
    [[nodiscard]] std::int64_t row(double latitude) const;
    [[nodiscard]] bool fill(double cellMetres);

    const RoadNetwork& m_network;
    std::vector<std::uint32_t> m_pieceOf;   // by point: the piece to which it belongs
    std::vector<std::uint32_t> m_cellBegin; // by cell, one more than cells
    std::vector<std::uint32_t> m_segments;  // number of the segment's first point
    double m_south{0};                      // all four in units of FixedPoint
    double m_west{0};
    double m_cellHeight{1};
    double m_cellWidth{1};
    std::int64_t m_columns{0};
    std::int64_t m_rows{0};
};

} // namespace tocsin::route
