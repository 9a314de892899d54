#pragma once

#include "tocsin/base/id.hpp"
#include "tocsin/base/result.hpp"
#include "tocsin/base/text.hpp"
#include "tocsin/county/osm_import.hpp"
#include "tocsin/geo/measure.hpp"
#include "tocsin/model/resource.hpp"
#include "tocsin/model/sensor.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace tocsin::county {

/// What a new county starts with. The app writes the texts into the county's folder and registers the rest by
/// commands.
struct CountyData {
    base::LocalText name;
    std::vector<model::Resource> resources;
    std::vector<model::Sensor> sensors;
    std::string configToml;
    std::string rulesToml;
    std::string synonymsToml;
    std::string hazardWordsToml;
    std::string suppliesCsv; ///< empty: the county has no table of supplies yet
    std::string plansToml;
    std::string profilesToml;
    model::Position centre;
    geo::Box bounds;
    ImportSummary map; ///< what the import found
};

/// The demo county, the same at every run: its map from resourcesDir/demo/liechtenstein.osm.pbf is written to
/// `mapFile`; stations, hospital, schools and town halls come from that map, the rest from the tables in
/// resourcesDir/demo. A fault in a table names file, line and column. Some two seconds.
[[nodiscard]] base::Result<CountyData> makeDemoCounty(const std::filesystem::path& resourcesDir,
                                                      const std::filesystem::path& mapFile,
                                                      const ProgressSink& progress = {}, std::stop_token cancel = {});

/// One's own county: the map from `osmFile`, resources only from what the map knows (Facility in facilities.hpp: fire
/// and ambulance stations, police, hospitals and clinics; schools, halls and stadiums as shelters), no sensors, general
/// rules and plans. With an empty `name` the county is called as its boundary is. `now` dates the records.
[[nodiscard]] base::Result<CountyData> makeOwnCounty(const std::filesystem::path& resourcesDir,
                                                     const std::filesystem::path& osmFile,
                                                     const std::filesystem::path& mapFile, const base::LocalText& name,
                                                     base::Time now, base::IdSource& ids,
                                                     const ProgressSink& progress = {}, std::stop_token cancel = {});

} // namespace tocsin::county
