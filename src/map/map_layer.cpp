#include "map/map_layer.hpp"

#include "map/row_feature.hpp"
#include "map/wkb.hpp"

#include <SQLiteCpp/Statement.h>
#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <mapnik/feature.hpp>
#include <mapnik/query.hpp>
#include <numbers>
#include <vector>

namespace tocsin::map {
namespace {

std::string sqlName(const std::string& name) {
    std::string out = "\"";
    for (const char c : name) {
        out += c;
        if (c == '"')
            out += c;
    }
    return out + '"';
}

/// A row of a statement whose first column is the geometry.
class StatementRow final : public MapRow {
  public:
    explicit StatementRow(const SQLite::Statement& statement) : m_statement(statement) {}
    std::string_view geometry() const override {
        const SQLite::Column cell = m_statement.getColumn(0);
        const auto* bytes = static_cast<const char*>(cell.getBlob());
        return bytes == nullptr ? std::string_view()
                                : std::string_view(bytes, static_cast<std::size_t>(cell.getBytes()));
    }
    Value value(std::size_t column) const override {
        const SQLite::Column cell = m_statement.getColumn(static_cast<int>(column) + 1);
        if (cell.isInteger())
            return std::int64_t{cell.getInt64()};
        if (cell.isFloat())
            return cell.getDouble();
        if (cell.isText()) {
            const char* text = cell.getText();
            return std::string_view(text, static_cast<std::size_t>(cell.getBytes()));
        }
        return {};
    }

  private:
    const SQLite::Statement& m_statement;
};

/// Rows for Mapnik.
class Features final : public mapnik::Featureset {
  public:
    mapnik::feature_ptr next() override { return m_next < m_features.size() ? m_features[m_next++] : nullptr; }
    void add(mapnik::feature_ptr feature) { m_features.push_back(std::move(feature)); }
    [[nodiscard]] std::size_t size() const { return m_features.size(); }

  private:
    std::vector<mapnik::feature_ptr> m_features;
    std::size_t m_next{0};
};

} // namespace

std::shared_ptr<SQLite::Database> openMapFile(const std::filesystem::path& file) {
    auto opened = std::make_shared<SQLite::Database>(file.string(), SQLite::OPEN_READONLY | SQLite::OPEN_NOMUTEX, 2000);
    opened->exec("PRAGMA cache_size = -16384; PRAGMA mmap_size = 0");
    return opened;
}

MapLayer::MapLayer(std::shared_ptr<SQLite::Database> file, const std::string& what, const std::string& language,
                   std::shared_ptr<HeldTables> held, std::shared_ptr<std::string> trouble)
    : mapnik::datasource(mapnik::parameters()), m_file(std::move(file)), m_descriptor(what, "utf-8"),
      m_held(std::move(held)), m_trouble(std::move(trouble)) {
    const std::size_t blank = what.find(' ');
    const std::string table = what.substr(0, blank);
    std::string tail = blank == std::string::npos ? std::string() : what.substr(blank + 1);
    if (tail.starts_with("joined ")) {
        m_joined = true;
        tail.erase(0, 7);
    } else if (tail.starts_with("least ")) {
        const std::size_t end = std::min(tail.find(' ', 6), tail.size());
        double pixels = 0;
        std::from_chars(tail.data() + 6, tail.data() + end, pixels);
        m_leastPixels = std::clamp(pixels, leastSeen, 256.0);
        tail.erase(0, std::min(end + 1, tail.size()));
    }
    if (!m_file->tableExists(table))
        return;

    std::string geometry = "geom";
    SQLite::Statement column(*m_file, "SELECT * FROM gpkg_geometry_columns WHERE table_name = ?");
    column.bind(1, table);
    if (column.executeStep()) {
        geometry = column.getColumn("column_name").getString();
        m_points = column.getColumnCount() > 2 && column.getColumn(2).getString() == "POINT";
    }
    std::vector<std::string> names;
    const std::string key = "rowid";
    SQLite::Statement info(*m_file, "PRAGMA table_info(" + sqlName(table) + ")");
    while (info.executeStep()) {
        const std::string name = info.getColumn(1).getString();
        if (name != geometry && info.getColumn(5).getInt() == 0)
            names.push_back(name);
    }
    m_geometry = "m." + sqlName(geometry);
    for (const std::string& name : names)
        m_columns.emplace(name, "m." + sqlName(name));
    // A name in the reader's language, else as people there write it.
    const std::string own = "name_" + language.substr(0, language.find('_'));
    const auto has = [&](const std::string& name) {
        return std::find(names.begin(), names.end(), name) != names.end();
    };
    if (has("name"))
        m_columns.emplace("label", has(own) ? "coalesce(nullif(m." + sqlName(own) + ", ''), m.name)" : "m.name");
    if (has("elevation") && !has("height")) // below a peak's name
        m_columns.emplace("height", "CASE WHEN m.elevation THEN char(10) || CAST(round(m.elevation) AS INTEGER) || ' m'"
                                    " ELSE '' END");
    for (const auto& [name, sql] : m_columns)
        m_descriptor.add_descriptor(mapnik::attribute_descriptor(name, mapnik::String));
    const std::string tree = "rtree_" + table + "_" + geometry;
    std::string where;
    const std::size_t ordered = tail.find("order by ");
    const std::string condition = tail.substr(0, ordered);
    if (condition.starts_with("where "))
        where = " AND (" + condition.substr(6) + ")";
    const std::string order = ordered == std::string::npos ? " ORDER BY m." + key : " " + tail.substr(ordered);
    const std::string from = sqlName(table) + " m";
    if (!m_file->tableExists(tree)) { // a map without an R-tree is slow, but a map
        m_from = " FROM " + from + " WHERE ?1 <= ?2 AND ?3 <= ?4 AND ?5 >= 0" + where + order;
        return;
    }
    m_tree = tree;
    m_from = " FROM " + sqlName(tree) + " r CROSS JOIN " + from + " ON m." + key +
             " = r.id WHERE r.maxx >= ?1 AND r.minx <= ?2 AND r.maxy >= ?3 AND r.miny <= ?4" +
             (m_points ? " AND ?5 >= 0" : " AND (r.maxx - r.minx >= ?5 OR r.maxy - r.miny >= ?5)") + where + order;
}

boost::optional<mapnik::datasource_geometry_t> MapLayer::get_geometry_type() const {
    return {};
}

std::string MapLayer::selectOf(const std::vector<std::string>& columns) const {
    std::string select = "SELECT " + m_geometry;
    for (const std::string& name : columns) {
        const auto column = m_columns.find(name);
        select += ", " + (column == m_columns.end() ? "NULL" : column->second);
    }
    return select + m_from;
}

void MapLayer::readFile(const mapnik::box2d<double>& box, double least, const std::vector<std::string>& columns,
                        const std::function<void(const MapRow&)>& take) const {
    auto& kept = m_asked[columns].statement;
    if (!kept)
        kept.emplace(*m_file, selectOf(columns));
    SQLite::Statement& statement = *kept;
    const struct Reset { // no lock is held between two pictures, whatever ends this one
        SQLite::Statement& statement;
        ~Reset() { statement.tryReset(); }
    } reset{statement};
    statement.bind(1, box.minx());
    statement.bind(2, box.maxx());
    statement.bind(3, box.miny());
    statement.bind(4, box.maxy());
    statement.bind(5, least);
    const StatementRow row(statement);
    while (statement.executeStep())
        take(row);
}

std::shared_ptr<const HeldRows> MapLayer::heldRows(const std::vector<std::string>& columns) const {
    constexpr int mostRows = 40'000;
    const std::string key = m_file->getFilename() + '\n' + selectOf(columns);
    bool known = false;
    auto rows = m_held->find(key, known);
    if (known)
        return rows;
    SQLite::Statement count(*m_file, "SELECT count(*) FROM (SELECT 1 FROM " + sqlName(m_tree) + " LIMIT ?)");
    count.bind(1, mostRows + 1);
    std::shared_ptr<HeldRows> made;
    if (count.executeStep() && count.getColumn(0).getInt() <= mostRows) {
        made = std::make_shared<HeldRows>(columns.size());
        Shapes shapes;
        readFile(envelope(), 0, columns, [&](const MapRow& row) {
            shapes.clear();
            const std::string_view bytes = row.geometry();
            if (!made || !readGeoPackageGeometry(bytes.data(), bytes.size(), {}, 0, shapes))
                return;
            mapnik::box2d<double> box(shapes.points[0].x, shapes.points[0].y, shapes.points[0].x, shapes.points[0].y);
            for (const Point& point : shapes.points)
                box.expand_to_include(point.x, point.y);
            if (!made->add(row, box))
                made.reset();
        });
    }
    m_held->put(key, made);
    return made;
}

void MapLayer::read(const mapnik::box2d<double>& box, double pixel, const std::vector<std::string>& columns,
                    const std::function<void(const MapRow&)>& take) const {
    if (m_geometry.empty())
        return;
    const auto readAll = [&] {
        const double least = m_points ? 0 : m_leastPixels * pixel;
        auto& held = m_asked[columns].held;
        if (!held)
            held = m_held && !m_tree.empty() ? heldRows(columns) : nullptr;
        if (*held)
            (*held)->read(box, least, take);
        else
            readFile(box, least, columns, take);
    };
    if (!m_trouble)
        return readAll();
    try {
        readAll();
    } catch (const SQLite::Exception& e) {
        *m_trouble = std::filesystem::path(m_file->getFilename()).filename().string() + " cannot be read: " + e.what();
    }
}

mapnik::featureset_ptr MapLayer::features(const mapnik::query& query) const {
    const std::vector<std::string> columns(query.property_names().begin(), query.property_names().end());
    const double pixel = 1 / std::max(1e-9, std::get<0>(query.resolution()));
    const auto context = std::make_shared<mapnik::context_type>();
    for (const std::string& name : columns)
        context->push(name);
    auto features = std::make_shared<Features>();
    Shapes shapes;
    read(query.get_bbox(), pixel, columns, [&](const MapRow& row) {
        shapes.clear();
        const std::string_view bytes = row.geometry();
        if (!readGeoPackageGeometry(bytes.data(), bytes.size(), {}, leastSeen * pixel, shapes))
            return;
        auto feature =
            featureOf(row, context, columns, columns.size(), static_cast<mapnik::value_integer>(features->size()) + 1);
        feature->set_geometry(toMapnik(shapes, shapes.shapes.front()));
        features->add(std::move(feature));
    });
    return features;
}

mapnik::featureset_ptr MapLayer::features_at_point(const mapnik::coord2d&, double) const {
    return mapnik::make_invalid_featureset();
}

mapnik::box2d<double> MapLayer::envelope() const {
    constexpr double edge = std::numbers::pi * 6'378'137.0; // the mercator square: the R-tree decides what is there
    return {-edge, -edge, edge, edge};
}

} // namespace tocsin::map
