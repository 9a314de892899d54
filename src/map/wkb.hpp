#pragma once

#include <cstddef>
#include <mapnik/box2d.hpp>
#include <mapnik/geometry.hpp>
#include <optional>

namespace tocsin::map {

/// Reads the geometry of a GeoPackage cell (OGC 12-128r18, 2.1.3: header, then ISO WKB, 2D or with Z/M, which are
/// dropped). Never reads past `size`; nothing for what is not one, is empty, or has a coordinate that is not finite.
/// Points of lines and rings nearer than `least` to the one before are left out. Of a line only the parts that are
/// `within` are given: a contour may go round the whole county.
[[nodiscard]] std::optional<mapnik::geometry::geometry<double>>
readGeoPackageGeometry(const void* bytes, std::size_t size, double least = 0,
                       const mapnik::box2d<double>* within = nullptr);

} // namespace tocsin::map
