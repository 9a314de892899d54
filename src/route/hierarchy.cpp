#include "route/hierarchy.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>
#include <utility>

namespace tocsin::route {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

using Neighbours = std::vector<std::vector<std::uint32_t>>; // by node, rising

/// Which nodes an arc joins, whichever way.
Neighbours neighboursOf(std::size_t nodes, const std::vector<search::Arc>& arcs) {
    Neighbours neighbours(nodes);
    for (const search::Arc& arc : arcs) {
        if (arc.from != arc.to) {
            neighbours[arc.from].push_back(arc.to);
            neighbours[arc.to].push_back(arc.from);
        }
    }
    for (auto& list : neighbours) {
        std::sort(list.begin(), list.end());
        list.erase(std::unique(list.begin(), list.end()), list.end());
    }
    return neighbours;
}

/// Takes out the node with the fewest neighbours left, again and again, of those the one that has been so for longest: that
/// spreads over the map, and few ways are long. What remains in `neighbours` are each node's as it was taken out.
class Elimination {
  public:
    Elimination(Neighbours& neighbours, std::size_t mostSteps) : m_neighbours(neighbours), m_mostSteps(mostSteps) {}

    /// The nodes in order; empty if it would take too many steps.
    std::vector<std::uint32_t> run() {
        const std::size_t nodes = m_neighbours.size();
        m_isOut.assign(nodes, 0);
        for (std::uint32_t node = 0; node < nodes; ++node)
            queue(node);
        std::vector<std::uint32_t> order;
        order.reserve(nodes);
        while (order.size() < nodes) {
            const std::uint32_t node = next();
            const std::size_t degree = m_neighbours[node].size();
            m_steps += degree * (degree + 1) / 2;
            if (m_steps > m_mostSteps)
                return {};
            order.push_back(node);
            m_isOut[node] = 1;
            for (const std::uint32_t neighbour : m_neighbours[node])
                join(neighbour, node);
        }
        return order;
    }
    [[nodiscard]] std::size_t steps() const { return m_steps; }

  private:
    struct Waiting {
        std::vector<std::uint32_t> nodes;
        std::size_t taken{0};
    };

    void queue(std::uint32_t node) {
        const std::size_t degree = m_neighbours[node].size();
        if (degree >= m_waiting.size())
            m_waiting.resize(degree + 1);
        m_waiting[degree].nodes.push_back(node);
        m_least = std::min(m_least, degree);
    }

    std::uint32_t next() {
        for (;; ++m_least) {
            Waiting& waiting = m_waiting[m_least];
            while (waiting.taken < waiting.nodes.size()) {
                const std::uint32_t node = waiting.nodes[waiting.taken++];
                if (m_isOut[node] == 0 && m_neighbours[node].size() == m_least)
                    return node;
            }
            waiting = {};
        }
    }

    /// A neighbour of the node that goes is henceforth one of its other neighbours.
    void join(std::uint32_t neighbour, std::uint32_t gone) {
        auto& own = m_neighbours[neighbour];
        const std::size_t before = own.size();
        m_union.clear();
        std::set_union(own.begin(), own.end(), m_neighbours[gone].begin(), m_neighbours[gone].end(),
                       std::back_inserter(m_union));
        own.clear();
        std::copy_if(m_union.begin(), m_union.end(), std::back_inserter(own),
                     [&](std::uint32_t other) { return other != gone && other != neighbour; });
        if (own.size() != before)
            queue(neighbour);
    }

    Neighbours& m_neighbours;
    std::size_t m_mostSteps;
    std::vector<char> m_isOut;
    std::vector<Waiting> m_waiting; // by number of neighbours; some are there no more, or have other numbers
    std::size_t m_least{0};
    std::size_t m_steps{0};
    std::vector<std::uint32_t> m_union;
};

/// The same order but for nodes that have nothing to do with each other: whatever is below a node stands directly before
/// it, and so in one place in memory. From a node to its rank.
std::vector<std::uint32_t> ranksOf(const std::vector<std::uint32_t>& order, const Neighbours& above) {
    std::vector<std::uint32_t> turn(order.size());
    for (std::uint32_t i = 0; i < order.size(); ++i)
        turn[order[i]] = i;
    std::vector<std::uint32_t> parent(order.size(), none); // by node: the first above it to be taken out
    std::vector<std::uint32_t> below(order.size(), 1);     // by node: how many, itself among them
    for (const std::uint32_t node : order) {
        const auto& list = above[node];
        const auto first = std::min_element(list.begin(), list.end(),
                                            [&](std::uint32_t a, std::uint32_t b) { return turn[a] < turn[b]; });
        if (first != list.end()) {
            parent[node] = *first;
            below[*first] += below[node];
        }
    }
    std::vector<std::uint32_t> rank(order.size());
    std::vector<std::uint32_t> free(order.size()); // by node: one more than the last rank that is not given below it
    auto freeRoot = static_cast<std::uint32_t>(order.size());
    for (auto node = order.rbegin(); node != order.rend(); ++node) {
        std::uint32_t& end = parent[*node] == none ? freeRoot : free[parent[*node]];
        rank[*node] = free[*node] = end - 1;
        end -= below[*node];
    }
    return rank;
}

/// Takes what is better, and the metres with it.
void improve(double& seconds, double& metres, double newSeconds, double newMetres) {
    metres = newSeconds < seconds ? newMetres : metres;
    seconds = newSeconds < seconds ? newSeconds : seconds;
}

} // namespace

std::unique_ptr<const Hierarchy> Hierarchy::of(std::size_t nodes, const std::vector<search::Arc>& arcs) {
    // A county's roads take some ten steps a node. Beyond this many no table is searched faster for it.
    const std::size_t mostSteps = 1'000'000 + 250 * nodes;
    Neighbours above = neighboursOf(nodes, arcs);
    Elimination elimination(above, mostSteps);
    const std::vector<std::uint32_t> order = elimination.run();
    if (order.size() != nodes)
        return nullptr;
    auto made = std::make_unique<Hierarchy>();
    made->m_steps = elimination.steps() + nodes;
    made->m_rank = ranksOf(order, above);
    const auto& rank = made->m_rank;
    std::vector<std::uint32_t> nodeAt(nodes);
    for (std::uint32_t node = 0; node < nodes; ++node)
        nodeAt[rank[node]] = node;
    made->m_first.reserve(nodes + 1);
    made->m_first.push_back(0);
    for (const std::uint32_t node : nodeAt) {
        for (const std::uint32_t upper : above[node])
            made->m_upper.push_back(rank[upper]);
        std::sort(made->m_upper.begin() + made->m_first.back(), made->m_upper.end());
        made->m_first.push_back(static_cast<std::uint32_t>(made->m_upper.size()));
    }
    made->m_arcs.reserve(arcs.size());
    for (const search::Arc& arc : arcs) {
        if (arc.from == arc.to)
            continue; // round to where one is
        const auto [lower, upper] = std::minmax(rank[arc.from], rank[arc.to]);
        const auto begin = made->m_upper.begin();
        const auto edge = std::lower_bound(begin + made->m_first[lower], begin + made->m_first[lower + 1], upper) - begin;
        made->m_arcs.push_back({arc.id, 2 * static_cast<std::uint32_t>(edge) + (rank[arc.from] == lower ? 0U : 1U)});
    }
    return made;
}

Hierarchy::Weights Hierarchy::weigh(const std::vector<double>& seconds, const std::vector<double>* metres) const {
    Weights weights;
    weights.seconds.assign(m_upper.size(), {infinite, infinite});
    weights.metres.assign(metres != nullptr ? m_upper.size() : 0, {});
    for (const ArcPlace& arc : m_arcs) {
        if (seconds[arc.id] < 0)
            continue;
        Pair& pair = weights.seconds[arc.place / 2];
        double& own = arc.place % 2 == 0 ? pair.up : pair.down;
        if (seconds[arc.id] >= own)
            continue;
        own = seconds[arc.id];
        if (metres != nullptr) {
            Pair& length = weights.metres[arc.place / 2];
            (arc.place % 2 == 0 ? length.up : length.down) = (*metres)[arc.id];
        }
    }
    // What goes over the lower end, from the bottom upward: then what is below is known already.
    const auto overLower = [&](const auto& relax) {
        for (std::uint32_t lower = 0; lower + 1 < m_first.size(); ++lower) {
            const std::uint32_t end = m_first[lower + 1];
            for (std::uint32_t a = m_first[lower]; a < end; ++a) {
                std::uint32_t between = m_first[m_upper[a]];
                for (std::uint32_t b = a + 1; b < end; ++b, ++between) {
                    while (m_upper[between] != m_upper[b])
                        ++between;
                    relax(a, b, between);
                }
            }
        }
    };
    auto* const time = weights.seconds.data();
    if (metres == nullptr) {
        overLower([time](std::uint32_t a, std::uint32_t b, std::uint32_t between) {
            const double up = time[a].down + time[b].up;
            const double down = time[b].down + time[a].up;
            time[between].up = up < time[between].up ? up : time[between].up;
            time[between].down = down < time[between].down ? down : time[between].down;
        });
    } else {
        auto* const length = weights.metres.data();
        overLower([time, length](std::uint32_t a, std::uint32_t b, std::uint32_t between) {
            improve(time[between].up, length[between].up, time[a].down + time[b].up, length[a].down + length[b].up);
            improve(time[between].down, length[between].down, time[b].down + time[a].up,
                    length[b].down + length[a].up);
        });
    }
    return weights;
}

Slice::Slice(const Hierarchy& hierarchy, const Hierarchy::Weights& weights, std::span<const std::uint32_t> nodes,
             search::Direction direction)
    : m_hierarchy(hierarchy), m_placeOf(hierarchy.m_rank.size(), none) {
    for (const std::uint32_t node : nodes)
        m_placeOf[hierarchy.m_rank[node]] = 0;
    m_first.push_back(0);
    // An edge's upper end comes later, so it gets its place in time; until then the edges name ranks.
    for (std::uint32_t rank = 0; rank < m_placeOf.size(); ++rank) {
        if (m_placeOf[rank] == none)
            continue;
        m_placeOf[rank] = static_cast<std::uint32_t>(m_first.size() - 1);
        for (std::uint32_t e = hierarchy.m_first[rank]; e < hierarchy.m_first[rank + 1]; ++e) {
            const auto turned = [&](const Hierarchy::Pair& pair) {
                return direction == search::Direction::fromSeeds ? pair : Hierarchy::Pair{pair.down, pair.up};
            };
            const auto [climb, fall] = turned(weights.seconds[e]);
            if (!(climb < infinite) && !(fall < infinite))
                continue;
            m_placeOf[hierarchy.m_upper[e]] = 0;
            m_edges.push_back({hierarchy.m_upper[e], climb, fall});
            if (!weights.metres.empty())
                m_metres.push_back(turned(weights.metres[e]));
        }
        m_first.push_back(static_cast<std::uint32_t>(m_edges.size()));
    }
    for (Edge& edge : m_edges)
        edge.upper = m_placeOf[edge.upper];
}

void Slice::sweep(std::span<const std::vector<search::Seed>> seeds, Labels& labels) const {
    const std::size_t places = m_first.size() - 1;
    labels.seconds.assign(places * lanes, infinite);
    labels.isMet.assign(places, 0);
    // Metres count only beside seconds.
    labels.metres.resize(m_metres.empty() ? 0 : places * lanes);
    for (std::size_t lane = 0; lane < seeds.size(); ++lane) {
        for (const search::Seed& seed : seeds[lane]) {
            const std::uint32_t at = place(seed.node);
            if (!(seed.cost < labels.seconds[at * lanes + lane]))
                continue;
            labels.isMet[at] = 1;
            labels.seconds[at * lanes + lane] = seed.cost;
            if (!labels.metres.empty())
                labels.metres[at * lanes + lane] = seed.metres;
        }
    }
    m_metres.empty() ? run<false>(labels) : run<true>(labels);
}

template <bool withMetres>
void Slice::run(Labels& labels) const {
    struct Lanes {
        std::array<double, lanes> seconds;
        std::array<double, lanes> metres;
    };
    double* const allSeconds = labels.seconds.data();
    double* const allMetres = labels.metres.data();
    // In registers while a node's edges are gone through.
    const auto read = [&](std::uint32_t at) {
        Lanes own;
        std::copy_n(allSeconds + at * lanes, lanes, own.seconds.begin());
        if constexpr (withMetres)
            std::copy_n(allMetres + at * lanes, lanes, own.metres.begin());
        return own;
    };
    const auto write = [&](const Lanes& own, std::uint32_t at) {
        std::copy_n(own.seconds.begin(), lanes, allSeconds + at * lanes);
        if constexpr (withMetres)
            std::copy_n(own.metres.begin(), lanes, allMetres + at * lanes);
    };
    const auto improve = [](Lanes& own, const Lanes& start, double seconds, double metres) {
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            const double through = start.seconds[lane] + seconds;
            if constexpr (withMetres)
                own.metres[lane] = through < own.seconds[lane] ? start.metres[lane] + metres : own.metres[lane];
            own.seconds[lane] = through < own.seconds[lane] ? through : own.seconds[lane];
        }
    };
    const auto places = static_cast<std::uint32_t>(m_first.size() - 1);
    for (std::uint32_t at = 0; at < places; ++at) {
        if (labels.isMet[at] == 0)
            continue;
        const Lanes start = read(at);
        for (std::uint32_t e = m_first[at]; e < m_first[at + 1]; ++e) {
            const Edge& edge = m_edges[e];
            if (!(edge.climb < infinite))
                continue;
            labels.isMet[edge.upper] = 1;
            Lanes upper = read(edge.upper);
            improve(upper, start, edge.climb, withMetres ? m_metres[e].up : 0);
            write(upper, edge.upper);
        }
    }
    for (std::uint32_t at = places; at-- > 0;) {
        Lanes own = read(at);
        for (std::uint32_t e = m_first[at]; e < m_first[at + 1]; ++e)
            improve(own, read(m_edges[e].upper), m_edges[e].fall, withMetres ? m_metres[e].down : 0);
        write(own, at);
    }
}

} // namespace tocsin::route
