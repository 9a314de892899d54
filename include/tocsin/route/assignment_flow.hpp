#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace tocsin::route {

/// Asks for so many givers; each unit that stays open costs `open`.
struct FlowAsker {
    std::uint32_t units{0};
    std::int64_t open{0};
};

/// What it costs to let `giver` serve `asker`; may be negative. Both count from 0.
struct FlowOption {
    std::uint32_t asker{0};
    std::uint32_t giver{0};
    std::int64_t cost{0};
};

inline constexpr std::int64_t maxFlowCost = std::int64_t{1} << 60U;

struct FlowPlan {
    std::vector<std::size_t> taken; ///< indexes of the options taken, rising
    bool optimal{false};            ///< false only for numbers beyond their limits: then nothing is taken
};

/// Least-cost flow by network simplex: each giver serves at most one asker, once. Unlike matchLeastCost() the price of
/// what stays open is the caller's. Pure: the same input gives the same plan. Any thread.
[[nodiscard]] FlowPlan leastCostFlow(std::span<const FlowAsker> askers, std::uint32_t givers,
                                     std::span<const FlowOption> options);

} // namespace tocsin::route
