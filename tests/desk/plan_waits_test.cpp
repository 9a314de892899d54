// A plan that waits for the leader's word: told of in time, taken back, and sent by the ways as they are by then.
#include "desk/desk_fixture.hpp"

namespace tocsin::test {
namespace {

using model::Purpose;
using namespace std::chrono_literals;

class PlanWaits : public DeskFixture {
  protected:
    model::IncidentId incident;
    model::Resource first;
    model::Resource truck;
    model::Resource depot;

    desk::DispatchRules dispatch() override {
        desk::DispatchRules rules;
        rules.approvalFrom = model::Grade::II;
        return rules;
    }
    void SetUp() override {
        start();
        must(desk::StartShift{"M. Keller", "A. Frick", std::nullopt});
        first = team("First");
        truck = team("Truck", "transport");
        truck.kind = model::ResourceKind::vehicle;
        truck.vehicle.emplace();
        truck.vehicle->loadKilograms = 1000;
        depot = team("Depot");
        depot.kind = model::ResourceKind::warehouse;
        depot.capabilities.clear();
        depot.stock = {{"3010101", "Sandbag", 500, "piece"}};
        depot.stock[0].kilograms = 10;
        must(desk::RegisterResources{{first, truck, depot}});
        incident = openIncident();
    }
    static model::DecisionLine line(const model::Resource& who) {
        model::DecisionLine out;
        out.resource = who.id;
        out.need.capability = "dyke-defence";
        out.eta = base::Seconds(300);
        return out;
    }
    desk::SendPlan plan(std::vector<model::DecisionLine> lines) {
        model::Decision card;
        card.incident = incident;
        card.factsAt = clock.now();
        card.lines = std::move(lines);
        return {card};
    }
    model::DecisionId propose(std::vector<model::DecisionLine> lines) {
        return *model::DecisionId::parse(must(plan(std::move(lines))).ids.at(0));
    }
};

TEST_F(PlanWaits, ForSomeTimeIsAnAlarmUntilItIsJudged) {
    const auto id = propose({line(first)});
    clock.advance(55s);
    EXPECT_TRUE(alarms("decision-waits").empty());
    clock.advance(10s);
    ASSERT_EQ(alarms("decision-waits").size(), 1U);
    const auto alarm = alarms("decision-waits")[0];
    EXPECT_TRUE(alarm.holds);
    EXPECT_EQ(alarm.severity, model::Grade::II);
    EXPECT_EQ(alarm.incident, incident);
    EXPECT_EQ(alarm.source, "decision:" + id.toString());
    EXPECT_NE(alarm.title.text.find("A. Frick's word"), std::string::npos) << alarm.title.text;
    ASSERT_TRUE(run(desk::JudgeDecision{id, true, ""}, "A. Frick"));
    clock.advance(6s);
    EXPECT_FALSE(alarms("decision-waits")[0].holds);
}

TEST_F(PlanWaits, ByTheClockThatWasSetBackItIsToldOfInTime) {
    propose({line(first)});
    look();
    clock.advance(-1h);
    look();
    clock.advance(1min + 6s);
    EXPECT_EQ(alarms("decision-waits").size(), 1U);
}

TEST_F(PlanWaits, IsTakenBackByWhoProposedItAndNobodyElse) {
    const auto id = propose({line(first)});
    EXPECT_FALSE(run(desk::JudgeDecision{id, false, "mine now"}, "Somebody else"));
    const auto back = run(desk::JudgeDecision{id, false, ""}, "M. Keller");
    ASSERT_TRUE(back) << "no reason is asked of who takes back his own";
    EXPECT_EQ(back->entries.front().type, "decision.withdrawn");
    const auto state = desk->snapshot().state;
    EXPECT_EQ(state.decisions.at(id).state, model::DecisionState::refused);
    EXPECT_EQ(state.resources.at(first.id).claimedBy, "");
    EXPECT_TRUE(run(plan({line(first)}), "A. Frick"));
}

TEST_F(PlanWaits, NoLongerThanItsIncidentIsOpen) {
    const auto id = propose({line(first)});
    clock.advance(65s);
    ASSERT_EQ(alarms("decision-waits").size(), 1U);
    const auto closed = must(desk::CloseIncident{incident, "a false alarm"});
    EXPECT_EQ(closed.entries.back().type, "decision.refused");
    const auto state = desk->snapshot().state;
    EXPECT_EQ(state.decisions.at(id).state, model::DecisionState::refused);
    EXPECT_EQ(state.decisions.at(id).judgement, "a false alarm");
    EXPECT_EQ(state.resources.at(first.id).claimedBy, "");
    clock.advance(6s);
    EXPECT_FALSE(alarms("decision-waits")[0].holds);
}

TEST_F(PlanWaits, WhileNoLeaderIsEnteredAnotherThanWhoProposedItApproves) {
    must(desk::StartShift{"M. Keller", "", std::nullopt});
    const auto id = propose({line(first)});
    EXPECT_FALSE(run(desk::JudgeDecision{id, true, ""}, "M. Keller")) << "a second look is what it waits for";
    EXPECT_TRUE(run(desk::JudgeDecision{id, true, ""}, "Beat"));
}

TEST_F(PlanWaits, GoesByTheWaysThatWereFoundAnew) {
    auto load = line(truck);
    load.purpose = Purpose::supply;
    load.need = {};
    load.need.kind = model::NeedKind::supply;
    load.need.supply = "3010101";
    load.load = {{depot.id, "3010101", "Sandbag", 60, "piece"}};
    const auto dyke = model::Position::trusted(47.13, 9.51);
    load.stops = {{depot.position, "Depot", depot.id, base::Seconds(60)}, {dyke, "Dyke", std::nullopt, base::Seconds(300)}};
    const auto id = propose({line(first), load});
    clock.advance(10min);
    desk::JudgeDecision word{id, true, ""};
    word.waysAt = clock.now();
    desk::FreshWay way{truck.id, {}, base::Seconds(900), base::Seconds(800), base::Seconds(1000), base::Seconds(850), {}};
    way.route.points = {truck.position, dyke};
    way.route.secondsAt = {0, 900};
    word.ways = {way};
    EXPECT_FALSE(run(word, "A. Frick")) << "its stops are missing";
    word.ways[0].stops = load.stops;
    word.ways[0].stops[1].arrival = base::Seconds(900);
    word.ways[0].stops[0].place = "somewhere else";
    ASSERT_TRUE(run(word, "A. Frick"));
    const auto state = desk->snapshot().state;
    ASSERT_EQ(state.assignments.size(), 2U);
    for (const auto& [key, one] : state.assignments) {
        EXPECT_EQ(one.eta.value, one.resource == truck.id ? 900 : 300);
        if (one.resource != truck.id)
            continue;
        EXPECT_EQ(one.route.points.size(), 2U);
        EXPECT_EQ(one.stops[1].arrival.value, 900);
        EXPECT_EQ(one.stops[0].place.text, "Depot") << "only the times are others";
    }
    EXPECT_EQ(state.decisions.at(id).lines[1].eta.value, 900) << "what the leader's word rests on";
}

} // namespace
} // namespace tocsin::test
