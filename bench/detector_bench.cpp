// Goal: at least 2 million readings a second through the rules on one core; 100,000 sensors with five rules each keep
// what the desk takes in a second; no kind of condition costs more as history grows.

#include "tocsin/detect/detector.hpp"

#include <benchmark/benchmark.h>
#include <cmath>
#include <ctime>
#include <map>
#include <memory>
#include <string>

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

/// 100,000 sensors of a kind, five rules by kind, readings in turn: memory far larger than any cache.
void takeOfMany(benchmark::State& state) {
    std::map<model::SensorId, model::Sensor> sensors;
    for (int i = 0; i < 100'000; ++i) {
        model::Sensor sensor;
        sensor.id = model::SensorId("gauge-" + std::to_string(i));
        sensor.kind = model::SensorKind::riverLevel;
        sensors.emplace(sensor.id, sensor);
    }
    std::vector<detect::Rule> rules;
    for (int step = 0; step < 5; ++step) {
        detect::Rule rule;
        rule.id = std::to_string(step);
        rule.subject.kind = model::SensorKind::riverLevel;
        rule.condition = detect::Threshold{true, 4.5 + step, 0.2, std::chrono::seconds{30}};
        rules.push_back(rule);
    }
    detect::Detector detector(std::move(rules));
    detector.bind(sensors);
    std::vector<detect::Detector::Handle> handles;
    for (const auto& [id, sensor] : sensors)
        handles.push_back(detector.handleOf(id));
    std::vector<detect::Conclusion> out;
    std::int64_t count = 0;
    for (auto _ : state) {
        const auto sensor = static_cast<std::size_t>(count) % handles.size();
        const double value = 4 + 2.5 * std::sin(static_cast<double>(count) / 4e7);
        detector.take(handles[sensor], base::Time{std::chrono::seconds{count / 100'000}}, value, out);
        out.clear();
        ++count;
    }
    state.SetItemsProcessed(count);
}
BENCHMARK(takeOfMany);

/// One sensor under one rule, readings ten seconds apart: `state.range(0)` hours have gone by before it is timed.
void takeOfKind(benchmark::State& state, const detect::Condition& condition) {
    detect::Rule rule;
    rule.id = "r";
    rule.subject.kind = model::SensorKind::rain;
    rule.condition = condition;
    std::map<model::SensorId, model::Sensor> sensors;
    for (int i = 0; i < 100; ++i) {
        model::Sensor sensor;
        sensor.id = model::SensorId("s" + std::to_string(i));
        sensor.kind = model::SensorKind::rain;
        sensor.unit = "mm/h";
        sensors.emplace(sensor.id, sensor);
    }
    detect::Detector detector({rule});
    detector.bind(sensors);
    std::vector<detect::Detector::Handle> handles;
    for (const auto& [id, sensor] : sensors)
        handles.push_back(detector.handleOf(id));
    std::vector<detect::Conclusion> out;
    std::int64_t count = 0;
    const auto one = [&] {
        const std::int64_t step = count / 100;
        const double value =
            3 + std::sin(static_cast<double>(step) / 100) + 0.1 * static_cast<double>(step * 7919 % 17);
        detector.take(handles[static_cast<std::size_t>(count % 100)], base::Time{std::chrono::seconds{10 * step}},
                      value, out);
        out.clear();
        ++count;
    };
    while (count < state.range(0) * 360 * 100)
        one();
    for (auto _ : state)
        one();
    state.SetItemsProcessed(state.iterations());
}
using std::chrono::hours;
BENCHMARK_CAPTURE(takeOfKind, rate, detect::Rate{50, hours(1)})->Arg(2)->Arg(48);
BENCHMARK_CAPTURE(takeOfKind, unusual, detect::Unusual{})->Arg(2)->Arg(48);
BENCHMARK_CAPTURE(takeOfKind, crossing, detect::Crossing{true, 50, hours(1), hours(1)})->Arg(2)->Arg(48);
BENCHMARK_CAPTURE(takeOfKind, recession,
                  detect::Crossing{true, 50, hours(1), hours(1), detect::Crossing::Fit::recession})
    ->Arg(2)
    ->Arg(48);
BENCHMARK_CAPTURE(takeOfKind, accumulated, detect::Accumulated{5'000, hours(24)})->Arg(2)->Arg(48);
BENCHMARK_CAPTURE(takeOfKind, stuck, detect::Stuck{hours(2), 0.001})->Arg(2)->Arg(48);
BENCHMARK_CAPTURE(takeOfKind, several, detect::Several{90, hours(1), {true, 4, 0.5}})->Arg(2)->Arg(48);

double cpuSeconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

/// A detector of one rule that sees a reading of each of its sensors every ten seconds.
class OneRule {
  public:
    OneRule(const detect::Condition& condition, int sensors) {
        detect::Rule rule;
        rule.id = "r";
        rule.subject.kind = model::SensorKind::rain;
        rule.condition = condition;
        std::map<model::SensorId, model::Sensor> known;
        for (int i = 0; i < sensors; ++i) {
            model::Sensor sensor;
            sensor.id = model::SensorId("s" + std::to_string(i));
            sensor.kind = model::SensorKind::rain;
            sensor.unit = "mm/h";
            known.emplace(sensor.id, sensor);
        }
        m_detector = detect::Detector({rule});
        m_detector.bind(known);
        for (const auto& [id, sensor] : known)
            m_handles.push_back(m_detector.handleOf(id));
    }
    void take(std::int64_t readings) {
        const auto sensors = static_cast<std::int64_t>(m_handles.size());
        for (const std::int64_t end = m_seen + readings; m_seen < end; ++m_seen) {
            const std::int64_t step = m_seen / sensors;
            const double value =
                3 + std::sin(static_cast<double>(step) / 100) + 0.1 * static_cast<double>(step * 7919 % 17);
            m_detector.take(m_handles[static_cast<std::size_t>(m_seen % sensors)],
                            base::Time{std::chrono::seconds{10 * step}}, value, m_out);
            m_out.clear();
        }
    }

  private:
    detect::Detector m_detector{std::vector<detect::Rule>{}};
    std::vector<detect::Detector::Handle> m_handles;
    std::vector<detect::Conclusion> m_out;
    std::int64_t m_seen{0};
};

/// What the next thousand readings cost after a detector has seen `state.range(0)`: nanoseconds of the processor each, and
/// how many times what they cost after the first thousand (in this run).
void takeAfter(benchmark::State& state, const char* kind, const detect::Condition& condition, int sensors) {
    static std::map<std::string, double> afterThousand;
    constexpr std::int64_t block = 1'000;
    const std::int64_t history = state.range(0);
    const bool anew = history <= 100'000; // else what is timed is little beside it
    std::unique_ptr<OneRule> rule;
    double spent = 0;
    for (auto _ : state) {
        if (!rule || anew) {
            rule = std::make_unique<OneRule>(condition, sensors);
            rule->take(history);
        }
        const double before = cpuSeconds();
        rule->take(block);
        const double took = cpuSeconds() - before;
        spent += took;
        state.SetIterationTime(took);
    }
    const double each = spent / static_cast<double>(state.iterations() * block) * 1e9;
    const auto first = afterThousand.try_emplace(kind, each).first;
    state.counters["ns_each"] = each;
    state.counters["times_first"] = each / first->second;
}
void histories(benchmark::internal::Benchmark* benchmark) {
    benchmark->Arg(1'000)->Arg(10'000)->Arg(100'000)->Arg(1'000'000)->Arg(10'000'000)->UseManualTime()->Iterations(200);
}
BENCHMARK_CAPTURE(takeAfter, threshold, "threshold", detect::Threshold{true, 50, 0.2}, 1)->Apply(histories);
BENCHMARK_CAPTURE(takeAfter, rate, "rate", detect::Rate{50, hours(1)}, 1)->Apply(histories);
BENCHMARK_CAPTURE(takeAfter, unusual, "unusual", detect::Unusual{}, 1)->Apply(histories);
BENCHMARK_CAPTURE(takeAfter, crossing, "crossing", detect::Crossing{true, 50, hours(1), hours(1)}, 1)->Apply(histories);
BENCHMARK_CAPTURE(takeAfter, recession, "recession",
                  detect::Crossing{true, 50, hours(1), hours(1), detect::Crossing::Fit::recession}, 1)
    ->Apply(histories);
BENCHMARK_CAPTURE(takeAfter, accumulated, "accumulated", detect::Accumulated{5'000, hours(24)}, 1)->Apply(histories);
BENCHMARK_CAPTURE(takeAfter, stuck, "stuck", detect::Stuck{hours(2), 0.001}, 1)->Apply(histories);
BENCHMARK_CAPTURE(takeAfter, several, "several", detect::Several{90, hours(1), {true, 4, 0.5}}, 100)->Apply(histories);

} // namespace

BENCHMARK_MAIN();
