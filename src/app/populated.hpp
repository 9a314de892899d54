#pragma once

#include "tocsin/county/config.hpp"
#include "tocsin/county/folder.hpp"
#include "tocsin/dispatch/cover.hpp"
#include "tocsin/dispatch/weights.hpp"

#include <vector>

namespace tocsin::app {

/// Where people live, for the cover. Any thread.
[[nodiscard]] std::vector<dispatch::Populated> placesToCover(const county::CountyFolder& folder);
/// What the county weighs.
[[nodiscard]] dispatch::Weights weightsOf(const county::Config& config);

} // namespace tocsin::app
