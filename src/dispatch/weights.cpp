#include "tocsin/dispatch/weights.hpp"

#include <cmath>

namespace tocsin::dispatch {

base::Result<void> check(const Weights& weights) {
    const auto bad = [](double value, bool mayBeNegative = false) {
        return !std::isfinite(value) || value > 1e6 || value < (mayBeNegative ? -1e6 : 0);
    };
    const std::pair<const char*, double> members[] = {{"grade I", weights.grade[0]},
                                                      {"grade II", weights.grade[1]},
                                                      {"grade III", weights.grade[2]},
                                                      {"grade IV", weights.grade[3]},
                                                      {"late", weights.late},
                                                      {"skillExcess", weights.skillExcess},
                                                      {"onePerson", weights.onePerson},
                                                      {"stalePosition", weights.stalePosition},
                                                      {"oldCount", weights.oldCount},
                                                      {"nearCrewLimit", weights.nearCrewLimit},
                                                      {"coverPerPerson", weights.coverPerPerson},
                                                      {"anotherVehicle", weights.anotherVehicle},
                                                      {"anotherShelter", weights.anotherShelter},
                                                      {"staleAfter", weights.staleAfter.value},
                                                      {"uselessAfter", weights.uselessAfter.value},
                                                      {"crewHours", weights.crewHours},
                                                      {"crewNear", weights.crewNear},
                                                      {"mostLate", weights.mostLate.value},
                                                      {"loading", weights.loading.value},
                                                      {"coverTarget", weights.coverTarget.value}};
    for (const auto& [name, value] : members) {
        if (bad(value))
            return base::fail(base::Code::outOfRange, std::string("the weight ") + name + " is not 0 to 1,000,000");
    }
    if (!std::isfinite(weights.oldCountAfter.value) || weights.oldCountAfter.value < 0) // as long as the county says
        return base::fail(base::Code::outOfRange, "the weight oldCountAfter is not 0 or more");
    if (bad(weights.change, true))
        return base::fail(base::Code::outOfRange, "the weight change is not a number up to 1,000,000");
    if (weights.capabilitiesAtOnce < 1 || weights.capabilitiesAtOnce > 4)
        return base::fail(base::Code::outOfRange, "the weight capabilitiesAtOnce is not 1 to 4");
    return {};
}

} // namespace tocsin::dispatch
