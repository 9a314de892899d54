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

dispatch::Weights weightsOf(const county::DispatchWord& word) {
    const auto seconds = [](base::Duration time) { return base::Seconds(std::chrono::duration<double>(time).count()); };
    dispatch::Weights weights;
    weights.crewHours = word.crewHours;
    weights.coverTarget = seconds(word.coverWithin);
    weights.staleAfter = seconds(word.positionStale);
    return weights;
}

} // namespace tocsin::app
