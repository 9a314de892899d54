#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/county/config.hpp"
#include "tocsin/county/county_data.hpp"

#include <filesystem>
#include <string>

namespace tocsin::county {

/// The county's folder: where each thing lies. Names only; nothing is opened.
struct CountyFolder {
    std::filesystem::path root;

    [[nodiscard]] std::filesystem::path database() const { return root / "tocsin.db"; }
    [[nodiscard]] std::filesystem::path config() const { return root / "config.toml"; }
    [[nodiscard]] std::filesystem::path map() const { return root / "map.gpkg"; }
    [[nodiscard]] std::filesystem::path tiles() const { return root / "tiles.mbtiles"; }
    [[nodiscard]] std::filesystem::path rules() const { return root / "rules.toml"; }
    [[nodiscard]] std::filesystem::path plans() const { return root / "plans.toml"; }
    [[nodiscard]] std::filesystem::path readings() const { return root / "readings"; }
};

/// A whole text file, at most `limit` bytes. notFound, tooLarge, storage; malformed when not UTF-8 (with the byte).
[[nodiscard]] base::Result<std::string> readText(const std::filesystem::path& file, std::uintmax_t limit = 16U << 20U);
/// Writes beside the file, then puts it in place: never half a file.
[[nodiscard]] base::Result<void> writeText(const std::filesystem::path& file, std::string_view text);

[[nodiscard]] base::Result<Config> loadConfig(const CountyFolder& folder);
/// Makes the folder and writes config.toml, rules.toml and plans.toml into it. Files that are there already stay unless
/// `replace`.
[[nodiscard]] base::Result<void> writeCountyFiles(const CountyFolder& folder, const CountyData& data,
                                                  bool replace = false);

} // namespace tocsin::county
