#include "map/map_layer.hpp"

#include "map/line_join.hpp"
#include "map/wkb.hpp"

#include <SQLiteCpp/Statement.h>
#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <mapnik/feature.hpp>
#include <mapnik/feature_factory.hpp>
#include <mapnik/query.hpp>
#include <mapnik/unicode.hpp>
#include <numbers>
#include <vector>

namespace tocsin::map {
namespace {

/// Pixels: what is smaller is not seen, nor are points of a line that are nearer to each other.
constexpr double leastSeen = 0.33;

std::string sqlName(const std::string& name) {
    std::string out = "\"";
    for (const char c : name) {
        out += c;
        if (c == '"')
            out += c;
    }
    return out + '"';
}

/// The rows of a query as features, one at a time.
class Rows final : public mapnik::Featureset {
  public:
    Rows(const std::shared_ptr<SQLite::Database>& file, const std::string& select, const mapnik::query& query,
         double leastPixels, bool cut, std::shared_ptr<std::string> trouble)
        : m_file(file), m_statement(*file, select), m_context(std::make_shared<mapnik::context_type>()),
          m_transcoder("utf-8"), m_trouble(std::move(trouble)), m_box(query.get_bbox()), m_cut(cut) {
        const auto& box = m_box;
        const double pixel = 1 / std::max(1e-9, std::get<0>(query.resolution()));
        m_least = leastSeen * pixel;
        m_statement.bind(1, box.minx());
        m_statement.bind(2, box.maxx());
        m_statement.bind(3, box.miny());
        m_statement.bind(4, box.maxy());
        m_statement.bind(5, leastPixels * pixel);
        m_names.resize(static_cast<std::size_t>(m_statement.getColumnCount()));
        for (int i = 1; i < m_statement.getColumnCount(); ++i) {
            m_names[static_cast<std::size_t>(i)] = m_statement.getColumnName(i);
            m_context->push(m_names[static_cast<std::size_t>(i)]);
        }
    }

    mapnik::feature_ptr next() override {
        if (!m_trouble)
            return read();
        try {
            return read();
        } catch (const std::exception& e) {
            *m_trouble =
                std::filesystem::path(m_file->getFilename()).filename().string() + " cannot be read: " + e.what();
            return {};
        }
    }

  private:
    mapnik::feature_ptr read() {
        while (m_statement.executeStep()) {
            const SQLite::Column cell = m_statement.getColumn(0);
            auto geometry = readGeoPackageGeometry(cell.getBlob(), static_cast<std::size_t>(cell.getBytes()), m_least,
                                                   m_cut ? &m_box : nullptr);
            if (!geometry)
                continue;
            auto feature = mapnik::feature_factory::create(m_context, ++m_count);
            feature->set_geometry(std::move(*geometry));
            for (int i = 1; i < m_statement.getColumnCount(); ++i)
                put(*feature, i);
            return feature;
        }
        return {};
    }

    void put(mapnik::feature_impl& feature, int i) {
        const SQLite::Column cell = m_statement.getColumn(i);
        const std::string& name = m_names[static_cast<std::size_t>(i)];
        if (cell.isInteger())
            feature.put(name, static_cast<mapnik::value_integer>(cell.getInt64()));
        else if (cell.isFloat())
            feature.put(name, cell.getDouble());
        else if (cell.isText())
            feature.put(name, m_transcoder.transcode(cell.getText()));
    }

    std::shared_ptr<SQLite::Database> m_file;
    SQLite::Statement m_statement;
    mapnik::context_ptr m_context;
    mapnik::transcoder m_transcoder;
    std::shared_ptr<std::string> m_trouble;
    const mapnik::box2d<double> m_box;
    const bool m_cut; ///< long lines come in the parts that are in the box
    std::vector<std::string> m_names;
    double m_least{0};
    mapnik::value_integer m_count{0};
};

/// Pixels that a text takes at the least, in the smallest letters that the style has.
double leastWidth(std::string_view text) {
    double width = 0;
    for (const char c : text.substr(0, text.find(';'))) { // of several road numbers the first is shown
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80)
            width += 3.6;
        else if (byte >= 0xe3) // the first byte of Chinese, Japanese and Korean letters
            width += 8;
        else if (byte >= 0xc0)
            width += 3.6;
    }
    return width;
}

double lengthOf(const mapnik::geometry::line_string<double>& line) {
    double length = 0;
    for (std::size_t i = 1; i < line.size(); ++i)
        length += std::hypot(line[i].x - line[i - 1].x, line[i].y - line[i - 1].y);
    return length;
}

/// Lines of the same name and class, joined where they meet, without those that are too short for it: shaping a text
/// that will not fit is what costs most. They come in the order of their first piece.
class JoinedRows final : public mapnik::Featureset {
  public:
    /// `pixel` in the map's units.
    JoinedRows(mapnik::Featureset& rows, double pixel) {
        std::map<std::string, std::size_t> known;
        struct Group {
            mapnik::feature_ptr first;
            std::vector<mapnik::geometry::line_string<double>> pieces;
        };
        std::vector<Group> groups;
        while (auto feature = rows.next()) {
            const bool line = feature->get_geometry().is<mapnik::geometry::line_string<double>>();
            const bool lines = feature->get_geometry().is<mapnik::geometry::multi_line_string<double>>();
            if (!line && !lines) {
                m_features.push_back(std::move(feature));
                continue;
            }
            std::string key;
            for (const char* name : {"label", "class", "ref"})
                if (feature->has_key(name))
                    key += feature->get(name).to_string() + '\n';
            const auto [at, isNew] = known.emplace(std::move(key), groups.size());
            if (isNew)
                groups.push_back({feature, {}});
            auto& pieces = groups[at->second].pieces;
            if (line)
                pieces.push_back(std::move(feature->get_geometry().get<mapnik::geometry::line_string<double>>()));
            else
                for (auto& part : feature->get_geometry().get<mapnik::geometry::multi_line_string<double>>())
                    pieces.push_back(std::move(part));
        }
        for (Group& group : groups) {
            const char* name = group.first->has_key("ref") ? "ref" : "label";
            const double room = group.first->has_key(name) ? pixel * leastWidth(group.first->get(name).to_string()) : 0;
            for (auto& line : joinLines(std::move(group.pieces))) {
                if (lengthOf(line) < room)
                    continue;
                auto feature = mapnik::feature_factory::create(group.first->context(), group.first->id());
                for (const auto& [column, index] : *group.first->context())
                    feature->put(column, mapnik::value(group.first->get(index)));
                feature->set_geometry(std::move(line));
                m_features.push_back(std::move(feature));
            }
        }
    }
    mapnik::feature_ptr next() override { return m_next < m_features.size() ? m_features[m_next++] : nullptr; }

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
                   std::shared_ptr<std::string> trouble)
    : mapnik::datasource(mapnik::parameters()), m_file(std::move(file)), m_descriptor(what, "utf-8"),
      m_trouble(std::move(trouble)) {
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
    bool points = false;
    if (column.executeStep()) {
        geometry = column.getColumn("column_name").getString();
        points = column.getColumnCount() > 2 && column.getColumn(2).getString() == "POINT";
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
        m_columns.emplace_back(name, "m." + sqlName(name));
    // A name in the reader's language, else as people there write it.
    const std::string own = "name_" + language.substr(0, language.find('_'));
    const auto has = [&](const std::string& name) {
        return std::find(names.begin(), names.end(), name) != names.end();
    };
    if (has("name"))
        m_columns.emplace_back("label", has(own) ? "coalesce(nullif(m." + sqlName(own) + ", ''), m.name)" : "m.name");
    if (has("elevation") && !has("height")) // below a peak's name
        m_columns.emplace_back("height",
                               "CASE WHEN m.elevation THEN char(10) || CAST(round(m.elevation) AS INTEGER) || ' m'"
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
    m_from = " FROM " + sqlName(tree) + " r CROSS JOIN " + from + " ON m." + key +
             " = r.id WHERE r.maxx >= ?1 AND r.minx <= ?2 AND r.maxy >= ?3 AND r.miny <= ?4" +
             (points ? " AND ?5 >= 0" : " AND (r.maxx - r.minx >= ?5 OR r.maxy - r.miny >= ?5)") + where + order;
}

boost::optional<mapnik::datasource_geometry_t> MapLayer::get_geometry_type() const {
    return {};
}

mapnik::featureset_ptr MapLayer::features(const mapnik::query& query) const {
    if (m_geometry.empty())
        return mapnik::make_invalid_featureset();
    std::string select = "SELECT " + m_geometry;
    for (const auto& [name, sql] : m_columns)
        if (query.property_names().contains(name)) // the style uses few of them at a time
            select += ", " + sql + " AS " + sqlName(name);
    select += m_from;
    // A contour may go round the whole county. What has dashes comes whole: their beat goes on outside the view.
    const bool cut = m_joined || m_leastPixels > leastSeen;
    if (m_joined) {
        Rows rows(m_file, select, query, m_leastPixels, cut, m_trouble);
        return std::make_shared<JoinedRows>(rows, 1 / std::max(1e-9, std::get<0>(query.resolution())));
    }
    if (!m_trouble)
        return std::make_shared<Rows>(m_file, select, query, m_leastPixels, cut, nullptr);
    try {
        return std::make_shared<Rows>(m_file, select, query, m_leastPixels, cut, m_trouble);
    } catch (const std::exception& e) {
        *m_trouble = std::filesystem::path(m_file->getFilename()).filename().string() + " cannot be read: " + e.what();
        return mapnik::make_invalid_featureset();
    }
}

mapnik::featureset_ptr MapLayer::features_at_point(const mapnik::coord2d&, double) const {
    return mapnik::make_invalid_featureset();
}

mapnik::box2d<double> MapLayer::envelope() const {
    constexpr double edge = std::numbers::pi * 6'378'137.0; // the mercator square: the R-tree decides what is there
    return {-edge, -edge, edge, edge};
}

} // namespace tocsin::map
