#pragma once

#include "map/shapes.hpp"

#include <cstddef>

namespace tocsin::map {

/// Appends the geometry of a GeoPackage cell (OGC 12-128r18, 2.1.3: header, then ISO WKB, 2D or with Z/M, which are
/// dropped) as one shape of the picture. Never reads past `size`. False, and nothing is appended, for what is not one,
/// is empty, or has a coordinate that is not finite. Points of lines and rings nearer than `least` to the one before
/// are left out, but not the ends.
bool readGeoPackageGeometry(const void* bytes, std::size_t size, const ToPicture& toPicture, double least,
                            Shapes& into);

} // namespace tocsin::map
