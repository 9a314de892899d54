#include "gui/panels/report_rows.hpp"
#include "tocsin/gui/report_triage.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

// What stands in the queue together, and in which order: kept up from what was touched.

namespace tocsin::gui {

int ReportRows::urgency(const model::Report& report, base::Time now) {
    if (model::callsBack(report) && report.callBack->due <= now)
        return 0;
    if (report.state == model::ReportState::pending && !report.incident)
        return model::claimant(report, now).empty() ? 1 : 2;
    return report.state == model::ReportState::needsMore ? 3 : 4;
}

void ReportRows::touch(const std::set<model::ReportId>& reports) {
    for (const auto& id : reports)
        m_touched.insert(id.value);
}

void ReportRows::touchAll() {
    m_all = true;
}

void ReportRows::noteTerm() {
    const auto* term = m_triage.chosenTerm();
    std::optional<std::set<model::ReportId>> only;
    std::vector<model::ReportId> changed;
    if (term != nullptr)
        only.emplace(term->reports.begin(), term->reports.end());
    if (only == m_only)
        return;
    if (only && m_only) { // it goes on being said: only what came or went is looked at
        std::set_symmetric_difference(only->begin(), only->end(), m_only->begin(), m_only->end(),
                                      std::back_inserter(changed));
        touch({changed.begin(), changed.end()});
    } else {
        touchAll();
    }
    m_only = std::move(only);
}

/// Touches those whose group has come, gone or changed its members, or is proposed as an incident or no more.
void ReportRows::noteGroups() {
    if (!std::exchange(m_groupsChanged, false))
        return;
    std::map<std::string, Group> before = std::exchange(m_groups, {});
    const auto touchThese = [this](const std::vector<model::ReportId>& reports) {
        for (const auto& id : reports)
            m_touched.insert(id.value);
    };
    for (const auto& group : m_triage.groups()) {
        const bool proposed = !group.reports.empty() && m_triage.proposalOf(group.reports.front()) != nullptr;
        auto was = before.extract(group.key);
        if (was && was.mapped().proposed == proposed && was.mapped().reports == group.reports) {
            m_groups.insert(std::move(was));
            continue;
        }
        if (was)
            touchThese(was.mapped().reports);
        touchThese(group.reports);
        m_groups[group.key] = {group.reports, proposed};
    }
    for (const auto& [key, group] : before)
        touchThese(group.reports);
}

/// What is to be known of each report, shown or not.
void ReportRows::note(const model::Report& report) {
    const auto now = m_ui.desk.now();
    Known& known = m_known[report.id.value];
    const bool pending = waits(report);
    if (pending != known.pending)
        m_pending = pending ? m_pending + 1 : m_pending - 1;
    known.pending = pending;
    std::optional<base::Time> due;
    const auto soonest = [&](base::Time moment) {
        if (moment > now && (!due || moment < *due))
            due = moment;
    };
    if (model::callsBack(report))
        soonest(report.callBack->due);
    if (report.claimedAt)
        soonest(*report.claimedAt + model::claimLasts + base::Duration{1});
    if (model::isJudged(report.state))
        soonest(report.judgedAt.value_or(report.receivedAt) + judgedFor);
    if (due == known.due)
        return;
    if (known.due)
        m_due.erase({*known.due, report.id.value});
    if (due)
        m_due.emplace(*due, report.id.value);
    known.due = due;
}

void ReportRows::putBlock(const std::vector<const model::Report*>& members) {
    if (members.empty())
        return;
    const auto now = m_ui.desk.now();
    Order order{9, 0, members.front()->id.value};
    std::vector<base::Uuid> ids;
    ids.reserve(members.size());
    for (const auto* report : members) {
        order.urgency = std::min(order.urgency, urgency(*report, now));
        order.age = std::min(order.age, -base::toUnixMicros(report->receivedAt));
        ids.push_back(report->id.value);
    }
    for (std::size_t i = 0; i < ids.size(); ++i) {
        Known& known = m_known[ids[i]];
        known.block = order;
        known.nth = i;
    }
    m_blocks[order] = std::move(ids);
}

/// Takes the blocks of what was touched apart and puts them together as they are now; all others stay.
void ReportRows::settle() {
    const auto& all = m_ui.desk.state().reports;
    const auto now = m_ui.desk.now();
    for (auto first = m_due.begin(); first != m_due.end() && first->first <= now; first = m_due.begin()) {
        m_touched.insert(first->second);
        m_known[first->second].due.reset();
        m_due.erase(first);
    }
    noteGroups();
    if (std::exchange(m_all, false)) {
        m_blocks.clear();
        m_known.clear();
        m_due.clear();
        m_pending = 0;
        for (const auto& [id, report] : all)
            m_touched.insert(id.value);
    }
    // Whoever stands or is to stand in one block with what was touched is touched, too.
    std::vector<base::Uuid> work(m_touched.begin(), m_touched.end());
    std::unordered_set<const triage::ReportGroup*> seen;
    for (std::size_t i = 0; i < work.size(); ++i) {
        const base::Uuid id = work[i];
        const auto known = m_known.find(id);
        if (known != m_known.end() && known->second.block) {
            auto block = m_blocks.extract(*known->second.block);
            for (const auto& member : block ? block.mapped() : std::vector<base::Uuid>{}) {
                m_known[member].block.reset();
                if (m_touched.insert(member).second)
                    work.push_back(member);
            }
        }
        const auto* group = m_triage.groupOf(model::ReportId(id));
        if (group == nullptr || !seen.insert(group).second)
            continue;
        for (const auto& member : group->reports) {
            if (m_touched.insert(member.value).second)
                work.push_back(member.value);
        }
    }
    std::unordered_set<base::Uuid> done;
    std::vector<const model::Report*> members;
    for (const base::Uuid& id : work) {
        if (done.contains(id))
            continue;
        const auto* group = m_triage.groupOf(model::ReportId(id));
        const std::vector<model::ReportId> alone{model::ReportId(id)};
        members.clear();
        for (const auto& member : group != nullptr ? group->reports : alone) {
            const auto it = all.find(member);
            if (!done.insert(member.value).second || it == all.end())
                continue; // the triage may be a moment ahead of the window
            note(it->second);
            if (isShown(it->second))
                members.push_back(&it->second);
        }
        putBlock(members);
    }
    m_touched.clear();
}

} // namespace tocsin::gui
