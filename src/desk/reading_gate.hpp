#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/model/state.hpp"

namespace tocsin::desk {

/// Brings a reading to its sensor's own unit and checks it against what the sensor can measure; what cannot be is
/// refused with the reason, and belongs in quarantine.
[[nodiscard]] base::Result<void> admit(model::Reading& reading,
                                       const std::map<model::SensorId, model::Sensor>& sensors);

/// The reading as the line that a feed would send: what quarantine keeps.
[[nodiscard]] std::string lineOf(const model::Reading& reading);

} // namespace tocsin::desk
