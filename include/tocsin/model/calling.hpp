#pragma once

#include "tocsin/model/state.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace tocsin::model {

/// The lists that the county keeps, by name.
[[nodiscard]] std::vector<const CallList*> keptCallLists(const State& state);

/// Who would be called at that moment: of a step with a resource those on duty with it, else who is in charge of it, else its own number. Each once.
/// They may be more than one call-down takes (mostCalled).
[[nodiscard]] CallDown callDownFrom(const CallList& list, const State& state, base::Time now, std::string_view language);

/// The people of a resource, to be called in turn: on duty at `now` first, then who is in charge, then the crew, each once. They may be more than
/// one call-down takes.
[[nodiscard]] std::vector<CallDownPerson> peopleOf(const Resource& resource, base::Time now);

/// A list that an incident's plan names, as it could be begun now.
struct PlanCall {
    std::string name;              ///< as the plan has it
    const CallList* list{nullptr}; ///< null: no list of that name is kept
    CallDown callDown{};           ///< whom it would call, for the incident
    const CallDown* begun{nullptr}; ///< the newest that was begun of it for this incident
    [[nodiscard]] bool canBegin() const { return list != nullptr && mayBeCalled(callDown.people.size()); }
};
/// In the plan's order; none where the incident has no plan. Valid while the state is.
[[nodiscard]] std::vector<PlanCall> planCalls(const Incident& incident, const std::vector<Plan>& plans, const State& state, base::Time now,
                                              std::string_view language);

} // namespace tocsin::model
