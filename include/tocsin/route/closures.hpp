#pragma once

#include "tocsin/model/position.hpp"

namespace tocsin::route {

/// True if what is closed lies on the way: by the same measure by which RoadGraph::without() closes a road (a line
/// crosses it or runs along it, a ring crosses or holds it, a point is within 50 m of it). Pure; any thread.
[[nodiscard]] bool liesOn(const model::Line& way, const model::Line& closure);

} // namespace tocsin::route
