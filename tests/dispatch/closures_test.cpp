#include "tocsin/dispatch/closures.hpp"

#include "route/road_map.hpp"
#include "tocsin/dispatch/nearest.hpp"
#include "tocsin/dispatch/planner.hpp"
#include "tocsin/dispatch/recommend.hpp"

#include <algorithm>
#include <gtest/gtest.h>

namespace tocsin::dispatch {
namespace {

using model::Position;
using route::test::RoadMap;

const base::Time noon{std::chrono::sys_days{std::chrono::year{2026} / 11 / 20} + std::chrono::hours{12}};

/// An incident at A; "west" has the shorter way to it until the road between is closed.
class ClosedRoads : public testing::Test {
  protected:
    RoadMap map{{"W----A-------E", //
                 "|            |", //
                 "|            |", //
                 "C------------D"}};
    std::shared_ptr<const route::RoadGraph> roads = map.graph();
    base::SeededIdSource ids{noon};
    model::State state;
    model::IncidentId incident;
    model::DrawingId closure;

    void SetUp() override {
        model::Incident i;
        i.id = incident = ids.make<model::IncidentId>();
        i.position = map.node('A');
        i.needs = {{"pump", 1, 1}};
        state.incidents[i.id] = i;
        add("west", map.node('W'));
        add("east", map.node('E'));
    }
    model::Resource& add(const std::string& name, Position place) {
        model::Resource r;
        r.id = ids.make<model::ResourceId>();
        r.name = name;
        r.people = 4;
        r.position = place;
        r.capabilities = {{"pump", 1}};
        return state.resources[r.id] = r;
    }
    model::Drawing& close(model::Line line) {
        model::Drawing drawing;
        drawing.id = closure = ids.make<model::DrawingId>();
        drawing.kind = model::DrawingKind::closure;
        drawing.line = std::move(line);
        drawing.drawnAt = noon;
        return state.drawings[drawing.id] = drawing;
    }
    [[nodiscard]] std::pair<std::string, double> sent(base::Time now = noon) const {
        const auto r = recommend(state, *roads, incident, now);
        const auto chosen =
            std::find_if(r->candidates.begin(), r->candidates.end(), [](const Candidate& c) { return c.chosen; });
        return {state.resources.at(chosen->resource).name.text, chosen->eta.value};
    }
    [[nodiscard]] std::vector<std::string> nearest(std::size_t most = 10, base::Time now = noon) const {
        std::vector<std::string> names;
        for (const auto& near : nearestResources(state, roads.get(), map.node('A'), most, now))
            names.push_back(state.resources.at(near.resource).name.text);
        return names;
    }
    const model::Line acrossWest{RoadMap::at(3, -1), RoadMap::at(3, 1)};
    const model::Line acrossEast{RoadMap::at(9, -1), RoadMap::at(9, 1)};
};

using Names = std::vector<std::string>;

TEST_F(ClosedRoads, changeWhoIsSentAndBackAgain) {
    EXPECT_EQ(sent().first, "west");
    EXPECT_NEAR(sent().second, 50, 0.5);
    close(acrossWest);
    EXPECT_EQ(sent().first, "east");
    EXPECT_NEAR(sent().second, 80, 0.5);
    close(acrossEast);
    EXPECT_EQ(recommend(state, *roads, incident, noon)->unmet.at(0).reason, "no-road");
    for (auto& [id, drawing] : state.drawings)
        drawing.removedAt = noon;
    EXPECT_EQ(sent().first, "west");
    EXPECT_NEAR(sent().second, 50, 0.5);
}

TEST_F(ClosedRoads, snowSlowsThoseOfWhomNoVehicleIsKnownAsACar) {
    route::Profile car;
    car.name = "car";
    car.byWeather[static_cast<std::size_t>(route::Weather::snow)] = 0.5;
    const std::vector<route::Profile> profiles{car};
    const auto eta = [&] {
        Question question;
        question.state = &state;
        question.roads = roads.get();
        question.profiles = &profiles;
        question.conditions = conditionsAt(state, noon);
        question.conditions.night = false;
        question.now = noon;
        return Planner{}.decide(question)->needs.at(0).chosen.at(0).eta.value;
    };
    EXPECT_NEAR(eta(), 50, 0.5);
    state.desk.roadWeather = model::RoadWeather::snow;
    EXPECT_NEAR(eta(), 100, 1);
}

TEST_F(ClosedRoads, lengthenTheRouteThatIsDrawn) {
    close(acrossEast).until = noon + std::chrono::hours(1);
    std::erase_if(state.resources, [](const auto& item) { return item.second.name.text == "west"; });
    EXPECT_NEAR(sent().second, 30 + 130 + 30 + 50, 0.6);
    const auto r = recommend(state, *roads, incident, noon);
    EXPECT_NEAR(r->candidates.at(0).route.length.value, 2400, 5);
    EXPECT_NEAR(sent(noon + std::chrono::hours(1)).second, 80, 0.5) << "its time is over";
}

TEST_F(ClosedRoads, byWaterOrWeightAreJudgedAsTheSearchDoes) {
    auto& west = state.resources.begin()->second;
    ASSERT_EQ(west.name.text, "west");
    auto profiles = route::defaultProfiles();
    profiles.emplace_back().name = "deep";
    profiles.back().fording = 0.8;
    west.vehicle.emplace();
    west.vehicle->speedClass = "deep";
    model::Assignment driving;
    driving.state = model::AssignmentState::notified;
    driving.route = *roads->route(map.node('W'), map.node('A'));
    close(acrossWest).depthMetres = 0.5;
    EXPECT_TRUE(crossesClosure(driving, state.drawings, noon)) << "for a car";
    EXPECT_FALSE(crossesClosure(driving, state.drawings, noon, &west, &profiles)) << "by its class";
    west.vehicle->fordingMetres = 0.4;
    EXPECT_TRUE(crossesClosure(driving, state.drawings, noon, &west, &profiles));
    profiles.back().travel = route::Travel::boat;
    EXPECT_FALSE(crossesClosure(driving, state.drawings, noon, &west, &profiles)) << "it swims";

    const auto first = [&] {
        Question question;
        question.state = &state;
        question.roads = roads.get();
        question.profiles = &profiles;
        question.conditions = conditionsAt(state, noon);
        question.now = noon;
        question.focus = incident;
        question.withCover = false;
        question.weights.stalePosition = 0;
        question.weights.uselessAfter = {};
        const auto answer = Planner{}.decide(question);
        if (!answer || answer->needs.empty() || answer->needs[0].chosen.empty())
            return std::string();
        return state.resources.at(answer->needs[0].chosen[0].resource).name.text;
    };
    state.drawings.clear();
    west.vehicle.emplace(); // of no class that is known
    close(acrossWest).limitTonnes = 7.5;
    EXPECT_FALSE(crossesClosure(driving, state.drawings, noon, &west, &profiles));
    EXPECT_EQ(first(), "west");
    west.vehicle->weightTonnes = 18;
    EXPECT_TRUE(crossesClosure(driving, state.drawings, noon, &west, &profiles));
    EXPECT_EQ(first(), "east") << "and is not sent that way";
}

TEST_F(ClosedRoads, otherDrawingsCloseNothing) {
    close(acrossWest).kind = model::DrawingKind::area;
    EXPECT_EQ(sent().first, "west");
}

TEST_F(ClosedRoads, nearestIsNearestByOpenRoads) {
    EXPECT_EQ(nearest(), (Names{"west", "east"}));
    EXPECT_EQ(nearest(1), Names{"west"});
    close(acrossWest);
    EXPECT_EQ(nearest(), (Names{"east", "west"}));
    auto& helicopter = add("helicopter", RoadMap::at(500, 0));
    helicopter.flies = true;
    add("there", map.node('A'));
    add("broken", map.node('A')).status = model::ResourceStatus::outOfService;
    add("shelter", map.node('A')).kind = model::ResourceKind::shelter;
    auto& busy = add("busy", map.node('A'));
    model::Assignment assignment;
    assignment.id = ids.make<model::AssignmentId>();
    assignment.resource = busy.id;
    state.assignments[assignment.id] = assignment;
    EXPECT_EQ(nearest(), (Names{"there", "east", "west", "helicopter"}));
    const auto flying = nearestResources(state, nullptr, map.node('A'), 10, noon);
    ASSERT_EQ(flying.size(), 2U);
    EXPECT_NEAR(flying[1].eta.value, 300 + 49'500 / (200 / 3.6), 10);
}

TEST_F(ClosedRoads, lieAheadOfATeamUntilItIsPast) {
    model::Assignment driving;
    driving.state = model::AssignmentState::enRoute;
    driving.departedAt = noon;
    driving.route = *roads->route(map.node('W'), map.node('A'));
    EXPECT_FALSE(crossesClosure(driving, state.drawings, noon));
    close(acrossEast);
    EXPECT_FALSE(crossesClosure(driving, state.drawings, noon));
    close(acrossWest);
    EXPECT_EQ(closureAhead(driving, state.drawings, noon), closure);
    EXPECT_TRUE(crossesClosure(driving, state.drawings, noon + std::chrono::seconds(29)));
    EXPECT_FALSE(crossesClosure(driving, state.drawings, noon + std::chrono::seconds(31)));
    driving.state = model::AssignmentState::notified;
    EXPECT_TRUE(crossesClosure(driving, state.drawings, noon + std::chrono::seconds(31)));
    driving.state = model::AssignmentState::onScene;
    EXPECT_FALSE(crossesClosure(driving, state.drawings, noon));
    driving.state = model::AssignmentState::notified;
    state.drawings.at(closure).removedAt = noon;
    EXPECT_FALSE(crossesClosure(driving, state.drawings, noon));
    close({RoadMap::at(2, 0.2)});
    EXPECT_TRUE(crossesClosure(driving, state.drawings, noon));
    driving.route = {};
    EXPECT_FALSE(crossesClosure(driving, state.drawings, noon));
}

} // namespace
} // namespace tocsin::dispatch
