#include "detect/scene.hpp"

// A delay ends by the clock where nothing more is said.

namespace tocsin::detect {
namespace {

using std::chrono::minutes;

Rule dyke() {
    return ruleOf("dyke", Threshold{true, 6.5, 0.2, minutes{1}});
}

/// Once a second, as a desk does; what was concluded on the way.
std::string tickThrough(Player& p, double fromSecond, double toSecond) {
    std::string words;
    for (double second = fromSecond; second <= toSecond; second += 1) {
        const auto said = p.tick(second / 60);
        if (!said.empty())
            words += (words.empty() ? "" : "; ") + said + " at " + std::to_string(std::lround(second));
    }
    return words;
}

TEST(Delay, oneReadingAboveTheLineIsEnough) {
    Player p({dyke()});
    EXPECT_EQ(p.take(0, 4.4), "");
    EXPECT_EQ(tickThrough(p, 0.5, 599.5), "");
    EXPECT_EQ(p.take(10, 6.8), "");
    EXPECT_EQ(tickThrough(p, 600.5, 659.5), "");
    EXPECT_EQ(tickThrough(p, 660.5, 661.5), "raise dyke at 661");
    EXPECT_EQ(tickThrough(p, 662.5, 900), "") << "once";
    EXPECT_EQ(p.take(20, 6.9), "");
    EXPECT_EQ(p.take(30, 4), "return dyke");
}

TEST(Delay, itSaysSinceWhenAndWhatItSaw) {
    Player p({dyke()});
    EXPECT_EQ(p.take(0, 6.6), "");
    EXPECT_EQ(p.take(0.5, 6.8), "");
    EXPECT_EQ(p.tick(0.5), "");
    EXPECT_EQ(p.tick(1), "raise dyke");
    ASSERT_EQ(p.last.size(), 1U);
    EXPECT_EQ(p.last[0].since, atMinute(0));
    EXPECT_EQ(p.last[0].value, 6.8);
    EXPECT_EQ(p.last[0].saw, (std::vector<model::ReadingSeen>{{atMinute(0), 6.6}, {atMinute(0.5), 6.8}}));
    EXPECT_EQ(p.detector.standing().size(), 1U);
}

TEST(Delay, aReadingBelowTheLineBreaksIt) {
    Player p({dyke()});
    EXPECT_EQ(p.take(0, 6.8), "");
    EXPECT_EQ(p.tick(0), "");
    EXPECT_EQ(p.take(0.5, 6.4), "");
    EXPECT_EQ(tickThrough(p, 30, 300), "");
    EXPECT_EQ(p.take(6, 6.8), "");
    EXPECT_EQ(p.take(6.2, 6.4), "") << "both between two looks at the clock";
    EXPECT_EQ(p.take(6.4, 6.8), "");
    EXPECT_EQ(p.tick(6.4), "");
    EXPECT_EQ(p.tick(7.3), "");
    EXPECT_EQ(p.tick(7.4), "raise dyke");
}

TEST(Delay, whatComesLateHasTheWholeTime) {
    Player p({dyke()});
    EXPECT_EQ(p.tick(20), "");
    EXPECT_EQ(p.take(0, 6.8), ""); // twenty minutes old
    EXPECT_EQ(p.tick(20.1), "");
    EXPECT_EQ(p.tick(21), "");
    EXPECT_EQ(p.tick(21.1), "raise dyke");
}

TEST(Delay, readingsThatAreWantedStillAreWaitedFor) {
    Player p({ruleOf("r", Threshold{true, 5, 0, minutes{1}, 2})});
    EXPECT_EQ(p.take(0, 6), "");
    EXPECT_EQ(tickThrough(p, 1, 600), "");
    EXPECT_EQ(p.take(10, 6), "raise r");
}

TEST(Delay, aClockThatIsSetGivesTheWholeTimeAgain) {
    Player p({dyke()});
    EXPECT_EQ(p.tick(0), "");
    EXPECT_EQ(p.take(0, 6.8), "");
    EXPECT_EQ(p.tick(0.1), "");
    EXPECT_EQ(p.tick(600), "");
    EXPECT_EQ(p.tick(600.9), "");
    EXPECT_EQ(p.tick(601), "raise dyke");
}

TEST(Delay, setBackItKeepsItsDistance) {
    Player p({dyke()});
    EXPECT_EQ(p.take(60, 6.8), "");
    EXPECT_EQ(p.tick(60), "");
    EXPECT_EQ(p.tick(60.5), "");
    p.detector.goBack(atMinute(0));
    EXPECT_EQ(p.tick(0.5), ""); // the clock was set: from here on the whole time
    EXPECT_EQ(p.tick(1.4), "");
    EXPECT_EQ(p.tick(1.5), "raise dyke");
    EXPECT_EQ(p.last[0].since, atMinute(0));
}

TEST(Delay, goesOnWhenSensorsAndRulesAreBoundAnew) {
    const auto sensor = sensorOf("s", model::SensorKind::riverLevel);
    Player p({dyke()}, {sensor});
    EXPECT_EQ(p.take(0, 6.8), "");
    EXPECT_EQ(p.tick(0), "");
    p.detector.bind(registerOf({sensorOf("a", model::SensorKind::rain), sensor}));
    EXPECT_TRUE(p.detector.setRules({ruleOf("other", Threshold{true, 9, 0, minutes{1}}, {"a"}), dyke()}).empty());
    EXPECT_EQ(p.tick(0.9), "");
    EXPECT_EQ(p.tick(1), "raise dyke");
}

TEST(Delay, waitsWhileItsSensorIsOutOfService) {
    auto sensor = sensorOf("s", model::SensorKind::riverLevel);
    Player p({dyke()}, {sensor});
    EXPECT_EQ(p.take(0, 6.8), "");
    EXPECT_EQ(p.tick(0), "");
    sensor.outOfService = "being repaired";
    p.detector.bind(registerOf({sensor}));
    EXPECT_EQ(tickThrough(p, 1, 300), "");
    sensor.outOfService.clear();
    p.detector.bind(registerOf({sensor}));
    EXPECT_EQ(p.tick(5.9), "");
    EXPECT_EQ(p.tick(6), "raise dyke");
}

TEST(Delay, afterARestartTheTimeMeanwhileCounts) {
    Player p({dyke()});
    EXPECT_EQ(p.take(0, 6.8), "");
    p.detector.cameAt(model::SensorId("s"), atMinute(0));
    EXPECT_EQ(p.tick(0.5), "");
    EXPECT_EQ(p.tick(1), "raise dyke");
    Player later({dyke()});
    EXPECT_EQ(later.take(0, 6.8), "");
    later.detector.cameAt(model::SensorId("s"), atMinute(0));
    EXPECT_EQ(later.tick(45), "raise dyke");
}

TEST(Delay, endsForWhatIsAskedOfSeveralRules) {
    Rule both = ruleOf("both", Together{{"dyke", "rain"}, minutes{0}, std::nullopt}, {});
    Player p({dyke(), ruleOf("rain", Threshold{true, 20}, {"r"}), both});
    EXPECT_EQ(p.take(0, 30, "r"), "raise rain");
    EXPECT_EQ(p.take(0, 6.8), "");
    EXPECT_EQ(p.tick(0), "");
    EXPECT_EQ(p.tick(1), "raise dyke; raise both");
}

/// The place of the waiting is found again however many come and go.
TEST(Delay, ofManyEachEndsByItself) {
    std::vector<std::string> names;
    for (int i = 0; i < 50; ++i)
        names.push_back("s" + std::to_string(i));
    Player p({ruleOf("r", Threshold{true, 5, 0, minutes{1}}, names)});
    for (int i = 0; i < 50; ++i)
        EXPECT_EQ(p.take(0, 6, names[static_cast<std::size_t>(i)]), "");
    EXPECT_EQ(p.tick(0), "");
    for (int i = 0; i < 50; i += 2)
        EXPECT_EQ(p.take(0.3, 4, names[static_cast<std::size_t>(i)]), "");
    EXPECT_EQ(p.tick(0.4), "");
    for (int i = 0; i < 50; i += 4)
        EXPECT_EQ(p.take(0.5, 6, names[static_cast<std::size_t>(i)]), "");
    EXPECT_EQ(p.tick(0.5), "");
    p.tick(1);
    EXPECT_EQ(p.last.size(), 25U);
    p.tick(1.5);
    EXPECT_EQ(p.last.size(), 13U);
}

} // namespace
} // namespace tocsin::detect
