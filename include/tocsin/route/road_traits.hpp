#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace tocsin::route {

/// The numbers are those of the map file: new ones go to the end.
enum class RoadClass : std::uint8_t {
    other,
    motorway,
    trunk,
    primary,
    secondary,
    tertiary,
    unclassified,
    residential,
    livingStreet,
    service,
    track,
    path, ///< and whatever else is too narrow for most: footways, cycleways, pedestrian streets
    ferry
};
inline constexpr std::size_t roadClasses = 13;
[[nodiscard]] std::string_view toString(RoadClass cls);

enum class Surface : std::uint8_t { unknown, paved, cobbled, gravel, soft };
inline constexpr std::size_t surfaces = 5;
[[nodiscard]] std::string_view toString(Surface surface);

/// Who may drive there, by law.
enum class RoadAccess : std::uint8_t { open, destination, privateRoad, forestry, emergency };
inline constexpr std::size_t roadAccesses = 5;
[[nodiscard]] std::string_view toString(RoadAccess access);

/// What a vehicle's time on a road depends on, besides the time that the importer gave it.
struct RoadTraits {
    RoadClass cls{RoadClass::other};
    Surface surface{Surface::unknown};
    RoadAccess access{RoadAccess::open};
    bool bridge{false};
    bool tunnel{false};
    bool ford{false};
    bool limitTagged{false}; ///< its time comes from a limit that the map told, not from the road's class
    double slope{0};         ///< metres risen a metre in the arc's direction: −mostSlope … mostSlope; 0: flat or unknown
    double maxTonnes{0};     ///< 0: no limit is known; so with the next two
    double maxHeight{0};     ///< metres
    double maxWidth{0};      ///< metres
    friend bool operator==(const RoadTraits&, const RoadTraits&) = default;
};
inline constexpr double mostSlope = 0.5;
inline constexpr double mostTonnes = 1000;
inline constexpr double mostClearance = 100; ///< metres

} // namespace tocsin::route
