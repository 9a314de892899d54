#include "detect/scene.hpp"

#include <limits>

namespace tocsin::detect {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using What = Conclusion::What;

TEST(ThresholdCount, needsSoManyReadingsInARow) {
    Player p({ruleOf("r", Threshold{true, 5, 0, minutes{0}, 3})});
    EXPECT_EQ(p.take(0, 6), "");
    EXPECT_EQ(p.take(1, 6), "");
    EXPECT_EQ(p.take(2, 4), "");
    EXPECT_EQ(p.take(3, 6), "");
    EXPECT_EQ(p.take(4, 6), "");
    EXPECT_EQ(p.take(5, 6), "raise r");
    EXPECT_EQ(p.last[0].since, atMinute(3));
    EXPECT_EQ(p.last[0].saw.size(), 3U);
    EXPECT_EQ(p.take(6, 4), "return r");
}

TEST(ThresholdCount, aReadingToldAgainIsNoFurtherOne) {
    Player p({ruleOf("r", Threshold{true, 5, 0, minutes{0}, 2})});
    EXPECT_EQ(p.take(0, 6), "");
    EXPECT_EQ(p.take(0, 6), "");
    EXPECT_EQ(p.take(1, 6), "raise r");
    EXPECT_EQ(p.last[0].saw.size(), 2U);
}

TEST(ThresholdCount, andTheDelayAsWell) {
    Player p({ruleOf("r", Threshold{true, 5, 0, minutes{10}, 2})});
    EXPECT_EQ(p.take(0, 6), "");
    EXPECT_EQ(p.take(1, 6), "");
    EXPECT_EQ(p.take(10, 6), "raise r");
}

TEST(RateRule, firesAtARiseWithinTheTimeAndEndsUnderHalfOfIt) {
    Player p({ruleOf("r", Rate{0.3, minutes{30}})});
    EXPECT_EQ(p.take(0, 4.1), "");
    EXPECT_EQ(p.take(20, 4.2), "");
    EXPECT_EQ(p.take(30, 4.4), "raise r"); // from 4.1 exactly within the window
    EXPECT_EQ(p.last[0].saw, (std::vector<model::ReadingSeen>{{atMinute(0), 4.1}, {atMinute(30), 4.4}}));
    EXPECT_EQ(p.take(40, 4.4), ""); // 0.2 since minute 20
    EXPECT_EQ(p.take(55, 4.42), "return r");
    EXPECT_EQ(p.take(56, 4.0), ""); // a fall is no rise
}

TEST(RateRule, orAtAFall) {
    Player p({ruleOf("r", Rate{-2, minutes{10}})});
    EXPECT_EQ(p.take(0, 10), "");
    EXPECT_EQ(p.take(5, 9), "");
    EXPECT_EQ(p.take(9, 8), "raise r");
    EXPECT_EQ(p.take(10, 8), "");
    EXPECT_EQ(p.take(14, 8), ""); // 1 below minute 5
    EXPECT_EQ(p.take(20, 8), "return r");
}

TEST(RateRule, aSlowRiseIsNone) {
    Player p({ruleOf("r", Rate{1, minutes{60}})});
    for (int minute = 0; minute < 2'000; minute += 10)
        EXPECT_EQ(p.take(minute, minute * 0.015), "") << minute;
}

TEST(RateRule, aLateReadingAndOneThatIsNoNumberChangeNothing) {
    Player p({ruleOf("r", Rate{1, minutes{60}})});
    EXPECT_EQ(p.take(10, 5), "");
    EXPECT_EQ(p.take(5, 1), "");
    EXPECT_EQ(p.take(11, std::nan("")), "");
    EXPECT_EQ(p.take(12, -std::numeric_limits<double>::infinity()), "");
    EXPECT_EQ(p.take(13, 5.5), "");
}

/// A sine over the day with a little noise: every 30 minutes.
double usual(int minute) {
    return 10 + 5 * std::sin(minute / 1440.0 * 6.283185307) + 0.2 * ((minute * 7919) % 13 - 6) / 6.0;
}

TEST(UnusualRule, learnsTheHoursAndFiresAtWhatIsNotUsual) {
    Player p({ruleOf("r", Unusual{true, true, 4, 0.8, 3})});
    int minute = 0;
    for (; minute < 8 * 1440; minute += 30)
        EXPECT_EQ(p.take(minute, usual(minute)), "") << minute;
    EXPECT_EQ(p.take(minute, usual(minute) + 3), "raise r");
    EXPECT_EQ(p.take(minute + 30, usual(minute + 30) + 3), "");
    EXPECT_EQ(p.take(minute + 60, usual(minute + 60)), "return r");
    EXPECT_EQ(p.take(minute + 90, usual(minute + 90) - 3), "raise r");
}

TEST(UnusualRule, saysNothingBeforeItHasSeenTheHourOnEnoughDays) {
    Player p({ruleOf("r", Unusual{true, true, 3, 0.1, 3})});
    for (int day = 0; day < 3; ++day)
        for (int i = 0; i < 30; ++i)
            EXPECT_EQ(p.take(day * 1440 + i, i % 2 == 0 ? 1 : 1.01), "");
    EXPECT_EQ(p.take(3 * 1440 + 120, 99), ""); // another hour of the day
    EXPECT_EQ(p.take(4 * 1440, 99), "raise r");
}

TEST(UnusualRule, mayLookToOneSideAndLearnsNothingWhileRaised) {
    Player p({ruleOf("r", Unusual{true, false, 3, 0.5, 3, 0})});
    for (int day = 0; day < 5; ++day)
        EXPECT_EQ(p.take(day * 1440, 2), "");
    EXPECT_EQ(p.take(5 * 1440, 0), ""); // far below, and learned
    EXPECT_EQ(p.take(6 * 1440, 9), "raise r");
    for (int day = 7; day < 30; ++day)
        EXPECT_EQ(p.take(day * 1440, 9), "") << day;
    EXPECT_EQ(p.take(30 * 1440, 2), "return r");
}

TEST(UnusualRule, whatHasStoodForAWeekIsUsualFromThenOn) {
    Player p({ruleOf("r", Unusual{true, true, 3, 0.5, 3, 7})});
    for (int day = 0; day < 5; ++day)
        EXPECT_EQ(p.take(day * 1440, 2), "");
    EXPECT_EQ(p.take(5 * 1440, 9), "raise r");
    for (int day = 6; day < 13; ++day)
        EXPECT_EQ(p.take(day * 1440, 9), "") << day;
    EXPECT_EQ(p.take(13 * 1440, 9), "return r");
    EXPECT_EQ(p.take(14 * 1440, 9), "");
    EXPECT_EQ(p.take(15 * 1440, 2), "raise r") << "now that is unusual";
    EXPECT_EQ(p.take(16 * 1440, 9), "return r");
}

TEST(CrossingRule, saysWhenAStraightRiseReachesTheThreshold) {
    Player p({ruleOf("r", Crossing{true, 7, hours{3}, hours{1}})});
    std::string words;
    double raisedAt = -1;
    for (int minute = 0; minute <= 240 && raisedAt < 0; minute += 5) {
        const double noise = 0.005 * ((minute * 31) % 7 - 3);
        if (p.take(minute, 4 + minute * 0.01 + noise) == "raise r")
            raisedAt = minute;
    }
    // 7 is reached at minute 300: within three hours from minute 120 on.
    EXPECT_NEAR(raisedAt, 120, 10);
    ASSERT_TRUE(p.last.at(0).forecast);
    EXPECT_NEAR(minutesOf(p.last[0].forecast->reaches), 300, 12);
    const double plusMinus = std::chrono::duration<double>(p.last[0].forecast->plusMinus).count() / 60;
    EXPECT_GT(plusMinus, 0.5);
    EXPECT_LT(plusMinus, 40);
    EXPECT_LE(p.last[0].saw.size(), 16U);
}

TEST(CrossingRule, saysSoWhenTheForecastMoves) {
    Player p({ruleOf("r", Crossing{true, 7, hours{6}, hours{1}})});
    for (int minute = 0; minute <= 60; minute += 5)
        p.take(minute, 4 + minute * 0.01);
    EXPECT_EQ(p.take(65, 4.65), "");
    std::vector<double> moves;
    for (int minute = 70; minute <= 130; minute += 5) { // twice as fast
        if (p.take(minute, 4.65 + (minute - 65) * 0.02) == "update r")
            moves.push_back(minutesOf(p.last[0].forecast->reaches));
    }
    ASSERT_FALSE(moves.empty());
    EXPECT_LE(moves.size(), 13U);
    EXPECT_NEAR(moves.back(), 65 + (7 - 4.65) / 0.02, 6);
    // Then it stays: after three readings that lead nowhere it is over.
    std::string words;
    for (int minute = 135; minute <= 300 && words.empty(); minute += 5) {
        words = p.take(minute, 5.9);
        if (words == "update r")
            words.clear();
    }
    EXPECT_EQ(words, "return r");
}

TEST(CrossingRule, forecastsNothingMoreOnceTheThresholdIsReached) {
    Player p({ruleOf("r", Crossing{true, 7, hours{6}, hours{1}})});
    bool raised = false;
    for (int minute = 0; minute <= 295; minute += 5)
        raised = p.take(minute, 4 + minute * 0.01) == "raise r" || raised;
    ASSERT_TRUE(raised);
    EXPECT_EQ(p.take(299.9, 6.995), "");
    EXPECT_EQ(p.take(300, 7.01), "update r") << "at once, though it is one point with the reading before it";
    EXPECT_FALSE(p.last[0].forecast);
    EXPECT_EQ(p.last[0].value, 7.01);
    EXPECT_EQ(p.take(305, 7.05), "") << "that has been said";
    EXPECT_EQ(p.take(310, 6.99), "") << "it trembles about it";
    EXPECT_EQ(p.take(315, 7.1), "");
}

TEST(CrossingRule, aRiverThatStandsWithNoiseIsForecastNothing) {
    Player p({ruleOf("r", Crossing{true, 4.2, hours{6}, hours{1}})});
    unsigned seed = 1;
    int raised = 0;
    for (int minute = 0; minute < 20'000; minute += 5) {
        seed = seed * 1'664'525U + 1'013'904'223U;
        raised +=
            p.take(minute, 4 + 0.02 * (static_cast<double>(seed >> 8U) / 16'777'216.0 - 0.5)) == "raise r" ? 1 : 0;
    }
    EXPECT_LE(raised, 8) << "of 4,000 readings"; // three standard errors: by chance one in some hundreds
}

TEST(CrossingRule, aRecessionIsBentTowardsItsBase) {
    const auto level = [](int minute) { return 2 + 3 * std::exp(-minute / 120.0); };
    Player p({ruleOf("r", Crossing{false, 2.5, hours{6}, hours{2}, Crossing::Fit::recession})});
    const double truth = 120 * std::log(3 / 0.5); // minute 215; a straight line would say so far too early
    double said = -1;
    for (int minute = 0; minute <= 200; minute += 5) {
        p.take(minute, level(minute));
        if (!p.last.empty() && p.last[0].forecast) {
            said = minutesOf(p.last[0].forecast->reaches);
            break;
        }
    }
    EXPECT_NEAR(said, truth, 8);
}

TEST(CrossingRule, aRecessionWhoseBaseLiesShortOfItNeverGetsThere) {
    Player p({ruleOf("r", Crossing{false, 1.5, hours{24}, hours{2}, Crossing::Fit::recession})});
    for (int minute = 0; minute <= 600; minute += 5)
        EXPECT_EQ(p.take(minute, 2 + 3 * std::exp(-minute / 60.0)), "") << minute;
}

TEST(StuckRule, firesWhenNothingChangesForSoLong) {
    Player p({ruleOf("r", Stuck{hours{2}, 0.01})});
    EXPECT_EQ(p.take(0, 4.2), "");
    EXPECT_EQ(p.take(60, 4.205), "");
    EXPECT_EQ(p.take(119, 4.2), "");
    EXPECT_EQ(p.take(120, 4.21), "raise r");
    EXPECT_EQ(p.last[0].since, atMinute(0));
    EXPECT_EQ(p.take(130, 4.2), "");
    EXPECT_EQ(p.take(140, 4.22), "return r");
    EXPECT_EQ(p.take(400, 4.22), ""); // two readings with a gap between say nothing
    EXPECT_EQ(p.take(401, 4.22), "raise r");
}

TEST(ImplausibleRule, firesAtOnceAndEndsAfterThreePlausibleReadings) {
    Implausible condition;
    condition.lowest = 0;
    condition.highest = 10;
    condition.jump = 2;
    Player p({ruleOf("r", condition)});
    EXPECT_EQ(p.take(0, 5), "");
    EXPECT_EQ(p.take(1, 8), "raise r");
    EXPECT_EQ(p.last[0].saw.size(), 2U);
    EXPECT_EQ(p.take(2, 8), "");
    EXPECT_EQ(p.take(3, 8), "");
    EXPECT_EQ(p.take(4, 11), ""); // outside again
    EXPECT_EQ(p.take(5, 9), "");
    EXPECT_EQ(p.take(6, 9), "");
    EXPECT_EQ(p.take(7, 9), "return r");
    EXPECT_EQ(p.take(30, 1), ""); // longer than `within` after: no jump
    EXPECT_EQ(p.take(31, -1), "raise r");
}

TEST(SilentRule, isJudgedByTheDesksClock) {
    Player p({ruleOf("r", Silent{minutes{30}})});
    EXPECT_EQ(p.tick(0), "");
    EXPECT_EQ(p.take(-500, 1), ""); // an old reading is a sign of life all the same
    for (int minute = 5; minute < 35; minute += 5)
        EXPECT_EQ(p.tick(minute), "") << minute;
    EXPECT_EQ(p.tick(35), "raise r");
    EXPECT_EQ(p.last[0].sensor, model::SensorId("s"));
    EXPECT_EQ(p.last[0].since, atMinute(5));
    EXPECT_EQ(p.tick(40), "");
    p.detector.heard(model::SensorId("s"));
    EXPECT_EQ(p.tick(41), "return r");
    EXPECT_EQ(p.tick(42), "");
}

TEST(SilentRule, aClockThatJumpsGivesTheWholeTimeAgain) {
    Player p({ruleOf("r", Silent{minutes{30}})});
    EXPECT_EQ(p.tick(0), "");
    EXPECT_EQ(p.tick(600), ""); // ten hours at once
    EXPECT_EQ(p.tick(300), ""); // and back
    for (int minute = 305; minute < 330; minute += 5)
        EXPECT_EQ(p.tick(minute), "") << minute;
    EXPECT_EQ(p.tick(330), "raise r");
    EXPECT_EQ(p.tick(3'000), ""); // only a sign of life ends it
}

TEST(SeveralRule, needsKOfThemWithinTheTime) {
    Player p({ruleOf("r", Several{2, minutes{10}, {true, 4, 1}}, {"a", "b", "c"})});
    EXPECT_EQ(p.take(0, 5, "a"), "");
    EXPECT_EQ(p.take(11, 5, "b"), ""); // a's reading is too old
    EXPECT_EQ(p.take(12, 5, "c"), "raise r");
    const Conclusion& c = p.last[0];
    EXPECT_EQ(c.source, "area:r");
    EXPECT_TRUE(c.sensor.value.empty());
    EXPECT_EQ(c.sensors, (std::vector{model::SensorId("c"), model::SensorId("b")}));
    EXPECT_EQ(c.since, atMinute(11));
    EXPECT_EQ(c.saw, (std::vector<model::ReadingSeen>{{atMinute(11), 5}, {atMinute(12), 5}}));
    EXPECT_EQ(p.take(13, 5, "a"), "update r");
    EXPECT_EQ(p.take(14, 3.5, "a"), ""); // within the hysteresis: still over
    EXPECT_EQ(p.take(15, 3, "a"), "");
    EXPECT_EQ(p.take(15, 3, "b"), "return r");
}

TEST(SeveralRule, looksAtAKindWithinAnArea) {
    Rule rule = ruleByKind("r", Several{2, minutes{10}, {true, 4}}, model::SensorKind::seismicIntensity);
    rule.subject.area = model::Circle{model::Position::trusted(47.1, 9.5), 10};
    const auto kind = model::SensorKind::seismicIntensity;
    Player p({rule}, {sensorOf("a", kind), sensorOf("b", kind), sensorOf("far", kind, "", 48.1, 9.5)});
    EXPECT_EQ(p.take(0, 5, "far"), "");
    EXPECT_EQ(p.take(0, 5, "a"), "");
    EXPECT_EQ(p.take(0, 5, "b"), "raise r");
}

TEST(TogetherRule, needsAllOfItsRules) {
    Rule both = ruleOf("both", Together{{"rain", "slope"}, minutes{0}, std::nullopt}, {});
    Player p({ruleOf("rain", Threshold{true, 20}, {"r1"}), ruleOf("slope", Threshold{true, 5}, {"s1"}), both});
    EXPECT_EQ(p.take(0, 30, "r1"), "raise rain");
    EXPECT_EQ(p.take(1, 6, "s1"), "raise slope; raise both");
    EXPECT_EQ(p.last[1].source, "area:both");
    EXPECT_EQ(p.last[1].sensors, (std::vector{model::SensorId("r1"), model::SensorId("s1")}));
    EXPECT_EQ(p.take(2, 10, "r1"), "return rain; return both");
    EXPECT_EQ(p.take(3, 30, "r1"), "raise rain; raise both");
}

TEST(TogetherRule, nearEachOther) {
    Rule both = ruleOf("both", Together{{"rain", "slope"}, minutes{0}, 3'000.0}, {});
    Player p({ruleByKind("rain", Threshold{true, 20}, model::SensorKind::rain),
              ruleByKind("slope", Threshold{true, 5}, model::SensorKind::soilMovement), both},
             {sensorOf("r1", model::SensorKind::rain), sensorOf("r2", model::SensorKind::rain, "", 47.3),
              sensorOf("s1", model::SensorKind::soilMovement, "", 47.31)});
    EXPECT_EQ(p.take(0, 30, "r1"), "raise rain");
    EXPECT_EQ(p.take(0, 9, "s1"), "raise slope");
    EXPECT_EQ(p.take(1, 30, "r2"), "raise rain; raise both");
    EXPECT_EQ(p.take(2, 0, "r1"), "return rain");
    EXPECT_EQ(p.take(2, 0, "r2"), "return rain; return both");
}

TEST(TogetherRule, tellsWhenAnotherJoins) {
    Rule both = ruleOf("both", Together{{"rain", "slope"}, minutes{0}, 3'000.0}, {});
    Player p({ruleByKind("rain", Threshold{true, 20}, model::SensorKind::rain),
              ruleByKind("slope", Threshold{true, 5}, model::SensorKind::soilMovement), both},
             {sensorOf("r1", model::SensorKind::rain), sensorOf("r2", model::SensorKind::rain, "", 47.11),
              sensorOf("far", model::SensorKind::rain, "", 47.9), sensorOf("s1", model::SensorKind::soilMovement),
              sensorOf("s2", model::SensorKind::soilMovement)});
    EXPECT_EQ(p.take(0, 30, "r1"), "raise rain");
    EXPECT_EQ(p.take(1, 9, "s1"), "raise slope; raise both");
    EXPECT_EQ(p.take(2, 9, "s2"), "raise slope; update both");
    EXPECT_EQ(p.last[1].sensors, (std::vector{model::SensorId("r1"), model::SensorId("s1"), model::SensorId("s2")}));
    EXPECT_EQ(p.last[1].source, "area:both");
    EXPECT_EQ(p.take(3, 30, "far"), "raise rain") << "too far away to belong to it";
    EXPECT_EQ(p.take(4, 30, "r2"), "raise rain; update both");
    EXPECT_EQ(p.last[1].sensors.size(), 4U);
    EXPECT_EQ(p.take(5, 0, "s2"), "return slope") << "one that joined has gone: it stands all the same";
    EXPECT_EQ(p.take(6, 9, "s2"), "raise slope; update both");
    EXPECT_EQ(p.take(7, 0, "s1"), "return slope");
    EXPECT_EQ(p.take(8, 0, "s2"), "return slope; return both");
    EXPECT_EQ(p.take(9, 9, "s2"), "raise slope; raise both");
}

TEST(TogetherRule, ofAWholeCountyTellsNoMoreThanSomeOfThem) {
    Rule both = ruleOf("both", Together{{"rain", "slope"}, minutes{0}, std::nullopt}, {});
    std::vector<model::Sensor> sensors{sensorOf("s1", model::SensorKind::soilMovement)};
    for (int i = 0; i < 60; ++i)
        sensors.push_back(sensorOf("r" + std::to_string(i), model::SensorKind::rain));
    Player p({ruleByKind("rain", Threshold{true, 20}, model::SensorKind::rain),
              ruleByKind("slope", Threshold{true, 5}, model::SensorKind::soilMovement), both},
             sensors);
    p.take(0, 9, "s1");
    int updates = 0;
    for (int i = 0; i < 60; ++i)
        updates += p.take(1 + i, 30, "r" + std::to_string(i)) == "raise rain; update both" ? 1 : 0;
    EXPECT_EQ(updates, 16);
}

TEST(TogetherRule, remembersWhatStoodLately) {
    Rule both = ruleOf("both", Together{{"rain", "slope"}, hours{2}, std::nullopt}, {});
    Player p({ruleOf("rain", Threshold{true, 20}, {"r1"}), ruleOf("slope", Threshold{true, 5}, {"s1"}), both});
    EXPECT_EQ(p.take(0, 30, "r1"), "raise rain");
    EXPECT_EQ(p.take(10, 0, "r1"), "return rain");
    EXPECT_EQ(p.take(100, 6, "s1"), "raise slope; raise both");
    EXPECT_EQ(p.tick(125), "");
    EXPECT_EQ(p.tick(131), "return both"); // two hours after the rain
}

TEST(TogetherRule, ofRulesOverOthersAndOfMessages) {
    Rule inner = ruleOf("inner", Together{{"a", "b"}, minutes{0}, std::nullopt}, {});
    Rule outer = ruleOf("outer", Together{{"inner", "red"}, minutes{0}, std::nullopt}, {});
    Player p({outer, inner, ruleOf("a", Threshold{true, 1}, {"a"}), ruleOf("b", Threshold{true, 1}, {"b"}),
              ruleOf("red", WarningCondition{}, {})});
    EXPECT_EQ(p.take(0, 2, "a"), "raise a");
    EXPECT_EQ(p.take(0, 2, "b"), "raise b; raise inner");
    p.detector.assume("red", {}, true);
    EXPECT_EQ(p.tick(1), "raise outer");
    EXPECT_EQ(p.take(2, 0, "a"), "return a; return inner; return outer");
}

TEST(TogetherRule, namingItselfOrNobodyIsHarmless) {
    Player p({ruleOf("self", Together{{"self", "a"}, minutes{0}, std::nullopt}, {}),
              ruleOf("x", Together{{"y", "a"}, minutes{0}, std::nullopt}, {}),
              ruleOf("y", Together{{"x", "nobody"}, minutes{0}, std::nullopt}, {}), ruleOf("a", Threshold{true, 1})});
    EXPECT_EQ(p.take(0, 2), "raise a");
    EXPECT_EQ(p.tick(1), "");
    EXPECT_EQ(p.take(2, 0), "return a");
}

TEST(DetectorService, disabledRulesAndSensorsOutOfServiceEvaluateNothing) {
    Rule off = ruleOf("off", Threshold{true, 1});
    off.enabled = false;
    auto sensor = sensorOf("s", model::SensorKind::riverLevel);
    Player p({off, ruleOf("on", Threshold{true, 1}), ruleOf("quiet", Silent{minutes{10}})}, {sensor});
    EXPECT_EQ(p.take(0, 2), "raise on");
    sensor.outOfService = "being repaired";
    p.detector.bind(registerOf({sensor}));
    EXPECT_EQ(p.take(1, 0), "");
    for (int minute = 0; minute < 60; minute += 5)
        EXPECT_EQ(p.tick(minute), "");
    sensor.outOfService.clear();
    p.detector.bind(registerOf({sensor}));
    EXPECT_EQ(p.take(61, 0), "return on");
    EXPECT_EQ(p.tick(62), "");
}

TEST(DetectorConclusions, comeInTheOrderOfTheRules) {
    Player p({ruleOf("jump", Rate{1, minutes{10}}), ruleOf("level", Threshold{true, 2}),
              ruleOf("many", Several{1, minutes{10}, {true, 2}})});
    EXPECT_EQ(p.take(0, 0), "");
    EXPECT_EQ(p.take(1, 3), "raise jump; raise level; raise many");
}

} // namespace
} // namespace tocsin::detect
