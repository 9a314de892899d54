#include "tocsin/dispatch/another_way.hpp"
#include "tocsin/dispatch/closures.hpp"

#include <gtest/gtest.h>

using namespace tocsin;
using namespace std::chrono_literals;

namespace {

model::Position at(double north, double east) {
    return model::Position::trusted(47 + north / 1000, 9 + east / 1000);
}

/// A square: the team in its south-west corner, the incident in its north-east one, the northern way the quicker.
class AnotherWay : public ::testing::Test {
  protected:
    AnotherWay() {
        route::GraphRecord record;
        record.nodes = {at(0, 0), at(10, 0), at(10, 10), at(0, 10)};
        record.names = {"", "North", "South"};
        const auto road = [&](std::uint32_t a, std::uint32_t b, double seconds, std::uint32_t name) {
            record.arcs.push_back({a, b, base::Seconds(seconds), base::Metres(1000), name, {}});
            record.arcs.push_back({b, a, base::Seconds(seconds), base::Metres(1000), name, {}});
        };
        road(0, 1, 60, 1);
        road(1, 2, 60, 1);
        road(0, 3, 120, 2);
        road(3, 2, 120, 2);
        roads = *route::RoadGraph::build(std::move(record));
        model::Resource team;
        team.id = ids.make<model::ResourceId>();
        team.position = at(0, 0);
        model::Incident incident;
        incident.id = ids.make<model::IncidentId>();
        incident.position = at(10, 10);
        model::Assignment order;
        order.id = ids.make<model::AssignmentId>();
        order.incident = incident.id;
        order.resource = team.id;
        order.state = model::AssignmentState::accepted;
        id = order.id;
        who = team.id;
        state.resources[team.id] = team;
        state.incidents[incident.id] = incident;
        state.assignments[order.id] = order;
    }
    model::Drawing& close() {
        model::Drawing drawing;
        drawing.id = ids.make<model::DrawingId>();
        drawing.kind = model::DrawingKind::closure;
        drawing.line = {at(10, 4), at(10.0001, 4)};
        drawing.line = {at(9, 4), at(11, 4)};
        drawing.drawnAt = now - 1min;
        return state.drawings[drawing.id] = drawing;
    }
    double eta() { return dispatch::anotherWay(state, *roads, id, now, {})->eta.value; }

    base::Time now{*base::parseTime("2026-06-20T10:00:00Z")};
    base::SeededIdSource ids{now};
    std::shared_ptr<const route::RoadGraph> roads;
    model::State state;
    model::AssignmentId id;
    model::ResourceId who;
};

TEST_F(AnotherWay, goesRoundWhatIsClosed) {
    EXPECT_NEAR(eta(), 120, 1);
    close();
    EXPECT_NEAR(eta(), 240, 1);
    const auto way = dispatch::anotherWay(state, *roads, id, now, {});
    EXPECT_LT(way->low.value, way->eta.value);
    EXPECT_GT(way->high.value, way->eta.value);
}

TEST_F(AnotherWay, waterIsForWhoCannotFordIt) {
    close().depthMetres = 0.6;
    EXPECT_NEAR(eta(), 240, 1);
    state.resources[who].vehicle.emplace();
    state.resources[who].vehicle->speedClass = "truck";
    state.resources[who].vehicle->fordingMetres = 0.8;
    std::vector<route::Profile> profiles(1);
    profiles[0].name = "truck";
    const auto through = dispatch::anotherWay(state, *roads, id, now, {}, &profiles);
    ASSERT_TRUE(through);
    EXPECT_LT(through->eta.value, 240);
}

TEST_F(AnotherWay, aWeakBridgeIsForTheLight) {
    close().limitTonnes = 7.5;
    EXPECT_NEAR(eta(), 120, 1) << "a car";
    state.resources[who].vehicle.emplace();
    state.resources[who].vehicle->speedClass = "truck";
    state.resources[who].vehicle->weightTonnes = 18;
    std::vector<route::Profile> profiles(1);
    profiles[0].name = "truck";
    EXPECT_NEAR(dispatch::anotherWay(state, *roads, id, now, {}, &profiles)->eta.value, 240, 1);
}

TEST_F(AnotherWay, saysPlainlyWhyThereIsNone) {
    close();
    auto& other = close();
    other.line = {at(4, 9), at(4, 11)};
    EXPECT_EQ(dispatch::anotherWay(state, *roads, id, now, {}).error().code, base::Code::unavailable);
    state.assignments[id].state = model::AssignmentState::onScene;
    EXPECT_EQ(dispatch::anotherWay(state, *roads, id, now, {}).error().code, base::Code::conflict);
    EXPECT_EQ(dispatch::anotherWay(state, *roads, model::AssignmentId(), now, {}).error().code, base::Code::notFound);
}

/// Times of sunrise and noon from almanacs, to half a degree: Vaduz, and the poles of the year.
TEST(SunAltitude, tellsDayFromNight) {
    const auto vaduz = model::Position::trusted(47.14, 9.52);
    EXPECT_GT(dispatch::sunAltitude(vaduz, *base::parseTime("2026-06-21T11:24:00Z")), 65);
    EXPECT_LT(dispatch::sunAltitude(vaduz, *base::parseTime("2026-12-21T23:00:00Z")), -60);
    EXPECT_NEAR(dispatch::sunAltitude(vaduz, *base::parseTime("2026-12-21T11:20:00Z")), 19.4, 0.6);
    EXPECT_GT(dispatch::sunAltitude(model::Position::trusted(80, 0), *base::parseTime("2026-06-21T00:00:00Z")), 10);
}

TEST_F(AnotherWay, aPlanThatHasWaitedGoesRoundWhatWasClosedMeanwhileFromWhereEachIsNow) {
    state.assignments.clear();
    model::Decision plan;
    plan.id = ids.make<model::DecisionId>();
    plan.incident = state.incidents.begin()->first;
    plan.at = plan.factsAt = now - 10min;
    plan.lines.resize(3);
    plan.lines[0].resource = who;
    plan.lines[0].eta = base::Seconds(120);
    model::Resource plane;
    plane.id = ids.make<model::ResourceId>();
    plane.position = at(0, 0);
    plane.flies = true;
    state.resources[plane.id] = plane;
    plan.lines[1].resource = plane.id;
    plan.lines[1].eta = base::Seconds(30);
    plan.lines[2].resource = plane.id;
    plan.lines[2].purpose = model::Purpose::shelter;
    close();
    const auto ways = dispatch::waysAnew(state, *roads, plan, now, {});
    ASSERT_EQ(ways.size(), 1U) << "who flies keeps its way, and a shelter goes nowhere";
    EXPECT_EQ(ways[0].resource, who);
    EXPECT_NEAR(ways[0].way.eta.value, 240, 1);
    EXPECT_TRUE(state.assignments.empty());
}

} // namespace
