#include "drill/labelled_reports.hpp"

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
    std::printf("seed %d: precision %.3f, recall %.3f\n", static_cast<int>(GetParam()), quality.precision(),
                quality.recall());
    EXPECT_GE(quality.precision(), 0.9);
    EXPECT_GE(quality.recall(), 0.9);
}

// 201 is the scenario's own, by which the weights were found; the others judge them.
INSTANTIATE_TEST_SUITE_P(Seeds, ClusterQuality, ::testing::Values(201, 7, 31, 1001, 424242));

// What the labels of a hand say: real reports, of which few are of one event. The figures stand in docs/PERFORMANCE.md.
TEST(LabelledReports, ofRealDaysAreMostlyRight) {
    const char* corpora = std::getenv("TOCSIN_CORPORA");
    if (corpora == nullptr)
        GTEST_SKIP() << "TOCSIN_CORPORA is not set";
    struct Set {
        const char* name;
        std::size_t reports;
        double precision; ///< what was reached: less is a step back
        double recall;
    };
    for (const auto& [name, reports, precision, recall] :
         {Set{"labelled_haiti_2010", 560, 0.75, 0.33}, Set{"labelled_haiti_2010_later", 245, 0.75, 0.33},
          Set{"labelled_chicago_2014", 25, 1, 1}}) {
        const auto set =
            labelledReports(std::string(TOCSIN_SOURCE_DIR "/tests/data/triage/") + name + ".json", corpora);
        ASSERT_TRUE(set) << name;
        EXPECT_GE(set->reports.size(), reports) << name;
        EXPECT_EQ(set->unknown, 0U) << name << ": every label has its report";
        triage::ReportClusters clusters(ours());
        for (const auto& report : set->reports)
            clusters.put(report);
        const auto quality = pairQuality(set->of, clusters);
        std::printf("%s: %zu right, %zu wrong, %zu missed: precision %.3f, recall %.3f\n", name, quality.right,
                    quality.wrong, quality.missed, quality.precision(), quality.recall());
        EXPECT_GE(quality.precision(), precision) << name;
        EXPECT_GE(quality.recall(), recall) << name;
        for (const auto& group : clusters.groups()) {
            std::string line;
            for (const auto& id : group.reports)
                line += " " + std::find_if(set->reports.begin(), set->reports.end(), [&](const auto& r) {
                                  return r.id == id;
                              })->sourceId;
            std::printf("  together:%s\n", line.c_str());
        }
    }
}

} // namespace
} // namespace tocsin::drill
