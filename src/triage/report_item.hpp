#pragma once

#include "tocsin/triage/report_clusters.hpp"
#include "triage/term_book.hpp"
#include "triage/tongue.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace tocsin::triage {

/// A report as it is compared: its words as numbers, its place on a plane.
struct ReportItem {
    model::ReportId id;
    std::optional<model::Position> position;
    double accuracy{0}; ///< metres; 0: not told
    /// Its point says little: it is shared by many reports that say nothing of the same (a town's middle, where a
    /// geocoder puts what it cannot place).
    bool vague{false};
    base::Time time;
    std::vector<std::uint32_t> terms;      ///< ascending; of the text and of the place's words
    std::vector<std::uint32_t> placeTerms; ///< ascending
    std::vector<std::pair<std::uint32_t, std::uint32_t>>
        numbers; ///< ascending; a word and the number that it was given
    Tongue tongue{Tongue::unknown};
    std::string category;
    std::uint32_t categoryTerm{noTerm}; ///< the same as a term
    static constexpr std::uint32_t noTerm = 0xffffffffU;
    TermBook::Feed feed{TermBook::noFeed};
    std::string sender;
    std::optional<model::ClusterId> cluster;
    std::size_t fingerprint{0}; ///< of all that counts: a change elsewhere moves nothing
    std::uint32_t group{0};
    WhySame why; ///< beside the one of its group that it is most like

    /// It knows where it is.
    [[nodiscard]] bool isPlaced() const { return position && !vague; }
};

/// Both are given numbers by the same words, and none of these numbers is the same: two houses of one street.
[[nodiscard]] bool numbersDiffer(const ReportItem& a, const ReportItem& b, const TermBook& book);
/// 0…1: how much of what only they say they both say; for reports of one thing told hours apart or from elsewhere.
[[nodiscard]] double rareAgreement(const ReportItem& a, const ReportItem& b, const TermBook& book);
/// Nearly the same words, and enough of them.
[[nodiscard]] bool nearlyVerbatim(const ReportItem& a, const ReportItem& b, const TermBook& book);

/// 0…1, the better of two reasons. What was seen at one time and place: how near they are, within what both are known
/// to; how soon after each other; the same category and words; without two places, the place in words (street and
/// village tell a place, a village alone does not). What was told again: words that hardly anybody else says, or nearly
/// the same words, within a much longer time and from anywhere.
[[nodiscard]] double likeness(const ReportItem& a, const ReportItem& b, const TermBook& book,
                              const ClusterPolicy& policy);
/// The same with its reasons.
[[nodiscard]] WhySame whyAlike(const ReportItem& a, const ReportItem& b, const TermBook& book,
                               const ClusterPolicy& policy);

} // namespace tocsin::triage
