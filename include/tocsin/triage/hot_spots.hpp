#pragma once

#include "tocsin/model/report.hpp"
#include "tocsin/triage/report_clusters.hpp"

#include <memory>
#include <vector>

namespace tocsin::triage {

/// A place and stretch of time in which more is reported than is usual there.
struct HotSpot {
    model::Position centre;
    double radiusMetres{0};
    base::Time from;
    base::Time to;
    std::size_t reports{0}; ///< a sender counts once per cell and window
    double expected{0};     ///< from the county's own past; without one, if the window's reports were spread evenly
    double strength{0};  ///< log likelihood ratio (Kulldorff's space-time scan, Poisson); higher is stronger
    double chance{1};    ///< how probable so much is by chance alone (Gumbel or Monte Carlo over the same baseline)
    std::vector<std::string> terms; ///< that are said there more than elsewhere, at most 5
    std::vector<model::ReportId> members; ///< newest first, at most 200
};

/// A word that is said more than usual.
struct TrendingTerm {
    std::string term; ///< as most senders wrote it
    std::size_t now{0};
    double usual{0}; ///< per window
    double strength{0};
    std::vector<model::ReportId> reports; ///< newest first, at most 2,000
};

struct ScanPolicy {
    base::Duration window{std::chrono::hours(6)};  ///< what is looked at
    base::Duration past{std::chrono::hours(24 * 28)}; ///< what is usual is learned from
    double mostRadiusMetres{5'000};
    std::size_t leastReports{4};
    double mostChance{0.01};
    std::size_t most{10};
};

/// Places and words that rise above their usual: for rumours as for floods, so what was dismissed counts as well. Kept up
/// report by report; a scan looks at a grid of cells and costs milliseconds. One thread at a time.
///
/// The scan is Kulldorff's (1997, Communications in Statistics 26(6); in space and time: 2001, Journal of the Royal
/// Statistical Society A 164(1)): circles of cells up to mostRadiusMetres over the last half hour, hour and window, each
/// held against its past. As long as the county as a whole has no more than thrice its usual, a circle is held against
/// what the others have (so a busy hour is none); beyond that against the past alone. `chance` is by a Gumbel
/// distribution fitted to seeded replicas, kept until the past or the number of reports has changed by some percent.
/// A spot needs leastReports different senders; who is not known counts as one each time.
class HotSpots {
  public:
    explicit HotSpots(Synonyms synonyms = {}, ScanPolicy policy = {});
    ~HotSpots();
    HotSpots(HotSpots&&) noexcept;
    HotSpots& operator=(HotSpots&&) noexcept;

    /// A new report or one that changed; constant on average. Without a place it counts for the words alone.
    void put(const model::Report& report);
    [[nodiscard]] std::vector<HotSpot> spots(base::Time now) const; ///< strongest first, not overlapping
    /// Said by three different senders and more, and by three standard deviations more often than usual; strongest first.
    [[nodiscard]] std::vector<TrendingTerm> trending(base::Time now, std::size_t most) const;

  private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace tocsin::triage
