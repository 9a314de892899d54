// Goal: a recommendation for one incident over all demo resources in under 50 ms; loading the roads of a county of
// about 100,000 arcs in under 100 ms.

#include "tocsin/base/id.hpp"
#include "tocsin/county/county_data.hpp"
#include "tocsin/dispatch/recommend.hpp"

#include <benchmark/benchmark.h>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <iostream>

namespace {

using namespace tocsin;

const base::Time made{std::chrono::sys_days{std::chrono::year{2026} / 11 / 20}};

struct Folder {
    std::filesystem::path path = std::filesystem::temp_directory_path() / "tocsin_dispatch_bench";
    Folder() {
        std::filesystem::remove_all(path);
        std::filesystem::create_directories(path);
    }
    ~Folder() { std::filesystem::remove_all(path); }
};

template <typename T>
T need(base::Result<T> result) {
    if (!result) {
        std::cerr << result.error().describe() << '\n';
        std::exit(1);
    }
    return std::move(*result);
}

/// The demo county with a grave flood at the Rhine dyke of Vaduz.
struct Demo {
    Folder folder;
    model::State state;
    std::shared_ptr<const route::RoadGraph> roads;
    model::IncidentId incident;

    Demo() {
        const auto map = folder.path / "map.gpkg";
        const auto data = need(county::makeDemoCounty(TOCSIN_SOURCE_DIR "/resources", map));
        for (const model::Resource& resource : data.resources)
            state.resources[resource.id] = resource;
        roads = need(route::RoadGraph::load(map));
        base::SeededIdSource ids(made);
        model::Incident flood;
        flood.id = incident = ids.make<model::IncidentId>();
        flood.position = model::Position::trusted(47.1391, 9.5112);
        flood.needs = {{"dyke-defence", 2, 4}, {"pumping", 2, 3}, {"water-rescue", 2, 2},
                       {"evacuation", 2, 3},   {"medical", 2, 2}, {"reconnaissance", 2, 1}};
        state.incidents[flood.id] = flood;
    }
};
const Demo& demo() {
    static const Demo county;
    return county;
}

void recommendInTheDemoCounty(benchmark::State& run) {
    const Demo& county = demo();
    for (auto _ : run)
        benchmark::DoNotOptimize(need(dispatch::recommend(county.state, *county.roads, county.incident, made)));
    run.counters["resources"] = static_cast<double>(county.state.resources.size());
    run.counters["arcs"] = static_cast<double>(county.roads->arcCount());
}
BENCHMARK(recommendInTheDemoCounty)->Unit(benchmark::kMillisecond);

void loadTheDemoRoads(benchmark::State& run) {
    const auto map = demo().folder.path / "map.gpkg";
    for (auto _ : run)
        benchmark::DoNotOptimize(need(route::RoadGraph::load(map)));
}
BENCHMARK(loadTheDemoRoads)->Unit(benchmark::kMillisecond);

/// A net of streets, every 150 m, each with a bend or two.
route::GraphRecord streets(std::uint32_t side) {
    route::GraphRecord record;
    record.names = {"", "North Street", "East Street"};
    const auto at = [](double x, double y) { return model::Position::trusted(47 + y * 0.00135, 9 + x * 0.002); };
    for (std::uint32_t y = 0; y < side; ++y) {
        for (std::uint32_t x = 0; x < side; ++x)
            record.nodes.push_back(at(x, y + 0.2 * std::sin(x * 1.7)));
    }
    const auto add = [&](std::uint32_t from, std::uint32_t to, std::uint32_t name) {
        const model::Position a = record.nodes[from];
        const model::Position b = record.nodes[to];
        const auto between = [&](double f, double off) {
            return model::Position::trusted(a.latitude() + (b.latitude() - a.latitude()) * f + off,
                                            a.longitude() + (b.longitude() - a.longitude()) * f + off);
        };
        const model::Position p = between(0.3, 0.0001);
        const model::Position q = between(0.7, -0.0001);
        const base::Seconds time(8 + (from * 7 + to * 13) % 9);
        record.arcs.push_back({from, to, time, base::Metres(160), name, {p, q}});
        record.arcs.push_back({to, from, time, base::Metres(160), name, {q, p}});
    };
    for (std::uint32_t y = 0; y < side; ++y) {
        for (std::uint32_t x = 0; x < side; ++x) {
            if (x + 1 < side)
                add(y * side + x, y * side + x + 1, 2);
            if (y + 1 < side)
                add(y * side + x, (y + 1) * side + x, 1);
        }
    }
    return record;
}

void loadAHundredThousandArcs(benchmark::State& run) {
    const Folder folder;
    const auto map = folder.path / "large.gpkg";
    if (auto saved = route::RoadGraph::save(streets(160), map); !saved)
        std::exit(1);
    std::size_t arcs = 0;
    for (auto _ : run)
        arcs = need(route::RoadGraph::load(map))->arcCount();
    run.counters["arcs"] = static_cast<double>(arcs);
}
BENCHMARK(loadAHundredThousandArcs)->Unit(benchmark::kMillisecond);

void timesFromAThousandPlaces(benchmark::State& run) {
    const auto roads = need(route::RoadGraph::build(streets(160)));
    std::vector<model::Position> starts;
    for (int i = 0; i < 1000; ++i)
        starts.push_back(model::Position::trusted(47 + (i * 37 % 1000) * 0.0002, 9 + (i * 71 % 1000) * 0.0003));
    for (auto _ : run)
        benchmark::DoNotOptimize(roads->timesTo(model::Position::trusted(47.1, 9.15), starts));
}
BENCHMARK(timesFromAThousandPlaces)->Unit(benchmark::kMillisecond);

} // namespace

BENCHMARK_MAIN();
