#include "tocsin/geo/datum.hpp"

#include <cmath>
#include <numbers>

namespace tocsin::geo {

namespace {

constexpr double pi = std::numbers::pi;
constexpr double axis = 6378245.0;                       // Krasovsky 1940, metres
constexpr double eccentricity2 = 0.00669342162296594323; // its first eccentricity, squared
constexpr double baiduPi = pi * 3000.0 / 180.0;

bool insideChina(LonLat p) {
    return p.longitude >= 72.004 && p.longitude <= 137.8347 && p.latitude >= 0.8293 && p.latitude <= 55.8271;
}

double waves(double x) {
    return (20.0 * std::sin(6.0 * x * pi) + 20.0 * std::sin(2.0 * x * pi)) * 2.0 / 3.0;
}

double northing(double x, double y) {
    double d = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * std::sqrt(std::abs(x));
    d += waves(x);
    d += (20.0 * std::sin(y * pi) + 40.0 * std::sin(y / 3.0 * pi)) * 2.0 / 3.0;
    d += (160.0 * std::sin(y / 12.0 * pi) + 320.0 * std::sin(y * pi / 30.0)) * 2.0 / 3.0;
    return d;
}

double easting(double x, double y) {
    double d = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * std::sqrt(std::abs(x));
    d += waves(x);
    d += (20.0 * std::sin(x * pi) + 40.0 * std::sin(x / 3.0 * pi)) * 2.0 / 3.0;
    d += (150.0 * std::sin(x / 12.0 * pi) + 300.0 * std::sin(x / 30.0 * pi)) * 2.0 / 3.0;
    return d;
}

/// Finds p with forward(p) = target by fixed-point steps; the forward maps are near the identity, so each step gains
/// three to four digits. 1e-9 degrees is 0.1 mm.
template <typename Forward>
LonLat invert(Forward forward, LonLat target) {
    LonLat p = target;
    for (int step = 0; step < 30; ++step) {
        const LonLat image = forward(p);
        const double east = target.longitude - image.longitude;
        const double north = target.latitude - image.latitude;
        p.longitude += east;
        p.latitude += north;
        if (std::abs(east) < 1e-11 && std::abs(north) < 1e-11)
            break;
    }
    return p;
}

} // namespace

LonLat gcj02FromWgs84(LonLat wgs84) {
    if (!insideChina(wgs84))
        return wgs84;
    const double x = wgs84.longitude - 105.0;
    const double y = wgs84.latitude - 35.0;
    const double phi = wgs84.latitude / 180.0 * pi;
    const double s = std::sin(phi);
    const double w = 1.0 - eccentricity2 * s * s;
    const double root = std::sqrt(w);
    const double north = northing(x, y) * 180.0 / ((axis * (1.0 - eccentricity2)) / (w * root) * pi);
    const double east = easting(x, y) * 180.0 / (axis / root * std::cos(phi) * pi);
    return {wgs84.longitude + east, wgs84.latitude + north};
}

LonLat wgs84FromGcj02(LonLat gcj02) {
    if (!insideChina(gcj02))
        return gcj02;
    return invert(gcj02FromWgs84, gcj02);
}

LonLat bd09FromGcj02(LonLat gcj02) {
    const double x = gcj02.longitude;
    const double y = gcj02.latitude;
    const double r = std::sqrt(x * x + y * y) + 0.00002 * std::sin(y * baiduPi);
    const double theta = std::atan2(y, x) + 0.000003 * std::cos(x * baiduPi);
    return {r * std::cos(theta) + 0.0065, r * std::sin(theta) + 0.006};
}

LonLat gcj02FromBd09(LonLat bd09) {
    return invert(bd09FromGcj02, bd09);
}

LonLat bd09FromWgs84(LonLat wgs84) {
    return bd09FromGcj02(gcj02FromWgs84(wgs84));
}

LonLat wgs84FromBd09(LonLat bd09) {
    return wgs84FromGcj02(gcj02FromBd09(bd09));
}

base::Result<model::Position> normalise(model::OutsidePosition outside) {
    const auto datum = outside.datum;
    outside.datum = model::Datum::wgs84;
    // The range comes first: the transforms are only tame near the earth.
    auto checked = model::Position::checked(outside);
    if (!checked || datum == model::Datum::wgs84)
        return checked;
    const LonLat in{outside.longitude, outside.latitude};
    const LonLat out = datum == model::Datum::gcj02 ? wgs84FromGcj02(in) : wgs84FromBd09(in);
    return model::Position::checked({out.latitude, out.longitude, model::Datum::wgs84});
}

} // namespace tocsin::geo
