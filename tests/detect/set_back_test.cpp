#include "detect/scene.hpp"

// What goes on where the clock that readings are of is set back.

namespace tocsin::detect {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

/// The clock is set back by an hour at minute 60: what was said before keeps its distance.
struct SetBack : ::testing::Test {
    static void goBack(Player& p) { p.detector.goBack(atMinute(0)); }
};

TEST_F(SetBack, aDelayGoesOn) {
    Player p({ruleOf("r", Threshold{true, 4, 0, minutes{5}})});
    EXPECT_EQ(p.take(58, 5), "");
    EXPECT_EQ(p.take(60, 5), "");
    goBack(p);
    EXPECT_EQ(p.take(2, 5), "");
    EXPECT_EQ(p.take(3, 5), "raise r");
    ASSERT_FALSE(p.last.empty());
    EXPECT_EQ(p.last[0].since, atMinute(-2));
}

TEST_F(SetBack, aRiseIsSeenAndAnOldOneIsNot) {
    Player p({ruleOf("r", Rate{1, minutes{10}})});
    EXPECT_EQ(p.take(44, 1), "");
    EXPECT_EQ(p.take(55, 2), "");
    EXPECT_EQ(p.take(60, 2.5), "");
    goBack(p);
    EXPECT_EQ(p.take(4, 3), "raise r");
}

TEST_F(SetBack, whatFellStaysTheSum) {
    Player p({ruleOf("r", Accumulated{10, hours{1}})}, {sensorOf("s", model::SensorKind::rain, "mm")});
    EXPECT_EQ(p.take(30, 4), "");
    EXPECT_EQ(p.take(60, 4), "");
    p.detector.goBack(atMinute(13));
    EXPECT_EQ(p.take(20, 4), "raise r");
    EXPECT_EQ(p.take(43, 0), "return r") << "the first is over an hour ago";
}

TEST_F(SetBack, aSensorThatHasNotSpokenSinceDoesNotHideTheOthers) {
    Several several;
    several.k = 2;
    several.each = Threshold{true, 4};
    Player p({ruleOf("r", several, {"a", "b", "c"})});
    EXPECT_EQ(p.take(60, 5, "a"), "");
    goBack(p);
    EXPECT_EQ(p.take(20, 5, "b"), "") << "twenty minutes are too many";
    EXPECT_EQ(p.take(21, 5, "c"), "raise r");
}

} // namespace
} // namespace tocsin::detect
