#pragma once

#include "tocsin/model/state.hpp"

#include <map>
#include <string_view>
#include <vector>

namespace tocsin::model {

/// Whether `actor` gives the leader's word on a plan that waits: the leader on duty; while none is entered, anybody but who proposed it.
[[nodiscard]] bool mayJudge(const Decision& decision, std::string_view leader, std::string_view actor);

/// Whether refusing it is taking back one's own.
[[nodiscard]] bool takesBack(const Decision& decision, std::string_view leader, std::string_view actor);

/// Those that wait for a leader's word.
[[nodiscard]] std::vector<Decision> waitingPlans(const std::map<DecisionId, Decision>& decisions);

/// Makes of a state what it will be once they are approved, for those who ask who else should go: their teams are bound to their
/// incidents and serve them, their loads and places are promised, and what they give up is given up. Whoever was sent elsewhere
/// meanwhile is left where he is. What it makes of assignments is for reckoning alone: no command knows their ids.
void bindWaiting(State& state, const std::vector<Decision>& waiting);

} // namespace tocsin::model
