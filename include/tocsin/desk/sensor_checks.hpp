#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/model/sensor.hpp"

namespace tocsin::desk {

inline constexpr std::size_t mostSensorId = 120;                       ///< bytes; as readings name it
inline constexpr std::size_t mostSensorUnit = 32;                      ///< bytes; the same
inline constexpr base::Duration shortestSilence{std::chrono::seconds(10)};
inline constexpr base::Duration longestSilence{std::chrono::days(366)};
inline constexpr double mostMeasured = 1e15; ///< either side of 0, in the sensor's unit

/// Whether a sensor can stand in the register: an id that a reading can have, texts without control characters, a silence
/// limit and bounds that are believable, the lowest below the highest. Says which field of which sensor is wrong. Whether
/// anybody knows the unit is for UnitConverter to say.
[[nodiscard]] base::Result<void> checkSensor(const model::Sensor& sensor);

} // namespace tocsin::desk
