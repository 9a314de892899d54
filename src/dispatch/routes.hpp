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

/// A way by several places.
struct Journey {
    model::RouteLine line; ///< empty where it is there already; where it stands a point comes twice
    std::vector<double> arrivals; ///< seconds from the departure, by place
    double plain{0};              ///< seconds of the whole, unstretched
    std::string via;              ///< of the last part
};
/// From where the mover is to each of `places` in order, at each but the last of which it stands for `loading` seconds. What it
/// drives takes `stretch` times what the roads say. Nothing where no way leads.
[[nodiscard]] std::optional<Journey> journeyOf(Roads& roads, const Mover& mover,
                                               std::span<const model::Position> places, double loading, double stretch);

} // namespace tocsin::dispatch
