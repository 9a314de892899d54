#pragma once

#include "tocsin/drill/report_wave.hpp"
#include "tocsin/triage/report_clusters.hpp"

#include <map>

namespace tocsin::drill {

/// Of all pairs of reports: those that were put together and are of one event, together but are not, apart but are.
/// Rumours have no place of their own, so that nobody can say which of them are one: they are not counted.
struct PairQuality {
    std::size_t right{0};
    std::size_t wrong{0};
    std::size_t missed{0};
    [[nodiscard]] double precision() const { return right + wrong == 0 ? 1 : double(right) / double(right + wrong); }
    [[nodiscard]] double recall() const { return right + missed == 0 ? 1 : double(right) / double(right + missed); }
};

/// `event`: of each report that counts.
inline PairQuality pairQuality(const std::map<model::ReportId, std::size_t>& event, const triage::ReportClusters& clusters) {
    std::map<std::size_t, std::size_t> sizes;
    for (const auto& [report, number] : event)
        ++sizes[number];
    const auto pairs = [](std::size_t n) { return n * (n - (n > 0 ? 1 : 0)) / 2; };
    PairQuality quality;
    std::size_t all = 0;
    for (const auto& [number, size] : sizes)
        all += pairs(size);
    for (const auto& group : clusters.groups()) {
        std::map<std::size_t, std::size_t> of;
        std::size_t counted = 0;
        for (const auto& id : group.reports) {
            if (const auto found = event.find(id); found != event.end()) {
                ++of[found->second];
                ++counted;
            }
        }
        std::size_t together = 0;
        for (const auto& [number, size] : of)
            together += pairs(size);
        quality.right += together;
        quality.wrong += pairs(counted) - together;
    }
    quality.missed = all - quality.right;
    return quality;
}

inline PairQuality pairQuality(const std::vector<WaveReport>& reports, base::Time start,
                               const triage::ReportClusters& clusters) {
    std::map<model::ReportId, std::size_t> event;
    for (const auto& report : reports) {
        if (!report.rumour)
            event[asReport(report.inject, start, report.language).id] = report.event;
    }
    return pairQuality(event, clusters);
}

} // namespace tocsin::drill
