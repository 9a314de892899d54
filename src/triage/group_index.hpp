#pragma once

#include "triage/report_item.hpp"

#include <cstdint>
#include <functional>
#include <unordered_map>
#include <vector>

namespace tocsin::triage {

/// Where groups of reports are looked for: by the place of those that they are known by, and by the rarest words of these. Bounded:
/// a cell and a word know the newest groups. Numbers of groups that are gone may stand in it; who asks leaves them out.
class GroupIndex {
  public:
    using Number = std::uint32_t;
    using IsOver = std::function<bool(Number)>;

    static constexpr std::size_t termsIndexed = 10; ///< the rarest of a report

    /// The group is to be found by this report of its core. Those for which `isOver` make room first.
    void put(Number group, const ReportItem& item, const TermBook& book, const IsOver& isOver);
    /// Groups within some hundred metres, the newest of each cell first; one may stand there several times.
    [[nodiscard]] std::vector<Number> around(const model::Position& place) const;
    /// Groups that say the term, the newest first.
    [[nodiscard]] std::vector<Number> saying(std::uint32_t term) const;

  private:
    std::unordered_map<std::int64_t, std::vector<Number>> m_cells; ///< newest last
    std::unordered_map<std::uint32_t, std::vector<Number>> m_terms;
};

} // namespace tocsin::triage
