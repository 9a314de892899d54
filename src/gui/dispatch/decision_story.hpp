#pragma once

#include "tocsin/model/state.hpp"

#include <optional>
#include <vector>

namespace tocsin::gui {

/// What became of one line of a decision.
struct DecisionOutcome {
    model::DecisionLine line;
    const model::Assignment* assignment{nullptr}; ///< none while it waits, or after it was refused
    std::optional<base::Seconds> took;            ///< from the order to arrival, where the card knew how long setting out takes; else from departure
    base::Seconds turnout;                        ///< of it until it set out; 0 where `took` begins with that
    bool untold{false};                           ///< it is there, and nobody said when it had set out: how long it took is not known
    base::Seconds behind;                         ///< against the prediction; negative: earlier
    bool within{false};                           ///< the predicted interval held
};

/// What really happened, from the assignments that name the decision; lines in the decision's order. Points into `state`. Pure.
[[nodiscard]] std::vector<DecisionOutcome> outcomesOf(const model::State& state, const model::Decision& decision);

/// All decisions, those that wait first, then newest first. Points into `state`.
[[nodiscard]] std::vector<const model::Decision*> decisionsOf(const model::State& state);

} // namespace tocsin::gui
