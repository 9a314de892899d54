#pragma once

#include "dispatch/problem.hpp"

#include <algorithm>

namespace tocsin::dispatch {

/// The costs in whole numbers: tenths of a second above the bits that break ties; what stays open costs more than any
/// saving of time can be worth.
struct Scale {
    int tieBits{0};
    std::int64_t tieMost{0}; ///< greater ties count as this
    double leastWeight{1};
    std::int64_t perWeight{1}; ///< for a quarter of the least weight

    explicit Scale(const Problem& problem);
    [[nodiscard]] std::int64_t of(const Option& option) const;
    [[nodiscard]] std::int64_t open(double weight) const;
    /// Splits a difference of totals into weights lost and seconds.
    void split(std::int64_t difference, double& lost, double& seconds) const;
    /// The least cost that counts for as much or more; infinite where no time does.
    [[nodiscard]] double secondsOf(std::int64_t price) const;
};

/// The options taken where one unit must be served by another: of asks and options alone, each giver once.
[[nodiscard]] std::optional<std::vector<std::uint32_t>> forcedFlow(const Problem& problem, const Scale& scale,
                                                                   const Forced& forced);

/// How much the flow's total grows if an option must be taken, for all options of an ask, in their order (0 for those
/// that are; `unreachable` where it cannot be). Each is the shortest way back through the residual network, so exact;
/// found by Dijkstra over costs that the ways to the sink make positive. One thread.
class Residual {
  public:
    static constexpr std::int64_t unreachable = std::numeric_limits<std::int64_t>::max() / 4;
    static constexpr std::size_t everybody = std::numeric_limits<std::size_t>::max();
    Residual(const Problem& problem, const Scale& scale, const std::vector<std::uint32_t>& taken);
    [[nodiscard]] std::vector<std::int64_t> growth(std::uint32_t ask) const { return growth(ask, everybody, {}); }
    /// Likewise, but only of the `count` least beside those of `own` (givers) so exactly: of others less may be told, yet more
    /// than of these.
    [[nodiscard]] std::vector<std::int64_t> growth(std::uint32_t ask, std::size_t count, const std::vector<std::uint32_t>& own) const;
    /// What one unit more of this ask would cost; an option that costs as much betters nothing: by way of what stays
    /// free, and of what its giver's own ask would do without him, the same is had for less.
    [[nodiscard]] std::int64_t price(std::uint32_t ask) const { return m_toSink[ask]; }
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
    /// How far it is to an ask, cost and what it saves on the way to the sink together, which is never below 0; right up
    /// to `most`, which stands for all that is not nearer.
    class Distances {
      public:
        Distances(std::int64_t most, std::vector<std::int64_t>& known, std::vector<std::uint32_t>& touched)
            : m_most(most), m_known(known), m_touched(touched) {}
        Distances(const Distances&) = delete;
        Distances& operator=(const Distances&) = delete;
        ~Distances() {
            for (const std::uint32_t node : m_touched)
                m_known[node] = unreachable;
            m_touched.clear();
        }
        [[nodiscard]] std::int64_t operator[](std::uint32_t node) const { return std::min(m_most, m_known[node]); }
        [[nodiscard]] std::int64_t most() const { return m_most; }
        /// From now on nothing is looked at that is not nearer.
        void cap(std::int64_t most) { m_most = std::min(m_most, most); }
        [[nodiscard]] bool lower(std::uint32_t node, std::int64_t distance) {
            if (distance >= (*this)[node])
                return false;
            if (m_known[node] == unreachable)
                m_touched.push_back(node);
            m_known[node] = distance;
            return true;
        }

      private:
        std::int64_t m_most;
        std::vector<std::int64_t>& m_known; ///< by node; unreachable but for the few that are nearer than by the sink
        std::vector<std::uint32_t>& m_touched;
    };
    /// `settled(node)` is called once a node's distance is known.
    template <typename Settled>
    void measureTo(std::uint32_t ask, Distances& distance, std::vector<const Edge*>* next, const Settled& settled) const;
    /// The shortest ways between each node and the sink. No circle is negative, since the flow is optimal.
    void measureSink();
    const Problem& m_problem;
    const Scale& m_scale;
    std::vector<std::uint32_t> m_taken;
    std::vector<std::size_t> m_first;
    std::vector<std::uint32_t> m_server; ///< by giver: the option by which it serves
    std::vector<Step> m_steps;
    std::vector<std::vector<Edge>> m_into; ///< by node, the cheapest first; the last node is the sink
    std::vector<std::int64_t> m_toSink;    ///< by node
    std::vector<std::int64_t> m_fromSink;
    mutable std::vector<std::int64_t> m_known; ///< of one search at a time
    mutable std::vector<std::uint32_t> m_touched;
};

} // namespace tocsin::dispatch
