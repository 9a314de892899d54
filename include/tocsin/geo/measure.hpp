#pragma once

#include "tocsin/base/units.hpp"
#include "tocsin/model/position.hpp"

#include <optional>
#include <span>

namespace tocsin::geo {

/// A box in degrees; south ≤ north, west ≤ east (no box crosses the date line).
struct Box {
    double south{90};
    double west{180};
    double north{-90};
    double east{-180};

    void add(const model::Position& p);
    [[nodiscard]] bool empty() const { return south > north || west > east; }
    [[nodiscard]] bool contains(const model::Position& p) const;
    [[nodiscard]] model::Position centre() const;
};

/// Great-circle distance on the sphere of 6,371,008.8 m (IUGG mean radius), haversine; within 0.6 % of the ellipsoid.
[[nodiscard]] base::Metres distance(const model::Position& a, const model::Position& b);
[[nodiscard]] base::Metres length(const model::Line& line);
/// Initial bearing, degrees clockwise from north, 0 ≤ b < 360.
[[nodiscard]] base::Degrees bearing(const model::Position& from, const model::Position& to);
/// Area of a ring on the sphere, whichever way it turns (Chamberlain & Duquette 2007, JPL Publication 07-03).
[[nodiscard]] base::SquareMetres area(const model::Line& ring);
/// Even–odd test in degrees; right for rings that are small against the earth and do not cross the date line.
[[nodiscard]] bool contains(const model::Line& ring, const model::Position& p);
/// The point `metres` away from `from` in direction `bearing`.
[[nodiscard]] model::Position offset(const model::Position& from, base::Degrees bearing, base::Metres metres);
/// The nearest point of a line (planar approximation about `p`, good within a few km) and its distance.
struct NearestOnLine {
    model::Position position;
    base::Metres distance;
    std::size_t segment{0}; ///< index of the segment's first point
    double fraction{0};     ///< along that segment, 0…1
};
[[nodiscard]] std::optional<NearestOnLine> nearestOnLine(std::span<const model::Position> line, const model::Position& p);

} // namespace tocsin::geo
