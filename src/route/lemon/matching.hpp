#pragma once

// Plain C++17 in front of LEMON: nothing of LEMON shows here, so C++20 code may include it.

#include <cstdint>
#include <vector>

namespace tocsin::route::search {

/// What it costs to give `taker` to `giver`.
struct Option {
    std::uint32_t asker{0};
    std::uint32_t giver{0};
    std::int64_t cost{0}; ///< 0 … maxOptionCost
};

inline constexpr std::int64_t maxOptionCost = std::int64_t{1} << 40U;
inline constexpr std::uint32_t maxAsked = 1024;

struct Match {
    std::vector<std::uint32_t> options; ///< indexes of the options taken, rising
    bool optimal{false};                ///< proven least; otherwise nothing was taken
};

/// Gives each giver to at most one asker, so that as many units as can be are served, and at the least total cost.
/// `asked`: units of each asker, maxAsked in total. The same input gives the same answer.
[[nodiscard]] Match matchLeastCost(const std::vector<std::uint32_t>& asked, std::uint32_t givers,
                                   const std::vector<Option>& options);

} // namespace tocsin::route::search
