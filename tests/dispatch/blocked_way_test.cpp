#include "tocsin/dispatch/blocked_way.hpp"

#include "route/road_map.hpp"

#include <gtest/gtest.h>

// Whether the way of a team is closed ahead of it, and when it would be there by another one.

namespace tocsin::dispatch {
namespace {

using model::Position;
using route::test::RoadMap;

const base::Time noon{std::chrono::sys_days{std::chrono::year{2026} / 6 / 20} + std::chrono::hours{12}};

/// From W to A along the upper road, in 50 s, or round by the lower ones.
class BlockedWays : public testing::Test {
  protected:
    RoadMap map{{"W----A", //
                 "|    |", //
                 "|    |", //
                 "C----D"}};
    std::shared_ptr<const route::RoadGraph> roads = map.graph();
    base::SeededIdSource ids{noon};
    model::State state;
    model::AssignmentId id;
    model::DrawingId closure;
    std::vector<route::Profile> profiles = route::defaultProfiles();

    void SetUp() override {
        model::Incident incident;
        incident.id = ids.make<model::IncidentId>();
        incident.position = map.node('A');
        state.incidents[incident.id] = incident;
        model::Resource team;
        team.id = ids.make<model::ResourceId>();
        team.position = map.node('W');
        state.resources[team.id] = team;
        model::Assignment one;
        one.id = id = ids.make<model::AssignmentId>();
        one.incident = incident.id;
        one.resource = team.id;
        one.state = model::AssignmentState::enRoute;
        one.departedAt = noon;
        one.route = *roads->route(map.node('W'), map.node('A'));
        state.assignments[one.id] = one;
    }
    model::Assignment& assignment() { return state.assignments.at(id); }
    model::Resource& team() { return state.resources.begin()->second; }
    model::Drawing& close() {
        model::Drawing drawing;
        drawing.id = closure = ids.make<model::DrawingId>();
        drawing.kind = model::DrawingKind::closure;
        drawing.line = {RoadMap::at(3, -0.5), RoadMap::at(3, 0.5)};
        drawing.drawnAt = noon;
        return state.drawings[drawing.id] = drawing;
    }
    [[nodiscard]] bool isBlocked(int seconds = 0) {
        return blockingClosure(state, assignment(), noon + std::chrono::seconds(seconds), &profiles).has_value();
    }
    [[nodiscard]] model::BlockedWay round() { return wayRound(state, *roads, assignment(), closure, noon, {}, nullptr); }
};

TEST_F(BlockedWays, BeginWithTheClosureAndEndWithIt) {
    EXPECT_FALSE(isBlocked());
    close();
    EXPECT_EQ(blockingClosure(state, assignment(), noon, nullptr), closure);
    state.drawings.at(closure).until = noon + std::chrono::seconds(10);
    EXPECT_TRUE(isBlocked(9));
    EXPECT_FALSE(isBlocked(10));
}

TEST_F(BlockedWays, AreThoseOfWhoHasItsOrderAndHasNotArrived) {
    close();
    using enum model::AssignmentState;
    for (const auto each : {proposed, notified, accepted, enRoute, onScene, released}) {
        assignment().state = each;
        EXPECT_EQ(isBlocked(), each == notified || each == accepted || each == enRoute) << toString(each);
    }
    assignment().state = enRoute;
    team().flies = true;
    EXPECT_FALSE(isBlocked());
}

TEST_F(BlockedWays, OfWaterAndWeightAreThoseOfWhoCannotPass) {
    close().depthMetres = 0.5;
    EXPECT_TRUE(isBlocked()) << "a car";
    team().vehicle.emplace();
    team().vehicle->speedClass = "deep";
    profiles.emplace_back().name = "deep";
    EXPECT_TRUE(isBlocked());
    profiles.back().fording = 0.8;
    EXPECT_FALSE(isBlocked()) << "by its class";
    team().vehicle->fordingMetres = 0.4;
    EXPECT_TRUE(isBlocked()) << "what is known of itself stands above its class";
    state.drawings.at(closure).depthMetres.reset();
    state.drawings.at(closure).limitTonnes = 7.5;
    EXPECT_FALSE(isBlocked());
    team().vehicle->weightTonnes = 18;
    EXPECT_TRUE(isBlocked());
    profiles.back().travel = route::Travel::boat;
    EXPECT_FALSE(isBlocked());
}

TEST_F(BlockedWays, TheClockAloneTakesNobodyThrough) {
    close();
    EXPECT_FALSE(isBlocked(40)) << "by its clock it was past when nobody knew of it";
    assignment().blocked.emplace();
    assignment().blocked->closure = closure;
    assignment().blocked->since = noon + std::chrono::seconds(5);
    EXPECT_TRUE(isBlocked(40)) << "it stands there, for all that is known";
    team().position = RoadMap::at(4, 0);
    team().positionTime = noon + std::chrono::seconds(41);
    EXPECT_FALSE(isBlocked(42)) << "it was heard beyond";
    team().positionTime = noon;
    state.drawings.at(closure).removedAt = noon + std::chrono::seconds(42);
    EXPECT_FALSE(isBlocked(43));
}

TEST_F(BlockedWays, SayWhenItIsThereByTheOtherAndWhatRoadIsClosed) {
    close();
    const auto found = round();
    EXPECT_EQ(found.closure, closure);
    EXPECT_EQ(found.road, "W-A");
    ASSERT_TRUE(found.arrival);
    const double seconds = std::chrono::duration<double>(*found.arrival - noon).count();
    EXPECT_NEAR(seconds, 110, 2) << "30 down, 50 along, 30 up";
    auto other = found;
    other.arrival = *found.arrival + std::chrono::seconds(110);
    EXPECT_TRUE(isAlike(found, other));
    other.arrival = *found.arrival - std::chrono::seconds(130);
    EXPECT_FALSE(isAlike(found, other));
    other.arrival.reset();
    EXPECT_FALSE(isAlike(found, other));
}

TEST_F(BlockedWays, SayThatNoneIsLeft) {
    close();
    close().line = {RoadMap::at(4.5, 1.5), RoadMap::at(5.5, 1.5)};
    EXPECT_FALSE(round().arrival);
}

} // namespace
} // namespace tocsin::dispatch
