#pragma once

// Plain C++17 in front of LEMON: nothing of LEMON shows here, so C++20 code may include it.

#include <cstdint>
#include <limits>
#include <memory>
#include <vector>

namespace tocsin::route::search {

/// A directed arc. `id` is the caller's own number for it.
struct Arc {
    std::uint32_t from{0};
    std::uint32_t to{0};
    std::uint32_t id{0};
};

/// From here the target is `cost` away.
struct Seed {
    std::uint32_t node{0};
    double cost{0};
    double metres{0};
};

inline constexpr std::uint32_t noArc = std::numeric_limits<std::uint32_t>::max();

/// The outcome of a search towards a target.
struct Tree {
    std::vector<double> cost;           ///< by node; infinity where it was not reached
    std::vector<std::uint32_t> nextArc; ///< id of the first arc on the way to the target; noArc at a seed
};

/// What each arc costs, in the network's own order; infinity: it cannot be taken.
using Costs = std::vector<double>;

/// Which way the searched times run.
enum class Direction : unsigned char {
    toSeeds,  ///< from each node to the nearest seed
    fromSeeds ///< from the nearest seed to each node
};

/// What one thread needs for search after search.
class Scratch {
  public:
    Scratch();
    ~Scratch();
    Scratch(Scratch&&) noexcept;
    Scratch& operator=(Scratch&&) noexcept;

  private:
    friend class Network;
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

/// A directed graph that is searched backwards from targets. Immutable, thread safe.
class Network {
  public:
    Network(std::size_t nodes, const std::vector<Arc>& arcs);
    ~Network();
    Network(Network&&) noexcept;
    Network& operator=(Network&&) noexcept;

    /// `seconds`: by the caller's number of an arc; negative: it cannot be taken.
    [[nodiscard]] Costs costsOf(const std::vector<double>& seconds) const;
    /// No arc of this number can be taken.
    void close(Costs& costs, std::uint32_t id) const;

    /// Dijkstra over reversed arcs from the seeds; ends once every node of `wanted` is settled.
    [[nodiscard]] Tree searchTo(const std::vector<Seed>& seeds, const std::vector<std::uint32_t>& wanted,
                                const Costs& costs) const;
    /// The cost of each node within `most` of the seeds; infinity beyond.
    [[nodiscard]] std::vector<double> within(const std::vector<Seed>& seeds, double most, Direction direction,
                                             const Costs& costs) const;
    struct Reached {
        const std::vector<double>& cost;   ///< by node; of nodes that are not wanted any
        const std::vector<double>& metres; ///< of the way; empty unless asked for
    };
    /// To each wanted node (`isWanted` by node, `count` of them); good until the scratch is used again. `metres`: by the
    /// caller's number of an arc, null if the lengths are not asked for.
    [[nodiscard]] Reached costsTo(const std::vector<Seed>& seeds, const std::vector<char>& isWanted, std::size_t count,
                                  Direction direction, const Costs& costs, const std::vector<double>* metres,
                                  Scratch& scratch) const;
    struct Near {
        std::uint32_t node{0};
        double cost{0};
    };
    /// Each node from which a seed is less than `most` away, in no order; touches no other, and costs what it finds.
    void nearTo(const std::vector<Seed>& seeds, double most, const Costs& costs, Scratch& scratch,
                std::vector<Near>& found) const;
    /// The strongly connected component of each node.
    [[nodiscard]] std::vector<std::uint32_t> components(const Costs& costs) const;

  private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace tocsin::route::search
