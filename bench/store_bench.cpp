// Readings into the store: batches of 10,000 as a busy feed hands them over; the goals are 500,000 a second and more,
// at the same cost with few sensors and many, with little stored and much. What a year takes is readings_years_bench's
// matter. Entries into the journal: one a commit, and fifty as a busy desk groups them.

#include "tocsin/store/readings.hpp"
#include "tocsin/store/store.hpp"

#include <benchmark/benchmark.h>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <memory>

using namespace tocsin;

namespace {

const base::Time start = base::fromUnixMillis(1'793'000'000'000); // 2026-10-26

/// A folder that goes with its owner.
class Folder {
  public:
    Folder() {
        std::string name = (std::filesystem::temp_directory_path() / "tocsin-bench-XXXXXX").string();
        if (mkdtemp(name.data()) != nullptr)
            m_path = name;
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() { std::filesystem::remove_all(m_path); }
    [[nodiscard]] std::filesystem::path path() const { return m_path / "readings"; }

  private:
    std::filesystem::path m_path;
};

/// Every sensor in turn, the clock one step further each round.
std::vector<model::Reading> batchOf(std::size_t sensors, std::size_t size, std::int64_t& n) {
    std::vector<model::Reading> batch(size);
    for (auto& reading : batch) {
        const auto sensor = static_cast<std::size_t>(n) % sensors;
        reading.sensor = model::SensorId("sensor-" + std::to_string(sensor));
        reading.time = start + std::chrono::milliseconds(100 * (n / static_cast<std::int64_t>(sensors)));
        reading.received = reading.time + std::chrono::seconds(1);
        reading.value = static_cast<double>(n % 1009) * 0.01;
        ++n;
    }
    return batch;
}

void append(benchmark::State& state) {
    const Folder folder;
    auto store = store::ReadingStore::open(folder.path(), store::Access::readWrite);
    std::int64_t n = 0;
    std::int64_t stored = 0;
    for (auto _ : state) {
        state.PauseTiming();
        const auto batch =
            batchOf(static_cast<std::size_t>(state.range(0)), static_cast<std::size_t>(state.range(1)), n);
        state.ResumeTiming();
        if (!(*store)->append(batch)) {
            state.SkipWithError("append failed");
            break;
        }
        stored += static_cast<std::int64_t>(batch.size());
    }
    state.SetItemsProcessed(stored);
}
BENCHMARK(append)
    ->ArgNames({"sensors", "batch"})
    ->Args({60, 10'000})
    ->Args({500, 10'000})
    ->Args({2'000, 10'000})
    ->Args({60, 1'000})
    ->Args({2'000, 1'000})
    ->Iterations(100)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

/// Keyed batches as the desk's pipeline hands them over, with upkeep after each as an idle desk would do; only the
/// appending is timed. `stored` readings are there before; every `late`-th batch lies somewhere among them.
void appendKeyed(benchmark::State& state) {
    const Folder folder;
    auto store = store::ReadingStore::open(folder.path(), store::Access::readWrite).value();
    const auto sensors = static_cast<std::size_t>(state.range(0));
    std::vector<store::SensorKey> keys;
    for (std::size_t i = 0; i < sensors; ++i)
        keys.push_back(store->keyOf(model::SensorId("sensor-" + std::to_string(i))).value());
    std::vector<store::KeyedReading> batch(10'000);
    std::size_t n = 0;
    const auto fill = [&](base::Duration lateBy) {
        for (auto& reading : batch) {
            const auto time = start + std::chrono::hours(2) - lateBy + std::chrono::milliseconds(20 * (n / sensors));
            reading = {keys[n % sensors], 0, time, time + std::chrono::seconds(1),
                       static_cast<double>(n % 1009) * 0.01};
            ++n;
        }
    };
    const auto take = [&] { return store->append(std::span<const store::KeyedReading>(batch)).has_value(); };
    bool good = true;
    while (good && n < static_cast<std::size_t>(state.range(1))) {
        fill({});
        good = take() && store->upkeep(start, {}, {}).has_value();
    }
    std::int64_t round = 0;
    for (auto _ : state) {
        state.PauseTiming();
        ++round;
        // Odd microseconds: what comes late is new, and lies between what is there.
        const auto past = std::chrono::milliseconds(20 * (n / sensors)) * (round * 37 % 100) / 100;
        const bool isLate = state.range(2) != 0 && round % state.range(2) == 0;
        fill(isLate ? past + std::chrono::microseconds(round) : base::Duration(0));
        state.ResumeTiming();
        good = good && take();
        state.PauseTiming();
        good = good && store->upkeep(start, {}, {}).has_value();
        state.ResumeTiming();
    }
    if (!good)
        state.SkipWithError("append failed");
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(batch.size()));
}
BENCHMARK(appendKeyed)
    ->ArgNames({"sensors", "stored", "late"})
    ->Args({100, 10'000, 0})
    ->Args({100'000, 10'000, 0})
    ->Args({100, 10'000'000, 0})
    ->Args({100'000, 10'000'000, 0})
    ->Args({2'000, 1'000'000, 10})
    ->Args({2'000, 1'000'000, 1})
    ->Iterations(200)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

/// One folder with a million readings for all that only read.
std::filesystem::path million(std::size_t sensors) {
    static std::map<std::size_t, std::unique_ptr<Folder>> folders;
    auto& folder = folders[sensors];
    if (!folder) {
        folder = std::make_unique<Folder>();
        auto store = store::ReadingStore::open(folder->path(), store::Access::readWrite);
        std::int64_t n = 0;
        for (int i = 0; i < 100; ++i)
            (void)(*store)->append(batchOf(sensors, 10'000, n));
    }
    return folder->path();
}

void latestOfAMillion(benchmark::State& state) {
    const auto folder = million(static_cast<std::size_t>(state.range(0)));
    for (auto _ : state) {
        auto store = store::ReadingStore::open(folder, store::Access::readOnly); // as a start does
        benchmark::DoNotOptimize((*store)->latest());
    }
}
BENCHMARK(latestOfAMillion)->ArgName("sensors")->Arg(60)->Arg(2'000)->Unit(benchmark::kMillisecond);

void rangeOfADay(benchmark::State& state) {
    const auto folder = million(60);
    auto store = store::ReadingStore::open(folder, store::Access::readOnly);
    for (auto _ : state)
        benchmark::DoNotOptimize(
            (*store)->range(model::SensorId("sensor-7"), start, start + std::chrono::hours(24), 2'000));
}
BENCHMARK(rangeOfADay)->Unit(benchmark::kMillisecond);

model::EntryDraft draftOf(base::SeededIdSource& ids, std::int64_t n) {
    model::Alarm alarm;
    alarm.id = ids.make<model::AlarmId>();
    alarm.rule = "rhine-high";
    alarm.sensor = model::SensorId("sensor-" + std::to_string(n % 60));
    alarm.title = "The Rhine is high at Vaduz";
    alarm.raisedAt = start;
    alarm.sinceTime = start;
    alarm.saw.assign(16, {start, 3.21});
    model::EntryDraft draft;
    draft.id = ids.make<model::EntryId>();
    draft.type = "alarm.raised";
    draft.subject = alarm.id.toString();
    draft.time = start + std::chrono::milliseconds(n);
    draft.actor = "desk";
    draft.command = ids.make<model::CommandId>();
    draft.data = nlohmann::json::object();
    model::addChange(draft.data, alarm);
    return draft;
}

void appendEntries(benchmark::State& state) {
    const Folder folder;
    std::filesystem::create_directories(folder.path());
    auto store = store::Store::open(folder.path() / "tocsin.db", store::Access::readWrite, "bench").value();
    base::SeededIdSource ids(start);
    std::int64_t n = 0;
    for (auto _ : state) {
        bool good = store->begin().has_value();
        for (std::int64_t i = 0; i < state.range(0); ++i)
            good = good && store->append(draftOf(ids, n++)).has_value();
        if (!good || !store->commit()) {
            state.SkipWithError("append failed");
            break;
        }
    }
    state.SetItemsProcessed(n);
}
BENCHMARK(appendEntries)->ArgName("group")->Arg(1)->Arg(50)->UseRealTime()->Unit(benchmark::kMicrosecond);

/// What a start, a check and a rebuild cost with ten thousand entries.
void wholeJournal(benchmark::State& state) {
    const Folder folder;
    std::filesystem::create_directories(folder.path());
    auto store = store::Store::open(folder.path() / "tocsin.db", store::Access::readWrite, "bench").value();
    base::SeededIdSource ids(start);
    (void)store->begin();
    for (std::int64_t n = 0; n < 10'000; ++n)
        (void)store->append(draftOf(ids, n));
    (void)store->commit();
    for (auto _ : state) {
        switch (state.range(0)) {
        case 0:
            benchmark::DoNotOptimize(store->loadState());
            break;
        case 1:
            benchmark::DoNotOptimize(store->verify());
            break;
        default:
            benchmark::DoNotOptimize(store->rebuild());
            break;
        }
    }
    state.SetLabel(state.range(0) == 0 ? "loadState" : state.range(0) == 1 ? "verify" : "rebuild");
    state.SetItemsProcessed(state.iterations() * 10'000);
}
BENCHMARK(wholeJournal)->ArgName("what")->Arg(0)->Arg(1)->Arg(2)->UseRealTime()->Unit(benchmark::kMillisecond);

} // namespace

BENCHMARK_MAIN();
