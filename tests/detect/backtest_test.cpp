#include "tocsin/detect/backtest.hpp"

#include "detect/scene.hpp"

#include <algorithm>

namespace tocsin::detect {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using Stored = std::map<std::string, std::vector<model::ReadingSeen>>;

PastReadings readingsOf(const Stored& past, std::size_t* asked = nullptr) {
    return [&past, asked](const model::SensorId& sensor, base::Time after,
                          std::size_t most) -> base::Result<std::vector<model::ReadingSeen>> {
        std::vector<model::ReadingSeen> list;
        if (asked != nullptr)
            ++*asked;
        const auto found = past.find(sensor.value);
        if (found == past.end())
            return list;
        for (const auto& reading : found->second)
            if (reading.time > after && list.size() < most)
                list.push_back(reading);
        return list;
    };
}
base::Result<Backtest> look(const Rule& rule, const Stored& past, const std::vector<Rule>& others = {},
                            const std::vector<model::Sensor>& sensors = {}, double from = 0, double to = 1'000) {
    return backtest(rule, others, registerOf(sensors), atMinute(from), atMinute(to), readingsOf(past), {}, {});
}

TEST(Backtest, tellsWhenAThresholdWouldHaveFired) {
    Stored past;
    for (int minute = -60; minute < 1'000; ++minute)
        past["s"].push_back({atMinute(minute), (minute + 100) % 100 < 20 ? 6.0 : 4.0});
    const auto result = look(ruleOf("r", Threshold{true, 5, 0, minutes(5)}), past);
    ASSERT_TRUE(result) << result.error().describe();
    ASSERT_EQ(result->firings.size(), 10U);
    EXPECT_EQ(result->all, 10U);
    EXPECT_EQ(result->firings[0].from, atMinute(0));
    EXPECT_EQ(result->firings[0].until, atMinute(20));
    EXPECT_EQ(result->firings[9].from, atMinute(900));
    EXPECT_EQ(result->firings[0].value, 6);
    EXPECT_EQ(result->mostInAMinute, 1U);
    EXPECT_EQ(result->readings, 1'005U); // from delay and a minute before on
}

/// As the desk would have: it looks at its clock between two readings.
TEST(Backtest, aDelayEndsBetweenTwoReadings) {
    Stored past;
    for (int minute = 0; minute <= 90; minute += 15)
        past["s"].push_back({atMinute(minute), minute == 30 || minute == 90 ? 6.8 : 4.4});
    const auto result = look(ruleOf("r", Threshold{true, 6.5, 0, minutes(1)}), past);
    ASSERT_TRUE(result);
    ASSERT_EQ(result->firings.size(), 2U);
    EXPECT_EQ(result->firings[0].from, atMinute(30));
    EXPECT_EQ(result->firings[0].until, atMinute(45));
    EXPECT_EQ(result->firings[0].value, 6.8);
    EXPECT_EQ(result->firings[1].from, atMinute(90));
    EXPECT_FALSE(result->firings[1].until) << "the last word stands";
    EXPECT_EQ(look(ruleOf("r", Threshold{true, 6.5, 0, minutes(20)}), past)->all, 1U) << "only the last lasts so long";
}

TEST(Backtest, aDelayThatABelowEndsInTimeIsNone) {
    Stored past;
    for (int i = 0; i < 100; ++i)
        past["s"].push_back({atSecond(i * 60), i % 2 == 0 ? 6.8 : 4.4});
    EXPECT_EQ(look(ruleOf("r", Threshold{true, 6.5, 0, minutes(1)}), past)->all, 0U);
    EXPECT_EQ(look(ruleOf("r", Threshold{true, 6.5, 0, std::chrono::seconds(30)}), past)->all, 50U);
}

TEST(Backtest, delaysOfSeveralSensorsEndInTheOrderOfTime) {
    Stored past;
    past["a"] = {{atMinute(0), 9}, {atMinute(100), 0}};
    past["b"] = {{atMinute(10), 9}, {atMinute(40), 0}};
    const auto a = ruleOf("a", Threshold{true, 5, 0, minutes(30)}, {"a"});
    const auto b = ruleOf("b", Threshold{true, 5}, {"b"});
    const auto both = ruleOf("both", Together{{"a", "b"}, minutes(0), std::nullopt}, {});
    const auto result = look(both, past, {a, b, both});
    ASSERT_TRUE(result);
    ASSERT_EQ(result->firings.size(), 1U) << "from minute 30, when the delay is over, until minute 40";
    EXPECT_NEAR(minutesOf(result->firings[0].from), 30, 0.1);
    EXPECT_EQ(result->firings[0].until, atMinute(40));
}

TEST(Backtest, knowsWhichSensorsWereNotToBeBelieved) {
    Stored past;
    for (int minute = 0; minute <= 300; minute += 5)
        past["s"].push_back({atMinute(minute), minute == 100 ? 290.0 : 0.2});
    const auto rain = sensorOf("s", model::SensorKind::rain, "mm/h");
    Implausible condition;
    condition.highest = 200;
    auto fault = ruleByKind("fault", condition, model::SensorKind::rain);
    const auto sum = ruleOf("sum", Accumulated{10, hours(1)});
    EXPECT_EQ(look(sum, past, {fault, sum}, {rain})->all, 0U);
    EXPECT_EQ(look(sum, past, {sum}, {rain})->all, 1U);
    fault.subject.area = model::Circle{model::Position::trusted(0, 0), 5};
    EXPECT_EQ(look(sum, past, {fault, sum}, {rain})->all, 1U) << "that rule looks elsewhere";
    fault.subject.area.reset();
    fault.enabled = false;
    EXPECT_EQ(look(sum, past, {fault, sum}, {rain})->all, 1U);
}

TEST(Backtest, whatStoodBeforeAndWhatStandsStill) {
    Stored past;
    for (int minute = -60; minute <= 120; minute += 10)
        past["s"].push_back({atMinute(minute), minute < 30 || minute > 90 ? 6.0 : 4.0});
    Rule rule = ruleOf("r", Rate{1.5, minutes(60)});
    rule = ruleOf("r", Several{1, hours(1), {true, 5}});
    const auto result = look(rule, past);
    ASSERT_TRUE(result);
    ASSERT_EQ(result->firings.size(), 2U);
    EXPECT_LT(result->firings[0].from, atMinute(0));
    EXPECT_EQ(result->firings[0].until, atMinute(30));
    EXPECT_EQ(result->firings[1].from, atMinute(100));
    EXPECT_FALSE(result->firings[1].until);
    EXPECT_TRUE(result->firings[1].sensor.value.empty());
}

TEST(Backtest, bringsTheSensorsTogetherInTheOrderOfTime) {
    Stored past;
    for (int minute = 0; minute < 500; ++minute) {
        past["a"].push_back({atMinute(minute), minute % 100 == 50 ? 9.0 : 0.0});
        past["b"].push_back({atMinute(minute + 0.5), minute % 100 == 50 && minute > 200 ? 9.0 : 0.0});
    }
    const auto result = look(ruleOf("r", Several{2, minutes(1), {true, 5}}, {"a", "b"}), past);
    ASSERT_TRUE(result);
    EXPECT_EQ(result->all, 3U);
}

TEST(Backtest, ofTogetherReadsWhatItsRulesLookAt) {
    Stored past;
    for (int minute = 0; minute < 200; ++minute) {
        past["rain-1"].push_back({atMinute(minute), minute >= 50 && minute < 100 ? 30.0 : 0.0});
        past["soil-1"].push_back({atMinute(minute), minute >= 80 ? 9.0 : 0.0});
    }
    const auto rain = ruleByKind("rain", Threshold{true, 20}, model::SensorKind::rain);
    const auto slope = ruleByKind("slope", Threshold{true, 5}, model::SensorKind::soilMovement);
    const auto both = ruleOf("both", Together{{"rain", "slope"}, minutes(30), std::nullopt}, {});
    const auto result =
        look(both, past, {rain, slope, both},
             {sensorOf("rain-1", model::SensorKind::rain), sensorOf("soil-1", model::SensorKind::soilMovement)});
    ASSERT_TRUE(result);
    ASSERT_EQ(result->firings.size(), 1U);
    EXPECT_EQ(result->firings[0].from, atMinute(80));
    ASSERT_TRUE(result->firings[0].until);
    EXPECT_NEAR(minutesOf(*result->firings[0].until), 131, 1.1); // half an hour after the rain
}

TEST(Backtest, ofSilencePlaysTheClock) {
    Stored past;
    for (int minute = 0; minute < 900; minute += 10) {
        if (minute < 200 || minute >= 400)
            past["s"].push_back({atMinute(minute), 1});
    }
    const auto result = look(ruleOf("r", Silent{hours(1)}), past);
    ASSERT_TRUE(result);
    ASSERT_EQ(result->firings.size(), 2U);
    EXPECT_NEAR(minutesOf(result->firings[0].from), 190, 1.1);
    EXPECT_NEAR(minutesOf(result->firings[0].until.value()), 400, 1.1);
    EXPECT_NEAR(minutesOf(result->firings[1].from), 890, 1.1);
}

TEST(Backtest, keepsTenThousandAndCountsAll) {
    Stored past;
    std::vector<std::string> names;
    for (int i = 0; i < 120; ++i) {
        names.push_back("s" + std::to_string(i));
        for (int k = 0; k < 300; ++k)
            past[names.back()].push_back({atSecond(k * 10), k % 2 == 0 ? 9.0 : 0.0});
    }
    const auto result = look(ruleOf("r", Threshold{true, 5}, names), past);
    ASSERT_TRUE(result);
    EXPECT_EQ(result->all, 120U * 150);
    EXPECT_EQ(result->firings.size(), 10'000U);
    EXPECT_EQ(result->mostInAMinute, 360U);
    EXPECT_GT(result->mostInAMinute, tooOftenAMinute);
    EXPECT_TRUE(std::is_sorted(result->firings.begin(), result->firings.end(),
                               [](const Firing& a, const Firing& b) { return a.from < b.from; }));
}

TEST(Backtest, canBeStoppedAndTellsHowFarItIs) {
    Stored past;
    for (int i = 0; i < 60'000; ++i)
        past["s"].push_back({atSecond(i), 1});
    std::stop_source stop;
    std::vector<double> told;
    const auto progress = [&](double part) {
        told.push_back(part);
        if (part > 0.5)
            stop.request_stop();
    };
    const auto result = backtest(ruleOf("r", Threshold{true, 5}), {}, {}, atMinute(0), atMinute(1'000),
                                 readingsOf(past), progress, stop.get_token());
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, base::Code::cancelled);
    ASSERT_FALSE(told.empty());
    EXPECT_TRUE(std::is_sorted(told.begin(), told.end()));
    EXPECT_LT(told.back(), 0.7);
}

TEST(Backtest, passesFaultsOfTheSourceOn) {
    const auto bad = [](const model::SensorId&, base::Time,
                        std::size_t) -> base::Result<std::vector<model::ReadingSeen>> {
        return base::fail(base::Code::storage, "damaged");
    };
    const auto result = backtest(ruleOf("r", Threshold{true, 5}), {}, {}, atMinute(0), atMinute(9), bad, {}, {});
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, base::Code::storage);
    EXPECT_FALSE(look(ruleOf("r", Threshold{true, 5}), {}, {}, {}, 10, 5));
    // One that goes back in time does not keep it going round.
    const auto round = [](const model::SensorId&, base::Time,
                          std::size_t) -> base::Result<std::vector<model::ReadingSeen>> {
        return std::vector<model::ReadingSeen>{{atMinute(1), 1}};
    };
    EXPECT_TRUE(backtest(ruleOf("r", Threshold{true, 5}), {}, {}, atMinute(0), atMinute(9), round, {}, {}));
}

TEST(Backtest, overReadingsARuleOverMessagesSaysNothing) {
    std::size_t asked = 0;
    const Stored past;
    const auto result =
        backtest(ruleOf("r", WarningCondition{}, {}), {}, registerOf({sensorOf("s", model::SensorKind::rain)}),
                 atMinute(0), atMinute(9), readingsOf(past, &asked), {}, {});
    ASSERT_TRUE(result);
    EXPECT_EQ(result->all, 0U);
    EXPECT_EQ(asked, 0U);
}

// ---- remarks

std::string remarks(const std::vector<Rule>& rules, const std::vector<model::Sensor>& sensors = {}) {
    std::string words;
    for (const Remark& remark : remarksOn(rules, registerOf(sensors))) {
        EXPECT_TRUE(remark.text.translations.contains("zh_CN")) << remark.text.text;
        EXPECT_FALSE(remark.text.in("zh_CN").empty());
        words += words.empty() ? "" : "; ";
        words += (remark.refuses ? "refuses " : "warns ") + remark.rule + "." + remark.field;
    }
    return words;
}
model::Sensor gauge() {
    auto sensor = sensorOf("s", model::SensorKind::riverLevel);
    sensor.lowest = -1;
    sensor.highest = 15;
    return sensor;
}

TEST(Remarks, aPlanThatIsNotThereIsDoubtfulWhereThePlansAreKnown) {
    auto rule = ruleOf("r", Threshold{true, 6.5, 0.2, minutes(1)});
    rule.plan = "flood-9";
    EXPECT_EQ(remarks({rule}, {gauge()}), "") << "nobody knows the plans here";
    const auto sensors = registerOf({gauge()});
    const auto found = remarksOn({rule}, sensors, std::set<std::string>{"flood-2"});
    ASSERT_EQ(found.size(), 1U);
    EXPECT_FALSE(found[0].refuses);
    EXPECT_EQ(found[0].field, "plan");
    EXPECT_NE(found[0].text.text.find("flood-9"), std::string::npos);
    EXPECT_NE(found[0].text.in("zh_CN").find("flood-9"), std::string::npos);
    rule.plan = "flood-2";
    EXPECT_TRUE(remarksOn({rule}, sensors, std::set<std::string>{"flood-2"}).empty());
    rule.plan.clear();
    EXPECT_TRUE(remarksOn({rule}, sensors, std::set<std::string>{}).empty());
}

TEST(Remarks, aGoodRuleHasNone) {
    EXPECT_EQ(remarks({ruleOf("r", Threshold{true, 6.5, 0.2, minutes(1)})}, {gauge()}), "");
    EXPECT_EQ(remarks({ruleOf("r", Crossing{true, 7, hours(3), hours(1)})}, {gauge()}), "");
    EXPECT_EQ(remarks({ruleByKind("r", Stuck{hours(6)}, model::SensorKind::riverLevel)}, {gauge()}), "");
}

TEST(Remarks, unknownSensorsAndKinds) {
    EXPECT_EQ(remarks({ruleOf("r", Threshold{true, 6.5})}), "warns r.sensor");
    EXPECT_EQ(remarks({ruleByKind("r", Threshold{true, 6.5}, model::SensorKind::smoke)}, {gauge()}), "warns r.kind");
    EXPECT_EQ(remarks({ruleOf("r", Threshold{true, 6.5}, {})}, {gauge()}), "refuses r.sensor");
    Rule area = ruleByKind("r", Threshold{true, 6.5}, model::SensorKind::riverLevel);
    area.subject.area = model::Circle{model::Position::trusted(0, 0), 5};
    EXPECT_EQ(remarks({area}, {gauge()}), "warns r.area");
}

TEST(Remarks, aSensorThatIsKeptInAnotherUnitThanItIsSentIn) {
    auto main = sensorOf("s", model::SensorKind::other, "hPa");
    main.sentUnit = "bar";
    EXPECT_EQ(remarks({ruleOf("r", Threshold{false, 1.5})}, {main}), "warns r.sensor");
    EXPECT_EQ(remarks({ruleOf("r", Rate{-2, minutes(5)})}, {main}), "warns r.sensor");
    EXPECT_EQ(remarks({ruleOf("r", Silent{minutes(5)})}, {main}), "") << "it has no number of that unit";
    EXPECT_EQ(remarks({ruleByKind("r", Threshold{false, 1'500}, model::SensorKind::other)}, {main}), "");
    const auto found = remarksOn({ruleOf("r", Threshold{false, 1.5})}, registerOf({main}));
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].text.text, "Sensor 's' is sent in bar and kept in hPa: the rule's numbers are in hPa.");
    main.sentUnit = "hPa";
    EXPECT_EQ(remarks({ruleOf("r", Threshold{false, 1'500})}, {main}), "");
}

TEST(Remarks, thresholdsOutsideOfWhatIsMeasured) {
    EXPECT_EQ(remarks({ruleOf("r", Threshold{true, 16})}, {gauge()}), "warns r.threshold");
    EXPECT_EQ(remarks({ruleOf("r", Threshold{true, -2})}, {gauge()}), "warns r.threshold");
    EXPECT_EQ(remarks({ruleOf("r", Threshold{false, -2})}, {gauge()}), "warns r.threshold");
    EXPECT_EQ(remarks({ruleOf("r", Threshold{true, 3, 5})}, {gauge()}), "warns r.hysteresis");
    EXPECT_EQ(remarks({ruleOf("r", Threshold{false, 12, 4})}, {gauge()}), "warns r.hysteresis");
    EXPECT_EQ(remarks({ruleOf("r", Threshold{true, std::nan(""), 0})}, {gauge()}), "refuses r.threshold");
    EXPECT_EQ(remarks({ruleOf("r", Several{2, minutes(1), {true, 20}}, {"s", "s2"})},
                      {gauge(), sensorOf("s2", model::SensorKind::riverLevel)}),
              "warns r.threshold");
}

TEST(Remarks, whatDividesByNothingOrLooksAtNoTime) {
    EXPECT_EQ(remarks({ruleOf("r", Rate{1, minutes(0)})}, {gauge()}), "refuses r.within");
    EXPECT_EQ(remarks({ruleOf("r", Rate{0, minutes(-5)})}, {gauge()}), "refuses r.within; refuses r.change");
    EXPECT_EQ(remarks({ruleOf("r", Crossing{true, 3, hours(0), hours(0)})}, {gauge()}),
              "refuses r.horizon; refuses r.over");
    EXPECT_EQ(remarks({ruleOf("r", Crossing{true, 3, hours(30), hours(1)})}, {gauge()}), "warns r.horizon");
    EXPECT_EQ(remarks({ruleOf("r", Unusual{false, false})}, {gauge()}), "refuses r.side");
    EXPECT_EQ(remarks({ruleOf("r", Unusual{true, true, 0})}, {gauge()}), "refuses r.deviations");
    EXPECT_EQ(remarks({ruleOf("r", Silent{})}, {gauge()}), "refuses r.after");
    EXPECT_EQ(remarks({ruleOf("r", Stuck{hours(9'000)})}, {gauge()}), "refuses r.after");
    EXPECT_EQ(remarks({ruleOf("r", Implausible{})}, {gauge()}), "refuses r.lowest");
    const auto rain = sensorOf("s", model::SensorKind::rain, "mm/h");
    EXPECT_EQ(remarks({ruleOf("r", Accumulated{0, hours(0)})}, {rain}), "refuses r.over; refuses r.amount");
    EXPECT_EQ(remarks({ruleOf("r", Accumulated{9, hours(24 * 8)})}, {rain}), "warns r.over");
    EXPECT_EQ(remarks({ruleOf("r", Accumulated{9, hours(1), model::SensorId("x"), 5, 10})}, {rain}),
              "warns r.soil; warns r.amount_when_wet");
    EXPECT_EQ(remarks({ruleOf("r", Accumulated{9, hours(1)})}, {gauge()}), "warns r.sensor");
}

TEST(Remarks, kOfMoreThanThereAre) {
    EXPECT_EQ(remarks({ruleOf("r", Several{3, minutes(1), {true, 5}}, {"s", "s2"})},
                      {gauge(), sensorOf("s2", model::SensorKind::riverLevel)}),
              "refuses r.k");
    EXPECT_EQ(remarks({ruleByKind("r", Several{3, minutes(1), {true, 5}}, model::SensorKind::riverLevel)}, {gauge()}),
              "warns r.k");
}

TEST(Remarks, circlesOfTogetherAndOfMutes) {
    const auto together = [](const std::string& id, std::vector<std::string> rules) {
        return ruleOf(id, Together{std::move(rules), minutes(0), std::nullopt}, {});
    };
    const auto a = ruleOf("a", Threshold{true, 5});
    EXPECT_EQ(remarks({a, together("r", {"a", "nobody"})}, {gauge()}), "refuses r.rules");
    EXPECT_EQ(remarks({a, together("r", {"a", "r"})}, {gauge()}), "refuses r.rules");
    EXPECT_EQ(remarks({a, together("x", {"a", "y"}), together("y", {"a", "z"}), together("z", {"x", "a"})}, {gauge()}),
              "refuses z.rules");
    EXPECT_EQ(remarks({a, together("r", {"a"})}, {gauge()}), "refuses r.rules");
    Rule off = a;
    off.enabled = false;
    EXPECT_EQ(remarks({off, ruleOf("b", Threshold{true, 5}), together("r", {"a", "b"})}, {gauge()}), "warns r.rules");

    const auto muting = [](const std::string& id, std::vector<std::string> rules) {
        Rule rule = ruleOf(id, Threshold{true, 5});
        rule.mutes = Mutes{std::move(rules), {}, {}};
        return rule;
    };
    EXPECT_EQ(remarks({a, muting("b", {"a"})}, {gauge()}), "");
    EXPECT_EQ(remarks({a, muting("b", {"b"})}, {gauge()}), "refuses b.mutes");
    EXPECT_EQ(remarks({a, muting("b", {"x-*"})}, {gauge()}), "warns b.mutes");
    EXPECT_EQ(remarks({muting("r-2", {"r-*"}), ruleOf("r-1", Threshold{true, 4})}, {gauge()}), "");
    EXPECT_EQ(remarks({muting("r-2", {"r-*"}), muting("r-1", {"r-2"})}, {gauge()}), "refuses r-2.mutes");
}

TEST(Remarks, mutedMessagesNeedADistance) {
    Rule strong = ruleOf("quake-6", EarthquakeCondition{6, 200}, {});
    strong.mutes = Mutes{{"quake-4"}, {}, {}};
    const Rule weak = ruleOf("quake-4", EarthquakeCondition{4, 30}, {});
    EXPECT_EQ(remarks({strong, weak}), "warns quake-6.mutes");
    strong.mutes->metres = 50'000;
    EXPECT_EQ(remarks({strong, weak}), "");
    Rule red = ruleOf("red", WarningCondition{}, {});
    red.mutes = Mutes{{"orange"}, {}, minutes(10)};
    EXPECT_EQ(remarks({red, ruleOf("orange", WarningCondition{}, {})}), "warns red.mutes") << "a time is no place";
}

TEST(Remarks, ofItsLife) {
    Rule rule = ruleOf("r", Threshold{true, 5});
    rule.escalateAfter = std::chrono::seconds(30);
    EXPECT_EQ(remarks({rule}, {gauge()}), "warns r.escalate_after");
    rule.escalateAfter = minutes(-1);
    rule.flapCount = 0;
    rule.title = {};
    rule.hazard.clear();
    EXPECT_EQ(remarks({rule}, {gauge()}),
              "refuses r.title; refuses r.hazard; refuses r.escalate_after; refuses r.flapping");
    const Rule good = ruleOf("r", Threshold{true, 5});
    EXPECT_EQ(remarks({good, good}, {gauge()}), "refuses r.id");
    WarningCondition all;
    all.anywhere = true;
    EXPECT_EQ(remarks({ruleOf("w", all, {})}), "warns w.anywhere");
    EXPECT_EQ(remarks({ruleOf("q", EarthquakeCondition{1, 9'000}, {})}), "warns q.magnitude");
}

} // namespace
} // namespace tocsin::detect
