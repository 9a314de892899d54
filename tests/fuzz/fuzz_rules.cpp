#include "tocsin/detect/backtest.hpp"

#include <cmath>
#include <cstdint>
#include <cstdlib>

// What must hold for any bytes: they are rules that can be written and read again, judged and evaluated, or a fault
// with its place.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace tocsin;
    const auto rules = detect::parseRules({reinterpret_cast<const char*>(data), size});
    if (!rules) {
        if (!rules.error().place.line || rules.error().message.empty())
            std::abort();
        return 0;
    }
    const auto again = detect::parseRules(detect::toToml(*rules));
    if (!again || *again != *rules)
        std::abort();
    std::map<model::SensorId, model::Sensor> sensors;
    for (int i = 0; i < 7; ++i) {
        model::Sensor sensor;
        sensor.id = model::SensorId("s" + std::to_string(i));
        sensor.kind = static_cast<model::SensorKind>(i);
        sensor.unit = i % 2 == 0 ? "mm/h" : "m";
        sensors[sensor.id] = sensor;
    }
    for (const detect::Remark& remark : detect::remarksOn(*rules, sensors))
        if (remark.text.empty())
            std::abort();
    detect::Detector detector(*rules);
    detector.bind(sensors);
    std::vector<detect::Conclusion> out;
    const base::Time start{std::chrono::sys_days{std::chrono::year{2026} / 11 / 20}};
    for (int step = 0; step < 60 && rules->size() <= 50; ++step) {
        const base::Time time = start + std::chrono::minutes(step * 7);
        for (const auto& [id, sensor] : sensors)
            detector.take(id, time, step % 9 == 0 ? 1e9 : std::sin(step) * step, out);
        detector.tick(time, out);
        for (const detect::Conclusion& c : out)
            if (c.rule == nullptr || !std::isfinite(c.value) || (c.sensor.value.empty() && c.source.empty()))
                std::abort();
        out.clear();
    }
    return 0;
}
