#include "route/road_map.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>

namespace tocsin::route {
namespace {

using model::Position;
using test::RoadMap;
constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr double tolerance = 0.6;

double time(const RoadGraph& graph, Position from, Position to) {
    const auto times = graph.timesTo(to, std::span(&from, 1));
    return times.front() ? times.front()->duration.value : infinite;
}

model::Line box(double left, double top, double right, double bottom) {
    return {RoadMap::at(left, top), RoadMap::at(right, top), RoadMap::at(right, bottom), RoadMap::at(left, bottom),
            RoadMap::at(left, top)};
}

class Under : public testing::Test {
  protected:
    // The way by B and X is short; that by D and E is long.
    RoadMap map{{"A---B--X-C", //
                 "|        |", //
                 "|        |", //
                 "D--------E"}};
    Position west = RoadMap::at(2, 0);
    Position east = RoadMap::at(8, 0);
    Profile engine; ///< a car of 16 t that fords half a metre

    void SetUp() override {
        engine.tonnes = 16;
        engine.fording = 0.5;
        engine.height = 3.3;
    }
    RoadTraits& traits(char from, char to) {
        for (auto& arc : map.record.arcs) {
            if (map.record.nodes[arc.from] == map.node(from) && map.record.nodes[arc.to] == map.node(to))
                return arc.traits;
        }
        throw std::out_of_range("no such arc");
    }
    [[nodiscard]] double under(const Conditions& now) const { return time(*map.graph()->under(engine, now), west, east); }
    const double direct = 60;
    const double round = 20 + 30 + 90 + 30 + 10;
};

TEST_F(Under, theDefaultProfileIsThePlainNetwork) {
    EXPECT_EQ(time(*map.graph()->under({}), west, east), time(*map.graph(), west, east));
    EXPECT_NEAR(under({}), direct, tolerance);
}

TEST_F(Under, waterIsForcedSlowlyOrDrivenRound) {
    const auto flooded = [&](std::optional<double> depth) {
        Conditions now;
        now.floods.push_back({box(5.5, -1, 6.5, 1), depth});
        return under(now);
    };
    EXPECT_NEAR(flooded(0.0), direct, tolerance);
    EXPECT_NEAR(flooded(-3.0), direct, tolerance);
    // 100 m of road are under water: at half the depth it keeps 60 % of its speed there.
    EXPECT_NEAR(flooded(0.25), 50 + 10 / 0.6, tolerance);
    EXPECT_NEAR(flooded(0.5), 50 + 10 / 0.2, tolerance);
    EXPECT_NEAR(flooded(0.51), round, tolerance);
    EXPECT_NEAR(flooded(std::nullopt), round, tolerance) << "an unknown depth closes";
    EXPECT_NEAR(flooded(std::numeric_limits<double>::quiet_NaN()), round, tolerance);
    EXPECT_NEAR(flooded(1e308), round, tolerance);
    engine.fording = 0;
    EXPECT_NEAR(flooded(0.01), round, tolerance);
}

TEST_F(Under, aBridgeCarriesWhatItCan) {
    const auto limited = [&](double tonnes) {
        Conditions now;
        now.weightLimits.push_back({{RoadMap::at(5.5, 0)}, tonnes});
        return under(now);
    };
    EXPECT_NEAR(limited(16), direct, tolerance);
    EXPECT_NEAR(limited(15.9), round, tolerance);
    EXPECT_NEAR(limited(-1), round, tolerance);
    EXPECT_NEAR(limited(std::numeric_limits<double>::quiet_NaN()), round, tolerance);
    EXPECT_NEAR(limited(1e308), direct, tolerance);
}

TEST_F(Under, closuresHoldAndThoseBeforeToo) {
    const auto graph = map.graph();
    const model::Line closure{RoadMap::at(6, -1), RoadMap::at(6, 1)};
    Conditions now;
    now.closures.push_back(closure);
    EXPECT_NEAR(under(now), round, tolerance);
    EXPECT_NEAR(time(*graph->without(std::span(&closure, 1))->under(engine), west, east), round, tolerance);
    EXPECT_NEAR(time(*graph->under(engine)->without(std::span(&closure, 1)), west, east), round, tolerance);
    EXPECT_NEAR(time(*graph->under(engine), west, east), direct, tolerance) << "nothing is left behind";
}

TEST_F(Under, whatHoldsGoesOnHolding) {
    Conditions now;
    now.floods.push_back({box(5.5, -1, 6.5, 1), 0.4});
    now.night = true;
    Profile car; // 0.25 m
    engine.night = 0.5;
    const auto wet = map.graph()->under(car, now);
    EXPECT_NEAR(time(*wet, west, east), round, tolerance);
    EXPECT_NEAR(time(*wet->under(engine), west, east), 2 * (50 + 10 / 0.36), tolerance) << "it fords, by night";
    const model::Line closure{RoadMap::at(6, -1), RoadMap::at(6, 1)};
    EXPECT_NEAR(time(*wet->under(engine)->without(std::span(&closure, 1)), west, east), 2 * round, tolerance);
}

TEST_F(Under, limitsOnTheMapBindWhoIsTooLarge) {
    traits('B', 'X').maxTonnes = 12;
    EXPECT_NEAR(under({}), round, tolerance);
    engine.tonnes = 12;
    EXPECT_NEAR(under({}), direct, tolerance);
    traits('B', 'X').maxHeight = 3.2;
    EXPECT_NEAR(under({}), round, tolerance);
    engine.height = 0;
    EXPECT_NEAR(under({}), direct, tolerance);
    traits('B', 'X').ford = true;
    EXPECT_NEAR(under({}), direct, tolerance);
    engine.fording = 0.1;
    EXPECT_NEAR(under({}), round, tolerance);
}

TEST_F(Under, accessSlopeNightAndWeather) {
    traits('B', 'X').access = RoadAccess::emergency;
    EXPECT_NEAR(under({}), direct, tolerance);
    engine.mayUse[static_cast<std::size_t>(RoadAccess::emergency)] = false;
    EXPECT_NEAR(under({}), round, tolerance);
    traits('B', 'X').access = RoadAccess::open;
    traits('B', 'X').slope = 0.1;
    engine.lostUp = 0.05;
    EXPECT_NEAR(under({}), 30 + 30 / 0.5, tolerance); // 300 m of the way climb
    EXPECT_NEAR(time(*map.graph()->under(engine), east, west), direct, tolerance) << "downhill";
    traits('B', 'X').slope = 0;
    engine.night = 0.5;
    engine.byWeather[static_cast<std::size_t>(Weather::ice)] = 0.5;
    Conditions now;
    now.night = true;
    EXPECT_NEAR(under(now), 2 * direct, tolerance);
    now.weather = Weather::ice;
    EXPECT_NEAR(under(now), 4 * direct, tolerance);
    engine.leastKmh = 30; // the roads' own speed is 36 km/h
    EXPECT_NEAR(under(now), direct * 36 / 30, tolerance);
}

TEST_F(Under, oneWaysAndBansBindWhomTheyBind) {
    map = RoadMap({"A--<-B----C", //
                   "|         |", //
                   "|         |", //
                   "D---------E"});
    const double about = 20 + 30 + 100 + 30 + 20;
    EXPECT_NEAR(under({}), about, tolerance);
    engine.againstOneWay = 0.5;
    EXPECT_NEAR(under({}), 30 / 0.5 + 30, tolerance);
    traits('B', 'A').cls = RoadClass::motorway;
    EXPECT_NEAR(under({}), about, tolerance) << "never against a motorway";

    map = RoadMap({"A----B----C"});
    for (std::uint32_t a = 0; a < map.record.arcs.size(); ++a) {
        for (std::uint32_t b = 0; b < map.record.arcs.size(); ++b) {
            if (map.record.arcs[a].to == map.record.arcs[b].from && a != b)
                map.record.bans.push_back({a, b});
        }
    }
    engine.offRoadMost = 50;
    EXPECT_EQ(under({}), infinite);
    engine.ignoresTurnBans = true;
    EXPECT_NEAR(under({}), direct, tolerance);
}

TEST_F(Under, zeroSpeedIsNoWayInPlainWords) {
    engine.byClass.fill(0);
    const auto graph = map.graph()->under(engine);
    EXPECT_EQ(time(*graph, west, east), infinite);
    EXPECT_FALSE(graph->route(west, east));
    EXPECT_EQ(graph->whyNoWay(west, east), NoWay::cannotMove);
    EXPECT_EQ(describe(graph->whyNoWay(west, east)), "the vehicle cannot move: its speed is nothing");
    engine.byClass.fill(1);
    engine.mostKmh = 0;
    EXPECT_EQ(map.graph()->under(engine)->whyNoWay(west, east), NoWay::cannotMove);
    engine.mostKmh = 1e-300;
    EXPECT_EQ(map.graph()->under(engine)->whyNoWay(west, east), NoWay::cannotMove);
}

TEST_F(Under, whatIsNoProfileFindsNothing) {
    for (const double bad : {std::numeric_limits<double>::quiet_NaN(), 1e308, -1.0, infinite}) {
        for (double Profile::*const value : {&Profile::tonnes, &Profile::fording, &Profile::offRoadKmh, &Profile::lostUp,
                                             &Profile::mostKmh, &Profile::offRoadMost}) {
            Profile wrong = engine;
            wrong.*value = bad;
            EXPECT_FALSE(check(wrong));
            EXPECT_EQ(time(*map.graph()->under(wrong), west, east), infinite);
        }
    }
    Profile boat;
    boat.travel = Travel::flight;
    boat.straightKmh = std::numeric_limits<double>::quiet_NaN();
    EXPECT_EQ(map.graph()->under(boat)->whyNoWay(west, east), NoWay::cannotMove);
}

TEST_F(Under, aLoopOfOneWaysIsLeftOnFootOrNotAtAll) {
    map = RoadMap({"A-->-B          C----D", //
                   "^    v          |    |", //
                   "|    |          |    |", //
                   "F--<-E          G----H"});
    const Position inLoop = RoadMap::at(2, 0);
    EXPECT_NEAR(time(*map.graph()->under(engine), inLoop, RoadMap::at(1, 0)), 30 + 30 + 50 + 30 + 10, tolerance);
    // From B's side one walks the 1.1 km to C; who cannot go off the road finds no way.
    const Position far = RoadMap::at(18, 0);
    EXPECT_LT(time(*map.graph()->under(engine), inLoop, far), infinite);
    engine.offRoadMost = 300;
    const auto bound = map.graph()->under(engine);
    EXPECT_EQ(time(*bound, inLoop, far), infinite);
    EXPECT_EQ(bound->whyNoWay(inLoop, far), NoWay::noRoadLeads);
}

TEST_F(Under, offTheRoadAsFarAsTheProfileGoes) {
    const Position hut = RoadMap::at(5, -40); // 4 km north of B
    EXPECT_EQ(time(*map.graph(), west, hut), infinite);
    EXPECT_EQ(map.graph()->whyNoWay(west, hut), NoWay::targetOffRoad);
    EXPECT_EQ(map.graph()->whyNoWay(hut, west), NoWay::startOffRoad);
    engine.offRoadMost = 5000;
    engine.offRoadKmh = 12;
    engine.offRoadOnFoot = false;
    const auto graph = map.graph()->under(engine);
    EXPECT_NEAR(time(*graph, west, hut), 30 + 4000 / (12 / 3.6), 2);
    const auto way = graph->waysTo(hut, std::span(&west, 1)).front();
    ASSERT_TRUE(way);
    ASSERT_EQ(way->legs.size(), 2U);
    EXPECT_EQ(way->legs[0].by, WayLeg::By::road);
    EXPECT_NEAR(way->legs[0].duration.value, 30, tolerance);
    EXPECT_EQ(way->legs[1].by, WayLeg::By::offRoad);
    EXPECT_NEAR(way->legs[1].length.value, 4000, 5);
    EXPECT_NEAR(way->legs[0].duration.value + way->legs[1].duration.value, way->line.duration.value, 1e-6);
    const auto table = graph->timesBetween(std::span(&west, 1), std::span(&hut, 1));
    ASSERT_TRUE(table);
    EXPECT_NEAR(table->at(0, 0), way->line.duration.value, 1e-6);
    // Outside the county altogether.
    EXPECT_EQ(graph->whyNoWay(west, RoadMap::at(5, -900)), NoWay::targetOffRoad);
}

TEST_F(Under, aBoatOnATrailerIsDrivenAsFarAsRoadsGo) {
    const Profile* boat = findProfile(defaultProfiles(), "boat-trailer");
    ASSERT_NE(boat, nullptr);
    const Position island = RoadMap::at(5, -40); // 4 km north of the road
    const auto way = map.graph()->under(*boat)->waysTo(island, std::span(&west, 1)).front();
    ASSERT_TRUE(way);
    ASSERT_EQ(way->legs.size(), 2U);
    EXPECT_EQ(way->legs[0].by, WayLeg::By::road);
    EXPECT_EQ(way->legs[1].by, WayLeg::By::offRoad);
    EXPECT_NEAR(way->legs[1].duration.value, 4000 / (25 / 3.6), 2);
    const Position farther = RoadMap::at(5, -60);
    EXPECT_EQ(time(*map.graph()->under(*boat), west, farther), infinite);
}

TEST_F(Under, straightThroughTheCountryWhereNoRoadLeads) {
    map = RoadMap({"A----B             C----D"});
    const Position from = RoadMap::at(2, 0);
    const Position to = RoadMap::at(21, 0);
    engine.offRoadMost = 1000;
    EXPECT_EQ(time(*map.graph()->under(engine), from, to), infinite);
    engine.offRoadMost = 2000;
    engine.straightOffRoad = true;
    engine.offRoadKmh = 10;
    // C's road is 1.6 km away and an island of its own: whichever comes out, it is a way.
    const auto graph = map.graph()->under(engine);
    const auto way = graph->waysTo(to, std::span(&from, 1)).front();
    ASSERT_TRUE(way);
    const auto table = graph->timesBetween(std::span(&from, 1), std::span(&to, 1));
    EXPECT_NEAR(table->at(0, 0), way->line.duration.value, 1e-6);
}

TEST_F(Under, boatsAndAircraftGoStraight) {
    const Profile* helicopter = findProfile(defaultProfiles(), "helicopter");
    const Profile* boat = findProfile(defaultProfiles(), "boat");
    ASSERT_TRUE(helicopter != nullptr && boat != nullptr);
    const Position far = RoadMap::at(100, -300);
    const double metres = geo::distance(west, far).value;
    const auto flying = map.graph()->under(*helicopter);
    EXPECT_NEAR(time(*flying, west, far), 300 + metres / (200 / 3.6), 0.1);
    const auto way = flying->waysTo(far, std::span(&west, 1)).front();
    ASSERT_TRUE(way);
    ASSERT_EQ(way->legs.size(), 1U);
    EXPECT_EQ(toString(way->legs[0].by), "flight");
    const auto afloat = map.graph()->under(*boat);
    EXPECT_EQ(time(*afloat, west, far), infinite);
    EXPECT_EQ(afloat->whyNoWay(west, far), NoWay::tooFarStraight);
    EXPECT_NEAR(time(*afloat, west, east), 300 + 600 / (25 / 3.6), 2);
    const auto table = afloat->timesBetween(std::span(&west, 1), std::span(&east, 1));
    EXPECT_NEAR(table->at(0, 0), time(*afloat, west, east), 1e-9);
    EXPECT_NEAR(time(*afloat->under({}), west, east), direct, tolerance) << "back on the road";
}

} // namespace
} // namespace tocsin::route
