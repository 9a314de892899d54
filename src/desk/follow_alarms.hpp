#pragma once

#include "tocsin/desk/desk.hpp"
#include "tocsin/desk/dispatch_rules.hpp"
#include "tocsin/model/state.hpp"

#include <map>
#include <vector>

namespace tocsin::desk {

/// What is amiss with those that were sent, and with lists nobody on which has answered. The rules of these alarms are the desk's own.
namespace follow {
inline constexpr std::string_view unaccepted = "assignment-unaccepted";
inline constexpr std::string_view overdue = "assignment-overdue";
inline constexpr std::string_view silent = "assignment-silent";
inline constexpr std::string_view crewHours = "crew-hours";
inline constexpr std::string_view callDown = "call-down";
} // namespace follow

/// All alarms that should stand at `now`, one for each rule and source ("assignment:ID", "resource:ID", "call-down:ID").
/// Pure. Costs two passes over the assignments.
[[nodiscard]] std::vector<model::Alarm> followAlarms(const model::State& state,
                                                     const std::map<model::UnitId, UnitNow>& units,
                                                     const DispatchRules& rules, base::Time now);

} // namespace tocsin::desk
