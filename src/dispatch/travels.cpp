#include "dispatch/travels.hpp"

#include "tocsin/geo/measure.hpp"

#include <algorithm>
#include <cmath>

namespace tocsin::dispatch {
namespace {

constexpr double thereAlreadyDegrees = 0.0003; ///< of latitude: some more than the metres

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
    const Kind& kind = m_kinds[way.kind];
    return kind.seconds[place * kind.starts.size() + way.start] / way.factor;
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
                        ? m_kinds[way.kind].metres[place * m_kinds[way.kind].starts.size() + way.start]
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
        const double* const onRoad = kind.seconds.data() + place * kind.starts.size();
        for (std::size_t s = 0; s < kind.starts.size(); ++s) {
            if (!(onRoad[s] * kind.quickest[s] < most) || !std::isfinite(onRoad[s]) || isThere(place, kind.starts[s]))
                continue;
            for (const std::uint32_t mover : kind.at[s])
                addAway(mover, onRoad[s] / m_ways[mover].factor);
        }
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
}

base::Result<void> Travels::search(Kind& kind, std::size_t first, std::size_t end, bool metres,
                                   const std::stop_token& stop) const {
    if (first == end)
        return {};
    const std::size_t count = end - first;
    const auto table = kind.graph->timesBetween(kind.starts, std::span(m_places).subspan(first, count),
                                                {.threads = 2, .metres = metres, .cancel = stop});
    if (!table)
        return tl::unexpected(table.error());
    const std::size_t starts = kind.starts.size();
    // By place, so that one place's are beside each other; in blocks, for the caches' sake.
    constexpr std::size_t block = 32;
    for (std::size_t s = 0; s < starts; s += block) {
        for (std::size_t p = 0; p < count; ++p) {
            for (std::size_t k = s; k < std::min(starts, s + block); ++k) {
                kind.seconds[(first + p) * starts + k] = table->seconds[k * count + p];
                if (metres)
                    kind.metres[(first + p) * starts + k] = table->metres[k * count + p];
            }
        }
    }
    return {};
}

base::Result<Travels> travelBetween(Roads& roads, std::span<const Mover> movers, std::span<const model::Position> places,
                                    std::size_t measured, const std::stop_token& stop) {
    Travels travels;
    travels.m_movers.assign(movers.begin(), movers.end());
    travels.m_places.assign(places.begin(), places.end());
    travels.m_measured = std::min(measured, places.size());
    travels.sort(roads);
    for (Travels::Kind& kind : travels.m_kinds) {
        kind.seconds.resize(places.size() * kind.starts.size());
        kind.metres.resize(travels.m_measured * kind.starts.size());
        if (auto done = travels.search(kind, 0, travels.m_measured, true, stop); !done)
            return tl::unexpected(done.error());
        if (auto done = travels.search(kind, travels.m_measured, places.size(), false, stop); !done)
            return tl::unexpected(done.error());
    }
    if (stop.stop_requested())
        return base::fail(base::Code::cancelled, "the question was withdrawn");
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
