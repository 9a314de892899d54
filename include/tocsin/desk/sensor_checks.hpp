#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/model/sensor.hpp"

#include <cstddef>
#include <string_view>

namespace tocsin::desk {

/// Whether a sensor can stand in the register: an id that a reading can have, texts without control characters, a silence
/// limit and bounds that are believable, the lowest below the highest. Says which field of which sensor is wrong. Whether
/// anybody knows the unit is for UnitConverter to say.
[[nodiscard]] base::Result<void> checkSensor(const model::Sensor& sensor);

/// The desk's own alarm of a sensor whose clock is far ahead; its value is by how many hours.
inline constexpr std::string_view clockAheadRule = "clock-ahead";
/// And of one that stands far behind, or is told as late each time.
inline constexpr std::string_view clockBehindRule = "clock-behind";

/// By one RetireSensors.
inline constexpr std::size_t mostSensorsRetired = 20'000;

} // namespace tocsin::desk
