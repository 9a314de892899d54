#include "drill/cluster_quality.hpp"

#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

// The drill knows which reports tell of one event: what the triage makes of them can be judged.

namespace tocsin::drill {
namespace {

triage::Synonyms ours() {
    std::ifstream in(TOCSIN_SOURCE_DIR "/resources/synonyms/default.toml");
    std::stringstream text;
    text << in.rdbuf();
    return triage::Synonyms::parse(text.str()).value();
}

class ClusterQuality : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(ClusterQuality, ReportsOfAnEarthquakesMinuteAreRightInNineOfTenPairs) {
    const auto scenario = loadScenario(TOCSIN_SOURCE_DIR "/resources/scenarios/quake.toml");
    ASSERT_TRUE(scenario) << scenario.error().describe();
    auto wave = scenario->waves.at(0);
    wave.seed = GetParam();
    wave.reports = 2'000;
    wave.events = 170;
    const auto reports = reportWave(wave, scenario->areas);
    const base::Time start{std::chrono::sys_days{std::chrono::year{2026} / 11 / 20}};
    triage::ReportClusters clusters(ours());
    for (const auto& report : reports)
        clusters.put(asReport(report.inject, start, report.language));
    const auto quality = pairQuality(reports, start, clusters);
    RecordProperty("precision", std::to_string(quality.precision()));
    RecordProperty("recall", std::to_string(quality.recall()));
    std::printf("seed %d: precision %.3f, recall %.3f\n", static_cast<int>(GetParam()), quality.precision(), quality.recall());
    EXPECT_GE(quality.precision(), 0.9);
    EXPECT_GE(quality.recall(), 0.9);
}

// 201 is the scenario's own, by which the weights were found; the others judge them.
INSTANTIATE_TEST_SUITE_P(Seeds, ClusterQuality, ::testing::Values(201, 7, 31, 1001, 424242));

} // namespace
} // namespace tocsin::drill
