#pragma once

#include "dispatch/facts.hpp"
#include "tocsin/dispatch/planner.hpp"

#include <string>
#include <vector>

namespace tocsin::dispatch {

// Why a nearer place was not used. Of an incident in focus, the nearest first: those that are nearer than one that is
// used, or, where something stays open, all that something keeps.

/// Stores in which a supply lies or did, and at which nobody calls for it. `unit`: in which it is counted; `told`: the
/// answer so far.
[[nodiscard]] std::vector<Choice> storesKept(const Question& question, const Facts& facts, const OpenNeed& need,
                                             const std::string& unit, const NeedAnswer& told);
/// Shelters to which nobody is sent, and which are no further choice either.
[[nodiscard]] std::vector<Choice> sheltersKept(const Question& question, const Facts& facts, const OpenNeed& need,
                                               const NeedAnswer& told);

} // namespace tocsin::dispatch
