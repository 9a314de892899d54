// Goal: under 5 ms a report at 100,000 reports; pairwise precision and recall of at least 0.9.
// Not a Google Benchmark: the cost of one report depends on those before it, so each is taken once and timed by itself.
//   report_clusters_bench [REPORTS]

#include "drill/labelled_reports.hpp"
#include "tocsin/geo/measure.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <sstream>

namespace {

using namespace tocsin;

/// Of this thread: what others take of the processor is not counted.
double cpuMicros() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

double residentMegabytes() {
    std::ifstream in("/proc/self/statm");
    double all = 0;
    double resident = 0;
    in >> all >> resident;
    return resident * 4096 / 1e6;
}

/// Real reports, labelled by hand; TOCSIN_CORPORA says where they are. Pairs told further apart in time or place than the
/// policy ever proposes are missed by design: without them it is seen what the comparing itself is worth.
void judgeLabelled(const triage::Synonyms& synonyms) {
    const char* corpora = std::getenv("TOCSIN_CORPORA");
    for (const char* name : {"labelled_haiti_2010", "labelled_haiti_2010_later", "labelled_chicago_2014"}) {
        const auto set = corpora == nullptr ? std::nullopt
                                            : drill::labelledReports(std::string(TOCSIN_SOURCE_DIR "/tests/data/triage/") +
                                                                         name + ".json",
                                                                     corpora);
        if (!set) {
            std::printf("labelled: %s is not here (TOCSIN_CORPORA)\n", name);
            continue;
        }
        const triage::ClusterPolicy policy;
        triage::ReportClusters clusters(synonyms, policy);
        for (const auto& report : set->reports)
            clusters.put(report);
        const auto quality = drill::pairQuality(set->of, clusters);
        std::size_t within = 0;
        std::size_t found = 0;
        for (const auto& a : set->reports) {
            for (const auto& b : set->reports) {
                if (!(a.id < b.id) || !set->of.contains(a.id) || !set->of.contains(b.id) || set->of.at(a.id) != set->of.at(b.id))
                    continue;
                const auto apart = a.happenedAt < b.happenedAt ? b.happenedAt - a.happenedAt : a.happenedAt - b.happenedAt;
                const bool near = !a.position || !b.position ||
                                  geo::distance(*a.position, *b.position).value <= policy.metres;
                if (apart > policy.apart || !near)
                    continue;
                ++within;
                const auto group = clusters.groupOf(a.id);
                found += group && std::find(group->reports.begin(), group->reports.end(), b.id) != group->reports.end();
            }
        }
        std::printf("labelled: %s, %zu reports (%zu labels unknown): %zu pairs right, %zu wrong, %zu missed: precision %.3f, "
                    "recall %.3f; of the %zu pairs within 6 h and 1.2 km %zu found\n",
                    name, set->reports.size(), set->unknown, quality.right, quality.wrong, quality.missed,
                    quality.precision(), quality.recall(), within, found);
    }
}

} // namespace

int main(int argc, char** argv) {
    const std::size_t wanted = argc > 1 ? static_cast<std::size_t>(std::atoll(argv[1])) : 100'000;
    std::ifstream in(TOCSIN_SOURCE_DIR "/resources/synonyms/default.toml");
    std::stringstream text;
    text << in.rdbuf();
    const auto synonyms = triage::Synonyms::parse(text.str());
    const auto scenario = drill::loadScenario(TOCSIN_SOURCE_DIR "/resources/scenarios/quake.toml");
    if (!synonyms || !scenario) {
        std::fprintf(stderr, "the scenario or the synonyms cannot be read\n");
        return 1;
    }
    for (const std::uint64_t seed : {201, 7, 31, 1001, 424242}) {
        auto wave = scenario->waves.at(0);
        wave.seed = seed;
        const auto reports = drill::reportWave(wave, scenario->areas);
        triage::ReportClusters clusters(*synonyms);
        for (const auto& report : reports)
            clusters.put(drill::asReport(report.inject, {}, report.language));
        const auto quality = drill::pairQuality(reports, {}, clusters);
        std::printf("quality: seed %llu, %zu reports: precision %.3f, recall %.3f, %zu groups\n",
                    static_cast<unsigned long long>(seed), reports.size(), quality.precision(), quality.recall(),
                    clusters.groups().size());
    }
    judgeLabelled(*synonyms);
    // A busy county: waves of 5,000 a day apart, until there are as many as wanted.
    triage::ReportClusters clusters(*synonyms);
    const double before = residentMegabytes();
    std::vector<double> micros;
    for (std::size_t day = 0; micros.size() < wanted; ++day) {
        auto wave = scenario->waves.at(0);
        wave.seed = 9'000 + day;
        wave.id = "day-" + std::to_string(day);
        const base::Time start{std::chrono::hours(24 * static_cast<int>(day))};
        for (const auto& made : drill::reportWave(wave, scenario->areas)) {
            if (micros.size() == wanted)
                break;
            const auto report = drill::asReport(made.inject, start, made.language);
            const double from = cpuMicros();
            clusters.put(report);
            if (micros.size() % 50 == 0)
                (void)clusters.takeChanged();
            micros.push_back(cpuMicros() - from);
        }
    }
    const auto part = [&](std::size_t from, std::size_t to) {
        std::vector<double> some(micros.begin() + static_cast<std::ptrdiff_t>(from), micros.begin() + static_cast<std::ptrdiff_t>(to));
        std::sort(some.begin(), some.end());
        std::printf("reports %zu to %zu: median %.0f us, p99 %.0f us, worst %.0f us CPU\n", from, to, some[some.size() / 2],
                    some[some.size() * 99 / 100], some.back());
    };
    part(0, wanted / 10);
    part(wanted - wanted / 10, wanted);
    std::printf("memory: %.0f MB for %zu reports\n", residentMegabytes() - before, micros.size());
}
