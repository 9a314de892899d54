#include "desk/alarm_fixture.hpp"

#include <algorithm>
#include <gmock/gmock.h>

using namespace tocsin;
using namespace tocsin::test;
using ::testing::HasSubstr;

namespace {

constexpr int hour = 3'600;

class ClockBehind : public AlarmFixture {
  protected:
    void late(int seconds, const std::string& sensor = "quiet") {
        clock.advance(std::chrono::minutes(5));
        send({reading(-seconds, 4, sensor)});
        tick();
    }
    void again() {
        clock.advance(std::chrono::seconds(70));
        tick();
    }
};

} // namespace

TEST_F(ClockBehind, WhatComesAsLateEachTimeIsAClockThatIsBehindAndNoSilence) {
    auto sensor = gauge("quiet");
    sensor.silentAfter = std::chrono::hours(1);
    must(desk::RegisterSensors{{sensor}});
    says("quiet", 3);
    for (int i = 0; i < 3; ++i)
        late(3 * hour);
    EXPECT_FALSE(alarmOf("clock-behind")) << "a few readings may be a backlog's";
    for (int i = 0; i < 24 * 12; ++i)
        late(3 * hour + i % 2 * 30); // the way takes its time
    EXPECT_FALSE(alarmOf("silence")) << "it speaks";
    const auto alarm = mustHave("clock-behind");
    EXPECT_EQ(alarm.sensor, model::SensorId("quiet"));
    EXPECT_DOUBLE_EQ(alarm.value, 3);
    EXPECT_EQ(alarm.repeats, 0) << "once";
    EXPECT_TRUE(alarm.holds);
    EXPECT_NE(alarm.kind, model::AlarmKind::sensorFault);
    EXPECT_THAT(alarm.title.text, HasSubstr("Clock behind"));
    EXPECT_THAT(alarm.title.text, HasSubstr("3 h"));
    EXPECT_THAT(alarm.title.in("zh_CN"), HasSubstr("落后"));
    EXPECT_FALSE(alarmOf("clock-ahead"));
    pass(std::chrono::minutes(75));
    EXPECT_TRUE(alarmOf("silence")) << "now it is silent, too";
    EXPECT_TRUE(mustHave("clock-behind").holds);
    says("quiet", 3.5);
    again();
    EXPECT_FALSE(mustHave("clock-behind").holds);
    EXPECT_FALSE(mustHave("silence").holds);
}

TEST_F(ClockBehind, AClockThatStoodYearsAgoIsToldToo) {
    must(desk::RegisterSensors{{gauge("quiet")}});
    for (int i = 0; i < 8; ++i)
        late(400 * 24 * hour);
    EXPECT_DOUBLE_EQ(mustHave("clock-behind").value, 400 * 24);
}

TEST_F(ClockBehind, ABacklogIsNone) {
    must(desk::RegisterSensors{{gauge("quiet"), gauge("bulk")}});
    for (int i = 0; i < 30; ++i) // what was gathered within ten hours, each half an hour of it in five minutes
        late(12 * hour - i * 25 * 60);
    EXPECT_FALSE(alarmOf("clock-behind"));
    for (int i = 0; i < 30; ++i) { // an old stock is told beside what is new
        clock.advance(std::chrono::minutes(5));
        send({reading(-5 * hour, 4, "bulk"), reading(0, 4, "bulk")});
        tick();
    }
    EXPECT_FALSE(alarmOf("clock-behind")) << "it says newer ones";
    for (int i = 0; i < 12; ++i) // each time later: it sends more slowly than it measures
        late(2 * hour + i * 4 * 60);
    EXPECT_FALSE(alarmOf("clock-behind"));
}

TEST_F(ClockBehind, ARetiredSensorsClockIsNobodysConcern) {
    must(desk::RegisterSensors{{gauge("quiet")}});
    for (int i = 0; i < 8; ++i)
        late(3 * hour);
    const auto id = mustHave("clock-behind").id;
    must(desk::RetireSensors{{model::SensorId("quiet")}, true, "dug up"});
    again();
    EXPECT_EQ(mustHave("clock-behind").id, id) << "none is raised anew";
    EXPECT_FALSE(mustHave("clock-behind").holds);
}

TEST_F(ClockBehind, WhereAllSensorsAreLateAlikeOneAlarmSaysSo) {
    std::vector<model::Sensor> sensors;
    for (int i = 0; i < 25; ++i) {
        sensors.push_back(gauge("g" + std::to_string(i)));
        sensors.back().name = sensors.back().id.value;
    }
    must(desk::RegisterSensors{sensors});
    const auto allSay = [&](int seconds) {
        clock.advance(std::chrono::minutes(5));
        std::vector<model::Reading> all;
        for (const auto& sensor : sensors)
            all.push_back(reading(-seconds, 4, sensor.id.value));
        send(all);
        tick();
    };
    const auto count = [&] {
        const auto state = desk->snapshot().state;
        return std::count_if(state.alarms.begin(), state.alarms.end(), [](const auto& one) { return one.second.rule == "clock-behind"; });
    };
    for (int i = 0; i < 8; ++i)
        allSay(8 * hour);
    EXPECT_EQ(count(), 1);
    const auto alarm = mustHave("clock-behind");
    EXPECT_EQ(alarm.source, "desk:clock");
    EXPECT_DOUBLE_EQ(alarm.value, 8);
    EXPECT_TRUE(alarm.holds);
    EXPECT_THAT(alarm.title.text, HasSubstr("25 sensors"));
    EXPECT_THAT(alarm.title.in("zh_CN"), HasSubstr("本台时钟"));
    allSay(0);
    again();
    EXPECT_FALSE(mustHave("clock-behind").holds);
    EXPECT_EQ(count(), 1) << "and none of any sensor";
}
