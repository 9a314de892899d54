#pragma once

#include "tocsin/base/time.hpp"
#include "tocsin/model/ids.hpp"

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tocsin::model {

/// Reports of which a person has said that they speak of one event. What the desk only proposes is no cluster.
struct ReportCluster {
    ClusterId id;
    std::vector<ReportId> reports; ///< in the order in which they came; empty: dissolved
    /// Pairs (lesser id first) that a person has put asunder: never proposed together again.
    std::vector<std::pair<ReportId, ReportId>> apart;
    std::string by; ///< who changed it last
    base::Time changedAt;
    std::optional<IncidentId> incident;
    std::vector<ReportId> before; ///< its reports before the last change: what undoing it brings back
    friend bool operator==(const ReportCluster&, const ReportCluster&) = default;
};

void to_json(nlohmann::json& out, const ReportCluster& value);
void from_json(const nlohmann::json& in, ReportCluster& value);

} // namespace tocsin::model
