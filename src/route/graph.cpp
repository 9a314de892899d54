#include "route/graph.hpp"

#include "tocsin/geo/measure.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tocsin::route {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

} // namespace

Graph::Graph(std::shared_ptr<const RoadCore> core)
    : m_core(std::move(core)), m_dryTimes(m_core->plain()), m_times(m_dryTimes) {}

Graph::Graph(std::shared_ptr<const RoadCore> core, std::shared_ptr<const ArcTimes> times, ClosedStretches closures,
             Conditions conditions)
    : m_core(std::move(core)), m_dryTimes(std::move(times)), m_closures(std::move(closures)),
      m_conditions(std::move(conditions)), m_times(m_dryTimes), m_closed(m_closures) {
    applyConditions();
    if (m_closed.empty())
        return;
    m_costs = m_times->costs;
    for (const auto& [piece, stretch] : m_closed) {
        network().close(m_costs, arcOf(piece, true));
        network().close(m_costs, arcOf(piece, false));
    }
}

std::shared_ptr<const RoadGraph> Graph::without(std::span<const model::Line> closures) const {
    if (closures.empty())
        return shared_from_this();
    ClosedStretches all = m_closures;
    addClosed(m_core->network, m_core->snapper, closures, all);
    return std::make_shared<const Graph>(m_core, m_dryTimes, std::move(all), m_conditions);
}

bool Graph::isOpen(std::uint32_t piece, double a, double b) const {
    if (m_closed.empty())
        return true;
    const auto closed = m_closed.find(piece);
    return closed == m_closed.end() || std::max(a, b) < closed->second.from || std::min(a, b) > closed->second.to;
}

std::vector<Hit> Graph::nearestOpen(model::Position place) const {
    auto hits = m_core->snapper.nearest(place, m_times->usable, m_times->offRoadMost);
    if (m_closed.empty())
        return hits;
    std::vector<Hit> open;
    for (const Hit& hit : hits) {
        if (isOpen(hit.piece, hit.fraction, hit.fraction)) {
            open.push_back(hit);
            continue;
        }
        // One drives up to the closure from either side, and walks the rest along the road.
        const Stretch& stretch = m_closed.at(hit.piece);
        const auto add = [&](double fraction) {
            Hit edge = hit;
            edge.fraction = fraction;
            edge.metres += std::abs(hit.fraction - fraction) * m_core->network.pieces[hit.piece].length;
            open.push_back(edge);
        };
        if (stretch.from > 0)
            add(std::nextafter(stretch.from, -1));
        if (stretch.to < 1)
            add(std::nextafter(stretch.to, 2));
    }
    if (!open.empty() || hits.empty())
        return open;
    std::vector<char> accepted = m_times->usable;
    accepted.resize(m_core->network.pieces.size(), 1);
    for (const auto& [piece, stretch] : m_closed)
        accepted[piece] = 0;
    return m_core->snapper.nearest(place, accepted, m_times->offRoadMost);
}

Access Graph::access(model::Position place) const {
    Access result{nearestOpen(place), {}};
    const auto isMain = [&](const Hit& hit) { return m_times->inMain[hit.piece] != 0; };
    if (result.nearest.empty() || std::any_of(result.nearest.begin(), result.nearest.end(), isMain))
        return result;
    if (m_closed.empty()) {
        result.mainNetwork = m_core->snapper.nearest(place, m_times->inMain, m_times->offRoadMost);
    } else {
        auto accepted = m_times->inMain;
        for (const auto& [piece, stretch] : m_closed)
            accepted[piece] = 0;
        result.mainNetwork = m_core->snapper.nearest(place, accepted, m_times->offRoadMost);
    }
    return result;
}

double Graph::cost(const Leg& leg) const {
    return std::abs(leg.to - leg.from) * seconds(arcOf(leg.piece, leg.forward));
}

double Graph::metres(const Leg& leg) const {
    return std::abs(leg.to - leg.from) * m_core->network.pieces[leg.piece].length;
}

std::vector<std::optional<Trip>> Graph::tripsTo(const std::vector<Hit>& target,
                                                const std::vector<const std::vector<Hit>*>& starts) const {
    std::vector<std::optional<Trip>> trips(starts.size());
    const TurnNodes& turns = this->turns();
    // The last leg of each way, by which the target's road is entered.
    struct Arrival {
        std::uint32_t node{0};
        Leg leg;
        double cost{0};
        double walk{0};
    };
    std::vector<Arrival> arrivals;
    std::vector<search::Seed> seeds;
    for (const Hit& hit : target) {
        const auto add = [&](const Leg& leg) {
            turns.forStarts(arcOf(leg.piece, leg.forward), [&](std::uint32_t node) {
                arrivals.push_back({node, leg, cost(leg) + walkSeconds(hit.metres), hit.metres});
                seeds.push_back({node, arrivals.back().cost});
            });
        };
        if (seconds(arcOf(hit.piece, true)) >= 0 && isOpen(hit.piece, 0, hit.fraction))
            add({hit.piece, 0, hit.fraction, true});
        if (seconds(arcOf(hit.piece, false)) >= 0 && isOpen(hit.piece, 1, hit.fraction))
            add({hit.piece, 1, hit.fraction, false});
    }
    std::vector<std::uint32_t> wanted;
    for (const std::vector<Hit>* start : starts) {
        for (const Hit& hit : *start) {
            if (seconds(arcOf(hit.piece, true)) >= 0)
                wanted.push_back(turns.endOf(arcOf(hit.piece, true)));
            if (seconds(arcOf(hit.piece, false)) >= 0)
                wanted.push_back(turns.endOf(arcOf(hit.piece, false)));
        }
    }
    if (seeds.empty() || wanted.empty())
        return trips;
    const search::Tree tree = network().searchTo(seeds, wanted, costs());

    const auto follow = [&](std::uint32_t node, Trip& trip) {
        while (tree.nextArc[node] != search::noArc) {
            const ArcId arc = tree.nextArc[node];
            const bool forward = isForward(arc);
            trip.legs.push_back({pieceOf(arc), forward ? 0.0 : 1.0, forward ? 1.0 : 0.0, forward});
            node = turns.endOf(arc);
        }
        const auto arrival = std::find_if(arrivals.begin(), arrivals.end(), [&](const Arrival& a) {
            return a.node == node && a.cost <= tree.cost[node];
        });
        trip.legs.push_back(arrival->leg);
        trip.walkAfter = arrival->walk;
    };
    for (std::size_t i = 0; i < starts.size(); ++i) {
        double best = infinite;
        Trip trip;
        for (const Hit& hit : *starts[i]) {
            const double there = seconds(arcOf(hit.piece, true));
            const double back = seconds(arcOf(hit.piece, false));
            const double walk = walkSeconds(hit.metres);
            const auto tryThrough = [&](const Leg& leg) {
                if (!isOpen(leg.piece, leg.from, leg.to))
                    return;
                const std::uint32_t node = turns.endOf(arcOf(leg.piece, leg.forward));
                const double total = walk + cost(leg) + tree.cost[node];
                if (total < best) {
                    best = total;
                    trip = {total, hit.metres, 0, {leg}};
                    follow(node, trip);
                }
            };
            if (there >= 0)
                tryThrough({hit.piece, hit.fraction, 1, true});
            if (back >= 0)
                tryThrough({hit.piece, hit.fraction, 0, false});
            for (const Hit& end : target) { // along one and the same road, without touching a junction
                if (end.piece != hit.piece || !isOpen(hit.piece, hit.fraction, end.fraction))
                    continue;
                const bool forward = end.fraction > hit.fraction || back < 0;
                if (forward ? there < 0 || end.fraction < hit.fraction : back < 0)
                    continue;
                const Leg leg{hit.piece, hit.fraction, end.fraction, forward};
                const double total = walk + cost(leg) + walkSeconds(end.metres);
                if (total < best) {
                    best = total;
                    trip = {total, hit.metres, end.metres, {leg}};
                }
            }
        }
        if (best < infinite)
            trips[i] = std::move(trip);
    }
    return trips;
}

std::vector<std::optional<Trip>> Graph::plan(model::Position target, std::span<const model::Position> starts) const {
    std::vector<std::optional<Trip>> trips(starts.size());
    std::vector<Access> places;
    places.reserve(starts.size());
    std::vector<char> done(starts.size(), 0);
    for (std::size_t i = 0; i < starts.size(); ++i) {
        if (geo::distance(starts[i], target).value <= samePlaceMetres) {
            trips[i] = Trip{};
            done[i] = 1;
        }
        places.push_back(done[i] != 0 ? Access{} : access(starts[i]));
    }
    // First from road to road as they lie; then what is cut off by way of the main network.
    const Access end = access(target);
    for (const std::vector<Hit>* to : {&end.nearest, &end.mainNetwork}) {
        for (const bool byMain : {false, true}) {
            std::vector<std::size_t> which;
            std::vector<const std::vector<Hit>*> from;
            for (std::size_t i = 0; i < starts.size(); ++i) {
                const std::vector<Hit>& hits = byMain ? places[i].mainNetwork : places[i].nearest;
                if (done[i] == 0 && !hits.empty()) {
                    which.push_back(i);
                    from.push_back(&hits);
                }
            }
            if (to->empty() || from.empty())
                continue;
            std::vector<std::optional<Trip>> found = tripsTo(*to, from);
            for (std::size_t k = 0; k < which.size(); ++k) {
                if (found[k]) {
                    trips[which[k]] = std::move(found[k]);
                    done[which[k]] = 1;
                }
            }
        }
    }
    for (std::size_t i = 0; m_times->straightOffRoad && i < starts.size(); ++i) {
        const double straight = geo::distance(starts[i], target).value;
        if (done[i] == 0 && straight <= m_times->offRoadMost)
            trips[i] = Trip{walkSeconds(straight), straight, 0, {}};
    }
    return trips;
}

std::vector<std::optional<Reach>> Graph::timesTo(model::Position target,
                                                 std::span<const model::Position> starts) const {
    std::vector<std::optional<Reach>> times(starts.size());
    const std::vector<std::optional<Trip>> trips = plan(target, starts);
    for (std::size_t i = 0; i < trips.size(); ++i) {
        if (!trips[i])
            continue;
        double length = trips[i]->walkBefore + trips[i]->walkAfter;
        for (const Leg& leg : trips[i]->legs)
            length += metres(leg);
        times[i] = Reach{base::Seconds(trips[i]->seconds), base::Metres(length)};
    }
    return times;
}

std::vector<std::optional<Way>> Graph::waysTo(model::Position target, std::span<const model::Position> starts) const {
    std::vector<std::optional<Way>> ways(starts.size());
    const std::vector<std::optional<Trip>> trips = plan(target, starts);
    for (std::size_t i = 0; i < trips.size(); ++i) {
        if (trips[i])
            ways[i] = Way{lineOf(*trips[i], starts[i], target), roadsOf(*trips[i]), legsOf(*trips[i])};
    }
    return ways;
}

std::optional<model::RouteLine> Graph::route(model::Position from, model::Position to) const {
    auto way = waysTo(to, std::span(&from, 1)).front();
    return way ? std::optional(std::move(way->line)) : std::nullopt;
}

std::vector<std::string> Graph::roadNames(model::Position from, model::Position to) const {
    std::vector<std::string> names;
    const auto way = waysTo(to, std::span(&from, 1)).front();
    if (way) {
        for (const auto& road : way->roads)
            names.push_back(road.first);
    }
    return names;
}

} // namespace tocsin::route
