#include "map/picture_file.hpp"

#include "map/tile_image.hpp"

#include <SQLiteCpp/Statement.h>
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <stdexcept>
#include <system_error>

namespace tocsin::map {
namespace {

constexpr int deepestZoom = 22;
constexpr std::size_t mostPictureBytes = 8U << 20U;

// MBTiles counts rows from the south.
int rowFromSouth(const TileKey& key) {
    return (1 << key.zoom) - 1 - key.y;
}

void bindKey(SQLite::Statement& statement, int first, const TileKey& key) {
    statement.bind(first, key.zoom);
    statement.bind(first + 1, key.x);
    statement.bind(first + 2, rowFromSouth(key));
}

std::string metadata(SQLite::Database& db, const char* name) {
    if (!db.tableExists("metadata"))
        return {};
    SQLite::Statement row(db, "SELECT value FROM metadata WHERE name = ?");
    row.bind(1, name);
    return row.executeStep() ? row.getColumn(0).getString() : std::string();
}

std::optional<geo::Box> boxIn(const std::string& text) {
    std::array<double, 4> v{};
    const char* at = text.data();
    const char* end = text.data() + text.size();
    for (double& value : v) {
        while (at != end && (*at == ' ' || *at == ','))
            ++at;
        const auto [next, error] = std::from_chars(at, end, value);
        if (error != std::errc() || !std::isfinite(value))
            return std::nullopt;
        at = next;
    }
    geo::Box box;
    box.south = std::clamp(v[1], -90.0, 90.0);
    box.west = std::clamp(v[0], -180.0, 180.0);
    box.north = std::clamp(v[3], -90.0, 90.0);
    box.east = std::clamp(v[2], -180.0, 180.0);
    return box.empty() ? std::nullopt : std::optional(box);
}

void discard(const std::filesystem::path& path) {
    std::error_code ignored;
    for (const char* tail : {"", "-wal", "-shm", "-journal"})
        std::filesystem::remove(path.string() + tail, ignored);
}

} // namespace

base::Result<PictureFile> PictureFile::open(const std::filesystem::path& file) {
    const std::string name = file.filename().string();
    std::error_code error;
    if (!std::filesystem::exists(file, error))
        return base::fail(base::Code::notFound, "there is no file " + name);
    try {
        PictureFile made;
        made.m_db =
            std::make_shared<SQLite::Database>(file.string(), SQLite::OPEN_READONLY | SQLite::OPEN_NOMUTEX, 2000);
        SQLite::Database& db = *made.m_db;
        SQLite::Statement has(db, "SELECT count(*) FROM sqlite_master WHERE name = 'tiles'");
        if (!has.executeStep() || has.getColumn(0).getInt() == 0)
            return base::fail(base::Code::malformed, name + " is not an MBTiles file: it has no table of tiles");
        const std::string format = metadata(db, "format");
        if (format == "pbf" || format == "mvt")
            return base::fail(base::Code::malformed,
                              name + " has vector tiles, which the desk cannot draw: it needs PNG, JPEG or WebP tiles");
        SQLite::Statement zooms(db,
                                "SELECT min(zoom_level), max(zoom_level) FROM tiles WHERE zoom_level BETWEEN 0 AND ?");
        zooms.bind(1, deepestZoom);
        if (!zooms.executeStep() || zooms.getColumn(0).isNull())
            return base::fail(base::Code::malformed, name + " has no tiles");
        made.m_scheme.lowestZoom = zooms.getColumn(0).getInt();
        made.m_scheme.highestZoom = zooms.getColumn(1).getInt();
        SQLite::Statement first(db,
                                "SELECT tile_data FROM tiles WHERE zoom_level = ? AND length(tile_data) < ? LIMIT 1");
        first.bind(1, made.m_scheme.highestZoom);
        first.bind(2, static_cast<std::int64_t>(mostPictureBytes));
        if (!first.executeStep())
            return base::fail(base::Code::malformed, name + " has no tiles of a sensible size");
        const SQLite::Column cell = first.getColumn(0);
        const auto image =
            decodePicture({static_cast<const char*>(cell.getBlob()), static_cast<std::size_t>(cell.getBytes())});
        if (!image && image.error().message.starts_with("a vector tile"))
            return base::fail(base::Code::malformed,
                              name + " has vector tiles, which the desk cannot draw: it needs PNG, JPEG or WebP tiles");
        if (image)
            made.m_scheme.tilePixels = std::clamp(image->edge, 64, 1024);
        if (const auto box = boxIn(metadata(db, "bounds"))) {
            made.m_bounds = *box;
        } else {
            SQLite::Statement extent(db, "SELECT min(tile_column), max(tile_column), min(tile_row), max(tile_row)"
                                         " FROM tiles WHERE zoom_level = ?");
            extent.bind(1, made.m_scheme.highestZoom);
            if (extent.executeStep()) {
                const double count = std::exp2(made.m_scheme.highestZoom);
                const auto at = [&](int column) { return extent.getColumn(column).getDouble() / count; };
                made.m_bounds.add(fromWorld({at(0), 1 - at(2)}));
                made.m_bounds.add(fromWorld({at(1) + 1 / count, 1 - at(3) - 1 / count}));
            }
        }
        return made;
    } catch (const std::exception& e) {
        return base::fail(base::Code::malformed, name + " is not an MBTiles file, or is damaged: " + e.what());
    }
}

std::optional<std::string> PictureFile::get(const TileKey& key) const {
    SQLite::Statement select(
        *m_db, "SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ? LIMIT 1");
    bindKey(select, 1, key);
    if (!select.executeStep() || static_cast<std::size_t>(select.getColumn(0).getBytes()) > mostPictureBytes)
        return std::nullopt;
    return select.getColumn(0).getString();
}

PictureCache::PictureCache(std::filesystem::path file, std::uint64_t mostBytes, std::string name, std::string source)
    : m_file(std::move(file)), m_mostBytes(mostBytes), m_name(std::move(name)), m_source(std::move(source)) {}

void PictureCache::openOnce() {
    if (m_db)
        return;
    for (int attempt = 0; attempt < 2 && !m_db && !m_file.empty(); ++attempt) {
        std::error_code ignored;
        std::filesystem::create_directories(m_file.parent_path(), ignored);
        try {
            m_db = open(m_file.string());
            if (m_db)
                m_bytes = static_cast<std::uint64_t>(
                    m_db->execAndGet("SELECT coalesce(sum(length(tile_data)), 0) FROM tiles").getInt64());
        } catch (const std::exception&) {
            m_db = nullptr;
        }
        if (!m_db)
            discard(m_file);
    }
    if (!m_db)
        keepInMemory();
    if (!m_db)
        throw std::runtime_error("there is no memory for pictures");
}

void PictureCache::keepInMemory() {
    m_bytes = 0;
    try {
        m_db = open(":memory:");
    } catch (const std::exception&) {
        m_db = nullptr;
    }
    m_mostBytes = std::min<std::uint64_t>(m_mostBytes, 64U << 20U);
}

std::unique_ptr<SQLite::Database> PictureCache::open(const std::string& file) const {
    auto db = std::make_unique<SQLite::Database>(file, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, 2000);
    db->exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -1024;"
             "CREATE TABLE IF NOT EXISTS metadata (name TEXT PRIMARY KEY, value TEXT);"
             "CREATE TABLE IF NOT EXISTS tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER,"
             " tile_data BLOB, fetched INTEGER NOT NULL DEFAULT 0, expires INTEGER NOT NULL DEFAULT 0,"
             " UNIQUE (zoom_level, tile_column, tile_row));");
    (void)db->execAndGet("SELECT count(fetched) + count(expires) FROM (SELECT * FROM tiles LIMIT 1)");
    const std::string source = metadata(*db, "tocsin:source");
    if (!source.empty() && source != m_source)
        return nullptr;
    const std::pair<std::string, std::string> rows[] = {
        {"name", m_name}, {"format", "png"}, {"type", "baselayer"}, {"tocsin:source", m_source}};
    for (const auto& [key, value] : rows) {
        SQLite::Statement insert(*db, "INSERT OR IGNORE INTO metadata VALUES (?, ?)");
        insert.bind(1, key);
        insert.bind(2, value);
        insert.exec();
    }
    return db;
}

std::optional<PictureCache::Kept> PictureCache::get(const TileKey& key) {
    try {
        openOnce();
        SQLite::Statement select(*m_db, "SELECT tile_data, expires FROM tiles"
                                        " WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?");
        bindKey(select, 1, key);
        if (!select.executeStep())
            return std::nullopt;
        return Kept{select.getColumn(0).getString(), select.getColumn(1).getInt64()};
    } catch (const std::exception&) {
        return std::nullopt;
    }
}

void PictureCache::put(const TileKey& key, const std::string& bytes, std::int64_t fetched, std::int64_t expires) {
    try {
        openOnce();
        SQLite::Statement insert(*m_db, "INSERT OR REPLACE INTO tiles VALUES (?, ?, ?, ?, ?, ?)");
        bindKey(insert, 1, key);
        insert.bind(4, bytes.data(), static_cast<int>(bytes.size()));
        insert.bind(5, fetched);
        insert.bind(6, expires);
        insert.exec();
        m_bytes += bytes.size();
        if (m_bytes > m_mostBytes)
            shrink();
    } catch (const std::exception&) {
        keepInMemory(); // full or read-only disk
    }
}

void PictureCache::shrink() {
    // The oldest third goes, the widest views last: they stand in for all others when the network is gone.
    m_db->exec("DELETE FROM tiles WHERE rowid IN (SELECT rowid FROM tiles ORDER BY zoom_level <= 12, fetched"
               " LIMIT (SELECT count(*) / 3 + 1 FROM tiles))");
    m_bytes = static_cast<std::uint64_t>(
        m_db->execAndGet("SELECT coalesce(sum(length(tile_data)), 0) FROM tiles").getInt64());
}

} // namespace tocsin::map
