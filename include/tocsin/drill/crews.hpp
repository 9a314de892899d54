#pragma once

#include "tocsin/base/time.hpp"
#include "tocsin/model/state.hpp"

#include <vector>

namespace tocsin::drill {

/// How fast the crews of an exercise answer.
struct CrewPace {
    base::Duration accept{std::chrono::seconds{4}}; ///< from notified to accepted
    base::Duration depart{std::chrono::seconds{3}}; ///< from accepted to en route
    base::Duration differ{std::chrono::seconds{2}}; ///< one crew is slower than another by up to this
};

struct CrewStep {
    model::AssignmentId assignment;
    model::AssignmentState to{model::AssignmentState::accepted};
    friend bool operator==(const CrewStep&, const CrewStep&) = default;
};

/// What simulated crews would tell the desk now: accepted, en route, and on scene when they have driven their route.
/// One step an assignment at a time, oldest first; releasing is the dispatcher's. Nothing unless the desk is in
/// exercise mode: real crews answer for themselves. Pure; any thread.
[[nodiscard]] std::vector<CrewStep> crewSteps(const model::State& state, base::Time now, CrewPace pace = {});

} // namespace tocsin::drill
