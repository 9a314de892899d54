#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/model/position.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace tocsin::geo {

enum class CoordinateForm : unsigned char { decimal, dms, utm, mgrs };

/// One way to read a text as a place.
struct CoordinateReading {
    model::Position position; ///< WGS-84
    CoordinateForm form{CoordinateForm::decimal};
    model::Datum datum{model::Datum::wgs84}; ///< in which the text was taken to be
};

/// All sensible readings of what a person typed or pasted, likeliest first; empty if it is no coordinate. Takes decimal
/// degrees ("47.14 9.52", "9.52E 47.14N", "47,14; 9,52", "北纬35.6 东经102.9"), degrees with minutes and seconds
/// ("47°08'24\"N 9°31'12\"E"), UTM ("32T 539000 5221000") and MGRS ("32TNT 39000 21000"). Latitude comes first where
/// the text does not say, unless only the other order is on earth (or in China, for a pair that is there only one way
/// round). Inside China's box each plain pair is followed by its GCJ-02 reading; a text that says "GCJ-02" (or 高德)
/// or "BD-09" (or 百度) is read so alone. Any bytes; never more than 200 of them are read.
[[nodiscard]] std::vector<CoordinateReading> parseCoordinates(std::string_view text);

/// Decimal: "47.141200, 9.521500" (0.1 m); DMS: "47°08'28.3\"N 9°31'17.4\"E"; UTM: "32T 539543 5220987"; MGRS:
/// "32TNT 39542 20987" (the square metre's corner). UTM and MGRS exist only for wgs84, empty for another datum; beyond
/// 84° N and 80° S as UPS ("Z 2000000 1444577").
[[nodiscard]] std::string formatCoordinates(const model::Position& position, CoordinateForm form,
                                            model::Datum datum = model::Datum::wgs84);

} // namespace tocsin::geo
