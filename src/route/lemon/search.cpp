#include "search.hpp"

#include <algorithm>
#include <lemon/adaptors.h>
#include <lemon/connectivity.h>
#include <lemon/dijkstra.h>
#include <lemon/quad_heap.h>
#include <lemon/static_graph.h>
#include <numeric>
#include <utility>

namespace tocsin::route::search {

using Graph = lemon::StaticDigraph;

namespace {
constexpr double infinite = std::numeric_limits<double>::infinity();

/// A vector by an item's number, as LEMON wants a map.
template <typename Item, typename T, typename Vector = std::vector<T>>
struct VectorMap {
    using Key = Item;
    using Value = T;
    Vector* values;
    T operator[](const Item& item) const { return (*values)[static_cast<std::size_t>(Graph::id(item))]; }
    void set(const Item& item, const T& value) { (*values)[static_cast<std::size_t>(Graph::id(item))] = value; }
};
using CostMap = VectorMap<Graph::Arc, double, const Costs>;
using PlaceMap = VectorMap<Graph::Node, int>;

/// True for the arcs that can be taken.
struct OpenArcs {
    using Key = Graph::Arc;
    using Value = bool;
    const Costs& costs;
    bool operator[](const Key& arc) const { return costs[static_cast<std::size_t>(Graph::id(arc))] < infinite; }
};
} // namespace

/// Holds the arcs turned round, so that a search from the target runs along them.
struct Network::Impl {
    Graph graph;
    std::vector<std::uint32_t> ids;     // by LEMON's arc number
    std::vector<std::uint32_t> firstOf; // by id, into `places`
    std::vector<std::uint32_t> places;  // LEMON's arc numbers by id
};

struct Scratch::Impl {
    std::vector<double> cost; // by node
    std::vector<int> place;   // by node, the heap's own
};
Scratch::Scratch() : m_impl(std::make_unique<Impl>()) {}
Scratch::~Scratch() = default;
Scratch::Scratch(Scratch&&) noexcept = default;
Scratch& Scratch::operator=(Scratch&&) noexcept = default;

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
    m_impl->ids.reserve(arcs.size());
    std::uint32_t most = 0;
    for (const std::uint32_t i : order) {
        m_impl->ids.push_back(arcs[i].id);
        most = std::max(most, arcs[i].id);
    }
    m_impl->firstOf.assign(std::size_t{most} + 2, 0);
    for (const std::uint32_t id : m_impl->ids)
        ++m_impl->firstOf[id + 1];
    std::partial_sum(m_impl->firstOf.begin(), m_impl->firstOf.end(), m_impl->firstOf.begin());
    m_impl->places.resize(arcs.size());
    std::vector<std::uint32_t> next = m_impl->firstOf;
    for (std::uint32_t k = 0; k < m_impl->ids.size(); ++k)
        m_impl->places[next[m_impl->ids[k]]++] = k;
}

Network::~Network() = default;
Network::Network(Network&&) noexcept = default;
Network& Network::operator=(Network&&) noexcept = default;

Costs Network::costsOf(const std::vector<double>& seconds) const {
    Costs costs;
    costs.reserve(m_impl->ids.size());
    for (const std::uint32_t id : m_impl->ids)
        costs.push_back(seconds[id] >= 0 ? seconds[id] : infinite);
    return costs;
}

void Network::close(Costs& costs, std::uint32_t id) const {
    if (std::size_t{id} + 1 >= m_impl->firstOf.size())
        return;
    for (std::uint32_t k = m_impl->firstOf[id]; k < m_impl->firstOf[id + 1]; ++k)
        costs[m_impl->places[k]] = infinite;
}

namespace {

/// Gives the search each node once, with its least cost: LEMON 1.3.1 keeps the greater when a source is added twice.
template <typename Dijkstra>
void addSources(Dijkstra& dijkstra, std::vector<Seed> seeds) {
    std::sort(seeds.begin(), seeds.end(),
              [](const Seed& a, const Seed& b) { return std::pair(a.node, a.cost) < std::pair(b.node, b.cost); });
    for (std::size_t i = 0; i < seeds.size(); ++i) {
        if (seeds[i].cost < infinite && (i == 0 || seeds[i].node != seeds[i - 1].node))
            dijkstra.addSource(Graph::nodeFromId(static_cast<int>(seeds[i].node)), seeds[i].cost);
    }
}

template <typename AnyGraph>
std::vector<double> costsWithin(const AnyGraph& graph, const Costs& costs, const std::vector<Seed>& seeds,
                                double most) {
    std::vector<double> reached(static_cast<std::size_t>(graph.nodeNum()), infinite);
    const CostMap cost{&costs};
    lemon::Dijkstra<AnyGraph, CostMap> dijkstra(graph, cost);
    dijkstra.init();
    addSources(dijkstra, seeds);
    while (!dijkstra.emptyQueue()) {
        const double next = dijkstra.currentDist(dijkstra.nextNode());
        if (!(next <= most) || !(next < infinite))
            break;
        const Graph::Node node = dijkstra.processNextNode();
        reached[static_cast<std::size_t>(Graph::id(node))] = dijkstra.dist(node);
    }
    return reached;
}

/// The node at an arc's far end, and the arcs that leave a node, either way round.
struct Along {
    const Graph& graph;
    [[nodiscard]] Graph::Node far(Graph::Arc arc) const { return graph.target(arc); }
    void first(Graph::Arc& arc, Graph::Node node) const { graph.firstOut(arc, node); }
    static void next(const Graph& graph, Graph::Arc& arc) { graph.nextOut(arc); }
};
struct Against {
    const Graph& graph;
    [[nodiscard]] Graph::Node far(Graph::Arc arc) const { return graph.source(arc); }
    void first(Graph::Arc& arc, Graph::Node node) const { graph.firstIn(arc, node); }
    static void next(const Graph& graph, Graph::Arc& arc) { graph.nextIn(arc); }
};

/// LEMON's heap and graph, and nothing but the costs: a table of times needs no ways, and so half the memory is
/// touched.
template <typename Walk>
void settle(const Walk& walk, const Costs& costs, const std::vector<Seed>& seeds, const std::vector<char>& isWanted,
            std::size_t left, std::vector<double>& cost, std::vector<int>& place) {
    using Heap = lemon::QuadHeap<double, PlaceMap>;
    PlaceMap places{&place};
    Heap heap(places);
    for (const Seed& seed : seeds) {
        const Graph::Node node = Graph::nodeFromId(static_cast<int>(seed.node));
        if (seed.cost < cost[seed.node]) {
            cost[seed.node] = seed.cost;
            heap.set(node, seed.cost);
        }
    }
    while (left > 0 && !heap.empty()) {
        const Graph::Node node = heap.top();
        const double at = heap.prio();
        heap.pop();
        left -= isWanted[static_cast<std::size_t>(Graph::id(node))] != 0 ? 1U : 0U;
        Graph::Arc arc;
        for (walk.first(arc, node); arc != lemon::INVALID; Walk::next(walk.graph, arc)) {
            const double through = at + costs[static_cast<std::size_t>(Graph::id(arc))];
            const Graph::Node far = walk.far(arc);
            double& known = cost[static_cast<std::size_t>(Graph::id(far))];
            if (through < known) {
                // What is settled is never improved upon, so `far` is in the heap if its cost is known at all.
                if (known < infinite)
                    heap.decrease(far, through);
                else
                    heap.push(far, through);
                known = through;
            }
        }
    }
}

} // namespace

Tree Network::searchTo(const std::vector<Seed>& seeds, const std::vector<std::uint32_t>& wanted,
                       const Costs& costs) const {
    const Graph& graph = m_impl->graph;
    const auto nodes = static_cast<std::size_t>(graph.nodeNum());
    Tree tree{std::vector<double>(nodes, infinite), std::vector<std::uint32_t>(nodes, noArc)};
    std::vector<char> isWanted(nodes, 0);
    std::size_t left = 0;
    for (std::uint32_t node : wanted)
        left += std::exchange(isWanted[node], char{1}) == 0 ? 1U : 0U;

    const CostMap cost{&costs};
    lemon::Dijkstra<Graph, CostMap> dijkstra(graph, cost);
    dijkstra.init();
    addSources(dijkstra, seeds);
    while (left > 0 && !dijkstra.emptyQueue() && dijkstra.currentDist(dijkstra.nextNode()) < infinite) {
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

std::vector<double> Network::within(const std::vector<Seed>& seeds, double most, Direction direction,
                                    const Costs& costs) const {
    if (direction == Direction::toSeeds) // the arcs are held turned round
        return costsWithin(m_impl->graph, costs, seeds, most);
    return costsWithin(lemon::ReverseDigraph<const Graph>(m_impl->graph), costs, seeds, most);
}

const std::vector<double>& Network::costsTo(const std::vector<Seed>& seeds, const std::vector<char>& isWanted,
                                            std::size_t count, Direction direction, const Costs& costs,
                                            Scratch& scratch) const {
    const auto nodes = static_cast<std::size_t>(m_impl->graph.nodeNum());
    std::vector<double>& cost = scratch.m_impl->cost;
    std::vector<int>& place = scratch.m_impl->place;
    cost.assign(nodes, infinite);
    place.assign(nodes, -1); // LEMON's "was never in the heap"
    if (direction == Direction::toSeeds)
        settle(Along{m_impl->graph}, costs, seeds, isWanted, count, cost, place);
    else
        settle(Against{m_impl->graph}, costs, seeds, isWanted, count, cost, place);
    return cost;
}

std::vector<std::uint32_t> Network::components(const Costs& costs) const {
    const Graph& graph = m_impl->graph;
    const OpenArcs open{costs};
    const lemon::FilterArcs<const Graph, const OpenArcs> openGraph(graph, open);
    Graph::NodeMap<int> component(graph);
    lemon::stronglyConnectedComponents(openGraph, component);
    std::vector<std::uint32_t> result(static_cast<std::size_t>(graph.nodeNum()));
    for (std::size_t i = 0; i < result.size(); ++i)
        result[i] = static_cast<std::uint32_t>(component[Graph::nodeFromId(static_cast<int>(i))]);
    return result;
}

} // namespace tocsin::route::search
