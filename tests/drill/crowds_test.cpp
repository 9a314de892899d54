// Things that are many: sensors and reports of a scenario that are spread over the county.

#include "tocsin/drill/report_wave.hpp"
#include "tocsin/drill/scenario_player.hpp"
#include "tocsin/drill/swarm.hpp"
#include "tocsin/geo/measure.hpp"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <set>

namespace tocsin::drill {
namespace {

using std::chrono::seconds;
using testing::HasSubstr;

const base::Time start{std::chrono::sys_days{std::chrono::year{2026} / 11 / 20} + std::chrono::hours{8}};

const std::string crowd = R"(title = "Quake"
duration = "3min"
[centre]
latitude = 47.16
longitude = 9.51
[[earthquake]]
id = "shock"
at = "2s"
magnitude = 6.1
latitude = 47.16
longitude = 9.51
place = "Schaan"
[[area]]
id = "schaan"
name = { text = "Schaan", zh_CN = "沙恩" }
latitude = 47.166
longitude = 9.510
radius = 800
weight = 3
streets = ["Obergass", "Duxgass"]
[[area]]
id = "planken"
name = "Planken"
latitude = 47.186
longitude = 9.545
radius = 400
[[swarm]]
id = "meter"
kind = "other"
name = { text = "Meter {street}, {place}", zh_CN = "{place}{street}电表" }
property = "voltage"
unit = "V"
count = 400
seed = 4
every = "2s"
calm = 230
at = "5s"
within = "20s"
share = 0.5
struck = 20
spread = 10
[[swarm.rule]]
id = "dark"
below = 180
severity = "III"
hazard = "power-outage"
title = "{sensor}: no power"
[[report_wave]]
id = "calls"
seed = 9
at = "10s"
within = "60s"
reports = 600
events = 40
languages = { en = 1, de = 2, zh_CN = 1 }
unplaced = 0.2
twice = 0.05
openings = [{ en = "Help! ", de = "Hilfe! ", zh_CN = "救命！" }]
[[report_wave.kind]]
category = "fire"
weight = 5
texts = [{ en = "{what} burns, {street}", de = "{what} brennt, {street}", zh_CN = "{street}{what}着火" }]
details.what = [{ en = "a barn", de = "eine Scheune", zh_CN = "谷仓" }, { en = "a car", de = "ein Auto", zh_CN = "汽车" }]
[[report_wave.kind]]
category = "other"
rumour = true
texts = [{ en = "the dam broke", de = "der Damm ist gebrochen", zh_CN = "大坝垮了" }]
)";

base::Result<Scenario> parse(const std::string& text) {
    return parseScenario("quake", text, [](const std::string&) -> base::Result<std::string> { return std::string(); });
}

std::string with(const std::string& from, const std::string& to) {
    std::string text = crowd;
    text.replace(text.find(from), from.size(), to);
    return text;
}

TEST(Crowds, areReadFromToml) {
    const auto scenario = parse(crowd);
    ASSERT_TRUE(scenario) << scenario.error().describe();
    ASSERT_EQ(scenario->areas.size(), 2U);
    EXPECT_EQ(scenario->areas[0].name.in("zh_CN"), "沙恩");
    ASSERT_EQ(scenario->swarms.size(), 1U);
    EXPECT_EQ(scenario->swarms[0].rules.at(0).id, "meter-dark");
    ASSERT_EQ(scenario->waves.size(), 1U);
    EXPECT_EQ(scenario->waves[0].kinds.size(), 2U);
    EXPECT_EQ(scenario->earthquakes.at(0).magnitude, 6.1);
}

TEST(Crowds, faultsNameTheirLine) {
    const auto fault = [](const std::string& from, const std::string& to) {
        const auto scenario = parse(with(from, to));
        return scenario ? std::string("taken") : scenario.error().describe();
    };
    EXPECT_THAT(fault("count = 400", "count = 4.5"), HasSubstr("whole number"));
    EXPECT_THAT(fault("count = 400", "count = 1000000"), HasSubstr("whole number"));
    EXPECT_THAT(fault("share = 0.5", "share = 1.5"), HasSubstr("from 0 to 1"));
    EXPECT_THAT(fault("within = \"20s\"", "within = \"20min\""), HasSubstr("duration"));
    EXPECT_THAT(fault("below = 180", "below = 180\nabove = 3"), HasSubstr("either"));
    EXPECT_THAT(fault("severity = \"III\"", "severity = \"high\""), HasSubstr("severity"));
    EXPECT_THAT(fault("{ en = 1, de = 2, zh_CN = 1 }", "{ en = 1, fr = 2 }"), HasSubstr("'fr'"));
    EXPECT_THAT(fault("{ en = 1, de = 2, zh_CN = 1 }", "{ en = 0 }"), HasSubstr("over 0"));
    EXPECT_THAT(fault("[centre]\nlatitude = 47.16", "[centre]\nlatitude = 147.16"), HasSubstr("latitude"));
    EXPECT_THAT(fault("weight = 3", "weight = -3"), HasSubstr("weight"));
    EXPECT_THAT(fault("details.what = [", "details.who = []\ndetails.what = ["), HasSubstr("choice"));
    EXPECT_THAT(fault("seed = 4", "seeds = 4"), HasSubstr("seeds"));
    EXPECT_THAT(fault("seed = 4", "falls_per_km = 4"), HasSubstr("taken"));
    const auto at = parse(with("share = 0.5", "share = 1.5"));
    ASSERT_FALSE(at);
    EXPECT_EQ(at.error().place.line, 39) << "that of the share";
}

TEST(Swarm, isSpreadByWeightAndSeed) {
    const auto scenario = parse(crowd);
    const auto& swarm = scenario->swarms[0];
    const auto sensors = sensorsOf(swarm, scenario->areas, scenario->centre);
    ASSERT_EQ(sensors.size(), 400U);
    std::size_t inSchaan = 0;
    std::size_t struck = 0;
    for (const auto& each : sensors) {
        const bool there = each.sensor.place.text == "Schaan";
        inSchaan += there ? 1 : 0;
        const auto& area = scenario->areas[there ? 0 : 1];
        EXPECT_LE(geo::distance(each.sensor.position, area.centre).value, area.radiusMetres * 1.01);
        EXPECT_EQ(each.curve.valueAt(seconds{4}), 230);
        struck += each.curve.valueAt(seconds{30}) < 180 ? 1 : 0;
    }
    EXPECT_NEAR(static_cast<double>(inSchaan), 300, 40);
    EXPECT_NEAR(static_cast<double>(struck), 200, 40);
    EXPECT_EQ(sensors[0].sensor.id.value, "meter-0001");
    EXPECT_THAT(sensors[0].sensor.name.text, testing::StartsWith("Meter "));
    const auto again = sensorsOf(swarm, scenario->areas, scenario->centre);
    for (std::size_t i = 0; i < sensors.size(); ++i)
        EXPECT_EQ(sensors[i].sensor, again[i].sensor);
    Swarm other = swarm;
    other.seed = 5;
    EXPECT_NE(sensorsOf(other, scenario->areas, scenario->centre)[0].sensor.position, sensors[0].sensor.position);
    EXPECT_TRUE(sensorsOf(swarm, {}, scenario->centre).empty());
}

TEST(Swarm, rulesLookAtItsSensors) {
    const auto rules = rulesOf(*parse(crowd));
    ASSERT_EQ(rules.size(), 1U);
    EXPECT_EQ(rules[0].subject.sensors.size(), 400U);
    EXPECT_EQ(rules[0].subject.sensors[7].value, "meter-0008");
    const auto more = rulesOf(*parse(with("count = 400", "count = 2300")));
    ASSERT_EQ(more.size(), 3U);
    EXPECT_EQ(more[2].id, "meter-dark-3");
    EXPECT_EQ(more[2].subject.sensors.size(), 300U);
    const auto again = detect::parseRules(detect::toToml(more));
    ASSERT_TRUE(again) << again.error().describe();
    EXPECT_EQ(*again, more);
}

TEST(Swarm, limitsAreInTheUnitThatTheDeskKeeps) {
    const auto scenario = parse(with("unit = \"V\"", "unit = \"bar\""));
    ASSERT_TRUE(scenario) << scenario.error().describe();
    const auto limitOf = [](const std::vector<detect::Rule>& rules) {
        return std::get<detect::Threshold>(rules.at(0).condition).threshold;
    };
    EXPECT_NEAR(limitOf(rulesOf(*scenario)), 180'000, 1e-6) << "in hPa, as the desk will register them";
    model::Sensor sensor;
    sensor.id = model::SensorId("meter-0001");
    sensor.unit = "bar";
    EXPECT_EQ(limitOf(rulesOf(*scenario, {{sensor.id, sensor}})), 180) << "the desk has them in bar";
    EXPECT_EQ(limitOf(rulesOf(*parse(crowd))), 180) << "volts stay";
    const auto band = rulesOf(*parse(with("unit = \"V\"", "unit = \"°F\"")));
    EXPECT_NEAR(limitOf(band), 82.2, 0.1);
    EXPECT_EQ(std::get<detect::Threshold>(band.at(0).condition).hysteresis, 0) << "a difference has no zero of its own";
}

TEST(Swarm, isDescribedAsItsServiceWould) {
    const auto scenario = parse(crowd);
    const auto sensors = sensorsOf(scenario->swarms[0], scenario->areas, scenario->centre);
    const auto decoded = ingest::decode(describedAs(scenario->swarms[0], sensors, "zh_CN"));
    ASSERT_TRUE(decoded) << decoded.error().describe();
    EXPECT_EQ(decoded->format, ingest::Format::sensorThings);
    ASSERT_EQ(decoded->messages.size(), 400U);
    EXPECT_TRUE(decoded->faults.empty());
    for (std::size_t i = 0; i < sensors.size(); ++i) {
        const auto& sensor = std::get<model::Sensor>(decoded->messages[i]);
        EXPECT_EQ(sensor.id, sensors[i].sensor.id);
        EXPECT_EQ(sensor.kind, model::SensorKind::other);
        EXPECT_EQ(sensor.unit, "V");
        EXPECT_LT(geo::distance(sensor.position, sensors[i].sensor.position).value, 0.1);
        EXPECT_THAT(sensor.name.text, testing::EndsWith("电表"));
    }
}

TEST(Swarm, isPlayedAfterItIsDescribed) {
    ScenarioPlayer player(*parse(crowd), {}, start);
    const auto first = player.due(seconds{0});
    ASSERT_EQ(first.size(), 2U);
    EXPECT_EQ(first[0].kind, Inject::Kind::sensors);
    EXPECT_EQ(first[1].kind, Inject::Kind::readings);
    std::size_t readings = 0;
    std::size_t dark = 0;
    bool quake = false;
    for (const auto& inject : player.due(seconds{30})) {
        const auto decoded = ingest::decode(inject.bytes, inject.format);
        ASSERT_TRUE(decoded) << decoded.error().describe();
        for (const auto& message : decoded->messages) {
            if (const auto* reading = std::get_if<model::Reading>(&message)) {
                ++readings;
                dark += reading->time == start + seconds{29} && reading->value < 180 ? 1 : 0;
            } else if (const auto* shock = std::get_if<model::Earthquake>(&message)) {
                quake = true;
                EXPECT_EQ(shock->time, start + seconds{2});
                EXPECT_EQ(shock->magnitude, 6.1);
            }
        }
    }
    EXPECT_TRUE(quake);
    EXPECT_NEAR(static_cast<double>(readings), 400 * 15, 400);
    EXPECT_GT(dark, 50U);
}

TEST(ReportWave, tellsOfEventsAndKnowsTheTruth) {
    const auto scenario = parse(crowd);
    const auto reports = reportWave(scenario->waves[0], scenario->areas);
    ASSERT_EQ(reports.size(), 600U);
    std::map<std::size_t, std::vector<const WaveReport*>> events;
    std::set<std::string> ids;
    std::map<std::string, std::size_t> languages;
    std::size_t unplaced = 0;
    for (const auto& report : reports) {
        events[report.event].push_back(&report);
        EXPECT_TRUE(ids.insert(report.inject.id).second);
        ++languages[report.language];
        unplaced += report.inject.placed ? 0 : 1;
        EXPECT_GE(report.inject.at, seconds{10});
        EXPECT_LE(report.inject.at, seconds{70});
        EXPECT_EQ(report.inject.text.text.find('{'), std::string::npos) << report.inject.text.text;
    }
    EXPECT_EQ(events.size(), 40U);
    EXPECT_GT(languages["de"], languages["en"]);
    EXPECT_GT(languages["zh_CN"], 100U);
    EXPECT_NEAR(static_cast<double>(unplaced), 120, 40);
    for (const auto& [number, told] : events) {
        for (const auto* report : told) {
            EXPECT_EQ(report->inject.category, told.front()->inject.category);
            EXPECT_EQ(report->rumour, told.front()->rumour);
            if (!report->rumour) {
                EXPECT_LT(geo::distance(report->inject.position, told.front()->inject.position).value, 310);
            }
        }
    }
    EXPECT_TRUE(std::is_sorted(reports.begin(), reports.end(),
                               [](const auto& a, const auto& b) { return a.inject.at < b.inject.at; }));
    const auto again = reportWave(scenario->waves[0], scenario->areas);
    for (std::size_t i = 0; i < reports.size(); ++i) {
        EXPECT_EQ(reports[i].inject.text.text, again[i].inject.text.text);
        EXPECT_EQ(reports[i].event, again[i].event);
    }
    EXPECT_TRUE(reportWave(scenario->waves[0], {}).empty());
}

TEST(ReportWave, comesAsReports) {
    const auto scenario = parse(crowd);
    const auto reports = reportWave(scenario->waves[0], scenario->areas);
    std::set<model::ReportId> ids;
    for (const auto& each : reports)
        ids.insert(asReport(each.inject, start).id);
    EXPECT_EQ(ids.size(), reports.size());
    const auto some = asReport(reports[3].inject, start);
    EXPECT_EQ(some.text, reports[3].inject.text.text);
    EXPECT_EQ(some.happenedAt, start + reports[3].inject.at);
    EXPECT_EQ(some.position.has_value(), reports[3].inject.placed);

    ScenarioPlayer player(*scenario, {}, start);
    std::size_t decodedReports = 0;
    for (const auto& inject : player.due(seconds{100})) {
        if (inject.kind != Inject::Kind::report)
            continue;
        const auto decoded = ingest::decode(inject.bytes, inject.format);
        ASSERT_TRUE(decoded) << decoded.error().describe();
        const auto& report = std::get<model::Report>(decoded->messages.at(0));
        EXPECT_EQ(report.position.has_value(), reports[decodedReports].inject.placed);
        EXPECT_EQ(report.text, reports[decodedReports].inject.text.text);
        ++decodedReports;
    }
    EXPECT_EQ(decodedReports, reports.size());
}

TEST(Quake, isTenThousandSensorsAndFiveThousandReports) {
    const auto scenario = loadScenario(TOCSIN_SOURCE_DIR "/resources/scenarios/quake.toml");
    ASSERT_TRUE(scenario) << scenario.error().describe();
    std::size_t sensors = 0;
    for (const auto& swarm : scenario->swarms) {
        const auto all = sensorsOf(swarm, scenario->areas, scenario->centre);
        sensors += all.size();
        for (const char* language : {"en", "zh_CN"}) {
            const auto decoded = ingest::decode(describedAs(swarm, all, language));
            ASSERT_TRUE(decoded) << decoded.error().describe();
            ASSERT_EQ(decoded->messages.size(), all.size());
            for (const auto& message : decoded->messages)
                EXPECT_EQ(std::get<model::Sensor>(message).kind, swarm.kind)
                    << std::get<model::Sensor>(message).name.text;
        }
    }
    EXPECT_GE(sensors, 10'000U);
    ASSERT_EQ(scenario->waves.size(), 1U);
    const auto reports = reportWave(scenario->waves[0], scenario->areas);
    EXPECT_EQ(reports.size(), 5'000U);
    EXPECT_LE(reports.back().inject.at - reports.front().inject.at, seconds{60});
    EXPECT_TRUE(std::any_of(reports.begin(), reports.end(), [](const auto& r) { return r.rumour; }));
}

} // namespace
} // namespace tocsin::drill
