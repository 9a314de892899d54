#include "detect/scene.hpp"
#include "tocsin/detect/backtest.hpp"

// Sensors that are no longer there: no rule looks at them, and rules that name them say so.

namespace tocsin::detect {
namespace {

model::Sensor retired(model::Sensor sensor) {
    sensor.retired = "dismantled";
    return sensor;
}

TEST(RetiredSensor, NoRuleLooksAtItAndEachBeginsAnewWhenItIsBack) {
    const auto river = sensorOf("s", model::SensorKind::riverLevel);
    Player player({ruleOf("named", Threshold{true, 4, 0.5}), ruleByKind("kind", Threshold{true, 4, 0.5}, model::SensorKind::riverLevel),
                   ruleOf("quiet", Silent{std::chrono::minutes(5)})},
                  {river});
    EXPECT_EQ(player.take(0, 5), "raise named; raise kind");
    player.detector.bind(registerOf({retired(river)}));
    EXPECT_TRUE(player.detector.standing().empty());
    EXPECT_EQ(player.take(1, 3), "");
    EXPECT_EQ(player.take(2, 5), "");
    EXPECT_EQ(player.tick(3), "");
    EXPECT_EQ(player.tick(9), "") << "it is silent, and nobody asks";
    player.detector.bind(registerOf({river}));
    EXPECT_EQ(player.take(10, 5), "raise named; raise kind");
}

TEST(RetiredSensor, ARuleThatNamesItIsDoubtfulAndOneOfItsKindLooksAtTheOthers) {
    const auto gone = retired(sensorOf("s", model::SensorKind::rain, "mm/h"));
    const auto remarks = [&](const Rule& rule, const std::vector<model::Sensor>& sensors) { return remarksOn({rule}, registerOf(sensors)); };
    const auto named = remarks(ruleOf("named", Threshold{true, 4, 0.5}), {gone});
    ASSERT_EQ(named.size(), 1U);
    EXPECT_FALSE(named[0].refuses);
    EXPECT_EQ(named[0].field, "sensor");
    EXPECT_EQ(named[0].text.text, "Sensor 's' is retired: no alarm comes of it.");
    EXPECT_NE(named[0].text.in("zh_CN"), named[0].text.text);
    const auto kind = ruleByKind("kind", Threshold{true, 4, 0.5}, model::SensorKind::rain);
    EXPECT_TRUE(remarks(kind, {gone, sensorOf("other", model::SensorKind::rain, "mm/h")}).empty());
    EXPECT_EQ(remarks(kind, {gone}).size(), 1U) << "there is none left";
}

} // namespace
} // namespace tocsin::detect
