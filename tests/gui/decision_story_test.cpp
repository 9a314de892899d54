// What came of a decision, and what its sheet says.
#include "gui/dispatch/decision_page.hpp"
#include "gui/dispatch/decision_story.hpp"
#include "gui/dispatch/timeline_rows.hpp"
#include "gui/dispatch_support.hpp"

#include <algorithm>
#include <chrono>

namespace tocsin::gui {
namespace {

using namespace std::chrono_literals;
using test::id;

class DecisionStoryTest : public test::DispatchTest {};

TEST_F(DecisionStoryTest, WhatReallyHappenedStandsBesideTheDecision) {
    const auto& decision = addDecision(1, model::DecisionState::sent);
    auto& a = assignment(1);
    a.decision = decision.id;
    ASSERT_FALSE(outcomesOf(state(), decision).at(0).took);
    a.state = model::AssignmentState::onScene;
    a.arrivedAt = *a.departedAt + 480s;
    const auto outcome = outcomesOf(state(), decision).at(0);
    EXPECT_NEAR(outcome.took->value, 480, 0.01);
    EXPECT_NEAR(outcome.behind.value, 100, 0.01);
    EXPECT_TRUE(outcome.within);
    addDecision(2, model::DecisionState::waiting);
    EXPECT_EQ(decisionsOf(state()).front()->id, id<model::DecisionId>(2));
}

TEST_F(DecisionStoryTest, FromTheOrderWhereTheCardKnewHowLongSettingOutTakes) {
    auto& decision = addDecision(1, model::DecisionState::sent);
    decision.lines.at(0).turnout = base::Seconds(240);
    auto& a = assignment(1);
    a.decision = decision.id;
    a.state = model::AssignmentState::onScene;
    a.notifiedAt = *a.departedAt - 120s;
    a.arrivedAt = *a.departedAt + 480s;
    const auto outcome = outcomesOf(state(), decision).at(0);
    EXPECT_NEAR(outcome.took->value, 600, 0.01);
    EXPECT_NEAR(outcome.turnout.value, 120, 0.01);
    EXPECT_NEAR(outcome.behind.value, 600 - 240 - 380, 0.01);
    EXPECT_TRUE(outcome.within);
    const auto html = decisionHtml(state(), decision, code, now());
    EXPECT_TRUE(html.contains(QStringLiteral("of it 4 min until setting out"))) << html.toStdString();
    EXPECT_TRUE(html.contains(QStringLiteral("of it 2 min until setting out")));
}

TEST_F(DecisionStoryTest, WhoNeverSaidThatItSetOutIsHeldAgainstNoPrediction) {
    const auto& decision = addDecision(1, model::DecisionState::sent);
    auto& a = assignment(1);
    a.decision = decision.id;
    a.state = model::AssignmentState::onScene;
    a.departedAt.reset();
    a.arrivedAt = now() - 60s;
    const auto outcome = outcomesOf(state(), decision).at(0);
    EXPECT_TRUE(outcome.untold);
    EXPECT_FALSE(outcome.took) << "and not a drive of no time";
    EXPECT_TRUE(decisionHtml(state(), decision, code, now()).contains(QStringLiteral("when it set out was not told")));
    const auto rows = timelineRows(state(), desk::DispatchRules{}, now() - 4h, now() + 1h, now());
    const auto row = std::find_if(rows.begin(), rows.end(), [&](const auto& r) { return r.resource == a.resource; });
    ASSERT_NE(row, rows.end());
    EXPECT_TRUE(row->bars.at(0).untold);
    EXPECT_FALSE(row->bars.at(0).predicted) << "it is there";
    EXPECT_FALSE(row->bars.at(0).behind);
}

TEST_F(DecisionStoryTest, WhoElseWasLookedAtIsNamedWithWhatTheyWouldHaveBrought) {
    auto& decision = addDecision(1, model::DecisionState::sent);
    auto& need = decision.others.at(0).need;
    need = {};
    need.kind = model::NeedKind::supply;
    need.quantity = 0;
    need.supply = "3010100";
    need.amount = 500;
    need.unit = "pcs";
    const auto html = decisionHtml(state(), decision, code, now());
    EXPECT_TRUE(html.contains(QStringLiteral("Sandbags"))) << html.toStdString();
    EXPECT_FALSE(html.contains(QStringLiteral("3010100")));
    need = {};
    need.kind = model::NeedKind::shelter;
    need.quantity = 40;
    EXPECT_TRUE(decisionHtml(state(), decision, code, now()).contains(QStringLiteral("shelter for 40")));
}

TEST_F(DecisionStoryTest, ACardThatWentBeforeItsCoverWasReckonedSaysSo) {
    auto& decision = addDecision(1, model::DecisionState::sent);
    decision.coverLate = true;
    decision.peopleCoveredBefore = decision.peopleCoveredAfter = 0;
    EXPECT_TRUE(decisionHtml(state(), decision, code, now()).contains(QStringLiteral("Not reckoned for this choice")));
}

TEST_F(DecisionStoryTest, APrintedCardOfADrillSaysSo) {
    auto& decision = addDecision(1, model::DecisionState::sent);
    state().desk.exercise = false;
    state().incidents.at(decision.incident).exercise = false;
    EXPECT_FALSE(decisionHtml(state(), decision, code, now()).contains(QStringLiteral("EXERCISE")));
    state().incidents.at(decision.incident).exercise = true;
    EXPECT_TRUE(decisionHtml(state(), decision, code, now()).contains(QStringLiteral("EXERCISE")));
}

TEST_F(DecisionStoryTest, aDecisionThatWasNotProvenSaysWhyOnItsSheet) {
    auto& decision = addDecision(1, model::DecisionState::sent);
    const QString language = QStringLiteral("en");
    EXPECT_TRUE(decisionHtml(state(), decision, language, now()).contains(QLatin1String("proven to be the best there is")));
    decision.optimal = false;
    decision.gap = 1;
    decision.unseen = {"three-stores"};
    EXPECT_TRUE(decisionHtml(state(), decision, language, now())
                    .contains(QLatin1String("not proven to be the optimum: trips that call at three or more stores were not looked at.")));
}

} // namespace
} // namespace tocsin::gui
