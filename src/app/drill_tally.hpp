#pragma once

#include "tocsin/base/subscription.hpp"
#include "tocsin/desk/desk.hpp"
#include "tocsin/triage/alarm_board.hpp"

#include <mutex>
#include <set>

namespace tocsin::app {

/// How many alarms a drill brings to the desk, and how few lines a person on duty is shown of them.
class DrillTally {
  public:
    /// The picture at one moment of the scenario.
    struct Row {
        base::Duration at{0};
        std::size_t raised{0}; ///< since the drill began
        std::size_t active{0};
        std::size_t standing{0};
        std::size_t setAside{0};
        std::size_t unacknowledged{0};
        std::size_t groups{0};  ///< at their finest
        std::size_t lines{0};   ///< that the officer sees
        std::size_t members{0}; ///< in all lines: as many as are active, or something is lost
        std::size_t reports{0};
        bool flood{false};
        double perTenMinutes{0};
        double boardMillis{0}; ///< for the lines, after all that has changed
    };
    DrillTally(desk::Desk& desk, base::Time start);

    /// Looks now.
    Row look(base::Time now);
    [[nodiscard]] const std::vector<Row>& rows() const { return m_rows; }
    /// The lines that are shown now.
    [[nodiscard]] std::vector<triage::AlarmGroup> lines(base::Time now) const;
    /// The title of an alarm, as the rule made it.
    [[nodiscard]] std::string titleOf(model::AlarmId alarm) const;

  private:
    void take(const model::Changed& changed);

    mutable std::mutex m_mutex; ///< guards all below: the desk's thread writes
    base::Time m_start;
    triage::AlarmBoard m_board;
    std::map<model::AlarmId, std::string> m_titles; ///< of those raised since the start
    std::set<model::ReportId> m_reports;
    std::size_t m_raised{0};
    std::vector<Row> m_rows;
    base::Subscription m_subscription; ///< last: ends first
};

/// A table for people.
[[nodiscard]] std::string toText(const std::vector<DrillTally::Row>& rows);
/// A line of the board for people, in a sentence without its window's words.
[[nodiscard]] std::string toText(const triage::AlarmGroup& line, const std::string& firstTitle);
void to_json(nlohmann::json& out, const DrillTally::Row& row);

} // namespace tocsin::app
