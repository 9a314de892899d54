#include "desk/rule_table.hpp"

#include "desk/follow_alarms.hpp"
#include "tocsin/desk/sensor_checks.hpp"

#include <algorithm>
#include <array>

namespace tocsin::desk {

bool isDesksOwn(std::string_view rule) {
    constexpr std::array own{std::string_view("silence"), std::string_view("beacon"), std::string_view(clockAheadRule), follow::decisionWaits,
                             follow::unaccepted, follow::notDeparted, follow::overdue, follow::wayBlocked, follow::silent, follow::crewHours, follow::callDown, follow::callBack,
                             follow::statusOverdue};
    return std::find(own.begin(), own.end(), rule) != own.end();
}

RuleTable::RuleTable(std::span<const detect::Rule> rules) {
    m_rows.try_emplace("silence"); // the desk's own: a power cut may explain who is silent
    for (const auto& rule : rules) {
        if (!rule.enabled)
            continue;
        m_rows[rule.id].rule = &rule;
        if (std::holds_alternative<detect::WarningCondition>(rule.condition) ||
            std::holds_alternative<detect::EarthquakeCondition>(rule.condition))
            m_ofMessages.push_back(&rule);
    }
    std::stable_sort(m_ofMessages.begin(), m_ofMessages.end(),
                     [](const auto* a, const auto* b) { return a->severity < b->severity; });
    for (auto& [id, row] : m_rows) {
        if (row.rule == nullptr || !row.rule->mutes)
            continue;
        const auto mute = [&, &muter = row](const std::string& other, Row& victim) {
            if (&victim == &muter || std::find(muter.muted.begin(), muter.muted.end(), other) != muter.muted.end())
                return;
            muter.muted.push_back(other);
            victim.muters.push_back(muter.rule);
        };
        for (const auto& pattern : row.rule->mutes->rules) {
            if (!pattern.ends_with('*')) {
                if (const auto found = m_rows.find(pattern); found != m_rows.end())
                    mute(found->first, found->second);
                continue;
            }
            const std::string_view stem = std::string_view(pattern).substr(0, pattern.size() - 1);
            for (auto at = m_rows.lower_bound(stem); at != m_rows.end() && at->first.starts_with(stem); ++at)
                mute(at->first, at->second);
        }
    }
}

const detect::Rule* RuleTable::find(std::string_view id) const {
    const auto found = m_rows.find(id);
    return found == m_rows.end() ? nullptr : found->second.rule;
}

const std::vector<const detect::Rule*>& RuleTable::mutersOf(std::string_view id) const {
    static const std::vector<const detect::Rule*> none;
    const auto found = m_rows.find(id);
    return found == m_rows.end() ? none : found->second.muters;
}

const std::vector<std::string>& RuleTable::mutedBy(std::string_view id) const {
    static const std::vector<std::string> none;
    const auto found = m_rows.find(id);
    return found == m_rows.end() ? none : found->second.muted;
}

} // namespace tocsin::desk
