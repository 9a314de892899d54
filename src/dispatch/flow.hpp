#pragma once

#include "dispatch/problem.hpp"

namespace tocsin::dispatch {

/// The costs in whole numbers: tenths of a second above the bits that break ties; what stays open costs more than any
/// saving of time can be worth.
struct Scale {
    int tieBits{0};
    double leastWeight{1};
    std::int64_t perWeight{1}; ///< for a quarter of the least weight

    explicit Scale(const Problem& problem);
    [[nodiscard]] std::int64_t of(const Option& option) const;
    [[nodiscard]] std::int64_t open(double weight) const;
    /// Splits a difference of totals into weights lost and seconds.
    void split(std::int64_t difference, double& lost, double& seconds) const;
};

/// The asks and options alone, each giver once: a lower bound for all else, and exact where nothing couples.
[[nodiscard]] std::optional<std::vector<std::uint32_t>> flowPlan(const Problem& problem, const Scale& scale,
                                                                 const Forced* forced);

/// How much the flow's total grows if an option must be taken, for all options of an ask, in their order (0 for those
/// that are; `unreachable` where it cannot be). Each is the shortest way back through the residual network, so exact;
/// found by Dijkstra over costs that the ways to the sink make positive.
class Residual {
  public:
    static constexpr std::int64_t unreachable = std::numeric_limits<std::int64_t>::max() / 4;
    Residual(const Problem& problem, const Scale& scale, const std::vector<std::uint32_t>& taken);
    [[nodiscard]] std::vector<std::int64_t> growth(std::uint32_t ask) const;
    /// What is taken by a least flow in which this option is.
    [[nodiscard]] std::vector<std::uint32_t> planWith(std::uint32_t option) const;
    /// Where a first option of this ask stands in the problem's.
    [[nodiscard]] std::size_t first(std::uint32_t ask) const { return m_first[ask]; }
    [[nodiscard]] std::size_t end(std::uint32_t ask) const { return m_first[ask + 1]; }

  private:
    static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
    struct Edge {
        std::uint32_t from{0};
        std::uint32_t what{0}; ///< index of its step
        std::int64_t cost{0};
    };
    struct Step {
        std::uint32_t to{0};
        std::uint32_t add{none};    ///< the option that is taken
        std::uint32_t remove{none}; ///< and the one given up
    };
    /// By node: how far it is to the ask, its cost and what it saves on the way to the sink together, which is never
    /// below 0; right up to `most`, which stands for all that is not nearer.
    std::vector<std::int64_t> distancesTo(std::uint32_t ask, std::int64_t most, std::vector<const Edge*>* next) const;
    /// The shortest ways between each node and the sink. No circle is negative, since the flow is optimal.
    void measureSink();
    const Problem& m_problem;
    const Scale& m_scale;
    std::vector<std::uint32_t> m_taken;
    std::vector<std::size_t> m_first;
    std::vector<std::uint32_t> m_server; ///< by giver: the option by which it serves
    std::vector<Step> m_steps;
    std::vector<std::vector<Edge>> m_into; ///< by node; the last node is the sink
    std::vector<std::int64_t> m_toSink;    ///< by node
    std::vector<std::int64_t> m_fromSink;
};

} // namespace tocsin::dispatch
