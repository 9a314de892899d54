#include "tocsin/model/position.hpp"

#include <algorithm>
#include <cmath>

namespace tocsin::model {

base::Result<Position> Position::checked(OutsidePosition outside) {
    if (!std::isfinite(outside.latitude) || !std::isfinite(outside.longitude))
        return base::fail(base::Code::outOfRange, "a coordinate is not a finite number");
    if (outside.latitude < -90 || outside.latitude > 90)
        return base::fail(base::Code::outOfRange, "latitude outside -90 to 90 degrees");
    if (outside.longitude < -180 || outside.longitude > 180)
        return base::fail(base::Code::outOfRange, "longitude outside -180 to 180 degrees");
    if (outside.datum != Datum::wgs84)
        return base::fail(base::Code::refused, "coordinates are not in WGS-84");
    return Position(outside.latitude, outside.longitude);
}

Position Position::trusted(double latitude, double longitude) {
    return {std::clamp(latitude, -90.0, 90.0), std::clamp(longitude, -180.0, 180.0)};
}

} // namespace tocsin::model
