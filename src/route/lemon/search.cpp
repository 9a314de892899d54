#include "search.hpp"

#include <algorithm>
#include <lemon/connectivity.h>
#include <lemon/dijkstra.h>
#include <lemon/static_graph.h>
#include <numeric>
#include <utility>

namespace tocsin::route::search {

using Graph = lemon::StaticDigraph;

/// Holds the arcs turned round, so that a search from the target runs along them.
struct Network::Impl {
    Graph graph;
    std::unique_ptr<Graph::ArcMap<double>> cost;
    std::vector<std::uint32_t> ids; // by LEMON's arc number
};

Network::Network(std::size_t nodes, const std::vector<Arc>& arcs) : m_impl(std::make_unique<Impl>()) {
    // LEMON wants the arcs sorted by their source, which here is the arc's own end. A counting sort keeps their order.
    std::vector<std::uint32_t> offset(nodes + 1, 0);
    for (const Arc& arc : arcs)
        ++offset[arc.to + 1];
    std::partial_sum(offset.begin(), offset.end(), offset.begin());
    std::vector<std::uint32_t> order(arcs.size());
    for (std::uint32_t i = 0; i < arcs.size(); ++i)
        order[offset[arcs[i].to]++] = i;

    std::vector<std::pair<int, int>> ends;
    ends.reserve(arcs.size());
    for (std::uint32_t i : order)
        ends.emplace_back(static_cast<int>(arcs[i].to), static_cast<int>(arcs[i].from));
    m_impl->graph.build(static_cast<int>(nodes), ends.begin(), ends.end());
    m_impl->cost = std::make_unique<Graph::ArcMap<double>>(m_impl->graph);
    m_impl->ids.reserve(arcs.size());
    for (std::size_t k = 0; k < order.size(); ++k) {
        (*m_impl->cost)[Graph::arcFromId(static_cast<int>(k))] = arcs[order[k]].cost;
        m_impl->ids.push_back(arcs[order[k]].id);
    }
}

Network::~Network() = default;
Network::Network(Network&&) noexcept = default;
Network& Network::operator=(Network&&) noexcept = default;

Tree Network::searchTo(const std::vector<Seed>& seeds, const std::vector<std::uint32_t>& wanted) const {
    const Graph& graph = m_impl->graph;
    const auto nodes = static_cast<std::size_t>(graph.nodeNum());
    Tree tree{std::vector<double>(nodes, std::numeric_limits<double>::infinity()),
              std::vector<std::uint32_t>(nodes, noArc)};
    std::vector<char> isWanted(nodes, 0);
    std::size_t left = 0;
    for (std::uint32_t node : wanted)
        left += std::exchange(isWanted[node], char{1}) == 0 ? 1U : 0U;

    lemon::Dijkstra<Graph, Graph::ArcMap<double>> dijkstra(graph, *m_impl->cost);
    dijkstra.init();
    // Each node once, with its least cost: LEMON 1.3.1 keeps the greater when a source is added twice.
    std::vector<Seed> sources(seeds);
    std::sort(sources.begin(), sources.end(),
              [](const Seed& a, const Seed& b) { return std::pair(a.node, a.cost) < std::pair(b.node, b.cost); });
    for (std::size_t i = 0; i < sources.size(); ++i) {
        if (i == 0 || sources[i].node != sources[i - 1].node)
            dijkstra.addSource(Graph::nodeFromId(static_cast<int>(sources[i].node)), sources[i].cost);
    }
    while (left > 0 && !dijkstra.emptyQueue()) {
        const Graph::Node node = dijkstra.processNextNode();
        const auto index = static_cast<std::size_t>(Graph::id(node));
        tree.cost[index] = dijkstra.dist(node);
        const Graph::Arc arc = dijkstra.predArc(node);
        if (arc != lemon::INVALID)
            tree.nextArc[index] = m_impl->ids[static_cast<std::size_t>(Graph::id(arc))];
        left -= isWanted[index] != 0 ? 1U : 0U;
    }
    return tree;
}

std::vector<std::uint32_t> Network::components() const {
    const Graph& graph = m_impl->graph;
    Graph::NodeMap<int> component(graph);
    lemon::stronglyConnectedComponents(graph, component);
    std::vector<std::uint32_t> result(static_cast<std::size_t>(graph.nodeNum()));
    for (std::size_t i = 0; i < result.size(); ++i)
        result[i] = static_cast<std::uint32_t>(component[Graph::nodeFromId(static_cast<int>(i))]);
    return result;
}

} // namespace tocsin::route::search
