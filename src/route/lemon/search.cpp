#include "search.hpp"

#include <algorithm>
#include <cmath>
#include <lemon/adaptors.h>
#include <lemon/connectivity.h>
#include <lemon/dijkstra.h>
#include <lemon/static_graph.h>
#include <numeric>
#include <utility>

namespace tocsin::route::search {

using Graph = lemon::StaticDigraph;

namespace {
constexpr double infinite = std::numeric_limits<double>::infinity();

/// The costs as LEMON wants a map.
struct CostMap {
    using Key = Graph::Arc;
    using Value = double;
    const Costs* costs;
    double operator[](const Key& arc) const { return (*costs)[static_cast<std::size_t>(Graph::id(arc))]; }
};

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

namespace {
struct Waiting {
    double cost;
    std::uint32_t node;
};
} // namespace

struct Scratch::Impl {
    std::vector<double> cost;   // by node
    std::vector<double> metres; // by node, where they are asked for
    std::vector<char> wanted; // by node
    std::vector<std::vector<Waiting>> buckets;
    std::vector<Waiting> far;
    std::vector<double> nearCost; // by node, infinite between two searches
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

/// Calls `visit` with each arc that leaves a node and the node at its far end, either way round.
struct Along {
    const Graph& graph;
    template <typename Visit>
    void operator()(Graph::Node node, const Visit& visit) const {
        for (Graph::OutArcIt arc(graph, node); arc != lemon::INVALID; ++arc)
            visit(static_cast<std::size_t>(Graph::id(arc)), static_cast<std::size_t>(Graph::id(graph.target(arc))));
    }
};
struct Against {
    const Graph& graph;
    template <typename Visit>
    void operator()(Graph::Node node, const Visit& visit) const {
        for (Graph::InArcIt arc(graph, node); arc != lemon::INVALID; ++arc)
            visit(static_cast<std::size_t>(Graph::id(arc)), static_cast<std::size_t>(Graph::id(graph.source(arc))));
    }
};

/// What waits, in buckets a second wide; whatever lies farther than all of them waits apart. Within a bucket the
/// order is any: who is improved there is taken again, so that every cost is exact once its bucket is done.
class Buckets {
  public:
    explicit Buckets(std::vector<std::vector<Waiting>>& buckets, std::vector<Waiting>& far)
        : m_buckets(buckets), m_far(far) {
        m_buckets.resize(count);
        for (auto& bucket : m_buckets)
            bucket.clear();
        m_far.clear();
    }
    void put(double cost, std::uint32_t node) {
        const double at = std::floor(cost / width);
        if (at < m_current + count) {
            m_buckets[static_cast<std::size_t>(at) % count].push_back({cost, node});
            ++m_near;
        } else {
            m_far.push_back({cost, node});
            m_farLeast = std::min(m_farLeast, at);
        }
    }
    /// Moves on to the next bucket that holds something; null at the end. Do not keep it over a put().
    [[nodiscard]] std::vector<Waiting>* next() {
        if (m_near == 0) {
            if (m_far.empty())
                return nullptr;
            m_current = m_farLeast;
        }
        for (;;) {
            if (m_farLeast < m_current + count)
                takeFar();
            auto& bucket = m_buckets[static_cast<std::size_t>(m_current) % count];
            if (!bucket.empty())
                return &bucket;
            ++m_current;
        }
    }
    void took() { --m_near; }

  private:
    static constexpr std::size_t count = 1024; // a power of two
    static constexpr double width = 1;         // seconds

    void takeFar() {
        std::vector<Waiting> far;
        far.swap(m_far);
        m_farLeast = infinite;
        for (const Waiting& waiting : far)
            put(waiting.cost, waiting.node);
    }

    std::vector<std::vector<Waiting>>& m_buckets;
    std::vector<Waiting>& m_far;
    double m_current{0}; ///< a whole number
    double m_farLeast{infinite};
    std::size_t m_near{0};
};

/// A label-correcting search by buckets over LEMON's graph, and nothing but the costs: a table of times needs no ways.
/// `note(node, from, arc)` and `begin(node, seed)` are told of each improvement.
template <typename ForArcs, typename Begin, typename Note>
void settle(const ForArcs& forArcs, const Costs& costs, const std::vector<Seed>& seeds, std::vector<char>& isWanted,
            std::size_t left, std::vector<double>& cost, Buckets buckets, const Begin& begin, const Note& note) {
    for (const Seed& seed : seeds) {
        if (seed.cost < cost[seed.node]) {
            cost[seed.node] = seed.cost;
            begin(seed);
            buckets.put(seed.cost, seed.node);
        }
    }
    while (left > 0) {
        std::vector<Waiting>* bucket = buckets.next();
        if (bucket == nullptr)
            return;
        while (!bucket->empty()) {
            const Waiting waiting = bucket->back();
            bucket->pop_back();
            buckets.took();
            if (waiting.cost > cost[waiting.node])
                continue;
            left -= std::exchange(isWanted[waiting.node], char{0}) != 0 ? 1U : 0U;
            forArcs(Graph::nodeFromId(static_cast<int>(waiting.node)), [&](std::size_t arc, std::size_t far) {
                const double through = waiting.cost + costs[arc];
                if (through < cost[far]) {
                    cost[far] = through;
                    note(far, waiting.node, arc);
                    buckets.put(through, static_cast<std::uint32_t>(far));
                }
            });
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

Network::Reached Network::costsTo(const std::vector<Seed>& seeds, const std::vector<char>& isWanted,
                                  std::size_t count, Direction direction, const Costs& costs,
                                  const std::vector<double>* metres, Scratch& scratch) const {
    const auto nodes = static_cast<std::size_t>(m_impl->graph.nodeNum());
    Scratch::Impl& own = *scratch.m_impl;
    own.cost.assign(nodes, infinite);
    own.wanted = isWanted;
    const Buckets buckets(own.buckets, own.far);
    own.metres.resize(metres != nullptr ? nodes : 0);
    const auto run = [&](const auto& begin, const auto& note) {
        if (direction == Direction::toSeeds)
            settle(Along{m_impl->graph}, costs, seeds, own.wanted, count, own.cost, buckets, begin, note);
        else
            settle(Against{m_impl->graph}, costs, seeds, own.wanted, count, own.cost, buckets, begin, note);
    };
    if (metres == nullptr)
        run([](const Seed&) {}, [](std::size_t, std::uint32_t, std::size_t) {});
    else
        run([&](const Seed& seed) { own.metres[seed.node] = seed.metres; },
            [&](std::size_t node, std::uint32_t from, std::size_t arc) {
                own.metres[node] = own.metres[from] + (*metres)[m_impl->ids[arc]];
            });
    return {own.cost, own.metres};
}

void Network::nearTo(const std::vector<Seed>& seeds, double most, const Costs& costs, Scratch& scratch,
                     std::vector<Near>& found) const {
    const Along forArcs{m_impl->graph};
    Scratch::Impl& own = *scratch.m_impl;
    own.nearCost.resize(static_cast<std::size_t>(m_impl->graph.nodeNum()), infinite);
    std::vector<double>& cost = own.nearCost;
    Buckets buckets(own.buckets, own.far);
    found.clear();
    const auto reach = [&](std::uint32_t node, double seconds) {
        if (!(seconds < most) || !(seconds < cost[node]))
            return;
        if (cost[node] == infinite)
            found.push_back({node, 0});
        cost[node] = seconds;
        buckets.put(seconds, node);
    };
    for (const Seed& seed : seeds)
        reach(seed.node, seed.cost);
    while (std::vector<Waiting>* bucket = buckets.next()) {
        while (!bucket->empty()) {
            const Waiting waiting = bucket->back();
            bucket->pop_back();
            buckets.took();
            if (waiting.cost > cost[waiting.node])
                continue;
            forArcs(Graph::nodeFromId(static_cast<int>(waiting.node)), [&](std::size_t arc, std::size_t far) {
                reach(static_cast<std::uint32_t>(far), waiting.cost + costs[arc]);
            });
        }
    }
    for (Near& one : found)
        one.cost = std::exchange(cost[one.node], infinite);
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
