#include "desk/cluster_change.hpp"

#include "tocsin/model/json.hpp"

#include <algorithm>
#include <set>

namespace tocsin::desk {

model::ReportCluster& ClusterChange::cluster(model::ClusterId id) {
    const auto [at, isNew] = m_clusters.try_emplace(id);
    if (isNew) {
        if (const auto known = m_state.clusters.find(id); known != m_state.clusters.end())
            at->second = known->second;
        at->second.id = id;
    }
    return at->second;
}

model::Report& ClusterChange::report(model::ReportId id) {
    if (const auto at = m_reports.find(id); at != m_reports.end())
        return at->second;
    return m_reports.emplace(id, m_state.reports.at(id)).first->second;
}

model::Incident& ClusterChange::incident(model::IncidentId id) {
    if (const auto at = m_incidents.find(id); at != m_incidents.end())
        return at->second;
    return m_incidents.emplace(id, m_state.incidents.at(id)).first->second;
}

void ClusterChange::move(model::ReportId id, std::optional<model::IncidentId> to) {
    auto& moved = report(id);
    if (moved.incident == to)
        return;
    const auto isOpen = [this](model::IncidentId which) {
        const auto found = m_state.incidents.find(which);
        return found != m_state.incidents.end() && found->second.state == model::IncidentState::open;
    };
    // What is closed stays as it was closed.
    if (moved.incident && isOpen(*moved.incident))
        std::erase(incident(*moved.incident).reports, id);
    if (to && isOpen(*to)) {
        auto& reports = incident(*to).reports;
        if (std::find(reports.begin(), reports.end(), id) == reports.end())
            reports.push_back(id);
    }
    moved.incident = to;
}

Event ClusterChange::event(std::string type, model::ClusterId subject, const std::string& by, base::Time now) {
    Event event{std::move(type), subject.toString(), nlohmann::json::object()};
    auto& was = event.data["was"] = nlohmann::json::object();
    was["clusters"] = nlohmann::json::array();
    was["reports"] = nlohmann::json::array();
    for (auto& [id, after] : m_clusters) {
        const auto known = m_state.clusters.find(id);
        model::ReportCluster before;
        before.id = id;
        if (known != m_state.clusters.end())
            before = known->second;
        after.before = before.reports;
        after.by = by;
        after.changedAt = now;
        was["clusters"].push_back({{"id", id}, {"reports", before.reports}, {"apart", before.apart}});
        model::addChange(event.data, after);
    }
    for (auto& [id, after] : m_reports) {
        const auto& before = m_state.reports.at(id);
        if (after == before)
            continue;
        renewClaim(after, by, now);
        was["reports"].push_back({{"id", id}, {"cluster", before.cluster}, {"incident", before.incident}});
        model::addChange(event.data, after);
    }
    for (const auto& [id, after] : m_incidents) {
        if (after != m_state.incidents.at(id))
            model::addChange(event.data, after);
    }
    return event;
}

std::optional<model::IncidentId> openIncidentOf(const model::State& state, const model::Report& report) {
    if (!report.incident)
        return std::nullopt;
    const auto found = state.incidents.find(*report.incident);
    if (found == state.incidents.end() || found->second.state != model::IncidentState::open)
        return std::nullopt;
    return report.incident;
}

std::vector<model::ReportId> withClusters(const model::State& state, const std::vector<model::ReportId>& reports) {
    std::vector<model::ReportId> out;
    std::set<model::ReportId> seen;
    const auto add = [&](model::ReportId id) {
        if (seen.insert(id).second)
            out.push_back(id);
    };
    for (const auto& id : reports) {
        add(id);
        const auto report = state.reports.find(id);
        if (report == state.reports.end() || !report->second.cluster)
            continue;
        if (const auto cluster = state.clusters.find(*report->second.cluster); cluster != state.clusters.end())
            std::for_each(cluster->second.reports.begin(), cluster->second.reports.end(), add);
    }
    return out;
}

} // namespace tocsin::desk
