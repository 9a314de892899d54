#pragma once

#include "tocsin/desk/desk.hpp"
#include "tocsin/desk/dispatch_rules.hpp"
#include "tocsin/model/state.hpp"

#include <map>
#include <set>
#include <vector>

namespace tocsin::desk {

/// What is amiss with plans that wait, with those that were sent, with lists nobody on which has answered, with calls that were promised, with those that should be back, and with mutual aid that is late. The rules of these alarms are the desk's own.
namespace follow {
inline constexpr std::string_view decisionWaits = "decision-waits";
inline constexpr std::string_view unaccepted = "assignment-unaccepted";
inline constexpr std::string_view notDeparted = "assignment-not-departed";
inline constexpr std::string_view overdue = "assignment-overdue";
inline constexpr std::string_view wayBlocked = "way-blocked";
inline constexpr std::string_view silent = "assignment-silent";
inline constexpr std::string_view crewHours = "crew-hours";
inline constexpr std::string_view callDown = "call-down";
inline constexpr std::string_view callBack = "call-back";
inline constexpr std::string_view statusOverdue = "status-overdue";
inline constexpr std::string_view aidOverdue = "aid-overdue";
} // namespace follow

/// All alarms that should stand at `now`, one for each rule and source ("decision:ID", "assignment:ID", "resource:ID", "call-down:ID",
/// "aid:ID"). Pure. Costs two passes over the assignments and one over the decisions and the requests for aid.
[[nodiscard]] std::vector<model::Alarm> followAlarms(const model::State& state,
                                                     const std::map<model::UnitId, UnitNow>& units,
                                                     const DispatchRules& rules, base::Time now);
/// The alarms of call-backs that are due at `now`, one for each report ("report:ID"). `waiting`: all for which model::callsBack() holds,
/// so that nothing walks through all reports.
[[nodiscard]] std::vector<model::Alarm> callBackAlarms(const model::State& state, const std::set<model::ReportId>& waiting,
                                                       base::Time now);
/// The alarms of resources whose status should have ended by `now`, one for all that should have been back within the same hour
/// ("status-until:HOUR"), and one for all that are more than a day late ("status-until:long-over"): twenty vehicles that were taken to one
/// exercise are one line, and so are hundreds that nobody has looked after. Costs one pass over the resources.
[[nodiscard]] std::vector<model::Alarm> statusAlarms(const model::State& state, base::Time now);

} // namespace tocsin::desk
