#pragma once

#include "tocsin/triage/report_clusters.hpp"

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace tocsin::triage {

/// A report as it is compared: its words as numbers, its place on a plane.
struct ReportItem {
    model::ReportId id;
    std::optional<model::Position> position;
    double accuracy{0}; ///< metres; 0: not told
    base::Time time;
    std::vector<std::uint32_t> terms; ///< ascending; of the text and of the place's words
    std::vector<std::uint32_t> placeTerms; ///< ascending
    std::string category;
    std::uint32_t categoryTerm{noTerm}; ///< the same as a term
    static constexpr std::uint32_t noTerm = 0xffffffffU;
    std::string sender;
    std::optional<model::ClusterId> cluster;
    std::size_t fingerprint{0}; ///< of all that counts: a change elsewhere moves nothing
    std::uint32_t group{0};
    WhySame why; ///< beside the one of its group that it is most like
};

/// All words that were ever said, and how often: what is rare tells more.
class TermBook {
  public:
    [[nodiscard]] std::vector<std::uint32_t> numbersOf(const std::vector<std::string>& terms, bool mayAdd);
    void count(const std::vector<std::uint32_t>& terms);
    [[nodiscard]] double weight(std::uint32_t term) const;
    [[nodiscard]] const std::string& word(std::uint32_t term) const { return m_words[term]; }
    [[nodiscard]] bool isNumber(std::uint32_t term) const;
    /// Of a script that is compared by pairs of characters: several of them are one word.
    [[nodiscard]] bool isPair(std::uint32_t term) const;
    /// Rarest first.
    [[nodiscard]] std::vector<std::uint32_t> rarest(const std::vector<std::uint32_t>& terms, std::size_t most) const;

  private:
    std::unordered_map<std::string, std::uint32_t> m_numbers;
    std::vector<std::string> m_words;
    std::vector<std::uint32_t> m_said;
    double m_reports{0};
};

/// 0…1. With two positions: how near they are, within what both are known to; how soon after each other; and the same
/// category and words. Without: the place in words (street and village tell a place, a village alone does not), category
/// and words.
[[nodiscard]] double likeness(const ReportItem& a, const ReportItem& b, const TermBook& book, const ClusterPolicy& policy);
/// The same with its reasons.
[[nodiscard]] WhySame whyAlike(const ReportItem& a, const ReportItem& b, const TermBook& book, const ClusterPolicy& policy);

} // namespace tocsin::triage
