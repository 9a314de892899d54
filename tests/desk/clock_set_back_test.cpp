#include "desk/desk_fixture.hpp"

#include <algorithm>

namespace tocsin::test {
namespace {

using namespace std::chrono_literals;
using model::AssignmentState;

/// The desk's clock is put back by an hour, in a life of the desk or between two.
class ClockSetBack : public DeskFixture, public ::testing::WithParamInterface<bool> {
  protected:
    model::Resource one;
    model::ReportId report;

    void SetUp() override {
        start();
        one = team("Team 1");
        must(desk::RegisterResources{{one}});
        model::Report heard;
        heard.text = "Water in the cellar";
        report = *model::ReportId::parse(must(desk::TakeReport{"http", heard}).ids.at(0));
    }
    [[nodiscard]] bool whileItRuns() const { return GetParam(); }
    void setBack() {
        look();
        if (!whileItRuns())
            desk.reset();
        clock.advance(-1h);
        if (!whileItRuns())
            start();
        look();
    }
    model::AssignmentId send() {
        model::Decision card;
        card.incident = openIncident();
        card.factsAt = clock.now();
        model::DecisionLine line;
        line.resource = one.id;
        line.need.capability = "dyke-defence";
        line.eta = base::Seconds(300);
        line.etaLow = base::Seconds(240);
        line.etaHigh = base::Seconds(420);
        card.lines = {line};
        return *model::AssignmentId::parse(must(desk::SendPlan{card}).ids.at(1));
    }
    bool holds(const std::string& rule) {
        const auto all = alarms(rule);
        return std::any_of(all.begin(), all.end(), [](const auto& alarm) { return alarm.holds; });
    }
};

TEST_P(ClockSetBack, AClaimStaysItsHoldersForItsTimeAndNoLonger) {
    ASSERT_TRUE(run(desk::ClaimReports{{report}}, "Ann"));
    ASSERT_TRUE(run(desk::ClaimResources{{one.id}}, "Ann"));
    setBack();
    EXPECT_FALSE(run(desk::ClaimResources{{one.id}}, "Ben")) << "nobody loses what is theirs";
    EXPECT_FALSE(run(desk::ClaimReports{{report}}, "Ben"));
    clock.advance(2min + 1s);
    EXPECT_TRUE(run(desk::ClaimResources{{one.id}}, "Ben"));
    EXPECT_FALSE(run(desk::ClaimReports{{report}}, "Ben"));
    clock.advance(13min);
    EXPECT_TRUE(run(desk::ClaimReports{{report}}, "Ben"));
}

TEST_P(ClockSetBack, AnOrderThatNobodyAcceptsIsToldOfInTime) {
    send();
    setBack();
    clock.advance(4min);
    EXPECT_FALSE(holds("assignment-unaccepted"));
    clock.advance(1min + 6s);
    EXPECT_TRUE(holds("assignment-unaccepted"));
}

TEST_P(ClockSetBack, WhoAcceptedAndDoesNotSetOutIsToldOfInTime) {
    must(desk::AdvanceAssignment{send(), AssignmentState::accepted});
    setBack();
    clock.advance(4min);
    EXPECT_FALSE(holds("assignment-not-departed"));
    clock.advance(1min + 6s);
    EXPECT_TRUE(holds("assignment-not-departed"));
}

TEST_P(ClockSetBack, WhoIsSilentInTheFieldIsMissedInTime) {
    const auto id = send();
    must(desk::AdvanceAssignment{id, AssignmentState::accepted});
    must(desk::AdvanceAssignment{id, AssignmentState::enRoute});
    must(desk::AdvanceAssignment{id, AssignmentState::onScene});
    setBack();
    clock.advance(29min);
    EXPECT_FALSE(holds("assignment-silent"));
    clock.advance(1min + 6s);
    EXPECT_TRUE(holds("assignment-silent"));
}

TEST_P(ClockSetBack, TheNextOnAListIsCalledInTime) {
    model::CallDown list;
    list.title = "Dyke engineers";
    list.people = {{"Anna", "1"}, {"Beat", "2"}};
    list.every = base::Seconds(120);
    const auto id = *model::CallDownId::parse(must(desk::StartCallDown{list}).ids.at(0));
    setBack();
    EXPECT_EQ(desk->snapshot().state.callDowns.at(id).at, 0);
    clock.advance(2min + 6s);
    look();
    EXPECT_EQ(desk->snapshot().state.callDowns.at(id).at, 1);
}

TEST_P(ClockSetBack, TheSoundIsNotMutedForLonger) {
    must(desk::MuteSound{clock.now() + 20min});
    setBack();
    const auto until = desk->snapshot().state.desk.soundMutedUntil;
    ASSERT_TRUE(until);
    EXPECT_LE(*until, clock.now() + (whileItRuns() ? 20min : 60min)) << "an hour is the longest that it may be";
}

TEST_P(ClockSetBack, WhereNothingIsClaimedOrAwaitedNothingIsWritten) {
    send();
    must(desk::AdvanceAssignment{desk->snapshot().state.assignments.begin()->first, AssignmentState::released});
    const auto before = desk->snapshot().lastSeq;
    setBack();
    EXPECT_EQ(desk->snapshot().lastSeq, before + 2) << "the two notes";
}

INSTANTIATE_TEST_SUITE_P(ByAnHour, ClockSetBack, ::testing::Bool(),
                         [](const auto& running) { return std::string(running.param ? "whileItRuns" : "betweenTwoLives"); });

class ClockSetBackOnce : public DeskFixture {};

TEST_F(ClockSetBackOnce, AClockThatIsSetBackGivesNoClaimItsWholeTimeAgain) {
    const auto one = team("Team 1");
    must(desk::RegisterResources{{one}});
    ASSERT_TRUE(run(desk::ClaimResources{{one.id}}, "Ann"));
    clock.advance(90s);
    must(desk::WriteNote{"look", std::nullopt});
    clock.advance(-1h);
    ASSERT_TRUE(run(desk::ClaimResources{{team("nobody").id}}, "Ben").error().code == base::Code::notFound);
    clock.advance(31s);
    EXPECT_TRUE(run(desk::ClaimResources{{one.id}}, "Ben"));
}

TEST_F(ClockSetBackOnce, WhatIsClaimedRightAfterTheClockWasSetBackIsClaimedForItsTime) {
    const auto one = team("Team 1");
    must(desk::RegisterResources{{one}});
    clock.advance(-1h);
    ASSERT_TRUE(run(desk::ClaimResources{{one.id}}, "Ann"));
    must(desk::WriteNote{"look", std::nullopt});
    clock.advance(1min + 59s);
    EXPECT_FALSE(run(desk::ClaimResources{{one.id}}, "Ben"));
}

TEST_F(ClockSetBackOnce, WhoMustGoRoundIsLateNoLater) {
    const auto one = team("Team 1");
    must(desk::RegisterResources{{one}});
    const auto id = *model::AssignmentId::parse(must(sending(openIncident(), {one.id}, 600)).ids.at(1));
    must(desk::AdvanceAssignment{id, AssignmentState::accepted});
    must(desk::AdvanceAssignment{id, AssignmentState::enRoute});
    model::Drawing closure;
    closure.kind = model::DrawingKind::closure;
    closure.name = "Old bridge";
    closure.line = {model::Position::trusted(47.14, 9.51), model::Position::trusted(47.14, 9.52)};
    model::BlockedWay way;
    way.closure = *model::DrawingId::parse(must(desk::PutDrawing{closure}).ids.at(0));
    way.arrival = clock.now() + 20min;
    must(desk::RecordBlockedWay{id, way, std::nullopt});
    look();
    clock.advance(-1h);
    look();
    EXPECT_EQ(desk->snapshot().state.assignments.at(id).blocked->arrival, clock.now() + 20min);
    clock.advance(24min);
    EXPECT_TRUE(alarms("assignment-overdue").empty());
    clock.advance(1min + 6s); // and five of grace
    EXPECT_EQ(alarms("assignment-overdue").size(), 1U);
}

} // namespace
} // namespace tocsin::test
