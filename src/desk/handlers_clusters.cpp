#include "desk/cluster_change.hpp"
#include "desk/handlers.hpp"

#include "tocsin/model/json.hpp"

#include <algorithm>
#include <set>

// Reports that speak of one event: joined, split, and either taken back.

namespace tocsin::desk {

using base::Code;
using base::fail;

namespace {

constexpr std::size_t mostInCluster = 2'000;
constexpr std::size_t mostSplit = 200;
/// What is taken out is kept apart from so many of those that stay, the oldest: each pair is written down.
constexpr std::size_t mostApart = 32;
constexpr std::size_t mostRead = 500; ///< entries in which the last change of a cluster is looked for

using Pair = std::pair<model::ReportId, model::ReportId>;

Pair pairOf(model::ReportId a, model::ReportId b) {
    return a < b ? Pair{a, b} : Pair{b, a};
}

/// The oldest first.
void inOrder(const model::State& state, std::vector<model::ReportId>& reports) {
    std::sort(reports.begin(), reports.end(), [&](const auto& a, const auto& b) {
        return std::pair(state.reports.at(a).receivedAt, a) < std::pair(state.reports.at(b).receivedAt, b);
    });
}

void keepApart(model::ReportCluster& cluster, model::ReportId a, model::ReportId b) {
    const auto pair = pairOf(a, b);
    if (std::find(cluster.apart.begin(), cluster.apart.end(), pair) == cluster.apart.end())
        cluster.apart.push_back(pair);
}

/// All of them: none belongs to any other.
void keepAllApart(model::ReportCluster& cluster, const std::set<model::ReportId>& reports) {
    for (auto one = reports.begin(); one != reports.end(); ++one) {
        std::size_t pairs = 0;
        for (auto other = std::next(one); other != reports.end() && pairs < mostApart; ++other, ++pairs)
            keepApart(cluster, *one, *other);
    }
}

base::Result<void> known(const model::State& state, const std::vector<model::ReportId>& reports) {
    if (reports.empty())
        return fail(Code::refused, "no report is named");
    for (const auto& id : reports) {
        if (!state.reports.contains(id))
            return fail(Code::notFound, "there is no such report");
    }
    return {};
}

base::Result<model::ReportCluster> standing(const model::State& state, model::ClusterId id) {
    const auto found = state.clusters.find(id);
    if (found == state.clusters.end())
        return fail(Code::notFound, "there is no such cluster of reports");
    if (found->second.reports.empty())
        return fail(Code::conflict, "that cluster of reports was dissolved by " + found->second.by);
    return found->second;
}

/// The one open incident of all these; refuses two.
base::Result<std::optional<model::IncidentId>> theIncident(const model::State& state,
                                                           const std::vector<model::ReportId>& reports) {
    std::optional<model::IncidentId> found;
    for (const auto& id : reports) {
        const auto of = openIncidentOf(state, state.reports.at(id));
        if (of && found && *of != *found)
            return fail(Code::conflict, "these reports belong to two open incidents, " +
                                            state.incidents.at(*found).number + " and " +
                                            state.incidents.at(*of).number + ": close one of them first");
        if (of)
            found = of;
    }
    return found;
}

/// The newest entry that changed what belongs to the cluster.
base::Result<model::Entry> lastChange(const store::Store& store, model::ClusterId id) {
    auto entries = store.about(id.toString(), mostRead);
    if (!entries)
        return tl::unexpected(entries.error());
    const auto found = std::find_if(entries->begin(), entries->end(),
                                    [](const model::Entry& entry) { return entry.type.starts_with("cluster."); });
    if (found == entries->end() || !found->data.contains("was"))
        return fail(Code::conflict, "the journal has no change of this cluster that could be taken back");
    return std::move(*found);
}

} // namespace

base::Result<Effect> Handlers::operator()(const JoinReports& c) {
    if (auto ok = known(m_state, c.reports); !ok)
        return tl::unexpected(ok.error());
    auto named = c.reports;
    if (c.cluster) {
        const auto into = standing(m_state, *c.cluster);
        if (!into)
            return tl::unexpected(into.error());
        named.insert(named.end(), into->reports.begin(), into->reports.end());
    }
    auto all = withClusters(m_state, named);
    if (all.size() < 2)
        return fail(Code::refused, "one report alone cannot be joined");
    if (all.size() > mostInCluster)
        return fail(Code::tooLarge, "more than " + std::to_string(mostInCluster) + " reports in one cluster");
    inOrder(m_state, all);
    const auto incident = theIncident(m_state, all);
    if (!incident)
        return tl::unexpected(incident.error());

    const auto& first = m_state.reports.at(all.front()).cluster;
    if (first && std::all_of(all.begin(), all.end(), [&](const auto& id) { return m_state.reports.at(id).cluster == first; }))
        return fail(Code::conflict, "these reports are one cluster already");

    ClusterChange change(m_state);
    const auto target = c.cluster ? *c.cluster : m_ids.make<model::ClusterId>();
    for (const auto& id : all) {
        auto& report = change.report(id);
        if (report.cluster && *report.cluster != target) {
            auto& merged = change.cluster(*report.cluster);
            merged.reports.clear();
            merged.incident.reset();
        }
        report.cluster = target;
        if (*incident)
            change.move(id, *incident);
    }
    // Whoever joins what somebody had put asunder has the last word.
    const std::set<model::ReportId> joined(all.begin(), all.end());
    const auto together = [&](const Pair& pair) { return joined.contains(pair.first) && joined.contains(pair.second); };
    for (const auto& [id, other] : m_state.clusters) {
        if (std::any_of(other.apart.begin(), other.apart.end(), together))
            std::erase_if(change.cluster(id).apart, together);
    }
    auto& cluster = change.cluster(target);
    cluster.reports = all;
    cluster.incident = *incident;
    auto event = change.event("cluster.joined", target, m_actor, m_now);
    event.data["count"] = all.size();
    return Effect{{std::move(event)}, {target.toString()}, false};
}

base::Result<Effect> Handlers::operator()(const SplitReports& c) {
    if (auto ok = known(m_state, c.reports); !ok)
        return tl::unexpected(ok.error());
    const auto before = standing(m_state, c.cluster);
    if (!before)
        return tl::unexpected(before.error());
    const std::set<model::ReportId> out(c.reports.begin(), c.reports.end());
    for (const auto& id : out) {
        if (std::find(before->reports.begin(), before->reports.end(), id) == before->reports.end())
            return fail(Code::conflict, "a report that was named is not in this cluster any more");
    }
    if (out.size() > mostSplit)
        return fail(Code::tooLarge, "more than " + std::to_string(mostSplit) + " reports taken out at once");

    ClusterChange change(m_state);
    auto& cluster = change.cluster(c.cluster);
    std::erase_if(cluster.reports, [&](const auto& id) { return out.contains(id); });
    const auto stay = cluster.reports;
    for (const auto& id : out) {
        for (std::size_t i = 0; i < std::min(stay.size(), mostApart); ++i)
            keepApart(cluster, id, stay[i]);
        auto& report = change.report(id);
        report.cluster.reset();
        // It was carried to the incident by what it does not belong to.
        if (cluster.incident && !stay.empty() && openIncidentOf(m_state, report) == cluster.incident)
            change.move(id, std::nullopt);
    }
    if (stay.empty())
        keepAllApart(cluster, out);
    if (stay.size() < 2) {
        for (const auto& id : stay)
            change.report(id).cluster.reset();
        cluster.reports.clear();
        cluster.incident.reset();
    }
    auto event = change.event("cluster.split", c.cluster, m_actor, m_now);
    event.data["count"] = out.size();
    return Effect{{std::move(event)}, {c.cluster.toString()}, false};
}

base::Result<Effect> Handlers::operator()(const KeepReportsApart& c) {
    auto named = c.reports;
    named.insert(named.end(), c.from.begin(), c.from.end());
    if (auto ok = known(m_state, named); !ok)
        return tl::unexpected(ok.error());
    const std::set<model::ReportId> out(c.reports.begin(), c.reports.end());
    const std::set<model::ReportId> others(c.from.begin(), c.from.end());
    if (out.empty() || (others.empty() && out.size() < 2))
        return fail(Code::refused, "one report alone cannot be kept apart");
    if (out.size() > mostSplit)
        return fail(Code::tooLarge, "more than " + std::to_string(mostSplit) + " reports taken out at once");
    if (others.size() > mostInCluster)
        return fail(Code::tooLarge, "more than " + std::to_string(mostInCluster) + " reports in one cluster");
    for (const auto& id : out) {
        if (others.contains(id))
            return fail(Code::refused, "a report cannot be kept apart from itself");
        if (m_state.reports.at(id).cluster)
            return fail(Code::conflict, "a report that was named has been joined with others since");
    }
    ClusterChange change(m_state);
    const auto target = m_ids.make<model::ClusterId>();
    auto& cluster = change.cluster(target); // of no reports: it only says who is not of one event
    std::vector<model::ReportId> stay(others.begin(), others.end());
    inOrder(m_state, stay);
    for (const auto& id : out) {
        for (std::size_t i = 0; i < std::min(stay.size(), mostApart); ++i)
            keepApart(cluster, id, stay[i]);
    }
    if (stay.empty())
        keepAllApart(cluster, out);
    auto event = change.event("cluster.split", target, m_actor, m_now);
    event.data["count"] = out.size();
    return Effect{{std::move(event)}, {target.toString()}, false};
}

base::Result<Effect> Handlers::operator()(const UndoCluster& c) {
    if (!m_state.clusters.contains(c.cluster))
        return fail(Code::notFound, "there is no such cluster of reports");
    const auto last = lastChange(m_store, c.cluster);
    if (!last)
        return tl::unexpected(last.error());
    std::map<model::ReportId, std::optional<model::IncidentId>> putTo; // by that change
    for (const auto& changed : model::changesOf(last->data)) {
        if (const auto* after = std::get_if<model::ReportCluster>(&changed)) {
            const auto now = m_state.clusters.find(after->id);
            if (now == m_state.clusters.end() || now->second.reports != after->reports ||
                now->second.apart != after->apart)
                return fail(Code::conflict, "another cluster that this change touched has changed since: undo that first");
        } else if (const auto* report = std::get_if<model::Report>(&changed)) {
            putTo[report->id] = report->incident;
        }
    }
    ClusterChange change(m_state);
    std::vector<model::ClusterId> back;
    for (const auto& was : last->data.at("was").at("clusters")) {
        auto& cluster = change.cluster(was.at("id").get<model::ClusterId>());
        was.at("reports").get_to(cluster.reports);
        was.at("apart").get_to(cluster.apart);
        cluster.incident.reset();
        back.push_back(cluster.id);
    }
    for (const auto& was : last->data.at("was").at("reports")) {
        const auto id = was.at("id").get<model::ReportId>();
        auto& report = change.report(id);
        was.at("cluster").get_to(report.cluster);
        const auto incident = was.at("incident").get<std::optional<model::IncidentId>>();
        // Where a person has linked it since, it stays.
        if (report.incident == putTo[id] && incident != report.incident) {
            if (report.incident && !openIncidentOf(m_state, report))
                return fail(Code::conflict, "incident " + m_state.incidents.at(*report.incident).number +
                                                " was closed with these reports: they stay with it");
            change.move(id, incident);
        }
    }
    for (const auto& id : back) {
        auto& cluster = change.cluster(id);
        for (const auto& report : cluster.reports)
            if (const auto of = openIncidentOf(m_state, change.report(report)))
                cluster.incident = of;
    }
    auto event = change.event("cluster.undone", c.cluster, m_actor, m_now);
    event.data["of"] = last->type;
    return Effect{{std::move(event)}, {c.cluster.toString()}, false};
}

} // namespace tocsin::desk
