#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/base/time.hpp"
#include "tocsin/drill/scenario.hpp"

#include <string>
#include <string_view>

namespace tocsin::drill {

/// Fills a CAP template. `run` makes the identifiers of one run differ from those of another. Fails at an unknown {{…}}
/// and at a reference to a message that comes later or does not exist; the place is the template's.
[[nodiscard]] base::Result<std::string> fillCap(const Scenario& scenario, const CapInject& cap, base::Time start,
                                                std::string_view run);

/// Makes sure that it is marked as an exercise and has an identifier of its own.
[[nodiscard]] base::Result<void> checkCapTemplate(std::string_view xml);

} // namespace tocsin::drill
