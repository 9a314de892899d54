#pragma once

#include "tocsin/base/units.hpp"
#include "tocsin/model/state.hpp"

#include <map>

namespace tocsin::dispatch {

/// How long those of a kind usually take from their order to setting out: the median of the desk's own past, for each kind of which
/// at least five have said when they set out. Who said it two hours later or more had been told of otherwise, and does not count; nor
/// do shelters, which set out nowhere. The times of an answer begin with the departure and have none of it in them. Pure.
[[nodiscard]] std::map<model::ResourceKind, base::Seconds> usualTurnouts(const model::State& state);

} // namespace tocsin::dispatch
