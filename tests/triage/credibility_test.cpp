#include "tocsin/triage/credibility.hpp"

#include "tocsin/geo/measure.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tocsin::triage {
namespace {

using namespace std::chrono_literals;
using What = Reason::What;
using model::ReportState;
using testing::ElementsAre;
using testing::IsEmpty;

const base::Time noon = *base::parseTime("2026-11-29T12:00:00Z");
const model::Position vaduz = model::Position::trusted(47.141, 9.521);

model::Position east(double metres) {
    return geo::offset(vaduz, base::Degrees(90), base::Metres(metres));
}

const HazardWords& ours() {
    static const HazardWords words = [] {
        std::ostringstream text;
        text << std::ifstream(TOCSIN_SOURCE_DIR "/resources/hazard_words/default.toml", std::ios::binary).rdbuf();
        auto parsed = HazardWords::parse(text.str());
        EXPECT_TRUE(parsed) << parsed.error().describe();
        return parsed.value_or(HazardWords{});
    }();
    return words;
}

struct CredibilityTest : testing::Test {
    base::SeededIdSource ids{noon};
    model::State state;
    std::map<model::SensorId, SensorValue> sensors;

    model::Report report(std::string category, std::string text, model::Position where = vaduz) {
        model::Report r;
        r.id = ids.make<model::ReportId>();
        r.category = std::move(category);
        r.text = std::move(text);
        r.position = where;
        r.happenedAt = noon;
        r.receivedAt = noon;
        r.hasContact = true;
        return r;
    }
    model::Report other(std::string category, std::string text, std::string sender, model::Position where = vaduz) {
        auto r = report(std::move(category), std::move(text), where);
        r.sender = std::move(sender);
        state.reports[r.id] = r;
        return r;
    }
    std::vector<Reason> reasons(const model::Report& r, const std::vector<model::ReportId>& same = {}) {
        state.reports[r.id] = r;
        return credibility(r, same, state, sensors, noon + 10min, ours());
    }
    std::vector<What> whats(const model::Report& r, const std::vector<model::ReportId>& same = {}) {
        std::vector<What> out;
        for (const auto& reason : reasons(r, same))
            out.push_back(reason.what);
        return out;
    }
    model::Alarm& alarm(std::string hazard, double metres) {
        model::Alarm a;
        a.id = ids.make<model::AlarmId>();
        a.hazard = std::move(hazard);
        a.position = east(metres);
        return state.alarms[a.id] = a;
    }
    model::Sensor& sensor(std::string id, model::SensorKind kind, double metres) {
        model::Sensor s;
        s.id = model::SensorId(std::move(id));
        s.kind = kind;
        s.position = east(metres);
        sensors[s.id] = {noon + 5min, 1.0};
        return state.sensors[s.id] = s;
    }
    model::Warning& warning(std::string event, double radiusKm) {
        model::Warning w;
        w.id = ids.make<model::WarningId>();
        w.capStatus = "Actual";
        model::WarningInfo info;
        info.event = std::move(event);
        info.areas.push_back({"here", {}, {model::Circle{vaduz, radiusKm}}, {}});
        w.infos.push_back(info);
        return state.warnings[w.id] = w;
    }
};

TEST_F(CredibilityTest, AReportOfWhichNothingIsKnownHasNoReason) {
    EXPECT_THAT(reasons(report("flood", "Water in the cellar")), IsEmpty());
}

TEST_F(CredibilityTest, SourceAndContact) {
    auto r = report("flood", "Water in the cellar");
    r.hasContact = false;
    EXPECT_THAT(whats(r), ElementsAre(What::noContact));
    r.trust = model::Trust::known;
    EXPECT_THAT(whats(r), ElementsAre(What::knownSource, What::noContact));
    r.trust = model::Trust::official;
    EXPECT_THAT(whats(r), ElementsAre(What::officialSource));
}

TEST_F(CredibilityTest, TheSendersRecordIsOfJudgedReportsOnly) {
    auto r = report("flood", "Water in the cellar");
    r.sender = "anna";
    for (const auto judged :
         {ReportState::verified, ReportState::verified, ReportState::dismissed, ReportState::pending}) {
        auto old = other("road", "A hole", "anna", east(9'000));
        state.reports[old.id].state = judged;
    }
    auto found = reasons(r);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].what, What::goodRecord);
    EXPECT_EQ(found[0].count, 3U);
    EXPECT_EQ(found[0].other, 2U);
    EXPECT_TRUE(found[0].speaksFor);
    for (int i = 0; i < 3; ++i)
        state.reports[other("road", "A hole", "anna", east(9'000)).id].state = ReportState::dismissed;
    found = reasons(r);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].what, What::badRecord);
    EXPECT_EQ(found[0].count, 6U);
    EXPECT_EQ(found[0].other, 4U);
    EXPECT_LT(balanceOf(found), 0);
}

TEST_F(CredibilityTest, OthersCountBySender) {
    auto r = report("fire", "Smoke from the roof");
    r.sender = "anna";
    const auto a = other("fire", "It burns", "bert").id;
    const auto b = other("fire", "It burns more", "bert").id;
    const auto c = other("fire", "Flames!", "carl").id;
    const auto d = other("fire", "Flames seen", "").id;
    const auto e = other("fire", "Flames seen", "").id; // the same once more
    const auto found = reasons(r, {a, b, c, d, e});
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].what, What::othersSay);
    EXPECT_EQ(found[0].count, 3U);
    EXPECT_EQ(found[0].other, 1U);
    EXPECT_EQ(found[0].weight, 3);
}

TEST_F(CredibilityTest, OneWhoRepeatsHimselfIsNoWitness) {
    auto r = report("fire", "Smoke from the roof");
    r.sender = "anna";
    const auto a = other("fire", "It burns", "anna").id;
    const auto b = other("fire", "It still burns", "anna").id;
    const auto found = reasons(r, {a, b});
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].what, What::sameSenderOnly);
    EXPECT_EQ(found[0].count, 2U);
    EXPECT_FALSE(found[0].speaksFor);
}

TEST_F(CredibilityTest, ADismissedOneIsNoWitness) {
    const auto a = other("fire", "It burns", "bert").id;
    state.reports[a].state = ReportState::dismissed;
    EXPECT_THAT(whats(report("fire", "Smoke from the roof"), {a}), IsEmpty());
}

TEST_F(CredibilityTest, ContradictionsNearInPlaceAndTime) {
    const auto r = report("fire", "The roof burns");
    auto& far = state.reports[other("fire", "False alarm", "bert", east(5'000)).id];
    auto& late = state.reports[other("fire", "False alarm", "carl", east(100)).id];
    late.happenedAt = noon + 5h;
    other("flood", "There is no flood here", "dora", east(100));
    EXPECT_THAT(whats(r), IsEmpty());
    far.position = east(300);
    auto found = reasons(r);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].what, What::othersContradict);
    EXPECT_EQ(found[0].count, 1U);
    late.happenedAt = noon + 20min;
    found = reasons(r);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].count, 2U);
    EXPECT_EQ(found[0].weight, 3);
    // And the other way round.
    EXPECT_THAT(whats(far), ElementsAre(What::othersContradict));
}

TEST_F(CredibilityTest, WhoTakesItBackIsNotAnother) {
    auto r = report("fire", "The roof burns");
    r.sender = "anna";
    other("fire", "Sorry, false alarm, it was steam", "anna");
    EXPECT_THAT(whats(r), ElementsAre(What::takenBack));
}

TEST_F(CredibilityTest, TheNearestAlarmOfTheSameHazard) {
    alarm("flood", 2'500);
    const auto id = alarm("flood", 700).id;
    alarm("fire", 50);
    alarm("flood", 20).state = model::AlarmState::normal;
    alarm("flood", 30).kind = model::AlarmKind::sensorFault;
    const auto found = reasons(report("flood", "Water in the cellar"));
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].what, What::alarmNear);
    EXPECT_EQ(found[0].alarm, id);
    EXPECT_NEAR(found[0].metres, 700, 1);
    EXPECT_EQ(found[0].weight, 3);
}

TEST_F(CredibilityTest, WhatABrokenSensorRaisedOrAPersonShelvedBearsNothingOut) {
    auto& fault = alarm("equipment", 200);
    fault.kind = model::AlarmKind::sensorFault;
    auto& muted = alarm("flood", 235);
    muted.state = model::AlarmState::suppressed;
    muted.suppressedBy = fault.id;
    auto& follows = alarm("flood", 240); // from what is not believed
    follows.state = model::AlarmState::suppressed;
    follows.suppressedBy = muted.id;
    alarm("flood", 300).state = model::AlarmState::shelved;
    auto& over = alarm("flood", 350);
    over.state = model::AlarmState::returnedUnacknowledged;
    over.holds = false;
    alarm("flood", 10).source = "warning:x"; // that counts by the area it covers
    EXPECT_THAT(whats(report("flood", "Water in the cellar")), IsEmpty());
    auto& burst = alarm("water-supply", 900);
    auto& byDesign = alarm("flood", 400); // it follows from another, and is true all the same
    byDesign.state = model::AlarmState::suppressed;
    byDesign.suppressedBy = burst.id;
    const auto found = reasons(report("flood", "Water in the cellar"));
    ASSERT_FALSE(found.empty());
    EXPECT_EQ(found[0].what, What::alarmNear);
    EXPECT_EQ(found[0].alarm, byDesign.id);
}

TEST_F(CredibilityTest, AlarmsFarAwayAndOfOtherHazardsSayNothing) {
    alarm("flood", 3'500);
    alarm("fire", 50);
    EXPECT_THAT(whats(report("flood", "Water in the cellar")), IsEmpty());
    // A word that nobody knows is the same as itself.
    alarm("locusts", 50);
    EXPECT_THAT(whats(report("locusts", "They are everywhere")), ElementsAre(What::alarmNear));
    // "other" goes by its words.
    EXPECT_THAT(whats(report("other", "地下室着火了")), ElementsAre(What::alarmNear));
}

TEST_F(CredibilityTest, ASensorThatShouldShowIt) {
    auto& smoke = sensor("smoke-1", model::SensorKind::smoke, 200);
    sensor("river-1", model::SensorKind::riverLevel, 100);
    sensor("rain-1", model::SensorKind::rain, 10);
    const auto r = report("fire", "The wood burns");
    const auto found = reasons(r);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].what, What::sensorSaysNot);
    EXPECT_EQ(found[0].sensor, smoke.id);
    EXPECT_EQ(found[0].weight, 1);
    EXPECT_NEAR(found[0].metres, 200, 1);

    sensors[smoke.id].time = noon - 1h; // before it happened
    EXPECT_THAT(whats(r), IsEmpty());
    sensors[smoke.id].time = noon + 5min;
    smoke.outOfService = "repair";
    EXPECT_THAT(whats(r), IsEmpty());
    smoke.outOfService.clear();
    auto& fault = alarm("equipment", 200);
    fault.kind = model::AlarmKind::sensorFault;
    fault.sensor = smoke.id;
    EXPECT_THAT(whats(r), IsEmpty());
    fault.state = model::AlarmState::normal;
    EXPECT_THAT(whats(r), ElementsAre(What::sensorSaysNot));
    alarm("forest-fire", 2'000);
    EXPECT_THAT(whats(r), ElementsAre(What::alarmNear));
}

TEST_F(CredibilityTest, WarningsInForceThatCoverThePlace) {
    auto& w = warning("暴雨红色预警", 5);
    const auto r = report("flood", "Water in the cellar");
    const auto found = reasons(r);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].what, What::warningCovers);
    EXPECT_EQ(found[0].warning, w.id);
    EXPECT_THAT(whats(report("fire", "The wood burns")), IsEmpty());
    EXPECT_THAT(whats(report("flood", "Water in the cellar", east(8'000))), IsEmpty());
    w.state = model::WarningState::cancelled;
    EXPECT_THAT(whats(r), IsEmpty());
    w.state = model::WarningState::inForce;
    w.capStatus = "Exercise";
    EXPECT_THAT(whats(r), IsEmpty());
    state.desk.exercise = true;
    EXPECT_THAT(whats(r), ElementsAre(What::warningCovers));
    w.expires = noon;
    EXPECT_THAT(whats(r), IsEmpty());
    auto& ring = warning("Flood warning", 0);
    ring.capStatus = "Actual";
    ring.infos[0].areas[0].circles.clear();
    const auto corner = [](double lat, double lon) { return model::Position::trusted(lat, lon); };
    ring.infos[0].areas[0].polygons.push_back(
        {corner(47, 9), corner(47, 10), corner(48, 10), corner(48, 9), corner(47, 9)});
    EXPECT_THAT(whats(r), ElementsAre(What::warningCovers));
}

TEST_F(CredibilityTest, PhotosByPlaceAndAge) {
    auto r = report("fire", "The wood burns");
    r.photos.push_back({"a", 10, 10, east(100), noon - 10min});
    EXPECT_THAT(whats(r), ElementsAre(What::photoThere));
    r.photos[0].position = east(500);
    EXPECT_THAT(whats(r), IsEmpty());
    r.photos[0].position = east(4'000);
    EXPECT_THAT(whats(r), ElementsAre(What::photoElsewhere));
    r.photos[0].takenAt = noon - 72h;
    auto found = reasons(r);
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].what, What::photoOld);
    EXPECT_NEAR(found[0].hours, 72, 0.01);
    EXPECT_EQ(found[1].what, What::photoElsewhere);
    EXPECT_NEAR(found[1].metres, 4'000, 5);
    // One that fits is enough.
    r.photos.push_back({"b", 10, 10, vaduz, noon});
    EXPECT_THAT(whats(r), ElementsAre(What::photoThere));
}

TEST_F(CredibilityTest, WhereTheSenderStoodAndHowWellThePlaceIsKnown) {
    auto r = report("fire", "The wood burns");
    r.senderPosition = east(60);
    EXPECT_THAT(whats(r), ElementsAre(What::senderThere));
    r.senderPosition = east(900);
    EXPECT_THAT(whats(r), IsEmpty());
    r.senderPosition = east(8'000);
    EXPECT_THAT(whats(r), ElementsAre(What::senderFar));
    r.accuracyMetres = 800;
    auto found = reasons(r);
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].what, What::placeUncertain);
    EXPECT_EQ(found[0].metres, 800);
    EXPECT_NEAR(found[1].metres, 8'000, 10);
}

TEST_F(CredibilityTest, CallingBack) {
    auto r = report("fire", "The wood burns");
    r.callBack = model::CallBack{noon + 5min, "anna", {}, {}, false, {}};
    EXPECT_THAT(whats(r), IsEmpty()); // still to be done
    r.callBack->doneAt = noon + 4min;
    EXPECT_THAT(whats(r), ElementsAre(What::notReached));
    r.callBack->reached = true;
    r.callBack->result = "Sees flames from the window";
    EXPECT_THAT(whats(r), ElementsAre(What::calledBack));
    r.callBack->result = "Brand ist gelöscht. Entwarnung.";
    const auto found = reasons(r);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].what, What::takenBack);
    EXPECT_FALSE(found[0].speaksFor);
}

TEST_F(CredibilityTest, HeaviestFirst) {
    auto r = report("flood", "Water in the cellar");
    r.trust = model::Trust::known;
    r.hasContact = false;
    r.senderPosition = east(8'000);
    alarm("flood", 100);
    const auto found = reasons(r);
    ASSERT_EQ(found.size(), 4U);
    EXPECT_EQ(found.front().what, What::alarmNear);
    EXPECT_TRUE(std::is_sorted(found.begin(), found.end(),
                               [](const Reason& a, const Reason& b) { return a.weight > b.weight; }));
    EXPECT_EQ(balanceOf(found), 3 + 2 - 1 - 1);
}

TEST(HazardWordsTest, Denials) {
    const auto says = [](const char* text, Hazards about = 0) { return ours().denies(folded(text), about); };
    for (const auto* text : {"All clear now", "It was a FALSE ALARM!", "That is not true", "There is no fire here",
                             "No sign of smoke", "误报，大家放心", "现场没有发生火灾", "没有积水", "已扑灭",
                             "火已经扑灭", "没有这回事", "Entwarnung für Vaduz", "War ein Fehlalarm",
                             "Hier ist kein Hochwasser", "Das stimmt nicht", "The fire is out"})
        EXPECT_TRUE(says(text)) << text;
    for (const auto* text :
         {"The roof burns", "No water and no power", "没有电", "没有水喝", "This is not a false alarm",
          "不是误报，真的着火了", "Noch keine Entwarnung", "No fire brigade here yet!", "The fire is out of control",
          "There is no firewood", "Not extinguished yet", "未扑灭", "Nobody came, there is no road", "有这回事"})
        EXPECT_FALSE(says(text)) << text;
    EXPECT_FALSE(says("No fire here", hazard::flood));
    EXPECT_TRUE(says("No fire here", hazard::fire));
}

TEST(HazardWordsTest, ACountyHasItsOwn) {
    const auto words = HazardWords::parse(R"(
[[hazard]]
means = ["rain", "flood"]
words = ["Lawinenwasser", "Ｓchwall"]
only_says = ["nass"]
[denial]
words = ["alles gut"]
negators = ["kein"]
)");
    ASSERT_TRUE(words) << words.error().describe();
    EXPECT_EQ(words->hazardsIn(folded("LAWINENWASSER im Dorf")), hazard::rain | hazard::flood);
    EXPECT_EQ(words->hazardsOf("schwall"), hazard::rain | hazard::flood) << "width and case make no difference";
    EXPECT_EQ(words->hazardsIn("fire"), 0U) << "and no others";
    EXPECT_TRUE(words->denies("alles gut hier", 0));
    EXPECT_TRUE(words->denies("kein schwall", 0));
    EXPECT_FALSE(words->denies("kein nass", 0));
    EXPECT_FALSE(HazardWords{}.denies("false alarm", 0)) << "without words nothing is denied";
}

TEST(HazardWordsTest, FaultsHaveTheirPlace) {
    struct Case {
        const char* toml;
        std::uint32_t line;
        const char* says;
    };
    for (const auto& [toml, line, says] :
         {Case{"[[hazard]]\nmeans = [\"flod\"]\nwords = [\"x\"]", 2, "no kind of event"},
          Case{"[[hazard]]\nwords = [\"x\"]", 1, "means"}, Case{"[[hazard]]\nmeans = [\"fire\"]\nwords = \"x\"", 3, "list"},
          Case{"[[hazard]]\nmeans = [\"fire\"]\nwords = [\"x\",\n 3]", 4, "text"},
          Case{"[[hazard]]\nmeans = [\"fire\"]\nwords = [\" \"]", 3, "letter"},
          Case{"[[hazard]]\nmeans = [\"fire\"]\nword = [\"x\"]", 3, "not known here"},
          Case{"[denial]\nnegator = [\"no\"]", 2, "not known here"}, Case{"denial = 3", 1, "[denial]"},
          Case{"[[hazard]\n", 1, ""}}) {
        const auto words = HazardWords::parse(toml);
        ASSERT_FALSE(words) << toml;
        EXPECT_EQ(words.error().place.line, line) << toml << ": " << words.error().describe();
        EXPECT_NE(words.error().message.find(says), std::string::npos) << words.error().describe();
    }
}

} // namespace
} // namespace tocsin::triage
