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
/// Pure. Costs a pass over the assignments that run or ran within 24 h.
[[nodiscard]] std::vector<model::Alarm> followAlarms(const model::State& state,
                                                     const std::map<model::UnitId, UnitNow>& units,
                                                     const DispatchRules& rules, base::Time now);

/// Hours that a resource was bound within the 24 h before `now`.
[[nodiscard]] double hoursBound(const model::State& state, model::ResourceId resource, base::Time now);

} // namespace tocsin::desk
