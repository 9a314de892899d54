#pragma once

#include "desk/handlers.hpp"

namespace tocsin::desk {

/// The clock was set back by `back` (0: nobody knows by how much, the desk starts): what is claimed, muted or awaited until a moment of the clock as it was would
/// be so for that much longer. It goes on for what was left of its time, at most for its whole time from now, and nobody loses a claim by it. The entries that say
/// so; none where nothing reaches further than it may. What a person has set for a moment that he named (a shelf, a call-back, an end of duty) stays. Pure.
[[nodiscard]] Effect afterSetBack(const model::State& state, const DispatchRules& rules, base::Time now, base::Duration back);

} // namespace tocsin::desk
