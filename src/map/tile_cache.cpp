#include "map/tile_cache.hpp"

#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>
#include <cmath>
#include <memory>
#include <system_error>

namespace tocsin::map {
namespace {

// MBTiles counts rows from the south.
int rowFromSouth(const TileKey& key) {
    return (1 << key.zoom) - 1 - key.y;
}

std::string fileName(const TileVariant& variant) {
    std::string language;
    for (const char c : variant.language)
        language += (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ? c : '-';
    return "tiles-" + std::string(toString(variant.look)) + "-" + language + "-" + std::to_string(variant.pixels) +
           "-" + std::to_string(std::lround(variant.scale * 100)) + ".mbtiles";
}

void discard(const std::filesystem::path& path) {
    std::error_code ignored;
    for (const char* tail : {"", "-wal", "-shm", "-journal"})
        std::filesystem::remove(path.string() + tail, ignored);
}

} // namespace

TileCache::TileCache(std::filesystem::path folder, std::uint64_t mostBytes, std::string identity)
    : m_folder(std::move(folder)), m_mostBytes(mostBytes), m_identity(std::move(identity)) {}

void TileCache::setIdentity(std::string identity) {
    const std::lock_guard lock(m_mutex);
    if (identity == m_identity)
        return;
    m_identity = std::move(identity);
    m_files.clear();
}

std::unique_ptr<TileCache::File> TileCache::openFile(const std::filesystem::path& path,
                                                     const TileVariant& variant) const {
    auto file = std::make_unique<File>(
        File{SQLite::Database(path.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, 2000), 0});
    SQLite::Database& db = file->db;
    // A cache need not survive a power cut, and a damaged one is thrown away.
    db.exec("PRAGMA synchronous = OFF; PRAGMA journal_mode = WAL; PRAGMA cache_size = -1024;"
            "CREATE TABLE IF NOT EXISTS metadata (name TEXT PRIMARY KEY, value TEXT);"
            "CREATE TABLE IF NOT EXISTS tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER,"
            " tile_data BLOB, UNIQUE (zoom_level, tile_column, tile_row));");
    SQLite::Statement known(db, "SELECT value FROM metadata WHERE name = 'tocsin:identity'");
    if (known.executeStep()) {
        if (known.getColumn(0).getString() != m_identity)
            return nullptr;
    } else {
        const std::pair<std::string, std::string> rows[] = {
            {"name", "Tocsin " + std::string(toString(variant.look)) + " " + variant.language},
            {"format", "application/x-tocsin-tile"},
            {"type", "baselayer"},
            {"tocsin:identity", m_identity}};
        for (const auto& [name, value] : rows) {
            SQLite::Statement insert(db, "INSERT OR REPLACE INTO metadata VALUES (?, ?)");
            insert.bind(1, name);
            insert.bind(2, value);
            insert.exec();
        }
    }
    file->bytes =
        static_cast<std::uint64_t>(db.execAndGet("SELECT coalesce(sum(length(tile_data)), 0) FROM tiles").getInt64());
    return file;
}

TileCache::File* TileCache::file(const TileVariant& variant) {
    if (m_folder.empty())
        return nullptr;
    if (const auto found = m_files.find(variant); found != m_files.end())
        return found->second.get();
    const std::filesystem::path path = m_folder / fileName(variant);
    std::error_code error;
    std::filesystem::create_directories(m_folder, error);
    std::unique_ptr<File> opened;
    for (int attempt = 0; attempt < 2 && !opened; ++attempt) {
        try {
            opened = openFile(path, variant);
        } catch (const std::exception&) {
            opened = nullptr;
        }
        if (!opened)
            discard(path);
    }
    return (m_files[variant] = std::move(opened)).get();
}

std::optional<std::string> TileCache::get(const TileVariant& variant, const TileKey& key) {
    const std::lock_guard lock(m_mutex);
    File* kept = file(variant);
    if (kept == nullptr)
        return std::nullopt;
    try {
        SQLite::Statement select(
            kept->db, "SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?");
        select.bind(1, key.zoom);
        select.bind(2, key.x);
        select.bind(3, rowFromSouth(key));
        if (!select.executeStep())
            return std::nullopt;
        return select.getColumn(0).getString();
    } catch (const std::exception&) {
        return std::nullopt;
    }
}

std::string TileCache::identity() {
    const std::lock_guard lock(m_mutex);
    return m_identity;
}

void TileCache::put(const std::string& identity, const TileVariant& variant,
                    const std::vector<std::pair<TileKey, std::string>>& tiles) {
    const std::lock_guard lock(m_mutex);
    if (identity != m_identity)
        return;
    File* kept = file(variant);
    if (kept == nullptr)
        return;
    try {
        SQLite::Transaction transaction(kept->db);
        SQLite::Statement insert(kept->db, "INSERT OR REPLACE INTO tiles VALUES (?, ?, ?, ?)");
        for (const auto& [key, bytes] : tiles) {
            insert.bind(1, key.zoom);
            insert.bind(2, key.x);
            insert.bind(3, rowFromSouth(key));
            insert.bind(4, bytes.data(), static_cast<int>(bytes.size()));
            insert.exec();
            insert.reset();
            kept->bytes += bytes.size();
        }
        transaction.commit();
        if (kept->bytes > m_mostBytes)
            shrink(*kept);
    } catch (const std::exception&) {
        m_files[variant] = nullptr; // full or read-only disk: the map is drawn anew each time
    }
}

void TileCache::shrink(File& file) const {
    // The oldest third goes, the widest views last: they are few and always wanted.
    file.db.exec("DELETE FROM tiles WHERE rowid IN (SELECT rowid FROM tiles ORDER BY zoom_level <= 12, rowid"
                 " LIMIT (SELECT count(*) / 3 + 1 FROM tiles))");
    file.bytes = static_cast<std::uint64_t>(
        file.db.execAndGet("SELECT coalesce(sum(length(tile_data)), 0) FROM tiles").getInt64());
}

} // namespace tocsin::map
