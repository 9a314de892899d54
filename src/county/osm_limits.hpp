#pragma once

#include "county/osm_tags.hpp"
#include "tocsin/route/road_traits.hpp"

#include <osmium/osm/tag.hpp>
#include <string_view>

namespace tocsin::county {

/// What a vehicle's time and passage depend on; the slope is 0, bridge and tunnel are not looked at. Who may drive there
/// is what the narrowest key says (motorcar, motor_vehicle, vehicle, access); "no" leaves it to emergency vehicles, and
/// so does service=emergency_access.
[[nodiscard]] route::RoadTraits traitsOf(const osmium::TagList& tags, const RoadClass& road);

/// "7.5", "7.5 t", "7500 kg", "8 st" (short tons), "16000 lbs". Tonnes; 0 where it says nothing that can be.
[[nodiscard]] double tonnesOf(std::string_view text);
/// "3.5", "3.5 m", "12'6\"", "13 ft", "350 cm". Metres; 0 where it says nothing that can be.
[[nodiscard]] double clearanceOf(std::string_view text);

} // namespace tocsin::county
