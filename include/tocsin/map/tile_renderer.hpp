#pragma once

#include "tocsin/map/tile_source.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace tocsin::map {

/// A map style: a Mapnik template and a palette for each look.
struct StyleSheet {
    std::string xml;
    std::string dark;
    std::string light;
};
/// The style that the program carries: resources/map.
[[nodiscard]] StyleSheet builtInStyle();

struct RendererOptions {
    std::filesystem::path map;             ///< the county's map.gpkg
    std::filesystem::path relief;          ///< shaded relief (see county::CountyFolder); empty or absent: none
    std::filesystem::path contours;        ///< likewise
    std::filesystem::path overlays;        ///< likewise
    std::filesystem::path cache;           ///< folder of the MBTiles files, made if missing; empty: nothing is kept
    std::uint64_t cacheBytes{200'000'000}; ///< of all tiles of one file together
    unsigned threads{2};                   ///< 1…8
    StyleSheet style{builtInStyle()};
    std::filesystem::path fonts{"/usr/share/fonts"}; ///< where Noto Sans and Noto Sans CJK lie, at any depth of two
};

/// Renders the county's map with Mapnik into tiles and keeps them in MBTiles files, one for each look, language and
/// size (its pixels packed by Zstandard, not as PNG, which is read slower); a file made from another map, style,
/// relief, contours or overlays is thrown away. Returns at once: the map is read on a worker. A map that is missing or
/// a style that is broken (with its line) shows in the status, never as an exception; a relief, contours or overlays
/// that cannot be read are named there while the map is drawn without them. A tile that fails does not stop the others:
/// it is tried again after pauses that grow, and the status says so.
[[nodiscard]] std::unique_ptr<TileSource> makeTileRenderer(RendererOptions options);

} // namespace tocsin::map
