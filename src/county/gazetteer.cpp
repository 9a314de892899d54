#include "tocsin/county/gazetteer.hpp"

#include "county/map_reader.hpp"
#include "county/osm_tags.hpp"
#include "county/text_fold.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <map>
#include <mutex>
#include <numbers>
#include <utility>

namespace tocsin::county {
namespace {

constexpr double streetReach = 150;      // metres
constexpr double settlementReach = 3000; // metres
constexpr double hamletReach = 900;      // metres: nearer than this a hamlet is named before its municipality

constexpr const char* columns = "g.id, g.kind, g.class, g.name, g.name_zh, g.place, g.place_zh, g.lat, g.lon, "
                                "g.importance, n.folded";

NamedPlace placeOf(SQLite::Statement& row) {
    NamedPlace place;
    place.kind = row.getColumn(1).getString();
    place.detail = row.getColumn(2).getString();
    place.name = bilingual(row.getColumn(3).getString(), row.getColumn(4).getString());
    place.within = bilingual(row.getColumn(5).getString(), row.getColumn(6).getString());
    place.position = model::Position::trusted(row.getColumn(7).getDouble(), row.getColumn(8).getDouble());
    return place;
}

struct Found {
    NamedPlace place;
    double score{0};
};

/// Best row by gazetteer id: a place is found by several of its names.
using Hits = std::map<std::int64_t, Found>;

double scoreOf(const std::string& folded, const std::string& wanted, double importance,
               const std::optional<model::Position>& near, const model::Position& at) {
    double score = importance;
    if (folded == wanted)
        score += 30;
    else if (folded.starts_with(wanted))
        score += 20;
    else if (folded.find(' ' + wanted) != std::string::npos)
        score += 10;
    if (near)
        score += 3.0 / (1.0 + geo::distance(*near, at).value / 2000.0);
    return score;
}

std::optional<model::Position> coordinates(std::string_view text) {
    double numbers[2] = {0, 0};
    std::size_t count = 0;
    const char* at = text.data();
    const char* const end = at + text.size();
    while (at < end) {
        if (*at == ' ' || *at == ',' || *at == ';' || *at == '\t') {
            ++at;
            continue;
        }
        if (count == 2)
            return std::nullopt;
        const auto [next, error] = std::from_chars(at, end, numbers[count]);
        if (error != std::errc() || next == at)
            return std::nullopt;
        at = next;
        ++count;
    }
    if (count != 2)
        return std::nullopt;
    const auto position = model::Position::checked({.latitude = numbers[0], .longitude = numbers[1]});
    return position ? std::optional(*position) : std::nullopt;
}

std::string upperBound(std::string text) {
    text += "\xf4\x8f\xbf\xbf"; // the last code point: after everything that begins with `text`
    return text;
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
        : map(file.string(), SQLite::OPEN_READONLY),
          byPrefix(map, std::string("SELECT ") + columns +
                            " FROM gazetteer_name n JOIN gazetteer g ON g.id = n.gazetteer "
                            "WHERE n.folded >= ?1 AND n.folded < ?2 "
                            "ORDER BY g.importance DESC LIMIT 400"),
          byPart(map, std::string("SELECT ") + columns +
                          " FROM gazetteer_name n JOIN gazetteer g ON g.id = n.gazetteer "
                          "WHERE instr(n.folded, ?1) > 0 ORDER BY g.importance DESC LIMIT 400"),
          byTrigram(map, std::string("SELECT ") + columns +
                             " FROM gazetteer_fts f JOIN gazetteer_name n ON n.id = f.rowid "
                             "JOIN gazetteer g ON g.id = n.gazetteer WHERE gazetteer_fts MATCH ?1 "
                             "ORDER BY g.importance DESC LIMIT 400"),
          streets(map, "SELECT r.name, r.geom FROM rtree_road_geom x JOIN road r ON r.fid = x.id "
                       "WHERE x.maxx >= ?1 AND x.minx <= ?2 AND x.maxy >= ?3 AND x.miny <= ?4 AND r.name <> ''") {
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

    void take(SQLite::Statement& rows, const std::string& wanted, const std::string& within,
              const std::optional<model::Position>& near, Hits& hits) {
        while (rows.executeStep()) {
            const std::string folded = rows.getColumn(10).getString();
            if (!within.empty()) {
                const std::string place = fold(rows.getColumn(5).getString());
                const std::string zh = rows.getColumn(6).getString();
                if (!place.starts_with(within) && !zh.starts_with(within))
                    continue;
            }
            Found found{placeOf(rows), 0};
            found.score = scoreOf(folded, wanted, rows.getColumn(9).getDouble(), near, found.place.position);
            const auto id = rows.getColumn(0).getInt64();
            const auto [entry, fresh] = hits.try_emplace(id, found);
            if (!fresh && entry->second.score < found.score)
                entry->second = std::move(found);
        }
        rows.reset();
    }

    void collect(const std::string& wanted, const std::string& within, const std::optional<model::Position>& near,
                 Hits& hits) {
        // Two Chinese characters are a whole name, but trigrams need three: the sorted names serve them.
        byPrefix.bind(1, wanted);
        byPrefix.bind(2, upperBound(wanted));
        take(byPrefix, wanted, within, near, hits);
        if (letters(wanted) >= 3) {
            std::string phrase = "\"";
            for (const char c : wanted) {
                if (c == '"')
                    phrase += '"';
                phrase += c;
            }
            byTrigram.bind(1, phrase + '"');
            take(byTrigram, wanted, within, near, hits);
        } else if (hits.empty() && !wanted.empty()) {
            byPart.bind(1, wanted);
            take(byPart, wanted, within, near, hits);
        }
    }

    mutable std::mutex mutex;
    SQLite::Database map;
    SQLite::Statement byPrefix;
    SQLite::Statement byPart;
    SQLite::Statement byTrigram;
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
    if (text.size() > 200)
        text = text.substr(0, 200);
    if (const auto point = coordinates(text)) {
        NamedPlace place;
        place.name = base::LocalText(std::string(text));
        place.kind = "coordinates";
        place.position = *point;
        return {place};
    }
    const std::string wanted = fold(text);
    if (wanted.empty() || most == 0)
        return {};
    Hits hits;
    try {
        const std::lock_guard lock(m_impl->mutex);
        m_impl->collect(wanted, "", near, hits);
        // "Landstrasse Schaan": the last word or words may be the municipality.
        for (auto cut = wanted.rfind(' '); cut != std::string::npos && cut > 0; cut = wanted.rfind(' ', cut - 1))
            m_impl->collect(wanted.substr(0, cut), wanted.substr(cut + 1), near, hits);
    } catch (const std::exception&) {
        return {}; // a damaged map finds nothing; opening it again tells why
    }
    std::vector<Found> found;
    found.reserve(hits.size());
    for (auto& [id, hit] : hits)
        found.push_back(std::move(hit));
    std::stable_sort(found.begin(), found.end(), [](const Found& a, const Found& b) { return a.score > b.score; });
    std::vector<NamedPlace> out;
    for (auto& hit : found) {
        if (out.size() == most)
            break;
        out.push_back(std::move(hit.place));
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

} // namespace tocsin::county
