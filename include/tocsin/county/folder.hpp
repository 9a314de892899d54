#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/county/config.hpp"
#include "tocsin/county/county_data.hpp"
#include "tocsin/route/profile.hpp"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace tocsin::county {

/// The county's folder: where each thing lies. Names only; nothing is opened.
struct CountyFolder {
    std::filesystem::path root;

    [[nodiscard]] std::filesystem::path database() const { return root / "tocsin.db"; }
    [[nodiscard]] std::filesystem::path config() const { return root / "config.toml"; }
    [[nodiscard]] std::filesystem::path map() const { return root / "map.gpkg"; }
    /// Pictures of the base map, made anew when they are missing.
    [[nodiscard]] std::filesystem::path tiles() const { return root / "tiles"; }
    /// Imported vector layers, EPSG:3857. Table `overlay` (name, title, kind, geometry, source, licence, datum, made):
    /// `name` is the layer's table; kind is "boundary" or "layer"; geometry "point", "line" or "polygon". A boundary
    /// layer has the columns level ("county", "township", "village", "grid"), name, code; any other has name and the
    /// attributes that it came with.
    [[nodiscard]] std::filesystem::path overlays() const { return root / "overlays.gpkg"; }
    /// Heights in metres, EPSG:4326, 32-bit floats with a no-data value.
    [[nodiscard]] std::filesystem::path elevation() const { return root / "elevation.tif"; }
    /// Shaded relief from the heights, EPSG:3857: one byte, 1…255 dark to light, 0 where nothing is known; overviews.
    [[nodiscard]] std::filesystem::path relief() const { return root / "relief.tif"; }
    /// Layer contour (height REAL in metres, major INTEGER 0/1) in EPSG:3857 with an R-tree.
    [[nodiscard]] std::filesystem::path contours() const { return root / "contours.gpkg"; }
    /// Persons in each cell, EPSG:4326, 32-bit floats with a no-data value.
    [[nodiscard]] std::filesystem::path population() const { return root / "population.tif"; }
    /// Base maps of others: *.mbtiles as imported, and the caches of what came over the network.
    [[nodiscard]] std::filesystem::path baseMaps() const { return root / "basemaps"; }
    [[nodiscard]] std::filesystem::path rules() const { return root / "rules.toml"; }
    /// Words that say the same in reports; absent in counties made before it was: the program's own serve.
    [[nodiscard]] std::filesystem::path synonyms() const { return root / "synonyms.toml"; }
    /// The county's table of supplies (code, name, zh_CN, unit, kg, m3); may be absent.
    [[nodiscard]] std::filesystem::path supplies() const { return root / "supplies.csv"; }
    [[nodiscard]] std::filesystem::path hazardWords() const { return root / "hazard_words.toml"; }
    [[nodiscard]] std::filesystem::path plans() const { return root / "plans.toml"; }
    /// How vehicles get about; absent in counties made before it was: the program's own serve.
    [[nodiscard]] std::filesystem::path profiles() const { return root / "profiles.toml"; }
    [[nodiscard]] std::filesystem::path readings() const { return root / "readings"; }
    [[nodiscard]] std::filesystem::path tracks() const { return root / "tracks"; }
    /// Photos that came with reports, under their digests.
    [[nodiscard]] std::filesystem::path photos() const { return root / "photos"; }
    /// Calls that are being written down.
    [[nodiscard]] std::filesystem::path drafts() const { return root / "drafts"; }
};

/// A whole text file, at most `limit` bytes. notFound, tooLarge, storage; malformed when not UTF-8 (with the byte).
[[nodiscard]] base::Result<std::string> readText(const std::filesystem::path& file, std::uintmax_t limit = 16U << 20U);
/// Writes beside the file, then puts it in place: never half a file.
[[nodiscard]] base::Result<void> writeText(const std::filesystem::path& file, std::string_view text);
/// A file that was made beside its place: onto the disk, then into its place in one step; who has the old one open keeps reading that.
/// False where either fails.
[[nodiscard]] bool putInPlace(const std::filesystem::path& made, const std::filesystem::path& target);
/// Reads the file, writes what `change` makes of its text, and returns that; where either fails the file stays. Whoever else may do so at the
/// same time has to be kept out.
[[nodiscard]] base::Result<std::string> rewriteText(const std::filesystem::path& file,
                                                    const std::function<base::Result<std::string>(const std::string&)>& change);

[[nodiscard]] base::Result<Config> loadConfig(const CountyFolder& folder);
/// The profiles of profiles.toml (an error has line and column), or the program's own where there is no such file.
[[nodiscard]] base::Result<std::vector<route::Profile>> loadProfiles(const CountyFolder& folder);
/// Makes the folder and writes config.toml, rules.toml, synonyms.toml, hazard_words.toml, plans.toml and profiles.toml into it. Files that are there already stay unless
/// `replace`.
[[nodiscard]] base::Result<void> writeCountyFiles(const CountyFolder& folder, const CountyData& data,
                                                  bool replace = false);

} // namespace tocsin::county
