#include "tocsin/county/osm_import.hpp"

#include "county/map_tables.hpp"
#include "county/map_writer.hpp"
#include "county/osm_collect.hpp"
#include "county/osm_handlers.hpp"
#include "county/road_network.hpp"
#include "tocsin/county/folder.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <numbers>

namespace tocsin::county {
namespace {

namespace fs = std::filesystem;

model::Position positionOf(osmium::Location at) {
    return model::Position::trusted(at.lat_without_check(), at.lon_without_check());
}

/// A file under way: removed unless it was put in its place.
class Unfinished {
  public:
    explicit Unfinished(fs::path target) : m_target(std::move(target)), m_path(m_target) {
        m_path.replace_filename(m_target.stem().string() + ".part.gpkg");
        remove();
    }
    ~Unfinished() { remove(); }
    Unfinished(const Unfinished&) = delete;
    Unfinished& operator=(const Unfinished&) = delete;

    [[nodiscard]] const fs::path& path() const { return m_path; }

    [[nodiscard]] base::Result<void> finish() {
        if (!putInPlace(m_path, m_target))
            return base::fail(base::Code::storage, "cannot put the map in its place at " + m_target.string());
        return {};
    }

  private:
    void remove() const {
        for (const char* suffix : {"", "-journal", "-wal", "-shm"}) {
            std::error_code ignored;
            fs::remove(m_path.string() + suffix, ignored);
        }
    }

    fs::path m_target;
    fs::path m_path;
};

void translate(Names& names, const std::map<std::string, base::LocalText>& table) {
    const auto found = table.find(names.name);
    if (names.name.empty() || found == table.end())
        return;
    for (const auto& [language, text] : found->second.translations) {
        if (language.starts_with("zh"))
            names.zh = text;
        else if (language.starts_with("en"))
            names.en = text;
    }
}

void translateAll(MapFeatures& f, const std::map<std::string, base::LocalText>& table) {
    if (table.empty())
        return;
    for (auto* list : {&f.waterAreas, &f.landuse, &f.buildings})
        for (auto& feature : *list)
            translate(feature.names, table);
    for (auto* list : {&f.waterLines, &f.railways})
        for (auto& feature : *list)
            translate(feature.names, table);
    for (auto& feature : f.roads)
        translate(feature.line.names, table);
    for (auto& feature : f.boundaries)
        translate(feature.names, table);
    for (auto& feature : f.places)
        translate(feature.names, table);
    for (auto& feature : f.pois)
        translate(feature.names, table);
    for (auto& feature : f.facilities)
        translate(feature.names, table);
}

/// The map often has a school twice: as a point and as its building. They become one, with the name and the area.
void mergeFacilities(std::vector<FacilityFeature>& facilities) {
    constexpr double sameWithinMetres = 120;
    constexpr std::int32_t cellHeight = 20'000; // in 10⁻⁷ degrees, 220 m: a twin lies in the same row or beside it
    std::vector<FacilityFeature> merged;
    // By kind and row; within a row by longitude, so that a city's thousands are not each compared with all.
    std::map<std::pair<std::string, std::int32_t>, std::multimap<std::int32_t, std::size_t>> rows;
    const auto twinOf = [&](const FacilityFeature& f, std::int32_t row) -> FacilityFeature* {
        const double shrink = std::max(0.02, std::cos(f.at.lat_without_check() * std::numbers::pi / 180));
        const auto reach = static_cast<std::int64_t>(cellHeight / shrink);
        std::size_t first = merged.size();
        for (std::int32_t beside = row - 1; beside <= row + 1; ++beside) {
            const auto there = rows.find({f.kind, beside});
            if (there == rows.end())
                continue;
            for (auto at = there->second.lower_bound(static_cast<std::int32_t>(
                     std::max<std::int64_t>(f.at.x() - reach, std::numeric_limits<std::int32_t>::min())));
                 at != there->second.end() && at->first - std::int64_t{f.at.x()} <= reach; ++at) {
                const auto& other = merged[at->second];
                if ((other.names.name.empty() || f.names.name.empty() || other.names.name == f.names.name) &&
                    geo::distance(positionOf(other.at), positionOf(f.at)).value <= sameWithinMetres)
                    first = std::min(first, at->second);
            }
        }
        return first == merged.size() ? nullptr : &merged[first];
    };
    for (auto& f : facilities) {
        const std::int32_t row = f.at.y() / cellHeight;
        FacilityFeature* twin = twinOf(f, row);
        if (!twin) {
            rows[{f.kind, row}].emplace(f.at.x(), merged.size());
            merged.push_back(std::move(f));
            continue;
        }
        if (twin->names.name.empty())
            twin->names = f.names;
        if (twin->phone.empty())
            twin->phone = f.phone;
        twin->squareMetres = std::max(twin->squareMetres, f.squareMetres);
        twin->capacity = std::max(twin->capacity, f.capacity);
    }
    facilities = std::move(merged);
}

bool isNamed(const Names& names, const base::LocalText& wanted) {
    const auto is = [&](const std::string& name) {
        return !name.empty() &&
               (name == wanted.text || std::any_of(wanted.translations.begin(), wanted.translations.end(),
                                                   [&](const auto& t) { return t.second == name; }));
    };
    return is(names.name) || is(names.en) || is(names.zh);
}

const BoundaryFeature* countyBoundary(const MapFeatures& features, const base::LocalText& wanted) {
    const BoundaryFeature* best = nullptr;
    if (!wanted.empty()) {
        for (const auto& b : features.boundaries)
            if (isNamed(b.names, wanted) && (!best || b.level < best->level))
                best = &b;
        if (best)
            return best;
    }
    bool alone = true;
    for (const auto& b : features.boundaries) {
        if (b.names.name.empty())
            continue;
        if (!best || b.level < best->level) {
            best = &b;
            alone = true;
        } else if (b.level == best->level) {
            alone = false;
        }
    }
    return alone ? best : nullptr; // several of one level: none of them is the county
}

/// Where the county is when no single boundary tells: the boundaries of the lowest level together, else where the roads
/// are. The data's own extent misleads: a river or a bus line may reach far beyond.
geo::Box settledBox(const MapFeatures& features, const geo::Box& fallback) {
    int level = 0;
    for (const auto& b : features.boundaries)
        if (!b.names.name.empty() && (level == 0 || b.level < level))
            level = b.level;
    geo::Box box;
    for (const auto& b : features.boundaries) {
        if (b.names.name.empty() || b.level != level)
            continue;
        for (const auto& polygon : b.shape)
            for (const auto& p : polygon.outer)
                box.add(positionOf(p));
    }
    if (!box.empty())
        return box;
    std::vector<double> latitudes;
    std::vector<double> longitudes;
    for (const auto& road : features.roads) {
        if (road.line.points.empty())
            continue;
        const auto at = positionOf(road.line.points.front());
        latitudes.push_back(at.latitude());
        longitudes.push_back(at.longitude());
    }
    if (latitudes.size() < 50)
        return fallback;
    std::sort(latitudes.begin(), latitudes.end());
    std::sort(longitudes.begin(), longitudes.end());
    const auto cut = latitudes.size() / 100; // one in a hundred at each side may stray
    return {.south = latitudes[cut],
            .west = longitudes[cut],
            .north = latitudes[latitudes.size() - 1 - cut],
            .east = longitudes[longitudes.size() - 1 - cut]};
}

void describeCounty(MapFeatures& features, const ImportOptions& options, ImportSummary& summary) {
    summary.dataBounds.add(positionOf(features.southWest));
    summary.dataBounds.add(positionOf(features.northEast));
    summary.bounds = settledBox(features, summary.dataBounds);
    summary.county = options.county;
    const BoundaryFeature* boundary = countyBoundary(features, options.county);
    if (boundary) {
        summary.boundaryFound = true;
        features.county = static_cast<int>(boundary - features.boundaries.data());
        geo::Box box;
        for (const auto& polygon : boundary->shape)
            for (const auto& p : polygon.outer)
                box.add(positionOf(p));
        summary.bounds = box;
        if (summary.county.empty()) {
            summary.county.text = boundary->names.name;
            if (!boundary->names.zh.empty())
                summary.county.translations["zh_CN"] = boundary->names.zh;
        }
    }
    summary.centre = summary.bounds.centre();
    const PlaceFeature* main = nullptr;
    for (const auto& place : features.places) {
        if (boundary && !shapeContains(boundary->shape, place.at))
            continue;
        const auto weight = [](const PlaceFeature& p) { return std::tuple(p.capital, -p.rank, p.population); };
        if (place.rank <= 4 && (!main || weight(place) > weight(*main)))
            main = &place;
    }
    if (main)
        summary.centre = positionOf(main->at);
}

/// Whatever the steps left in a side file goes into the one file that is moved.
base::Result<void> settle(const fs::path& file) {
    try {
        SQLite::Database database(file.string(), SQLite::OPEN_READWRITE);
        SQLite::Statement(database, "PRAGMA journal_mode=DELETE").executeStep();
        database.exec("ANALYZE");
        return {};
    } catch (const std::exception& e) {
        return base::fail(base::Code::storage, std::string("cannot finish the map: ") + e.what());
    }
}

} // namespace

base::Result<ImportSummary> importOsm(const fs::path& osmFile, const fs::path& mapFile, const ImportOptions& options,
                                      const ProgressSink& progress, std::stop_token cancel) {
    const auto report = [&](std::string_view stage, double from, double to) {
        return [&progress, stage, from, to](double part) {
            if (progress)
                progress({stage, from + (to - from) * part});
        };
    };
    ImportOptions told = options;
    if (told.source.empty())
        told.source = osmFile.filename().string();

    auto collected = collectFeatures(osmFile, report("Reading the extract", 0, 0.4), cancel);
    if (!collected)
        return tl::unexpected(collected.error());
    MapFeatures& features = *collected;
    translateAll(features, told.names);
    mergeFacilities(features.facilities);

    report("Building the road network", 0.4, 0.45)(0);
    const NetworkResult network = buildNetwork(features);

    ImportSummary summary;
    summary.nodes = features.nodes;
    summary.ways = features.ways;
    summary.relations = features.relations;
    summary.cutWays = features.cutWays;
    summary.incompleteAreas = features.incompleteAreas;
    summary.roadNodes = network.record.nodes.size();
    summary.roadArcs = network.record.arcs.size();
    summary.roadLength = base::Metres(network.lengthMetres);
    summary.islandRoads = network.islandRoads;
    summary.onFoot = network.onFoot;
    summary.turnRules = network.turnRules;
    summary.skippedTurnRules = features.skippedTurns + network.skippedTurns;
    summary.conditionalTurnRules = features.conditionalTurns;
    describeCounty(features, told, summary);

    std::error_code error;
    if (mapFile.has_parent_path())
        fs::create_directories(mapFile.parent_path(), error);
    if (error)
        return base::fail(base::Code::storage, "cannot make the folder " + mapFile.parent_path().string());
    Unfinished file(mapFile);
    auto counts = writeLayers(features, file.path(), told.made, report("Writing the map", 0.45, 0.85), cancel);
    if (!counts)
        return tl::unexpected(counts.error());
    summary.features = std::move(*counts);

    report("Writing the road network", 0.85, 0.9)(0);
    if (auto saved = route::RoadGraph::save(network.record, file.path()); !saved)
        return tl::unexpected(saved.error());

    const auto indexing = report("Indexing names", 0.9, 1.0);
    indexing(0);
    const auto tables = writeTables(features, summary, told, file.path(), indexing, cancel);
    if (!tables)
        return tl::unexpected(tables.error());
    summary.gazetteerNames = tables->gazetteer;
    summary.facilities = tables->facilities;
    if (auto settled = settle(file.path()); !settled)
        return tl::unexpected(settled.error());
    if (cancel.stop_requested())
        return base::fail(base::Code::cancelled, "the import was cancelled");
    if (auto finished = file.finish(); !finished)
        return tl::unexpected(finished.error());
    report("Done", 1.0, 1.0)(1);
    return summary;
}

base::Result<MapInfo> readMapInfo(const fs::path& mapFile) {
    try {
        SQLite::Database database(mapFile.string(), SQLite::OPEN_READONLY);
        MapInfo info;
        SQLite::Statement rows(database, "SELECT key, value FROM meta");
        while (rows.executeStep()) {
            const std::string key = rows.getColumn(0).getString();
            const std::string value = rows.getColumn(1).getString();
            if (key == "name") {
                info.county.text = value;
            } else if (key == "name_zh" && !value.empty()) {
                info.county.translations["zh_CN"] = value;
            } else if (key == "source") {
                info.source = value;
            } else if (key == "licence") {
                info.licence = value;
            } else if (key == "made") {
                info.made = value;
            } else if (key == "centre") {
                const auto pair = nlohmann::json::parse(value);
                info.centre = model::Position::trusted(pair.at(0).get<double>(), pair.at(1).get<double>());
            } else if (key == "bounds") {
                const auto four = nlohmann::json::parse(value);
                info.bounds = {.south = four.at(0).get<double>(),
                               .west = four.at(1).get<double>(),
                               .north = four.at(2).get<double>(),
                               .east = four.at(3).get<double>()};
            }
        }
        return info;
    } catch (const std::exception& e) {
        return base::fail(base::Code::storage, mapFile.string() + " is not a county's map: " + e.what());
    }
}

} // namespace tocsin::county
