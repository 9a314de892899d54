#pragma once

#include "tocsin/county/config.hpp"
#include "tocsin/county/folder.hpp"
#include "tocsin/detect/messages.hpp"

namespace tocsin::app {

/// Where the county is, for warnings and earthquakes: the outline on its map and its division code. Without a map every
/// area counts as touching it, rather than none.
[[nodiscard]] detect::CountyArea areaOf(const county::CountyFolder& folder, const county::Config& config);

} // namespace tocsin::app
