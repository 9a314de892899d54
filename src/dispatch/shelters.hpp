#pragma once

#include "dispatch/facts.hpp"
#include "dispatch/problem.hpp"

namespace tocsin::dispatch {

struct Sheltered {
    std::uint32_t need{0};
    const model::Resource* shelter{nullptr};
    int people{0};
    double seconds{0};
    double metres{0};
};
struct ShelterPlan {
    std::vector<Sheltered> places;
    std::vector<Sheltered> others; ///< of the rest that can be reached, the nearest first: with how many it could take
    bool asked{false};
    bool proven{true};
    bool stopped{false};
    double gap{0};
    double cost{0};
    double freePlaces{0}; ///< in all shelters
    double reachable{0};  ///< of them, by road from an incident that asks
    double tookRoads{0};  ///< seconds
};

/// People to shelters: as many as can be, by grade; then the least way on average (and what is later than wanted), few shelters for each incident.
[[nodiscard]] base::Result<ShelterPlan> planShelters(const Question& question, const Facts& facts,
                                                     const Budget& budget);

} // namespace tocsin::dispatch
