#pragma once

#include "tocsin/model/state.hpp"

#include <map>

namespace tocsin::model {

/// For how many people each shelter was promised who have not arrived yet: their places are free no more.
[[nodiscard]] std::map<ResourceId, int> peoplePromised(const State& state);

/// Where each that stands by is, or will be once it is there. It is bound, and yet free for whoever calls.
[[nodiscard]] std::map<ResourceId, Position> standingBy(const State& state);

} // namespace tocsin::model
