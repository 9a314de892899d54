// Goals: a put in microseconds, the spots of 100,000 kept reports in a few milliseconds.

#include "tocsin/triage/hot_spots.hpp"

#include <array>
#include <benchmark/benchmark.h>
#include <random>

namespace {

using namespace tocsin;
using namespace std::chrono_literals;

const base::Time noon = base::fromUnixMillis(1'800'000'000'000);

/// Reports over a county of 20 × 25 km and `length` up to noon, most of them in five towns; one in fifty at one dyke.
std::vector<model::Report> reports(std::size_t number, base::Duration length) {
    constexpr std::array<const char*, 6> texts{"Wasser im Keller, die Strasse steht unter Wasser",
                                               "The tree has fallen across the road near the school",
                                               "地铁站积水严重，电梯停了",
                                               "Rauch aus dem Dach des Nachbarhauses",
                                               "Power is out in the whole village since this morning",
                                               "路口发生车祸，有人受伤"};
    std::mt19937 random(7);
    std::normal_distribution<double> around(0, 0.008);
    std::uniform_real_distribution<double> even(0, 1);
    base::SeededIdSource ids(noon);
    std::vector<model::Report> out(number);
    for (std::size_t i = 0; i < number; ++i) {
        auto& r = out[i];
        r.id = ids.make<model::ReportId>();
        r.happenedAt = noon - length +
                       (length / 1'000'000) *
                           static_cast<std::int64_t>(1e6 * static_cast<double>(i) / static_cast<double>(number));
        r.receivedAt = r.happenedAt;
        r.sender = "s" + std::to_string(random() % (number / 2 + 1));
        r.text = texts.at(random() % texts.size());
        r.text += " " + std::to_string(random() % 500);
        const auto town = random() % 6;
        if (i % 50 == 0)
            r.position = model::Position::trusted(47.20 + even(random) * 0.004, 9.52 + even(random) * 0.004);
        else if (town < 5)
            r.position = model::Position::trusted(47.07 + 0.045 * static_cast<double>(town) + around(random),
                                                  9.50 + 0.01 * static_cast<double>(town % 3) + around(random));
        else
            r.position = model::Position::trusted(47.05 + 0.22 * even(random), 9.48 + 0.14 * even(random));
    }
    return out;
}

void put(benchmark::State& state) {
    const auto all = reports(static_cast<std::size_t>(state.range(0)), 24h * 28);
    std::int64_t count = 0;
    for (auto _ : state) {
        triage::HotSpots spots;
        for (const auto& r : all)
            spots.put(r);
        count += state.range(0);
    }
    state.SetItemsProcessed(count);
}
BENCHMARK(put)->RangeMultiplier(10)->Range(1'000, 100'000)->Unit(benchmark::kMillisecond);

/// One report comes, and the spots are asked for. The first time, when chance is drawn, is told beside it.
void spotsOf(benchmark::State& state, base::Duration length) {
    auto all = reports(static_cast<std::size_t>(state.range(0)), length);
    triage::HotSpots spots;
    for (const auto& r : all)
        spots.put(r);
    const auto before = std::chrono::steady_clock::now();
    auto found = spots.spots(noon);
    state.counters["first ms"] =
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - before).count();
    state.counters["spots"] = static_cast<double>(found.size());
    base::SeededIdSource ids(noon + 1h, 3);
    auto next = all.back();
    for (auto _ : state) {
        next.id = ids.make<model::ReportId>();
        spots.put(next);
        benchmark::DoNotOptimize(spots.spots(noon));
    }
}
void spotsOfAMonth(benchmark::State& state) {
    spotsOf(state, 24h * 28);
}
BENCHMARK(spotsOfAMonth)->RangeMultiplier(10)->Range(1'000, 100'000)->Unit(benchmark::kMillisecond);
/// All within the window: as in a flood, and as in a test of how much it bears.
void spotsOfOneWindow(benchmark::State& state) {
    spotsOf(state, 6h);
}
BENCHMARK(spotsOfOneWindow)->RangeMultiplier(10)->Range(1'000, 100'000)->Unit(benchmark::kMillisecond);

void trending(benchmark::State& state) {
    const auto all = reports(static_cast<std::size_t>(state.range(0)), 6h);
    triage::HotSpots spots;
    for (const auto& r : all)
        spots.put(r);
    for (auto _ : state)
        benchmark::DoNotOptimize(spots.trending(noon, 10));
}
BENCHMARK(trending)->RangeMultiplier(10)->Range(1'000, 100'000)->Unit(benchmark::kMillisecond);

} // namespace

BENCHMARK_MAIN();
