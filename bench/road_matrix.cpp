// Times the table of travel times from many resources to many incidents over a real county's roads, or over many copies
// of them joined side by side. With --export it also writes the searched graph, the places and the times found, for
// pgrouting_peer.py to search and compare. One line of JSON on standard output.

#include "route/graph.hpp"
#include "tocsin/county/osm_import.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <random>
#include <set>

namespace {

using namespace tocsin;
using route::FixedPoint;
using route::Piece;
using route::RoadNetwork;

[[noreturn]] void leave(const base::Error& error) {
    std::cerr << error.describe() << '\n';
    std::exit(1);
}

struct Extent {
    FixedPoint least;
    FixedPoint most;
};
Extent extentOf(const RoadNetwork& network) {
    Extent extent{network.nodes.front(), network.nodes.front()};
    for (const FixedPoint& p : network.nodes) {
        extent.least = {std::min(extent.least.latitude, p.latitude), std::min(extent.least.longitude, p.longitude)};
        extent.most = {std::max(extent.most.latitude, p.latitude), std::max(extent.most.longitude, p.longitude)};
    }
    return extent;
}

/// By band across the extent, the node that lies farthest to a side.
std::vector<std::uint32_t> edgeNodes(const RoadNetwork& network, const std::vector<char>& inMain, bool alongLatitude,
                                     bool high) {
    constexpr std::size_t bands = 24;
    const Extent extent = extentOf(network);
    std::map<std::size_t, std::uint32_t> best;
    for (std::uint32_t i = 0; i < network.pieces.size(); ++i) {
        if (inMain[i] == 0)
            continue;
        const std::uint32_t node = network.pieces[i].from;
        const FixedPoint p = network.nodes[node];
        const double across = alongLatitude ? p.latitude : p.longitude;
        const double from = alongLatitude ? extent.least.latitude : extent.least.longitude;
        const double to = alongLatitude ? extent.most.latitude : extent.most.longitude;
        const auto band = static_cast<std::size_t>((across - from) / (to - from + 1) * bands);
        const auto reach = [&](std::uint32_t n) {
            const double at = alongLatitude ? network.nodes[n].longitude : network.nodes[n].latitude;
            return high ? at : -at;
        };
        const auto known = best.find(band);
        if (known == best.end() || reach(node) > reach(known->second))
            best[band] = node;
    }
    std::vector<std::uint32_t> nodes(bands, 0);
    for (const auto& [band, node] : best)
        nodes[band] = node;
    return nodes;
}

/// So many copies a side, each joined to its neighbours by some 24 roads.
RoadNetwork copied(const RoadNetwork& one, const std::vector<char>& inMain, std::int32_t side) {
    const Extent extent = extentOf(one);
    const std::int32_t high = extent.most.latitude - extent.least.latitude + 5'000;
    const std::int32_t wide = extent.most.longitude - extent.least.longitude + 5'000;
    RoadNetwork all;
    all.names = one.names;
    const auto nodesOf = static_cast<std::uint32_t>(one.nodes.size());
    for (std::int32_t y = 0; y < side; ++y) {
        for (std::int32_t x = 0; x < side; ++x) {
            const auto shifted = [&](FixedPoint p) {
                return FixedPoint{p.latitude + (y - side / 2) * high, p.longitude + (x - side / 2) * wide};
            };
            const auto firstNode = static_cast<std::uint32_t>(all.nodes.size());
            const auto firstPiece = static_cast<std::uint32_t>(all.pieces.size());
            const auto firstPoint = static_cast<std::uint32_t>(all.points.size());
            for (const FixedPoint& p : one.nodes)
                all.nodes.push_back(shifted(p));
            for (const FixedPoint& p : one.points)
                all.points.push_back(shifted(p));
            for (Piece piece : one.pieces) {
                piece.from += firstNode;
                piece.to += firstNode;
                piece.firstPoint += firstPoint;
                all.pieces.push_back(piece);
            }
            for (const route::Ban& ban : one.bans)
                all.bans.push_back({ban.from + 2 * firstPiece, ban.to + 2 * firstPiece});
        }
    }
    const auto join = [&](std::uint32_t from, std::uint32_t to) {
        Piece piece{from, to, 60, 60, 1'000, 0};
        piece.firstPoint = static_cast<std::uint32_t>(all.points.size());
        piece.pointCount = 2;
        all.points.push_back(all.nodes[from]);
        all.points.push_back(all.nodes[to]);
        all.pieces.push_back(piece);
    };
    const auto east = edgeNodes(one, inMain, true, true);
    const auto west = edgeNodes(one, inMain, true, false);
    const auto north = edgeNodes(one, inMain, false, true);
    const auto south = edgeNodes(one, inMain, false, false);
    for (std::uint32_t y = 0; y < static_cast<std::uint32_t>(side); ++y) {
        for (std::uint32_t x = 0; x < static_cast<std::uint32_t>(side); ++x) {
            const std::uint32_t here = (y * static_cast<std::uint32_t>(side) + x) * nodesOf;
            for (std::size_t k = 0; k < east.size(); ++k) {
                if (x + 1 < static_cast<std::uint32_t>(side))
                    join(here + east[k], here + nodesOf + west[k]);
                if (y + 1 < static_cast<std::uint32_t>(side))
                    join(here + north[k], here + nodesOf * static_cast<std::uint32_t>(side) + south[k]);
            }
        }
    }
    return all;
}

using Clock = std::chrono::steady_clock;
double millisSince(Clock::time_point start) {
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

/// Best and middle of several runs, in milliseconds by the clock, and the best in processor time over all threads, which
/// others on the same machine disturb less.
template <typename Work>
nlohmann::json timed(int runs, const Work& work) {
    std::vector<double> took;
    double processor = 1e300;
    for (int i = 0; i < runs; ++i) {
        const auto start = Clock::now();
        const std::clock_t spent = std::clock();
        work();
        processor = std::min(processor, 1e3 * static_cast<double>(std::clock() - spent) / CLOCKS_PER_SEC);
        took.push_back(millisSince(start));
    }
    std::sort(took.begin(), took.end());
    return {{"best_ms", took.front()}, {"median_ms", took[took.size() / 2]}, {"processor_ms", processor}};
}

void exportGraph(const route::RoadCore& core, const std::vector<std::uint32_t>& starts,
                 const std::vector<std::uint32_t>& targets, const route::TimeMatrix& times,
                 const std::filesystem::path& folder) {
    std::filesystem::create_directories(folder);
    const route::TurnNodes turns(core.network);
    std::ofstream arcs(folder / "arcs.csv");
    arcs.precision(17);
    std::size_t id = 0;
    const auto put = [&](std::size_t from, std::size_t to, double cost) {
        arcs << ++id << ',' << from << ',' << to << ',' << cost << '\n';
    };
    for (const auto& arc : turns.arcs()) {
        const double seconds = core.plain()->seconds[arc.id];
        if (seconds >= 0)
            put(arc.from, arc.to, seconds);
    }
    // One has arrived at a target by whichever copy of its junction the turn bans lead to: each target is a node of its
    // own behind them all.
    std::map<std::uint32_t, std::size_t> sink;
    for (const std::uint32_t node : targets)
        sink.emplace(node, turns.count() + sink.size());
    std::map<std::uint32_t, std::set<std::uint32_t>> copies;
    for (route::ArcId arc = 0; arc < core.network.pieces.size() * 2; ++arc) {
        const std::uint32_t junction = endOf(core.network, arc);
        if (sink.contains(junction))
            copies[junction].insert(turns.endOf(arc));
    }
    for (const auto& [node, end] : sink) {
        copies[node].insert(node);
        for (const std::uint32_t copy : copies[node])
            put(copy, end, 0);
    }
    std::ofstream places(folder / "places.csv");
    for (const std::uint32_t node : starts)
        places << "start," << node << '\n';
    for (const std::uint32_t node : targets)
        places << "target," << sink[node] << '\n';
    std::ofstream found(folder / "times.csv");
    found.precision(17);
    for (std::size_t s = 0; s < times.starts; ++s) {
        for (std::size_t t = 0; t < times.targets; ++t)
            found << times.at(s, t) << (t + 1 == times.targets ? '\n' : ',');
    }
}

} // namespace

int main(int argc, char** argv) {
    std::filesystem::path osm;
    std::filesystem::path map;
    std::filesystem::path exported;
    std::int32_t side = 1;
    std::size_t startCount = 2'000;
    std::size_t targetCount = 50;
    unsigned threads = 2;
    int runs = 5;
    std::string profileName;
    CLI::App app("Travel times from many to many over a county's roads");
    app.add_option("--osm", osm, "an OpenStreetMap extract; imported into --map first");
    app.add_option("--map", map, "the county's map file")->required();
    app.add_option("--side", side, "copies a side")->check(CLI::Range(1, 40));
    app.add_option("--starts", startCount);
    app.add_option("--targets", targetCount);
    app.add_option("--threads", threads);
    app.add_option("--runs", runs)->check(CLI::Range(1, 1000));
    app.add_option("--profile", profileName, "one of the program's own");
    app.add_option("--export", exported, "a folder for arcs.csv, places.csv, times.csv");
    CLI11_PARSE(app, argc, argv);
    if (!osm.empty()) {
        if (const auto done = county::importOsm(osm, map, {}); !done)
            leave(done.error());
    }
    auto network = route::readNetwork(map);
    if (!network)
        leave(network.error());
    if (side > 1) {
        const route::RoadCore one(*network);
        *network = copied(*network, one.plain()->inMain, side);
    }
    const auto loadStart = Clock::now();
    route::orderBySpace(*network);
    const auto core = std::make_shared<const route::RoadCore>(std::move(*network));
    const double loadMillis = millisSince(loadStart);
    // The first great table of a county waits for it; conditions and profiles have no part in it.
    const auto orderStart = Clock::now();
    const auto* hierarchy = core->plain()->routes->hierarchy();
    const double orderMillis = millisSince(orderStart);
    std::shared_ptr<const route::RoadGraph> graph = std::make_shared<const route::Graph>(core);

    // Junctions of the main network at which no other road lies: none that crosses them on a bridge, no other side of a
    // barrier. There a place and a node of the graph are the same.
    std::vector<std::uint32_t> nodes;
    for (std::uint32_t i = 0; i < core->network.pieces.size(); ++i) {
        const std::uint32_t node = core->network.pieces[i].from;
        const auto touches = [&](const route::Hit& hit) {
            const Piece& piece = core->network.pieces[hit.piece];
            return (hit.fraction <= 0 && piece.from == node) || (hit.fraction >= 1 && piece.to == node);
        };
        const auto hits = core->snapper.nearest(route::position(core->network.nodes[node]));
        if (core->plain()->inMain[i] != 0 && std::all_of(hits.begin(), hits.end(), touches))
            nodes.push_back(node);
    }
    std::sort(nodes.begin(), nodes.end());
    nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
    std::mt19937 random(7);
    std::shuffle(nodes.begin(), nodes.end(), random);
    nodes.resize(std::min(nodes.size(), startCount + targetCount));
    targetCount = std::min(targetCount, nodes.size());
    const std::vector<std::uint32_t> targetNodes(nodes.begin(), nodes.begin() + static_cast<std::ptrdiff_t>(targetCount));
    const std::vector<std::uint32_t> startNodes(nodes.begin() + static_cast<std::ptrdiff_t>(targetCount), nodes.end());
    const auto positions = [&](const std::vector<std::uint32_t>& of) {
        std::vector<model::Position> list;
        for (const std::uint32_t node : of)
            list.push_back(route::position(core->network.nodes[node]));
        return list;
    };
    const auto starts = positions(startNodes);
    const auto targets = positions(targetNodes);

    nlohmann::json report{{"nodes", graph->nodeCount()}, {"arcs", graph->arcCount()},   {"bans", core->network.bans.size()},
                          {"starts", starts.size()},     {"targets", targets.size()},   {"threads", threads},
                          {"prepare_ms", loadMillis},    {"hierarchy_ms", orderMillis},
                          {"hierarchy_steps", hierarchy != nullptr ? hierarchy->steps() : 0}};
    if (!profileName.empty()) {
        const auto* profile = route::findProfile(route::defaultProfiles(), profileName);
        if (profile == nullptr)
            leave({base::Code::notFound, "there is no profile " + profileName, {}});
        const auto begun = Clock::now();
        auto under = graph->under(*profile);
        report["profile_first_ms"] = millisSince(begun);
        report["profile_again"] = timed(runs, [&] { under = graph->under(*profile); });
        graph = under;
    }
    route::TimeMatrix times;
    report["matrix"] = timed(runs, [&] {
        auto made = graph->timesBetween(starts, targets, {.threads = threads});
        if (!made)
            leave(made.error());
        times = std::move(*made);
    });
    report["matrix_with_metres"] =
        timed(runs, [&] { (void)graph->timesBetween(starts, targets, {.threads = threads, .metres = true}).value(); });
    // Ten closures: what finding them costs, and the table after them.
    std::vector<model::Line> closures;
    for (std::size_t i = 0; i < 10 && i < starts.size(); ++i) {
        const auto p = starts[i];
        closures.push_back({p, model::Position::trusted(p.latitude() + 0.002, p.longitude() + 0.002)});
    }
    std::shared_ptr<const route::RoadGraph> closed;
    report["closures"] = timed(runs, [&] { closed = graph->without(closures); });
    report["matrix_closed"] = timed(runs, [&] { (void)closed->timesBetween(starts, targets, {.threads = threads}).value(); });
    // One target as the desk asked it before: a table, or a search each.
    report["one_target"] = timed(runs, [&] { (void)graph->timesTo(targets.front(), starts); });
    std::string load;
    std::ifstream("/proc/loadavg") >> load;
    report["load"] = load;
    std::cout << report.dump() << '\n';
    if (!exported.empty())
        exportGraph(*core, startNodes, targetNodes, times, exported);
    return 0;
}
