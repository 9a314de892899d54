#include "county/map_tables.hpp"

#include "county/map_names.hpp"
#include "county/osm_handlers.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace tocsin::county {
namespace {

constexpr const char* schema = R"sql(
CREATE TABLE gazetteer(
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    class TEXT NOT NULL,
    name TEXT NOT NULL,
    name_zh TEXT,
    name_en TEXT,
    place TEXT,
    place_zh TEXT,
    lat REAL NOT NULL,
    lon REAL NOT NULL,
    importance REAL NOT NULL);
CREATE TABLE facility(
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    name TEXT,
    name_zh TEXT,
    name_en TEXT,
    place TEXT,
    place_zh TEXT,
    lat REAL NOT NULL,
    lon REAL NOT NULL,
    area REAL NOT NULL,
    capacity INTEGER NOT NULL,
    phone TEXT,
    origin TEXT NOT NULL,
    inside INTEGER NOT NULL);
CREATE TABLE meta(id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, value TEXT NOT NULL);
)sql";

struct Cancelled {};

void bindText(SQLite::Statement& statement, int index, const std::string& text) {
    if (text.empty())
        statement.bind(index);
    else
        statement.bind(index, text);
}

class TableWriter {
  public:
    TableWriter(const MapFeatures& features, SQLite::Database& database, const std::stop_token& cancel)
        : m_features(features), m_municipalities(features.boundaries), m_cancel(cancel),
          m_entry(database, "INSERT INTO gazetteer VALUES(?,?,?,?,?,?,?,?,?,?,?)"),
          m_facility(database, "INSERT INTO facility VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?)") {}

    TableCounts write() {
        places();
        boundaries();
        streets();
        waters();
        pois();
        addresses();
        facilities();
        writeNames();
        return m_counts;
    }

  private:
    void checkCancelled() const {
        if (m_cancel.stop_requested())
            throw Cancelled{};
    }

    /// A name of the gazetteer, held until all are known: they are written from the most important to the least.
    struct Entry {
        const char* kind;
        std::string cls;
        const Names* names;
        const Names* within;
        osmium::Location at;
        double importance;
    };

    void add(const char* kind, std::string cls, const Names& names, const Names* within, osmium::Location at,
             double importance) {
        if (names.name.empty())
            return;
        if (m_entries.size() % 1024 == 0)
            checkCancelled();
        m_entries.push_back({kind, std::move(cls), &names, within, at, importance});
    }

    void writeNames() {
        std::stable_sort(m_entries.begin(), m_entries.end(),
                         [](const Entry& a, const Entry& b) { return a.importance > b.importance; });
        static const Names nothing;
        for (const auto& e : m_entries) {
            const Names& within = e.within ? *e.within : nothing;
            m_entry.reset();
            m_entry.bind(1, static_cast<std::int64_t>(++m_counts.gazetteer));
            m_entry.bind(2, e.kind);
            m_entry.bind(3, e.cls);
            m_entry.bind(4, e.names->name);
            bindText(m_entry, 5, e.names->zh);
            bindText(m_entry, 6, e.names->en);
            bindText(m_entry, 7, within.name);
            bindText(m_entry, 8, within.zh);
            m_entry.bind(9, e.at.lat_without_check());
            m_entry.bind(10, e.at.lon_without_check());
            m_entry.bind(11, e.importance);
            m_entry.exec();
        }
    }

    void places() {
        for (const auto& f : m_features.places) {
            const double people = f.population > 0 ? std::log10(static_cast<double>(f.population)) / 10 : 0;
            add("place", f.cls, f.names, m_municipalities.of(f.at), f.at, 10.0 - f.rank + people);
        }
    }

    void boundaries() {
        std::set<std::string> settled;
        for (const auto& f : m_features.places)
            settled.insert(f.names.name);
        for (const auto& f : m_features.boundaries)
            if (!settled.contains(f.names.name)) // the settlement itself is the better answer
                add("boundary", std::to_string(f.level), f.names, nullptr, pointOf(f.shape), 6.5 - f.level * 0.1);
    }

    /// One entry for a street in a municipality, however many pieces it has; it stands at its longest piece's middle.
    void streets() {
        struct Street {
            const RoadFeature* longest{nullptr};
            const Names* within{nullptr};
            std::size_t points{0};
        };
        std::map<std::pair<std::string, std::string>, Street> found;
        for (const auto& road : m_features.roads) {
            if (road.line.names.name.empty())
                continue;
            const auto* within = m_municipalities.of(road.line.points[road.line.points.size() / 2]);
            auto& street = found[{road.line.names.name, within ? within->name : std::string()}];
            if (!street.longest || road.line.points.size() > street.points) {
                street.longest = &road;
                street.points = road.line.points.size();
                street.within = within;
            }
        }
        for (const auto& [key, street] : found)
            add("street", street.longest->line.cls, street.longest->line.names, street.within,
                street.longest->line.points[street.points / 2], 3.0 + (street.longest->driving.usable ? 1.0 : 0.0));
    }

    void waters() {
        std::map<std::string, const LineFeature*> lines;
        for (const auto& f : m_features.waterLines)
            if (!f.names.name.empty())
                if (auto& longest = lines[f.names.name]; !longest || f.points.size() > longest->points.size())
                    longest = &f;
        for (const auto& [name, f] : lines)
            add("water", f->cls, f->names, nullptr, f->points[f->points.size() / 2], f->cls == "river" ? 5.5 : 3.0);
        for (const auto& f : m_features.waterAreas)
            if (!lines.contains(f.names.name))
                add("water", f.cls, f.names, m_municipalities.of(pointOf(f.shape)), pointOf(f.shape), 3.0);
    }

    void pois() {
        for (const auto& f : m_features.pois)
            add(f.cls == "peak" || f.cls == "saddle" ? "peak" : "poi", f.cls, f.names, m_municipalities.of(f.at), f.at,
                5.0 - f.rank * 0.5);
    }

    /// A house that the map has twice, as a point and as a building, is one address.
    void addresses() {
        constexpr std::int32_t cell = 50'000; // 10⁻⁷ degrees, 550 m: where no municipality tells two streets apart
        std::set<std::tuple<std::string_view, std::string_view, std::int32_t, std::int32_t>> had;
        for (const auto& f : m_features.addresses) {
            const auto* within = m_municipalities.of(f.at);
            if (within ? had.emplace(f.names.name, within->name, 0, 0).second
                       : had.emplace(f.names.name, "", f.at.x() / cell, f.at.y() / cell).second)
                add("address", "address", f.names, within, f.at, 1.0);
        }
    }

    [[nodiscard]] bool insideCounty(osmium::Location at) const {
        return m_features.county < 0 ||
               shapeContains(m_features.boundaries[static_cast<std::size_t>(m_features.county)].shape, at);
    }

    void facilities() {
        // What is a point of interest as well is found as that.
        std::set<std::pair<std::string_view, std::int32_t>> had;
        for (const auto& poi : m_features.pois)
            for (const int beside : {-1, 0, 1})
                had.emplace(poi.names.name, poi.at.y() / 50'000 + beside);
        for (const auto& f : m_features.facilities) {
            const auto* within = m_municipalities.of(f.at);
            if (!had.contains({f.names.name, f.at.y() / 50'000}))
                add("facility", f.kind, f.names, within, f.at, f.kind == "bridge" ? 2.0 : 3.5);
            m_facility.reset();
            m_facility.bind(1, static_cast<std::int64_t>(++m_counts.facilities));
            m_facility.bind(2, f.kind);
            bindText(m_facility, 3, f.names.name);
            bindText(m_facility, 4, f.names.zh);
            bindText(m_facility, 5, f.names.en);
            bindText(m_facility, 6, within ? within->name : std::string());
            bindText(m_facility, 7, within ? within->zh : std::string());
            m_facility.bind(8, f.at.lat_without_check());
            m_facility.bind(9, f.at.lon_without_check());
            m_facility.bind(10, std::round(f.squareMetres));
            m_facility.bind(11, f.capacity);
            bindText(m_facility, 12, f.phone);
            m_facility.bind(13, f.origin);
            m_facility.bind(14, insideCounty(f.at) ? 1 : 0);
            m_facility.exec();
        }
    }

    const MapFeatures& m_features;
    Municipalities m_municipalities;
    const std::stop_token& m_cancel;
    SQLite::Statement m_entry;
    SQLite::Statement m_facility;
    std::vector<Entry> m_entries;
    TableCounts m_counts;
};

void writeMeta(SQLite::Database& database, const ImportSummary& summary, const ImportOptions& options) {
    SQLite::Statement insert(database, "INSERT INTO meta(key, value) VALUES(?,?)");
    const auto put = [&](const char* key, const std::string& value) {
        insert.reset();
        insert.bind(1, key);
        insert.bind(2, value);
        insert.exec();
    };
    const auto box = [](const geo::Box& b) { return nlohmann::json::array({b.south, b.west, b.north, b.east}).dump(); };
    put("format", "2");
    put("name", summary.county.text);
    const auto zh = summary.county.translations.find("zh_CN");
    put("name_zh", zh == summary.county.translations.end() ? std::string() : zh->second);
    put("bounds", box(summary.bounds));
    put("data_bounds", box(summary.dataBounds));
    put("centre", nlohmann::json::array({summary.centre.latitude(), summary.centre.longitude()}).dump());
    put("source", options.source);
    put("licence", options.licence);
    put("made", base::formatTime(options.made));
    put("nodes", std::to_string(summary.nodes));
}

/// GeoPackage lists every table with content; these have no geometry.
void registerTables(SQLite::Database& database, base::Time made) {
    const std::string moment = base::formatTime(made).substr(0, 19) + ".000Z";
    for (const char* table : {"gazetteer", "facility", "meta"}) {
        SQLite::Statement insert(database, "INSERT INTO gpkg_contents(table_name, data_type, identifier, last_change) "
                                           "VALUES(?, 'attributes', ?, ?)");
        insert.bind(1, table);
        insert.bind(2, table);
        insert.bind(3, moment);
        insert.exec();
    }
}

} // namespace

Municipalities::Municipalities(const std::vector<BoundaryFeature>& boundaries) {
    for (const auto& b : boundaries) {
        if (b.names.name.empty() || b.level > 9)
            continue;
        Entry entry{&b, osmium::Location(180.0, 90.0), osmium::Location(-180.0, -90.0)};
        for (const auto& polygon : b.shape)
            for (const auto& p : polygon.outer) {
                entry.southWest.set_x(std::min(entry.southWest.x(), p.x()));
                entry.southWest.set_y(std::min(entry.southWest.y(), p.y()));
                entry.northEast.set_x(std::max(entry.northEast.x(), p.x()));
                entry.northEast.set_y(std::max(entry.northEast.y(), p.y()));
            }
        m_entries.push_back(entry);
    }
    std::stable_sort(m_entries.begin(), m_entries.end(),
                     [](const Entry& a, const Entry& b) { return a.feature->level > b.feature->level; });
}

const Names* Municipalities::of(osmium::Location at) const {
    for (const auto& e : m_entries)
        if (at.x() >= e.southWest.x() && at.x() <= e.northEast.x() && at.y() >= e.southWest.y() &&
            at.y() <= e.northEast.y() && shapeContains(e.feature->shape, at))
            return &e.feature->names;
    return nullptr;
}

base::Result<TableCounts> writeTables(const MapFeatures& features, const ImportSummary& summary,
                                      const ImportOptions& options, const std::filesystem::path& file,
                                      const std::function<void(double)>& progress, const std::stop_token& cancel) {
    try {
        SQLite::Database database(file.string(), SQLite::OPEN_READWRITE);
        database.exec("PRAGMA synchronous=OFF");
        SQLite::Transaction transaction(database);
        database.exec(schema);
        const TableCounts counts = TableWriter(features, database, cancel).write();
        buildNameIndex(database, "main", [&](std::int64_t id) {
            if (cancel.stop_requested())
                throw Cancelled{};
            progress(static_cast<double>(id) / static_cast<double>(std::max<std::size_t>(counts.gazetteer, 1)));
        });
        writeMeta(database, summary, options);
        registerTables(database, options.made);
        transaction.commit();
        return counts;
    } catch (const Cancelled&) {
        return base::fail(base::Code::cancelled, "the import was cancelled");
    } catch (const std::exception& e) {
        return base::fail(base::Code::storage, std::string("cannot write the map's tables: ") + e.what());
    }
}

} // namespace tocsin::county
