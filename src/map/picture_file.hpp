#pragma once

#include "map/mosaic.hpp"
#include "tocsin/base/result.hpp"
#include "tocsin/geo/measure.hpp"

#include <SQLiteCpp/Database.h>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace tocsin::map {

/// Raster MBTiles 1.3 that somebody else made, opened to be read. Belongs to one thread.
class PictureFile {
  public:
    /// notFound; malformed with a sentence for a file that is no MBTiles, has vector tiles, or has none.
    [[nodiscard]] static base::Result<PictureFile> open(const std::filesystem::path& file);

    [[nodiscard]] const PictureScheme& scheme() const { return m_scheme; }
    [[nodiscard]] const geo::Box& bounds() const { return m_bounds; }
    /// The picture's bytes, if the file has it. Throws what SQLite throws.
    [[nodiscard]] std::optional<std::string> get(const TileKey& key) const;

  private:
    std::shared_ptr<SQLite::Database> m_db;
    PictureScheme m_scheme;
    geo::Box m_bounds;
};

/// What came over the network, in an MBTiles file whose tiles have two columns more: fetched and expires, in seconds
/// of Unix time; in memory, and less, while there is no file to write to. Only a cache: what goes wrong here is not
/// reported. Belongs to whoever holds the owner's lock.
class PictureCache {
  public:
    /// Opens nothing yet: the first use does, on whichever thread that is. A file that was filled from another `source`
    /// (an address without its key) is thrown away, as is a damaged one.
    PictureCache(std::filesystem::path file, std::uint64_t mostBytes, std::string name, std::string source);

    struct Kept {
        std::string bytes;
        std::int64_t expires{0};
    };
    [[nodiscard]] std::optional<Kept> get(const TileKey& key);
    void put(const TileKey& key, const std::string& bytes, std::int64_t fetched, std::int64_t expires);

  private:
    [[nodiscard]] std::unique_ptr<SQLite::Database> open(const std::string& file) const;
    void openOnce();
    void keepInMemory();
    void shrink();

    const std::filesystem::path m_file;
    std::uint64_t m_mostBytes;
    const std::string m_name;
    const std::string m_source;
    std::unique_ptr<SQLite::Database> m_db;
    std::uint64_t m_bytes{0};
};

} // namespace tocsin::map
