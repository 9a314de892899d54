#pragma once

#include "route/network.hpp"
#include "route/snapper.hpp"

#include <algorithm>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

namespace tocsin::route {

/// The stretch of a piece, as fractions of its length, on which nobody can drive: the hull of what is closed on it.
struct Stretch {
    double from{1};
    double to{0};
    void add(double fraction) {
        from = std::min(from, fraction);
        to = std::max(to, fraction);
    }
};

/// By piece: where it is closed.
using ClosedStretches = std::unordered_map<std::uint32_t, Stretch>;

/// Adds what these lines close: the roads that a line crosses or runs along (within 8 m over 10 m at least), that
/// a ring crosses or holds, or, for one point, the road nearest to it within 50 m.
void addClosed(const RoadNetwork& network, const Snapper& snapper, std::span<const model::Line> closures,
               ClosedStretches& into);

} // namespace tocsin::route
