#pragma once

#include "tocsin/desk/own_alarms.hpp"
#include "tocsin/detect/rule.hpp"

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::desk {

/// The rules in force by their ids, and whose alarms may mute whose. Those that are switched off are not in it. The
/// desk's own have one each, of which counts only what becomes of an alarm: no detector ever sees them.
class RuleTable {
  public:
    RuleTable() = default;
    /// The rules must stay where they are.
    explicit RuleTable(std::span<const detect::Rule> rules, const OwnAlarms& own = {});

    /// Null: there is none, or it is switched off.
    [[nodiscard]] const detect::Rule* find(std::string_view id) const;
    /// The rules that mute this one's alarms; never itself.
    [[nodiscard]] const std::vector<const detect::Rule*>& mutersOf(std::string_view id) const;
    /// The ids of the rules that this one mutes.
    [[nodiscard]] const std::vector<std::string>& mutedBy(std::string_view id) const;
    /// Those over warnings and earthquakes, the gravest first, else in their order.
    [[nodiscard]] const std::vector<const detect::Rule*>& ofMessages() const { return m_ofMessages; }

  private:
    struct Row {
        const detect::Rule* rule{nullptr};
        std::vector<const detect::Rule*> muters;
        std::vector<std::string> muted;
    };
    std::map<std::string, Row, std::less<>> m_rows;
    std::map<std::string, detect::Rule, std::less<>> m_own;
    std::vector<const detect::Rule*> m_ofMessages;
};

} // namespace tocsin::desk
