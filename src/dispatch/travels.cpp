#include "dispatch/travels.hpp"

#include "tocsin/geo/measure.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace tocsin::dispatch {
namespace {

constexpr double thereAlreadyDegrees = 0.0003; ///< of latitude: some more than the metres
constexpr std::size_t worthATable = 8; ///< places: of so many a table of all is as quickly made as one search each

} // namespace

bool Travels::isThere(std::size_t place, const model::Position& position) const {
    const model::Position& here = m_places[place];
    return std::abs(position.latitude() - here.latitude()) < thereAlreadyDegrees &&
           geo::distance(position, here).value <= thereAlreadyMetres;
}

double Travels::seconds(std::size_t place, std::size_t mover) const {
    const Mover& who = m_movers[mover];
    const Way& way = m_ways[mover];
    if (isThere(place, who.position))
        return 0;
    if (way.kind == nowhere)
        return noWay;
    if (way.kind == flies)
        return m_flights[way.start].seconds(geo::distance(who.position, m_places[place]).value);
    return m_kinds[way.kind].secondsOn(place, way.start) / way.factor;
}

double Travels::Kind::secondsOn(std::size_t place, std::uint32_t start) const {
    const Row& row = rows[place];
    if (!row.seconds.empty())
        return row.seconds[start];
    const auto found = std::lower_bound(row.near.begin(), row.near.end(), start,
                                        [](const route::NearTimes::Near& one, std::uint32_t s) { return one.start < s; });
    return found != row.near.end() && found->start == start ? found->seconds : noWay;
}

/// Calls `visit(start, seconds)` for whom a road leads from.
template <typename Visit>
void Travels::forRoads(const Kind& kind, std::size_t place, const Visit& visit) const {
    const Row& row = kind.rows[place];
    for (const auto& [start, seconds] : row.near)
        visit(start, seconds);
    for (std::size_t start = 0; start < row.seconds.size(); ++start)
        visit(start, row.seconds[start]);
}

Travel Travels::at(std::size_t place, std::size_t mover) const {
    const Mover& who = m_movers[mover];
    if (isThere(place, who.position))
        return {0, 0, true, true};
    const double taken = seconds(place, mover);
    Travel travel;
    travel.leads = std::isfinite(taken);
    travel.seconds = travel.leads ? taken : 0;
    const Way& way = m_ways[mover];
    travel.metres = travel.leads && way.kind != flies && place < m_measured
                        ? m_kinds[way.kind].rows[place].metres[way.start]
                        : geo::distance(who.position, m_places[place]).value;
    return travel;
}

std::vector<Travels::Coming> Travels::within(std::size_t place, double most) const {
    std::vector<Coming> coming;
    const model::Position& here = m_places[place];
    auto near = std::lower_bound(m_byLatitude.begin(), m_byLatitude.end(),
                                 std::pair(here.latitude() - thereAlreadyDegrees, 0U));
    for (; most > 0 && near != m_byLatitude.end() && near->first < here.latitude() + thereAlreadyDegrees; ++near) {
        if (isThere(place, m_movers[near->second].position))
            coming.push_back({near->second, 0});
    }
    const auto addAway = [&](std::uint32_t mover, double taken) {
        if (taken * m_movers[mover].expected < most)
            coming.push_back({mover, taken});
    };
    for (std::size_t f = 0; f < m_flights.size(); ++f) {
        const model::Position& from = m_movers[m_flying[f]].position;
        if (!isThere(place, from))
            addAway(m_flying[f], m_flights[f].seconds(geo::distance(from, here).value));
    }
    for (const Kind& kind : m_kinds) {
        forRoads(kind, place, [&](std::size_t start, double onRoad) {
            if (!(onRoad * kind.quickest[start] < most) || !std::isfinite(onRoad) || isThere(place, kind.starts[start]))
                return;
            for (const std::uint32_t mover : kind.at[start])
                addAway(mover, onRoad / m_ways[mover].factor);
        });
    }
    return coming;
}

void Travels::sort(Roads& roads) {
    std::map<const route::RoadGraph*, std::uint32_t> known;
    std::vector<std::map<std::pair<double, double>, std::uint32_t>> places; // by kind: its starts
    m_ways.resize(m_movers.size());
    for (std::uint32_t m = 0; m < m_movers.size(); ++m) {
        const auto& [resource, position, expected] = m_movers[m];
        m_byLatitude.emplace_back(position.latitude(), m);
        if (!canTravel(*resource))
            continue;
        if (resource->flies) {
            m_ways[m] = {flies, static_cast<std::uint32_t>(m_flights.size()), 1};
            m_flights.push_back(roads.flightOf(*resource));
            m_flying.push_back(m);
            continue;
        }
        const auto [graph, factor] = roads.of(*resource);
        if (graph == nullptr)
            continue;
        const auto [at, fresh] = known.emplace(graph.get(), static_cast<std::uint32_t>(m_kinds.size()));
        if (fresh) {
            m_kinds.emplace_back().graph = graph;
            places.emplace_back();
        }
        Kind& kind = m_kinds[at->second];
        const auto [start, first] = places[at->second].emplace(std::pair(position.latitude(), position.longitude()),
                                                               static_cast<std::uint32_t>(kind.starts.size()));
        if (first) {
            kind.starts.push_back(position);
            kind.at.emplace_back();
            kind.quickest.push_back(noWay);
        }
        kind.at[start->second].push_back(m);
        constexpr double rounding = 1e-9; // of the seconds: within() judges each one exactly
        kind.quickest[start->second] = std::min(kind.quickest[start->second], expected / factor * (1 - rounding));
        m_ways[m] = {at->second, start->second, factor};
    }
    std::sort(m_byLatitude.begin(), m_byLatitude.end());
    for (Kind& kind : m_kinds)
        kind.quickestOfAll = *std::min_element(kind.quickest.begin(), kind.quickest.end());
}

Travels::Travels(Roads& roads, std::span<const Mover> movers, std::span<const model::Position> places, std::size_t measured)
    : m_movers(movers.begin(), movers.end()), m_places(places.begin(), places.end()),
      m_measured(std::min(measured, places.size())), m_looked(places.size(), 0) {
    sort(roads);
    for (Kind& kind : m_kinds)
        kind.rows.resize(places.size());
}

base::Result<void> Travels::look(std::span<const Around> around, const std::stop_token& stop) {
    const auto begun = std::chrono::steady_clock::now();
    std::vector<std::size_t> measured;
    std::vector<std::size_t> whole;
    std::vector<Around> near;
    for (const Around& one : around) {
        if (!(one.most > m_looked[one.place]))
            continue;
        if (one.place < m_measured)
            measured.push_back(one.place); // whoever asks for metres, wants all
        else if (std::isfinite(one.most))
            near.push_back(one);
        else
            whole.push_back(one.place);
    }
    if (whole.size() < std::min(worthATable, m_places.size() - m_measured)) {
        for (const std::size_t place : whole)
            near.push_back({place, noWay});
        whole.clear();
    }
    for (Kind& kind : m_kinds) {
        if (auto done = searchAll(kind, measured, true, stop); !done)
            return done;
        if (auto done = searchAll(kind, whole, false, stop); !done)
            return done;
        if (auto done = searchNear(kind, near, stop); !done)
            return done;
    }
    for (const Around& one : around)
        m_looked[one.place] = std::max(m_looked[one.place], one.place < m_measured ? noWay : one.most);
    m_took += std::chrono::duration_cast<base::Duration>(std::chrono::steady_clock::now() - begun);
    if (stop.stop_requested())
        return base::fail(base::Code::cancelled, "the question was withdrawn");
    return {};
}

base::Result<void> Travels::searchAll(Kind& kind, std::span<const std::size_t> places, bool metres,
                                      const std::stop_token& stop) const {
    if (places.empty())
        return {};
    const std::size_t count = places.size();
    std::vector<model::Position> to;
    for (const std::size_t place : places)
        to.push_back(m_places[place]);
    const auto table = kind.graph->timesBetween(kind.starts, to, {.threads = 2, .metres = metres, .cancel = stop});
    if (!table)
        return tl::unexpected(table.error());
    const std::size_t starts = kind.starts.size();
    for (const std::size_t place : places) {
        kind.rows[place].near.clear();
        kind.rows[place].seconds.resize(starts);
        kind.rows[place].metres.resize(metres ? starts : 0);
    }
    // By place, so that one place's are beside each other; in blocks, for the caches' sake.
    constexpr std::size_t block = 32;
    for (std::size_t s = 0; s < starts; s += block) {
        for (std::size_t p = 0; p < count; ++p) {
            Row& row = kind.rows[places[p]];
            for (std::size_t k = s; k < std::min(starts, s + block); ++k) {
                row.seconds[k] = table->seconds[k * count + p];
                if (metres)
                    row.metres[k] = table->metres[k * count + p];
            }
        }
    }
    return {};
}

base::Result<void> Travels::searchNear(Kind& kind, std::span<const Around> around, const std::stop_token& stop) const {
    if (around.empty())
        return {};
    if (kind.near == nullptr)
        kind.near = kind.graph->nearTimes(kind.starts, m_places);
    std::vector<route::NearTimes::Wanted> wanted;
    constexpr double rounding = 1e-9; // of the seconds: within() judges each one exactly
    for (const Around& one : around)
        wanted.push_back({static_cast<std::uint32_t>(one.place), one.most / kind.quickestOfAll * (1 + rounding)});
    auto near = kind.near->within(wanted, {.threads = 2, .cancel = stop});
    if (!near)
        return tl::unexpected(near.error());
    for (std::size_t i = 0; i < around.size(); ++i) {
        Row& row = kind.rows[around[i].place];
        row.seconds.clear();
        row.near = std::move((*near)[i]);
    }
    return {};
}

base::Result<Travels> travelBetween(Roads& roads, std::span<const Mover> movers, std::span<const model::Position> places,
                                    std::size_t measured, const std::stop_token& stop) {
    Travels travels(roads, movers, places, measured);
    std::vector<Travels::Around> all;
    for (std::size_t place = 0; place < places.size(); ++place)
        all.push_back({place, Travels::noWay});
    if (auto done = travels.look(all, stop); !done)
        return tl::unexpected(done.error());
    return travels;
}

std::vector<Travel> travelTo(const route::RoadGraph* roads, model::Position place,
                             const std::vector<const model::Resource*>& resources) {
    std::vector<Mover> movers;
    movers.reserve(resources.size());
    for (const auto* resource : resources)
        movers.push_back({resource, resource->position});
    Roads plain(roads == nullptr ? nullptr : roads->shared_from_this(), nullptr, {});
    const auto travels = travelBetween(plain, movers, {&place, 1}, 1);
    std::vector<Travel> all(movers.size());
    for (std::size_t m = 0; travels && m < movers.size(); ++m)
        all[m] = travels->at(0, m);
    return all;
}

} // namespace tocsin::dispatch
