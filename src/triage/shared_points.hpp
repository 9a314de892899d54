#pragma once

#include "triage/report_item.hpp"

#include <unordered_map>
#include <utility>
#include <vector>

namespace tocsin::triage {

/// Finds points that say little of where something is: those on which several reports lie that share no words, as a
/// geocoder puts on a town's middle whatever it cannot place. What a sender's own device measured, with its accuracy,
/// is believed.
class SharedPoints {
  public:
    /// Those whose point has turned out to say little: the new one itself, and with it those that came before.
    [[nodiscard]] std::vector<base::Uuid> put(const ReportItem& item, const TermBook& book,
                                              const std::unordered_map<base::Uuid, ReportItem>& items);

  private:
    std::unordered_map<std::uint64_t, std::vector<base::Uuid>> m_points; ///< the newest on each
};

} // namespace tocsin::triage
