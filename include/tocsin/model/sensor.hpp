#pragma once

#include "tocsin/base/text.hpp"
#include "tocsin/base/time.hpp"
#include "tocsin/model/ids.hpp"
#include "tocsin/model/position.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace tocsin::model {

enum class SensorKind : std::uint8_t { riverLevel, rain, soilMovement, seismicIntensity, smoke, weather, other };
[[nodiscard]] std::string_view toString(SensorKind kind);
[[nodiscard]] std::optional<SensorKind> sensorKindFrom(std::string_view text);

// What a sensor's record may say; the register and the tables of them that are read hold to it.
inline constexpr std::size_t mostSensorId = 120;  ///< bytes; as readings name it
inline constexpr std::size_t mostSensorUnit = 32; ///< bytes; the same
inline constexpr base::Duration shortestSilence{std::chrono::seconds(10)};
inline constexpr base::Duration longestSilence{std::chrono::days(366)};
inline constexpr double mostMeasured = 1e15; ///< either side of 0, in the sensor's unit

struct Sensor {
    SensorId id;
    base::LocalText name;
    SensorKind kind{SensorKind::other};
    std::string unit; ///< in which it is stored and shown: "m", "mm/h", "°C"
    std::string sentUnit; ///< in which a reading is that names none; empty: `unit`
    Position position;
    base::LocalText place;
    std::optional<double> lowest;  ///< what it can measure; beyond is a fault of the sensor
    std::optional<double> highest;
    std::string feed;                          ///< that brought it into the register; empty: the county's own
    std::optional<base::Duration> silentAfter; ///< with no reading for so long, silence itself is an alarm
    std::string outOfService; ///< why its alarms are not to be believed for now; empty: in service
    std::string outOfServiceBy;
    std::optional<base::Time> outOfServiceSince;
    std::string retired; ///< why it is no longer there; kept for its readings and what refers to it. Empty: in use
    std::string retiredBy;
    std::optional<base::Time> retiredSince;
    friend bool operator==(const Sensor&, const Sensor&) = default;
};

/// One value of one sensor at one time. `unit` is as sent; empty means the sensor's own.
struct Reading {
    SensorId sensor;
    base::Time time;     ///< when it was measured
    base::Time received; ///< when the desk took it
    double value{0};     ///< finite
    std::string unit;
    /// Kept and shown, but sets nothing off: its time is too far ahead, or too long ago, or its sensor was retired when it came.
    /// What is only a little `ahead` of when it came is judged, but as of then. A `corrected` value took the place of another one, which is `superseded`:
    /// these two are told of what is read, and never stored with it.
    enum Flag : std::uint8_t { plain = 0, fromFuture = 1, fromFarPast = 2, ofRetired = 4, ahead = 8, corrected = 16, superseded = 32 };
    std::uint8_t flags{plain};
    friend bool operator==(const Reading&, const Reading&) = default;
};

void to_json(nlohmann::json& out, const Sensor& value);
void from_json(const nlohmann::json& in, Sensor& value);

} // namespace tocsin::model
