#include "detect/scene.hpp"

// What a broken sensor says is remembered by no rule that looks back.

namespace tocsin::detect {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

Rule cannotBe(double jump, minutes within = minutes{10}) {
    Implausible condition;
    condition.jump = jump;
    condition.within = within;
    return ruleOf("fault", condition);
}

TEST(Faults, aSpikeOfRainIsNoRain) {
    Implausible condition;
    condition.highest = 200;
    const std::vector rules{ruleOf("fault", condition), ruleOf("sum", Accumulated{10, hours{1}})};
    Player p(rules, {sensorOf("s", model::SensorKind::rain, "mm/h")});
    for (int minute = 0; minute <= 20; minute += 5)
        EXPECT_EQ(p.take(minute, 0.2), "");
    EXPECT_EQ(p.take(25, 290), "raise fault");
    EXPECT_EQ(p.take(30, 0.2), "");
    EXPECT_EQ(p.take(35, 0.2), "");
    EXPECT_EQ(p.take(40, 0.2), "return fault");
    for (int minute = 45; minute <= 120; minute += 5)
        EXPECT_EQ(p.take(minute, 0.2), "") << minute;
    for (int minute = 125; minute <= 140; minute += 5)
        EXPECT_EQ(p.take(minute, 30), "") << minute;
    EXPECT_EQ(p.take(145, 30), "raise sum") << "true rain counts";
}

TEST(Faults, whatEndsAFaultIsNotLost) {
    Implausible condition;
    condition.highest = 100;
    const std::vector rules{ruleOf("fault", condition), ruleOf("sum", Accumulated{10, hours{1}})};
    Player p(rules, {sensorOf("s", model::SensorKind::rain, "mm")});
    EXPECT_EQ(p.take(0, 0), "");
    EXPECT_EQ(p.take(5, 300), "raise fault");
    EXPECT_EQ(p.take(10, 4), "");
    EXPECT_EQ(p.take(15, 4), "");
    EXPECT_EQ(p.take(15, 4), "") << "told again it has not rained again";
    EXPECT_EQ(p.take(20, 4), "return fault; raise sum") << "twelve in a quarter of an hour";
}

TEST(Faults, whatIsCorrectedMeanwhileCountsAsItWasCorrected) {
    Implausible condition;
    condition.highest = 100;
    const std::vector rules{ruleOf("fault", condition), ruleOf("sum", Accumulated{10, hours{1}})};
    Player p(rules, {sensorOf("s", model::SensorKind::rain, "mm")});
    EXPECT_EQ(p.take(5, 300), "raise fault");
    EXPECT_EQ(p.take(10, 4), "");
    EXPECT_EQ(p.take(10, 1), "");
    EXPECT_EQ(p.take(15, 4), "");
    EXPECT_EQ(p.take(20, 4), "return fault");
    EXPECT_EQ(p.take(25, 1), "raise sum");
    EXPECT_NEAR(p.last[0].value, 10, 1e-6);
}

TEST(Faults, whatCameBeforeAnotherImpossibleValueIs) {
    Implausible condition;
    condition.highest = 100;
    const std::vector rules{ruleOf("fault", condition), ruleOf("sum", Accumulated{10, hours{1}})};
    Player p(rules, {sensorOf("s", model::SensorKind::rain, "mm")});
    EXPECT_EQ(p.take(0, 300), "raise fault");
    EXPECT_EQ(p.take(5, 6), "");
    EXPECT_EQ(p.take(10, 6), "");
    EXPECT_EQ(p.take(15, 300), "");
    EXPECT_EQ(p.take(20, 1), "");
    EXPECT_EQ(p.take(25, 1), "");
    EXPECT_EQ(p.take(30, 1), "return fault");
    EXPECT_EQ(p.take(35, 8), "raise sum");
    EXPECT_NEAR(p.last[0].value, 11, 1e-6);
}

TEST(Faults, aForecastGoesOnOverASpike) {
    Player p({cannotBe(3), ruleOf("forecast", Crossing{true, 7.5, hours{3}, hours{1}})});
    bool raised = false;
    for (int minute = 0; minute <= 300; minute += 5) {
        const double level = 4 + minute / 120.0; // half a metre an hour, 7.5 at minute 420
        const bool spike = minute == 260;
        const auto said = p.take(minute, level + (spike ? 3.6 : 0));
        for (const auto& conclusion : p.last) {
            if (conclusion.rule->id != "forecast")
                continue;
            EXPECT_NE(conclusion.what, Conclusion::What::returnToNormal) << minute;
            ASSERT_TRUE(conclusion.forecast) << minute;
            EXPECT_NEAR(minutesOf(conclusion.forecast->reaches), 420, 10) << minute;
            EXPECT_LT(conclusion.value, 7) << minute;
            raised = true;
        }
        EXPECT_EQ(said.find("raise fault") != std::string::npos, spike) << minute;
    }
    EXPECT_TRUE(raised);
    EXPECT_EQ(p.detector.standing(), (std::vector<Standing>{{"forecast", model::SensorId("s"), ""}}));
}

TEST(Faults, aSpikeIsNoRiseAndNoFall) {
    Player p({ruleOf("rise", Rate{1, minutes{30}}), ruleOf("fall", Rate{-1, minutes{30}}), cannotBe(3)});
    EXPECT_EQ(p.take(0, 4), "");
    EXPECT_EQ(p.take(5, 4.1), "");
    EXPECT_EQ(p.take(10, 9.9), "raise fault");
    EXPECT_EQ(p.take(15, 4.2), "") << "back is a jump as well";
    EXPECT_EQ(p.take(20, 4.3), "");
    EXPECT_EQ(p.take(25, 4.4), "");
    EXPECT_EQ(p.take(29, 5.05), "raise rise; return fault") << "since minute 0, with what was held back";
}

TEST(Faults, whatIsUsualIsNotLearnedFromThem) {
    Player p({ruleOf("unusual", Unusual{true, false, 3, 0.5, 3}), cannotBe(3)});
    for (int day = 0; day < 6; ++day) {
        for (int minute = 0; minute < 60; minute += 5) {
            const double wrong = day == 4 && minute == 30 ? 50 : 0;
            const auto said = p.take(day * 1440 + minute, 2 + wrong);
            EXPECT_EQ(said.find("unusual"), std::string::npos) << said;
        }
    }
    EXPECT_EQ(p.take(6 * 1440, 4), "raise unusual") << "fifty would have made it usual to be anywhere";
}

TEST(Faults, aStuckGaugeRainsNoMore) {
    const std::vector rules{ruleOf("stuck", Stuck{minutes{30}, 0.01}), ruleOf("sum", Accumulated{10, hours{2}})};
    Player p(rules, {sensorOf("s", model::SensorKind::rain, "mm/h")});
    std::string said;
    for (int minute = 0; minute <= 300; minute += 5)
        said += p.take(minute, 8);
    EXPECT_EQ(said, "raise stuck");
    EXPECT_EQ(p.take(305, 7), "return stuck");
    EXPECT_EQ(p.take(310, 6), "");
}

TEST(Faults, thresholdsAreJudgedAllTheSame) {
    Player p({cannotBe(3), ruleOf("level", Threshold{true, 8, 0.1}), ruleOf("many", Several{1, minutes{5}, {true, 8}})});
    EXPECT_EQ(p.take(0, 4), "");
    EXPECT_EQ(p.take(5, 9), "raise fault; raise level; raise many") << "whoever reads them is told that it is at fault";
    EXPECT_EQ(p.take(10, 4), "return level; return many");
}

TEST(Faults, withoutARuleThatSaysSoEverythingIsBelieved) {
    Player p({ruleOf("rise", Rate{1, minutes{30}})});
    EXPECT_EQ(p.take(0, 4), "");
    EXPECT_EQ(p.take(5, 99), "raise rise");
}

TEST(Faults, aRestartReadsAsFarBackAsBothNeed) {
    Player p({ruleOf("rise", Rate{1, minutes{30}}), cannotBe(3)});
    EXPECT_EQ(p.detector.memoryOf(model::SensorId("s")), minutes{40});
}

} // namespace
} // namespace tocsin::detect
