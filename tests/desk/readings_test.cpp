#include "desk/desk_fixture.hpp"

#include <gmock/gmock.h>

using namespace tocsin;
using namespace tocsin::test;
using model::AlarmState;

namespace {

class DeskReadings : public DeskFixture {
  protected:
    void SetUp() override {
        DeskFixture::SetUp();
        must(desk::RegisterSensors{{gauge()}});
    }
    /// The alarm of a rule, whatever its state.
    std::optional<model::Alarm> alarmOf(const std::string& rule) {
        for (const auto& [id, alarm] : desk->snapshot().state.alarms) {
            if (alarm.rule == rule)
                return alarm;
        }
        return std::nullopt;
    }
};

} // namespace

TEST_F(DeskReadings, AReadingOverTheThresholdRaisesAnAlarmThatNamesWhatItSaw) {
    send({reading(0, 3.2), reading(10, 3.4), reading(20, 4.2)});
    const auto alarm = alarmOf("river-high");
    ASSERT_TRUE(alarm);
    EXPECT_EQ(alarm->state, AlarmState::unacknowledged);
    EXPECT_EQ(alarm->severity, model::Grade::II);
    EXPECT_EQ(alarm->title.text, "Rhine at Vaduz is high");
    EXPECT_EQ(alarm->title.in("zh_CN"), "莱茵河瓦杜兹水位高");
    EXPECT_DOUBLE_EQ(alarm->value, 4.2);
    ASSERT_FALSE(alarm->saw.empty());
    EXPECT_DOUBLE_EQ(alarm->saw.back().value, 4.2);
}

TEST_F(DeskReadings, TheAlarmsLifeFollowsIsa182) {
    send({reading(0, 4.2)});
    send({reading(10, 3.9)}); // within the hysteresis: stands
    EXPECT_EQ(alarmOf("river-high")->state, AlarmState::unacknowledged);
    send({reading(20, 3.7)});
    EXPECT_EQ(alarmOf("river-high")->state, AlarmState::returnedUnacknowledged);
    send({reading(30, 4.3)}); // again, before anybody saw it: the same alarm
    EXPECT_EQ(alarmOf("river-high")->state, AlarmState::unacknowledged);
    const auto id = alarmOf("river-high")->id;
    must(desk::AcknowledgeAlarm{id});
    EXPECT_EQ(alarmOf("river-high")->state, AlarmState::acknowledged);
    EXPECT_EQ(alarmOf("river-high")->acknowledgedBy, "M. Keller");
    auto again = run(desk::AcknowledgeAlarm{id});
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, base::Code::conflict);
    send({reading(40, 3.0)});
    EXPECT_EQ(alarmOf("river-high")->state, AlarmState::normal);
    EXPECT_EQ(desk->snapshot().state.alarms.size(), 1U);
}

TEST_F(DeskReadings, ADelayIsMeasuredByReadingTimeAndSurvivesARestart) {
    send({reading(0, 3.6), reading(30, 3.6)});
    EXPECT_FALSE(alarmOf("river-long"));
    restart();
    EXPECT_FALSE(alarmOf("river-long"));
    send({reading(61, 3.6)});
    ASSERT_TRUE(alarmOf("river-long"));
}

TEST_F(DeskReadings, AnAlarmLostInACrashBetweenReadingAndJournalIsRaisedAtTheNextStart) {
    desk.reset();
    {
        auto readings = store::ReadingStore::open(folder.path() / "readings", store::Access::readWrite);
        ASSERT_TRUE(readings);
        const std::vector<model::Reading> over{reading(0, 4.5)};
        ASSERT_TRUE((*readings)->append(over));
    }
    start();
    must(desk::WriteNote{"first turn", {}});
    ASSERT_TRUE(alarmOf("river-high"));
    EXPECT_EQ(alarmOf("river-high")->state, AlarmState::unacknowledged);
    // And a second start does not raise it again.
    must(desk::AcknowledgeAlarm{alarmOf("river-high")->id});
    restart();
    must(desk::WriteNote{"second turn", {}});
    EXPECT_EQ(alarmOf("river-high")->state, AlarmState::acknowledged);
    EXPECT_EQ(desk->snapshot().state.alarms.size(), 1U);
}

TEST_F(DeskReadings, TheSameReadingTwiceIsADuplicateAndAnotherValueGoesToQuarantine) {
    auto done = send({reading(0, 3.2), reading(0, 3.2), reading(0, 3.3)});
    EXPECT_EQ(done.stored, 1U);
    EXPECT_EQ(done.duplicates, 1U);
    EXPECT_EQ(done.quarantined, 1U);
    EXPECT_EQ(desk->snapshot().quarantined, 1);
}

TEST_F(DeskReadings, UnknownSensorsWrongUnitsAndImpossibleValuesGoToQuarantine) {
    auto done =
        send({reading(0, 3.2, "nobody"), reading(1, 3.2, "rhine-vaduz", "kg"), reading(2, 99.0),
              reading(3, 321, "rhine-vaduz", "cm"), reading(2 * 366 * 86'400, 3.0), reading(-40 * 366 * 86'400, 3.0)});
    EXPECT_EQ(done.stored, 1U);
    EXPECT_EQ(done.quarantined, 5U);
    EXPECT_DOUBLE_EQ(desk->snapshot().sensors.at(model::SensorId("rhine-vaduz")).value, 3.21);
}

TEST_F(DeskReadings, OldAndFarFutureReadingsAreKeptButSetOffNothing) {
    send({reading(100, 3.0)});
    auto done = send({reading(50, 5.0), reading(40 * 3600, 6.0)});
    EXPECT_EQ(done.stored, 2U);
    EXPECT_TRUE(desk->snapshot().state.alarms.empty());
    EXPECT_DOUBLE_EQ(desk->snapshot().sensors.at(model::SensorId("rhine-vaduz")).value, 3.0);
}

TEST_F(DeskReadings, RebuiltTablesEqualTheLiveOnesAfterALongRandomRun) {
    const int refused = randomDuty(1500);
    EXPECT_GT(refused, 50) << "the run should meet refusals too";
    const auto live = desk->snapshot().state;
    desk.reset();
    auto store = store::Store::open(folder.path() / "tocsin.db", store::Access::readWrite);
    ASSERT_TRUE(store);
    const auto before = (*store)->projectionDigest();
    ASSERT_TRUE(before);
    ASSERT_TRUE((*store)->rebuild());
    EXPECT_EQ(*before, (*store)->projectionDigest().value());
    const auto again = (*store)->loadState();
    ASSERT_TRUE(again);
    EXPECT_TRUE(*again == live);
    const auto fault = (*store)->verify();
    ASSERT_TRUE(fault);
    EXPECT_FALSE(*fault) << (*fault)->reason;
}
