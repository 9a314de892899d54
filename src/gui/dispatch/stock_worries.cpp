#include "gui/dispatch/stock_worries.hpp"

#include "tocsin/geo/measure.hpp"
#include "tocsin/model/stock_level.hpp"

#include <algorithm>
#include <tuple>

namespace tocsin::gui {

namespace {

constexpr double nothing = 1e-9;

bool fit(const model::Stock& stock, base::Time now) {
    return !stock.expiry || *stock.expiry > now;
}

} // namespace

std::vector<StockWorry> stockWorries(const model::State& state, base::Time now, base::Duration soon) {
    std::vector<StockWorry> out;
    for (const auto& [id, one] : state.resources) {
        if (one.retired)
            continue;
        for (const auto& stock : one.stock) {
            if (stock.expiry && stock.quantity > 0 && *stock.expiry <= now)
                out.push_back({id, stock, StockFault::expired});
            else if (stock.expiry && stock.quantity > 0 && *stock.expiry <= now + soon)
                out.push_back({id, stock, StockFault::expiring});
        }
        for (const auto& level : model::stockLevels(one, now)) {
            if (!level.isShort())
                continue;
            auto lacking = *level.line;
            lacking.quantity = level.free;
            lacking.minimum = level.minimum;
            out.push_back({id, std::move(lacking), StockFault::belowMinimum});
        }
    }
    std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) {
        if (a.fault != b.fault)
            return a.fault < b.fault;
        if (a.fault != StockFault::belowMinimum)
            return *a.stock.expiry < *b.stock.expiry;
        return a.stock.quantity / a.stock.minimum < b.stock.quantity / b.stock.minimum;
    });
    return out;
}

std::vector<Restock> restocksFor(const model::State& state, const StockWorry& worry, base::Time now) {
    std::vector<Restock> out;
    const auto whither = state.resources.find(worry.resource);
    const double lacking = worry.stock.minimum - worry.stock.quantity;
    if (worry.fault != StockFault::belowMinimum || whither == state.resources.end() || !(lacking > nothing))
        return out;
    for (const auto& [id, one] : state.resources) {
        if (id == worry.resource || !model::isStore(one))
            continue;
        const model::Stock* best = nullptr; // the batch that goes furthest
        double free = 0;
        double minimum = 0;
        for (const auto& stock : one.stock) {
            if (stock.code != worry.stock.code || stock.unit != worry.stock.unit)
                continue;
            minimum = std::max(minimum, stock.minimum);
            const double here = fit(stock, now) ? stock.quantity - stock.reserved : 0;
            free += here;
            if (here > nothing && (best == nullptr || here > best->quantity - best->reserved))
                best = &stock;
        }
        if (best == nullptr)
            continue;
        Restock from{id, worry.resource, *best, std::min(lacking, best->quantity - best->reserved),
                     geo::distance(one.position, whither->second.position), free - minimum > nothing};
        if (from.spares)
            from.quantity = std::min(from.quantity, free - minimum);
        out.push_back(std::move(from));
    }
    std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) {
        return std::tuple(!a.spares, a.away.value) < std::tuple(!b.spares, b.away.value);
    });
    return out;
}

} // namespace tocsin::gui
