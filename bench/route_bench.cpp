// Goal: closures cost a question nothing that a person notices: finding the roads that ten closures cross in under 5
// ms, a search that keeps off them at most 1.5 times as long as one over all roads; what can be reached within 15
// minutes in under 50 ms. On the demo county.

#include "tocsin/county/county_data.hpp"
#include "tocsin/geo/measure.hpp"
#include "tocsin/route/road_graph.hpp"

#include <benchmark/benchmark.h>
#include <cstdlib>
#include <filesystem>
#include <iostream>

namespace {

using namespace tocsin;
using model::Position;

struct Demo {
    std::filesystem::path folder = std::filesystem::temp_directory_path() / "tocsin_route_bench";
    std::shared_ptr<const route::RoadGraph> roads;
    std::vector<Position> starts;
    std::vector<model::Line> closures;
    const Position dyke = Position::trusted(47.1391, 9.5112);

    Demo() {
        std::filesystem::remove_all(folder);
        std::filesystem::create_directories(folder);
        const auto data = county::makeDemoCounty(TOCSIN_SOURCE_DIR "/resources", folder / "map.gpkg");
        auto loaded = route::RoadGraph::load(folder / "map.gpkg");
        if (!data || !loaded) {
            std::cerr << (data ? loaded.error() : data.error()).describe() << '\n';
            std::exit(1);
        }
        roads = *loaded;
        for (const auto& resource : data->resources)
            starts.push_back(resource.position);
        for (int i = 0; i < 8; ++i) { // a street's width each, about the places of resources
            const Position& place = starts[static_cast<std::size_t>(i) * 7 % starts.size()];
            closures.push_back({place, geo::offset(place, base::Degrees(40), base::Metres(400))});
        }
        const auto corner = [&](double bearing) {
            return geo::offset(dyke, base::Degrees(bearing), base::Metres(600));
        };
        closures.push_back({corner(45), corner(135), corner(225), corner(315), corner(45)});
        closures.push_back({starts[3]});
    }
    ~Demo() { std::filesystem::remove_all(folder); }
    Demo(const Demo&) = delete;
    Demo& operator=(const Demo&) = delete;
};
const Demo& demo() {
    static const Demo made;
    return made;
}

void findClosedRoads(benchmark::State& state) {
    (void)demo(); // is made before the clock runs
    for (auto _ : state)
        benchmark::DoNotOptimize(demo().roads->without(demo().closures));
}
BENCHMARK(findClosedRoads)->Unit(benchmark::kMillisecond);

void findRoadsInALargeRing(benchmark::State& state) {
    model::Line ring; // most of the county, drawn by two thousand points
    for (int i = 0; i < 2'000; ++i)
        ring.push_back(geo::offset(demo().dyke, base::Degrees(i * 0.18), base::Metres(9'000 + (i % 7) * 60)));
    ring.push_back(ring.front());
    for (auto _ : state)
        benchmark::DoNotOptimize(demo().roads->without(std::span(&ring, 1)));
}
BENCHMARK(findRoadsInALargeRing)->Unit(benchmark::kMillisecond);

void timesOverAllRoads(benchmark::State& state) {
    for (auto _ : state)
        benchmark::DoNotOptimize(demo().roads->timesTo(demo().dyke, demo().starts));
    state.counters["starts"] = static_cast<double>(demo().starts.size());
    state.counters["arcs"] = static_cast<double>(demo().roads->arcCount());
}
BENCHMARK(timesOverAllRoads)->Unit(benchmark::kMillisecond);

void timesOverOpenRoads(benchmark::State& state) {
    const auto open = demo().roads->without(demo().closures);
    for (auto _ : state)
        benchmark::DoNotOptimize(open->timesTo(demo().dyke, demo().starts));
}
BENCHMARK(timesOverOpenRoads)->Unit(benchmark::kMillisecond);

void reachWithin(benchmark::State& state) {
    const auto direction = state.range(1) == 0 ? route::ReachDirection::toPlace : route::ReachDirection::fromPlaces;
    const auto open = state.range(2) == 0 ? demo().roads : demo().roads->without(demo().closures);
    std::size_t reached = 0;
    const base::Seconds most(60.0 * static_cast<double>(state.range(0)));
    for (auto _ : state)
        reached = open->reachAround(std::span(demo().starts).first(3), direction, most).size();
    state.counters["roads"] = static_cast<double>(reached);
}
BENCHMARK(reachWithin)
    ->ArgNames({"minutes", "from", "closures"})
    ->Args({5, 0, 0})
    ->Args({15, 0, 0})
    ->Args({15, 1, 0})
    ->Args({15, 1, 1})
    ->Unit(benchmark::kMillisecond);

} // namespace

BENCHMARK_MAIN();
