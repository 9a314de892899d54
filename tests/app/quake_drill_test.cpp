#include "app/app_fixture.hpp"
#include "app/county_session.hpp"
#include "app/desk_sink.hpp"
#include "app/drill_runner.hpp"

#include <algorithm>

// The quake drill played through the bytes, decoders, desk and rules of the demo county: each of its networks must be heard.

using namespace tocsin;
using namespace tocsin::test;

namespace {

class QuakeDrill : public App {
  protected:
    /// All alarms of the first `seconds`; the clock goes by a second at a time, as fast as the desk takes what comes.
    std::map<model::AlarmId, model::Alarm> play(int seconds) {
        makeDemo();
        base::ManualClock clock(base::SystemClock().now()); // the county was made just now
        auto session = app::openCounty(path("county"), app::Wish::write, &clock);
        EXPECT_TRUE(session) << (session ? "" : session.error().describe());
        if (!session)
            return {};
        auto& desk = *(*session)->desk;
        app::DeskSink sink(desk);
        auto runner = app::DrillRunner::start(**session, sink, "quake", "en");
        EXPECT_TRUE(runner) << (runner ? "" : runner.error().describe());
        if (!runner)
            return {};
        for (int second = 0; second <= seconds; ++second) {
            clock.set((*runner)->begin() + std::chrono::seconds(second));
            (*runner)->step();
        }
        runner->reset();
        return desk.snapshot().state.alarms;
    }
};

std::size_t countOf(const std::map<model::AlarmId, model::Alarm>& alarms, const std::string& rules) {
    return static_cast<std::size_t>(
        std::count_if(alarms.begin(), alarms.end(), [&](const auto& item) { return item.second.rule.starts_with(rules); }));
}

TEST_F(QuakeDrill, isTenThousandAlarmsAndABurstMainMutesItsHydrants) {
    const auto alarms = play(64);
    EXPECT_GE(alarms.size(), 10'000U);
    for (const char* network : {"gas-leak", "gas-explosive", "substation-down", "meter-dark", "main-burst", "hydrant-low", "lift-stuck", "building-leans",
                                "building-collapse"})
        EXPECT_GE(countOf(alarms, network), 10U) << network;
    const auto byMain = std::count_if(alarms.begin(), alarms.end(), [&](const auto& item) {
        const auto muter = item.second.suppressedBy ? alarms.find(*item.second.suppressedBy) : alarms.end();
        return item.second.rule.starts_with("hydrant-low") && muter != alarms.end() && muter->second.rule.starts_with("main-burst");
    });
    EXPECT_GE(byMain, 100);
    EXPECT_LT(static_cast<std::size_t>(byMain), countOf(alarms, "hydrant-low")) << "not those that are far from one";
}

} // namespace
