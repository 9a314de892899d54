#pragma once

#include "county/map_features.hpp"
#include "tocsin/base/result.hpp"

#include <filesystem>
#include <functional>
#include <stop_token>

namespace tocsin::county {

/// Reads the extract twice (relations, then everything) into features. `progress` gets 0…1.
[[nodiscard]] base::Result<MapFeatures> collectFeatures(const std::filesystem::path& osmFile,
                                                        const std::function<void(double)>& progress,
                                                        const std::stop_token& cancel);

} // namespace tocsin::county
