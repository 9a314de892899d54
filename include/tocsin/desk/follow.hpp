#pragma once

#include "tocsin/desk/desk.hpp"
#include "tocsin/desk/dispatch_rules.hpp"

#include <map>
#include <optional>

namespace tocsin::desk {

// When those that were sent are late: the desk's alarms and the window's board judge by these. Pure; any thread.

/// A plan that waits for the leader's word, by then; nothing for any other.
[[nodiscard]] std::optional<base::Time> approvalDue(const model::Decision& one, const DispatchRules& rules);
/// A task order that waits to be accepted, by then; nothing for any other.
[[nodiscard]] std::optional<base::Time> acceptanceDue(const model::Assignment& one, const DispatchRules& rules);
/// One that has accepted and is to set out, by then; an answer puts it off. Nothing for any other.
[[nodiscard]] std::optional<base::Time> departureDue(const model::Assignment& one, const DispatchRules& rules);
/// The longest that a way may take: the interval's end, or beyond what was predicted where none is known.
[[nodiscard]] base::Seconds longestWay(const model::Assignment& one);
/// Of one that is on its way: the longest way, and the county's grace.
[[nodiscard]] std::optional<base::Time> arrivalDue(const model::Assignment& one, const DispatchRules& rules);
/// Of one in the field, on its way or on scene (who stands by at a station is not in it): a position of the unit that it carries, `heard`, puts it off.
[[nodiscard]] std::optional<base::Time> signDue(const model::Assignment& one, std::optional<base::Time> heard,
                                                const DispatchRules& rules, base::Time now);

/// When the units that carry resources were last heard.
[[nodiscard]] std::map<model::ResourceId, base::Time> lastHeard(const model::State& state,
                                                                const std::map<model::UnitId, UnitNow>& units);

} // namespace tocsin::desk
