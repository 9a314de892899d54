#include "desk/alarm_fixture.hpp"
#include "tocsin/model/json.hpp"

#include <gmock/gmock.h>

// A sensor that is no longer there: nothing rings for it, nothing of it is lost, and it can come back.

namespace {

using namespace tocsin;
using model::AlarmState;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Not;

class RetiredSensors : public test::AlarmFixture {
  protected:
    static model::SensorId named(const char* id) { return model::SensorId(id); }
    model::Sensor standing(const char* id) { return desk->snapshot().state.sensors.at(named(id)); }
    desk::Done retire(std::vector<model::SensorId> sensors, const std::string& why = "dismantled") {
        return must(desk::RetireSensors{std::move(sensors), true, why});
    }
    desk::Done bringBack(std::vector<model::SensorId> sensors) { return must(desk::RetireSensors{std::move(sensors), false, {}}); }
    /// What is stored of one, with its flags.
    std::vector<store::ReadingPoint> stored(const char* id) {
        auto readings = store::ReadingStore::open(folder.path() / "readings", store::Access::readOnly);
        EXPECT_TRUE(readings);
        auto points = (*readings)->range(named(id), base::Time::min(), base::Time::max(), 100);
        EXPECT_TRUE(points);
        return points.value_or(std::vector<store::ReadingPoint>{});
    }
};

TEST_F(RetiredSensors, ItsAlarmsAreClosedWithTheReasonAndWhatItSendsIsKeptAndRaisesNothing) {
    says("main", 1);
    ASSERT_EQ(stateOf("burst"), AlarmState::unacknowledged);
    const auto before = lastSeq();
    const auto done = retire({named("main")});
    EXPECT_EQ(done.entries.at(0).type, "sensor.retired");
    EXPECT_EQ(done.entries.at(0).actor, "M. Keller");
    EXPECT_EQ(done.entries.at(0).data.at("reason"), "dismantled");
    EXPECT_EQ(standing("main").retired, "dismantled");
    EXPECT_EQ(standing("main").retiredBy, "M. Keller");
    EXPECT_TRUE(standing("main").retiredSince);
    EXPECT_EQ(stateOf("burst"), AlarmState::normal) << "nobody need acknowledge it any more";
    const auto entries = entriesSince(before);
    ASSERT_GE(entries.size(), 2U);
    EXPECT_EQ(entries[1].type, "alarm.returned");
    EXPECT_EQ(entries[1].data.at("reason"), "sensor retired");
    const auto quiet = lastSeq();
    says("main", 0);
    says("main", 1);
    restart();
    says("main", 1.5);
    EXPECT_THAT(typesSince(quiet), ElementsAre());
    desk.reset();
    const auto points = stored("main");
    ASSERT_EQ(points.size(), 4U);
    EXPECT_EQ(points[0].flags, model::Reading::plain);
    for (std::size_t i = 1; i < points.size(); ++i)
        EXPECT_EQ(points[i].flags, model::Reading::ofRetired) << i;
}

TEST_F(RetiredSensors, WhoIsBackIsJudgedByItsNewestReadingAndItsReadingsAreBelievedAgain) {
    says("main", 1);
    retire({named("main")});
    says("main", 1);
    const auto back = bringBack({named("main")});
    EXPECT_EQ(back.entries.at(0).type, "sensor.brought-back");
    EXPECT_TRUE(standing("main").retired.empty());
    EXPECT_FALSE(standing("main").retiredSince);
    EXPECT_EQ(stateOf("burst"), AlarmState::unacknowledged) << "it is as it was";
    says("main", 0);
    EXPECT_EQ(stateOf("burst"), AlarmState::returnedUnacknowledged);
}

TEST_F(RetiredSensors, IsNotSilentAndHasTheWholeTimeAgainWhenItIsBack) {
    auto sensor = gauge("quiet");
    sensor.silentAfter = std::chrono::minutes(10);
    must(desk::RegisterSensors{{sensor}});
    says("quiet", 0);
    pass(std::chrono::minutes(15));
    ASSERT_EQ(stateOf("silence"), AlarmState::unacknowledged);
    retire({named("quiet")});
    EXPECT_EQ(stateOf("silence"), AlarmState::normal);
    const auto quiet = lastSeq();
    pass(std::chrono::minutes(30));
    EXPECT_THAT(typesSince(quiet), Not(Contains("alarm.raised")));
    EXPECT_EQ(stateOf("silence"), AlarmState::normal);
    bringBack({named("quiet")});
    pass(std::chrono::minutes(8));
    EXPECT_EQ(stateOf("silence"), AlarmState::normal) << "it has the whole time again";
    pass(std::chrono::minutes(4));
    EXPECT_EQ(stateOf("silence"), AlarmState::unacknowledged);
}

TEST_F(RetiredSensors, WhatIsSetAsideIsClosedToo) {
    says("main", 1);
    must(desk::ShelveAlarms{{mustHave("burst").id}, clock.now() + std::chrono::hours(1), "known"});
    retire({named("main")});
    EXPECT_EQ(stateOf("burst"), AlarmState::normal);
    EXPECT_FALSE(mustHave("burst").until);
    must(desk::RetireSensors{{named("main")}, false, "it was another one"});
    says("main", 0);
    says("main", 1);
    EXPECT_EQ(stateOf("burst"), AlarmState::unacknowledged);
}

TEST_F(RetiredSensors, SeveralAtOnceAreOneActAndThoseThatAreSoAlreadyArePassedOver) {
    retire({named("main")});
    const auto done = retire({named("main"), named("tank"), named("tank")}, "the works are closed");
    EXPECT_EQ(done.ids, std::vector<std::string>{"tank"});
    EXPECT_EQ(standing("main").retired, "dismantled") << "it keeps its own reason";
    EXPECT_EQ(run(desk::RetireSensors{{named("main"), named("tank")}, true, "again"}).error().code, base::Code::conflict);
    EXPECT_EQ(run(desk::RetireSensors{{named("lock")}, true, ""}).error().code, base::Code::refused) << "it wants a reason";
    EXPECT_EQ(run(desk::RetireSensors{{named("nobody")}, true, "x"}).error().code, base::Code::notFound);
    EXPECT_EQ(run(desk::RetireSensors{{}, true, "x"}).error().code, base::Code::refused);
    EXPECT_EQ(run(desk::RetireSensors{{named("lock")}, false, ""}).error().code, base::Code::conflict) << "it is in use";
    bringBack({named("main"), named("tank"), named("lock")});
    EXPECT_TRUE(standing("tank").retired.empty());
}

TEST_F(RetiredSensors, AnAlarmThatRestsOnOthersTooStandsAndOneOfRetiredOnesAloneIsClosedAndComesAnew) {
    auto two = rule("two", "main", model::Grade::II);
    two.subject.sensors = {named("main"), named("tank"), named("lock")};
    detect::Several several;
    several.k = 2;
    several.each = detect::Threshold{true, 1, 0.5};
    several.within = std::chrono::minutes(10);
    two.condition = several;
    own = std::vector{two};
    restart();
    says("main", 1);
    says("tank", 1);
    ASSERT_EQ(stateOf("two"), AlarmState::unacknowledged);
    retire({named("main")});
    EXPECT_EQ(stateOf("two"), AlarmState::unacknowledged) << "the tank still says so";
    retire({named("tank")});
    EXPECT_EQ(stateOf("two"), AlarmState::normal);
    bringBack({named("main"), named("tank")});
    says("main", 1);
    says("tank", 1);
    EXPECT_EQ(stateOf("two"), AlarmState::unacknowledged) << "the rule has begun anew";
}

TEST_F(RetiredSensors, TheRegisterAndFeedsLeaveItRetired) {
    retire({named("main")});
    auto edited = standing("main");
    edited.name = "Old main";
    edited.retired.clear();
    ASSERT_TRUE(run(desk::RegisterSensors{{edited}, std::vector{standing("main")}}));
    EXPECT_EQ(standing("main").name.text, "Old main");
    EXPECT_EQ(standing("main").retired, "dismantled");
    auto brought = gauge("ea-1");
    must(desk::TakeSensors{"ea", {brought}});
    retire({named("ea-1")});
    must(desk::SetSensorService{named("ea-1"), false, "broken"});
    brought.name = "Weir";
    must(desk::TakeSensors{"ea", {brought}});
    EXPECT_EQ(standing("ea-1").name.text, "Weir");
    EXPECT_EQ(standing("ea-1").retired, "dismantled");
    EXPECT_EQ(standing("ea-1").outOfService, "broken");
}

TEST(RetiredSensorJson, AnOldEntryKnowsNothingOfItAndIsInUse) {
    model::Sensor sensor;
    sensor.id = model::SensorId("a");
    sensor.name = "A";
    const nlohmann::json old = sensor;
    EXPECT_FALSE(old.contains("retired"));
    EXPECT_EQ(old.get<model::Sensor>(), sensor);
    sensor.retired = "gone";
    sensor.retiredBy = "M. Keller";
    sensor.retiredSince = *base::parseTime("2026-11-20T08:00:00Z");
    EXPECT_EQ(nlohmann::json(sensor).get<model::Sensor>(), sensor);
}

} // namespace
