#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace tocsin::route {

/// What it costs to let `giver` serve `asker`. Both count from 0.
struct MatchOption {
    std::uint32_t asker{0};
    std::uint32_t giver{0};
    std::int64_t cost{0}; ///< 0 … maxMatchCost
};

inline constexpr std::int64_t maxMatchCost = std::int64_t{1} << 40U;
inline constexpr std::uint32_t maxMatchUnits = 1024;

struct Matching {
    std::vector<std::size_t> taken; ///< indexes of the options taken, rising
    bool optimal{false};            ///< false only for an input beyond the limits: then nothing is taken
};

/// Least-cost matching by network simplex: each giver serves at most one asker; as many of the asked units as possible
/// are served, and among all such ways the total cost is least. `asked` has each asker's units, maxMatchUnits in all.
/// Pure: the same input gives the same answer. Any thread.
[[nodiscard]] Matching matchLeastCost(std::span<const std::uint32_t> asked, std::uint32_t givers,
                                      std::span<const MatchOption> options);

} // namespace tocsin::route
