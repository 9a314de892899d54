#pragma once

#include "county/placer.hpp"
#include "tocsin/base/id.hpp"
#include "tocsin/base/time.hpp"
#include "tocsin/model/resource.hpp"

#include <vector>

namespace tocsin::county {

/// What the map knows as resources: stations (fire, ambulance, police, town hall), hospitals, and schools and halls as
/// shelters. Facilities outside the county are left out. A shelter's places follow from its ground area (3.5 m² a
/// person on a third of it), 100 where the map has only a point.
[[nodiscard]] std::vector<model::Resource> facilityResources(const std::vector<MapFacility>& facilities,
                                                             base::IdSource& ids, base::Time now);

} // namespace tocsin::county
