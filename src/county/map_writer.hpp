#pragma once

#include "county/map_features.hpp"
#include "tocsin/base/result.hpp"
#include "tocsin/base/time.hpp"

#include <filesystem>
#include <functional>
#include <map>
#include <stop_token>
#include <string>

namespace tocsin::county {

/// Writes the layers of a new GeoPackage in EPSG:3857; returns the number of features by layer. `progress` gets 0…1.
[[nodiscard]] base::Result<std::map<std::string, std::size_t>>
writeLayers(const MapFeatures& features, const std::filesystem::path& file, base::Time made,
            const std::function<void(double)>& progress, const std::stop_token& cancel);

} // namespace tocsin::county
