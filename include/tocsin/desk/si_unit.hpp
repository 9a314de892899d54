#pragma once

#include "tocsin/desk/unit_converter.hpp"
#include "tocsin/model/sensor.hpp"

#include <string>

namespace tocsin::desk {

/// In which unit a sensor is stored and shown whose service calls its unit `unit`: the desk's own for what it measures (m,
/// m/s, m³/s, m³, °C, hPa; for rain and ground that moves mm and mm/h), else the service's word as it is.
[[nodiscard]] std::string siUnitOf(UnitConverter& units, const std::string& unit, model::SensorKind kind);

/// The sensor as it is registered: with the desk's unit, and with what its readings are in where they name none.
void bringToSi(UnitConverter& units, model::Sensor& sensor);

} // namespace tocsin::desk
