#include "matching.hpp"

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized" // LEMON copies nodes whose links it sets a line later
#endif
#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>
#include <numeric>

namespace tocsin::route::search {

Match matchLeastCost(const std::vector<std::uint32_t>& asked, std::uint32_t givers,
                     const std::vector<Option>& options) {
    using Graph = lemon::SmartDigraph;
    // More than all that a full set of options can cost together, so that serving one unit more always pays.
    constexpr std::int64_t unserved = maxOptionCost * maxAsked * 2;

    const std::int64_t total = std::accumulate(asked.begin(), asked.end(), std::int64_t{0});
    if (total > maxAsked)
        return {};
    if (total == 0)
        return {{}, true};

    Graph graph;
    graph.reserveNode(static_cast<int>(asked.size() + givers + 1));
    graph.reserveArc(static_cast<int>(options.size() + asked.size() + givers));
    std::vector<Graph::Node> askers;
    std::vector<Graph::Node> gives;
    for (std::size_t i = 0; i < asked.size(); ++i)
        askers.push_back(graph.addNode());
    for (std::uint32_t i = 0; i < givers; ++i)
        gives.push_back(graph.addNode());
    const Graph::Node sink = graph.addNode();

    for (const Option& option : options)
        graph.addArc(askers[option.asker], gives[option.giver]);
    for (const Graph::Node& giver : gives)
        graph.addArc(giver, sink);
    const int firstUnserved = graph.arcNum();
    for (const Graph::Node& asker : askers)
        graph.addArc(asker, sink);

    Graph::NodeMap<std::int64_t> supply(graph, 0);
    Graph::ArcMap<std::int64_t> cost(graph, 0);
    Graph::ArcMap<std::int64_t> upper(graph, 1);
    for (std::size_t i = 0; i < options.size(); ++i)
        cost[Graph::arcFromId(static_cast<int>(i))] = options[i].cost;
    for (std::size_t i = 0; i < asked.size(); ++i) {
        const Graph::Arc arc = Graph::arcFromId(firstUnserved + static_cast<int>(i));
        supply[askers[i]] = asked[i];
        upper[arc] = asked[i];
        cost[arc] = unserved;
    }
    supply[sink] = -total;

    lemon::NetworkSimplex<Graph, std::int64_t, std::int64_t> simplex(graph);
    simplex.supplyMap(supply).upperMap(upper).costMap(cost);
    if (simplex.run() != lemon::NetworkSimplex<Graph, std::int64_t, std::int64_t>::OPTIMAL)
        return {};
    Match match;
    match.optimal = true;
    for (std::uint32_t i = 0; i < options.size(); ++i) {
        if (simplex.flow(Graph::arcFromId(static_cast<int>(i))) > 0)
            match.options.push_back(i);
    }
    return match;
}

} // namespace tocsin::route::search
