#pragma once

#include "county/gdal_tools.hpp"
#include "tocsin/geo/measure.hpp"

#include <array>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace tocsin::county {

/// A raster with one band, from outside: opened, and found to be whole. All throw ImportFault.
struct RasterSource {
    Dataset set;
    std::string name;
    OGRSpatialReference reference;
    bool degrees{false}; ///< north-up cells in EPSG:4326
    geo::Box box;        ///< in WGS-84
    double cellEast{0};  ///< degrees
    double cellSouth{0};
};
/// GeoTIFF; with `heights` HGT and zipped HGT too. `crs` is for files that name no reference.
[[nodiscard]] RasterSource openRaster(const std::filesystem::path& file, const std::string& crs, bool heights,
                                      GdalSession& gdal);

/// A grid of cells in EPSG:4326, north up.
struct RasterGrid {
    double west{0};
    double north{0};
    double cellEast{0};
    double cellSouth{0};
    int width{0};
    int height{0};

    [[nodiscard]] geo::Box box() const;
    [[nodiscard]] std::array<double, 6> transform() const { return {west, cellEast, 0, north, 0, -cellSouth}; }
};
/// Cells over `box`, in step with the corner of `like`; coarser than `like` by a whole number where they would be more
/// than `most`.
[[nodiscard]] RasterGrid gridOver(const geo::Box& box, const RasterSource& like, double mostCells);
/// The box with a tenth of its size more on each side, on earth.
[[nodiscard]] geo::Box widened(const geo::Box& box);
[[nodiscard]] geo::Box common(const geo::Box& a, const geo::Box& b);
/// "46.9…47.3 N, 9.4…9.7 E"
[[nodiscard]] std::string inWords(const geo::Box& box);

/// GDAL's warper: `sources` into a new GeoTIFF (or MEM) of `words`.
[[nodiscard]] Dataset warp(const std::vector<GDALDataset*>& sources, const std::filesystem::path& file, Words words,
                           const ProgressPart& progress, GdalSession& gdal, const std::string& what);

/// A file that the program wrote: 32-bit floats, one band, EPSG:4326, north up. Code::malformed otherwise.
struct OwnRaster {
    Dataset set;
    RasterGrid grid;
    double noData{0};
};
[[nodiscard]] base::Result<OwnRaster> openOwnRaster(const std::filesystem::path& file);

} // namespace tocsin::county
