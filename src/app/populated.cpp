#include "app/populated.hpp"

#include "tocsin/county/populated.hpp"

#include <chrono>

namespace tocsin::app {

std::vector<dispatch::Populated> populatedPlaces(const county::CountyFolder& folder) {
    std::vector<dispatch::Populated> out;
    for (const auto& place : county::populatedPlaces(folder))
        out.push_back({place.position, place.people});
    return out;
}

dispatch::Weights weightsOf(const county::Config& config) {
    const auto seconds = [](base::Duration time) { return base::Seconds(std::chrono::duration<double>(time).count()); };
    dispatch::Weights weights;
    weights.crewHours = config.dispatch.crewHours;
    weights.coverTarget = seconds(config.dispatch.coverWithin);
    weights.staleAfter = seconds(config.stale.position);
    return weights;
}

} // namespace tocsin::app
