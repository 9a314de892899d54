#include "route/road_map.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <queue>
#include <random>

namespace tocsin::route {
namespace {

using model::Position;
using test::RoadMap;

constexpr double tolerance = 0.6; // seconds
constexpr double infinite = std::numeric_limits<double>::infinity();

std::optional<double> seconds(const RoadGraph& graph, Position from, Position to) {
    const auto times = graph.timesTo(to, std::span(&from, 1));
    return times.front() ? std::optional(times.front()->duration.value) : std::nullopt;
}

class Banned : public testing::Test {
  protected:
    RoadMap map{{"A----B----C", //
                 "     |    |", //
                 "     |    |", //
                 "     D----E"}};

    [[nodiscard]] std::uint32_t arc(char from, char to) const {
        for (std::uint32_t i = 0; i < map.record.arcs.size(); ++i) {
            const auto& arc = map.record.arcs[i];
            if (map.record.nodes[arc.from] == map.node(from) && map.record.nodes[arc.to] == map.node(to))
                return i;
        }
        throw std::out_of_range("no such arc");
    }
    void ban(char from, char by, char to) { map.record.bans.push_back({arc(from, by), arc(by, to)}); }
    [[nodiscard]] double time(Position from, Position to) const {
        return seconds(*map.graph(), from, to).value_or(infinite);
    }
};

TEST_F(Banned, aLeftTurnIsDrivenRound) {
    const Position west = RoadMap::at(2, 0);
    const Position south = RoadMap::at(5, 2);
    EXPECT_NEAR(time(west, south), 30 + 20, tolerance);
    ban('A', 'B', 'D');
    // On to C, where one may turn round, and back into the road from the other side.
    EXPECT_NEAR(time(west, south), 30 + 50 + 50 + 20, tolerance);
    ban('B', 'C', 'B');
    // On to C, round by E and D, and up the road from below.
    EXPECT_NEAR(time(west, south), 30 + 50 + 30 + 50 + 10, tolerance);
    // Other turns at the same junction stand.
    EXPECT_NEAR(time(west, RoadMap::at(8, 0)), 30 + 30, tolerance);
    EXPECT_NEAR(time(RoadMap::at(8, 0), south), 30 + 20, tolerance);
    EXPECT_NEAR(time(south, west), 20 + 30, tolerance);
}

TEST_F(Banned, theRouteItselfKeepsTheBan) {
    ban('A', 'B', 'D');
    ban('B', 'C', 'B');
    const auto graph = map.graph();
    const Position from = RoadMap::at(2, 0);
    const Position to = RoadMap::at(5, 2);
    const auto way = graph->waysTo(to, std::span(&from, 1)).front();
    ASSERT_TRUE(way);
    std::vector<std::string> names;
    for (const auto& road : way->roads)
        names.push_back(road.first);
    EXPECT_EQ(names, (std::vector<std::string>{"A-B", "B-C", "C-E", "D-E", "B-D"}));
    EXPECT_NEAR(way->line.duration.value, 170, tolerance);
    EXPECT_NEAR(way->line.secondsAt.back(), way->line.duration.value, 1e-6);
    EXPECT_NEAR(seconds(*graph, from, to).value(), way->line.duration.value, 1e-6);
}

TEST_F(Banned, straightOnOnlyLeavesStraightOn) {
    ban('A', 'B', 'D');
    ban('A', 'B', 'A');
    EXPECT_NEAR(time(RoadMap::at(2, 0), RoadMap::at(7, 0)), 30 + 20, tolerance);
    EXPECT_NEAR(time(RoadMap::at(2, 0), RoadMap::at(5, 2)), 150, tolerance);
}

TEST_F(Banned, turningRoundIsBannedAlone) {
    // Driving eastward is the only way on; one turns round at the end of the road, if one may.
    map = RoadMap({"A->--B----C"});
    EXPECT_EQ(time(RoadMap::at(8, 0), RoadMap::at(6, 0)), time(RoadMap::at(6, 0), RoadMap::at(8, 0)));
    map = RoadMap({"A-->--B->-C", //
                   "|     |   |", //
                   "D-----E---F"});
    const Position above = RoadMap::at(6, 1);
    const Position west = RoadMap::at(1, 2);
    const double free = time(RoadMap::at(8, 0), west);
    EXPECT_NEAR(free, 20 + 20 + 40 + 50, tolerance);
    ban('E', 'B', 'E'); // harms nobody who does not turn round there
    EXPECT_NEAR(time(RoadMap::at(8, 0), west), free, tolerance);
    EXPECT_NEAR(time(above, west), 10 + 50, tolerance);
    // Into the dead end and out again is the way from D to A where the straight one is banned.
    map = RoadMap({"A----B----C"});
    map.record.bans = {{arc('B', 'C'), arc('C', 'B')}};
    EXPECT_NEAR(time(RoadMap::at(7, 0), RoadMap::at(2, 0)), 20 + 30, tolerance);
}

TEST_F(Banned, chainsOfBansAreAllKept) {
    ban('A', 'B', 'D');
    ban('C', 'E', 'D');
    ban('C', 'E', 'C');
    ban('C', 'B', 'D');
    // From the west to the south there is no way left, neither by B nor, coming from C, by E: one leaves the road and
    // walks to one that leads on.
    ban('B', 'C', 'B');
    ban('A', 'B', 'A');
    EXPECT_GT(time(RoadMap::at(2, 0), RoadMap::at(5, 2)), 200);
    EXPECT_NEAR(time(RoadMap::at(7, 3), RoadMap::at(5, 2)), 20 + 10, tolerance);
}

TEST_F(Banned, aPlaceAtTheJunctionMayBeLeftAnyWay) {
    ban('A', 'B', 'D');
    EXPECT_NEAR(time(map.node('B'), RoadMap::at(5, 2)), 20, tolerance);
    EXPECT_NEAR(time(RoadMap::at(2, 0), map.node('B')), 30, tolerance);
}

TEST_F(Banned, reachKnowsTheBans) {
    ban('A', 'B', 'D');
    const Position west = RoadMap::at(2, 0);
    const auto reached = map.graph()->reachAround(std::span(&west, 1), ReachDirection::fromPlaces, base::Seconds(55));
    for (const auto& road : reached) {
        for (const auto& point : road.line)
            EXPECT_GT(point.latitude(), RoadMap::at(0, 0.01).latitude()) << "nothing of the road to the south";
    }
    EXPECT_FALSE(reached.empty());
}

TEST_F(Banned, whatCannotBeABanIsRefused) {
    map.record.bans = {{arc('A', 'B'), arc('D', 'E')}};
    auto built = RoadGraph::build(map.record);
    ASSERT_FALSE(built);
    EXPECT_EQ(built.error().code, base::Code::outOfRange);
    EXPECT_NE(built.error().message.find("turn ban 0"), std::string::npos);
    map.record.bans = {{0, 999}};
    EXPECT_FALSE(RoadGraph::build(map.record));
}

/// Searches by arcs, as slowly and plainly as can be: the time from the middle of one arc's road to the middle of
/// another.
double bruteForce(const GraphRecord& record, std::uint32_t start, std::uint32_t end) {
    const auto sameRoad = [&](std::uint32_t a, std::uint32_t b) {
        return a == b || (record.arcs[a].from == record.arcs[b].to && record.arcs[a].to == record.arcs[b].from);
    };
    if (sameRoad(start, end))
        return 0;
    std::vector<double> done(record.arcs.size(), infinite); // at the end of the arc
    using Item = std::pair<double, std::uint32_t>;
    std::priority_queue<Item, std::vector<Item>, std::greater<>> queue;
    for (std::uint32_t a = 0; a < record.arcs.size(); ++a) {
        if (sameRoad(a, start))
            queue.push({record.arcs[a].duration.value / 2, a});
    }
    double best = infinite;
    while (!queue.empty()) {
        const auto [cost, at] = queue.top();
        queue.pop();
        if (cost >= done[at])
            continue;
        done[at] = cost;
        for (std::uint32_t next = 0; next < record.arcs.size(); ++next) {
            if (record.arcs[next].from != record.arcs[at].to)
                continue;
            bool banned = false;
            for (const auto& b : record.bans)
                banned = banned || (b.fromArc == at && b.toArc == next);
            if (banned)
                continue;
            if (sameRoad(next, end))
                best = std::min(best, cost + record.arcs[next].duration.value / 2);
            queue.push({cost + record.arcs[next].duration.value, next});
        }
    }
    return best;
}

TEST(TurnBans, equalAPlainSearchOnRandomNetworks) {
    std::mt19937 random(11);
    const auto any = [&](unsigned n) { return static_cast<std::uint32_t>(random() % n); };
    int without = 0;
    int changed = 0;
    for (int round = 0; round < 150; ++round) {
        // A grid of four by four junctions, far enough apart that places snap to their own road only.
        GraphRecord record;
        record.names = {""};
        for (int y = 0; y < 4; ++y) {
            for (int x = 0; x < 4; ++x)
                record.nodes.push_back(RoadMap::at(x * 60, y * 60));
        }
        const auto road = [&](std::uint32_t a, std::uint32_t b) {
            if (any(5) == 0)
                return;
            const base::Seconds there(10 + any(100));
            const auto ways = any(4); // 0: there only; 1: back only; else both
            if (ways != 1)
                record.arcs.push_back({a, b, there, base::Metres(6000), 0, {}});
            if (ways != 0)
                record.arcs.push_back({b, a, there, base::Metres(6000), 0, {}});
        };
        for (std::uint32_t n = 0; n < 16; ++n) {
            if (n % 4 != 3)
                road(n, n + 1);
            if (n < 12)
                road(n, n + 4);
        }
        for (std::uint32_t a = 0; a < record.arcs.size(); ++a) {
            for (std::uint32_t b = 0; b < record.arcs.size(); ++b) {
                if (record.arcs[a].to == record.arcs[b].from && any(3) == 0)
                    record.bans.push_back({a, b});
            }
        }
        const auto built = RoadGraph::build(record);
        ASSERT_TRUE(built) << built.error().message;
        auto free = record;
        free.bans.clear();
        const auto middle = [&](std::uint32_t arc) {
            const auto a = record.nodes[record.arcs[arc].from];
            const auto b = record.nodes[record.arcs[arc].to];
            return Position::trusted((a.latitude() + b.latitude()) / 2, (a.longitude() + b.longitude()) / 2);
        };
        for (int question = 0; question < 20 && !record.arcs.empty(); ++question) {
            const auto from = any(static_cast<unsigned>(record.arcs.size()));
            const auto to = any(static_cast<unsigned>(record.arcs.size()));
            const double expected = bruteForce(record, from, to);
            const double found = seconds(**built, middle(from), middle(to)).value_or(infinite);
            if (expected == infinite) {
                // The plain search ends here; the network walks to no other road, for none is near.
                EXPECT_EQ(found, infinite) << "round " << round;
                ++without;
            } else {
                EXPECT_NEAR(found, expected, 0.1) << "round " << round;
                changed += expected > bruteForce(free, from, to) ? 1 : 0;
            }
        }
    }
    EXPECT_GT(changed, 150) << "the bans should matter";
    EXPECT_GT(without, 20);
}

} // namespace
} // namespace tocsin::route
