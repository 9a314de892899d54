#pragma once

#include "tocsin/model/decision.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::dispatch {

struct Answer;

/// What was left out of the search and could not be shown to be no better, or made it inexact.
enum class Unseen : std::uint8_t {
    threeStores, ///< trips that call at three or more stores
    fourStores,
    farStores,    ///< beyond the nearest that are looked at
    farVehicles,  ///< the same
    manyTrips,    ///< beyond the most that are looked at
    firstFit,     ///< loads packed by first fit, for want of time
    wholeUnits,   ///< what is left of a unit by rounding down
    noWeight      ///< supplies that nobody has weighed, which were loaded as if they weighed nothing
};
/// The stable key of a journalled decision.
[[nodiscard]] std::string_view toString(Unseen unseen);
[[nodiscard]] std::optional<Unseen> unseenFrom(std::string_view text);

/// How good a recommendation is, said alike by the window, the command line and a printed card: English, which the window
/// says in its own language.
struct OptimumWords {
    std::string verdict;              ///< "optimum proven" or "best found"
    std::vector<std::string> reasons; ///< why it is not proven, and how far it may be from the optimum: a clause each
};
[[nodiscard]] OptimumWords optimumWords(const Answer& answer);
[[nodiscard]] OptimumWords optimumWords(const model::Decision& decision);

} // namespace tocsin::dispatch
