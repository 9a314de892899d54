#include "tocsin/desk/likeness.hpp"
#include "tocsin/geo/measure.hpp"

#include <gtest/gtest.h>

namespace tocsin::desk {
namespace {

using namespace std::chrono_literals;

template <typename IdType>
IdType idOf(std::uint8_t n) {
    base::Uuid id;
    id.bytes[15] = n;
    return IdType(id);
}

const base::Time now = *base::parseTime("2026-11-21T03:12:00Z");
const auto steg = model::Position::trusted(47.1100, 9.5770);

model::Position away(double metres) {
    return geo::offset(steg, base::Degrees(90), base::Metres(metres));
}

class LikenessTest : public testing::Test {
  protected:
    model::Report& report(std::uint8_t n, const char* text, std::optional<model::Position> at, base::Duration age) {
        model::Report r;
        r.id = idOf<model::ReportId>(n);
        r.text = text;
        r.position = at;
        r.category = "flood";
        r.happenedAt = r.receivedAt = now - age;
        return state.reports[r.id] = std::move(r);
    }
    model::Incident& incident(std::uint8_t n, const char* title, model::Position at, base::Duration age) {
        model::Incident i;
        i.id = idOf<model::IncidentId>(n);
        i.title = title;
        i.hazard = "flood";
        i.position = at;
        i.openedAt = now - age;
        return state.incidents[i.id] = std::move(i);
    }
    CallSketch call(const char* text) const {
        CallSketch c;
        c.text = text;
        c.position = steg;
        c.category = "flood";
        c.time = now;
        return c;
    }
    model::State state;
};

TEST_F(LikenessTest, whatIsNearRecentAndSaysTheSameComesFirstWithItsReasons) {
    report(1, "The stream is over the road at the bridge", away(400), 12min);
    report(2, "The stream is over the road at the bridge", away(6000), 12min);
    report(3, "Tree on the railway line", away(400), 12min);
    const auto found = likelySame(state, call("Water from the stream runs over the bridge"), 5);
    ASSERT_GE(found.size(), 2U);
    EXPECT_EQ(std::get<model::ReportId>(found[0].what), idOf<model::ReportId>(1));
    EXPECT_NEAR(found[0].distance->value, 400, 1);
    EXPECT_EQ(found[0].apart, 12min);
    EXPECT_TRUE(found[0].sameCategory);
    EXPECT_EQ(found[0].shared, (std::vector<std::string>{"bridge", "stream"}));
    EXPECT_EQ(std::get<model::ReportId>(found[1].what), idOf<model::ReportId>(3));
    EXPECT_GT(found[0].score, found[1].score + 0.1);
}

TEST_F(LikenessTest, chineseNeedsNoBlanksBetweenItsWords) {
    report(1, "莱茵河大堤渗水，水很浑", away(300), 5min);
    report(2, "山路上有落石", away(300), 5min);
    const auto found = likelySame(state, call("老桥旁边大堤渗水了"), 5);
    ASSERT_FALSE(found.empty());
    EXPECT_EQ(std::get<model::ReportId>(found[0].what), idOf<model::ReportId>(1));
    EXPECT_EQ(found[0].shared, std::vector<std::string>{"大堤渗水"});
    EXPECT_GT(textLikeness("大堤渗水", "莱茵河大堤渗水，水很浑"), 0.7);
    EXPECT_EQ(textLikeness("大堤渗水", "山路上有落石"), 0);
}

TEST_F(LikenessTest, caseAccentsWidthAndPunctuationDoNotMatter) {
    EXPECT_DOUBLE_EQ(textLikeness("MÜHLEHOLZ, Bächle!", "muhleholz bachle"), 1);
    EXPECT_DOUBLE_EQ(textLikeness("ＡＢＣＤ１２", "abcd12"), 1);
    EXPECT_EQ(textLikeness("", "abc"), 0);
    EXPECT_EQ(textLikeness("\xff\xfe", "\xff\xfe"), 0) << "nothing that is a letter";
}

TEST_F(LikenessTest, anOpenIncidentStandsForItsReportsAndForWhatTheySaid) {
    auto& dyke = incident(1, "Seepage", away(500), 3h);
    auto& first = report(1, "Brown water boils up behind the dyke", away(500), 3h);
    first.incident = dyke.id;
    dyke.reports = {first.id};
    const auto found = likelySame(state, call("brown water behind the dyke"), 5);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(std::get<model::IncidentId>(found[0].what), dyke.id);
    EXPECT_EQ(found[0].shared, (std::vector<std::string>{"behind", "brown", "water", "dyke"}));
    dyke.state = model::IncidentState::closed;
    const auto after = likelySame(state, call("brown water behind the dyke"), 5);
    ASSERT_EQ(after.size(), 1U) << "a closed incident is none; its report speaks for itself again";
    EXPECT_EQ(std::get<model::ReportId>(after[0].what), first.id);
}

TEST_F(LikenessTest, withoutAPositionThePlacesNameSpeaks) {
    auto& named = report(1, "Cellar full of water", std::nullopt, 10min);
    named.place = "Triesenberg, Steg";
    auto& other = report(2, "Cellar full of water", std::nullopt, 10min);
    other.place = "Ruggell";
    auto sketch = call("water in the cellar");
    sketch.position.reset();
    sketch.place = "Steg";
    const auto found = likelySame(state, sketch, 5);
    ASSERT_FALSE(found.empty());
    EXPECT_EQ(std::get<model::ReportId>(found[0].what), named.id);
    EXPECT_TRUE(found[0].samePlaceName);
    EXPECT_FALSE(found[0].distance);
}

TEST_F(LikenessTest, anActiveAlarmNearbyIsACandidateUntilItsIncidentIs) {
    model::Alarm alarm;
    alarm.id = idOf<model::AlarmId>(7);
    alarm.title = "Level over 4 m";
    alarm.hazard = "flood";
    alarm.position = away(200);
    alarm.raisedAt = now - 20min;
    state.alarms[alarm.id] = alarm;
    auto found = likelySame(state, call("the river is very high"), 5);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(std::get<model::AlarmId>(found[0].what), alarm.id);
    state.alarms[alarm.id].state = model::AlarmState::normal;
    EXPECT_TRUE(likelySame(state, call("the river is very high"), 5).empty());
}

TEST_F(LikenessTest, whatIsOldFarOrTheCallItselfIsNone) {
    report(1, "Water over the bridge", away(100), 30h);
    report(2, "Something else altogether", away(20'000), 1min);
    report(3, "Water over the bridge", away(10), 1min).sourceId = "mine";
    auto sketch = call("Water over the bridge");
    sketch.sourceId = "mine";
    EXPECT_TRUE(likelySame(state, sketch, 5).empty());
    EXPECT_TRUE(likelySame(state, CallSketch{}, 5).empty()) << "nothing is known yet";
}

TEST_F(LikenessTest, giveNoMoreThanAsked) {
    for (std::uint8_t n = 1; n < 40; ++n)
        report(n, "Water over the bridge", away(10.0 * n), 1min);
    const auto found = likelySame(state, call("Water over the bridge"), 3);
    ASSERT_EQ(found.size(), 3U);
    EXPECT_GE(found[0].score, found[1].score);
    EXPECT_GE(found[1].score, found[2].score);
}

} // namespace
} // namespace tocsin::desk
