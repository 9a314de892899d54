#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/model/incident.hpp"

#include <string_view>
#include <vector>

namespace tocsin::desk {

/// Plans from a TOML text; a fault names its line and column.
[[nodiscard]] base::Result<std::vector<model::Plan>> parsePlans(std::string_view toml);

/// The plan for a hazard at a grade: the exact grade, else the next less grave one, else the gravest there is.
[[nodiscard]] const model::Plan* planFor(const std::vector<model::Plan>& plans, std::string_view hazard,
                                         model::Grade grade);

} // namespace tocsin::desk
