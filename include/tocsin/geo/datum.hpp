#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/model/position.hpp"

namespace tocsin::geo {

/// Degrees, order named by the members; no range is checked.
struct LonLat {
    double longitude{0};
    double latitude{0};
};

/// WGS-84 to GCJ-02, the offset of Chinese public maps. Outside China's bounding box (72.004–137.8347 E, 0.8293–55.8271 N)
/// the point comes back unchanged. Source of the polynomial: the published eviltransform constants (Krasovsky 1940).
[[nodiscard]] LonLat gcj02FromWgs84(LonLat wgs84);
/// The inverse, iterated until the forward transform meets the input to under 1 mm.
[[nodiscard]] LonLat wgs84FromGcj02(LonLat gcj02);
/// GCJ-02 to Baidu's BD-09 and back; the inverse is iterated as well.
[[nodiscard]] LonLat bd09FromGcj02(LonLat gcj02);
[[nodiscard]] LonLat gcj02FromBd09(LonLat bd09);
[[nodiscard]] LonLat bd09FromWgs84(LonLat wgs84);
[[nodiscard]] LonLat wgs84FromBd09(LonLat bd09);

/// Checks outside coordinates and brings them to WGS-84. Code::outOfRange for what is not on earth or not finite.
[[nodiscard]] base::Result<model::Position> normalise(model::OutsidePosition outside);

} // namespace tocsin::geo
