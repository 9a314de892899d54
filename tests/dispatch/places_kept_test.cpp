// Why a nearer store or shelter is not used.
#include "dispatch/scene.hpp"

namespace tocsin::dispatch {
namespace {

using route::test::RoadMap;
using test::noon;
using test::Scene;
using test::shelter;
using test::supply;

const RoadMap road({"A----B----C----D----E"});

/// "near expired, middle promised"
std::string kept(const Scene& scene, const NeedAnswer& need) {
    std::string text;
    for (const Choice& one : need.kept)
        text += (text.empty() ? "" : ", ") + scene.nameOf(one.resource) + " " + std::string(toString(one.obstacle));
    return text;
}

class PlacesKept : public testing::Test {
  protected:
    [[nodiscard]] NeedAnswer first() {
        Question question = scene.question();
        question.focus = incident;
        return scene.ask(question).needs.at(0);
    }
    Scene scene{road};
    model::IncidentId incident;
};

TEST_F(PlacesKept, aNearerStoreSaysWhyNobodyCallsAtIt) {
    incident = scene.incident(road.node('A'), {supply("water", 50)});
    scene.store("B", road.node('B'), {{"water", 80, 1}}).stock[0].expiry = noon - std::chrono::hours{1};
    scene.store("C", road.node('C'), {{"water", 80, 1}}).stock[0].reserved = 80;
    auto& boxes = scene.store("D", road.node('D'), {{"water", 80, 1}});
    boxes.stock[0].unit = "box";
    scene.store("E", road.node('E'), {{"water", 80, 1}});
    scene.truck("truck", road.node('E'), 1000);
    auto need = first();
    ASSERT_EQ(need.chosen.size(), 1U);
    EXPECT_EQ(kept(scene, need), "B expired, C promised, D other-unit");
    EXPECT_GT(need.kept[0].eta.value, 0);
    EXPECT_LT(need.kept[0].eta.value, need.kept[1].eta.value);
    boxes.stock[0].quantity = 0;
    EXPECT_EQ(kept(scene, first()), "B expired, C promised, D none-left");
    boxes.status = model::ResourceStatus::outOfService;
    need = first();
    EXPECT_EQ(kept(scene, need), "B expired, C promised, D out-of-service");
    Answer answer;
    answer.needs = {need};
    const auto card = toDecision(answer, incident);
    ASSERT_EQ(card.others.size(), 3U) << "the journal's card names them";
    EXPECT_EQ(card.others[0].obstacle, "expired");
}

TEST_F(PlacesKept, oneThatWouldDoIsLeftForTheWholePlansSakeOrItsCounts) {
    incident = scene.incident(road.node('A'), {supply("water", 50)});
    auto& little = scene.store("little", road.node('B'), {{"water", 10, 1}});
    scene.store("much", road.node('E'), {{"water", 80, 1}});
    scene.truck("truck", road.node('E'), 1000);
    EXPECT_EQ(kept(scene, first()), "little worse-in-all");
    little.countedAt = noon - std::chrono::hours{24 * 365};
    EXPECT_EQ(kept(scene, first()), "little old-count");
}

TEST_F(PlacesKept, whereSomethingStaysOpenAllAreTold) {
    incident = scene.incident(road.node('A'), {supply("water", 50)});
    scene.store("here", road.node('B'), {{"water", 20, 1}});
    scene.store("farther", road.node('E'), {{"water", 80, 1}}).stock[0].expiry = noon;
    scene.truck("truck", road.node('B'), 1000);
    const auto need = first();
    ASSERT_TRUE(need.unmet);
    EXPECT_EQ(kept(scene, need), "farther expired");
}

TEST_F(PlacesKept, nobodyIsToldOfPlacesBeyondTheOneUsedOrWithoutTheSupply) {
    incident = scene.incident(road.node('A'), {supply("water", 50)});
    scene.store("used", road.node('B'), {{"water", 80, 1}});
    scene.store("farther", road.node('C'), {{"water", 80, 1}}).stock[0].reserved = 80;
    scene.store("bread", road.node('A'), {{"bread", 80, 1}});
    scene.truck("truck", road.node('B'), 1000);
    const auto need = first();
    EXPECT_FALSE(need.unmet);
    EXPECT_EQ(kept(scene, need), "");
}

TEST_F(PlacesKept, aNearerShelterSaysWhyNobodyIsSentThere) {
    incident = scene.incident(road.node('A'), {shelter(50)});
    auto& full = scene.add("full", road.node('B'), {}, model::ResourceKind::shelter);
    full.capacity = full.occupied = 40;
    auto& closed = scene.add("closed", road.node('C'), {}, model::ResourceKind::shelter);
    closed.capacity = 100;
    closed.status = model::ResourceStatus::maintenance;
    scene.add("open", road.node('D'), {}, model::ResourceKind::shelter).capacity = 100;
    scene.add("farther", road.node('E'), {}, model::ResourceKind::shelter).capacity = 0;
    const auto need = first();
    ASSERT_EQ(need.chosen.size(), 1U);
    EXPECT_EQ(scene.nameOf(need.chosen[0].resource), "open");
    EXPECT_EQ(kept(scene, need), "full full, closed maintenance");
}

} // namespace
} // namespace tocsin::dispatch
