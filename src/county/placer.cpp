#include "county/placer.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numbers>

namespace tocsin::county {

base::Result<model::Position> parsePoint(std::string_view text) {
    const auto number = [](std::string_view digits, double& out) {
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), out);
        return error == std::errc() && end == digits.data() + digits.size();
    };
    const auto middle = text.find(';');
    model::OutsidePosition outside;
    if (middle == std::string_view::npos || !number(text.substr(0, middle), outside.latitude) ||
        !number(text.substr(middle + 1), outside.longitude))
        return base::fail(base::Code::malformed, "\"" + std::string(text) + "\" is not latitude;longitude");
    return model::Position::checked(outside);
}

base::Result<std::unique_ptr<Placer>> Placer::open(const std::filesystem::path& mapFile) {
    try {
        SQLite::Database map(mapFile.string(), SQLite::OPEN_READONLY);
        std::unique_ptr<Placer> placer(new Placer());
        for (auto& road : readLines(map, "road",
                                    "routable = 1 AND class IN ('primary', 'secondary', 'tertiary', 'unclassified', "
                                    "'residential', 'living_street', 'service')")) {
            geo::Box box;
            for (const auto& p : road.points)
                box.add(p);
            placer->m_roads.push_back({std::move(road.points), box});
        }
        placer->m_rivers = readLines(map, "water_line", "name <> ''");
        SQLite::Statement places(map, "SELECT name, lat, lon FROM gazetteer WHERE kind = 'place' ORDER BY importance");
        while (places.executeStep()) // the most important of a name comes last and stays
            placer->m_settlements[places.getColumn(0).getString()] =
                model::Position::trusted(places.getColumn(1).getDouble(), places.getColumn(2).getDouble());
        SQLite::Statement rows(map, "SELECT kind, name, name_zh, place, place_zh, lat, lon, area, capacity, phone, "
                                    "origin, inside FROM facility ORDER BY id");
        while (rows.executeStep())
            placer->m_facilities.push_back(
                {rows.getColumn(0).getString(), bilingual(rows.getColumn(1).getString(), rows.getColumn(2).getString()),
                 bilingual(rows.getColumn(3).getString(), rows.getColumn(4).getString()),
                 model::Position::trusted(rows.getColumn(5).getDouble(), rows.getColumn(6).getDouble()),
                 rows.getColumn(7).getDouble(), rows.getColumn(8).getInt(), rows.getColumn(9).getString(),
                 rows.getColumn(10).getString(), rows.getColumn(11).getInt() != 0});
        return placer;
    } catch (const std::exception& e) {
        return base::fail(base::Code::storage, mapFile.string() + " is not a county's map: " + e.what());
    }
}

model::Position Placer::onRoad(const model::Position& p, double reach) const {
    const double north = reach / 111'000.0;
    const double east = north / std::max(0.05, std::cos(p.latitude() * std::numbers::pi / 180));
    model::Position best = p;
    double closest = reach;
    for (const auto& road : m_roads) {
        if (p.latitude() < road.box.south - north || p.latitude() > road.box.north + north ||
            p.longitude() < road.box.west - east || p.longitude() > road.box.east + east)
            continue;
        const auto point = geo::nearestOnLine(road.points, p);
        if (point && point->distance.value < closest) {
            closest = point->distance.value;
            best = point->position;
        }
    }
    return best;
}

base::Result<model::Position> Placer::settlement(const std::string& name) const {
    const auto found = m_settlements.find(name);
    if (found == m_settlements.end())
        return base::fail(base::Code::notFound, "the map has no place \"" + name + "\"");
    return found->second;
}

base::Result<model::Position> Placer::facility(std::string_view kind, const std::string& place) const {
    for (const auto& f : m_facilities)
        if (f.kind == kind && f.place.text == place)
            return onRoad(f.at);
    return near(place + ":1"); // the municipality has none on the map: at its centre
}

/// The spots lie on a spiral around the place, 137.5° apart, and then on the nearest road: spread, and always the same.
base::Result<model::Position> Placer::near(const std::string& rest) const {
    const auto colon = rest.rfind(':');
    int spot = 0;
    if (colon == std::string::npos ||
        std::from_chars(rest.data() + colon + 1, rest.data() + rest.size(), spot).ec != std::errc() || spot < 0 ||
        spot > 1000)
        return base::fail(base::Code::malformed, "\"near:" + rest + "\" is not near:PLACE:N");
    const auto centre = settlement(rest.substr(0, colon));
    if (!centre)
        return centre;
    const double metres = 60 + 130 * std::sqrt(static_cast<double>(spot));
    return onRoad(geo::offset(*centre, base::Degrees(std::fmod(spot * 137.5, 360.0)), base::Metres(metres)));
}

base::Result<model::Position> Placer::river(const std::string& rest) const {
    const auto colon = rest.rfind(':');
    if (colon == std::string::npos)
        return base::fail(base::Code::malformed, "\"river:" + rest + "\" is not river:NAME:PLACE");
    const std::string name = rest.substr(0, colon);
    const std::string place = rest.substr(colon + 1);
    const auto about = place.find(';') == std::string::npos ? settlement(place) : parsePoint(place);
    if (!about)
        return about;
    std::optional<geo::NearestOnLine> best;
    for (const auto& line : m_rivers) {
        if (line.name.text != name)
            continue;
        const auto point = geo::nearestOnLine(line.points, *about);
        if (point && (!best || point->distance < best->distance))
            best = point;
    }
    if (!best)
        return base::fail(base::Code::notFound, "the map has no river \"" + name + "\"");
    return best->position;
}

base::Result<model::Position> Placer::place(const std::string& at) const {
    const auto colon = at.find(':');
    if (colon == std::string::npos)
        return parsePoint(at);
    const std::string form = at.substr(0, colon);
    const std::string rest = at.substr(colon + 1);
    if (form == "station")
        return facility("fire-station", rest);
    if (form == "hospital" || form == "police" || form == "townhall")
        return facility(form, rest);
    if (form == "place")
        return settlement(rest);
    if (form == "near")
        return near(rest);
    if (form == "river")
        return river(rest);
    return base::fail(base::Code::malformed, "\"" + at + "\" is not a way to name a place");
}

} // namespace tocsin::county
