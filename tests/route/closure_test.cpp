#include "route/road_map.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>

namespace tocsin::route {
namespace {

using model::Line;
using model::Position;
using test::RoadMap;

constexpr double tolerance = 0.6; // seconds
constexpr double infinite = std::numeric_limits<double>::infinity();

double seconds(const RoadGraph& graph, Position from, Position to) {
    const auto times = graph.timesTo(to, std::span(&from, 1));
    return times.front() ? times.front()->duration.value : infinite;
}

Line ring(double left, double top, double right, double bottom) {
    return {RoadMap::at(left, top), RoadMap::at(right, top), RoadMap::at(right, bottom), RoadMap::at(left, bottom),
            RoadMap::at(left, top)};
}

class Closures : public testing::Test {
  protected:
    RoadMap map{{"A---------B", //
                 "|         |", //
                 "|         |", //
                 "|         |", //
                 "C---------D"}};
    std::shared_ptr<const RoadGraph> roads = map.graph();

    [[nodiscard]] std::shared_ptr<const RoadGraph> closed(const Line& line) const {
        return roads->without(std::span(&line, 1));
    }
};

TEST_F(Closures, ofNothingAreTheNetworkItself) {
    EXPECT_EQ(roads->without({}), roads);
}

TEST_F(Closures, ALineAcrossARoadClosesItBothWays) {
    const Line across{RoadMap::at(5, -0.5), RoadMap::at(5.2, 0.5)};
    const auto open = closed(across);
    EXPECT_NEAR(seconds(*roads, map.node('A'), map.node('B')), 100, tolerance);
    EXPECT_NEAR(seconds(*open, map.node('A'), map.node('B')), 40 + 100 + 40, tolerance);
    EXPECT_NEAR(seconds(*open, map.node('B'), map.node('A')), 180, tolerance);
    EXPECT_NEAR(seconds(*open, map.node('C'), map.node('D')), 100, tolerance);
    EXPECT_NEAR(seconds(*roads, map.node('A'), map.node('B')), 100, tolerance) << "the network itself stays";
    EXPECT_EQ(open->arcCount(), roads->arcCount());
}

TEST_F(Closures, APlaceOnAClosedRoadIsReachedFromItsOwnSide) {
    const auto open = closed({RoadMap::at(5, -0.5), RoadMap::at(5, 0.5)});
    EXPECT_NEAR(seconds(*open, map.node('A'), RoadMap::at(3, 0)), 30, tolerance);
    EXPECT_NEAR(seconds(*open, map.node('A'), RoadMap::at(7, 0)), 180 + 30, tolerance);
    EXPECT_NEAR(seconds(*open, RoadMap::at(4, 0), RoadMap::at(6, 0)), 40 + 180 + 40, tolerance);
    EXPECT_NEAR(seconds(*open, RoadMap::at(6, 0), RoadMap::at(8, 0)), 20, tolerance);
    const auto line = open->route(RoadMap::at(4, 0), RoadMap::at(6, 0));
    ASSERT_TRUE(line);
    EXPECT_NEAR(line->length.value, 2600, 5);
}

TEST_F(Closures, ALineAlongARoadClosesIt) {
    // Drawn by hand: some metres beside the road, never across it.
    const auto open = closed({RoadMap::at(3, 0.03), RoadMap::at(4, 0.06), RoadMap::at(6, 0.04)});
    EXPECT_NEAR(seconds(*open, map.node('A'), map.node('B')), 180, tolerance);
    const auto beside = closed({RoadMap::at(3, 0.3), RoadMap::at(6, 0.3)}); // thirty metres off: another matter
    EXPECT_NEAR(seconds(*beside, map.node('A'), map.node('B')), 100, tolerance);
}

TEST_F(Closures, ARingClosesWhatItCrossesAndWhatItHolds) {
    const auto part = closed(ring(4, -0.5, 6, 0.5));
    EXPECT_NEAR(seconds(*part, map.node('A'), map.node('B')), 180, tolerance);
    // A road that is closed from end to end is reached on foot from the nearest that is open.
    const auto held = closed(ring(-1, -1, 11, 0.5));
    EXPECT_EQ(seconds(*held, map.node('C'), RoadMap::at(5, 0)), seconds(*held, RoadMap::at(5, 0), map.node('C')));
    EXPECT_GT(seconds(*held, map.node('C'), RoadMap::at(5, 0)), 360);
    EXPECT_NEAR(seconds(*held, map.node('C'), map.node('D')), 100, tolerance);
}

TEST_F(Closures, APlaceWithinAClosureIsReachedOnFootFromItsEdge) {
    const auto part = closed(ring(4, -0.5, 6, 0.5));
    EXPECT_NEAR(seconds(*part, map.node('A'), RoadMap::at(4.5, 0)), 40 + 45, tolerance);
    EXPECT_NEAR(seconds(*part, map.node('B'), RoadMap::at(5.5, 0)), 40 + 45, tolerance);
    EXPECT_NEAR(seconds(*part, RoadMap::at(4.5, 0), map.node('A')), 45 + 40, tolerance);
}

TEST_F(Closures, APointClosesTheRoadNearestToIt) {
    EXPECT_NEAR(seconds(*closed({RoadMap::at(5, 0.4)}), map.node('A'), map.node('B')), 180, tolerance);
    EXPECT_NEAR(seconds(*closed({RoadMap::at(5, 0.6)}), map.node('A'), map.node('B')), 100, tolerance)
        << "sixty metres off the road closes nothing";
    const Position twice = RoadMap::at(5, 0.1);
    EXPECT_NEAR(seconds(*closed({twice, twice}), map.node('A'), map.node('B')), 180, tolerance);
}

TEST_F(Closures, AddUp) {
    const Line first{RoadMap::at(5, -0.5), RoadMap::at(5, 0.5)};
    const Line second{RoadMap::at(5, 3.5), RoadMap::at(5, 4.5)};
    const std::vector<Line> both{first, second};
    for (const auto& open : {roads->without(both), closed(first)->without(std::span(&second, 1))}) {
        EXPECT_EQ(seconds(*open, map.node('A'), map.node('B')), infinite) << "two halves that do not meet";
        EXPECT_NEAR(seconds(*open, map.node('A'), map.node('C')), 40, tolerance);
    }
}

TEST_F(Closures, KeepTheNetworkAlive) {
    const auto open = closed({RoadMap::at(5, -0.5), RoadMap::at(5, 0.5)});
    roads.reset();
    EXPECT_NEAR(seconds(*open, map.node('A'), map.node('B')), 180, tolerance);
}

TEST_F(Closures, WithTurnBansAreBothKept) {
    RoadMap banned({"A----B----C", //
                    "     |    |", //
                    "     D----E"});
    const auto arc = [&](char from, char to) {
        std::uint32_t i = 0;
        while (banned.record.nodes[banned.record.arcs[i].from] != banned.node(from) ||
               banned.record.nodes[banned.record.arcs[i].to] != banned.node(to))
            ++i;
        return i;
    };
    banned.record.bans = {{arc('A', 'B'), arc('B', 'D')}, {arc('B', 'C'), arc('C', 'B')}};
    const auto open = banned.graph();
    const Line across{RoadMap::at(7, 1.5), RoadMap::at(7, 2.5)};
    EXPECT_NEAR(seconds(*open, RoadMap::at(2, 0), RoadMap::at(5, 1)), 30 + 50 + 20 + 50 + 10, tolerance);
    // The way round is closed: to the closure, back to C, and from there the turn at B is free.
    EXPECT_NEAR(seconds(*open->without(std::span(&across, 1)), RoadMap::at(2, 0), RoadMap::at(5, 1)),
                30 + 50 + 2 * 20 + 50 + 10, tolerance);
}

/// Metres of road that are reached, and the greatest time at an end.
struct Sum {
    double metres{0};
    double latest{0};
};
Sum sumOf(const std::vector<ReachedRoad>& reached) {
    Sum sum;
    for (const auto& road : reached) {
        sum.metres += geo::length(road.line).value;
        sum.latest = std::max({sum.latest, road.atStart.value, road.atEnd.value});
    }
    return sum;
}

TEST_F(Closures, ReachEndsWhereTheTimeIsUp) {
    const Position corner = map.node('A');
    for (const auto direction : {ReachDirection::toPlace, ReachDirection::fromPlaces}) {
        const auto near = sumOf(roads->reachAround(std::span(&corner, 1), direction, base::Seconds(30)));
        EXPECT_NEAR(near.metres, 600, 5);
        EXPECT_NEAR(near.latest, 30, 0.1);
        // Round both sides to beyond D's corner and to B: all but what lies farther than 110 s.
        const auto far = sumOf(roads->reachAround(std::span(&corner, 1), direction, base::Seconds(110)));
        EXPECT_NEAR(far.metres, 1000 + 400 + 100 + 700, 5);
        const auto all = roads->reachAround(std::span(&corner, 1), direction, base::Seconds(1000));
        EXPECT_EQ(all.size(), 4U) << "each road once";
        EXPECT_NEAR(sumOf(all).metres, 2800, 5);
        EXPECT_NEAR(sumOf(all).latest, 140, tolerance);
    }
    EXPECT_TRUE(roads->reachAround({}, ReachDirection::toPlace, base::Seconds(600)).empty());
    EXPECT_TRUE(roads->reachAround(std::span(&corner, 1), ReachDirection::toPlace, base::Seconds(-1)).empty());
}

TEST_F(Closures, ReachFromTheMiddleOfARoadGrowsBothWays) {
    const std::vector<Position> places{RoadMap::at(5, 0), RoadMap::at(5, 4)};
    const auto reached = roads->reachAround(places, ReachDirection::fromPlaces, base::Seconds(20));
    EXPECT_EQ(reached.size(), 4U);
    EXPECT_NEAR(sumOf(reached).metres, 2 * 400, 5);
    for (const auto& road : reached) {
        EXPECT_NEAR(std::min(road.atStart.value, road.atEnd.value), 0, 0.1);
        EXPECT_NEAR(std::max(road.atStart.value, road.atEnd.value), 20, 0.1);
    }
}

TEST_F(Closures, ReachStopsAtAClosureAndTakesTheOtherWay) {
    const Position corner = map.node('A');
    const auto open = closed({RoadMap::at(5, -0.5), RoadMap::at(5, 0.5)});
    const auto sum = sumOf(open->reachAround(std::span(&corner, 1), ReachDirection::toPlace, base::Seconds(60)));
    EXPECT_NEAR(sum.metres, 500 + 400 + 200, 5);
    EXPECT_NEAR(sum.latest, 60, 0.1);
    EXPECT_NEAR(sumOf(open->reachAround(std::span(&corner, 1), ReachDirection::toPlace, base::Seconds(1000))).latest,
                180 + 50, tolerance);
}

TEST(Reach, KeepsToOneWayRoadsInItsDirection) {
    const RoadMap map({"A--->---B"});
    const auto roads = map.graph();
    const Position middle = RoadMap::at(4, 0);
    const auto from = roads->reachAround(std::span(&middle, 1), ReachDirection::fromPlaces, base::Seconds(1000));
    ASSERT_EQ(from.size(), 1U);
    EXPECT_NEAR(from[0].line.front().longitude(), middle.longitude(), 1e-6);
    EXPECT_NEAR(from[0].atEnd.value, 40, tolerance);
    const auto to = roads->reachAround(std::span(&middle, 1), ReachDirection::toPlace, base::Seconds(1000));
    ASSERT_EQ(to.size(), 1U);
    EXPECT_NEAR(to[0].line.back().longitude(), middle.longitude(), 1e-6);
    EXPECT_NEAR(to[0].atStart.value, 40, tolerance);
}

TEST(Reach, AgreesWithTheTimesOfSingleQuestions) {
    const RoadMap map({"A----B-->--C--",  //
                       "|    |     |  ",  //
                       "D-<--E-----F--G", //
                       "|    |     |   ", //
                       "H----I-----J   "});
    const auto roads = map.graph();
    const Position place = RoadMap::at(7, 4);
    for (const auto direction : {ReachDirection::toPlace, ReachDirection::fromPlaces}) {
        const auto reached = roads->reachAround(std::span(&place, 1), direction, base::Seconds(150));
        EXPECT_GT(reached.size(), 6U);
        for (const auto& road : reached) {
            for (const bool atStart : {true, false}) {
                const Position end = atStart ? road.line.front() : road.line.back();
                const double expected =
                    direction == ReachDirection::toPlace ? seconds(*roads, end, place) : seconds(*roads, place, end);
                const double found = (atStart ? road.atStart : road.atEnd).value;
                // At a junction the question itself may choose its road; never is a road reached before its end is.
                EXPECT_GE(found, expected - tolerance);
                EXPECT_LE(found, 150 + 1e-6);
            }
        }
    }
}

} // namespace
} // namespace tocsin::route
