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
    noPayload,
    // Of stores and shelters:
    promised,  ///< what it has is promised to others
    expired,   ///< what it has
    otherUnit, ///< it counts it otherwise than is asked for
    noneLeft,
    full,
    oldCount,  ///< it was counted too long ago to be relied on
    worseInAll ///< it would do, but the plan as a whole is better without it
};
inline constexpr int obstacles = 21;
/// The stable key, as journals have it.
[[nodiscard]] std::string_view toString(Obstacle obstacle);

} // namespace tocsin::dispatch
