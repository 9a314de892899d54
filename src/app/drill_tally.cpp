#include "app/drill_tally.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>

namespace tocsin::app {

DrillTally::DrillTally(desk::Desk& desk, base::Time start) : m_start(start) {
    m_subscription = desk.subscribe(
        [this](const desk::Snapshot& first) {
            const std::lock_guard lock(m_mutex);
            for (const auto& [id, alarm] : first.state.alarms)
                take(model::Changed(alarm));
            for (const auto& [id, report] : first.state.reports)
                take(model::Changed(report));
        },
        [this](const std::shared_ptr<const desk::Delta>& delta) {
            const std::lock_guard lock(m_mutex);
            for (const auto& changed : delta->changed)
                take(changed);
        });
}

void DrillTally::take(const model::Changed& changed) {
    if (const auto* alarm = std::get_if<model::Alarm>(&changed)) {
        m_board.put(*alarm);
        if (alarm->raisedAt >= m_start && m_titles.emplace(alarm->id, alarm->title.text).second)
            ++m_raised;
    } else if (const auto* report = std::get_if<model::Report>(&changed);
               report != nullptr && report->receivedAt >= m_start) {
        m_reports.insert(report->id);
    }
}

DrillTally::Row DrillTally::look(base::Time now) {
    const std::lock_guard lock(m_mutex);
    const auto before = std::chrono::steady_clock::now();
    const auto lines = m_board.lines(now);
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - before;
    const auto load = m_board.load(now);
    Row row;
    row.at = now - m_start;
    row.raised = m_raised;
    row.active = load.standing + load.setAside;
    row.standing = load.standing;
    row.setAside = load.setAside;
    row.unacknowledged = load.unacknowledged;
    row.groups = m_board.lines(now, true).size();
    row.lines = lines.size();
    for (const auto& line : lines)
        row.members += line.members.size();
    row.reports = m_reports.size();
    row.flood = load.flood;
    row.perTenMinutes = load.perTenMinutes;
    row.boardMillis = took.count();
    m_rows.push_back(row);
    return row;
}

std::vector<triage::AlarmGroup> DrillTally::lines(base::Time now) const {
    const std::lock_guard lock(m_mutex);
    return m_board.lines(now);
}

std::string DrillTally::titleOf(model::AlarmId alarm) const {
    const std::lock_guard lock(m_mutex);
    const auto it = m_titles.find(alarm);
    return it == m_titles.end() ? std::string{} : it->second;
}

std::string toText(const std::vector<DrillTally::Row>& rows) {
    std::string text = "   time   raised   active  set aside  groups  lines  in them  reports  flood  lines in\n";
    for (const auto& row : rows) {
        std::array<char, 160> line{};
        std::snprintf(line.data(), line.size(), "%6llds  %7zu  %7zu  %9zu  %6zu  %5zu  %7zu  %7zu  %5s  %5.1f ms\n",
                      static_cast<long long>(std::chrono::duration_cast<std::chrono::seconds>(row.at).count()),
                      row.raised, row.active, row.setAside, row.groups, row.lines, row.members, row.reports,
                      row.flood ? "yes" : "no", row.boardMillis);
        text += line.data();
    }
    return text;
}

std::string toText(const triage::AlarmGroup& line, const std::string& firstTitle) {
    std::array<char, 200> text{};
    std::snprintf(text.data(), text.size(), "%-3s %-24s %6zu alarms, %6zu unacknowledged, %5zu set aside; first out: ",
                  std::string(toString(line.severity)).c_str(), line.hazard.empty() ? "several" : line.hazard.c_str(),
                  line.members.size(), line.unacknowledged, line.setAside);
    return text.data() + (firstTitle.empty() ? std::string("(before)") : firstTitle);
}

void to_json(nlohmann::json& out, const DrillTally::Row& row) {
    out = {{"second", std::chrono::duration_cast<std::chrono::seconds>(row.at).count()},
           {"raised", row.raised},
           {"active", row.active},
           {"standing", row.standing},
           {"setAside", row.setAside},
           {"unacknowledged", row.unacknowledged},
           {"groups", row.groups},
           {"lines", row.lines},
           {"members", row.members},
           {"reports", row.reports},
           {"flood", row.flood},
           {"perTenMinutes", row.perTenMinutes},
           {"boardMillis", row.boardMillis}};
}

} // namespace tocsin::app
