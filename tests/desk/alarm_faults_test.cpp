#include "desk/alarm_fixture.hpp"

#include <gmock/gmock.h>

// What a sensor at fault does to alarms over several sensors: they are muted where they would not stand without it.

using namespace tocsin;
using namespace tocsin::test;
using model::AlarmState;

namespace {

class AlarmFaults : public AlarmFixture {
  protected:
    /// Rain at "main", slopes at "p1" and "p2", any of four pumps; what says 5 or more is broken.
    void SetUp() override {
        AlarmFixture::SetUp();
        auto fault = rule("broken", "p1", model::Grade::IV);
        fault.condition = detect::Threshold{true, 5, 1};
        fault.kind = model::AlarmKind::sensorFault;
        for (const char* id : {"p2", "far", "tank"})
            fault.subject.sensors.emplace_back(id);
        auto slope = rule("slope", "p1", model::Grade::III);
        slope.subject.sensors.emplace_back("p2");
        auto many = rule("many", "p1", model::Grade::II);
        for (const char* id : {"p2", "far", "tank"})
            many.subject.sensors.emplace_back(id);
        many.condition = detect::Several{2, std::chrono::hours(1), {true, 1, 0.5}};
        own = {rule("rain", "main", model::Grade::III), slope, fault, many, together("landslide", {"rain", "slope"}),
               together("flood", {"rain", "many"})};
        restart();
    }
    static detect::Rule together(const std::string& id, std::vector<std::string> rules) {
        auto both = rule(id, "", model::Grade::I);
        both.subject.sensors.clear();
        both.condition = detect::Together{std::move(rules), {}, {}};
        return both;
    }
};

} // namespace

TEST_F(AlarmFaults, WhatNeedsABrokenSensorStandsOnNoOneLeg) {
    says("main", 1);
    says("p1", 1);
    ASSERT_EQ(stateOf("landslide"), AlarmState::unacknowledged);
    says("p1", 9);
    EXPECT_EQ(stateOf("landslide"), AlarmState::suppressed) << "the rain alone is no landslide";
    EXPECT_EQ(mustHave("landslide").suppressedBy, mustHave("broken").id);
    // Another slope says the same: the alarm stands on that one.
    says("p2", 1);
    EXPECT_EQ(stateOf("landslide"), AlarmState::unacknowledged);
    EXPECT_THAT(mustHave("landslide").sensors,
                ::testing::ElementsAre(model::SensorId("main"), model::SensorId("p2")));
    says("p2", 9);
    EXPECT_EQ(stateOf("landslide"), AlarmState::suppressed);
    says("p1", 1); // mended
    EXPECT_EQ(stateOf("landslide"), AlarmState::unacknowledged);
}

TEST_F(AlarmFaults, OneThatIsRaisedOnABrokenSensorIsMutedFromTheFirst) {
    says("p1", 9);
    const auto before = lastSeq();
    says("main", 1);
    EXPECT_EQ(stateOf("landslide"), AlarmState::suppressed);
    for (const auto& entry : entriesSince(before))
        EXPECT_NE(entry.type, "alarm.unsuppressed");
    restart();
    tick();
    EXPECT_EQ(stateOf("landslide"), AlarmState::suppressed);
}

TEST_F(AlarmFaults, ABrokenSensorDoesNotCountAmongSeveral) {
    says("p1", 1);
    says("p2", 1);
    ASSERT_EQ(stateOf("many"), AlarmState::unacknowledged);
    says("p1", 9);
    EXPECT_EQ(stateOf("many"), AlarmState::suppressed) << "one of two is believed";
    says("far", 1);
    EXPECT_EQ(stateOf("many"), AlarmState::unacknowledged) << "two of three are";
    says("far", 0);
    EXPECT_EQ(stateOf("many"), AlarmState::suppressed);
    says("p1", 1);
    EXPECT_EQ(stateOf("many"), AlarmState::unacknowledged);
}

TEST_F(AlarmFaults, AFaultThatIsShelvedHidesNothing) {
    says("p1", 1);
    says("p2", 1);
    says("p1", 9);
    ASSERT_EQ(stateOf("many"), AlarmState::suppressed);
    must(desk::ShelveAlarms{{mustHave("broken").id}, clock.now() + std::chrono::hours(1), "it is not"});
    EXPECT_EQ(stateOf("many"), AlarmState::unacknowledged);
}

TEST_F(AlarmFaults, WhatStandsOnSeveralStandsNoLongerThanThey) {
    says("main", 1);
    says("p1", 1);
    says("tank", 1);
    ASSERT_EQ(stateOf("flood"), AlarmState::unacknowledged);
    says("tank", 9);
    EXPECT_EQ(stateOf("many"), AlarmState::suppressed);
    EXPECT_EQ(stateOf("flood"), AlarmState::suppressed);
    says("far", 1);
    EXPECT_EQ(stateOf("many"), AlarmState::unacknowledged);
    EXPECT_EQ(stateOf("flood"), AlarmState::unacknowledged);
}
