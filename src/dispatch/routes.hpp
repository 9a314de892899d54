#pragma once

#include "dispatch/facts.hpp"

namespace tocsin::dispatch {

/// A choice that wants its way on the map.
struct Drawn {
    model::RouteLine* route{nullptr};
    std::string* via{nullptr};
    std::uint32_t giver{0};
    double seconds{0}; ///< that the way takes, the middle
};
/// One search over the roads for all of them. What is there already has no way.
void drawRoutes(const Facts& facts, std::uint32_t site, const std::vector<Drawn>& drawn);

} // namespace tocsin::dispatch
