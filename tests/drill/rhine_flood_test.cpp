// The scenario with which the demo county opens, against the demo county's own sensors and rules: what a newcomer sees
// in the first minute is a promise.

#include "tocsin/detect/detector.hpp"
#include "tocsin/drill/scenario_player.hpp"

#include <algorithm>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

namespace tocsin::drill {
namespace {

const std::string resources = TOCSIN_SOURCE_DIR "/resources/";
const base::Time start{std::chrono::sys_days{std::chrono::year{2026} / 11 / 20} + std::chrono::hours{8}};

/// id, kind and unit of the demo county's sensors.
std::map<model::SensorId, model::Sensor> demoSensors() {
    std::map<model::SensorId, model::Sensor> sensors;
    std::ifstream file(resources + "demo/sensors.csv");
    for (std::string line; std::getline(file, line);) {
        std::vector<std::string> cells;
        std::istringstream row(line);
        for (std::string cell; std::getline(row, cell, ',');)
            cells.push_back(cell);
        const auto kind = cells.size() > 4 ? model::sensorKindFrom(cells[1]) : std::nullopt;
        if (!kind)
            continue;
        model::Sensor sensor;
        sensor.id = model::SensorId(cells[0]);
        sensor.kind = *kind;
        sensor.unit = cells[4];
        sensors[sensor.id] = sensor;
    }
    return sensors;
}

struct Event {
    double second{0};
    std::string rule;
    std::string sensor;
    model::Grade severity{model::Grade::IV};
    bool raised{true};
};

class RhineFlood : public testing::Test {
  protected:
    static void SetUpTestSuite() {
        const auto scenario = loadScenario(resources + "scenarios/rhine-flood.toml");
        ASSERT_TRUE(scenario) << scenario.error().describe();
        std::ostringstream text;
        text << std::ifstream(resources + "rules/demo.toml", std::ios::binary).rdbuf();
        auto rules = detect::parseRules(text.str());
        ASSERT_TRUE(rules) << rules.error().describe();
        const auto sensors = demoSensors();
        ASSERT_GE(sensors.size(), 60U);
        detect::Detector detector(std::move(*rules));
        detector.bind(sensors);
        s_player = std::make_unique<ScenarioPlayer>(*scenario, sensors, start);
        std::vector<detect::Conclusion> out;
        for (base::Duration at{0}; at <= scenario->duration; at += std::chrono::milliseconds{500}) {
            for (Inject& inject : s_player->due(at)) {
                const double second = std::chrono::duration<double>(at).count();
                if (inject.kind == Inject::Kind::readings) {
                    const auto decoded = ingest::decode(inject.bytes, inject.format);
                    ASSERT_TRUE(decoded && decoded->faults.empty());
                    for (const auto& message : decoded->messages) {
                        const auto& reading = std::get<model::Reading>(message);
                        detector.take(reading.sensor, reading.time, reading.value, out);
                    }
                    for (const detect::Conclusion& c : out)
                        s_events.push_back({second, c.rule->id, c.sensor.value, c.rule->severity,
                                            c.what == detect::Conclusion::What::raise});
                    out.clear();
                } else {
                    s_messages.push_back(std::move(inject));
                }
            }
        }
    }
    static void TearDownTestSuite() { s_player.reset(); }

    static std::optional<double> raisedAt(const std::string& rule) {
        const auto found =
            std::find_if(s_events.begin(), s_events.end(), [&](const Event& e) { return e.raised && e.rule == rule; });
        return found == s_events.end() ? std::nullopt : std::optional(found->second);
    }
    static double messageAt(const std::string& id) {
        for (const Inject& inject : s_messages) {
            if (inject.id == id)
                return std::chrono::duration<double>(inject.at).count();
        }
        return -1;
    }

    static std::unique_ptr<ScenarioPlayer> s_player;
    static std::vector<Event> s_events;
    static std::vector<Inject> s_messages;
};
std::unique_ptr<ScenarioPlayer> RhineFlood::s_player;
std::vector<Event> RhineFlood::s_events;
std::vector<Inject> RhineFlood::s_messages;

TEST_F(RhineFlood, playsOnlySensorsOfTheCounty) {
    EXPECT_TRUE(s_player->unknownSensors().empty());
}

TEST_F(RhineFlood, soundsAnAlarmAtOnceAndAGraveOneSoonAfter) {
    ASSERT_FALSE(s_events.empty());
    EXPECT_GT(s_events.front().second, 0) << "the desk is open before the first alarm";
    EXPECT_LE(s_events.front().second, 8);
    ASSERT_TRUE(raisedAt("rhine-vaduz-dyke"));
    EXPECT_LE(*raisedAt("rhine-vaduz-dyke"), 25);
    EXPECT_LT(*raisedAt("rhine-vaduz-watch"), *raisedAt("rhine-vaduz-warning"));
    EXPECT_LT(*raisedAt("rhine-vaduz-warning"), *raisedAt("rhine-vaduz-dyke"));
    ASSERT_TRUE(raisedAt("rhine-vaduz-overflow"));
}

TEST_F(RhineFlood, bringsTwoReportsAndAWarningWithinTheFirstMinute) {
    EXPECT_NEAR(messageAt("seepage"), 20, 1);
    EXPECT_NEAR(messageAt("cellar"), 35, 1);
    EXPECT_NEAR(messageAt("orange"), 15, 1);
}

TEST_F(RhineFlood, doesNotFloodTheDutyOfficer) {
    const auto early =
        std::count_if(s_events.begin(), s_events.end(), [](const Event& e) { return e.raised && e.second <= 600; });
    EXPECT_LE(early, 10); // EEMUA 191: at most ten in the first ten minutes of an upset
    const auto minute =
        std::count_if(s_events.begin(), s_events.end(), [](const Event& e) { return e.raised && e.second <= 60; });
    EXPECT_LE(minute, 6);
    for (const Event& event : s_events) {
        const auto times = std::count_if(s_events.begin(), s_events.end(), [&](const Event& e) {
            return e.raised && e.rule == event.rule && e.sensor == event.sensor;
        });
        EXPECT_EQ(times, 1) << event.rule << " at " << event.sensor << " flaps";
    }
}

TEST_F(RhineFlood, keepsTheDeskAliveToItsEnd) {
    EXPECT_TRUE(raisedAt("soil-creep"));
    EXPECT_TRUE(raisedAt("soil-move"));
    EXPECT_TRUE(raisedAt("smoke-smoke"));
    const auto returned = [](const std::string& rule) {
        return std::any_of(s_events.begin(), s_events.end(),
                           [&](const Event& e) { return !e.raised && e.rule == rule; });
    };
    EXPECT_TRUE(returned("smoke-smoke"));
    EXPECT_TRUE(returned("rhine-vaduz-overflow"));
    EXPECT_TRUE(returned("rhine-vaduz-dyke"));
    EXPECT_TRUE(returned("rain-heavy"));
    double last = 0;
    for (const Event& event : s_events) {
        EXPECT_LE(event.second - last, 150) << "nothing happens before " << event.rule;
        last = event.second;
    }
    EXPECT_GT(last, 1000);
}

TEST_F(RhineFlood, itsWarningsAreGoodCapInThreeLanguages) {
    int warnings = 0;
    std::vector<model::Grade> colours;
    for (const Inject& inject : s_messages) {
        if (inject.kind != Inject::Kind::cap)
            continue;
        const auto decoded = ingest::decode(inject.bytes);
        ASSERT_TRUE(decoded) << inject.id << ": " << decoded.error().describe();
        EXPECT_TRUE(decoded->deviations.empty()) << inject.id << ": " << decoded->deviations.front();
        const auto& warning = std::get<model::Warning>(decoded->messages.at(0));
        EXPECT_EQ(warning.capStatus, "Exercise");
        EXPECT_EQ(warning.infos.size(), 3U);
        EXPECT_EQ(warning.references.size(), warnings == 0 ? 0U : 1U);
        EXPECT_EQ(warning.infos.at(0).areas.at(0).polygons.size(), 1U);
        EXPECT_EQ(model::infoFor(warning, "zh_CN")->language, "zh-CN");
        colours.push_back(warning.colour);
        ++warnings;
    }
    EXPECT_EQ(colours, (std::vector<model::Grade>{model::Grade::II, model::Grade::I, model::Grade::III}));
}

TEST_F(RhineFlood, itsTextsAreInBothLanguages) {
    const Scenario& scenario = s_player->scenario();
    const auto both = [](const base::LocalText& text) { return !text.empty() && text.translations.contains("zh_CN"); };
    EXPECT_TRUE(both(scenario.title));
    EXPECT_TRUE(both(scenario.description));
    for (const ReportInject& report : scenario.reports)
        EXPECT_TRUE(both(report.text) && both(report.place)) << report.id;
    for (const NoteInject& note : scenario.notes)
        EXPECT_TRUE(both(note.text)) << note.id;
}

} // namespace
} // namespace tocsin::drill
