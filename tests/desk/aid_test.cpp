// What is asked of partners: sent, promised, here, called off, late.
#include "desk/plan_fixture.hpp"

#include <algorithm>

namespace tocsin::test {
namespace {

using namespace std::chrono_literals;

TEST_F(PlanTest, AidIsAskedForAndComesOneWay) {
    const auto id = askForAid();
    auto request = desk->snapshot().state.aidRequests.at(id);
    EXPECT_EQ(desk->snapshot().state.aidRequests.at(id).number, "2026-0001/A1");
    EXPECT_FALSE(run(desk::AdvanceAidRequest{id, model::AidState::arrived, ""}));
    for (const auto to : {model::AidState::sent, model::AidState::accepted, model::AidState::arrived})
        must(desk::AdvanceAidRequest{id, to, ""});
    EXPECT_FALSE(run(desk::PutAidRequest{request})) << "it has left the desk";
    request.id = {};
    request.items[0].quantity = 1e308;
    EXPECT_FALSE(run(desk::PutAidRequest{request}));
}

TEST_F(PlanTest, HowMuchTheyLendIsSaidOfEachThing) {
    const auto id = askForAid();
    must(desk::AdvanceAidRequest{id, model::AidState::sent, ""});
    const auto answer = [&](std::vector<double> lent) { return run(desk::AdvanceAidRequest{id, model::AidState::accepted, "tonight", std::move(lent)}); };
    EXPECT_FALSE(answer({500, 1})) << "one thing was asked for";
    EXPECT_FALSE(answer({0})) << "that is to decline";
    EXPECT_FALSE(answer({-1}));
    EXPECT_FALSE(answer({1e308}));
    EXPECT_TRUE(answer({500}));
    const auto lent = [&] { return model::lentOf(desk->snapshot().state.aidRequests.at(id).items.at(0)); };
    EXPECT_EQ(lent(), 500);
    must(desk::AdvanceAidRequest{id, model::AidState::arrived, ""});
    EXPECT_EQ(lent(), 500) << "as it was promised";
    EXPECT_FALSE(run(desk::AdvanceAidRequest{id, model::AidState::returned, "", {500}}));
    must(desk::AdvanceAidRequest{id, model::AidState::returned, ""});
}

TEST_F(PlanTest, ADraftThatAnotherHasChangedIsNotOverwritten) {
    const auto id = askForAid();
    const auto seen = desk->snapshot().state.aidRequests.at(id);
    auto mine = seen;
    mine.items[0].quantity = 100;
    must(desk::PutAidRequest{mine, seen});
    mine.message = "to gate 2";
    const auto late = run(desk::PutAidRequest{mine, seen});
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().code, base::Code::conflict);
    EXPECT_TRUE(desk->snapshot().state.aidRequests.at(id).message.empty());
    must(desk::PutAidRequest{mine, desk->snapshot().state.aidRequests.at(id)});
}

TEST_F(PlanTest, AidIsCalledOffWithItsIncidentWhereThatIsWanted) {
    const auto off = askForAid();
    must(desk::AdvanceAidRequest{off, model::AidState::sent, ""});
    must(desk::CloseIncident{incident, "over", true});
    EXPECT_EQ(desk->snapshot().state.aidRequests.at(off).state, model::AidState::cancelled);
    EXPECT_EQ(desk->snapshot().state.aidRequests.at(off).note, "over");
    incident = openIncident();
    const auto kept = askForAid();
    must(desk::AdvanceAidRequest{kept, model::AidState::sent, ""});
    must(desk::CloseIncident{incident, "over"});
    EXPECT_EQ(desk->snapshot().state.aidRequests.at(kept).state, model::AidState::sent);
}

TEST_F(PlanTest, AidThatIsNotHereWhenItIsNeededRaisesAnAlarm) {
    const auto id = askForAid(clock.now() + 10min);
    must(desk::AdvanceAidRequest{id, model::AidState::sent, ""});
    EXPECT_TRUE(alarms("aid-overdue").empty());
    clock.advance(11min);
    ASSERT_EQ(alarms("aid-overdue").size(), 1U);
    EXPECT_TRUE(alarms("aid-overdue")[0].holds);
    EXPECT_EQ(alarms("aid-overdue")[0].incident, incident);
    must(desk::AdvanceAidRequest{id, model::AidState::accepted, ""});
    clock.advance(6s);
    EXPECT_TRUE(alarms("aid-overdue")[0].holds) << "promised is not here";
    must(desk::AdvanceAidRequest{id, model::AidState::arrived, ""});
    clock.advance(6s);
    EXPECT_FALSE(alarms("aid-overdue")[0].holds);
}

TEST_F(PlanTest, AidOfWhichNobodySaidWhenIsStillWaitedFor) {
    const auto id = askForAid();
    must(desk::AdvanceAidRequest{id, model::AidState::sent, ""});
    clock.advance(59min);
    EXPECT_TRUE(alarms("aid-overdue").empty());
    clock.advance(2min);
    ASSERT_EQ(alarms("aid-overdue").size(), 1U);
    EXPECT_NE(alarms("aid-overdue")[0].title.text.find("is not answered"), std::string::npos);
    must(desk::AdvanceAidRequest{id, model::AidState::accepted, ""});
    clock.advance(6s);
    EXPECT_FALSE(alarms("aid-overdue")[0].holds) << "it is answered";
    clock.advance(6h);
    const auto all = alarms("aid-overdue");
    EXPECT_TRUE(std::any_of(all.begin(), all.end(), [](const auto& one) { return one.holds; }));
}

} // namespace
} // namespace tocsin::test
