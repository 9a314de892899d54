#pragma once

#include "tocsin/base/time.hpp"
#include "tocsin/model/resource.hpp"

#include <vector>

namespace tocsin::model {

/// What a store has of one supply in one unit, over all its batches.
struct StockLevel {
    const Stock* line{nullptr}; ///< the first of its batches: its code, name and unit; points into the resource
    double free{0};             ///< neither expired nor reserved
    double minimum{0};          ///< the greatest that one of its batches names; 0: none
    [[nodiscard]] bool isShort() const { return free < minimum; }
};

/// By their first batch, in the order of the store's lines. Pure; any thread.
[[nodiscard]] std::vector<StockLevel> stockLevels(const Resource& resource, base::Time now);

} // namespace tocsin::model
