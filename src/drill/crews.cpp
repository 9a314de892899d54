#include "tocsin/drill/crews.hpp"

#include <algorithm>
#include <cmath>

namespace tocsin::drill {
namespace {

using model::Assignment;
using model::AssignmentState;

base::Duration travelTime(const Assignment& assignment) {
    const double seconds =
        assignment.route.secondsAt.empty() ? assignment.eta.value : assignment.route.secondsAt.back();
    if (!std::isfinite(seconds) || seconds <= 0)
        return base::Duration{0};
    return base::Duration(std::llround(std::min(seconds, 7 * 86400.0) * 1e6));
}

/// The same for one assignment every time: its id is as good as a die.
base::Duration slowness(const Assignment& assignment, base::Duration most) {
    const auto& bytes = assignment.id.value.bytes;
    const unsigned die = bytes[bytes.size() - 1] ^ bytes[bytes.size() - 2];
    return base::Duration(most.count() * die / 255);
}

std::optional<base::Time> dueAt(const Assignment& assignment, const CrewPace& pace) {
    const base::Duration slow = slowness(assignment, pace.differ);
    switch (assignment.state) {
    case AssignmentState::notified:
        return assignment.notifiedAt ? std::optional(*assignment.notifiedAt + pace.accept + slow) : std::nullopt;
    case AssignmentState::accepted:
        return assignment.acceptedAt ? std::optional(*assignment.acceptedAt + pace.depart + slow) : std::nullopt;
    case AssignmentState::enRoute:
        return assignment.departedAt ? std::optional(*assignment.departedAt + travelTime(assignment)) : std::nullopt;
    case AssignmentState::proposed:
    case AssignmentState::onScene:
    case AssignmentState::released:
        break;
    }
    return std::nullopt;
}

} // namespace

std::vector<CrewStep> crewSteps(const model::State& state, base::Time now, CrewPace pace) {
    std::vector<std::pair<base::Time, CrewStep>> due;
    if (state.desk.exercise) {
        for (const auto& [id, assignment] : state.assignments) {
            const auto at = dueAt(assignment, pace);
            const auto to = model::nextState(assignment.state);
            if (at && to && *at <= now)
                due.emplace_back(*at, CrewStep{id, *to});
        }
    }
    std::stable_sort(due.begin(), due.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<CrewStep> steps;
    for (const auto& [at, step] : due)
        steps.push_back(step);
    return steps;
}

} // namespace tocsin::drill
