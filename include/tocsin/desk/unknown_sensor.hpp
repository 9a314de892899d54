#pragma once

#include "tocsin/base/result.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace tocsin::desk {

/// Why a reading waits in quarantine whose sensor nobody has registered.
[[nodiscard]] base::Error unknownSensor(std::string_view id);

/// The sensor of such a reason, also where more is said behind it; absent: it is another reason.
[[nodiscard]] std::optional<std::string> unknownSensorOf(const base::Error& error);

} // namespace tocsin::desk
