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

/// What was reached: less is a step back.
struct Reached {
    double precision;
    double recall;
};

void judge(const char* name, const PairQuality& quality, Reached reached) {
    std::printf("%s: %zu right, %zu wrong, %zu missed: precision %.3f, recall %.3f\n", name, quality.right, quality.wrong,
                quality.missed, quality.precision(), quality.recall());
    EXPECT_GE(quality.precision(), reached.precision) << name;
    EXPECT_GE(quality.recall(), reached.recall) << name;
}

std::string labelsOf(const char* name) {
    return std::string(TOCSIN_SOURCE_DIR "/tests/data/triage/") + name + ".json";
}

// What the labels of a hand say: real reports, of which few are of one event. The figures stand in docs/PERFORMANCE.md.
TEST(LabelledReports, ofRealDaysAreMostlyRight) {
    const char* corpora = std::getenv("TOCSIN_CORPORA");
    if (corpora == nullptr)
        GTEST_SKIP() << "TOCSIN_CORPORA is not set";
    struct Set {
        const char* name;
        std::size_t reports;
        Reached reached;
    };
    for (const auto& [name, reports, reached] :
         {Set{"labelled_haiti_2010", 560, {0.85, 0.38}}, Set{"labelled_haiti_2010_later", 245, {0.83, 0.45}},
          Set{"labelled_chicago_2014", 25, {1, 1}}}) {
        const auto set = labelledReports(labelsOf(name), corpora);
        ASSERT_TRUE(set) << name;
        EXPECT_GE(set->reports.size(), reports) << name;
        EXPECT_EQ(set->unknown, 0U) << name << ": every label has its report";
        triage::ReportClusters clusters(ours());
        for (const auto& report : set->reports)
            clusters.put(report);
        judge(name, pairQuality(set->of, clusters), reached);
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

// Real days and a drill's minute in one desk, with one vocabulary: all pairs, and what became of each kind there. The two
// sets of days each for itself: which reports of the one tell what some of the other did has no labels.
TEST(LabelledReports, ofRealDaysAndADrillInOneDesk) {
    const char* corpora = std::getenv("TOCSIN_CORPORA");
    if (corpora == nullptr)
        GTEST_SKIP() << "TOCSIN_CORPORA is not set";
    const auto scenario = loadScenario(TOCSIN_SOURCE_DIR "/resources/scenarios/quake.toml");
    ASSERT_TRUE(scenario) << scenario.error().describe();
    auto wave = scenario->waves.at(0);
    wave.seed = 7;
    wave.reports = 2'000;
    wave.events = 170;
    struct Set {
        const char* name;
        int day; ///< of January, on which the minute comes
        Reached reached;
    };
    for (const auto& [name, day, reached] :
         {Set{"labelled_haiti_2010", 16, {0.83, 0.37}}, Set{"labelled_haiti_2010_later", 21, {0.83, 0.39}}}) {
        const auto real = labelledReports(labelsOf(name), corpora);
        ASSERT_TRUE(real) << name;
        const base::Time start{std::chrono::sys_days{std::chrono::year{2010} / 1 / day}};
        const auto generated = generatedReports(reportWave(wave, scenario->areas), start, 100'000);
        auto desk = *real;
        pool(desk, generated);
        triage::ReportClusters clusters(ours());
        for (const auto& report : desk.reports)
            clusters.put(report);
        judge("in one desk, all", pairQuality(desk.of, clusters), {0.9, 0.9});
        judge("in one desk, generated", pairQuality(generated.of, clusters), {0.9, 0.9});
        judge(name, pairQuality(real->of, clusters), reached);
    }
}

} // namespace
} // namespace tocsin::drill
