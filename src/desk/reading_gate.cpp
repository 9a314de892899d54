#include "desk/reading_gate.hpp"

#include "tocsin/model/json.hpp"

#include <array>
#include <cmath>
#include <string_view>

namespace tocsin::desk {

using base::Code;
using base::fail;

namespace {

struct Conversion {
    std::string_view from;
    std::string_view to;
    double factor;
    double offset;
};

const base::Time earliest = std::chrono::sys_days{std::chrono::year{2000} / 1 / 1};

/// Only where the meaning is beyond doubt.
constexpr std::array conversions{
    Conversion{"cm", "m", 0.01, 0},
    Conversion{"mm", "m", 0.001, 0},
    Conversion{"ft", "m", 0.3048, 0},
    Conversion{"m", "cm", 100, 0},
    Conversion{"in/h", "mm/h", 25.4, 0},
    Conversion{"km/h", "m/s", 1 / 3.6, 0},
    Conversion{"degF", "°C", 5.0 / 9, -160.0 / 9},
    Conversion{"K", "°C", 1, -273.15},
    Conversion{"C", "°C", 1, 0},
    Conversion{"degC", "°C", 1, 0},
    Conversion{"cm/day", "mm/day", 10, 0},
};

} // namespace

base::Result<void> admit(model::Reading& reading, const std::map<model::SensorId, model::Sensor>& sensors) {
    const auto found = sensors.find(reading.sensor);
    if (found == sensors.end())
        return fail(Code::notFound, "no sensor '" + reading.sensor.value + "' is registered");
    const auto& sensor = found->second;
    // A month that is touched costs a file: a broken or hostile clock must not make thousands of them.
    if (reading.time < earliest || reading.time > reading.received + std::chrono::days(366))
        return fail(Code::outOfRange, "the reading's time is before 2000 or over a year ahead");
    if (!reading.unit.empty() && reading.unit != sensor.unit) {
        bool converted = false;
        for (const auto& c : conversions) {
            if (c.from == reading.unit && c.to == sensor.unit) {
                reading.value = reading.value * c.factor + c.offset;
                converted = true;
                break;
            }
        }
        if (!converted)
            return fail(Code::malformed,
                        "unit '" + reading.unit + "' cannot be brought to the sensor's '" + sensor.unit + "'");
        reading.unit = sensor.unit;
    }
    if (!std::isfinite(reading.value))
        return fail(Code::outOfRange, "the value is not a finite number");
    if ((sensor.lowest && reading.value < *sensor.lowest) || (sensor.highest && reading.value > *sensor.highest))
        return fail(Code::outOfRange, "the value is outside what the sensor can measure");
    return {};
}

std::string lineOf(const model::Reading& reading) {
    nlohmann::json line = nlohmann::json::object();
    line["sensor"] = reading.sensor;
    line["time"] = reading.time;
    line["value"] = reading.value;
    if (!reading.unit.empty())
        line["unit"] = reading.unit;
    return line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

} // namespace tocsin::desk
