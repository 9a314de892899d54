#include "triage/kept_apart.hpp"

#include <algorithm>

namespace tocsin::triage {

namespace {

std::pair<model::ReportId, model::ReportId> ordered(model::ReportId a, model::ReportId b) {
    return a.value < b.value ? std::make_pair(a, b) : std::make_pair(b, a);
}

} // namespace

KeptApart::Change KeptApart::put(const model::ReportCluster& cluster) {
    Change change;
    std::set<Pair> now;
    for (const auto& [a, b] : cluster.apart)
        now.insert(ordered(a, b));
    if (const auto said = m_of.find(cluster.id); said != m_of.end()) {
        std::erase_if(said->second, [&](const Pair& pair) {
            if (now.contains(pair))
                return false;
            const auto by = m_saidBy.find(pair);
            by->second.erase(cluster.id);
            if (!by->second.empty())
                return true;
            m_saidBy.erase(by);
            const auto& [a, b] = pair;
            std::erase(m_partners[a.value], b.value);
            std::erase(m_partners[b.value], a.value);
            change.lifted.push_back(pair);
            return true;
        });
    }
    for (const auto& pair : now) {
        m_of[cluster.id].insert(pair);
        auto& by = m_saidBy[pair];
        if (!by.insert(cluster.id).second || by.size() > 1)
            continue;
        m_partners[pair.first.value].push_back(pair.second.value);
        m_partners[pair.second.value].push_back(pair.first.value);
        change.now.push_back(pair);
    }
    return change;
}

bool KeptApart::mayBeIn(model::ReportId report, const std::vector<base::Uuid>& members) const {
    const auto found = m_partners.find(report.value);
    if (found == m_partners.end())
        return true;
    return std::none_of(found->second.begin(), found->second.end(), [&](const base::Uuid& other) {
        return std::find(members.begin(), members.end(), other) != members.end();
    });
}

} // namespace tocsin::triage
