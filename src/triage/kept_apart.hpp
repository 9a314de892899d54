#pragma once

#include "tocsin/model/cluster.hpp"

#include <map>
#include <set>
#include <unordered_map>
#include <utility>
#include <vector>

namespace tocsin::triage {

/// Pairs of reports that a person has put asunder: which of his clusters say so. What one cluster no longer says,
/// another may still say.
class KeptApart {
  public:
    struct Change {
        std::vector<std::pair<model::ReportId, model::ReportId>> now;    ///< must be apart from now on
        std::vector<std::pair<model::ReportId, model::ReportId>> lifted; ///< may be proposed together again
    };
    Change put(const model::ReportCluster& cluster);
    [[nodiscard]] bool mayBeIn(model::ReportId report, const std::vector<base::Uuid>& members) const;

  private:
    using Pair = std::pair<model::ReportId, model::ReportId>;
    std::map<Pair, std::set<model::ClusterId>> m_saidBy;
    std::map<model::ClusterId, std::set<Pair>> m_of;
    std::unordered_map<base::Uuid, std::vector<base::Uuid>>
        m_partners; ///< of each report: whom it must stay apart from
};

} // namespace tocsin::triage
