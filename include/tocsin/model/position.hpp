#pragma once

#include "tocsin/base/result.hpp"

#include <nlohmann/json_fwd.hpp>
#include <vector>

namespace tocsin::model {

/// The reference in which somebody's coordinates are given. Everything stored is wgs84 (CGCS2000 is taken as the same).
enum class Datum : unsigned char { wgs84, gcj02, bd09 };

/// Coordinates as they came from outside: unchecked, in degrees, order named by the members.
struct OutsidePosition {
    double latitude{0};
    double longitude{0};
    Datum datum{Datum::wgs84};
};

/// A place on earth, WGS-84, degrees; latitude −90…90, longitude −180…180, both finite.
class Position {
  public:
    Position() = default;

    /// Checks ranges only; the datum must be wgs84 (geo::normalise converts the others).
    [[nodiscard]] static base::Result<Position> checked(OutsidePosition outside);
    /// For values that the program itself wrote. Out-of-range values are a programming error and clamp.
    [[nodiscard]] static Position trusted(double latitude, double longitude);

    [[nodiscard]] double latitude() const { return m_latitude; }
    [[nodiscard]] double longitude() const { return m_longitude; }
    friend bool operator==(const Position&, const Position&) = default;

  private:
    Position(double latitude, double longitude) : m_latitude(latitude), m_longitude(longitude) {}
    double m_latitude{0};
    double m_longitude{0};
};

/// A line or a ring; a ring's last point equals its first.
using Line = std::vector<Position>;

/// A circle as CAP has it.
struct Circle {
    Position centre;
    double radiusKm{0};
    friend bool operator==(const Circle&, const Circle&) = default;
};

void to_json(nlohmann::json& out, const Circle& value);
void from_json(const nlohmann::json& in, Circle& value);

} // namespace tocsin::model
