#include "app/populated.hpp"

#include "tocsin/county/populated.hpp"

#include <chrono>
#include <type_traits>

namespace tocsin::app {

std::vector<dispatch::Populated> placesToCover(const county::CountyFolder& folder) {
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
    weights.coverCapabilities = config.dispatch.coverCapabilities;
    weights.oldCountAfter = seconds(config.stale.count);
    const auto take = [&](const char* key, auto& into) {
        const auto found = config.dispatch.weights.find(key);
        if (found != config.dispatch.weights.end())
            into = std::decay_t<decltype(into)>(found->second);
    };
    take("grade_1", weights.grade[0]);
    take("grade_2", weights.grade[1]);
    take("grade_3", weights.grade[2]);
    take("grade_4", weights.grade[3]);
    take("late", weights.late);
    take("skill_excess", weights.skillExcess);
    take("one_person", weights.onePerson);
    take("change", weights.change);
    take("stale_position", weights.stalePosition);
    take("near_crew_limit", weights.nearCrewLimit);
    take("cover_per_person", weights.coverPerPerson);
    take("another_vehicle", weights.anotherVehicle);
    take("another_shelter", weights.anotherShelter);
    take("capabilities_at_once", weights.capabilitiesAtOnce);
    take("too_late", weights.mostLate);
    take("loading", weights.loading);
    take("useless_after", weights.uselessAfter);
    return weights;
}

} // namespace tocsin::app
