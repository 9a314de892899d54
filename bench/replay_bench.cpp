// Goal: in a journal of 100,000 entries (a day of a busy drill), a step of a minute under 5 ms, a jump anywhere under
// 150 ms once the journal has been read through, which itself takes a few seconds, once.

#include "tocsin/base/id.hpp"
#include "tocsin/desk/replay.hpp"
#include "tocsin/store/store.hpp"

#include <benchmark/benchmark.h>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <random>

namespace {

using namespace tocsin;

constexpr int entries = 100'000;
constexpr int sensors = 300;
const base::Time midnight{std::chrono::sys_days{std::chrono::year{2026} / 11 / 20}};

template <typename T>
T need(base::Result<T> result) {
    if (!result) {
        std::cerr << result.error().describe() << '\n';
        std::exit(1);
    }
    return std::move(*result);
}

/// A day in which 20,000 things are made and each is changed four times, with a reading of every sensor a minute.
struct Day {
    std::filesystem::path folder = std::filesystem::temp_directory_path() / "tocsin_replay_bench";

    Day() {
        std::filesystem::remove_all(folder);
        std::filesystem::create_directories(folder);
        auto store = need(store::Store::open(folder / "tocsin.db", store::Access::readWrite, "bench"));
        auto readings = need(store::ReadingStore::open(folder / "readings", store::Access::readWrite));
        base::SeededIdSource ids(midnight);
        std::mt19937 random(1);
        std::vector<model::Report> reports;
        for (int i = 0; i < entries; ++i) {
            if (i % 1'000 == 0 && !store->begin())
                std::exit(1);
            model::EntryDraft draft;
            draft.id = ids.make<model::EntryId>();
            draft.command = ids.make<model::CommandId>();
            draft.actor = "bench";
            draft.time = midnight + std::chrono::microseconds(864'000LL * i);
            draft.data = nlohmann::json::object();
            if (i < sensors) {
                model::Sensor sensor;
                sensor.id = model::SensorId("sensor-" + std::to_string(i));
                draft.type = "sensor.registered";
                draft.subject = "sensors";
                model::addChange(draft.data, sensor);
            } else if (i % 5 == 0) {
                model::Report report;
                report.id = ids.make<model::ReportId>();
                report.text = "Water in the cellar, the pump cannot cope with it, house number " + std::to_string(i);
                report.category = "flood";
                reports.push_back(report);
                draft.type = "report.received";
                draft.subject = report.id.toString();
                model::addChange(draft.data, report);
            } else {
                auto& report = reports.empty() ? reports.emplace_back() : reports[random() % reports.size()];
                report.judgedBy = "officer " + std::to_string(i);
                draft.type = "report.judged";
                draft.subject = report.id.toString();
                model::addChange(draft.data, report);
            }
            need(store->append(draft));
            if (i % 1'000 == 999 && !store->commit())
                std::exit(1);
        }
        for (int minute = 0; minute < 1'440; minute += 60) {
            std::vector<model::Reading> batch;
            for (int m = minute; m < minute + 60; ++m) {
                for (int s = 0; s < sensors; ++s)
                    batch.push_back({model::SensorId("sensor-" + std::to_string(s)), midnight + std::chrono::minutes(m),
                                     midnight + std::chrono::minutes(m), m * 0.01 + s, "m"});
            }
            need(readings->append(batch));
        }
    }
    ~Day() { std::filesystem::remove_all(folder); }
    Day(const Day&) = delete;
    Day& operator=(const Day&) = delete;
    [[nodiscard]] std::unique_ptr<desk::Replay> open() const {
        return need(desk::Replay::open(folder / "tocsin.db", folder / "readings"));
    }
};
const Day& day() {
    static const Day made;
    return made;
}

base::Time minute(int n) {
    return midnight + std::chrono::minutes(n);
}

void readThroughOnce(benchmark::State& state) {
    for (auto _ : state) {
        auto replay = day().open();
        benchmark::DoNotOptimize(need(replay->pictureAt(minute(1'440))));
    }
}
BENCHMARK(readThroughOnce)->Unit(benchmark::kMillisecond)->Iterations(2);

void stepAMinute(benchmark::State& state) {
    auto replay = day().open();
    auto shown = need(replay->pictureAt(minute(700)));
    int at = 700;
    for (int warm = 0; warm < 3; ++warm)
        shown = need(replay->pictureAt(minute(++at)));
    for (auto _ : state) {
        if (at == 1'440) {
            state.PauseTiming();
            at = 700;
            for (int warm = 0; warm < 3; ++warm)
                shown = need(replay->pictureAt(minute(++at)));
            state.ResumeTiming();
        }
        shown = need(replay->pictureAt(minute(++at))); // the one before is held until this one is there
    }
}
BENCHMARK(stepAMinute)->Unit(benchmark::kMillisecond);

void jumpAnywhere(benchmark::State& state) {
    auto replay = day().open();
    auto shown = need(replay->pictureAt(minute(1'440)));
    std::mt19937 random(2);
    for (auto _ : state)
        shown = need(replay->pictureAt(minute(static_cast<int>(random() % 1'440))));
}
BENCHMARK(jumpAnywhere)->Unit(benchmark::kMillisecond);

void spanAndMarks(benchmark::State& state) {
    for (auto _ : state) {
        auto replay = day().open();
        benchmark::DoNotOptimize(need(replay->span()));
    }
}
BENCHMARK(spanAndMarks)->Unit(benchmark::kMillisecond);

} // namespace

BENCHMARK_MAIN();
