#pragma once

#include "map/held_rows.hpp"
#include "map/row_source.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <filesystem>
#include <map>
#include <mapnik/datasource.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tocsin::map {

/// A GeoPackage opened to be read, without growing the memory.
[[nodiscard]] std::shared_ptr<SQLite::Database> openMapFile(const std::filesystem::path& file);

/// One layer of the county's map, from the GeoPackage and its R-tree, so that memory does not grow with the county; a
/// table that is small is read once and held. As rows for our own renderers, as features for Mapnik's. Belongs to one
/// thread, as its connection does; what is held is shared.
class MapLayer final : public mapnik::datasource, public RowSource {
  public:
    /// `what` is the layer's name in the style: a table, and behind a blank an SQL tail ("road where z > 4 order by
    /// z"), which may begin with the word "joined": lines of one name that meet are one,
    /// or with "least N": what is smaller than N pixels is left out. `language` chooses the text that the style sees as
    /// [label]. Throws what SQLite throws; a table that the file lacks is an empty layer. With `trouble`, what goes
    /// wrong while rows are read is written there and ends the layer, else it is thrown. Without `held` nothing is
    /// held.
    MapLayer(std::shared_ptr<SQLite::Database> file, const std::string& what, const std::string& language,
             std::shared_ptr<HeldTables> held, std::shared_ptr<std::string> trouble = nullptr);

    void read(const mapnik::box2d<double>& box, double pixel, const std::vector<std::string>& columns,
              const std::function<void(const MapRow&)>& take) const override;
    [[nodiscard]] bool joined() const override { return m_joined; }

    [[nodiscard]] datasource_t type() const override { return datasource::Vector; }
    [[nodiscard]] boost::optional<mapnik::datasource_geometry_t> get_geometry_type() const override;
    [[nodiscard]] mapnik::featureset_ptr features(const mapnik::query& query) const override;
    [[nodiscard]] mapnik::featureset_ptr features_at_point(const mapnik::coord2d& point,
                                                           double tolerance) const override;
    [[nodiscard]] mapnik::box2d<double> envelope() const override;
    [[nodiscard]] mapnik::layer_descriptor get_descriptor() const override { return m_descriptor; }

  private:
    [[nodiscard]] std::string selectOf(const std::vector<std::string>& columns) const;
    void readFile(const mapnik::box2d<double>& box, double least, const std::vector<std::string>& columns,
                  const std::function<void(const MapRow&)>& take) const;
    /// Nothing for a table that is too large.
    [[nodiscard]] std::shared_ptr<const HeldRows> heldRows(const std::vector<std::string>& columns) const;

    std::shared_ptr<SQLite::Database> m_file;
    std::string m_geometry;                       ///< the geometry's column; empty if there is no table
    std::map<std::string, std::string> m_columns; ///< what the style may use, and its SQL
    std::string m_from;                           ///< with five parameters: west, east, south, north, least size
    bool m_joined{false};
    double m_leastPixels{0.33};
    mapnik::layer_descriptor m_descriptor;
    std::string m_tree;   ///< the R-tree's table; empty if there is none
    bool m_points{false}; ///< all are, and have no size
    std::shared_ptr<HeldTables> m_held;
    std::shared_ptr<std::string> m_trouble;
    struct Asked {
        std::optional<std::shared_ptr<const HeldRows>> held; ///< null: the table is read each time
        std::optional<SQLite::Statement> statement;
    };
    mutable std::map<std::vector<std::string>, Asked> m_asked; ///< by columns
};

} // namespace tocsin::map
