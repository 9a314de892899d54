#pragma once

#include "tocsin/base/time.hpp"
#include "tocsin/model/assignment.hpp"
#include "tocsin/model/grade.hpp"

#include <functional>
#include <map>
#include <optional>
#include <string>

namespace tocsin::desk {

/// How a county follows those that it has sent. Every figure is the county's to edit (`[dispatch]` in config.toml).
struct DispatchRules {
    /// From this grade on (III: also II and I) a decision waits for the leader on duty; absent: never.
    std::optional<model::Grade> approvalFrom;
    base::Duration approveWithin{std::chrono::minutes(1)}; ///< a plan that waits longer for the leader's word is an alarm
    base::Duration acceptWithin{std::chrono::minutes(5)}; ///< a task order that nobody has accepted is an alarm
    base::Duration departWithin{std::chrono::minutes(5)}; ///< one that has accepted and not set out is an alarm
    base::Duration rollCall{std::chrono::minutes(30)};    ///< one that has given no sign of life for so long is an alarm
    base::Duration grace{std::chrono::minutes(5)};        ///< beyond the latest arrival, before it is overdue
    double crewHours{12};                                 ///< on assignments within 24 h, where the resource says nothing
    base::Duration claim{std::chrono::minutes(2)};        ///< a resource stays claimed so long
    /// What a team may write from the field to report its step, in lower case: "on scene", "到场".
    std::map<std::string, model::AssignmentState> statusWords{defaultStatusWords()};

    /// A moment as the county's clocks show it, for what the desk itself writes; none: in UTC. Any thread.
    std::function<std::string(base::Time)> countyClock{};

    [[nodiscard]] std::string clockText(base::Time at) const;
    [[nodiscard]] static std::map<std::string, model::AssignmentState> defaultStatusWords();
};

} // namespace tocsin::desk
