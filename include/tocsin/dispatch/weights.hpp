#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/base/units.hpp"

#include <array>
#include <string>
#include <vector>

namespace tocsin::dispatch {

/// What an answer is worth. Costs are seconds of a grade IV incident's waiting: 60 means "as bad as one minute more
/// there". Whatever the weights, as many needs as possible are met first, each counting by its incident's grade.
struct Weights {
    std::array<double, 4> grade{8, 4, 2, 1}; ///< by grade, I first: a second there counts so much
    double late{2};                          ///< each second beyond a need's `within` counts so many more
    double skillExcess{60};                  ///< for each level above what is asked
    /// For an expert, a volunteer or a grid member, as if they were so many seconds later: a team goes where it is there no later.
    double onePerson{1800};
    double change{300};         ///< for each running assignment (not yet on scene) that is changed; below 0: none is
    double stalePosition{120};  ///< for a resource away from home whose position is older than `staleAfter`
    double oldCount{300};       ///< for a trip to a store, or people in a shelter, counted longer ago than `oldCountAfter`
    double nearCrewLimit{300};  ///< at the limit; from `crewNear` of it on it rises evenly from 0
    double coverPerPerson{0.1}; ///< for each inhabitant who loses cover; 0: cover does not count
    double anotherVehicle{120}; ///< for each vehicle that carries supplies, beside its time
    double anotherShelter{600}; ///< for each shelter that takes people of an incident, beside their way

    base::Seconds staleAfter{900};
    base::Seconds oldCountAfter{86'400}; ///< 0: no count is old
    base::Seconds uselessAfter{86'400}; ///< a position older than this away from home: does not go; 0: never so
    double crewHours{12};               ///< within 24 h, where a resource has no limit of its own; 0: no limit
    double crewNear{0.75};
    base::Seconds mostLate{0};  ///< who arrives later than this beyond `within` is too far; 0: nobody is
    int capabilitiesAtOnce{1};  ///< of one incident's needs that one resource may serve together; 1 to 4
    base::Seconds loading{600}; ///< for each warehouse at which a vehicle loads

    base::Seconds coverTarget{600};             ///< an inhabitant is covered if somebody free can be there in this time
    std::vector<std::string> coverCapabilities; ///< who counts as cover: has one of these; empty: any capability

    friend bool operator==(const Weights&, const Weights&) = default;
};

/// Code::outOfRange, with the name of the member, for what is not finite, negative (but `change`) or beyond 1e6.
[[nodiscard]] base::Result<void> check(const Weights& weights);

} // namespace tocsin::dispatch
