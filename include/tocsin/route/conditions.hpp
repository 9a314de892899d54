#pragma once

#include "tocsin/model/position.hpp"
#include "tocsin/route/profile.hpp"

#include <optional>
#include <vector>

namespace tocsin::route {

/// Water over roads. A depth that is absent or not a number closes them; one of 0 or less is no water.
struct Flood {
    model::Line ring; ///< closed; a line or a point floods the roads that a closure there would close
    std::optional<double> depth; ///< metres
};

/// A road, by what a closure there would close, that carries less for now. What is not a number carries nothing.
struct WeightLimit {
    model::Line place;
    double tonnes{0};
};

/// What holds on the roads at the moment of a question.
struct Conditions {
    std::vector<model::Line> closures;
    std::vector<Flood> floods;
    std::vector<WeightLimit> weightLimits;
    bool night{false};
    Weather weather{Weather::clear};
};

} // namespace tocsin::route
