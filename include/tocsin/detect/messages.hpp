#pragma once

#include "tocsin/detect/rule.hpp"
#include "tocsin/model/earthquake.hpp"
#include "tocsin/model/warning.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tocsin::detect {

/// Where the county is, as far as it is known. With neither ring nor circle every area touches it.
struct CountyArea {
    std::vector<model::Line> rings; ///< each an area of its own
    std::optional<model::Circle> circle;
    /// valueName and value, as CAP's geocodes; an empty name stands for any.
    std::vector<std::pair<std::string, std::string>> geocodes;
};

/// Whether one of the area's polygons or circles touches the county; without any, whether one of its geocodes is the
/// county's, a part's or a whole's of it (hierarchical codes by their beginning: China's by 2, 4, 6, 9 and 12 digits).
/// True where that cannot be told: no geometry and no codes, or none of a kind that the county has.
[[nodiscard]] bool touches(const model::WarningArea& area, const CountyArea& county);

/// The part of a warning that asks for an alarm: in force, no draft or test, of the asked kinds and colour, and it touches
/// the county (an info without areas touches). Of several the gravest; null: none does. Any thread.
[[nodiscard]] const model::WarningInfo* partThatFits(const WarningCondition& condition, const model::Warning& warning,
                                                     const CountyArea& county, bool exerciseDesk);
/// Whether a warning has such a part. Any thread.
[[nodiscard]] bool fits(const WarningCondition& condition, const model::Warning& warning, const CountyArea& county,
                        bool exerciseDesk);
/// Whether an earthquake does: strong, near and new enough, and not deleted. One without a magnitude does not. Any
/// thread.
[[nodiscard]] bool fits(const EarthquakeCondition& condition, const model::Earthquake& earthquake,
                        const CountyArea& county, base::Time now);

} // namespace tocsin::detect
