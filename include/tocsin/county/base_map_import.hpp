#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/county/config.hpp"
#include "tocsin/county/folder.hpp"
#include "tocsin/county/osm_import.hpp"

#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <string>

namespace tocsin::county {

struct TilesSummary {
    std::string name;
    std::string file; ///< under basemaps/
    std::string format;
    std::int64_t tiles{0};
    int lowestZoom{0};
    int highestZoom{0};
};

/// Copies the pictures of an MBTiles file into basemaps/, tile by tile, and names it in config.toml as [[map.base]]. An
/// empty `name` is the file's own. Refused with a sentence: what is damaged, cut off or no MBTiles, vector tiles
/// (MBTiles or PMTiles), tiles that are no PNG, JPEG or WebP or lie outside the pyramid. Errors as importVector().
[[nodiscard]] base::Result<TilesSummary> importTiles(const CountyFolder& folder, const std::filesystem::path& file,
                                                     const std::string& name = {}, const ProgressSink& progress = {},
                                                     std::stop_token cancel = {});

/// Appends a [[map.base]] to config.toml; whatever config.toml cannot hold is refused, and the file stays as it was.
/// conflict when a base map of that name is there.
[[nodiscard]] base::Result<void> addBaseMap(const CountyFolder& folder, const BaseMap& map);
/// Takes a [[map.base]] out of config.toml, and its tiles with it. notFound.
[[nodiscard]] base::Result<void> removeBaseMap(const CountyFolder& folder, const std::string& name);

/// Why an address of tiles cannot be used; empty when it can. It must be http or https, must have {z}, {x} and {y} or
/// {-y}, and no other names in braces but {s} (one of `hosts`) and {key}.
[[nodiscard]] std::string addressFault(const BaseMap& map);

} // namespace tocsin::county
