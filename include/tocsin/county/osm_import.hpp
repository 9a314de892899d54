#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/base/text.hpp"
#include "tocsin/base/time.hpp"
#include "tocsin/base/units.hpp"
#include "tocsin/geo/measure.hpp"
#include "tocsin/model/position.hpp"

#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::county {

/// How far a long job is. `stage` is one short English phrase, `fraction` runs 0…1 over the whole job and never back.
struct Progress {
    std::string_view stage;
    double fraction{0};
};
/// Called on the thread that does the work.
using ProgressSink = std::function<void(const Progress&)>;

struct ImportOptions {
    /// Whose boundary gives the county's centre and box. Empty, or not in the file: the whole boundary of the lowest
    /// admin_level, else the data's extent.
    base::LocalText county;
    /// Translations by the name that the map has: they stand beside it on the map and in the gazetteer.
    std::map<std::string, base::LocalText> names;
    base::Time made;    ///< written into the map; the same input and options give the same map
    std::string source; ///< empty: the file's name
    std::string licence{"© OpenStreetMap contributors, ODbL 1.0"};
};

struct ImportSummary {
    base::LocalText county; ///< as asked for, else the boundary's name, else empty
    bool boundaryFound{false};
    model::Position centre; ///< of the main settlement where there is one inside the boundary, else of the box
    geo::Box bounds;        ///< the county's
    geo::Box dataBounds;    ///< of all that was imported
    std::size_t nodes{0};
    std::size_t ways{0};
    std::size_t relations{0};
    std::map<std::string, std::size_t> features; ///< by layer of the map
    std::size_t roadNodes{0};
    std::size_t roadArcs{0};
    base::Metres roadLength;             ///< of the drivable network, each road once
    std::size_t islandRoads{0};          ///< drivable ways left out of the network because nothing leads there or back
    bool onFoot{false};                  ///< the extract has no road for vehicles: its paths are the network, at a walk
    std::size_t turnRules{0};            ///< turn restrictions that the network keeps
    std::size_t skippedTurnRules{0};     ///< not understood, over several ways, or of roads that nobody drives
    std::size_t conditionalTurnRules{0}; ///< of certain hours only: not looked at
    std::size_t cutWays{0};              ///< ways of which the file has only a part of the nodes
    std::size_t incompleteAreas{0};      ///< multipolygons of which the file lacks members
    std::size_t gazetteerNames{0};
    std::size_t facilities{0};
};

/// Reads an OpenStreetMap extract (.osm.pbf, .osm, .osm.gz, .osm.bz2; told apart by content, not by name) and writes
/// the county's map: a GeoPackage in EPSG:3857 with the layers
///
///   water_area (class, name, name_zh, name_en)            lake, river, reservoir, basin, pool, wetland
///   water_line (class, name, name_zh, name_en, tunnel)    river, canal, stream, drain, ditch
///   landuse    (class, name, area)                        forest, scrub, meadow, farm, vineyard, orchard, park, built,
///                                                         industrial, sport, cemetery, quarry, rock, scree, sand,
///                                                         glacier, airport; written large before small
///   building   (class, name)                              house, public, industrial, church, barn, other
///   road       (class, link, name, name_zh, name_en, ref, oneway, bridge, tunnel, layer, z, routable, surface)
///              motorway … service, track, path, footway, cycleway, steps, pedestrian, ferry; z = drawing order, low
///              first; oneway 1, −1 or 0; routable 1 when part of the network below
///   railway    (class, name, bridge, tunnel, z)
///   boundary   (admin_level, name)                        lines, each once with its lowest level
///   boundary_area (admin_level, name, name_zh, osm_id)
///   place      (class, name, name_zh, name_en, population, rank)   rank 1 city … 9 locality
///   poi        (class, name, name_zh, name_en, rank, elevation)
///
/// each with an R-tree; the road network (route::RoadGraph::save); and the tables gazetteer, facility and meta.
/// Written beside `mapFile` first and put in its place only when whole: an error, a cancellation or a crash leaves what
/// was there. Errors: malformed (with line and column for XML), notFound, storage, cancelled. Any thread.
[[nodiscard]] base::Result<ImportSummary> importOsm(const std::filesystem::path& osmFile,
                                                    const std::filesystem::path& mapFile, const ImportOptions& options,
                                                    const ProgressSink& progress = {}, std::stop_token cancel = {});

/// What the map says of itself: name, bounds, source, licence.
struct MapInfo {
    base::LocalText county;
    model::Position centre;
    geo::Box bounds;
    std::string source;
    std::string licence;
    std::string made;
};
[[nodiscard]] base::Result<MapInfo> readMapInfo(const std::filesystem::path& mapFile);

} // namespace tocsin::county
