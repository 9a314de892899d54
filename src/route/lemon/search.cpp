#include "search.hpp"

#include <algorithm>
#include <lemon/adaptors.h>
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

namespace {

/// True for the arcs that are open.
struct OpenArcs {
    using Key = Graph::Arc;
    using Value = bool;
    const std::vector<std::uint32_t>& ids;
    const Closed& closed;
    bool operator[](const Key& arc) const { return closed[ids[static_cast<std::size_t>(Graph::id(arc))]] == 0; }
};

/// Gives the search each node once, with its least cost: LEMON 1.3.1 keeps the greater when a source is added twice.
template <typename Dijkstra>
void addSources(Dijkstra& dijkstra, std::vector<Seed> seeds) {
    std::sort(seeds.begin(), seeds.end(),
              [](const Seed& a, const Seed& b) { return std::pair(a.node, a.cost) < std::pair(b.node, b.cost); });
    for (std::size_t i = 0; i < seeds.size(); ++i) {
        if (i == 0 || seeds[i].node != seeds[i - 1].node)
            dijkstra.addSource(Graph::nodeFromId(static_cast<int>(seeds[i].node)), seeds[i].cost);
    }
}

template <typename AnyGraph, typename Cost>
Tree treeTo(const AnyGraph& graph, const Cost& cost, const std::vector<std::uint32_t>& ids,
            const std::vector<Seed>& seeds, const std::vector<std::uint32_t>& wanted) {
    const auto nodes = static_cast<std::size_t>(graph.nodeNum());
    Tree tree{std::vector<double>(nodes, std::numeric_limits<double>::infinity()),
              std::vector<std::uint32_t>(nodes, noArc)};
    std::vector<char> isWanted(nodes, 0);
    std::size_t left = 0;
    for (std::uint32_t node : wanted)
        left += std::exchange(isWanted[node], char{1}) == 0 ? 1U : 0U;

    lemon::Dijkstra<AnyGraph, Cost> dijkstra(graph, cost);
    dijkstra.init();
    addSources(dijkstra, seeds);
    while (left > 0 && !dijkstra.emptyQueue()) {
        const Graph::Node node = dijkstra.processNextNode();
        const auto index = static_cast<std::size_t>(Graph::id(node));
        tree.cost[index] = dijkstra.dist(node);
        const Graph::Arc arc = dijkstra.predArc(node);
        if (arc != lemon::INVALID)
            tree.nextArc[index] = ids[static_cast<std::size_t>(Graph::id(arc))];
        left -= isWanted[index] != 0 ? 1U : 0U;
    }
    return tree;
}

template <typename AnyGraph, typename Cost>
std::vector<double> costsWithin(const AnyGraph& graph, const Cost& cost, const std::vector<Seed>& seeds, double most) {
    std::vector<double> costs(static_cast<std::size_t>(graph.nodeNum()), std::numeric_limits<double>::infinity());
    lemon::Dijkstra<AnyGraph, Cost> dijkstra(graph, cost);
    dijkstra.init();
    addSources(dijkstra, seeds);
    while (!dijkstra.emptyQueue() && dijkstra.currentDist(dijkstra.nextNode()) <= most) {
        const Graph::Node node = dijkstra.processNextNode();
        costs[static_cast<std::size_t>(Graph::id(node))] = dijkstra.dist(node);
    }
    return costs;
}

} // namespace

Tree Network::searchTo(const std::vector<Seed>& seeds, const std::vector<std::uint32_t>& wanted,
                       const Closed& closed) const {
    if (closed.empty())
        return treeTo(m_impl->graph, *m_impl->cost, m_impl->ids, seeds, wanted);
    const OpenArcs open{m_impl->ids, closed};
    const lemon::FilterArcs<const Graph, const OpenArcs> openGraph(m_impl->graph, open);
    return treeTo(openGraph, *m_impl->cost, m_impl->ids, seeds, wanted);
}

std::vector<double> Network::within(const std::vector<Seed>& seeds, double most, Direction direction,
                                    const Closed& closed) const {
    using Filtered = lemon::FilterArcs<const Graph, const OpenArcs>;
    const bool back = direction == Direction::toSeeds; // the arcs are held turned round
    if (closed.empty()) {
        return back ? costsWithin(m_impl->graph, *m_impl->cost, seeds, most)
                    : costsWithin(lemon::ReverseDigraph<const Graph>(m_impl->graph), *m_impl->cost, seeds, most);
    }
    const OpenArcs open{m_impl->ids, closed}; // nothing is asked of it once the search is over
    const Filtered openGraph(m_impl->graph, open);
    return back ? costsWithin(openGraph, *m_impl->cost, seeds, most)
                : costsWithin(lemon::ReverseDigraph<const Filtered>(openGraph), *m_impl->cost, seeds, most);
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
