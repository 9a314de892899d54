#pragma once

#include "tocsin/base/time.hpp"
#include "tocsin/model/state.hpp"

#include <map>

namespace tocsin::model {

/// How long each crew was bound within the 24 h before `now`: from when it accepted an order, else left, else was told,
/// until its release. What only was proposed binds nobody, and a shelter is no crew. Where the roster names somebody for now it is that
/// one's hours, the longest of several: what was done while it named others and not him is not counted.
[[nodiscard]] std::map<ResourceId, base::Duration> hoursBound(const State& state, base::Time now);

} // namespace tocsin::model
