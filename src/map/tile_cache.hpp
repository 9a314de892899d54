#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/map/tile.hpp"

#include <SQLiteCpp/Database.h>
#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tocsin::map {

/// MBTiles 1.3 files in a folder, one for each variant. Only a cache: what goes wrong here costs time and nothing else,
/// so nothing is reported. The tiles are packed by packTile, which is read faster than PNG. Thread safe.
class TileCache {
  public:
    /// `identity` names what the tiles are made from: a file with another identity is thrown away.
    TileCache(std::filesystem::path folder, std::uint64_t mostBytes, std::string identity);

    [[nodiscard]] std::optional<std::string> get(const TileVariant& variant, const TileKey& key);
    /// Tiles that were made from something else than is kept now are dropped.
    void put(const std::string& identity, const TileVariant& variant,
             const std::vector<std::pair<TileKey, std::string>>& tiles);
    /// Whether there is a folder to keep tiles in.
    [[nodiscard]] bool keeps() const { return !m_folder.empty(); }
    [[nodiscard]] std::string identity();
    /// Another map or style from now on.
    void setIdentity(std::string identity);

  private:
    struct File {
        SQLite::Database db;
        std::uint64_t bytes{0};
    };
    [[nodiscard]] File* file(const TileVariant& variant);
    [[nodiscard]] std::unique_ptr<File> openFile(const std::filesystem::path& path, const TileVariant& variant) const;
    void shrink(File& file) const;

    const std::filesystem::path m_folder;
    const std::uint64_t m_mostBytes;
    std::string m_identity;
    std::mutex m_mutex;
    std::map<TileVariant, std::unique_ptr<File>> m_files; ///< null: cannot be used
};

} // namespace tocsin::map
