#pragma once

#include "county/gdal_tools.hpp"
#include "tocsin/model/position.hpp"

#include <ogrsf_frmts.h>
#include <optional>

namespace tocsin::county {

enum class ShapeKind : unsigned char { point, line, polygon };
[[nodiscard]] const char* toString(ShapeKind kind);

/// Brings shapes from their own reference and datum to EPSG:3857, and mends areas.
class ShapeConverter {
  public:
    /// `from` must outlive it. Throws ImportFault when there is no way from it to WGS-84.
    ShapeConverter(const OGRSpatialReference& from, model::Datum datum);
    ~ShapeConverter();

    struct Made {
        std::vector<std::pair<ShapeKind, std::unique_ptr<OGRGeometry>>> parts; ///< points single, the others multi
        bool repaired{false};
        std::string fault; ///< why nothing was made
    };
    [[nodiscard]] Made convert(const OGRGeometry& geometry) const;

  private:
    [[nodiscard]] std::string toMercator(OGRGeometry& geometry) const;
    std::unique_ptr<OGRCoordinateTransformation> m_toDegrees; ///< null: they are degrees of WGS-84 already
    std::unique_ptr<OGRCoordinateTransformation> m_toMercator;
    model::Datum m_datum;
};

} // namespace tocsin::county
