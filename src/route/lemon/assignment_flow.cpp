#include "assignment_flow.hpp"

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized" // LEMON copies nodes whose links it sets a line later
#endif
#include <algorithm>
#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>

namespace tocsin::route::search {

Assigned assignLeastCost(const std::vector<AssignAsker>& askers, std::uint32_t givers,
                         const std::vector<AssignOption>& options) {
    using Graph = lemon::SmartDigraph;
    std::int64_t total = 0;
    for (const AssignAsker& asker : askers)
        total += asker.units;
    if (total == 0)
        return {{}, true};

    // Only givers with an option are nodes: the fewer, the fewer pivots.
    std::vector<int> nodeOf(givers, -1);
    Graph graph;
    graph.reserveNode(static_cast<int>(askers.size() + givers + 1));
    graph.reserveArc(static_cast<int>(options.size() + askers.size() + givers));
    for (std::size_t i = 0; i < askers.size(); ++i)
        graph.addNode();
    for (const AssignOption& option : options) {
        if (nodeOf[option.giver] < 0)
            nodeOf[option.giver] = Graph::id(graph.addNode());
    }
    const Graph::Node sink = graph.addNode();
    for (const AssignOption& option : options)
        graph.addArc(Graph::nodeFromId(static_cast<int>(option.asker)), Graph::nodeFromId(nodeOf[option.giver]));
    for (const int node : nodeOf) {
        if (node >= 0)
            graph.addArc(Graph::nodeFromId(node), sink);
    }
    const int firstOpen = graph.arcNum();
    for (std::size_t i = 0; i < askers.size(); ++i)
        graph.addArc(Graph::nodeFromId(static_cast<int>(i)), sink);

    Graph::NodeMap<std::int64_t> supply(graph, 0);
    Graph::ArcMap<std::int64_t> cost(graph, 0);
    Graph::ArcMap<std::int64_t> upper(graph, 1);
    for (std::size_t i = 0; i < options.size(); ++i)
        cost[Graph::arcFromId(static_cast<int>(i))] = options[i].cost;
    for (std::size_t i = 0; i < askers.size(); ++i) {
        const Graph::Arc arc = Graph::arcFromId(firstOpen + static_cast<int>(i));
        supply[Graph::nodeFromId(static_cast<int>(i))] = askers[i].units;
        upper[arc] = askers[i].units;
        cost[arc] = askers[i].open;
    }
    supply[sink] = -total;

    using Simplex = lemon::NetworkSimplex<Graph, std::int64_t, std::int64_t>;
    Simplex simplex(graph);
    simplex.supplyMap(supply).upperMap(upper).costMap(cost);
    if (simplex.run() != Simplex::OPTIMAL)
        return {};
    Assigned done;
    done.optimal = true;
    for (std::uint32_t i = 0; i < options.size(); ++i) {
        if (simplex.flow(Graph::arcFromId(static_cast<int>(i))) > 0)
            done.options.push_back(i);
    }
    return done;
}

} // namespace tocsin::route::search
