#pragma once

#include "tocsin/dispatch/planner.hpp"
#include "tocsin/model/decision.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace tocsin::gui {

/// One line that a person may take or leave: who would go for what. Points into the answer.
struct Offered {
    model::ResourceId resource;
    const dispatch::NeedAnswer* need{nullptr}; ///< null: the stand-by move
    const dispatch::Choice* choice{nullptr};
    bool recommended{false};
    [[nodiscard]] model::Purpose purpose() const;
};

/// All that it would bring, and for how many people it is: one vehicle may serve several needs.
[[nodiscard]] std::vector<model::LoadItem> loadOf(const Offered& one, const dispatch::Answer& answer);
[[nodiscard]] int peopleOf(const Offered& one, const dispatch::Answer& answer);

/// What an answer offers for an incident: the chosen of each need; then one second choice for each, and those that the person has
/// `named`; last the stand-by move. Each resource once.
[[nodiscard]] std::vector<Offered> offeredBy(const dispatch::Answer& answer, model::IncidentId incident,
                                             const std::map<model::ResourceId, bool>& named);

/// The card as it goes into the journal; `taken`: one for each offered. `releases` gets the running assignments that the taken ones
/// would give up.
[[nodiscard]] model::Decision decisionOf(const dispatch::Answer& answer, model::IncidentId incident,
                                         const std::vector<Offered>& offered, const std::vector<bool>& taken,
                                         const std::string& reason, std::vector<model::AssignmentId>& releases);

} // namespace tocsin::gui
