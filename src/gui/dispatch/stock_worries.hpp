#pragma once

#include "tocsin/model/state.hpp"

#include <vector>

namespace tocsin::gui {

enum class StockFault : std::uint8_t { expired, expiring, belowMinimum };
struct StockWorry {
    model::ResourceId resource;
    model::Stock stock;
    StockFault fault{StockFault::belowMinimum};
};
/// Stock below its minimum, expired, or expiring within `soon`: the expired first, then by date, then by what is short. Pure.
[[nodiscard]] std::vector<StockWorry> stockWorries(const model::State& state, base::Time now,
                                                   base::Duration soon = std::chrono::hours(24 * 30));

/// From where a store, or a vehicle's own stock, can be filled up again.
struct Restock {
    model::ResourceId from;
    model::ResourceId to;
    model::Stock batch; ///< of the warehouse
    double quantity{0}; ///< up to the minimum, as far as this batch goes
    base::Metres away;  ///< as the crow flies
    bool spares{false}; ///< the warehouse keeps its own minimum
};
/// The warehouses that have what is below its minimum, free and fit for use: those that can spare it first, then the nearest first. Pure.
[[nodiscard]] std::vector<Restock> restocksFor(const model::State& state, const StockWorry& worry, base::Time now);

} // namespace tocsin::gui
