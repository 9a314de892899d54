// Plans that wait for the leader's word.
#include "desk/plan_fixture.hpp"

#include "tocsin/model/json.hpp"

#include <string>

namespace tocsin::test {
namespace {

using model::AssignmentState;
using namespace std::chrono_literals;

class ApprovalTest : public PlanTest {
  protected:
    desk::DispatchRules dispatch() override {
        desk::DispatchRules rules;
        rules.approvalFrom = model::Grade::II;
        return rules;
    }
};

TEST_F(ApprovalTest, AGraveIncidentWaitsForTheLeadersWord) {
    const auto done = must(plan({line(first)}));
    const auto id = *model::DecisionId::parse(done.ids.at(0));
    EXPECT_TRUE(desk->snapshot().state.assignments.empty());
    EXPECT_EQ(now(first).claimedBy, "M. Keller");
    EXPECT_FALSE(run(plan({line(first)}), "Somebody else")) << "it is claimed while it waits";
    EXPECT_FALSE(run(desk::JudgeDecision{id, true, ""}, "M. Keller")) << "not the leader";
    ASSERT_TRUE(run(desk::JudgeDecision{id, true, ""}, "A. Frick"));
    EXPECT_EQ(desk->snapshot().state.assignments.size(), 1U);
    EXPECT_EQ(desk->snapshot().state.decisions.at(id).judgedBy, "A. Frick");
    EXPECT_FALSE(run(desk::JudgeDecision{id, false, "too late"}, "A. Frick"));
}

TEST_F(ApprovalTest, TheLeaderSendsAtOnceAndRefusesWithAReason) {
    ASSERT_TRUE(run(plan({line(first)}), "A. Frick"));
    EXPECT_EQ(desk->snapshot().state.assignments.size(), 1U);
    const auto id = *model::DecisionId::parse(must(plan({line(second)})).ids.at(0));
    EXPECT_FALSE(run(desk::JudgeDecision{id, false, ""}, "A. Frick"));
    ASSERT_TRUE(run(desk::JudgeDecision{id, false, "keep it in town"}, "A. Frick"));
    EXPECT_EQ(now(second).claimedBy, "");
    EXPECT_EQ(now(second).status, model::ResourceStatus::available);
}

TEST_F(ApprovalTest, WhatIsGivenUpIsReleasedOnTheLeadersWord) {
    const auto assignments = [&] { return desk->snapshot().state.assignments; };
    const auto running = [&] {
        for (const auto& [id, one] : assignments()) {
            if (one.resource == first.id && one.state != AssignmentState::released)
                return one;
        }
        return model::Assignment{};
    };
    ASSERT_TRUE(run(plan({line(first)}), "A. Frick"));
    const auto before = running();
    auto command = plan({line(first)});
    command.decision.incident = openIncident();
    EXPECT_FALSE(run(command)) << "it has an order";
    command.releases = {before.id};
    auto id = *model::DecisionId::parse(must(command).ids.at(0));
    EXPECT_EQ(desk->snapshot().state.decisions.at(id).releases, command.releases);
    EXPECT_EQ(running(), before) << "it keeps its order until the leader's word";
    EXPECT_EQ(now(first).status, model::ResourceStatus::assigned);
    ASSERT_TRUE(run(desk::JudgeDecision{id, true, ""}, "A. Frick"));
    EXPECT_EQ(assignments().at(before.id).state, AssignmentState::released);
    EXPECT_EQ(running().incident, command.decision.incident);
    EXPECT_EQ(running().decision, id);
    const auto state = desk->snapshot().state;
    restart();
    EXPECT_EQ(desk->snapshot().state, state);

    command.decision.incident = incident;
    command.releases = {running().id};
    id = *model::DecisionId::parse(must(command).ids.at(0));
    clock.advance(1min);
    advance(running().id, AssignmentState::accepted);
    advance(running().id, AssignmentState::enRoute);
    advance(running().id, AssignmentState::onScene);
    const auto late = run(desk::JudgeDecision{id, true, ""}, "A. Frick");
    ASSERT_FALSE(late);
    EXPECT_NE(late.error().message.find("First has arrived at incident"), std::string::npos) << late.error().message;
    EXPECT_EQ(running().state, AssignmentState::onScene);
    EXPECT_TRUE(run(desk::JudgeDecision{id, false, "it is there"}, "A. Frick"));
    EXPECT_EQ(running().state, AssignmentState::onScene);
}

TEST_F(ApprovalTest, CallDownsBeginOnTheLeadersWordAndKeepNobodyBack) {
    model::CallList list;
    list.name = "Flood";
    list.steps = {{"Anna", "1", "leader", {}, base::Seconds(60)}};
    const auto kept = *model::CallListId::parse(must(desk::PutCallList{list}).ids.at(0));
    list.name = "Night";
    const auto gone = *model::CallListId::parse(must(desk::PutCallList{list}).ids.at(0));
    auto command = plan({line(first)});
    command.decision.callLists = {kept, gone};
    const auto id = *model::DecisionId::parse(must(command).ids.at(0));
    EXPECT_TRUE(desk->snapshot().state.callDowns.empty()) << "it waits";
    must(desk::RemoveCallList{gone, "nobody needs it"});
    const auto approved = run(desk::JudgeDecision{id, true, ""}, "A. Frick");
    ASSERT_TRUE(approved);
    const auto state = desk->snapshot().state;
    EXPECT_EQ(state.assignments.size(), 1U) << "who goes does not wait for a list";
    ASSERT_EQ(state.callDowns.size(), 1U);
    EXPECT_EQ(state.callDowns.begin()->second.list, kept);
    EXPECT_EQ(approved->entries.back().type, "decision.call-not-begun");
    EXPECT_EQ(approved->entries.back().data.at("name").get<std::string>(), "Night");
}

} // namespace
} // namespace tocsin::test
