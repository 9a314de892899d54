#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/model/incident.hpp"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::model {
struct State;
}

namespace tocsin::desk {

/// Plans from a TOML text; a fault names its line and column.
[[nodiscard]] base::Result<std::vector<model::Plan>> parsePlans(std::string_view toml);

/// The plan for a hazard at a grade: the exact grade, else the next less grave one, else the gravest there is. A hazard that
/// has none gets those of "other"; null: there are none either.
[[nodiscard]] const model::Plan* planFor(const std::vector<model::Plan>& plans, std::string_view hazard,
                                         model::Grade grade);

/// What rules may name.
[[nodiscard]] std::set<std::string> planIds(const std::vector<model::Plan>& plans);

/// What becomes of an incident's needs when it gets another plan.
enum class PlanMerge : std::uint8_t {
    keep,    ///< they stay: only the checklist is another
    replace, ///< the plan's, and of the present ones what running assignments serve beyond those
    add      ///< they stay, and what the plan wants beyond them is added
};
[[nodiscard]] std::string_view toString(PlanMerge how);
[[nodiscard]] std::optional<PlanMerge> planMergeFrom(std::string_view text);

/// The incident's needs under that plan. A team serves a need of its capability at its level or below.
[[nodiscard]] std::vector<model::Need> needsWith(const model::State& state, const model::Incident& incident,
                                                 const model::Plan& plan, PlanMerge how);

} // namespace tocsin::desk
