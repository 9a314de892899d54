#include "tocsin/detect/detector.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>

namespace tocsin::detect {
namespace {

using model::SensorId;

const base::Time start{std::chrono::sys_days{std::chrono::year{2026} / 11 / 20} + std::chrono::hours{8}};
base::Time at(double seconds) {
    return start + base::Duration(std::llround(seconds * 1e6));
}
double secondsOf(base::Time time) {
    return std::chrono::duration<double>(time - start).count();
}

Rule riverRule(double delaySeconds = 0, double hysteresis = 0.1) {
    Rule rule;
    rule.id = "river";
    rule.subject.sensors = {SensorId("rhine-vaduz")};
    rule.condition = Threshold{true, 4.2, hysteresis, base::Duration(std::llround(delaySeconds * 1e6))};
    return rule;
}

struct Step {
    double second;
    double value;
    std::string concludes; ///< "", "raise since 10", "return since 40"
};

std::string wordsSince(const std::vector<Conclusion>& conclusions) {
    std::string words;
    for (const Conclusion& c : conclusions) {
        words.append(words.empty() ? "" : "; ");
        words.append(c.what == Conclusion::What::raise ? "raise since " : "return since ");
        words.append(std::to_string(std::lround(secondsOf(c.since))));
    }
    return words;
}

void play(Detector& detector, const std::vector<Step>& steps, const std::string& sensor = "rhine-vaduz") {
    for (const Step& step : steps) {
        std::vector<Conclusion> out;
        detector.take(SensorId(sensor), at(step.second), step.value, out);
        EXPECT_EQ(wordsSince(out), step.concludes) << "at " << step.second << " s, value " << step.value;
        for (const Conclusion& c : out) {
            EXPECT_EQ(c.value, step.value);
            EXPECT_EQ(c.sensor, SensorId(sensor));
        }
    }
}
void play(Rule rule, const std::vector<Step>& steps) {
    Detector detector({std::move(rule)});
    play(detector, steps);
}

TEST(Detector, raisesOnceAtTheThresholdAndReturnsBeyondTheHysteresis) {
    play(riverRule(), {{0, 4.19, ""},
                       {10, 4.2, "raise since 10"},
                       {20, 4.9, ""},
                       {30, 4.15, ""}, // below the threshold, within the hysteresis
                       {40, 4.1, "return since 40"},
                       {50, 4.15, ""},
                       {60, 4.2, "raise since 60"}});
}

TEST(Detector, aValueThatFlapsAroundTheThresholdIsOneAlarm) {
    std::vector<Step> steps{{0, 4.21, "raise since 0"}};
    for (int i = 1; i < 200; ++i)
        steps.push_back({static_cast<double>(i), i % 2 == 0 ? 4.21 : 4.12, ""});
    play(riverRule(), steps);
}

TEST(Detector, withoutHysteresisItIsOverBelowTheThreshold) {
    play(riverRule(0, 0),
         {{0, 4.2, "raise since 0"}, {1, 4.2, ""}, {2, 4.199999, "return since 2"}, {3, 4.2, "raise since 3"}});
}

TEST(Detector, aRuleMayLookDownward) {
    Rule rule = riverRule();
    rule.condition = Threshold{false, -18, 1};
    play(rule, {{0, -17.9, ""},
                {1, -18, "raise since 1"},
                {2, -17.5, ""},
                {3, -17, "return since 3"},
                {4, -30, "raise since 4"}});
}

TEST(Detector, theConditionMustHoldOverTheDelay) {
    play(riverRule(30), {{0, 4.3, ""},
                         {29.999, 4.3, ""},
                         {30, 4.3, "raise since 0"}, // the first reading at its end
                         {31, 4.3, ""}});
}

TEST(Detector, theDelayStartsAgainWhenTheConditionBreaks) {
    play(riverRule(30), {{0, 4.3, ""},
                         {20, 4.19, ""}, // within the hysteresis, but the condition does not hold
                         {25, 4.3, ""},
                         {40, 4.3, ""},
                         {54, 4.3, ""},
                         {60, 4.3, "raise since 25"}});
}

TEST(Detector, aGapIsBridgedByTheNextReading) {
    play(riverRule(30), {{0, 4.3, ""}, {600, 4.4, "raise since 0"}, {2000, 4.0, "return since 2000"}});
}

TEST(Detector, aReturnHasNoDelay) {
    play(riverRule(30), {{0, 4.3, ""}, {30, 4.3, "raise since 0"}, {31, 3.0, "return since 31"}, {32, 4.3, ""}});
}

TEST(Detector, aReadingOlderThanTheNewestConcludesNothing) {
    play(riverRule(), {{10, 4.0, ""}, {5, 9.0, ""}, {11, 4.3, "raise since 11"}, {10, 1.0, ""}, {11, 4.3, ""}});
    play(riverRule(30), {{100, 4.3, ""}, {90, 1.0, ""}, {130, 4.3, "raise since 100"}});
}

TEST(Detector, aValueThatIsNoNumberConcludesNothing) {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    play(riverRule(), {{0, std::nan(""), ""}, {1, infinity, ""}, {2, 4.3, "raise since 2"}, {3, -infinity, ""}});
}

TEST(Detector, namesTheReadingsThatItSaw) {
    Detector detector({riverRule(100)});
    std::vector<Conclusion> out;
    for (int i = 0; i <= 100; i += 2)
        detector.take(SensorId("rhine-vaduz"), at(i), 4.2 + i, out);
    ASSERT_EQ(out.size(), 1U);
    const auto& saw = out[0].saw;
    ASSERT_EQ(saw.size(), 16U);
    EXPECT_EQ(saw.front(), (model::ReadingSeen{at(0), 4.2}));
    EXPECT_EQ(saw.back(), (model::ReadingSeen{at(100), 104.2}));
    for (std::size_t i = 1; i < saw.size(); ++i)
        EXPECT_LT(saw[i - 1].time, saw[i].time);
    out.clear();
    detector.take(SensorId("rhine-vaduz"), at(200), 1, out);
    ASSERT_EQ(out.size(), 1U);
    EXPECT_EQ(out[0].saw, (std::vector<model::ReadingSeen>{{at(200), 1}}));
    EXPECT_EQ(out[0].rule->id, "river");
}

TEST(Detector, eachOfSeveralStepsHasAnAlarmOfItsOwn) {
    std::vector<Rule> rules;
    for (const double threshold : {4.0, 5.0, 6.0}) {
        Rule rule = riverRule();
        rule.id = std::to_string(std::lround(threshold));
        rule.condition = Threshold{true, threshold, 0.1};
        rules.push_back(rule);
    }
    Detector detector(rules);
    play(detector, {{0, 4.5, "raise since 0"},
                    {1, 6.5, "raise since 1; raise since 1"},
                    {2, 4.5, "return since 2; return since 2"},
                    {3, 1.0, "return since 3"}});
}

std::map<SensorId, model::Sensor> sensors(const std::vector<std::pair<std::string, model::SensorKind>>& list) {
    std::map<SensorId, model::Sensor> result;
    for (const auto& [id, kind] : list) {
        model::Sensor sensor;
        sensor.id = SensorId(id);
        sensor.kind = kind;
        result[sensor.id] = sensor;
    }
    return result;
}
Rule smokeRule() {
    Rule rule;
    rule.id = "smoke";
    rule.subject.kind = model::SensorKind::smoke;
    rule.condition = Threshold{true, 8};
    return rule;
}

TEST(Detector, aRuleByKindLooksAtEachSensorOfThatKindByItself) {
    Detector detector({smokeRule()});
    play(detector, {{0, 9, ""}}, "smoke-1"); // not known yet
    detector.bind(sensors({{"smoke-1", model::SensorKind::smoke},
                           {"smoke-2", model::SensorKind::smoke},
                           {"rain-1", model::SensorKind::rain}}));
    play(detector, {{1, 9, "raise since 1"}}, "smoke-1");
    play(detector, {{1, 7, ""}, {2, 9, "raise since 2"}}, "smoke-2");
    play(detector, {{1, 99, ""}}, "rain-1");
}

TEST(Detector, bindingAgainKeepsWhatStands) {
    Detector detector({smokeRule(), riverRule()});
    detector.bind(sensors({{"smoke-1", model::SensorKind::smoke}}));
    play(detector, {{0, 9, "raise since 0"}}, "smoke-1");
    play(detector, {{0, 5, "raise since 0"}});
    detector.bind(sensors({{"smoke-1", model::SensorKind::smoke}, {"smoke-2", model::SensorKind::smoke}}));
    play(detector, {{1, 9, ""}}, "smoke-1");
    play(detector, {{1, 5, ""}});
    play(detector, {{1, 9, "raise since 1"}}, "smoke-2");
    detector.bind(sensors({{"smoke-1", model::SensorKind::other}})); // became something else
    play(detector, {{2, 0, ""}, {3, 9, ""}}, "smoke-1");
}

TEST(Detector, whatStoodAtTheStartIsNotRaisedAgain) {
    Detector detector({riverRule(), smokeRule()});
    detector.bind(sensors({{"smoke-1", model::SensorKind::smoke}}));
    detector.assume("river", SensorId("rhine-vaduz"), true);
    detector.assume("smoke", SensorId("smoke-1"), true);
    detector.assume("unknown", SensorId("smoke-1"), true);
    detector.assume("river", SensorId("elsewhere"), true);
    play(detector, {{0, 5, ""}, {1, 4.0, "return since 1"}, {2, 5, "raise since 2"}});
    play(detector, {{0, 9, ""}}, "smoke-1");
    detector.assume("smoke", SensorId("smoke-1"), false);
    play(detector, {{1, 9, "raise since 1"}}, "smoke-1");
}

TEST(Detector, whatStoodMayBeToldBeforeTheSensorsAre) {
    Detector detector({smokeRule()});
    detector.assume("smoke", SensorId("smoke-1"), true);
    detector.bind(sensors({{"smoke-1", model::SensorKind::smoke}}));
    play(detector, {{0, 9, ""}, {1, 1, "return since 1"}}, "smoke-1");
}

TEST(Detector, remembersAsFarBackAsTheLongestDelay) {
    Rule slow = smokeRule();
    slow.condition = Threshold{true, 8, 0, std::chrono::minutes{5}};
    Rule quick = smokeRule();
    quick.id = "quick";
    quick.condition = Threshold{true, 8, 0, std::chrono::seconds{5}};
    Detector detector({quick, slow, riverRule()});
    detector.bind(sensors({{"smoke-1", model::SensorKind::smoke}}));
    EXPECT_EQ(detector.memoryOf(SensorId("smoke-1")), std::chrono::minutes{5});
    EXPECT_EQ(detector.memoryOf(SensorId("rhine-vaduz")), base::Duration{0});
    EXPECT_EQ(detector.memoryOf(SensorId("unknown")), base::Duration{0});
}

TEST(Detector, aHandleStandsForTheName) {
    Detector detector({riverRule()});
    EXPECT_EQ(detector.handleOf(SensorId("unknown")), Detector::noHandle);
    const Detector::Handle handle = detector.handleOf(SensorId("rhine-vaduz"));
    ASSERT_NE(handle, Detector::noHandle);
    std::vector<Conclusion> out;
    detector.take(Detector::noHandle, at(0), 9, out);
    EXPECT_TRUE(out.empty());
    detector.take(handle, at(0), 9, out);
    EXPECT_EQ(wordsSince(out), "raise since 0");
}

TEST(Detector, maybeMoved) {
    Detector first({riverRule()});
    play(first, {{0, 5, "raise since 0"}});
    Detector second(std::move(first));
    play(second, {{1, 5, ""}, {2, 1, "return since 2"}});
    EXPECT_EQ(second.rules().size(), 1U);
}

} // namespace
} // namespace tocsin::detect
