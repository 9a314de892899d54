#include "desk/desk_fixture.hpp"

using namespace tocsin;
using namespace tocsin::test;
using namespace std::chrono_literals;
using base::Code;

namespace {

/// The desk's clock is set an hour forward or back, and stays so, while the feeds go on by the true time.
class ClockStep : public DeskFixture, public ::testing::WithParamInterface<int> {
  protected:
    base::Time truth{clock.now()};
    std::vector<std::string> gauges{"g0", "g1", "g2", "g3", "g4"};

    [[nodiscard]] bool forward() const { return GetParam() > 0; }
    void step() {
        clock.advance(std::chrono::hours(GetParam()));
        (void)desk->snapshot();
    }
    model::Reading said(const std::string& sensor, double value) const {
        return {model::SensorId(sensor), truth, {}, value, "m"};
    }
    /// Each gauge speaks every ten minutes.
    void live(std::chrono::minutes time) {
        for (auto gone = 0s; gone < time; gone += 30s) {
            clock.advance(30s);
            truth += 30s;
            if (++m_steps % 20 == 0) {
                std::vector<model::Reading> readings;
                for (const auto& sensor : gauges)
                    readings.push_back(said(sensor, 1.0));
                EXPECT_EQ(send(readings).stored, gauges.size());
            }
            (void)desk->snapshot();
        }
    }
    std::vector<std::string> silent() {
        std::vector<std::string> sources;
        for (const auto& [id, alarm] : desk->snapshot().state.alarms) {
            if (alarm.rule == "silence")
                sources.push_back(alarm.source);
        }
        return sources;
    }
    void watchAll() {
        std::vector<model::Sensor> sensors;
        for (const auto& id : gauges) {
            sensors.push_back(gauge(id));
            sensors.back().silentAfter = 30min;
        }
        must(desk::RegisterSensors{sensors});
        desk::Watch watch;
        watch.id = "feed:test";
        watch.name = {"The gauges"};
        watch.feeds = {"test"};
        watch.silentAfter = 20min;
        desk->watch({watch});
    }

  private:
    int m_steps{0};
};

TEST_P(ClockStep, WhoSpeaksOnIsNotSilentAndWhoDoesNotIsMissedInTime) {
    watchAll();
    live(60min);
    step();
    live(180min);
    EXPECT_EQ(silent(), std::vector<std::string>{});
    must(desk::RegisterSensors{{gauge("another")}}); // what is known of the others stays known
    live(5min);
    gauges.erase(gauges.begin());
    live(45min);
    EXPECT_EQ(silent(), std::vector<std::string>{"sensor:g0"});
}

TEST_P(ClockStep, ARestartAfterItMakesNobodySilentAndHidesNobody) {
    watchAll();
    live(60min);
    step();
    live(30min);
    restart();
    live(60min);
    EXPECT_EQ(silent(), std::vector<std::string>{});
    gauges.erase(gauges.begin());
    live(45min);
    EXPECT_EQ(silent(), std::vector<std::string>{"sensor:g0"});
}

TEST_P(ClockStep, AnAlarmHasTheReadingsTimeAndTheDesks) {
    must(desk::RegisterSensors{{gauge()}});
    send({said("rhine-vaduz", 1.0)});
    step();
    truth += 1min;
    clock.advance(1min);
    EXPECT_EQ(send({said("rhine-vaduz", 4.5)}).stored, 1U);
    const auto now = desk->snapshot();
    const auto believed = std::min(truth, clock.now()); // what is ahead counts as of when it came
    EXPECT_EQ(now.sensors.at(model::SensorId("rhine-vaduz")).time, believed);
    ASSERT_EQ(now.state.alarms.size(), 1U);
    const auto& alarm = now.state.alarms.begin()->second;
    EXPECT_EQ(alarm.rule, "river-high");
    EXPECT_EQ(alarm.sinceTime, believed);
    EXPECT_EQ(alarm.raisedAt, clock.now());
}

TEST_P(ClockStep, WhatIsSentAgainIsKnown) {
    must(desk::RegisterSensors{{gauge()}});
    std::vector<model::Reading> readings;
    for (int i = 0; i < 120; ++i, truth += 1min)
        readings.push_back(said("rhine-vaduz", 1.0 + i / 1000.0));
    model::Report report;
    report.text = "Water in the cellar";
    report.sourceId = "r-1";
    clock.set(truth);
    EXPECT_EQ(send(readings).stored, 120U);
    EXPECT_FALSE(must(desk::TakeReport{"http", report}).duplicate);
    step();
    for (int life = 0; life < 2; ++life) {
        const auto again = send(readings);
        EXPECT_EQ(again.duplicates, 120U);
        EXPECT_EQ(again.stored + again.quarantined, 0U);
        EXPECT_TRUE(must(desk::TakeReport{"http", report}).duplicate);
        restart();
    }
    EXPECT_EQ(desk->snapshot().state.reports.size(), 1U);
}

/// A claim is by the desk's clock: it may go stale too soon, but nobody loses it to another who does not say so.
TEST_P(ClockStep, AClaimStaysItsHoldersOrGoesStale) {
    model::Report report;
    report.text = "Water in the cellar";
    const auto id = *model::ReportId::parse(must(desk::TakeReport{"http", report}).ids.at(0));
    const auto one = team("Team 1");
    must(desk::RegisterResources{{one}});
    ASSERT_TRUE(run(desk::ClaimReports{{id}}, "Ann"));
    ASSERT_TRUE(run(desk::ClaimResources{{one.id}}, "Ann"));
    step();
    EXPECT_EQ(desk->snapshot().state.reports.at(id).claimedBy, "Ann");
    EXPECT_EQ(run(desk::ClaimReports{{id}}, "Ben").has_value(), forward());
    EXPECT_EQ(run(desk::ClaimResources{{one.id}}, "Ben").has_value(), forward());
    if (!forward()) {
        EXPECT_TRUE(run(desk::ClaimReports{{id}, true}, "Ben")) << "taken over, and said so";
        EXPECT_TRUE(run(desk::ClaimResources{{one.id}, true}, "Ann")) << "its holder lets go of it";
        EXPECT_TRUE(run(desk::ClaimResources{{one.id}}, "Ben"));
    }
}

INSTANTIATE_TEST_SUITE_P(AnHour, ClockStep, ::testing::Values(1, -1),
                         [](const auto& hours) { return std::string(hours.param > 0 ? "forward" : "back"); });

} // namespace
