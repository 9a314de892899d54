#pragma once

// Plain C++17 in front of LEMON: nothing of LEMON shows here, so C++20 code may include it.

#include <cstdint>
#include <vector>

namespace tocsin::route::search {

struct AssignAsker {
    std::uint32_t units{0};
    std::int64_t open{0};
};
struct AssignOption {
    std::uint32_t asker{0};
    std::uint32_t giver{0};
    std::int64_t cost{0};
};
struct Assigned {
    std::vector<std::uint32_t> options; ///< indexes of the options taken, rising
    bool optimal{false};
};

/// As route::leastCostFlow(), of numbers that are within its limits.
[[nodiscard]] Assigned assignLeastCost(const std::vector<AssignAsker>& askers, std::uint32_t givers,
                                       const std::vector<AssignOption>& options);

} // namespace tocsin::route::search
