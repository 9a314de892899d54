#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/county/folder.hpp"
#include "tocsin/county/osm_import.hpp"
#include "tocsin/model/position.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace tocsin::county {

struct ElevationOptions {
    std::string crs;    ///< "EPSG:n" for files that name no reference
    double interval{0}; ///< of the contours, metres; 0: chosen from the relief's span
};

struct ElevationSummary {
    int width{0};
    int height{0};
    double lowest{0}; ///< metres
    double highest{0};
    double covered{0};  ///< 0…1, the part of the county's box that has heights
    double interval{0}; ///< of the contours, metres; every fifth is a major one
    std::int64_t contours{0};
};

/// Makes elevation.tif, relief.tif and contours.gpkg from GeoTIFF, HGT or zipped HGT files: several are one picture,
/// the later ones above. Clipped to the county's box and a tenth more on each side. What is no height (no-data, not
/// finite, below −11,000 m or above 9,000 m) stays unknown.
///
/// Errors: notFound (no county, no file), malformed (no heights, cut off, no reference), outOfRange (the heights lie
/// elsewhere), storage, unavailable, cancelled; each leaves what was there. Any thread.
[[nodiscard]] base::Result<ElevationSummary>
importElevation(const CountyFolder& folder, const std::vector<std::filesystem::path>& files,
                const ElevationOptions& options = {}, const ProgressSink& progress = {}, std::stop_token cancel = {});

/// Gives each road of the map its slope from elevation.tif; importElevation() does so itself, a new map needs it again.
/// Without heights nothing changes. notFound (no map), malformed, storage. Any thread.
[[nodiscard]] base::Result<void> gradeRoads(const CountyFolder& folder);

/// The county's heights. Thread safe; keeps some 16 MB of the file in memory.
class Heights {
  public:
    /// Opens elevation.tif: notFound, malformed.
    [[nodiscard]] static base::Result<std::unique_ptr<Heights>> open(const std::filesystem::path& file);
    ~Heights();
    Heights(const Heights&) = delete;
    Heights& operator=(const Heights&) = delete;

    /// Metres above the sea, bilinear between the middles of the cells; nothing outside or beside unknown heights.
    [[nodiscard]] std::optional<double> at(const model::Position& position) const;

  private:
    struct Impl;
    explicit Heights(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace tocsin::county
