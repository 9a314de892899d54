#include "tocsin/drill/scenario_player.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace tocsin::drill {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

const base::Time start{std::chrono::sys_days{std::chrono::year{2026} / 11 / 20} + std::chrono::hours{8}};

std::map<model::SensorId, model::Sensor> county() {
    std::map<model::SensorId, model::Sensor> sensors;
    const auto add = [&](const std::string& id, model::SensorKind kind, const std::string& unit) {
        model::Sensor sensor;
        sensor.id = model::SensorId(id);
        sensor.kind = kind;
        sensor.unit = unit;
        sensors[sensor.id] = sensor;
    };
    add("rhine", model::SensorKind::riverLevel, "m");
    add("rain-1", model::SensorKind::rain, "mm/h");
    add("rain-2", model::SensorKind::rain, "mm/h");
    add("silent", model::SensorKind::smoke, "%/m");
    return sensors;
}

Scenario scenario() {
    Scenario s;
    s.id = "flood";
    s.title = "Flood";
    s.duration = minutes{10};
    s.history = minutes{10};
    s.curves.push_back({model::SensorId("rhine"), {{seconds{0}, 3.0}, {seconds{60}, 4.5}}, seconds{2}, 0});
    s.curves.push_back({model::SensorId("elsewhere"), {{seconds{0}, 1.0}}, seconds{2}, 0});
    s.baselines.push_back({model::SensorKind::rain, 5, 2, 0.1, seconds{30}});
    ReportInject report;
    report.id = "seepage";
    report.at = seconds{20};
    report.category = "flood";
    report.text.text = "Water \"here\"\n& there";
    report.text.translations["zh_CN"] = "渗水";
    report.position = model::Position::trusted(47.14, 9.51);
    report.name = "Marco";
    s.reports.push_back(report);
    const auto cap = [](const std::string& id, seconds at, const std::string& references) {
        return CapInject{id, at, "a@b.invalid",
                         R"(<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>{{identifier}}</identifier><sender>{{sender}}</sender>
<sent>{{now}}</sent><status>Exercise</status><msgType>)" +
                             std::string(references.empty() ? "Alert" : "Update") +
                             R"(</msgType><scope>Public</scope>)" + references +
                             R"(<info><category>Met</category><event>Flood</event><urgency>Immediate</urgency>
<severity>Severe</severity><certainty>Likely</certainty><expires>{{now+6h}}</expires>
<area><areaDesc>Rhine</areaDesc></area></info></alert>)"};
    };
    s.caps.push_back(cap("orange", seconds{15}, ""));
    s.caps.push_back(cap("red", seconds{45}, "<references>{{reference:orange}}</references>"));
    s.notes.push_back({"call", seconds{20}, "A call"});
    return s;
}

ScenarioPlayer player(const std::string& language = "en") {
    return ScenarioPlayer(scenario(), county(), start, language);
}

std::vector<model::Reading> readingsOf(const std::vector<Inject>& injects) {
    std::vector<model::Reading> readings;
    for (const Inject& inject : injects) {
        if (inject.kind != Inject::Kind::readings)
            continue;
        const auto decoded = ingest::decode(inject.bytes, inject.format);
        EXPECT_TRUE(decoded) << decoded.error().describe();
        EXPECT_TRUE(decoded->faults.empty());
        for (const auto& message : decoded->messages)
            readings.push_back(std::get<model::Reading>(message));
    }
    return readings;
}

const Inject* find(const std::vector<Inject>& injects, const std::string& id) {
    const auto found = std::find_if(injects.begin(), injects.end(), [&](const Inject& i) { return i.id == id; });
    return found == injects.end() ? nullptr : &*found;
}

TEST(ScenarioPlayer, bringsTheHistoryFirst) {
    ScenarioPlayer play = player();
    const auto readings = readingsOf(play.due(seconds{0}));
    ASSERT_FALSE(readings.empty());
    EXPECT_EQ(readings.front().time, start - minutes{10});
    EXPECT_EQ(readings.back().time, start);
    EXPECT_TRUE(
        std::is_sorted(readings.begin(), readings.end(), [](const auto& a, const auto& b) { return a.time < b.time; }));
    const auto river = std::count_if(readings.begin(), readings.end(),
                                     [](const auto& r) { return r.sensor == model::SensorId("rhine"); });
    EXPECT_EQ(river, 8 + 61); // each minute, then each 2 s of the last two minutes
    EXPECT_TRUE(readingsOf(play.due(seconds{0})).empty());
}

TEST(ScenarioPlayer, sensorsFollowTheirCurvesAndBaselines) {
    ScenarioPlayer play = player();
    for (const model::Reading& reading : readingsOf(play.due(minutes{3}))) {
        const double second = std::chrono::duration<double>(reading.time - start).count();
        if (reading.sensor == model::SensorId("rhine")) {
            EXPECT_EQ(reading.unit, "m");
            EXPECT_NEAR(reading.value, std::clamp(3.0 + second / 40, 3.0, 4.5), 0.0051) << second;
        } else {
            ASSERT_TRUE(reading.sensor.value.starts_with("rain-")) << reading.sensor.value;
            EXPECT_EQ(reading.unit, "mm/h");
            EXPECT_NEAR(reading.value, 5, 2.2);
        }
    }
    EXPECT_EQ(play.unknownSensors(), std::vector<model::SensorId>{model::SensorId("elsewhere")});
}

TEST(ScenarioPlayer, comesToTheSameHoweverOftenItIsAsked) {
    ScenarioPlayer once = player();
    ScenarioPlayer often = player();
    const auto whole = once.due(minutes{2});
    std::vector<Inject> parts;
    for (int tenth = 0; tenth <= 1200; ++tenth) {
        for (Inject& inject : often.due(std::chrono::milliseconds{100 * tenth}))
            parts.push_back(std::move(inject));
    }
    ASSERT_EQ(whole.size(), parts.size());
    for (std::size_t i = 0; i < whole.size(); ++i) {
        EXPECT_EQ(whole[i].bytes, parts[i].bytes);
        EXPECT_EQ(whole[i].at, parts[i].at);
        EXPECT_TRUE(i == 0 || whole[i - 1].at <= whole[i].at);
    }
}

TEST(ScenarioPlayer, nextTellsWhenToAskAgain) {
    ScenarioPlayer play = player();
    EXPECT_EQ(play.next(), base::Duration{0});
    static_cast<void>(play.due(seconds{0}));
    for (int i = 0; i < 100; ++i) {
        const auto at = play.next();
        ASSERT_TRUE(at);
        EXPECT_TRUE(play.due(*at - base::Duration{1}).empty());
        EXPECT_FALSE(play.due(*at).empty());
    }
}

TEST(ScenarioPlayer, aReportIsWhatAPhoneWouldSend) {
    for (const std::string language : {"en", "zh_CN"}) {
        ScenarioPlayer play = player(language);
        const auto injects = play.due(seconds{20});
        const Inject* inject = find(injects, "seepage");
        ASSERT_NE(inject, nullptr);
        EXPECT_EQ(inject->at, seconds{20});
        const auto decoded = ingest::decode(inject->bytes);
        ASSERT_TRUE(decoded) << decoded.error().describe();
        EXPECT_EQ(decoded->format, ingest::Format::reportJson);
        EXPECT_TRUE(decoded->deviations.empty());
        const auto& report = std::get<model::Report>(decoded->messages.at(0));
        EXPECT_EQ(report.text, language == "en" ? "Water \"here\"\n& there" : "渗水");
        EXPECT_EQ(report.happenedAt, start + seconds{20});
        EXPECT_EQ(report.category, "flood");
        EXPECT_EQ(report.contact.name, "Marco");
        ASSERT_TRUE(report.position);
        EXPECT_DOUBLE_EQ(report.position->latitude(), 47.14);
        EXPECT_NE(report.sourceId.find("20261120T080000"), std::string::npos) << "another run is another report";
    }
}

TEST(ScenarioPlayer, aWarningIsACapMessageAndNamesTheEarlierOne) {
    ScenarioPlayer play = player();
    const auto injects = play.due(minutes{1});
    const auto warningOf = [&](const std::string& id) {
        const auto decoded = ingest::decode(find(injects, id)->bytes);
        EXPECT_TRUE(decoded) << decoded.error().describe();
        return std::get<model::Warning>(decoded->messages.at(0));
    };
    const model::Warning orange = warningOf("orange");
    const model::Warning red = warningOf("red");
    EXPECT_EQ(orange.capStatus, "Exercise");
    EXPECT_EQ(orange.sent, start + seconds{15});
    EXPECT_EQ(orange.infos.at(0).expires, start + seconds{15} + std::chrono::hours{6});
    ASSERT_EQ(red.references.size(), 1U);
    EXPECT_EQ(red.references[0].sender, orange.sender);
    EXPECT_EQ(red.references[0].identifier, orange.identifier);
    EXPECT_EQ(base::parseTime(red.references[0].sent).value(), orange.sent);
    EXPECT_NE(red.identifier, orange.identifier);
}

TEST(ScenarioPlayer, notesComeInTheLanguageOfTheMoment) {
    ScenarioPlayer play = player();
    play.setLanguage("zh_CN");
    const auto injects = play.due(seconds{20});
    EXPECT_EQ(find(injects, "call")->bytes, "A call"); // has no translation
    EXPECT_EQ(find(injects, "seepage")->kind, Inject::Kind::report);
}

TEST(ScenarioPlayer, goesOnAfterTheEndButMakesUpForNoLongPause) {
    ScenarioPlayer play = player();
    static_cast<void>(play.due(minutes{10}));
    EXPECT_TRUE(play.isOver(minutes{10}));
    EXPECT_FALSE(play.isOver(minutes{9}));
    const auto after = readingsOf(play.due(minutes{10} + seconds{10}));
    EXPECT_EQ(
        std::count_if(after.begin(), after.end(), [](const auto& r) { return r.sensor == model::SensorId("rhine"); }),
        5)
        << "the river goes on";
    const auto late = readingsOf(play.due(std::chrono::hours{30}));
    EXPECT_FALSE(late.empty());
    EXPECT_LT(late.size(), 40U);
    for (const model::Reading& reading : late)
        EXPECT_GE(reading.time, start + std::chrono::hours{30} - minutes{1});
}

TEST(ScenarioPlayer, aPauseWithinTheScenarioIsMadeUpFor) {
    ScenarioPlayer play = player();
    static_cast<void>(play.due(minutes{1}));
    const auto readings = readingsOf(play.due(minutes{5}));
    EXPECT_EQ(std::count_if(readings.begin(), readings.end(),
                            [](const auto& r) { return r.sensor == model::SensorId("rhine"); }),
              120);
}

TEST(ScenarioPlayer, withoutSensorsItStillBringsMessages) {
    ScenarioPlayer play(scenario(), {}, start);
    const auto injects = play.due(minutes{10});
    EXPECT_EQ(injects.size(), 4U);
    EXPECT_FALSE(play.next());
}

} // namespace
} // namespace tocsin::drill
