#include "gui/panels/plan_choice.hpp"
#include "gui/panels/plan_notices.hpp"

#include <gtest/gtest.h>

namespace tocsin::gui {
namespace {

class PlanChoice : public ::testing::Test {
  protected:
    PlanChoice() {
        model::Incident one;
        one.id = incident = ids.make<model::IncidentId>();
        one.place = "Bendern";
        state.incidents[one.id] = one;
        truck = add("Truck", model::ResourceKind::vehicle);
        depot = add("Depot", model::ResourceKind::warehouse);
        hall = add("Hall", model::ResourceKind::shelter);
        state.resources.at(depot).personInCharge = "Elin Thöny";
        state.resources.at(depot).phone = "+423 000 00 02";
        answer.factsAt = noon;
        bring("sandbag", "Sandbag", 100);
        bring("pump", "Pump", 2);
        dispatch::NeedAnswer need;
        need.incident = incident;
        need.need.kind = model::NeedKind::shelter;
        dispatch::Choice choice;
        choice.resource = hall;
        choice.people = 40;
        choice.eta = base::Seconds(600);
        need.chosen.push_back(choice);
        answer.needs.push_back(need);
    }
    model::ResourceId add(const char* name, model::ResourceKind kind) {
        model::Resource one;
        one.id = ids.make<model::ResourceId>();
        one.kind = kind;
        one.name = name;
        state.resources[one.id] = one;
        return one.id;
    }
    void bring(const char* code, const char* name, double quantity) {
        dispatch::NeedAnswer need;
        need.incident = incident;
        need.need.kind = model::NeedKind::supply;
        need.need.supply = code;
        need.open = quantity;
        dispatch::Choice choice;
        choice.resource = truck;
        choice.load = {{depot, code, name, quantity, "piece"}};
        choice.stops = {{{}, "Depot", depot, base::Seconds(300)}, {{}, "Bendern", std::nullopt, base::Seconds(1200)}};
        choice.eta = choice.plain = base::Seconds(1200);
        need.chosen.push_back(choice);
        answer.needs.push_back(need);
    }
    model::Decision card() {
        const auto offered = offeredBy(answer, incident, {});
        std::vector<model::AssignmentId> releases;
        return decisionOf(answer, incident, offered, std::vector<bool>(offered.size(), true), "", releases);
    }

    const base::Time noon{*base::parseTime("2026-06-20T10:00:00Z")};
    base::SeededIdSource ids{noon};
    model::State state;
    model::IncidentId incident;
    model::ResourceId truck;
    model::ResourceId depot;
    model::ResourceId hall;
    dispatch::Answer answer;
};

TEST_F(PlanChoice, aTruckThatBringsTwoThingsIsSentWithBoth) {
    const auto decision = card();
    ASSERT_EQ(decision.lines.size(), 2U) << "the truck once, and the hall";
    ASSERT_EQ(decision.lines[0].load.size(), 2U);
    EXPECT_EQ(decision.lines[0].load[0].code, "sandbag");
    EXPECT_EQ(decision.lines[0].load[1].code, "pump");
    EXPECT_EQ(decision.lines[0].plain.value, 1200);
    EXPECT_EQ(decision.lines[1].people, 40);
}

TEST_F(PlanChoice, saysWhoMustBeToldWhat) {
    const QString english = QStringLiteral("en");
    const auto notices = PlanNotices(state, english, noon).of(card());
    ASSERT_EQ(notices.size(), 3U);
    EXPECT_NE(notices[0].find("Hall: open the house. 40 people come from Bendern"), std::string::npos) << notices[0];
    EXPECT_NE(notices[1].find("go to Hall (40 people)"), std::string::npos) << notices[1];
    EXPECT_NE(notices[2].find("Depot (Elin Thöny, +423 000 00 02): have ready 100"), std::string::npos) << notices[2];
    EXPECT_NE(notices[2].find("Pump. Truck comes for it"), std::string::npos) << notices[2];
}

} // namespace
} // namespace tocsin::gui
