#include "county/gdal_tools.hpp"
#include "county/overlays.hpp"
#include "tocsin/county/base_map_import.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <numbers>

namespace tocsin::county {

namespace fs = std::filesystem;

namespace {

constexpr int highestZoom = 22;
constexpr int mostBytes = 4 << 20; // of one tile

const char* pictureFormat(std::string_view bytes) {
    if (bytes.starts_with("\x89PNG\r\n\x1a\n"))
        return "png";
    if (bytes.starts_with("\xff\xd8\xff"))
        return "jpg";
    if (bytes.starts_with("RIFF") && bytes.substr(8, 4) == "WEBP")
        return "webp";
    return nullptr;
}

constexpr const char* vectorTiles = " holds vector tiles, from which a picture would have to be drawn; the desk takes "
                                    "raster tiles: MBTiles of PNG, JPEG "
                                    "or WebP";

std::map<std::string, std::string> metadataOf(SQLite::Database& database) {
    std::map<std::string, std::string> out;
    if (!database.tableExists("metadata"))
        return out;
    SQLite::Statement rows(database, "SELECT name, value FROM metadata LIMIT 1000");
    while (rows.executeStep()) {
        const std::string value = rows.getColumn(1).getString();
        if (value.size() < 4096 && base::isUtf8(value))
            out[rows.getColumn(0).getString()] = value;
    }
    return out;
}

/// A cut-off SQLite file may open and even answer: its header knows how long it should be.
void needWhole(const fs::path& file, const std::string& header) {
    const auto number = [&](std::size_t at, std::size_t count) {
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < count; ++i)
            value = value << 8U | static_cast<std::uint8_t>(header[at + i]);
        return value;
    };
    const auto page = number(16, 2);
    const auto should = (page == 1 ? 65536 : page) * number(28, 4);
    std::error_code ec;
    const auto is = fs::file_size(file, ec);
    if (header.substr(24, 4) == header.substr(92, 4) && is < should)
        refuse(base::Code::malformed, file.filename().string() + " is cut off: " + std::to_string(is) + " of " +
                                          std::to_string(should) + " bytes are there");
}

struct Range {
    std::int64_t left;
    std::int64_t right;
    std::int64_t bottom;
    std::int64_t top;
};

/// "west,south,east,north" of the tiles of one zoom; rows count from the south.
std::string boundsOf(int zoom, const Range& range) {
    const double across = std::pow(2.0, zoom);
    const auto latitude = [&](double row) {
        return std::atan(std::sinh((2 * row / across - 1) * std::numbers::pi)) * 180 / std::numbers::pi;
    };
    char text[120];
    std::snprintf(text, sizeof text, "%.6f,%.6f,%.6f,%.6f", static_cast<double>(range.left) / across * 360 - 180,
                  latitude(static_cast<double>(range.bottom)),
                  static_cast<double>(range.right + 1) / across * 360 - 180,
                  latitude(static_cast<double>(range.top + 1)));
    return text;
}

class TileCopy {
  public:
    TileCopy(const fs::path& from, const fs::path& to, std::string name)
        : m_name(std::move(name)), m_from(from.string(), SQLite::OPEN_READONLY),
          m_to(to.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE) {
        m_from.exec("PRAGMA trusted_schema=0; PRAGMA cell_size_check=1");
        m_to.exec("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF"); // it is nobody's file yet
    }

    void check() {
        SQLite::Statement check(m_from, "PRAGMA quick_check(1)");
        if (check.executeStep() && check.getColumn(0).getString() != "ok")
            refuse(base::Code::malformed, m_name + " is damaged: " + check.getColumn(0).getString());
        SQLite::Statement tiles(m_from,
                                "SELECT count(*) FROM sqlite_master WHERE name = 'tiles' COLLATE NOCASE AND type "
                                "IN ('table', 'view')");
        if (!tiles.executeStep() || tiles.getColumn(0).getInt() == 0)
            refuse(base::Code::malformed, m_name + " is no MBTiles file: it has no tiles");
        metadata = metadataOf(m_from);
        if (metadata["format"] == "pbf" || metadata["format"] == "mvt")
            refuse(base::Code::malformed, m_name + vectorTiles);
    }

    void copy(TilesSummary& summary, const ProgressPart& progress) {
        m_to.exec("CREATE TABLE metadata(name TEXT PRIMARY KEY, value TEXT);"
                  "CREATE TABLE tiles(zoom_level INTEGER NOT NULL, tile_column INTEGER NOT NULL, tile_row INTEGER NOT "
                  "NULL, tile_data BLOB NOT NULL, PRIMARY KEY(zoom_level, tile_column, tile_row))");
        SQLite::Transaction transaction(m_to);
        const auto total = std::max<std::int64_t>(1, m_from.execAndGet("SELECT count(*) FROM tiles").getInt64());
        SQLite::Statement rows(m_from, "SELECT zoom_level, tile_column, tile_row, tile_data FROM tiles");
        SQLite::Statement put(m_to, "INSERT OR REPLACE INTO tiles VALUES(?,?,?,?)");
        while (rows.executeStep()) {
            if (++summary.tiles % 256 == 0)
                progress.at(static_cast<double>(summary.tiles) / static_cast<double>(total));
            copyOne(rows, put, summary);
        }
        if (summary.tiles == 0)
            refuse(base::Code::malformed, m_name + " has no tiles");
        summary.lowestZoom = m_ranges.begin()->first;
        summary.highestZoom = m_ranges.rbegin()->first;
        summary.format = m_format;
        writeMetadata(summary);
        transaction.commit();
    }

    std::map<std::string, std::string> metadata;

  private:
    void copyOne(SQLite::Statement& rows, SQLite::Statement& put, const TilesSummary& summary) {
        const auto zoom = rows.getColumn(0).getInt64();
        const auto column = rows.getColumn(1).getInt64();
        const auto row = rows.getColumn(2).getInt64();
        const auto blob = rows.getColumn(3);
        const auto at = [&] {
            return "tile " + std::to_string(zoom) + '/' + std::to_string(column) + '/' + std::to_string(row) + " of " +
                   m_name;
        };
        if (zoom < 0 || zoom > highestZoom || column < 0 || row < 0 || column >= std::int64_t{1} << zoom ||
            row >= std::int64_t{1} << zoom)
            refuse(base::Code::outOfRange, at() + " lies outside the pyramid of zooms 0 to 22");
        if (blob.getBytes() > mostBytes)
            refuse(base::Code::tooLarge, at() + " is larger than 4 MB");
        const std::string_view bytes(static_cast<const char*>(blob.getBlob()),
                                     static_cast<std::size_t>(blob.getBytes()));
        const char* format = pictureFormat(bytes);
        if (!format && (bytes.starts_with("\x1f\x8b") || bytes.starts_with("\x1a")))
            refuse(base::Code::malformed, m_name + vectorTiles);
        if (!format)
            refuse(base::Code::malformed, at() + " is no PNG, JPEG or WebP picture");
        if (summary.tiles == 1)
            m_format = format;
        auto& range = m_ranges.try_emplace(static_cast<int>(zoom), Range{column, column, row, row}).first->second;
        range = {std::min(range.left, column), std::max(range.right, column), std::min(range.bottom, row),
                 std::max(range.top, row)};
        put.reset();
        put.bind(1, zoom);
        put.bind(2, column);
        put.bind(3, row);
        put.bindNoCopy(4, bytes.data(), static_cast<int>(bytes.size()));
        put.exec();
    }

    void writeMetadata(const TilesSummary& summary) {
        SQLite::Statement put(m_to, "INSERT INTO metadata VALUES(?,?)");
        const std::pair<const char*, std::string> pairs[] = {
            {"name", summary.name},
            {"format", m_format},
            {"type", "baselayer"},
            {"minzoom", std::to_string(summary.lowestZoom)},
            {"maxzoom", std::to_string(summary.highestZoom)},
            {"bounds", boundsOf(summary.highestZoom, m_ranges.rbegin()->second)},
            {"attribution", metadata["attribution"]},
        };
        for (const auto& [key, value] : pairs) {
            put.reset();
            put.bind(1, key);
            put.bind(2, value);
            put.exec();
        }
    }

    std::string m_name;
    SQLite::Database m_from;
    SQLite::Database m_to;
    std::string m_format;
    std::map<int, Range> m_ranges;
};

TilesSummary run(const CountyFolder& folder, const fs::path& file, const std::string& name, const ProgressSink& sink,
                 const std::stop_token& cancel) {
    std::error_code ec;
    TilesSummary summary;
    const std::string fileName = file.filename().string();
    BaseMap base;
    {
        const ImportRoom room(folder);
        if (!fs::is_regular_file(file, ec))
            refuse(base::Code::notFound, file.string() + " is not there, or is no file");
        std::string header(100, '\0');
        std::ifstream in(file, std::ios::binary);
        in.read(header.data(), 100);
        if (header.starts_with("PMTiles"))
            refuse(base::Code::malformed,
                   fileName + " is a PMTiles archive" +
                       (header[99] == '\1' ? std::string(" and") + vectorTiles
                                           : std::string("; the desk takes MBTiles, into which it can be converted")));
        if (in.gcount() < 100 || !header.starts_with("SQLite format 3"))
            refuse(base::Code::malformed, fileName + " is no MBTiles file");
        needWhole(file, header);
        fs::create_directories(folder.baseMaps(), ec);
        if (ec)
            refuse(base::Code::storage, "cannot make the folder " + folder.baseMaps().string());

        summary.file = tableName(name.empty() ? file.stem().string() : name) + ".mbtiles";
        FileInMaking made(folder.baseMaps() / summary.file);
        {
            TileCopy copy(file, made.path(), fileName);
            copy.check();
            summary.name = !name.empty()                   ? name
                           : copy.metadata["name"].empty() ? file.stem().string()
                                                           : copy.metadata["name"];
            const auto config = loadConfig(folder);
            if (!config)
                refuse(config.error().code, config.error().describe());
            for (const auto& other : config->baseMaps)
                if (other.name.text == summary.name || other.file == summary.file)
                    refuse(base::Code::conflict, "there is a base map " + other.name.text +
                                                     " already: say another name by "
                                                     "--name, or 'tocsin import remove' it first");
            base.attribution = copy.metadata["attribution"];
            base.overlay = copy.metadata["type"] == "overlay";
            copy.copy(summary, ProgressPart(sink, cancel, "Copying the tiles", 0, 0.98));
        }
        stopIfCancelled(cancel);
        made.finish();
    }
    base.name = summary.name;
    base.file = summary.file;
    base.lowestZoom = summary.lowestZoom;
    base.highestZoom = summary.highestZoom;
    if (const auto added = addBaseMap(folder, base); !added) {
        fs::remove(folder.baseMaps() / summary.file, ec);
        refuse(added.error().code, added.error().message);
    }
    ProgressPart(sink, {}, "Done", 1, 1).at(1);
    return summary;
}

} // namespace

base::Result<TilesSummary> importTiles(const CountyFolder& folder, const fs::path& file, const std::string& name,
                                       const ProgressSink& progress, std::stop_token cancel) {
    std::error_code ec;
    const bool hadFolder = fs::exists(folder.baseMaps(), ec);
    auto done = importing<TilesSummary>([&]() -> base::Result<TilesSummary> {
        try {
            return run(folder, file, name, progress, cancel);
        } catch (const SQLite::Exception& e) {
            const bool disk = e.getErrorCode() == 10 || e.getErrorCode() == 13; // SQLITE_IOERR, SQLITE_FULL
            return base::fail(disk ? base::Code::storage : base::Code::malformed,
                              disk ? std::string("cannot copy the tiles: ") + e.what()
                                   : file.filename().string() + " is damaged or no MBTiles file: " + e.what());
        }
    });
    if (!done && !hadFolder)
        fs::remove(folder.baseMaps(), ec); // only while it is empty
    return done;
}

} // namespace tocsin::county
