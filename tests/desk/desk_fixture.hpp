#pragma once

#include "tocsin/base/clock.hpp"
#include "tocsin/base/id.hpp"
#include "tocsin/desk/desk.hpp"
#include "tocsin/desk/plans.hpp"

#include <cstdlib>
#include <filesystem>
#include <gtest/gtest.h>
#include <string>

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

    void start(bool readOnly = false) {
        const auto access = readOnly ? store::Access::readOnly : store::Access::readWrite;
        auto store = store::Store::open(folder.path() / "tocsin.db", access, "testshire");
        ASSERT_TRUE(store) << store.error().message;
        auto readings = store::ReadingStore::open(folder.path() / "readings", access);
        ASSERT_TRUE(readings) << readings.error().message;
        auto rules = detect::parseRules(rulesText);
        ASSERT_TRUE(rules) << rules.error().describe();
        auto plans = desk::parsePlans(plansText);
        ASSERT_TRUE(plans) << plans.error().describe();
        auto started = desk::Desk::start({std::move(*store), std::move(*readings), detect::Detector(std::move(*rules)),
                                          std::move(*plans), clock, ids, readOnly});
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
};

} // namespace tocsin::test
