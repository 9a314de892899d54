#include "route/road_map.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <numeric>
#include <random>
#include <thread>

namespace tocsin::route {
namespace {

using model::Position;
using test::RoadMap;

constexpr double tolerance = 0.6; // seconds: positions are rounded to a centimetre, the sphere to the plane

std::optional<double> seconds(const RoadGraph& graph, Position from, Position to) {
    const auto times = graph.timesTo(to, std::span(&from, 1));
    return times.front() ? std::optional(times.front()->duration.value) : std::nullopt;
}

TEST(RoadGraph, takesTheFasterOfTwoWays) {
    const RoadMap map({"A--B--C", //
                       "|     |", //
                       "D-----E", //
                       "|     |", //
                       "F-----G"});
    const auto graph = map.graph();
    EXPECT_NEAR(*seconds(*graph, map.node('A'), map.node('E')), 80, tolerance);
    EXPECT_NEAR(*seconds(*graph, map.node('F'), map.node('B')), 70, tolerance);
}

TEST(RoadGraph, answersInTheOrderOfTheStarts) {
    const RoadMap map({"A--B----C"});
    const std::vector<Position> starts{map.node('C'), map.node('A'), map.node('B'), map.node('C')};
    const auto times = map.graph()->timesTo(map.node('A'), starts);
    ASSERT_EQ(times.size(), 4U);
    EXPECT_NEAR(times[0]->duration.value, 80, tolerance);
    EXPECT_NEAR(times[1]->duration.value, 0, tolerance);
    EXPECT_NEAR(times[2]->duration.value, 30, tolerance);
    EXPECT_NEAR(times[3]->length.value, 800, 2);
}

TEST(RoadGraph, drivesAOneWayStreetOnlyForward) {
    const RoadMap map({"A--->---B", //
                       "|       |", //
                       "C-------D"});
    const auto graph = map.graph();
    EXPECT_NEAR(*seconds(*graph, map.node('A'), map.node('B')), 80, tolerance);
    EXPECT_NEAR(*seconds(*graph, map.node('B'), map.node('A')), 120, tolerance);
}

TEST(RoadGraph, respectsOneWayBetweenTwoPointsOfTheSameRoad) {
    const RoadMap map({"A--->---B", //
                       "|       |", //
                       "C-------D"});
    const auto graph = map.graph();
    const Position west = RoadMap::at(2, 0);
    const Position east = RoadMap::at(6, 0);
    EXPECT_NEAR(*seconds(*graph, west, east), 40, tolerance);
    // Back: on to B, round by D and C to A, and along again.
    EXPECT_NEAR(*seconds(*graph, east, west), 20 + 120 + 20, tolerance);
}

TEST(RoadGraph, startsAndEndsInTheMiddleOfARoad) {
    const RoadMap map({"A----B", //
                       "     |", //
                       "     |", //
                       "C----D"});
    const auto graph = map.graph();
    EXPECT_NEAR(*seconds(*graph, RoadMap::at(3, 0), RoadMap::at(1, 3)), 20 + 30 + 40, tolerance);
    EXPECT_NEAR(*seconds(*graph, RoadMap::at(1, 0), RoadMap::at(4, 0)), 30, tolerance);
    EXPECT_NEAR(*seconds(*graph, RoadMap::at(4, 0), RoadMap::at(1, 0)), 30, tolerance);
}

TEST(RoadGraph, walksToAndFromTheRoadAtFourKilometresAnHour) {
    const RoadMap map({"A----B"});
    // 200 m north of the road, and 100 m south of it.
    const auto graph = map.graph();
    const Position from = RoadMap::at(1, -2);
    const Position to = RoadMap::at(4, 1);
    const auto reach = graph->timesTo(to, std::span(&from, 1)).front();
    ASSERT_TRUE(reach);
    EXPECT_NEAR(reach->duration.value, 180 + 30 + 90, 1.5);
    EXPECT_NEAR(reach->length.value, 600, 3);
}

TEST(RoadGraph, findsNoWayFromFartherThanTwoKilometresOffTheRoad) {
    const RoadMap map({"A----B"});
    const auto graph = map.graph();
    EXPECT_FALSE(seconds(*graph, RoadMap::at(2, 20.5), map.node('A')));
    EXPECT_FALSE(seconds(*graph, map.node('A'), RoadMap::at(2, 20.5)));
    EXPECT_TRUE(seconds(*graph, RoadMap::at(2, 19.5), map.node('A')));
}

TEST(RoadGraph, needsNoTimeWhereItIsAlready) {
    const RoadMap map({"A----B"});
    const auto graph = map.graph();
    const Position far = RoadMap::at(1000, 1000); // no road for 100 km, but there is nothing to drive either
    EXPECT_EQ(seconds(*graph, far, far), 0);
    const auto line = graph->route(map.node('A'), map.node('A'));
    ASSERT_TRUE(line);
    EXPECT_EQ(line->duration.value, 0);
    EXPECT_EQ(line->length.value, 0);
    EXPECT_EQ(line->points.size(), line->secondsAt.size());
}

TEST(RoadGraph, leavesAnIslandByTheMainNetwork) {
    const RoadMap map({"A--------B", //
                       "|        |", //
                       "|  X--Y  |", //
                       "|        |", //
                       "C--------D"});
    const auto graph = map.graph();
    // Within the island: by the island. From it: on foot from the place itself to the nearest road of the rest.
    EXPECT_NEAR(*seconds(*graph, map.node('X'), map.node('Y')), 30, tolerance);
    EXPECT_NEAR(*seconds(*graph, RoadMap::at(4, 2), map.node('A')), 2 * 90 + 40, 2);
    EXPECT_NEAR(*seconds(*graph, map.node('A'), RoadMap::at(4, 2)), 2 * 90 + 40, 2);
}

TEST(RoadGraph, leavesTheEndOfAOneWayRoadOutOfTheCountyByTheMainNetwork) {
    const RoadMap map({"A----B", //
                       "|    |", //
                       "C----D--->-E"});
    const auto graph = map.graph();
    EXPECT_NEAR(*seconds(*graph, map.node('A'), map.node('E')), 50 + 20 + 60, tolerance);
    EXPECT_NEAR(*seconds(*graph, map.node('E'), map.node('B')), 6 * 90 + 20, 4);
}

TEST(RoadGraph, findsNoWayBetweenFarIslands) {
    const RoadMap map({"A--B" + std::string(60, ' ') + "C--D", "|  |", "E--F"});
    const auto graph = map.graph();
    EXPECT_FALSE(seconds(*graph, map.node('A'), map.node('D')));
    EXPECT_FALSE(graph->route(map.node('D'), map.node('A')));
    EXPECT_TRUE(graph->roadNames(map.node('D'), map.node('A')).empty());
}

TEST(RoadGraph, aRouteTellsPointsTimesAndNames) {
    const RoadMap map({"A--B--C", //
                       "|     |", //
                       "D     E"});
    const auto line = map.graph()->route(map.node('D'), RoadMap::at(6, 1));
    ASSERT_TRUE(line);
    ASSERT_EQ(line->points.size(), line->secondsAt.size());
    EXPECT_LT(geo::distance(line->points.front(), map.node('D')).value, 1);
    EXPECT_LT(geo::distance(line->points.back(), RoadMap::at(6, 1)).value, 1);
    EXPECT_TRUE(std::is_sorted(line->secondsAt.begin(), line->secondsAt.end()));
    EXPECT_NEAR(line->secondsAt.back(), 90, tolerance);
    EXPECT_NEAR(line->duration.value, line->secondsAt.back(), 1e-9);
    EXPECT_NEAR(line->length.value, 900, 3);
    EXPECT_NEAR(geo::length(line->points).value, line->length.value, 3);
    ASSERT_EQ(line->points.size(), 5U); // D A B C end
    EXPECT_NEAR(line->secondsAt[2], 50, tolerance);
    EXPECT_EQ(map.graph()->roadNames(map.node('D'), map.node('E')),
              (std::vector<std::string>{"A-D", "A-B", "B-C", "C-E"}));
}

TEST(RoadGraph, aRouteFollowsTheShapeOfARoad) {
    RoadMap map({"A----B"});
    const Position bend = RoadMap::at(2, 3);
    for (ArcRecord& arc : map.record.arcs)
        arc.between = {bend};
    const auto line = map.graph()->route(map.node('B'), map.node('A'));
    ASSERT_TRUE(line);
    ASSERT_EQ(line->points.size(), 3U);
    EXPECT_LT(geo::distance(line->points[1], bend).value, 0.1);
    const double toBend = geo::distance(map.node('B'), bend).value;
    const double whole = toBend + geo::distance(bend, map.node('A')).value;
    EXPECT_NEAR(line->secondsAt[1], 50 * toBend / whole, 0.1);
}

TEST(RoadGraph, waysToAgreesWithRouteAndTimes) {
    const RoadMap map({"A--B->-C", //
                       "|      |", //
                       "D------E"});
    const auto graph = map.graph();
    const std::vector<Position> starts{map.node('C'), RoadMap::at(2, -1), map.node('D')};
    const auto ways = graph->waysTo(map.node('A'), starts);
    const auto times = graph->timesTo(map.node('A'), starts);
    for (std::size_t i = 0; i < starts.size(); ++i) {
        ASSERT_TRUE(ways[i] && times[i]);
        EXPECT_EQ(ways[i]->line, *graph->route(starts[i], map.node('A')));
        EXPECT_NEAR(ways[i]->line.duration.value, times[i]->duration.value, 1e-6);
        EXPECT_NEAR(ways[i]->line.length.value, times[i]->length.value, 1e-6);
    }
    EXPECT_NEAR(ways[0]->roads.front().second.value, 200, 1);
}

/// Against Floyd–Warshall: random graphs with one-way arcs, loops, parallels, and nodes that nothing reaches.
TEST(RoadGraph, agreesWithAllPairsShortestPathsOnRandomGraphs) {
    std::mt19937 random(7);
    for (int round = 0; round < 60; ++round) {
        const std::size_t nodes = 2 + random() % 14;
        GraphRecord record;
        for (std::size_t i = 0; i < nodes; ++i) { // on a circle: no road passes within a walk of another's end
            const double angle = static_cast<double>(i) * 0.39;
            record.nodes.push_back(RoadMap::at(500 + 400 * std::cos(angle), 500 + 400 * std::sin(angle)));
        }
        std::vector<std::vector<double>> best(nodes,
                                              std::vector<double>(nodes, std::numeric_limits<double>::infinity()));
        for (std::size_t i = 0; i < nodes; ++i)
            best[i][i] = 0;
        const std::size_t arcs = random() % (nodes * 3 + 1);
        for (std::size_t i = 0; i < arcs; ++i) {
            const auto from = static_cast<std::uint32_t>(random() % nodes);
            const auto to = static_cast<std::uint32_t>(random() % nodes);
            const double duration = 1 + static_cast<double>(random() % 1000) / 10;
            record.arcs.push_back({from, to, base::Seconds(duration), base::Metres(duration * 10), 0, {}});
            best[from][to] = std::min(best[from][to], duration);
        }
        for (std::size_t k = 0; k < nodes; ++k)
            for (std::size_t i = 0; i < nodes; ++i)
                for (std::size_t j = 0; j < nodes; ++j)
                    best[i][j] = std::min(best[i][j], best[i][k] + best[k][j]);
        std::vector<char> touched(nodes, 0);
        for (const ArcRecord& arc : record.arcs)
            touched[arc.from] = touched[arc.to] = 1;
        const auto graph = RoadGraph::build(record);
        ASSERT_TRUE(graph);
        EXPECT_EQ((*graph)->arcCount(), arcs);
        for (std::size_t to = 0; to < nodes; ++to) {
            const auto times = (*graph)->timesTo(record.nodes[to], record.nodes);
            for (std::size_t from = 0; from < nodes; ++from) {
                if (touched[to] == 0 || touched[from] == 0)
                    continue; // no road within reach, or another's that happens to pass
                const double got = times[from] ? times[from]->duration.value : std::numeric_limits<double>::infinity();
                ASSERT_EQ(std::isinf(got), std::isinf(best[from][to])) << round << ": " << from << " to " << to;
                if (!std::isinf(got)) {
                    EXPECT_NEAR(got, best[from][to], 0.05) << round << ": " << from << " to " << to;
                }
            }
        }
    }
}

TEST(RoadGraph, mayBeSearchedFromManyThreads) {
    const RoadMap map({"A--B->-C", //
                       "|      |", //
                       "D------E"});
    const auto graph = map.graph();
    const auto expected = graph->route(map.node('C'), map.node('B'));
    std::vector<std::thread> threads;
    std::vector<int> same(4, 0);
    for (std::size_t t = 0; t < same.size(); ++t)
        threads.emplace_back([&, t] {
            for (int i = 0; i < 50; ++i)
                same[t] += graph->route(map.node('C'), map.node('B')) == expected ? 1 : 0;
        });
    for (std::thread& thread : threads)
        thread.join();
    EXPECT_EQ(same, std::vector<int>(4, 50));
}

TEST(RoadGraph, refusesARecordThatContradictsItself) {
    const RoadMap map({"A--B"});
    const auto broken = [&](auto&& change) {
        GraphRecord record = map.record;
        change(record.arcs[0]);
        const auto built = RoadGraph::build(record);
        return !built && built.error().code == base::Code::outOfRange;
    };
    EXPECT_TRUE(broken([](ArcRecord& arc) { arc.to = 2; }));
    EXPECT_TRUE(broken([](ArcRecord& arc) { arc.way = 9; }));
    EXPECT_TRUE(broken([](ArcRecord& arc) { arc.duration = base::Seconds(-1); }));
    EXPECT_TRUE(broken([](ArcRecord& arc) { arc.duration = base::Seconds(std::nan("")); }));
    EXPECT_TRUE(broken([](ArcRecord& arc) { arc.length = base::Metres(INFINITY); }));
}

TEST(RoadGraph, anEmptyNetworkReachesNothing) {
    const auto graph = RoadGraph::build({});
    ASSERT_TRUE(graph);
    EXPECT_FALSE(seconds(**graph, RoadMap::at(0, 0), RoadMap::at(5, 5)));
    EXPECT_TRUE((*graph)->timesTo(RoadMap::at(0, 0), {}).empty());
}

} // namespace
} // namespace tocsin::route
