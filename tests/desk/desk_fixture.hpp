#pragma once

#include "tocsin/base/clock.hpp"
#include "tocsin/base/id.hpp"
#include "tocsin/desk/desk.hpp"
#include "tocsin/desk/plans.hpp"

#include <cstdlib>
#include <filesystem>
#include <future>
#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace tocsin::test {

/// A folder of its own for one test, gone afterwards.
class TempFolder {
  public:
    TempFolder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "tocsin-test-XXXXXX").string();
        m_path = ::mkdtemp(pattern.data());
    }
    ~TempFolder() {
        std::error_code ec;
        std::filesystem::remove_all(m_path, ec);
    }
    TempFolder(const TempFolder&) = delete;
    TempFolder& operator=(const TempFolder&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }

  private:
    std::filesystem::path m_path;
};

/// A desk over real files, with a clock that the test moves.
class DeskFixture : public ::testing::Test {
  protected:
    static constexpr const char* rulesText = R"(
[[rule]]
id = "river-high"
sensor = "rhine-vaduz"
above = 4.0
hysteresis = 0.2
delay = "0s"
severity = "II"
class = "naturalDisaster"
hazard = "flood"
title = { text = "{sensor} is high", zh_CN = "{sensor}水位高" }
guidance = "Look at the dyke"
[[rule]]
id = "river-long"
sensor = "rhine-vaduz"
above = 3.5
hysteresis = 0.1
delay = "60s"
severity = "III"
class = "naturalDisaster"
hazard = "flood"
title = "{sensor} stays high"
)";
    static constexpr const char* plansText = R"(
[[plan]]
id = "flood-2"
hazard = "flood"
grade = "II"
title = "Flood"
needs = [ { capability = "dyke-defence", level = 1, quantity = 2 } ]
)";

    base::ManualClock clock{*base::parseTime("2026-11-20T08:00:00Z")};
    base::RandomIdSource ids{clock};
    TempFolder folder;
    std::unique_ptr<desk::Desk> desk;

    void SetUp() override { start(); }

    /// Those in force when the desk starts.
    virtual std::vector<detect::Rule> rules() {
        auto rules = detect::parseRules(rulesText);
        EXPECT_TRUE(rules) << (rules ? "" : rules.error().describe());
        return rules.value_or(std::vector<detect::Rule>{});
    }

    virtual desk::DispatchRules dispatch() { return {}; }
    virtual detect::CountyArea area() { return {}; } ///< nobody knows where it is
    virtual std::string planBook() { return plansText; }
    virtual void equip(desk::Desk::Parts&) {}

    void start(bool readOnly = false) {
        const auto access = readOnly ? store::Access::readOnly : store::Access::readWrite;
        auto store = store::Store::open(folder.path() / "tocsin.db", access, "testshire");
        ASSERT_TRUE(store) << store.error().message;
        auto readings = store::ReadingStore::open(folder.path() / "readings", access);
        ASSERT_TRUE(readings) << readings.error().message;
        auto plans = desk::parsePlans(planBook());
        ASSERT_TRUE(plans) << plans.error().describe();
        desk::Desk::Parts parts{std::move(*store), std::move(*readings), detect::Detector(rules()), std::move(*plans),
                                clock, ids, readOnly};
        auto tracks = store::TrackStore::open(folder.path() / "tracks", access);
        ASSERT_TRUE(tracks) << tracks.error().message;
        parts.tracks = std::move(*tracks);
        parts.dispatch = dispatch();
        parts.area = area();
        equip(parts);
        auto started = desk::Desk::start(std::move(parts));
        ASSERT_TRUE(started) << started.error().message;
        desk = std::move(*started);
    }
    void restart() {
        desk.reset();
        start();
    }

    base::Result<desk::Done> run(desk::CommandBody body, const std::string& actor = "M. Keller") {
        return desk->submit(desk::Command{desk->newCommandId(), actor, std::move(body)}).get();
    }
    /// A command that must be done.
    desk::Done must(desk::CommandBody body) {
        auto done = run(std::move(body));
        EXPECT_TRUE(done) << (done ? "" : done.error().message);
        return done ? *done : desk::Done{};
    }
    /// A command whose answer comes after the desk has looked round and at its clock.
    void look() { must(desk::WriteNote{"look", std::nullopt}); }
    /// Those of a rule, once the desk has looked round.
    std::vector<model::Alarm> alarms(const std::string& rule) {
        look();
        std::vector<model::Alarm> out;
        for (const auto& [id, alarm] : desk->snapshot().state.alarms) {
            if (alarm.rule == rule)
                out.push_back(alarm);
        }
        return out;
    }
    desk::ReadingsDone send(std::vector<model::Reading> readings) {
        std::promise<base::Result<desk::ReadingsDone>> promise;
        desk->readings({"test", std::move(readings), {}}, [&](auto result) { promise.set_value(std::move(result)); });
        auto result = promise.get_future().get();
        EXPECT_TRUE(result) << (result ? "" : result.error().message);
        return result ? *result : desk::ReadingsDone{};
    }
    model::Reading reading(int seconds, double value, const std::string& sensor = "rhine-vaduz",
                           const std::string& unit = "m") {
        return {model::SensorId(sensor), clock.now() + std::chrono::seconds(seconds), {}, value, unit};
    }

    model::Sensor gauge(const std::string& id = "rhine-vaduz") {
        model::Sensor sensor;
        sensor.id = model::SensorId(id);
        sensor.name = {"Rhine at Vaduz"};
        sensor.name.translations["zh_CN"] = "莱茵河瓦杜兹";
        sensor.kind = model::SensorKind::riverLevel;
        sensor.unit = "m";
        sensor.position = model::Position::trusted(47.14, 9.51);
        sensor.lowest = 0;
        sensor.highest = 12;
        return sensor;
    }
    model::Resource team(const std::string& name, const std::string& capability = "dyke-defence") {
        model::Resource resource;
        resource.id = ids.make<model::ResourceId>();
        resource.name = name;
        resource.capabilities = {{capability, 2}};
        resource.people = 6;
        resource.position = model::Position::trusted(47.15, 9.52);
        return resource;
    }
    model::IncidentId openIncident() {
        desk::OpenIncident open;
        open.title = "Seepage";
        open.hazard = "flood";
        open.grade = model::Grade::II;
        open.position = model::Position::trusted(47.13, 9.51);
        return *model::IncidentId::parse(must(open).ids.at(0));
    }
    /// Another way for one that is on its way: 12.3 km, 200 seconds from now.
    static desk::ReplanAssignment anotherWay(model::AssignmentId id) {
        model::RouteLine way;
        way.points = {model::Position::trusted(47.14, 9.52), model::Position::trusted(47.13, 9.51)};
        way.secondsAt = {0, 200};
        way.length = base::Metres(12'340);
        return {id, way, base::Seconds(200), base::Seconds(150), base::Seconds(300), "bridge closed"};
    }
    /// A plan that sends some for the capability that team() has.
    desk::SendPlan sending(model::IncidentId incident, const std::vector<model::ResourceId>& who, double seconds = 60) {
        desk::SendPlan plan;
        plan.decision.incident = incident;
        plan.decision.factsAt = clock.now();
        for (const auto& id : who) {
            auto& line = plan.decision.lines.emplace_back();
            line.resource = id;
            line.need.capability = "dyke-defence";
            line.eta = base::Seconds(seconds);
        }
        return plan;
    }
    /// Some hours of a desk's life: commands of every kind at random, with readings that raise alarms. The same each
    /// time. Gives how many were refused.
    int randomDuty(int steps) {
        must(desk::NameCounty{"Testshire", true});
        std::vector<model::Resource> teams;
        for (int i = 0; i < 12; ++i)
            teams.push_back(team("Team " + std::to_string(i)));
        must(desk::RegisterResources{teams});
        unsigned random = 7;
        const auto pick = [&](unsigned n) { return (random = random * 1664525U + 1013904223U) / 65536U % n; };
        int refused = 0;
        for (int step = 0; step < steps; ++step) {
            clock.advance(std::chrono::seconds(1 + pick(20)));
            const auto state = desk->snapshot().state;
            const auto any = [&](const auto& map) {
                return map.empty() ? map.end()
                                   : std::next(map.begin(), static_cast<long>(pick(static_cast<unsigned>(map.size()))));
            };
            base::Result<desk::Done> done = desk::Done{};
            switch (pick(10)) {
            case 0:
                send({reading(0, 2.0 + pick(30) / 10.0)});
                break;
            case 1:
                if (auto it = any(state.alarms); it != state.alarms.end())
                    done = run(desk::AcknowledgeAlarm{it->first});
                break;
            case 2: {
                desk::OpenIncident open;
                open.title = "Incident " + std::to_string(step);
                open.hazard = "flood";
                open.grade = static_cast<model::Grade>(1 + pick(4));
                if (auto it = any(state.alarms); it != state.alarms.end())
                    open.alarms = {it->first};
                done = run(open);
                break;
            }
            case 3:
                if (auto it = any(state.incidents); it != state.incidents.end())
                    done = run(sending(it->first, {teams[pick(12)].id}));
                break;
            case 4:
            case 5:
                if (auto it = any(state.assignments); it != state.assignments.end())
                    done = run(desk::AdvanceAssignment{it->first, static_cast<model::AssignmentState>(pick(6))});
                break;
            case 6:
                if (auto it = any(state.incidents); it != state.incidents.end())
                    done = run(desk::CloseIncident{it->first, "over"});
                break;
            case 7:
                if (auto it = any(state.drawings); it != state.drawings.end() && pick(2) == 0)
                    done = run(desk::RemoveDrawing{it->first});
                else if (it != state.drawings.end() && pick(2) == 0) {
                    auto drawing = it->second;
                    drawing.note += "!";
                    done = run(desk::PutDrawing{drawing});
                }
                break;
            case 8: {
                model::Drawing drawing;
                drawing.kind = static_cast<model::DrawingKind>(pick(3));
                drawing.name = "封路 " + std::to_string(step);
                for (unsigned n = 1 + pick(4); n > 0; --n)
                    drawing.line.push_back(model::Position::trusted(47 + pick(100) / 1e3, 9 + pick(100) / 1e3));
                if (pick(3) == 0)
                    drawing.until = clock.now() + std::chrono::seconds(pick(200));
                done = run(desk::PutDrawing{drawing});
                break;
            }
            default: {
                model::Report report;
                report.text = "水 " + std::to_string(step);
                report.sourceId = std::to_string(pick(100));
                done = run(desk::TakeReport{"http", report});
            }
            }
            refused += done ? 0 : 1;
        }
        return refused;
    }
};

} // namespace tocsin::test
