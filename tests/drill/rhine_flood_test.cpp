// The scenario with which the demo county opens, against the demo county's own sensors and rules: what a newcomer sees
// in the first minute is a promise.

#include "tocsin/detect/backtest.hpp"
#include "tocsin/detect/messages.hpp"
#include "tocsin/drill/scenario_player.hpp"

#include <algorithm>
#include <fstream>
#include <gtest/gtest.h>
#include <set>
#include <sstream>

namespace tocsin::drill {
namespace {

const std::string resources = TOCSIN_SOURCE_DIR "/resources/";
const base::Time start{std::chrono::sys_days{std::chrono::year{2026} / 11 / 20} + std::chrono::hours{8}};

/// id, kind, unit and range of the demo county's sensors.
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
        if (cells.size() > 8) {
            sensor.lowest = std::stod(cells[7]);
            sensor.highest = std::stod(cells[8]);
        }
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
    bool muted{false}; ///< by another alarm that stands
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
        for (const detect::Remark& remark : detect::remarksOn(*rules, sensors))
            ADD_FAILURE() << "rule " << remark.rule << ": " << remark.text.text;
        s_rules = *rules;
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
                    take(out, second);
                } else {
                    takeMessage(inject, detector.rules(), second);
                    s_messages.push_back(std::move(inject));
                }
            }
            detector.tick(start + at, out);
            take(out, std::chrono::duration<double>(at).count());
        }
    }
    static void note(Event event) {
        for (const detect::Rule& rule : s_rules) {
            const auto names = [&](const std::string& id) {
                return id.ends_with('*') ? event.rule.starts_with(id.substr(0, id.size() - 1)) : id == event.rule;
            };
            if (rule.mutes && s_standing.contains(rule.id) &&
                std::any_of(rule.mutes->rules.begin(), rule.mutes->rules.end(), names))
                event.muted = event.raised;
        }
        if (event.raised)
            s_standing.insert(event.rule);
        else
            s_standing.erase(s_standing.find(event.rule));
        s_events.push_back(std::move(event));
    }
    static void take(std::vector<detect::Conclusion>& out, double second) {
        for (const detect::Conclusion& c : out) {
            if (c.what != detect::Conclusion::What::update)
                note({second, c.rule->id, c.sensor.value + c.source, c.rule->severity,
                      c.what == detect::Conclusion::What::raise});
            if (c.rule->id == "rhine-vaduz-forecast" && c.what == detect::Conclusion::What::raise)
                s_forecast = c.forecast;
        }
        out.clear();
    }
    /// A warning is an alarm as well, where a rule asks for it: of those that do the gravest.
    static void takeMessage(const Inject& inject, std::span<const detect::Rule> rules, double second) {
        const auto decoded = ingest::decode(inject.bytes);
        if (inject.kind != Inject::Kind::cap || !decoded)
            return;
        const auto& warning = std::get<model::Warning>(decoded->messages.at(0));
        const detect::Rule* gravest = nullptr;
        for (const detect::Rule& rule : rules) {
            const auto* condition = std::get_if<detect::WarningCondition>(&rule.condition);
            if (condition != nullptr && detect::fits(*condition, warning, {}, true) &&
                (gravest == nullptr || rule.severity < gravest->severity))
                gravest = &rule;
        }
        if (gravest != nullptr)
            note({second, gravest->id, inject.id, gravest->severity, true});
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
    static std::optional<model::AlarmForecast> s_forecast;
    static std::vector<detect::Rule> s_rules;
    static std::multiset<std::string> s_standing;
};
std::unique_ptr<ScenarioPlayer> RhineFlood::s_player;
std::vector<Event> RhineFlood::s_events;
std::vector<Inject> RhineFlood::s_messages;
std::optional<model::AlarmForecast> RhineFlood::s_forecast;
std::vector<detect::Rule> RhineFlood::s_rules;
std::multiset<std::string> RhineFlood::s_standing;

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
    const auto shown = [](double second) {
        return std::count_if(s_events.begin(), s_events.end(),
                             [&](const Event& e) { return e.raised && !e.muted && e.second <= second; });
    };
    EXPECT_LE(shown(600), 10); // EEMUA 191: at most ten in the first ten minutes of an upset
    EXPECT_LE(shown(60), 6);
    EXPECT_GE(shown(60), 4);
    const auto muted = std::count_if(s_events.begin(), s_events.end(), [](const Event& e) { return e.muted; });
    EXPECT_LE(muted, 5) << "what is muted is the exception";
    for (const Event& event : s_events) {
        const auto times = std::count_if(s_events.begin(), s_events.end(), [&](const Event& e) {
            return e.raised && e.rule == event.rule && e.sensor == event.sensor;
        });
        EXPECT_EQ(times, 1) << event.rule << " at " << event.sensor << " flaps";
    }
}

TEST_F(RhineFlood, isForecastBeforeTheDykeIsOvertopped) {
    ASSERT_TRUE(raisedAt("rhine-vaduz-forecast"));
    EXPECT_LT(*raisedAt("rhine-vaduz-forecast"), *raisedAt("rhine-vaduz-overflow"));
    ASSERT_TRUE(s_forecast);
    EXPECT_GT(s_forecast->reaches, start);
    EXPECT_GT(s_forecast->plusMinus, base::Duration{0});
}

TEST_F(RhineFlood, endsInRainOnASlopeThatMovesAndNothingElseThatIsNew) {
    ASSERT_TRUE(raisedAt("rain-on-moving-slope"));
    EXPECT_NEAR(*raisedAt("rain-on-moving-slope"), *raisedAt("soil-creep"), 1);
    for (const char* quiet : {"gauge-cannot-be", "gauge-stuck", "weather-cannot-be", "weather-unusual", "streams-fast",
                              "rain-sum-1h", "seismic-several-felt", "smoke-silent", "earthquake-iv"})
        EXPECT_FALSE(raisedAt(quiet)) << quiet;
    EXPECT_TRUE(raisedAt("warning-orange"));
    EXPECT_TRUE(raisedAt("warning-red"));
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
