#pragma once

#include <cstddef>
#include <mapnik/geometry.hpp>
#include <optional>

namespace tocsin::map {

/// Reads the geometry of a GeoPackage cell (OGC 12-128r18, 2.1.3: header, then ISO WKB, 2D or with Z/M, which are
/// dropped). Never reads past `size`; nothing for what is not one, is empty, or has a coordinate that is not finite.
[[nodiscard]] std::optional<mapnik::geometry::geometry<double>> readGeoPackageGeometry(const void* bytes,
                                                                                       std::size_t size);

} // namespace tocsin::map
