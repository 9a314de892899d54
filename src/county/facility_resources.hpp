#pragma once

#include "county/placer.hpp"
#include "tocsin/base/id.hpp"
#include "tocsin/base/time.hpp"
#include "tocsin/model/resource.hpp"

#include <string_view>
#include <vector>

namespace tocsin::county {

/// What the map knows as resources: stations (fire, ambulance, rescue, police, town hall, helipad), hospitals and
/// clinics, and as shelters schools, halls, stadiums, shelters and assembly points. Facilities
/// outside the county are left out. A shelter's places follow from its ground area (3.5 m² a person on a third of it),
/// 100 where the map has only a point.
[[nodiscard]] std::vector<model::Resource> facilityResources(const std::vector<MapFacility>& facilities,
                                                             base::IdSource& ids, base::Time now);

/// Whether facilities of this kind become resources; the others are there to be protected.
[[nodiscard]] bool actsAsResource(std::string_view kind);

} // namespace tocsin::county
