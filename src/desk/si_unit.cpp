#include "tocsin/desk/si_unit.hpp"

#include <array>
#include <cmath>

namespace tocsin::desk {

namespace {

constexpr std::array fine{"mm", "mm/h", "°C", "m³/s", "m³", "hPa"};
constexpr std::array plain{"m", "m/s", "°C", "m³/s", "m³", "hPa"};

/// UDUNITS also turns seconds into hertz: what has no value at zero is no other name of the same thing.
bool isSame(UnitConverter& units, const std::string& from, const char* to) {
    const auto& conversion = units.between(from, to);
    return conversion.reason().empty() && std::isfinite(conversion(0));
}

} // namespace

std::string siUnitOf(UnitConverter& units, const std::string& unit, model::SensorKind kind) {
    if (unit.empty())
        return unit;
    const bool small = kind == model::SensorKind::rain || kind == model::SensorKind::soilMovement;
    for (const char* own : small ? fine : plain) {
        if (isSame(units, unit, own))
            return own;
    }
    return unit;
}

void bringToSi(UnitConverter& units, model::Sensor& sensor) {
    const auto own = siUnitOf(units, sensor.unit, sensor.kind);
    if (own == sensor.unit)
        return;
    const auto& conversion = units.between(sensor.unit, own);
    for (auto* limit : {&sensor.lowest, &sensor.highest}) {
        if (*limit)
            *limit = conversion(**limit);
    }
    sensor.sentUnit = sensor.unit;
    sensor.unit = own;
}

} // namespace tocsin::desk
