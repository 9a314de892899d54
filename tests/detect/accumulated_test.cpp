#include "detect/scene.hpp"

// Sums over a time: by readings, by the clock, and on wet soil.

namespace tocsin::detect {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

TEST(AccumulatedRule, addsUpARate) {
    const auto rain = sensorOf("s", model::SensorKind::rain, "mm/h");
    Player p({ruleOf("r", Accumulated{20, hours{1}})}, {rain});
    for (int minute = 0; minute < 40; minute += 5)
        EXPECT_EQ(p.take(minute, 30), "") << minute; // 17.5 mm after 35 minutes
    EXPECT_EQ(p.take(40, 30), "raise r");
    EXPECT_NEAR(p.last[0].value, 20, 1e-9);
    std::string words;
    int minute = 45;
    for (; words.empty(); minute += 5)
        words = p.take(minute, 0);
    EXPECT_EQ(words, "return r");
    EXPECT_NEAR(minute, 70, 11); // when under 18 mm are left in the hour
}

TEST(AccumulatedRule, addsUpAmounts) {
    Player p({ruleOf("r", Accumulated{10, hours{3}})}, {sensorOf("s", model::SensorKind::rain, "mm")});
    EXPECT_EQ(p.take(0, 4), "");
    EXPECT_EQ(p.take(60, 4), "");
    EXPECT_EQ(p.take(60, 4), ""); // told again
    EXPECT_EQ(p.take(120, 2), "raise r");
    EXPECT_EQ(p.take(181, 0), "return r");
}

TEST(AccumulatedRule, ofAmountsEndsByTheClockWhereTheGaugeSaysNoMore) {
    Player p({ruleOf("r", Accumulated{10, hours{3}})}, {sensorOf("s", model::SensorKind::rain, "mm")});
    EXPECT_EQ(p.take(0, 4), "");
    EXPECT_EQ(p.take(60, 4), "");
    EXPECT_EQ(p.take(120, 2), "raise r");
    for (int minute = 120; minute < 180; ++minute)
        ASSERT_EQ(p.tick(minute), "") << minute;
    std::string words;
    int minute = 180;
    for (; words.empty() && minute < 200; ++minute)
        words = p.tick(minute);
    EXPECT_EQ(words, "return r");
    EXPECT_NEAR(minute, 181, 3) << "what came first is no longer in it";
    EXPECT_NEAR(p.last[0].value, 6, 1e-9);
    EXPECT_EQ(p.take(190, 5), "raise r") << "what has come is known still: 4 + 2 + 5";
}

TEST(AccumulatedRule, ofAmountsThatComeLateIsNotOverBeforeTheyWouldSaySo) {
    Player p({ruleOf("r", Accumulated{10, hours{1}})}, {sensorOf("s", model::SensorKind::rain, "mm")});
    int minute = 0; // by the gauge's time, an hour and a half before the desk hears of it
    for (; minute < 50; ++minute) {
        const auto taken = p.take(minute, 0.5);
        EXPECT_TRUE(taken.empty() || taken == "raise r") << taken;
        ASSERT_EQ(p.tick(minute + 90), "") << minute;
    }
    std::string words;
    int silent = 0;
    for (; words.empty() && silent < 100; ++silent)
        words = p.tick(minute + 90 + silent);
    EXPECT_EQ(words, "return r");
    EXPECT_NEAR(silent, 43, 4) << "under 9 of the 25 mm are left";
}

TEST(AccumulatedRule, ofARateStandsWhileTheGaugeSaysNothing) {
    Player p({ruleOf("r", Accumulated{20, hours{1}})}, {sensorOf("s", model::SensorKind::rain, "mm/h")});
    std::string words;
    for (int minute = 0; minute <= 45; minute += 5)
        words += p.take(minute, 30);
    EXPECT_EQ(words, "raise r");
    for (int minute = 46; minute < 300; ++minute)
        ASSERT_EQ(p.tick(minute), "") << "nobody knows whether it rains";
}

TEST(AccumulatedRule, lessIsEnoughOnWetSoil) {
    Accumulated condition{40, hours{1}, model::SensorId("soil"), 80, 15};
    Player p({ruleOf("r", condition)},
             {sensorOf("s", model::SensorKind::rain, "mm/h"), sensorOf("soil", model::SensorKind::other, "%")});
    EXPECT_EQ(p.take(0, 20), "");
    EXPECT_EQ(p.take(25, 20), "");
    EXPECT_EQ(p.take(50, 20), "");
    EXPECT_EQ(p.take(51, 85, "soil"), "");
    EXPECT_EQ(p.take(55, 20), "raise r");
}

TEST(AccumulatedRule, lessIsEnoughWhereTheSoilsSensorIsNotToBeBelieved) {
    const Accumulated condition{40, hours{1}, model::SensorId("soil"), 80, 15};
    const auto rain = sensorOf("s", model::SensorKind::rain, "mm/h");
    auto soil = sensorOf("soil", model::SensorKind::other, "%");
    Player trusted({ruleOf("r", condition)}, {rain, soil});
    EXPECT_EQ(trusted.take(0, 20, "soil"), "") << "dry, it says";
    for (const int minute : {0, 25, 50})
        EXPECT_EQ(trusted.take(minute, 20), "");
    EXPECT_EQ(trusted.take(55, 20), "") << "18 mm on dry soil";
    trusted.detector.distrust(soil.id, true, atMinute(56), trusted.last);
    EXPECT_EQ(trusted.take(57, 20), "raise r");
    EXPECT_TRUE(trusted.last[0].soilUnknown);
    trusted.detector.distrust(soil.id, false, atMinute(58), trusted.last);
    EXPECT_EQ(trusted.take(59, 20), "return r");

    soil.outOfService = "taken in for the winter";
    Player without({ruleOf("r", condition)}, {rain, soil});
    EXPECT_EQ(without.take(0, 20), "");
    EXPECT_EQ(without.take(25, 20), "");
    EXPECT_EQ(without.take(50, 20), "raise r") << "17 mm";
    EXPECT_TRUE(without.last[0].soilUnknown);
    soil.outOfService.clear();
    Player much({ruleOf("r", condition)}, {rain, soil});
    much.detector.distrust(soil.id, true, atMinute(0), much.last);
    EXPECT_EQ(much.take(0, 200), "");
    EXPECT_EQ(much.take(15, 200), "raise r");
    EXPECT_FALSE(much.last[0].soilUnknown) << "50 mm are enough on dry soil, too";
}

TEST(AccumulatedRule, aLongGapCountsForNothing) {
    Player p({ruleOf("r", Accumulated{20, hours{6}})}, {sensorOf("s", model::SensorKind::rain, "mm/h")});
    EXPECT_EQ(p.take(0, 60), "");
    EXPECT_EQ(p.take(31, 60), "");
    EXPECT_EQ(p.take(32, 60), "");
    EXPECT_EQ(p.take(50, 60), ""); // 19 mm
    EXPECT_EQ(p.take(51, 60), "raise r");
}

} // namespace
} // namespace tocsin::detect
