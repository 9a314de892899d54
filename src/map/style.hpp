#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/map/tile.hpp"
#include "tocsin/map/tile_renderer.hpp"

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tocsin::map {

/// A palette: lines of a name and a value (a colour, or any word that the template wants). Comment lines start with
/// "//".
[[nodiscard]] base::Result<std::map<std::string, std::string>> parsePalette(std::string_view text);

/// The template with {{name}} replaced from the palette, {{zN}} and {{zN.5}} by the scale denominator just above that
/// zoom (MaxScaleDenominator {{z13}} means: from zoom 13 on). malformed when a name is in neither.
[[nodiscard]] base::Result<std::string> fillStyle(std::string_view xml,
                                                  const std::map<std::string, std::string>& palette);

/// A width that grows with the zoom: "10:0.8 14:4 18:18", zooms ascending, widths positive. Between the stops it grows
/// by a constant factor, outside it stays.
class WidthStops {
  public:
    [[nodiscard]] static base::Result<WidthStops> parse(std::string_view text);
    [[nodiscard]] double at(double zoom) const;

  private:
    std::vector<std::pair<double, double>> m_stops;
};

} // namespace tocsin::map
