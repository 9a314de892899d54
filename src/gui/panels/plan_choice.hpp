#pragma once

#include "tocsin/dispatch/planner.hpp"
#include "tocsin/model/decision.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace tocsin::gui {

/// What a person made of a plan by hand: somebody beyond the choices, or another load or order of stops for one who is offered. It keeps what
/// it rests on, since answers come and go.
struct HandLine {
    dispatch::NeedAnswer need; ///< that it serves; a team's without a capability: the plan as a whole
    dispatch::Choice choice;   ///< as it would go now; its obstacle is what speaks against one that was added
    bool added{false};         ///< beyond the choices
    std::vector<model::LoadItem> instead; ///< the load that was recommended
    std::vector<model::ResourceId> insteadStores; ///< and where it was to be fetched, in order
    int insteadPeople{0}; ///< of a shelter: how many it was recommended for
};
using HandLines = std::map<model::ResourceId, HandLine>;

/// One line that a person may take or leave: who would go for what. Points into the answer, or into what was made by hand.
struct Offered {
    model::ResourceId resource;
    const dispatch::NeedAnswer* need{nullptr}; ///< null: the stand-by move
    const dispatch::Choice* choice{nullptr};
    bool recommended{false};
    const HandLine* hand{nullptr};
    [[nodiscard]] model::Purpose purpose() const;
};

/// As it would go into the journal, as recommended: all that it would bring, and for how many people it is.
[[nodiscard]] model::DecisionLine lineOf(const Offered& one, const dispatch::Answer& answer);

/// Where a line loads, in order.
[[nodiscard]] std::vector<model::ResourceId> storesOf(const model::DecisionLine& line);

/// What an answer offers for an incident: the chosen of each need; then one second choice for each, and those that the person has
/// `named`; those added by `hand`; last the stand-by move. Each resource once.
[[nodiscard]] std::vector<Offered> offeredBy(const dispatch::Answer& answer, model::IncidentId incident,
                                             const std::map<model::ResourceId, bool>& named, const HandLines& hand = {});

/// What of a need stays open with these lines. As the answer has it, but for what a person changed by hand.
[[nodiscard]] double missingOf(const dispatch::NeedAnswer& need, const std::vector<model::DecisionLine>& lines);

/// The card as it goes into the journal; `taken`: one for each offered. `releases` gets the running assignments that the taken ones
/// would give up.
[[nodiscard]] model::Decision decisionOf(const dispatch::Answer& answer, model::IncidentId incident,
                                         const std::vector<Offered>& offered, const std::vector<bool>& taken,
                                         const std::string& reason, std::vector<model::AssignmentId>& releases);

} // namespace tocsin::gui
