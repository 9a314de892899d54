#include "desk/rule_table.hpp"

#include "desk/follow_alarms.hpp"
#include "tocsin/desk/sensor_checks.hpp"

#include <algorithm>
#include <array>
#include <chrono>

namespace tocsin::desk {

namespace {

/// How often a silence may end within the rule's usual time before it is held as one.
constexpr int mostSilences = 5;
constexpr auto beaconWaits = std::chrono::minutes(2);

detect::Rule ownRule(std::string_view id, const OwnAlarms& own) {
    const auto said = [&own](std::string_view key) {
        const auto found = own.find(key);
        return found == own.end() ? OwnAlarm{} : found->second;
    };
    const auto mine = said(id);
    const auto all = said("*");
    OwnAlarm usual;
    if (id == "beacon")
        usual.escalateAfter = beaconWaits;
    if (id == "silence")
        usual.flapCount = mostSilences;
    const auto first = [](const auto& one, const auto& two, const auto& three, auto last) {
        return one ? *one : two ? *two : three ? *three : last;
    };
    detect::Rule rule;
    rule.id = std::string(id);
    rule.escalateAfter = first(mine.escalateAfter, usual.escalateAfter, all.escalateAfter, rule.escalateAfter);
    rule.tell = first(mine.tell, usual.tell, all.tell, rule.tell);
    rule.flapWithin = first(mine.flapWithin, usual.flapWithin, all.flapWithin, rule.flapWithin);
    // Nobody's call for help is held back; and a clock is believed, or not, only after a while as it is.
    rule.flapCount = id == "beacon" || id == clockAheadRule || id == clockBehindRule ? 0 : first(mine.flapCount, usual.flapCount, all.flapCount, 0);
    return rule;
}

} // namespace

std::span<const std::string_view> desksOwnRules() {
    static constexpr std::array own{std::string_view("silence"), std::string_view("beacon"), std::string_view(clockAheadRule), std::string_view(clockBehindRule), follow::decisionWaits,
                                    follow::unaccepted, follow::notDeparted, follow::overdue, follow::wayBlocked, follow::silent, follow::crewHours, follow::callDown, follow::callBack,
                                    follow::statusOverdue, follow::aidOverdue};
    return own;
}

bool isDesksOwn(std::string_view rule) {
    const auto own = desksOwnRules();
    return std::find(own.begin(), own.end(), rule) != own.end();
}

RuleTable::RuleTable(std::span<const detect::Rule> rules, const OwnAlarms& own) {
    for (const auto id : desksOwnRules())
        m_own.emplace(id, ownRule(id, own));
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
    if (found != m_rows.end() && found->second.rule != nullptr)
        return found->second.rule;
    const auto own = m_own.find(id);
    return own == m_own.end() ? nullptr : &own->second;
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
