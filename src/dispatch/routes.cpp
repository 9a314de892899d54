#include "dispatch/routes.hpp"

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

} // namespace

void drawRoutes(const Facts& facts, std::uint32_t site, const std::vector<Drawn>& drawn) {
    const model::Position to = facts.sites[site].incident->position;
    struct Group {
        std::shared_ptr<const route::RoadGraph> graph;
        std::vector<const Drawn*> drawn;
        std::vector<model::Position> starts;
    };
    std::map<const route::RoadGraph*, Group> groups;
    for (const Drawn& one : drawn) {
        const Travel& travel = facts.travels[site][one.giver];
        const Giver& giver = facts.givers[one.giver];
        if (travel.there || !travel.leads)
            continue;
        if (giver.resource->flies) {
            *one.route = {{giver.position, giver.position, to},
                          {0, flightStartSeconds, std::max(one.seconds, flightStartSeconds)},
                          base::Metres(travel.metres),
                          base::Seconds(one.seconds)};
        } else {
            const auto graph = facts.roads->of(*giver.resource).first;
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
