#include "desk/alarm_fixture.hpp"

#include <gmock/gmock.h>

using namespace tocsin;
using namespace tocsin::test;

namespace {

class AlarmLimits : public AlarmFixture {
  protected:
    void useCondition(detect::Condition condition, const std::string& sensor) {
        auto one = rule("limited", sensor, model::Grade::III);
        one.condition = std::move(condition);
        own = std::vector{one};
        restart();
    }
    void registerRain() {
        auto rain = gauge("rain-1");
        rain.name = std::string("Rain");
        rain.kind = model::SensorKind::rain;
        rain.unit = "mm/h";
        rain.highest = 200;
        must(desk::RegisterSensors{{rain}});
    }
    void rains(double rate) {
        clock.advance(std::chrono::minutes(10));
        send({reading(0, rate, "rain-1", "mm/h")});
    }
};

} // namespace

TEST_F(AlarmLimits, AThresholdIsTheAlarmsLimitAlsoWhereItIsZero) {
    useCondition(detect::Threshold{false, 0, 0.5}, "tank");
    says("tank", 0);
    EXPECT_EQ(mustHave("limited").threshold, 0.0);
    restart();
    EXPECT_EQ(mustHave("limited").threshold, 0.0);
}

TEST_F(AlarmLimits, ARateHasNone) {
    useCondition(detect::Rate{2, std::chrono::minutes(10)}, "tank");
    says("tank", 0);
    says("tank", 5);
    EXPECT_EQ(mustHave("limited").threshold, std::nullopt);
}

TEST_F(AlarmLimits, RainWithinHoursIsASumInItsOwnUnit) {
    registerRain();
    useCondition(detect::Accumulated{5, std::chrono::hours(1)}, "rain-1");
    for (int i = 0; i < 4; ++i)
        rains(30);
    const auto alarm = mustHave("limited");
    EXPECT_EQ(alarm.over, std::chrono::hours(1));
    EXPECT_EQ(alarm.unit, "mm");
    EXPECT_EQ(alarm.threshold, 5.0);
    EXPECT_GT(alarm.value, 4.99);
    EXPECT_THAT(alarm.title.text, testing::MatchesRegex("Rain says [0-9.]+ mm"));
}

TEST_F(AlarmLimits, WhereTheSoilIsUnknownTheLesserLimitIsNamedAndTheAlarmSaysWhy) {
    registerRain();
    detect::Accumulated condition{50, std::chrono::hours(1)};
    condition.soil = model::SensorId("tank");
    condition.wet = 3;
    condition.amountWhenWet = 5;
    auto rain = rule("limited", "rain-1", model::Grade::III);
    rain.condition = condition;
    auto broken = rule("broken", "tank", model::Grade::IV);
    detect::Implausible implausible;
    implausible.highest = 10;
    broken.condition = implausible;
    broken.kind = model::AlarmKind::sensorFault;
    own = std::vector{rain, broken};
    restart();
    says("tank", 0);
    says("tank", 11);
    says("tank", 0); // dry, says a sensor that is at fault
    ASSERT_TRUE(mustHave("broken").holds);
    for (int i = 0; i < 4; ++i)
        rains(30);
    const auto alarm = mustHave("limited");
    EXPECT_EQ(alarm.threshold, 5.0);
    EXPECT_THAT(alarm.title.text, testing::EndsWith("(soil unknown)"));
}

TEST_F(AlarmLimits, OnWetSoilTheLesserLimitIsNamed) {
    registerRain();
    detect::Accumulated condition{50, std::chrono::hours(1)};
    condition.soil = model::SensorId("tank");
    condition.wet = 3;
    condition.amountWhenWet = 5;
    useCondition(condition, "rain-1");
    says("tank", 4);
    for (int i = 0; i < 4; ++i)
        rains(30);
    EXPECT_EQ(mustHave("limited").threshold, 5.0);
}
