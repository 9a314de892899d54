#pragma once

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <cstring>
#include <filesystem>
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
            " tunnel INTEGER, z INTEGER);"
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

} // namespace tocsin::map::test
