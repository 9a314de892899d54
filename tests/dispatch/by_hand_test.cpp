// Whom a person might send though nobody recommends it, and by which way.
#include "dispatch/scene.hpp"
#include "tocsin/dispatch/by_hand.hpp"

namespace tocsin::dispatch {
namespace {

using model::AssignmentState;
using route::test::RoadMap;
using test::noon;
using test::Scene;
using test::supply;
using test::teams;
using namespace std::chrono_literals;

const RoadMap road({"A----B----C----D----E"});

class ByHand : public ::testing::Test {
  protected:
    Scene scene{road};
    model::IncidentId site{scene.incident(road.node('A'), {teams("pump", 1, 1)})};

    [[nodiscard]] Question question() const {
        auto asked = scene.question();
        asked.focus = site;
        asked.actor = "Anna";
        return asked;
    }
    [[nodiscard]] std::vector<HandChoice> all() const { return choicesByHand(question()).value_or(std::vector<HandChoice>{}); }
    [[nodiscard]] HandChoice of(const model::Resource& resource) const {
        const auto found = all();
        const auto one = std::find_if(found.begin(), found.end(), [&](const auto& c) { return c.choice.resource == resource.id; });
        EXPECT_NE(one, found.end()) << resource.name.text;
        return one == found.end() ? HandChoice() : *one;
    }
};

TEST_F(ByHand, namesEverybodyWithWhatSpeaksAgainstHim) {
    const auto pump = scene.add("pump", road.node('B'), {{"pump", 1}});
    const auto saw = scene.add("saw", road.node('C'), {{"saw", 1}});
    auto& busy = scene.add("busy", road.node('B'), {{"pump", 1}});
    scene.assign(busy, site, "pump", AssignmentState::onScene);
    auto& held = scene.add("held", road.node('B'), {{"pump", 1}});
    held.claimedBy = "Beat";
    held.claimedUntil = noon + 1min;
    const auto depot = scene.store("depot", road.node('D'), {});
    const auto doctor = scene.add("doctor", road.node('E'), {}, model::ResourceKind::expert);
    auto& broken = scene.add("broken", road.node('B'), {{"pump", 1}});
    broken.status = model::ResourceStatus::outOfService;
    auto& gone = scene.add("gone", road.node('B'), {{"pump", 1}});
    gone.retired = true;

    ASSERT_EQ(all().size(), 7U) << "all but the one that is no longer there";
    EXPECT_EQ(all().front().choice.resource, pump.id) << "who could be there first";
    EXPECT_TRUE(of(pump).possible);
    EXPECT_NEAR(of(pump).choice.eta.value, 50, 0.5);
    const auto need = scene.state.incidents.at(site).needs.front();
    EXPECT_EQ(obstacleFor(of(pump).choice, pump, need), Obstacle::none);
    EXPECT_TRUE(of(saw).possible);
    EXPECT_EQ(obstacleFor(of(saw).choice, saw, need), Obstacle::lacksCapability);
    EXPECT_EQ(obstacleFor(of(pump).choice, pump, teams("pump", 2, 1)), Obstacle::lowLevel);
    EXPECT_EQ(obstacleFor(of(pump).choice, pump, supply("sand", 10)), Obstacle::noPayload);
    EXPECT_FALSE(of(busy).possible);
    EXPECT_EQ(of(busy).choice.obstacle, Obstacle::busy);
    EXPECT_FALSE(of(held).possible);
    EXPECT_EQ(of(held).choice.obstacle, Obstacle::claimed);
    EXPECT_EQ(of(held).choice.claimedBy, "Beat");
    EXPECT_FALSE(of(broken).possible);
    EXPECT_EQ(of(broken).choice.obstacle, Obstacle::outOfService);
    EXPECT_FALSE(of(depot).possible) << "a place goes nowhere";
    EXPECT_TRUE(of(doctor).possible) << "as a car does";
    EXPECT_NEAR(of(doctor).choice.eta.value, 200, 1);
}

TEST_F(ByHand, aShelterHasItsFreePlacesAndAnOldPositionIsToldButAllowed) {
    auto& hall = scene.add("hall", road.node('B'), {}, model::ResourceKind::shelter);
    hall.capacity = 100;
    hall.occupied = 30;
    EXPECT_TRUE(of(hall).possible);
    EXPECT_EQ(of(hall).choice.people, 70);
    hall.occupied = 100;
    EXPECT_FALSE(of(hall).possible);
    auto& lost = scene.add("lost", road.node('C'), {{"pump", 1}});
    lost.home = road.node('E');
    lost.positionTime = noon - 48h;
    EXPECT_EQ(of(lost).choice.obstacle, Obstacle::positionTooOld);
    EXPECT_TRUE(of(lost).possible) << "a person may know better";
}

TEST_F(ByHand, goesByTheStoresInTheOrderThatAPersonSays) {
    const auto truck = scene.truck("truck", road.node('E'), 1000);
    const auto first = scene.store("first", road.node('B'), {{"sand", 10, 1}});
    const auto second = scene.store("second", road.node('C'), {{"sand", 10, 1}});
    const std::vector<model::ResourceId> stores{second.id, first.id};
    const auto way = wayByHand(question(), truck.id, stores);
    ASSERT_TRUE(way) << way.error().describe();
    ASSERT_EQ(way->stops.size(), 3U);
    EXPECT_EQ(way->stops[0].at, second.id);
    EXPECT_NEAR(way->stops[0].arrival.value, 100, 1);
    EXPECT_NEAR(way->stops[1].arrival.value, 100 + 600 + 50, 1) << "it loads before it drives on";
    EXPECT_NEAR(way->eta.value, 200 + 1200, 2);
    EXPECT_NEAR(way->plain.value, 200 + 1200, 2);
    EXPECT_FALSE(way->route.points.empty());
    const std::vector<model::ResourceId> back{first.id, second.id};
    EXPECT_NEAR(wayByHand(question(), truck.id, back)->eta.value, 150 + 50 + 100 + 1200, 2) << "the other order is longer";
    EXPECT_NEAR(wayByHand(question(), truck.id)->eta.value, 200, 1);
    EXPECT_TRUE(wayByHand(question(), truck.id)->stops.empty());
}

TEST_F(ByHand, saysPlainlyWhoCannotGo) {
    const auto depot = scene.store("depot", road.node('D'), {});
    EXPECT_EQ(wayByHand(question(), depot.id).error().code, base::Code::conflict);
    EXPECT_EQ(wayByHand(question(), model::ResourceId()).error().code, base::Code::notFound);
    auto& parked = scene.add("parked", road.node('B'), {}, model::ResourceKind::vehicle);
    parked.people = 0;
    EXPECT_EQ(wayByHand(question(), parked.id).error().code, base::Code::conflict);
    EXPECT_EQ(of(parked).choice.obstacle, Obstacle::cannotTravel);
    EXPECT_FALSE(of(parked).possible);
    scene.state.incidents.at(site).state = model::IncidentState::closed;
    EXPECT_EQ(choicesByHand(question()).error().code, base::Code::conflict);
    auto nobody = question();
    nobody.focus = model::IncidentId();
    EXPECT_EQ(choicesByHand(nobody).error().code, base::Code::notFound);
}

/// The card's line and the window's are the same: a truck that brings two things goes once.
TEST_F(ByHand, whatATruckBringsIsOneLine) {
    const auto truck = scene.truck("truck", road.node('E'), 1000);
    Answer answer;
    for (const char* code : {"sand", "water"}) {
        NeedAnswer need;
        need.incident = site;
        need.need = supply(code, 10);
        Choice choice;
        choice.resource = truck.id;
        choice.load = {{truck.id, code, code, 10, "piece"}};
        need.chosen.push_back(choice);
        answer.needs.push_back(need);
    }
    const auto line = chosenLine(answer, site, truck.id, model::NeedKind::supply);
    ASSERT_TRUE(line);
    EXPECT_EQ(line->load.size(), 2U);
    const auto card = toDecision(answer, site);
    ASSERT_EQ(card.lines.size(), 1U);
    EXPECT_EQ(card.lines.front(), *line);
    EXPECT_FALSE(chosenLine(answer, site, truck.id, model::NeedKind::team));
}

} // namespace
} // namespace tocsin::dispatch
