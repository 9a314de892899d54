#pragma once

#include <mapnik/geometry.hpp>
#include <vector>

namespace tocsin::map {

/// Lines that meet end to end become one, unless they turn by more than 60° there; so a name fits along a street that
/// the data has in many pieces. Takes the pieces in their order.
[[nodiscard]] std::vector<mapnik::geometry::line_string<double>>
joinLines(std::vector<mapnik::geometry::line_string<double>> pieces);

} // namespace tocsin::map
