#pragma once

#include "route/lemon/search.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace tocsin::route {

/// The nodes of a search in an order in which they are taken out one by one, each leaving an edge between any two of its
/// neighbours that are still there. Whatever the arcs cost, one of the fastest ways from node to node then first climbs
/// and afterwards falls along these edges (Dibbelt, Strasser, Wagner: Customizable Contraction Hierarchies). Order and
/// edges depend on which arcs there are, and on nothing else; what the edges cost is reckoned anew for each table.
/// Immutable, thread safe.
class Hierarchy {
  public:
    /// Null where the edges would be so many that searching node by node is faster.
    [[nodiscard]] static std::unique_ptr<const Hierarchy> of(std::size_t nodes, const std::vector<search::Arc>& arcs);

    /// Of an edge from its lower end to its upper one, and back.
    struct Pair {
        double up{0};
        double down{0};
    };
    /// By edge.
    struct Weights {
        std::vector<Pair> seconds;
        std::vector<Pair> metres; ///< of the fastest ways; empty unless asked for
    };
    /// By the caller's number of an arc; negative seconds: it cannot be taken. `metres` may be null.
    [[nodiscard]] Weights weigh(const std::vector<double>& seconds, const std::vector<double>* metres) const;

    /// What weigh() does, in steps of a few nanoseconds.
    [[nodiscard]] std::size_t steps() const { return m_steps; }

  private:
    friend class Slice;
    struct ArcPlace {
        std::uint32_t id{0};    ///< the caller's number of the arc
        std::uint32_t place{0}; ///< twice the edge's number, plus one for downward
    };

    std::vector<std::uint32_t> m_rank;  ///< by node: when it is taken out
    std::vector<std::uint32_t> m_first; ///< by rank, into the edges; one more than nodes
    std::vector<std::uint32_t> m_upper; ///< by edge, the rank of its upper end; rising with each lower one
    std::vector<ArcPlace> m_arcs;
    std::size_t m_steps{0};
};

/// All of a weighed hierarchy that lies above some nodes: enough for every time between any two of them. Immutable.
class Slice {
  public:
    /// So many searches are made at a time.
    static constexpr std::size_t lanes = 8;
    /// What one thread needs for sweep after sweep, and what came of the last.
    struct Labels {
        std::vector<double> seconds; ///< by place(), a lane beside the other; infinity where nothing leads
        std::vector<double> metres;  ///< likewise; empty unless weighed
        std::vector<char> isMet;     ///< by place(), climbing
    };

    Slice(const Hierarchy& hierarchy, const Hierarchy::Weights& weights, std::span<const std::uint32_t> nodes,
          search::Direction direction);

    /// Where one of the nodes, or of those above, stands in the labels.
    [[nodiscard]] std::uint32_t place(std::uint32_t node) const { return m_placeOf[m_hierarchy.m_rank[node]]; }
    /// From (or to) the seeds of each lane; they are nodes of the slice.
    void sweep(std::span<const std::vector<search::Seed>> seeds, Labels& labels) const;

  private:
    struct Edge {
        std::uint32_t upper{0};
        double climb{0}; ///< seconds, the way the search goes
        double fall{0};
    };
    template <bool withMetres>
    void run(Labels& labels) const;

    const Hierarchy& m_hierarchy;
    std::vector<std::uint32_t> m_placeOf; ///< by rank
    std::vector<std::uint32_t> m_first;   ///< by place, one more than places
    std::vector<Edge> m_edges;
    std::vector<Hierarchy::Pair> m_metres; ///< by edge: climbing and falling; empty unless weighed
};

} // namespace tocsin::route
