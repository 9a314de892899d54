#include "app/report_shelf.hpp"

namespace tocsin::app {

ReportShelf::ReportShelf(desk::Desk& desk) {
    m_subscription = desk.subscribe(
        [this](const desk::Snapshot& snapshot) {
            const std::lock_guard lock(m_mutex);
            for (const auto& [id, report] : snapshot.state.reports)
                take(report);
            for (const auto& [id, incident] : snapshot.state.incidents)
                take(incident);
        },
        [this](const std::shared_ptr<const desk::Delta>& delta) {
            const std::lock_guard lock(m_mutex);
            for (const auto& changed : delta->changed)
                take(changed);
        });
}

ReportShelf::~ReportShelf() {
    m_subscription.reset();
}

void ReportShelf::take(const model::Changed& changed) {
    if (const auto* report = std::get_if<model::Report>(&changed)) {
        auto& kept = m_reports[report->id];
        kept = *report;
        kept.contact = {};
    } else if (const auto* incident = std::get_if<model::Incident>(&changed)) {
        if (incident->state == model::IncidentState::closed)
            m_closed.insert(incident->id);
        else
            m_closed.erase(incident->id);
    }
}

std::vector<model::Report> ReportShelf::find(const ingest::ReportQuery& query) const {
    const std::lock_guard lock(m_mutex);
    std::vector<model::Report> out;
    std::size_t passed = 0;
    for (auto at = m_reports.rbegin(); at != m_reports.rend() && out.size() < query.limit; ++at) {
        auto report = at->second;
        if (report.incident && m_closed.contains(*report.incident))
            report.status = "closed";
        if (!ingest::matches(query, report))
            continue;
        if (passed++ >= query.offset)
            out.push_back(std::move(report));
    }
    return out;
}

} // namespace tocsin::app
