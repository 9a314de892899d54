// What a person made of a plan by hand is judged like all else, whatever the window believed.
#include "desk/desk_fixture.hpp"

#include "tocsin/model/json.hpp"

#include <limits>

namespace tocsin::test {
namespace {

using model::Purpose;

class PlanByHandTest : public DeskFixture {
  protected:
    model::IncidentId incident;
    model::Resource first;
    model::Resource truck;
    model::Resource lorry;
    model::Resource depot;

    void SetUp() override {
        start();
        must(desk::NameCounty{"Testshire", false});
        must(desk::StartShift{"M. Keller", "A. Frick", std::nullopt});
        first = team("First", "radio");
        truck = carrier("Truck");
        lorry = carrier("Lorry");
        lorry.stock = {{"3010101", "Sandbag", 20, "piece"}};
        depot = team("Depot");
        depot.kind = model::ResourceKind::warehouse;
        depot.capabilities.clear();
        depot.stock = {{"3010101", "Sandbag", 500, "piece"}};
        must(desk::RegisterResources{{first, truck, lorry, depot}});
        incident = openIncident();
    }
    model::Resource carrier(const char* name) {
        auto one = team(name, "transport");
        one.kind = model::ResourceKind::vehicle;
        one.vehicle.emplace();
        return one;
    }
    /// For the plan as a whole.
    static model::DecisionLine added(const model::Resource& who) {
        model::DecisionLine line;
        line.resource = who.id;
        line.eta = base::Seconds(300);
        line.recommended = false;
        line.byHand = true;
        line.obstacle = "lacks-capability";
        return line;
    }
    model::DecisionLine loadOf(const model::Resource& who, double quantity) {
        auto line = added(who);
        line.purpose = Purpose::supply;
        line.obstacle.clear();
        line.need.kind = model::NeedKind::supply;
        line.need.supply = "3010101";
        line.load = {{depot.id, "3010101", "Sandbag", quantity, "piece"}};
        line.instead = {{depot.id, "3010101", "Sandbag", 400, "piece"}};
        line.stops = {{depot.position, depot.name, depot.id, base::Seconds(100)},
                      {depot.position, "there", std::nullopt, base::Seconds(300)}};
        return line;
    }
    desk::SendPlan plan(std::vector<model::DecisionLine> lines, const char* reason = "they know the dyke") {
        model::Decision card;
        card.incident = incident;
        card.lines = std::move(lines);
        card.reason = reason;
        return {card};
    }
};

TEST_F(PlanByHandTest, WhoeverIsAddedGoesWithAWordOfReasonThatTheJournalKeeps) {
    auto quiet = added(first);
    quiet.recommended = true; // whatever the window says of it
    EXPECT_FALSE(run(plan({quiet}, ""))) << "changed by hand wants a reason";
    must(plan({added(first), loadOf(truck, 300)}));
    const auto state = desk->snapshot().state;
    const auto& card = state.decisions.begin()->second;
    EXPECT_EQ(card.reason, "they know the dyke");
    EXPECT_TRUE(card.lines[0].byHand);
    EXPECT_EQ(card.lines[0].obstacle, "lacks-capability");
    ASSERT_EQ(card.lines[1].instead.size(), 1U);
    EXPECT_EQ(card.lines[1].instead[0].quantity, 400);
    EXPECT_EQ(state.resources.at(first.id).status, model::ResourceStatus::assigned);
    EXPECT_EQ(state.resources.at(depot.id).stock[0].reserved, 300);
    restart();
    EXPECT_EQ(desk->snapshot().state, state);
}

TEST_F(PlanByHandTest, ALineOfBeforeReadsTheSame) {
    model::DecisionLine line;
    line.resource = first.id;
    const nlohmann::json written = line;
    for (const char* key : {"byHand", "obstacle", "instead"})
        EXPECT_FALSE(written.contains(key)) << key;
    EXPECT_EQ(written.get<model::DecisionLine>(), line);
}

TEST_F(PlanByHandTest, WhatCannotBeIsRefusedInWords) {
    const auto refused = [&](std::vector<model::DecisionLine> lines, const char* why) {
        const auto done = run(plan(std::move(lines)));
        ASSERT_FALSE(done) << why;
        EXPECT_NE(done.error().message.find(why), std::string::npos) << done.error().message;
    };
    refused({added(depot)}, "is a place and cannot be sent");
    refused({loadOf(truck, 501)}, "has not so much of Sandbag free");
    refused({loadOf(truck, 300), loadOf(lorry, 300)}, "has not so much of Sandbag free");
    auto past = loadOf(truck, 10);
    past.stops.erase(past.stops.begin());
    refused({past}, "does not call at Depot");
    for (const double quantity : {1e308, -5.0, 0.0, std::numeric_limits<double>::quiet_NaN()})
        refused({loadOf(truck, quantity)}, "a load's quantity");
    auto strange = loadOf(truck, 10);
    strange.instead[0].quantity = std::numeric_limits<double>::infinity();
    refused({strange}, "a recommended load's quantity");
    must(plan({added(first)}));
    refused({added(first)}, "is already assigned to incident");
    EXPECT_EQ(desk->snapshot().state.resources.at(depot.id).stock[0].reserved, 0);
}

TEST_F(PlanByHandTest, WhatTheVehicleCarriesItselfNeedsNoStop) {
    auto line = loadOf(lorry, 10);
    line.load[0].from = lorry.id;
    line.stops.erase(line.stops.begin());
    must(plan({line}));
    EXPECT_EQ(desk->snapshot().state.resources.at(lorry.id).stock[0].reserved, 10);
}

} // namespace
} // namespace tocsin::test
