#include "map/map_layer.hpp"

#include "map/wkb.hpp"

#include <SQLiteCpp/Statement.h>
#include <algorithm>
#include <mapnik/feature.hpp>
#include <mapnik/feature_factory.hpp>
#include <mapnik/geometry_envelope.hpp>
#include <mapnik/query.hpp>
#include <mapnik/unicode.hpp>
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

/// The rows of a query as features, one at a time.
class Rows final : public mapnik::Featureset {
  public:
    Rows(const std::shared_ptr<SQLite::Database>& file, const std::string& select, const mapnik::query& query)
        : m_file(file), m_statement(*file, select), m_context(std::make_shared<mapnik::context_type>()),
          m_transcoder("utf-8") {
        const auto& box = query.get_bbox();
        m_statement.bind(1, box.minx());
        m_statement.bind(2, box.maxx());
        m_statement.bind(3, box.miny());
        m_statement.bind(4, box.maxy());
        m_names.resize(static_cast<std::size_t>(m_statement.getColumnCount()));
        for (int i = 1; i < m_statement.getColumnCount(); ++i) {
            m_names[static_cast<std::size_t>(i)] = m_statement.getColumnName(i);
            m_context->push(m_names[static_cast<std::size_t>(i)]);
        }
        // What is smaller than a third of a pixel is not seen.
        m_least = 0.33 / std::max(1e-9, std::get<0>(query.resolution()));
    }

    mapnik::feature_ptr next() override {
        while (m_statement.executeStep()) {
            const SQLite::Column cell = m_statement.getColumn(0);
            auto geometry = readGeoPackageGeometry(cell.getBlob(), static_cast<std::size_t>(cell.getBytes()));
            if (!geometry)
                continue;
            if (!geometry->is<mapnik::geometry::point<double>>()) {
                const auto box = mapnik::geometry::envelope(*geometry);
                if (box.width() < m_least && box.height() < m_least)
                    continue;
            }
            auto feature = mapnik::feature_factory::create(m_context, ++m_count);
            feature->set_geometry(std::move(*geometry));
            for (int i = 1; i < m_statement.getColumnCount(); ++i)
                put(*feature, i);
            return feature;
        }
        return {};
    }

  private:
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
    std::vector<std::string> m_names;
    double m_least{0};
    mapnik::value_integer m_count{0};
};

} // namespace

MapLayer::MapLayer(std::shared_ptr<SQLite::Database> file, const std::string& what, const std::string& language)
    : mapnik::datasource(mapnik::parameters()), m_file(std::move(file)), m_descriptor(what, "utf-8") {
    const std::size_t blank = what.find(' ');
    const std::string table = what.substr(0, blank);
    const std::string tail = blank == std::string::npos ? std::string() : what.substr(blank + 1);
    if (!m_file->tableExists(table))
        return;

    std::string geometry = "geom";
    SQLite::Statement column(*m_file, "SELECT column_name FROM gpkg_geometry_columns WHERE table_name = ?");
    column.bind(1, table);
    if (column.executeStep())
        geometry = column.getColumn(0).getString();

    std::vector<std::string> names;
    std::string key = "rowid";
    SQLite::Statement info(*m_file, "PRAGMA table_info(" + sqlName(table) + ")");
    while (info.executeStep()) {
        const std::string name = info.getColumn(1).getString();
        if (name != geometry && info.getColumn(5).getInt() == 0)
            names.push_back(name);
    }
    std::string select = "SELECT m." + sqlName(geometry);
    for (const std::string& name : names) {
        select += ", m." + sqlName(name);
        m_descriptor.add_descriptor(mapnik::attribute_descriptor(name, mapnik::String));
    }
    // A name in the reader's language, else as people there write it.
    const std::string own = "name_" + language.substr(0, language.find('_'));
    const auto has = [&](const std::string& name) {
        return std::find(names.begin(), names.end(), name) != names.end();
    };
    if (has("name")) {
        select += has(own) ? ", coalesce(nullif(m." + sqlName(own) + ", ''), m.name) AS label" : ", m.name AS label";
        m_descriptor.add_descriptor(mapnik::attribute_descriptor("label", mapnik::String));
    }
    const std::string tree = "rtree_" + table + "_" + geometry;
    std::string where;
    std::string order;
    const std::size_t ordered = tail.find("order by ");
    const std::string condition = tail.substr(0, ordered);
    if (condition.starts_with("where "))
        where = " AND (" + condition.substr(6) + ")";
    order = ordered == std::string::npos ? " ORDER BY m." + key : " " + tail.substr(ordered);
    if (!m_file->tableExists(tree)) // a map without an R-tree is slow, but a map
        m_select = select + " FROM " + sqlName(table) + " m WHERE ?1 <= ?2 AND ?3 <= ?4" + where + order;
    else
        m_select = select + " FROM " + sqlName(tree) + " r JOIN " + sqlName(table) + " m ON m." + key +
                   " = r.id WHERE r.maxx >= ?1 AND r.minx <= ?2 AND r.maxy >= ?3 AND r.miny <= ?4" + where + order;
}

boost::optional<mapnik::datasource_geometry_t> MapLayer::get_geometry_type() const {
    return {};
}

mapnik::featureset_ptr MapLayer::features(const mapnik::query& query) const {
    if (m_select.empty())
        return mapnik::make_invalid_featureset();
    return std::make_shared<Rows>(m_file, m_select, query);
}

mapnik::featureset_ptr MapLayer::features_at_point(const mapnik::coord2d&, double) const {
    return mapnik::make_invalid_featureset();
}

mapnik::box2d<double> MapLayer::envelope() const {
    constexpr double edge = std::numbers::pi * 6'378'137.0; // the mercator square: the R-tree decides what is there
    return {-edge, -edge, edge, edge};
}

} // namespace tocsin::map
