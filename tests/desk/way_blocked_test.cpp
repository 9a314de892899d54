// A team whose way is closed ahead of it: the alarm that says so, what it names, and what ends it.
#include "desk/desk_fixture.hpp"
#include "tocsin/model/json.hpp"

#include <gmock/gmock.h>

namespace tocsin::test {
namespace {

using namespace std::chrono_literals;
using model::AssignmentState;
using ::testing::HasSubstr;

class WayBlockedTest : public DeskFixture {
  protected:
    model::Resource pump;
    model::IncidentId incident;
    model::AssignmentId id;
    model::DrawingId bridge;

    desk::DispatchRules dispatch() override {
        desk::DispatchRules rules;
        rules.countyClock = [](base::Time at) { return "at " + base::formatTime(at).substr(11, 5); };
        return rules;
    }
    void SetUp() override {
        start();
        pump = team("Pump 1");
        must(desk::RegisterResources{{pump}});
        incident = openIncident(); // of grade II
        must(sending(incident, {pump.id}, 600));
        for (const auto& [each, one] : desk->snapshot().state.assignments)
            id = each;
        model::Drawing closure;
        closure.kind = model::DrawingKind::closure;
        closure.name = "Old bridge";
        closure.name.translations["zh_CN"] = "老桥";
        closure.line = {model::Position::trusted(47.14, 9.51), model::Position::trusted(47.14, 9.52)};
        bridge = *model::DrawingId::parse(must(desk::PutDrawing{closure}).ids.at(0));
    }
    desk::Done block(std::optional<base::Time> arrival, std::string road = "Landstrasse") {
        model::BlockedWay way;
        way.closure = bridge;
        way.road = std::move(road);
        way.arrival = arrival;
        return must(desk::RecordBlockedWay{id, way, now().wordAt});
    }
    model::Assignment now() { return desk->snapshot().state.assignments.at(id); }
    void advance(AssignmentState to) { must(desk::AdvanceAssignment{id, to}); }
    std::vector<model::Alarm> alarms() { return DeskFixture::alarms("way-blocked"); }
};

TEST_F(WayBlockedTest, IsOneAlarmThatNamesTheTeamTheRoadAndTheNewArrival) {
    EXPECT_TRUE(alarms().empty());
    block(clock.now() + 25min);
    ASSERT_EQ(alarms().size(), 1U) << "at once";
    const auto alarm = alarms()[0];
    EXPECT_TRUE(alarm.holds);
    EXPECT_EQ(alarm.source, "assignment:" + id.toString());
    EXPECT_EQ(alarm.incident, incident);
    EXPECT_EQ(alarm.severity, model::Grade::II);
    EXPECT_EQ(alarm.title.text, "Way blocked: Pump 1, order " + now().order + ", at Old bridge (Landstrasse); by another way there about at 08:25");
    EXPECT_THAT(alarm.title.in("zh_CN"), HasSubstr("老桥（Landstrasse）；改道预计 at 08:25 到达"));
    EXPECT_NEAR(alarm.position.latitude(), 47.14, 1e-9);
    must(desk::AcknowledgeAlarm{alarm.id});
    const auto before = desk->snapshot().lastSeq;
    EXPECT_TRUE(block(clock.now() + 25min).duplicate) << "known already";
    EXPECT_EQ(desk->snapshot().lastSeq, before);
    block(clock.now() + 40min);
    ASSERT_EQ(alarms().size(), 1U) << "the same one says it";
    EXPECT_THAT(alarms()[0].title.text, HasSubstr("08:40"));
    EXPECT_EQ(alarms()[0].state, model::AlarmState::acknowledged);
    block(std::nullopt, "");
    EXPECT_THAT(alarms()[0].title.text, HasSubstr("at Old bridge; no way is left"));
}

TEST_F(WayBlockedTest, EndsWhenTheWayIsOpenAgain) {
    block(clock.now() + 25min);
    must(desk::RecordBlockedWay{id, std::nullopt, now().wordAt});
    ASSERT_EQ(alarms().size(), 1U);
    EXPECT_FALSE(alarms()[0].holds);
    EXPECT_FALSE(now().blocked);
}

TEST_F(WayBlockedTest, EndsWithAnotherWayTheArrivalAndTheRelease) {
    block(clock.now() + 25min);
    must(desk::ReplanAssignment{id, {}, base::Seconds(1'500), {}, {}, "bridge closed"});
    EXPECT_FALSE(now().blocked);
    clock.advance(6s);
    EXPECT_FALSE(alarms()[0].holds);
    block(std::nullopt);
    EXPECT_TRUE(alarms()[0].holds) << "the other one is closed, too";
    advance(AssignmentState::accepted);
    advance(AssignmentState::enRoute);
    EXPECT_TRUE(now().blocked);
    advance(AssignmentState::onScene);
    EXPECT_FALSE(now().blocked);
    clock.advance(6s);
    EXPECT_FALSE(alarms()[0].holds);
    EXPECT_TRUE(must(desk::RecordBlockedWay{id, std::nullopt, {}}).duplicate);
    block(std::nullopt);
    EXPECT_FALSE(now().blocked) << "it is there";
}

TEST_F(WayBlockedTest, WhatWasFoundOfAnotherWayCountsNoMore) {
    const auto before = now().wordAt;
    clock.advance(10s);
    must(desk::ReplanAssignment{id, {}, base::Seconds(1'500), {}, {}, "bridge closed"});
    model::BlockedWay way;
    way.closure = bridge;
    EXPECT_TRUE(must(desk::RecordBlockedWay{id, way, before}).entries.empty());
    EXPECT_FALSE(now().blocked);
    way.closure = ids.make<model::DrawingId>();
    EXPECT_EQ(run(desk::RecordBlockedWay{id, way, {}}).error().code, base::Code::notFound);
    way.closure = bridge;
    way.arrival = clock.now() + 24h * 30;
    EXPECT_EQ(run(desk::RecordBlockedWay{id, way, {}}).error().code, base::Code::outOfRange);
}

TEST_F(WayBlockedTest, IsShelvedAsOthersAreAndOutlivesARestart) {
    block(clock.now() + 25min);
    const auto alarm = alarms().at(0);
    must(desk::ShelveAlarms{{alarm.id}, clock.now() + 1h, "they wait at the bridge"});
    restart();
    ASSERT_EQ(alarms().size(), 1U);
    EXPECT_EQ(alarms()[0].state, model::AlarmState::shelved);
    EXPECT_TRUE(alarms()[0].holds);
    EXPECT_EQ(now().blocked->closure, bridge);
}

TEST_F(WayBlockedTest, WhoMustGoRoundIsLateOnlyAfterThat) {
    advance(AssignmentState::accepted);
    advance(AssignmentState::enRoute);
    block(clock.now() + 60min);
    clock.advance(50min); // ten, a third more, and five of grace are long over
    EXPECT_TRUE(DeskFixture::alarms("assignment-overdue").empty());
    clock.advance(16min);
    EXPECT_EQ(DeskFixture::alarms("assignment-overdue").size(), 1U);
}

TEST(BlockedWayJson, ComesBackAsItWasAndIsNotWrittenWhereThereIsNone) {
    model::Assignment one;
    EXPECT_FALSE(nlohmann::json(one).contains("blocked"));
    one.blocked.emplace();
    one.blocked->road = "Landstrasse";
    one.blocked->since = *base::parseTime("2026-11-20T08:00:00Z");
    EXPECT_EQ(nlohmann::json(one).get<model::Assignment>(), one);
}

} // namespace
} // namespace tocsin::test
