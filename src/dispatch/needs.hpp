#pragma once

#include "dispatch/facts.hpp"

namespace tocsin::dispatch {

/// True for one whose change may be proposed: a team's, not yet on scene, of an incident that is looked at.
[[nodiscard]] bool mayChange(const Question& question, const model::Assignment& assignment);

/// A supply of this code and unit serves the need; one that names no unit takes any.
[[nodiscard]] bool meets(const model::Need& need, std::string_view code, std::string_view unit);

/// What each incident still lacks, less what serves it and stays. Each kind of need once, in the incident's own order.
[[nodiscard]] std::vector<OpenNeed> openNeeds(const Question& question, const std::vector<Site>& sites);

} // namespace tocsin::dispatch
