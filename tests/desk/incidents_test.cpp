// What becomes of an open incident: its plan, its grade, its place.
#include "desk/desk_fixture.hpp"

#include "tocsin/model/json.hpp"

#include <gmock/gmock.h>
#include <limits>

namespace tocsin::test {
namespace {

using model::AssignmentState;
using model::Grade;
using ::testing::HasSubstr;
using namespace std::chrono_literals;

class IncidentsTest : public DeskFixture {
  protected:
    std::string planBook() override {
        return std::string(plansText) + R"(
[[plan]]
id = "flood-1"
hazard = "flood"
grade = "I"
title = { text = "Great flood", zh_CN = "特大洪水" }
needs = [ { capability = "dyke-defence", level = 2, quantity = 3 }, { supply = "3010101", amount = 0.5, unit = "t" } ]
[[plan]]
id = "flood-4"
hazard = "flood"
grade = "IV"
title = "Wet cellar"
needs = [ { capability = "pumping", quantity = 1 } ]
[[plan]]
id = "dam-break"
hazard = "dam"
grade = "I"
title = "Dam break"
needs = [ { shelter = 200 } ]
)";
    }
    model::Incident now(model::IncidentId id) { return desk->snapshot().state.incidents.at(id); }
    model::Assignment assignment(model::AssignmentId id) { return desk->snapshot().state.assignments.at(id); }
    model::AssignmentId send(model::IncidentId incident, const model::Resource& who, AssignmentState to = AssignmentState::notified) {
        const auto id = *model::AssignmentId::parse(must(sending(incident, {who.id}, 600)).ids.at(1));
        for (auto state = AssignmentState::notified; state != to;) {
            state = *model::nextState(state);
            must(desk::AdvanceAssignment{id, state});
        }
        return id;
    }
    static std::vector<std::string> words(const std::vector<model::Need>& needs) {
        std::vector<std::string> out;
        for (const auto& need : needs)
            out.push_back(need.kind == model::NeedKind::team
                              ? need.capability + " L" + std::to_string(need.level) + " x" + std::to_string(need.quantity)
                          : need.kind == model::NeedKind::supply
                              ? need.supply + " " + std::to_string(need.amount) + " " + need.unit
                              : "shelter " + std::to_string(need.quantity));
        return out;
    }
};

TEST_F(IncidentsTest, ThePlanThatARuleSuggestsIsTakenAndTheJournalSaysSo) {
    desk::OpenIncident open;
    open.title = "Seepage";
    open.hazard = "flood";
    open.grade = Grade::II;
    open.plan = "dam-break";
    const auto done = must(open);
    EXPECT_EQ(now(*model::IncidentId::parse(done.ids.at(0))).plan, "dam-break");
    EXPECT_EQ(words(now(*model::IncidentId::parse(done.ids.at(0))).needs), std::vector<std::string>{"shelter 200"});
    EXPECT_EQ(done.entries.at(0).data.at("planBy"), "alarm");
    EXPECT_EQ(done.entries.at(0).data.at("planTitle"), "Dam break");
}

TEST_F(IncidentsTest, APlanThatIsNotThereGivesWayToTheOneForTheHazardAndIsNamed) {
    desk::OpenIncident open;
    open.title = "Seepage";
    open.hazard = "flood";
    open.grade = Grade::II;
    open.plan = "dam-brake";
    const auto done = must(open);
    EXPECT_EQ(now(*model::IncidentId::parse(done.ids.at(0))).plan, "flood-2");
    EXPECT_EQ(done.entries.at(0).data.at("planBy"), "hazard");
    EXPECT_EQ(done.entries.at(0).data.at("planMissing"), "dam-brake");
    open.plan = std::string(10'000, 'x');
    EXPECT_FALSE(run(open));
}

TEST_F(IncidentsTest, RegradingKeepsReplacesOrAddsAndIsUndoneByRegrading) {
    const auto incident = openIncident();
    const auto before = now(incident);
    EXPECT_EQ(words(before.needs), std::vector<std::string>{"dyke-defence L1 x2"});
    must(desk::GradeIncident{incident, Grade::III, "less water"});
    EXPECT_EQ(now(incident).plan, "flood-2") << "kept, unless somebody says otherwise";
    EXPECT_EQ(now(incident).needs, before.needs);
    const auto done = must(desk::GradeIncident{incident, Grade::I, "the dyke slides", desk::PlanChange{"flood-1", desk::PlanMerge::add}});
    EXPECT_EQ(now(incident).plan, "flood-1");
    EXPECT_EQ(words(now(incident).needs),
              (std::vector<std::string>{"dyke-defence L1 x2", "dyke-defence L2 x3", "3010101 0.500000 t"}))
        << "none of level 1 serves a need of level 2";
    const auto& data = done.entries.at(0).data;
    EXPECT_EQ(done.entries.at(0).type, "incident.graded");
    EXPECT_EQ(data.at("planBefore"), "flood-2");
    EXPECT_EQ(data.at("planNeeds"), "add");
    EXPECT_EQ(data.at("needsBefore").size(), 1U);
    EXPECT_EQ(data.at("before"), "III");
    must(desk::GradeIncident{incident, Grade::II, "it holds", desk::PlanChange{"flood-2", desk::PlanMerge::replace}});
    EXPECT_EQ(now(incident).plan, "flood-2");
    EXPECT_EQ(now(incident).needs, before.needs);
    const auto state = desk->snapshot().state;
    restart();
    EXPECT_EQ(desk->snapshot().state, state);
}

TEST_F(IncidentsTest, WhatRunningTeamsServeIsNotLost) {
    const auto incident = openIncident();
    const auto first = team("First");
    const auto second = team("Second");
    must(desk::RegisterResources{{first, second}});
    send(incident, first);
    must(desk::GradeIncident{incident, Grade::IV, "a cellar only", desk::PlanChange{"flood-4", desk::PlanMerge::replace}});
    EXPECT_EQ(words(now(incident).needs), (std::vector<std::string>{"pumping L1 x1", "dyke-defence L1 x1"}))
        << "the one that is served; the other, which nobody serves, goes";
    send(incident, second);
    must(desk::GradeIncident{incident, Grade::I, "after all", desk::PlanChange{"flood-1", desk::PlanMerge::replace}});
    EXPECT_EQ(words(now(incident).needs), (std::vector<std::string>{"dyke-defence L2 x3", "3010101 0.500000 t"}))
        << "both serve the new plan's own need";
}

TEST_F(IncidentsTest, APlanIsChangedWithoutAnotherGrade) {
    const auto incident = openIncident();
    const auto needs = now(incident).needs;
    const auto done = must(desk::SetPlan{incident, {"dam-break", desk::PlanMerge::keep}, ""});
    EXPECT_EQ(done.entries.at(0).type, "incident.planned");
    EXPECT_EQ(now(incident).plan, "dam-break");
    EXPECT_EQ(now(incident).needs, needs);
    EXPECT_TRUE(now(incident).gradeProposed) << "nobody has judged the grade";
    EXPECT_FALSE(run(desk::SetPlan{incident, {"dam-break", desk::PlanMerge::keep}, ""})) << "as it is";
    must(desk::SetPlan{incident, {"dam-break", desk::PlanMerge::add}, "people must leave"});
    EXPECT_EQ(words(now(incident).needs), (std::vector<std::string>{"dyke-defence L1 x2", "shelter 200"}));
    const auto unknown = run(desk::SetPlan{incident, {"flood-9", desk::PlanMerge::add}, ""});
    ASSERT_FALSE(unknown);
    EXPECT_THAT(unknown.error().message, HasSubstr("flood-9"));
    must(desk::CloseIncident{incident, "over"});
    EXPECT_FALSE(run(desk::SetPlan{incident, {"flood-2", desk::PlanMerge::add}, ""}));
}

TEST_F(IncidentsTest, AnIncidentIsMovedAndWhoIsOnTheWayIsToBeTold) {
    const auto incident = openIncident();
    const auto coming = team("Coming");
    const auto there = team("There");
    must(desk::RegisterResources{{coming, there}});
    const auto onTheWay = send(incident, coming, AssignmentState::enRoute);
    const auto arrived = send(incident, there, AssignmentState::onScene);
    const auto from = now(incident).position;
    const auto to = model::Position::trusted(47.2, 9.55);
    const auto done = must(desk::MoveIncident{incident, to, {"Ruggell"}, "the caller meant the other bridge"});
    EXPECT_EQ(now(incident).position, to);
    EXPECT_EQ(now(incident).place.text, "Ruggell");
    EXPECT_EQ(assignment(onTheWay).word, model::TeamWord::moved);
    EXPECT_EQ(assignment(onTheWay).wordAt, clock.now());
    EXPECT_TRUE(model::mustBeTold(assignment(onTheWay)));
    EXPECT_NE(assignment(arrived).word, model::TeamWord::moved);
    ASSERT_EQ(done.entries.size(), 1U);
    const auto& entry = done.entries.at(0);
    EXPECT_EQ(entry.type, "incident.moved");
    EXPECT_EQ(entry.actor, "M. Keller");
    EXPECT_EQ(entry.data.at("from").get<model::Position>(), from);
    EXPECT_EQ(entry.data.at("to").get<model::Position>(), to);
    EXPECT_EQ(entry.data.at("by"), "M. Keller");
    EXPECT_EQ(entry.data.at("reason"), "the caller meant the other bridge");
    const auto state = desk->snapshot().state;
    restart();
    EXPECT_EQ(desk->snapshot().state, state);

    must(desk::RecordTold{{onTheWay}});
    EXPECT_FALSE(model::mustBeTold(assignment(onTheWay)));
    EXPECT_TRUE(must(desk::RecordTold{{onTheWay}}).duplicate) << "it knows";
    must(desk::AdvanceAssignment{onTheWay, AssignmentState::onScene});
    EXPECT_EQ(desk->snapshot().state.resources.at(coming.id).position, to) << "where it was told to go";
}

TEST_F(IncidentsTest, AnotherWayLeadsToTheNewPlace) {
    const auto incident = openIncident();
    const auto coming = team("Coming");
    must(desk::RegisterResources{{coming}});
    const auto id = send(incident, coming, AssignmentState::enRoute);
    must(desk::MoveIncident{incident, model::Position::trusted(47.2, 9.55), {}, "elsewhere"});
    must(desk::ReplanAssignment{id, {}, base::Seconds(300), base::Seconds(240), base::Seconds(400), "moved"});
    EXPECT_EQ(assignment(id).word, model::TeamWord::way);
    EXPECT_TRUE(model::mustBeTold(assignment(id))) << "the way is news as well";
}

TEST_F(IncidentsTest, APlanWhoseWaysAreOlderThanTheMoveSaysSo) {
    const auto incident = openIncident();
    const auto coming = team("Coming");
    must(desk::RegisterResources{{coming}});
    model::Decision card;
    card.incident = incident;
    card.factsAt = clock.now();
    card.lines.emplace_back();
    card.lines.back().resource = coming.id;
    card.lines.back().need.capability = "dyke-defence";
    card.lines.back().eta = base::Seconds(300);
    clock.advance(10s);
    must(desk::MoveIncident{incident, model::Position::trusted(47.2, 9.55), {}, "elsewhere"});
    const auto late = *model::AssignmentId::parse(must(desk::SendPlan{card}).ids.at(1));
    EXPECT_EQ(assignment(late).word, model::TeamWord::moved);
    must(desk::AdvanceAssignment{late, AssignmentState::released});
    EXPECT_EQ(assignment(late).word, model::TeamWord::recall);
    clock.advance(10s);
    card.factsAt = clock.now();
    EXPECT_EQ(assignment(*model::AssignmentId::parse(must(desk::SendPlan{card}).ids.at(1))).word, model::TeamWord::order);
}

TEST_F(IncidentsTest, NothingIsMovedToWhereNothingCanBe) {
    const auto incident = openIncident();
    const auto before = now(incident);
    const double nan = std::numeric_limits<double>::quiet_NaN();
    for (const auto& where : {model::Position::trusted(nan, 9.5), model::Position::trusted(47.1, nan), model::Position()})
        EXPECT_FALSE(run(desk::MoveIncident{incident, where, {"x"}, "why"}));
    EXPECT_FALSE(run(desk::MoveIncident{incident, before.position, before.place, "why"})) << "it is there";
    EXPECT_FALSE(run(desk::MoveIncident{incident, model::Position::trusted(47.2, 9.5), {}, ""})) << "without a reason";
    EXPECT_FALSE(run(desk::MoveIncident{incident, model::Position::trusted(47.2, 9.5), {"\xFF"}, "why"}));
    EXPECT_FALSE(run(desk::MoveIncident{incident, model::Position::trusted(47.2, 9.5), std::string(5'000, 'x'), "why"}));
    EXPECT_FALSE(run(desk::MoveIncident{{}, model::Position::trusted(47.2, 9.5), {}, "why"}));
    EXPECT_EQ(now(incident), before);
    must(desk::MoveIncident{incident, before.position, {"Another name"}, "better known so"});
    EXPECT_FALSE(now(incident).movedAt) << "a name turns nobody round";
    must(desk::CloseIncident{incident, "over"});
    EXPECT_FALSE(run(desk::MoveIncident{incident, model::Position::trusted(47.2, 9.5), {}, "why"}));
}

TEST(PlanNeeds, SuppliesAndSheltersCountByWhatIsBrought) {
    model::State state;
    model::Incident incident;
    incident.id = *model::IncidentId::parse("01a1f7f8-3000-7000-9b9c-559891948d23");
    model::Need sacks;
    sacks.kind = model::NeedKind::supply;
    sacks.quantity = 0;
    sacks.supply = "3010101";
    sacks.unit = "piece";
    sacks.amount = 500;
    model::Need beds;
    beds.kind = model::NeedKind::shelter;
    beds.quantity = 80;
    incident.needs = {sacks, beds};
    model::Plan plan;
    plan.needs = {sacks};
    plan.needs[0].amount = 200;
    model::Assignment truck;
    truck.id = *model::AssignmentId::parse("01a1f7f8-3000-7000-9b9c-559891948d24");
    truck.incident = incident.id;
    truck.purpose = model::Purpose::supply;
    truck.state = AssignmentState::released; // it has brought them, and left
    truck.arrivedAt = base::Time{};
    truck.load = {{{}, "3010101", "Sandbag", 300, "piece"}};
    state.assignments[truck.id] = truck;
    auto after = desk::needsWith(state, incident, plan, desk::PlanMerge::replace);
    ASSERT_EQ(after.size(), 1U) << "nobody was promised a bed yet";
    EXPECT_DOUBLE_EQ(after[0].amount, 300) << "what was brought is not asked back";
    after = desk::needsWith(state, incident, plan, desk::PlanMerge::add);
    EXPECT_EQ(after, incident.needs) << "500 are more than 200";
    plan.needs[0].amount = 500.25;
    after = desk::needsWith(state, incident, plan, desk::PlanMerge::add);
    ASSERT_EQ(after.size(), 2U);
    EXPECT_DOUBLE_EQ(after[0].amount, 500.25);
}

TEST(PlanNeeds, EachOfThoseThereCountsOnceAndTheHardestFirst) {
    model::Incident incident;
    incident.needs = {{"rescue", 2, 2}};
    model::Plan plan;
    plan.needs = {{"rescue", 1, 2}, {"rescue", 2, 1}, {"pumping", 1, 1}};
    const auto after = desk::needsWith({}, incident, plan, desk::PlanMerge::add);
    EXPECT_EQ(after, (std::vector<model::Need>{{"rescue", 2, 2}, {"rescue", 1, 1}, {"pumping", 1, 1}}));
    EXPECT_EQ(desk::needsWith({}, incident, plan, desk::PlanMerge::keep), incident.needs);
    EXPECT_EQ(desk::needsWith({}, incident, plan, desk::PlanMerge::replace), plan.needs);
}

} // namespace
} // namespace tocsin::test
