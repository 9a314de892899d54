#include "tocsin/county/gazetteer.hpp"

#include "county/map_names.hpp"
#include "county/map_reader.hpp"
#include "county/osm_tags.hpp"
#include "county/text_fold.hpp"
#include "tocsin/geo/coordinates.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <mutex>
#include <numbers>
#include <unordered_map>
#include <utility>
#include <vector>

namespace tocsin::county {
namespace {

constexpr double streetReach = 150;      // metres
constexpr double settlementReach = 3000; // metres
constexpr double hamletReach = 900;      // metres: nearer than this a hamlet is named before its municipality

constexpr std::size_t mostBytes = 200; ///< of a query
constexpr int mostHits = 500;          ///< rows taken of one kind of match, the most important first
constexpr std::size_t enough = 100;    ///< with so many good hits the weaker kinds of match are not asked for

struct Match {
    NameMatch kind;
    double score;
};
constexpr std::array<Match, 4> matches{
    {{NameMatch::exact, 30}, {NameMatch::beginning, 20}, {NameMatch::word, 10}, {NameMatch::inside, 0}}};

NamedPlace placeOf(SQLite::Statement& row) {
    NamedPlace place;
    place.kind = row.getColumn(0).getString();
    place.detail = row.getColumn(1).getString();
    place.name = bilingual(row.getColumn(2).getString(), row.getColumn(3).getString());
    place.within = bilingual(row.getColumn(4).getString(), row.getColumn(5).getString());
    place.position = model::Position::trusted(row.getColumn(6).getDouble(), row.getColumn(7).getDouble());
    return place;
}

/// Best score by gazetteer id: a place is found by several of its names.
using Hits = std::unordered_map<std::int64_t, double>;

const char* wordFor(model::Datum datum) {
    switch (datum) {
    case model::Datum::gcj02:
        return "gcj02";
    case model::Datum::bd09:
        return "bd09";
    case model::Datum::wgs84:
        break;
    }
    return "wgs84";
}

/// Maps of before the index had its present form: it is made now, in memory.
void indexOldMap(SQLite::Database& map) {
    SQLite::Statement(map, "PRAGMA temp_store=MEMORY").executeStep();
    map.exec(
        "CREATE TEMP TABLE gazetteer(id INTEGER PRIMARY KEY, kind, class, name, name_zh, name_en, place, place_zh, "
        "lat, lon, importance);"
        "INSERT INTO temp.gazetteer SELECT NULL, kind, class, name, name_zh, name_en, place, place_zh, lat, lon, "
        "importance FROM main.gazetteer ORDER BY importance DESC, id");
    buildNameIndex(map, "temp");
}

std::unique_ptr<SQLite::Database> openMap(const std::filesystem::path& file) {
    auto map = std::make_unique<SQLite::Database>(file.string(), SQLite::OPEN_READONLY);
    if (!map->tableExists("gazetteer_gram"))
        indexOldMap(*map);
    return map;
}

} // namespace

struct Gazetteer::Impl {
    struct Area {
        base::LocalText name;
        int level{0};
        geo::Box box;
        std::vector<model::Line> rings;
    };
    struct Settlement {
        base::LocalText name;
        model::Position at;
        const Area* area{nullptr};
    };

    explicit Impl(const std::filesystem::path& file)
        : mapFile(openMap(file)), map(*mapFile),
          byTrigrams(map, "SELECT f.rowid / 4, g.lat, g.lon, g.importance FROM gazetteer_fts f CROSS JOIN gazetteer g "
                          "ON g.id = f.rowid / 4 WHERE gazetteer_fts MATCH ?1 ORDER BY f.rowid LIMIT ?2"),
          byGrams(map, "SELECT f.rowid / 4, g.lat, g.lon, g.importance FROM gazetteer_gram f CROSS JOIN gazetteer g "
                       "ON g.id = f.rowid / 4 WHERE gazetteer_gram MATCH ?1 ORDER BY f.rowid LIMIT ?2"),
          byId(map, "SELECT kind, class, name, name_zh, place, place_zh, lat, lon FROM gazetteer WHERE id = ?1"),
          streets(map, "SELECT r.name, r.geom FROM rtree_road_geom x JOIN road r ON r.fid = x.id "
                       "WHERE x.maxx >= ?1 AND x.minx <= ?2 AND x.maxy >= ?3 AND x.miny <= ?4 AND r.name <> ''") {
        static_assert(variantsPerName == 4);
        loadAreas();
        loadSettlements();
    }

    void loadAreas() {
        SQLite::Statement rows(map, "SELECT admin_level, name, name_zh, geom FROM boundary_area WHERE name <> '' AND "
                                    "admin_level <= 9 ORDER BY admin_level DESC, fid");
        while (rows.executeStep()) {
            Area area;
            area.level = rows.getColumn(0).getInt();
            area.name = bilingual(rows.getColumn(1).getString(), rows.getColumn(2).getString());
            area.rings = ringsOf(blobOf(rows.getColumn(3)));
            for (const auto& ring : area.rings)
                for (const auto& p : ring)
                    area.box.add(p);
            areas.push_back(std::move(area));
        }
    }

    void loadSettlements() {
        SQLite::Statement rows(map,
                               "SELECT name, name_zh, lat, lon, class FROM gazetteer WHERE kind = 'place' ORDER BY id");
        while (rows.executeStep()) {
            const int rank = placeRank(rows.getColumn(4).getString());
            if (rank > 0 && rank <= 6)
                settlements.push_back(
                    {bilingual(rows.getColumn(0).getString(), rows.getColumn(1).getString()),
                     model::Position::trusted(rows.getColumn(2).getDouble(), rows.getColumn(3).getDouble())});
        }
        for (auto& settlement : settlements)
            settlement.area = areaOf(settlement.at);
    }

    [[nodiscard]] const Area* areaOf(const model::Position& p) const {
        for (const auto& area : areas) {
            if (!area.box.contains(p))
                continue;
            std::size_t inside = 0;
            for (const auto& ring : area.rings)
                inside += geo::contains(ring, p) ? 1 : 0;
            if (inside % 2 == 1)
                return &area;
        }
        return nullptr;
    }

    static void take(SQLite::Statement& rows, const std::string& query, double match,
                     const std::optional<model::Position>& near, Hits& hits) {
        rows.reset();
        rows.bind(1, query);
        rows.bind(2, mostHits);
        while (rows.executeStep()) {
            double score = match + rows.getColumn(3).getDouble();
            if (near) {
                const auto at = model::Position::trusted(rows.getColumn(1).getDouble(), rows.getColumn(2).getDouble());
                score += 3.0 / (1.0 + geo::distance(*near, at).value / 2000.0);
            }
            const auto [entry, fresh] = hits.try_emplace(rows.getColumn(0).getInt64(), score);
            if (!fresh)
                entry->second = std::max(entry->second, score);
        }
        rows.reset();
    }

    void collect(const std::string& wanted, const std::string& within, const std::optional<model::Position>& near,
                 Hits& hits) {
        const auto before = hits.size();
        for (const auto& match : matches) {
            if (hits.size() >= before + enough)
                return;
            if (const auto query = trigramQuery(match.kind, wanted, within); !query.empty())
                take(byTrigrams, query, match.score, near, hits);
            else if (const auto grams = gramQuery(wanted);
                     match.kind == NameMatch::inside && within.empty() && !grams.empty())
                take(byGrams, grams, match.score, near, hits);
        }
    }

    mutable std::mutex mutex;
    std::unique_ptr<SQLite::Database> mapFile;
    SQLite::Database& map;
    SQLite::Statement byTrigrams;
    SQLite::Statement byGrams;
    SQLite::Statement byId;
    SQLite::Statement streets;
    std::vector<Area> areas; ///< deepest first
    std::vector<Settlement> settlements;
};

Gazetteer::Gazetteer(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
Gazetteer::~Gazetteer() = default;

base::Result<std::unique_ptr<Gazetteer>> Gazetteer::open(const std::filesystem::path& mapFile) {
    std::error_code error;
    if (!std::filesystem::exists(mapFile, error))
        return base::fail(base::Code::notFound, "there is no map at " + mapFile.string());
    try {
        return std::unique_ptr<Gazetteer>(new Gazetteer(std::make_unique<Impl>(mapFile)));
    } catch (const std::exception& e) {
        return base::fail(base::Code::storage, mapFile.string() + " is not a county's map: " + e.what());
    }
}

std::vector<NamedPlace> Gazetteer::search(std::string_view text, std::optional<model::Position> near,
                                          std::size_t most) const {
    text = text.substr(0, mostBytes);
    std::vector<NamedPlace> out;
    for (const auto& reading : geo::parseCoordinates(text)) {
        if (out.size() == most)
            break;
        NamedPlace place;
        place.name = base::LocalText(geo::formatCoordinates(reading.position, geo::CoordinateForm::decimal));
        place.kind = "coordinates";
        place.detail = wordFor(reading.datum);
        place.position = reading.position;
        out.push_back(std::move(place));
    }
    if (!out.empty() || most == 0)
        return out;
    const std::string words = foldWords(text);
    if (words.empty())
        return out;
    try {
        const std::lock_guard lock(m_impl->mutex);
        Hits hits;
        m_impl->collect(fold(words), "", near, hits);
        // "Landstrasse Schaan": the last words may be the municipality.
        std::size_t cut = words.rfind(' ');
        for (int tries = 0; tries < 3 && cut != std::string::npos && cut > 0; ++tries) {
            m_impl->collect(fold(words.substr(0, cut)), fold(words.substr(cut + 1)), near, hits);
            cut = words.rfind(' ', cut - 1);
        }
        std::vector<std::pair<double, std::int64_t>> best;
        best.reserve(hits.size());
        for (const auto& [id, score] : hits)
            best.emplace_back(-score, id);
        const auto count = std::min(most, best.size());
        std::partial_sort(best.begin(), best.begin() + static_cast<std::ptrdiff_t>(count), best.end());
        for (std::size_t i = 0; i < count; ++i) {
            auto& row = m_impl->byId;
            row.reset();
            row.bind(1, best[i].second);
            if (row.executeStep())
                out.push_back(placeOf(row));
            row.reset();
        }
    } catch (const std::exception&) {
        out.clear(); // a damaged map finds nothing; opening it again tells why
    }
    return out;
}

PlaceHere Gazetteer::nearestPlace(model::Position position) const {
    PlaceHere here;
    const auto* area = m_impl->areaOf(position);
    if (area && area->level >= 5)
        here.municipality = area->name;

    // The nearest settlement; within a municipality only a hamlet at hand is worth naming beside it.
    const Impl::Settlement* settlement = nullptr;
    double nearest = std::numeric_limits<double>::max();
    for (const auto& s : m_impl->settlements) {
        // Across the border of the municipality, or called after it, it would only confuse.
        if (!here.municipality.empty() && (s.area != area || s.name.text.starts_with(here.municipality.text)))
            continue;
        const double metres = geo::distance(s.at, position).value;
        if (metres < nearest) {
            nearest = metres;
            settlement = &s;
        }
    }
    base::LocalText locality;
    if (settlement && here.municipality.empty() && nearest <= settlementReach) {
        here.municipality = settlement->name;
        here.distance = base::Metres(nearest);
    } else if (settlement && nearest <= hamletReach) {
        locality = settlement->name;
        here.distance = base::Metres(nearest);
    }

    double closest = streetReach;
    try {
        const std::lock_guard lock(m_impl->mutex);
        const auto at = mercatorOf(position);
        const double reach = streetReach / std::max(0.05, std::cos(position.latitude() * std::numbers::pi / 180));
        auto& rows = m_impl->streets;
        rows.bind(1, at.x - reach);
        rows.bind(2, at.x + reach);
        rows.bind(3, at.y - reach);
        rows.bind(4, at.y + reach);
        while (rows.executeStep()) {
            const auto line = lineOf(blobOf(rows.getColumn(1)));
            const auto point = geo::nearestOnLine(line, position);
            if (point && point->distance.value < closest) {
                closest = point->distance.value;
                here.street = rows.getColumn(0).getString();
            }
        }
        rows.reset();
    } catch (const std::exception&) {
        here.street.clear();
    }
    if (!here.street.empty())
        here.distance = base::Metres(closest);

    const auto join = [&](const std::string& municipality, const std::string& hamlet, bool chinese) {
        std::string out;
        const auto add = [&](const std::string& part, const char* between) {
            if (part.empty())
                return;
            if (!out.empty())
                out += between;
            out += part;
        };
        if (chinese) {
            add(municipality, "");
            add(hamlet, "");
            add(here.street, " ");
        } else {
            add(here.street, "");
            add(hamlet, ", ");
            add(municipality, ", ");
        }
        return out;
    };
    here.text.text = join(here.municipality.text, locality.text, false);
    if (here.municipality.translations.contains("zh_CN") || locality.translations.contains("zh_CN"))
        here.text.translations["zh_CN"] = join(here.municipality.in("zh_CN"), locality.in("zh_CN"), true);
    return here;
}

base::Result<std::vector<std::string>> placeNames(const std::filesystem::path& mapFile, std::size_t most) {
    std::error_code error;
    if (!std::filesystem::exists(mapFile, error))
        return base::fail(base::Code::notFound, "there is no map at " + mapFile.string());
    try {
        SQLite::Database map(mapFile.string(), SQLite::OPEN_READONLY);
        SQLite::Statement rows(map, "SELECT name, CASE kind WHEN 'street' THEN place ELSE '' END AS municipality FROM gazetteer "
                                    "WHERE kind IN ('place', 'street') AND name <> '' GROUP BY name, municipality "
                                    "ORDER BY max(importance) DESC, name LIMIT ?1");
        rows.bind(1, static_cast<std::int64_t>(most));
        std::vector<std::string> out;
        while (rows.executeStep()) {
            const std::string within = rows.getColumn(1).getString();
            out.push_back(rows.getColumn(0).getString() + (within.empty() ? "" : ", " + within));
        }
        return out;
    } catch (const std::exception& e) {
        return base::fail(base::Code::storage, mapFile.string() + " is not a county's map: " + e.what());
    }
}

base::Result<std::vector<Settlement>> settlements(const std::filesystem::path& mapFile, std::size_t most) {
    std::error_code error;
    if (!std::filesystem::exists(mapFile, error))
        return base::fail(base::Code::notFound, "there is no map at " + mapFile.string());
    try {
        SQLite::Database map(mapFile.string(), SQLite::OPEN_READONLY);
        SQLite::Statement rows(map, "SELECT class, name, name_zh, name_en, lat, lon FROM gazetteer "
                                    "WHERE kind = 'place' AND name <> '' ORDER BY importance DESC, name LIMIT ?1");
        rows.bind(1, static_cast<std::int64_t>(most));
        std::vector<Settlement> out;
        while (rows.executeStep()) {
            Settlement one;
            one.rank = placeRank(rows.getColumn(0).getString());
            one.name = bilingual(rows.getColumn(1).getString(), rows.getColumn(2).getString());
            if (const auto english = rows.getColumn(3).getString(); !english.empty() && english != one.name.text)
                one.name.translations["en"] = english;
            const auto at = model::Position::checked(
                {.latitude = rows.getColumn(4).getDouble(), .longitude = rows.getColumn(5).getDouble()});
            if (!at || one.rank == 0)
                continue; // somebody edited the map
            one.position = *at;
            out.push_back(std::move(one));
        }
        return out;
    } catch (const std::exception& e) {
        return base::fail(base::Code::storage, mapFile.string() + " is not a county's map: " + e.what());
    }
}

} // namespace tocsin::county
