#pragma once

#include "dispatch/flow.hpp"

namespace tocsin::dispatch {

/// The least-cost flow of asks and options alone, each giver once, by network simplex: from the plan and the prices of the
/// last problem it goes on to the next, so that a few options more cost little. One thread.
///
/// Its spanning trees are strongly feasible, which ends it whatever enters. There a giver hangs on the ask that he serves
/// and a free one on the sink, so each is a tree over the asks alone: of each ask by which option, or left open, one unit
/// more of it would be served. See Cunningham, "A network simplex method", Mathematical Programming 11 (1976).
class FlowTree {
  public:
    /// The options taken, rising. Asks and givers keep their numbers from one problem to the next.
    [[nodiscard]] std::vector<std::uint32_t> plan(const Problem& problem, const Scale& scale);
    /// Of the last plan, by ask: what one unit more would cost; as Residual::price().
    [[nodiscard]] const std::vector<std::int64_t>& prices() const { return m_price; }

  private:
    static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
    void load(const Problem& problem, const Scale& scale);
    void grow();
    void keep();
    /// True if anything entered the tree.
    bool better(std::uint32_t ask);
    /// `by`: an option, or none: left open.
    void turn(std::uint32_t ask, std::uint32_t by, std::int64_t cheaper);
    void push(std::uint32_t ask, std::uint32_t option, std::int64_t cheaper);
    void release(std::uint32_t giver);
    /// The giver of `lost` has been taken from its ask: asks help themselves along the tree until one is left open, a free
    /// giver goes, or one of the ask `last`. Each then hangs on what it lost.
    void pass(std::uint32_t lost, std::uint32_t last);
    /// The ask on which it hangs by way of a giver; none: the sink.
    [[nodiscard]] std::uint32_t above(std::uint32_t ask) const;
    [[nodiscard]] bool hangsOn(std::uint32_t ask, std::uint32_t other) const;
    void hang(std::uint32_t ask, std::uint32_t by);
    void unhang(std::uint32_t ask);
    void shift(std::uint32_t giver, std::int64_t by);
    void shift(std::int64_t by); ///< what is on the stack, with all that hangs there
    void setServer(std::uint32_t giver, std::uint32_t option);

    // The problem.
    std::vector<std::uint32_t> m_first; ///< option, by ask
    std::vector<std::uint32_t> m_ask;   ///< by option
    std::vector<std::uint32_t> m_giver;
    std::vector<std::int64_t> m_cost;
    std::vector<std::int64_t> m_openCost; ///< by ask
    // The flow.
    std::vector<std::uint32_t> m_open;             ///< units, by ask
    std::vector<std::vector<std::uint32_t>> m_own; ///< givers, by ask
    std::vector<std::uint32_t> m_server;           ///< option, by giver; none: he is free
    // The tree.
    std::vector<std::uint32_t> m_by;    ///< option, by ask; none: left open
    std::vector<std::uint32_t> m_below; ///< by giver: the first of the asks that hang on him
    std::vector<std::uint32_t> m_next;  ///< by ask: beside it
    std::vector<std::uint32_t> m_previous;
    std::vector<std::int64_t> m_price; ///< by ask
    std::vector<std::int64_t> m_rent;  ///< by giver: what his ask would pay to keep him; below 0: nothing
    std::vector<std::uint32_t> m_stack;
    // Of the last plan.
    std::vector<std::uint32_t> m_served;  ///< ask, by giver
    std::vector<std::uint32_t> m_byGiver; ///< giver, by ask
};

} // namespace tocsin::dispatch
