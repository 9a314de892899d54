#pragma once

#include "desk/handlers.hpp"

#include <map>
#include <vector>

namespace tocsin::desk {

/// Collects what a change of clusters does to clusters, reports and incidents, and writes it as one event: the images
/// after it, and under "was" what undoing it brings back. Must not outlive the state.
class ClusterChange {
  public:
    explicit ClusterChange(const model::State& state) : m_state(state) {}

    /// As it will be; a cluster that is new is empty. A report or an incident must be known.
    [[nodiscard]] model::ReportCluster& cluster(model::ClusterId id);
    [[nodiscard]] model::Report& report(model::ReportId id);
    [[nodiscard]] model::Incident& incident(model::IncidentId id);
    /// The report belongs to the incident from now on, or to none.
    void move(model::ReportId report, std::optional<model::IncidentId> to);

    [[nodiscard]] Event event(std::string type, model::ClusterId subject, const std::string& by, base::Time now);

  private:
    const model::State& m_state;
    std::map<model::ClusterId, model::ReportCluster> m_clusters;
    std::map<model::ReportId, model::Report> m_reports;
    std::map<model::IncidentId, model::Incident> m_incidents;
};

/// The open incident that the report belongs to, or none.
[[nodiscard]] std::optional<model::IncidentId> openIncidentOf(const model::State& state, const model::Report& report);
/// The reports, and those that people have put into one cluster with any of them, each once.
[[nodiscard]] std::vector<model::ReportId> withClusters(const model::State& state,
                                                        const std::vector<model::ReportId>& reports);

} // namespace tocsin::desk
