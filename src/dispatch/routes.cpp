#include "dispatch/routes.hpp"

#include "tocsin/geo/measure.hpp"

#include <algorithm>
#include <map>
#include <numeric>

namespace tocsin::dispatch {
namespace {

constexpr std::size_t roadsNamed = 3;

/// The longest roads of the way, in the order in which they are driven.
std::string viaOf(const route::Way& way) {
    std::vector<std::size_t> order(way.roads.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return way.roads[a].second.value > way.roads[b].second.value;
    });
    order.resize(std::min(order.size(), roadsNamed));
    std::sort(order.begin(), order.end());
    std::string via;
    for (const std::size_t i : order)
        via += (via.empty() ? "" : ", ") + way.roads[i].first;
    return via;
}

/// Stretches a way's times to what it is reckoned to take.
void stretch(model::RouteLine& line, double seconds) {
    const double whole = line.secondsAt.empty() ? 0 : line.secondsAt.back();
    const double factor = whole > 0 ? seconds / whole : 1;
    for (double& at : line.secondsAt)
        at *= factor;
    if (!line.secondsAt.empty())
        line.secondsAt.back() = seconds;
    line.duration = base::Seconds(seconds);
}

/// Straight, after the start.
model::RouteLine flight(const model::Position& from, const model::Position& to, double start, double seconds) {
    return {{from, from, to},
            {0, std::min(seconds, start), seconds},
            geo::distance(from, to),
            base::Seconds(seconds)};
}

/// One part of a journey, with its times as the roads say; empty points: there already. Nothing where no way leads.
std::optional<route::Way> partOf(Roads& roads, const Mover& mover, const model::Position& from,
                                 const model::Position& to) {
    route::Way way;
    const auto metres = geo::distance(from, to);
    if (metres.value <= thereAlreadyMetres)
        return way;
    if (mover.resource->flies) {
        const auto by = roads.flightOf(*mover.resource);
        way.line = flight(from, to, by.startSeconds, by.seconds(metres.value));
        return way;
    }
    const auto [graph, factor] = roads.of(*mover.resource);
    if (graph == nullptr || !(factor > 0))
        return std::nullopt;
    auto ways = graph->waysTo(to, {&from, 1});
    if (ways.empty() || !ways.front() || ways.front()->line.secondsAt.empty())
        return std::nullopt;
    way = std::move(*ways.front());
    stretch(way.line, way.line.secondsAt.back() / factor);
    return way;
}

} // namespace

std::optional<Journey> journeyOf(Roads& roads, const Mover& mover, std::span<const model::Position> places,
                                 double loading, double stretched) {
    Journey out;
    double at = 0;
    auto from = mover.position;
    for (std::size_t k = 0; k < places.size(); ++k) {
        const auto part = partOf(roads, mover, from, places[k]);
        if (!part)
            return std::nullopt;
        for (std::size_t i = 0; i < part->line.points.size(); ++i) {
            out.line.points.push_back(part->line.points[i]);
            out.line.secondsAt.push_back(at + part->line.secondsAt[i] * stretched);
        }
        out.line.length += part->line.length;
        out.plain += part->line.duration.value;
        at += part->line.duration.value * stretched;
        out.via = viaOf(*part);
        out.arrivals.push_back(at);
        from = places[k];
        if (k + 1 == places.size() || loading <= 0)
            continue;
        if (out.line.points.empty()) { // it loads where it is
            out.line.points.push_back(from);
            out.line.secondsAt.push_back(0);
        }
        at += loading;
        out.plain += loading;
        out.line.points.push_back(out.line.points.back());
        out.line.secondsAt.push_back(at);
    }
    out.line.duration = base::Seconds(at);
    return out;
}

void drawRoutes(const Facts& facts, std::uint32_t site, const std::vector<Drawn>& drawn) {
    const model::Position to = facts.sites[site].incident->position;
    struct Group {
        std::shared_ptr<const route::RoadGraph> graph;
        std::vector<const Drawn*> drawn;
        std::vector<model::Position> starts;
    };
    std::map<const route::RoadGraph*, Group> groups;
    for (const Drawn& one : drawn) {
        const Travel travel = facts.travels.at(site, one.giver);
        const Giver& giver = facts.givers[one.giver];
        if (travel.there || !travel.leads)
            continue;
        const auto& traveller = travellerOf(*giver.resource);
        if (traveller.flies) {
            *one.route = flight(giver.position, to, facts.roads->flightOf(traveller).startSeconds, one.seconds);
        } else {
            const auto graph = facts.roads->of(traveller).first;
            if (graph == nullptr)
                continue;
            Group& group = groups[graph.get()];
            group.graph = graph;
            group.drawn.push_back(&one);
            group.starts.push_back(giver.position);
        }
    }
    for (const auto& [key, group] : groups) {
        auto ways = group.graph->waysTo(to, group.starts);
        for (std::size_t k = 0; k < group.drawn.size() && k < ways.size(); ++k) {
            if (!ways[k])
                continue;
            *group.drawn[k]->via = viaOf(*ways[k]);
            *group.drawn[k]->route = std::move(ways[k]->line);
            stretch(*group.drawn[k]->route, group.drawn[k]->seconds);
        }
    }
}

} // namespace tocsin::dispatch
