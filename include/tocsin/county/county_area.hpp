#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/model/position.hpp"

#include <filesystem>
#include <vector>

namespace tocsin::county {

/// The county's outline from its map: the rings of its own boundary, else one ring round what the map covers. WGS-84.
/// Code::notFound without such a file, Code::storage when it is no map. Any thread; some milliseconds.
[[nodiscard]] base::Result<std::vector<model::Line>> readCountyRings(const std::filesystem::path& mapFile);

} // namespace tocsin::county
