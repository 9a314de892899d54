#pragma once

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

namespace tocsin::map::test {

using Point = std::pair<double, double>; ///< web mercator metres: x east, y north

/// The bytes of a GeoPackage geometry cell without an envelope: a point, a line or a ring.
class Cell {
  public:
    enum class Kind { point = 1, line = 2, polygon = 3 };
    Cell(Kind kind, const std::vector<Point>& points) {
        m_bytes = std::string("GP\0\1", 4);
        add(std::uint32_t{3857});
        add(std::uint8_t{1});
        add(static_cast<std::uint32_t>(kind));
        if (kind == Kind::polygon)
            add(std::uint32_t{1});
        if (kind != Kind::point)
            add(static_cast<std::uint32_t>(points.size()));
        for (const auto& [x, y] : points) {
            add(x);
            add(y);
        }
    }
    [[nodiscard]] const std::string& bytes() const { return m_bytes; }

  private:
    template <typename T>
    void add(T value) {
        char raw[sizeof(T)];
        std::memcpy(raw, &value, sizeof(T));
        m_bytes.append(raw, sizeof(T));
    }
    std::string m_bytes;
};

/// A county of one lake and one road, centred on x = y = 1,000,000: a square lake of the given half edge.
inline void writeSmallMap(const std::filesystem::path& path, double lakeHalf) {
    std::filesystem::remove(path);
    SQLite::Database db(path.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    db.exec("CREATE TABLE gpkg_contents (table_name TEXT, min_x, min_y, max_x, max_y, srs_id);"
            "CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT);"
            "CREATE TABLE water_area (fid INTEGER PRIMARY KEY, geom BLOB, class TEXT, name TEXT, name_zh TEXT);"
            "CREATE TABLE road (fid INTEGER PRIMARY KEY, geom BLOB, class TEXT, name TEXT, bridge INTEGER,"
            " tunnel INTEGER, z INTEGER, ref TEXT, link INTEGER);"
            "INSERT INTO gpkg_contents VALUES ('road', 990000, 990000, 1010000, 1010000, 3857);"
            "INSERT INTO gpkg_geometry_columns VALUES ('road', 'geom'), ('water_area', 'geom')");
    const double low = 1'000'000 - lakeHalf;
    const double high = 1'000'000 + lakeHalf;
    const Cell lake(Cell::Kind::polygon, {{low, low}, {high, low}, {high, high}, {low, high}, {low, low}});
    SQLite::Statement water(db, "INSERT INTO water_area (geom, class, name) VALUES (?, 'lake', '')");
    water.bind(1, lake.bytes().data(), static_cast<int>(lake.bytes().size()));
    water.exec();
    const Cell way(Cell::Kind::line, {{990'000, 1'009'000}, {1'010'000, 1'009'000}});
    SQLite::Statement road(
        db, "INSERT INTO road (geom, class, name, bridge, tunnel, z) VALUES (?, 'primary', '', 0, 0, 7)");
    road.bind(1, way.bytes().data(), static_cast<int>(way.bytes().size()));
    road.exec();
}

/// Contours with one major line from west to east at this northing.
inline void writeContours(const std::filesystem::path& path, double northing) {
    SQLite::Database db(path.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    db.exec("CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT);"
            "CREATE TABLE contour (fid INTEGER PRIMARY KEY, geom BLOB, height REAL, major INTEGER);"
            "INSERT INTO gpkg_geometry_columns VALUES ('contour', 'geom')");
    const Cell line(Cell::Kind::line, {{990'000, northing}, {1'010'000, northing}});
    SQLite::Statement insert(db, "INSERT INTO contour (geom, height, major) VALUES (?, 500, 1)");
    insert.bind(1, line.bytes().data(), static_cast<int>(line.bytes().size()));
    insert.exec();
}

/// Overlays with one zone, a square in the south of the lake.
inline void writeOverlays(const std::filesystem::path& path) {
    SQLite::Database db(path.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    db.exec("CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT);"
            "CREATE TABLE overlay (name TEXT, title TEXT, kind TEXT, geometry TEXT);"
            "CREATE TABLE zones (fid INTEGER PRIMARY KEY, geom BLOB, name TEXT);"
            "INSERT INTO overlay VALUES ('zones', 'Zones', 'layer', 'polygon');"
            "INSERT INTO gpkg_geometry_columns VALUES ('zones', 'geom')");
    const Cell zone(
        Cell::Kind::polygon,
        {{998'000, 990'000}, {1'002'000, 990'000}, {1'002'000, 994'000}, {998'000, 994'000}, {998'000, 990'000}});
    SQLite::Statement insert(db, "INSERT INTO zones (geom, name) VALUES (?, 'HQ 100')");
    insert.bind(1, zone.bytes().data(), static_cast<int>(zone.bytes().size()));
    insert.exec();
}

/// A relief of one grey over the county: an uncompressed TIFF of bytes with the two tags that place it.
inline void writeRelief(const std::filesystem::path& path, unsigned char grey) {
    constexpr std::uint16_t edge = 64;
    std::string out("II*\0", 4);
    const auto add = [&](auto value) {
        char raw[sizeof(value)];
        std::memcpy(raw, &value, sizeof(value));
        out.append(raw, sizeof(value));
    };
    add(std::uint32_t{8});
    constexpr std::uint16_t tags = 11;
    constexpr std::uint32_t scaleAt = 8 + 2 + tags * 12 + 4;
    constexpr std::uint32_t tieAt = scaleAt + 24;
    constexpr std::uint32_t dataAt = tieAt + 48;
    add(tags);
    const auto tag = [&](std::uint16_t id, std::uint16_t type, std::uint32_t count, std::uint32_t value) {
        add(id);
        add(type);
        add(count);
        add(value);
    };
    tag(256, 3, 1, edge);                       // width
    tag(257, 3, 1, edge);                       // height
    tag(258, 3, 1, 8);                          // bits
    tag(259, 3, 1, 1);                          // not compressed
    tag(262, 3, 1, 1);                          // black is zero
    tag(273, 4, 1, dataAt);                     // strip
    tag(277, 3, 1, 1);                          // samples
    tag(278, 3, 1, edge);                       // rows a strip
    tag(279, 4, 1, std::uint32_t{edge} * edge); // bytes
    tag(33550, 12, 3, scaleAt);                 // ModelPixelScale
    tag(33922, 12, 6, tieAt);                   // ModelTiepoint
    add(std::uint32_t{0});
    for (const double v : {20'000.0 / edge, 20'000.0 / edge, 0.0})
        add(v);
    for (const double v : {0.0, 0.0, 0.0, 990'000.0, 1'010'000.0, 0.0})
        add(v);
    out.append(std::size_t{edge} * edge, static_cast<char>(grey));
    std::ofstream(path, std::ios::binary) << out;
}

} // namespace tocsin::map::test
