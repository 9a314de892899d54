// Goals: a put under 5 µs, the lines over 10,000 active alarms in a few milliseconds after any one of them changed.

#include "tocsin/triage/alarm_board.hpp"

#include <array>
#include <benchmark/benchmark.h>
#include <random>

namespace {

using namespace tocsin;

const base::Time start = base::fromUnixMillis(1'800'000'000'000);

/// A minute of an earthquake: alarms of ten hazards all over a county of 20 × 25 km.
std::vector<model::Alarm> quake(std::size_t number) {
    constexpr std::array<const char*, 10> hazards{"gas",   "power", "water", "fire",      "building-collapse",
                                                  "flood", "lift",  "road",  "landslide", "chemical"};
    std::mt19937 random(7);
    base::SeededIdSource ids(start);
    std::vector<model::Alarm> alarms(number);
    for (std::size_t i = 0; i < number; ++i) {
        model::Alarm& a = alarms[i];
        a.id = ids.make<model::AlarmId>();
        a.hazard = hazards.at(random() % hazards.size());
        a.rule = a.hazard + "-quake";
        a.title = "An alarm";
        a.place = "Street " + std::to_string(random() % 500);
        a.severity = static_cast<model::Grade>(random() % 100 == 0 ? 1 : 2 + random() % 3);
        a.raisedAt = start + std::chrono::microseconds(60'000'000 * i / number);
        a.position = model::Position::trusted(47.05 + 0.22 * static_cast<double>(random() % 10'000) / 10'000,
                                              9.48 + 0.14 * static_cast<double>(random() % 10'000) / 10'000);
    }
    return alarms;
}

void put(benchmark::State& state) {
    const auto alarms = quake(static_cast<std::size_t>(state.range(0)));
    std::int64_t count = 0;
    for (auto _ : state) {
        state.PauseTiming();
        auto board = std::make_unique<triage::AlarmBoard>();
        state.ResumeTiming();
        for (const auto& alarm : alarms)
            board->put(alarm);
        count += state.range(0);
        state.PauseTiming();
        board.reset();
        state.ResumeTiming();
    }
    state.SetItemsProcessed(count);
}
BENCHMARK(put)->RangeMultiplier(10)->Range(100, 100'000)->Unit(benchmark::kMillisecond);

/// One alarm is acknowledged, or is as new, and the lines are asked for.
void linesAfterOneChange(benchmark::State& state) {
    auto alarms = quake(static_cast<std::size_t>(state.range(0)));
    triage::AlarmBoard board;
    for (const auto& alarm : alarms)
        board.put(alarm);
    std::size_t next = 0;
    for (auto _ : state) {
        auto& alarm = alarms[next++ * 7919 % alarms.size()];
        alarm.state = alarm.state == model::AlarmState::acknowledged ? model::AlarmState::unacknowledged
                                                                     : model::AlarmState::acknowledged;
        board.put(alarm);
        benchmark::DoNotOptimize(board.lines(start));
    }
    state.counters["lines"] = static_cast<double>(board.lines(start).size());
    state.counters["groups"] = static_cast<double>(board.lines(start, true).size());
}
BENCHMARK(linesAfterOneChange)->RangeMultiplier(10)->Range(100, 100'000)->Unit(benchmark::kMicrosecond);

/// Everything changed since the last time.
void linesAfterAll(benchmark::State& state) {
    const auto alarms = quake(static_cast<std::size_t>(state.range(0)));
    triage::AlarmBoard board;
    for (auto _ : state) {
        state.PauseTiming();
        for (const auto& alarm : alarms)
            board.put(alarm);
        state.ResumeTiming();
        benchmark::DoNotOptimize(board.lines(start));
    }
}
BENCHMARK(linesAfterAll)->RangeMultiplier(10)->Range(100, 100'000)->Unit(benchmark::kMicrosecond);

void load(benchmark::State& state) {
    const auto alarms = quake(static_cast<std::size_t>(state.range(0)));
    triage::AlarmBoard board;
    for (const auto& alarm : alarms)
        board.put(alarm);
    for (auto _ : state)
        benchmark::DoNotOptimize(board.load(start + std::chrono::minutes(1)));
}
BENCHMARK(load)->RangeMultiplier(10)->Range(100, 100'000)->Unit(benchmark::kMicrosecond);

void worthHandingOver(benchmark::State& state) {
    const auto alarms = quake(static_cast<std::size_t>(state.range(0)));
    triage::AlarmBoard board;
    for (const auto& alarm : alarms)
        board.put(alarm);
    for (auto _ : state)
        benchmark::DoNotOptimize(board.worthHandingOver(start + std::chrono::minutes(1)));
}
BENCHMARK(worthHandingOver)->Arg(10'000)->Unit(benchmark::kMicrosecond);

} // namespace

BENCHMARK_MAIN();
