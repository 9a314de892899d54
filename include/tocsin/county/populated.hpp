#pragma once

#include "tocsin/county/folder.hpp"
#include "tocsin/model/position.hpp"

#include <vector>

namespace tocsin::county {

struct PopulatedPlace {
    model::Position position; ///< the middle of its people
    double people{0};
};

/// Where people live: the imported population put together in at most 2,000 squares; where there is none, the map's settlements
/// with the number of inhabitants that the map has. Empty where neither is known. Any thread.
[[nodiscard]] std::vector<PopulatedPlace> populatedPlaces(const CountyFolder& folder);

} // namespace tocsin::county
