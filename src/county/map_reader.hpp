#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/base/text.hpp"
#include "tocsin/geo/measure.hpp"
#include "tocsin/model/position.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::county {

/// Reading the county's map without GDAL: geometries of a GeoPackage are a short header and well-known binary.
/// https://www.geopackage.org/spec131/#gpb_format

/// The points of a line, in WGS-84; empty when the blob is something else or damaged.
[[nodiscard]] model::Line lineOf(std::string_view geoPackageBinary);
/// The rings of a polygon or multipolygon, outer and inner alike, in WGS-84. A point is inside when an odd number of
/// them contains it.
[[nodiscard]] std::vector<model::Line> ringsOf(std::string_view geoPackageBinary);
[[nodiscard]] std::string_view blobOf(const SQLite::Column& column);

struct Mercator {
    double x{0};
    double y{0};
};
[[nodiscard]] Mercator mercatorOf(const model::Position& p);

struct MapLine {
    std::string cls;
    base::LocalText name;
    model::Line points;
};
/// Lines of a layer ("road", "water_line") that meet `where`, an SQL condition written by the caller.
/// Throws SQLite::Exception.
[[nodiscard]] std::vector<MapLine> readLines(SQLite::Database& map, const std::string& layer, const std::string& where);

/// `text`, with the Chinese beside it where there is one.
[[nodiscard]] base::LocalText bilingual(std::string text, std::string chinese);

} // namespace tocsin::county
