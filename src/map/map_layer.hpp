#pragma once

#include <SQLiteCpp/Database.h>
#include <mapnik/datasource.hpp>
#include <memory>
#include <string>

namespace tocsin::map {

/// One layer of the county's map for Mapnik, straight from the GeoPackage and its R-tree, so that memory does not grow
/// with the county. Belongs to one thread, as its connection does.
class MapLayer final : public mapnik::datasource {
  public:
    /// `what` is the layer's name in the style: a table, and behind a blank an SQL tail ("road where z > 4 order by
    /// z"). `language` chooses the text that the style sees as [label]. Throws what SQLite throws; a table that the
    /// file lacks is an empty layer.
    MapLayer(std::shared_ptr<SQLite::Database> file, const std::string& what, const std::string& language);

    [[nodiscard]] datasource_t type() const override { return datasource::Vector; }
    [[nodiscard]] boost::optional<mapnik::datasource_geometry_t> get_geometry_type() const override;
    [[nodiscard]] mapnik::featureset_ptr features(const mapnik::query& query) const override;
    [[nodiscard]] mapnik::featureset_ptr features_at_point(const mapnik::coord2d& point,
                                                           double tolerance) const override;
    [[nodiscard]] mapnik::box2d<double> envelope() const override;
    [[nodiscard]] mapnik::layer_descriptor get_descriptor() const override { return m_descriptor; }

  private:
    std::shared_ptr<SQLite::Database> m_file;
    std::string m_select; ///< with five parameters: west, east, south, north, least size; empty if there is no table
    mapnik::layer_descriptor m_descriptor;
};

} // namespace tocsin::map
