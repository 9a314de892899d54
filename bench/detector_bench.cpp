// Goal: at least 2 million readings a second through the rules on one core.

#include "tocsin/detect/detector.hpp"

#include <benchmark/benchmark.h>
#include <cmath>

namespace {

using namespace tocsin;

/// 60 sensors with four steps each, as the demo county's gauges have them.
struct Setup {
    std::vector<model::SensorId> sensors;
    detect::Detector detector{std::vector<detect::Rule>{}};

    Setup() {
        std::vector<detect::Rule> rules;
        for (int i = 0; i < 60; ++i) {
            sensors.emplace_back("county-gauge-" + std::to_string(i));
            for (int step = 0; step < 4; ++step) {
                detect::Rule rule;
                rule.id = std::to_string(i * 4 + step);
                rule.subject.sensors = {sensors.back()};
                rule.condition = detect::Threshold{true, 4.5 + step, 0.2, std::chrono::seconds{30 * (3 - step)}};
                rules.push_back(rule);
            }
        }
        detector = detect::Detector(std::move(rules));
    }
};

template <typename Take>
void run(benchmark::State& state, Setup& setup, Take take) {
    std::vector<detect::Conclusion> out;
    std::int64_t count = 0;
    for (auto _ : state) {
        const std::size_t sensor = static_cast<std::size_t>(count) % setup.sensors.size();
        const base::Time time{std::chrono::seconds{count / 60}};
        const double value = 4 + 2.5 * std::sin(static_cast<double>(count) / 40000);
        take(sensor, time, value, out);
        out.clear();
        ++count;
    }
    state.SetItemsProcessed(count);
}

void takeByName(benchmark::State& state) {
    Setup setup;
    run(state, setup, [&](std::size_t sensor, base::Time time, double value, std::vector<detect::Conclusion>& out) {
        setup.detector.take(setup.sensors[sensor], time, value, out);
    });
}
BENCHMARK(takeByName);

void takeByHandle(benchmark::State& state) {
    Setup setup;
    std::vector<detect::Detector::Handle> handles;
    for (const model::SensorId& sensor : setup.sensors)
        handles.push_back(setup.detector.handleOf(sensor));
    run(state, setup, [&](std::size_t sensor, base::Time time, double value, std::vector<detect::Conclusion>& out) {
        setup.detector.take(handles[sensor], time, value, out);
    });
}
BENCHMARK(takeByHandle);

} // namespace

BENCHMARK_MAIN();
