#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/county/folder.hpp"
#include "tocsin/county/populated.hpp"
#include "tocsin/county/osm_import.hpp"
#include "tocsin/model/position.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

namespace tocsin::county {

struct PopulationOptions {
    std::string crs;                         ///< "EPSG:n" for a file that names no reference
    model::Datum datum{model::Datum::wgs84}; ///< of a table's coordinates
    bool strict{false};                      ///< one bad row refuses all
};

struct PopulationSummary {
    int width{0};
    int height{0};
    double fileTotal{0}; ///< persons in the whole file
    double total{0};     ///< of these, in the part that was taken: the county's box and a tenth more on each side
    std::size_t rows{0}; ///< of a table
    std::size_t leftOutCount{0};
    std::vector<std::pair<std::uint64_t, std::string>> leftOut; ///< the first twenty: line and reason
};

/// Makes population.tif from a GeoTIFF of persons in each cell, or from a table (CSV) with the columns latitude,
/// longitude and population, and perhaps a geometry as well-known text. Persons of a point are spread over a square as
/// wide as the points lie apart, persons of an area evenly over it. Totals are kept.
///
/// Errors as importElevation(); a fault in a table names its line. Any thread.
[[nodiscard]] base::Result<PopulationSummary>
importPopulation(const CountyFolder& folder, const std::filesystem::path& file, const PopulationOptions& options = {},
                 const ProgressSink& progress = {}, std::stop_token cancel = {});

/// Who lives where. Immutable once open, so thread safe.
class Population {
  public:
    /// Opens population.tif: notFound, malformed, tooLarge (over 64 million cells).
    [[nodiscard]] static base::Result<std::unique_ptr<Population>> open(const std::filesystem::path& file);
    ~Population();
    Population(const Population&) = delete;
    Population& operator=(const Population&) = delete;

    /// Persons per square kilometre; nothing where it is not known.
    [[nodiscard]] std::optional<double> at(const model::Position& position) const;
    /// Persons within a ring (closed or not) that does not cross itself; cells on its edge count by the part of their
    /// area inside.
    [[nodiscard]] double within(const model::Line& ring) const;
    [[nodiscard]] double total() const;
    /// Its people put together in squares of whole cells, no more than `most`; without those in which nobody lives.
    [[nodiscard]] std::vector<PopulatedPlace> squares(std::size_t most) const;

  private:
    struct Impl;
    explicit Population(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace tocsin::county
