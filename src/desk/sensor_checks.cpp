#include "tocsin/desk/sensor_checks.hpp"

#include "desk/handlers.hpp"
#include "desk/record_checks.hpp"

#include <algorithm>

namespace tocsin::desk {

using base::Code;
using base::fail;

base::Result<void> checkSensor(const model::Sensor& sensor) {
    if (auto ok = checkText(sensor.id.value, "a sensor's id", model::mostSensorId); !ok)
        return ok;
    // Readings come with none of these, so that it would never be heard.
    const auto& id = sensor.id.value;
    if (std::any_of(id.begin(), id.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }))
        return fail(Code::malformed, "a sensor's id holds a line break or a tab");
    const std::string whose = "sensor '" + id + "'";
    if (auto ok = checkLocal(sensor.name, "the name of " + whose, true); !ok)
        return ok;
    if (auto ok = checkLocal(sensor.place, "the place of " + whose, true); !ok)
        return ok;
    if (auto ok = checkText(sensor.unit, "the unit of " + whose, model::mostSensorUnit, true); !ok)
        return ok;
    if (sensor.silentAfter && (*sensor.silentAfter < model::shortestSilence || *sensor.silentAfter > model::longestSilence))
        return fail(Code::outOfRange, "the silence limit of " + whose + " is not between 10 seconds and 366 days");
    if (sensor.lowest)
        if (auto ok = checkNumber(*sensor.lowest, "the lowest value of " + whose, -model::mostMeasured, model::mostMeasured); !ok)
            return ok;
    if (sensor.highest)
        if (auto ok = checkNumber(*sensor.highest, "the highest value of " + whose, -model::mostMeasured, model::mostMeasured); !ok)
            return ok;
    if (sensor.lowest && sensor.highest && *sensor.lowest >= *sensor.highest)
        return fail(Code::outOfRange, "the lowest value of " + whose + " is not below its highest");
    return {};
}

} // namespace tocsin::desk
