#pragma once

#include <nlohmann/json_fwd.hpp>

namespace tocsin::model {

/// True if a value comes back the same from its text: every text is UTF-8, every number finite, nothing is binary.
/// Far cheaper than writing and reading it.
[[nodiscard]] bool survivesText(const nlohmann::json& value);

} // namespace tocsin::model
