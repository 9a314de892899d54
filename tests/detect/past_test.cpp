#include "tocsin/detect/past.hpp"

#include "detect/scene.hpp"

#include <algorithm>

// Rules over the past of others' messages, and what is said of rules that would have fired too often.

namespace tocsin::detect {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

model::Warning warning(const std::string& identifier, double minute, const std::string& type = "Alert",
                       const std::string& severity = "Severe") {
    model::Warning out;
    out.identifier = identifier;
    out.sender = "office";
    out.capStatus = "Actual";
    out.msgType = type;
    out.receivedAt = out.sent = atMinute(minute);
    out.expires = atMinute(minute + 600);
    out.state = model::WarningState::expired; // by now
    model::WarningInfo info;
    info.language = "en-US";
    info.event = "Flood " + identifier;
    info.severity = severity;
    info.expires = out.expires;
    out.infos = {info};
    return out;
}
model::Warning about(model::Warning warning, const std::string& other) {
    warning.references = {{"office", other, ""}};
    return warning;
}
Rule severe() {
    WarningCondition condition;
    condition.severities = {"Severe", "Extreme"};
    return ruleOf("w", condition, {});
}

TEST(PastMessages, aWarningStandsUntilItExpires) {
    PastMessages past;
    past.warnings = {warning("b", 700, "Alert", "Minor"), warning("a", 100)};
    const auto result = backtest(severe(), past, atMinute(0), atMinute(1'000));
    ASSERT_EQ(result.firings.size(), 1U);
    EXPECT_EQ(result.firings[0].from, atMinute(100));
    EXPECT_EQ(result.firings[0].until, atMinute(700));
    EXPECT_EQ(result.firings[0].what.text, "Flood a");
    EXPECT_EQ(result.readings, 2U);
    EXPECT_FALSE(backtest(severe(), past, atMinute(0), atMinute(500)).firings[0].until) << "still, at that time";
    EXPECT_EQ(backtest(severe(), past, atMinute(800), atMinute(1'000)).all, 0U);
    EXPECT_EQ(backtest(severe(), past, atMinute(0), atMinute(50)).all, 0U);
}

TEST(PastMessages, updatesGoOnAndCancelsEnd) {
    PastMessages past;
    past.warnings = {warning("a", 0), about(warning("b", 60, "Update", "Extreme"), "a"),
                     about(warning("c", 120, "Cancel"), "b")};
    auto result = backtest(severe(), past, atMinute(-10), atMinute(1'000));
    ASSERT_EQ(result.all, 1U) << "one alarm, whichever message carries it";
    EXPECT_EQ(result.firings[0].from, atMinute(0));
    EXPECT_EQ(result.firings[0].until, atMinute(120));
    past.warnings[1].infos[0].severity = "Minor";
    result = backtest(severe(), past, atMinute(-10), atMinute(1'000));
    ASSERT_EQ(result.all, 1U);
    EXPECT_EQ(result.firings[0].until, atMinute(60)) << "the update is none for this rule";
    past.warnings = {warning("a", 0), about(warning("b", 700, "Update"), "a")};
    EXPECT_EQ(backtest(severe(), past, atMinute(-10), atMinute(1'000)).all, 2U) << "the first was over";
}

TEST(PastMessages, earthquakesAsLongAsTheyAreNew) {
    PastMessages past;
    for (const double magnitude : {4.2, 5.1}) {
        model::Earthquake quake;
        quake.magnitude = magnitude;
        quake.place = "Sargans";
        quake.time = atMinute(magnitude * 100);
        past.earthquakes.push_back(quake);
    }
    const auto result = backtest(ruleOf("q", EarthquakeCondition{5, 50, hours(1)}, {}), past, atMinute(0), atMinute(1'000));
    ASSERT_EQ(result.all, 1U);
    EXPECT_EQ(result.firings[0].until, atMinute(570));
    EXPECT_EQ(result.firings[0].what.text, "M 5.1, Sargans");
    EXPECT_EQ(result.readings, 2U);
}

// ---- too often

TEST(TooOften, inAMinuteOrInADay) {
    const auto rule = ruleOf("r", Threshold{true, 5});
    Backtest past;
    past.mostInAMinute = tooOftenAMinute;
    past.mostInADay = tooOftenADay;
    EXPECT_FALSE(tooOften(rule, past));
    past.mostInADay = 1'440;
    ASSERT_TRUE(tooOften(rule, past));
    EXPECT_NE(tooOften(rule, past)->text.text.find("1440 times in one day"), std::string::npos);
    past.mostInAMinute = 1'000;
    EXPECT_NE(tooOften(rule, past)->text.in("zh_CN").find("1000"), std::string::npos);
    EXPECT_FALSE(tooOften(rule, past)->refuses);
}

TEST(TooOften, theBusiestDayIsAnyDay) {
    PastMessages past;
    for (int i = 0; i < 2'400; ++i)
        past.warnings.push_back(warning(std::to_string(i), i)); // one a minute over 40 hours
    EXPECT_EQ(backtest(severe(), past, atMinute(0), atMinute(3'000)).mostInADay, 1'440U);
}

TEST(ChangedRules, areOthersOrAboutOthers) {
    const auto together = ruleOf("both", Together{{"a", "b"}, {}, {}}, {});
    const auto over = ruleOf("over", Together{{"both", "c"}, {}, {}}, {});
    const std::vector<Rule> before{ruleOf("a", Threshold{true, 5}), ruleOf("b", Threshold{true, 5}),
                                   ruleOf("c", Threshold{true, 5}), together, over};
    EXPECT_TRUE(changedRules(before, before).empty());
    auto after = before;
    after[1].condition = Threshold{true, 4};
    EXPECT_EQ(changedRules(before, after), (std::set<std::string>{"b", "both", "over"}));
    EXPECT_EQ(changedRules({}, {before[0]}), (std::set<std::string>{"a"}));
}

// ---- before saving

/// A sensor that swings every second of the last day, and one at rest.
PastReadings swinging(base::Time now) {
    return [now](const model::SensorId& sensor, base::Time after,
                 std::size_t most) -> base::Result<std::vector<model::ReadingSeen>> {
        std::vector<model::ReadingSeen> list;
        auto at = std::max(after + base::Duration(1), now - hours(1));
        at = std::chrono::ceil<std::chrono::seconds>(at);
        for (; at <= now && list.size() < most; at += std::chrono::seconds(1)) {
            const bool odd = (at.time_since_epoch() / std::chrono::seconds(1)) % 2 != 0;
            list.push_back({at, sensor.value == "calm" || odd ? 0.0 : 9.0});
        }
        return list;
    };
}

TEST(RemarksOnPast, areOnTheRulesThatWereAskedFor) {
    const base::Time now = atMinute(0);
    // A hundred that swing: fifty times a second, on every other one.
    std::vector<std::string> names;
    for (int i = 0; i < 100; ++i)
        names.push_back("s" + std::to_string(i));
    auto off = ruleOf("off", Threshold{true, 5}, names);
    off.enabled = false;
    const std::vector<Rule> rules{ruleOf("loud", Threshold{true, 5}, names), ruleOf("calm", Threshold{true, 5}, {"calm"}),
                                  ruleOf("other", Threshold{true, 5}, names), off};
    const PastMessages none;
    std::vector<double> told;
    const auto remarks = remarksOnPast(rules, {"loud", "calm", "off"}, {registerOf({}), swinging(now), none, now},
                                       [] { return false; }, [&](double part) { told.push_back(part); }, {});
    ASSERT_TRUE(remarks) << remarks.error().describe();
    ASSERT_EQ(remarks->size(), 1U) << "once, though it is looked at over a day and over seven";
    EXPECT_EQ(remarks->front().rule, "loud");
    EXPECT_NE(remarks->front().text.text.find("3000 times in one minute"), std::string::npos) << remarks->front().text.text;
    EXPECT_TRUE(std::is_sorted(told.begin(), told.end()));
    ASSERT_FALSE(told.empty());
    EXPECT_LE(told.back(), 1.0);
}

TEST(RemarksOnPast, whatTakesTooLongIsSaid) {
    const base::Time now = atMinute(0);
    const std::vector<Rule> rules{ruleOf("a", Threshold{true, 5}), ruleOf("b", Threshold{true, 5})};
    const PastMessages none;
    int looks = 0;
    const auto remarks = remarksOnPast(rules, {"a", "b"}, {registerOf({}), swinging(now), none, now},
                                       [&] { return ++looks > 2; }, {}, {});
    ASSERT_TRUE(remarks);
    ASSERT_EQ(remarks->size(), 2U);
    EXPECT_NE(remarks->front().text.text.find("too long"), std::string::npos);
    EXPECT_FALSE(remarks->front().refuses);
    std::stop_source stop;
    stop.request_stop();
    const auto stopped = remarksOnPast(rules, {"a"}, {registerOf({}), swinging(now), none, now}, [] { return false; }, {},
                                       stop.get_token());
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().code, base::Code::cancelled);
}

} // namespace
} // namespace tocsin::detect
