#include "gui/shell/worker_facts.hpp"

#include <utility>

namespace tocsin::gui {

namespace {

std::shared_ptr<model::State> copyOf(const model::State& state) {
    auto facts = std::make_shared<model::State>();
    facts->desk = state.desk;
    facts->incidents = state.incidents;
    facts->resources = state.resources;
    facts->assignments = state.assignments;
    facts->aidRequests = state.aidRequests;
    facts->drawings = state.drawings;
    return facts;
}

template <typename Map, typename Ids>
void putInto(Map& facts, const Map& state, const Ids& ids) {
    for (const auto& id : ids) {
        if (const auto now = state.find(id); now != state.end())
            facts.insert_or_assign(id, now->second);
        else
            facts.erase(id);
    }
}

} // namespace

void WorkerFacts::note(const Changes& changes) {
    if (m_facts == nullptr)
        return;
    if (changes.all) {
        m_facts.reset();
        m_since = {};
        return;
    }
    m_since.desk = m_since.desk || changes.desk;
    m_since.incidents.insert(changes.incidents.begin(), changes.incidents.end());
    m_since.resources.insert(changes.resources.begin(), changes.resources.end());
    m_since.assignments.insert(changes.assignments.begin(), changes.assignments.end());
    m_since.aidRequests.insert(changes.aidRequests.begin(), changes.aidRequests.end());
    m_since.drawings.insert(changes.drawings.begin(), changes.drawings.end());
}

std::shared_ptr<const model::State> WorkerFacts::of(const model::State& state) {
    const Changes since = std::exchange(m_since, {});
    const bool differs = since.desk || !since.incidents.empty() || !since.resources.empty() || !since.assignments.empty() ||
                         !since.aidRequests.empty() || !since.drawings.empty();
    if (m_facts == nullptr || (differs && m_facts.use_count() > 1)) {
        m_facts = copyOf(state);
    } else if (differs) {
        if (since.desk)
            m_facts->desk = state.desk;
        putInto(m_facts->incidents, state.incidents, since.incidents);
        putInto(m_facts->resources, state.resources, since.resources);
        putInto(m_facts->assignments, state.assignments, since.assignments);
        putInto(m_facts->aidRequests, state.aidRequests, since.aidRequests);
        putInto(m_facts->drawings, state.drawings, since.drawings);
    }
    return m_facts;
}

} // namespace tocsin::gui
