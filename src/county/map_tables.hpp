#pragma once

#include "county/map_features.hpp"
#include "tocsin/county/osm_import.hpp"

#include <filesystem>
#include <functional>

namespace tocsin::county {

/// Which municipality contains a point: the deepest administrative boundary. Empty when none does.
class Municipalities {
  public:
    explicit Municipalities(const std::vector<BoundaryFeature>& boundaries);
    [[nodiscard]] const Names* of(osmium::Location at) const;

  private:
    struct Entry {
        const BoundaryFeature* feature;
        osmium::Location southWest;
        osmium::Location northEast;
    };
    std::vector<Entry> m_entries; ///< deepest first
};

struct TableCounts {
    std::size_t gazetteer{0};
    std::size_t facilities{0};
};

/// The tables beside the layers: gazetteer with its search index, facility, meta. `progress` gets 0…1.
[[nodiscard]] base::Result<TableCounts> writeTables(const MapFeatures& features, const ImportSummary& summary,
                                                    const ImportOptions& options, const std::filesystem::path& file,
                                                    const std::function<void(double)>& progress,
                                                    const std::stop_token& cancel);

} // namespace tocsin::county
