#pragma once

#include <string_view>

namespace tocsin::dispatch {

/// Why a resource was not taken.
enum class Obstacle : unsigned char {
    none,
    busy,
    outOfService,
    lacksCapability,
    lowLevel,
    noRoad,
    cannotTravel,
    maintenance,
    offDuty,
    overCrewHours,
    positionTooOld,
    tooFar,
    claimed, ///< somebody else is deciding about it
    noPayload
};
inline constexpr int obstacles = 14;
/// The stable key, as journals have it.
[[nodiscard]] std::string_view toString(Obstacle obstacle);

} // namespace tocsin::dispatch
