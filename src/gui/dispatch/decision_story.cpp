#include "gui/dispatch/decision_story.hpp"

#include <algorithm>
#include <chrono>

namespace tocsin::gui {

std::vector<DecisionOutcome> outcomesOf(const model::State& state, const model::Decision& decision) {
    std::vector<DecisionOutcome> out;
    for (const auto& line : decision.lines) {
        DecisionOutcome one;
        one.line = line;
        for (const auto& [id, assignment] : state.assignments) {
            if (assignment.decision == decision.id && assignment.resource == line.resource)
                one.assignment = &assignment;
        }
        if (one.assignment != nullptr && one.assignment->departedAt && one.assignment->arrivedAt) {
            const bool fromOrder = line.turnout.value > 0 && one.assignment->notifiedAt && *one.assignment->notifiedAt <= *one.assignment->departedAt;
            const auto began = fromOrder ? *one.assignment->notifiedAt : *one.assignment->departedAt;
            const double usual = fromOrder ? line.turnout.value : 0;
            const double took = std::chrono::duration<double>(*one.assignment->arrivedAt - began).count();
            one.took = base::Seconds(took);
            one.turnout = base::Seconds(std::chrono::duration<double>(*one.assignment->departedAt - began).count());
            // A new way has a prediction of its own: the card's is what the decision rested on.
            one.behind = base::Seconds(took - usual - line.eta.value);
            one.within = line.etaHigh.value > 0 && took >= usual + line.etaLow.value && took <= usual + line.etaHigh.value;
        }
        one.untold = one.assignment != nullptr && one.assignment->arrivedAt && !one.assignment->departedAt &&
                     line.purpose != model::Purpose::shelter;
        out.push_back(std::move(one));
    }
    return out;
}

std::vector<const model::Decision*> decisionsOf(const model::State& state) {
    std::vector<const model::Decision*> out;
    out.reserve(state.decisions.size());
    for (const auto& [id, decision] : state.decisions)
        out.push_back(&decision);
    std::stable_sort(out.begin(), out.end(), [](const auto* a, const auto* b) {
        const bool waits = a->state == model::DecisionState::waiting;
        if (waits != (b->state == model::DecisionState::waiting))
            return waits;
        return a->at > b->at;
    });
    return out;
}

} // namespace tocsin::gui
