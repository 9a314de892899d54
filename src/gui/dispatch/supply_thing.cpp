#include "gui/dispatch/supply_thing.hpp"

#include <algorithm>
#include <cmath>

namespace tocsin::gui {

using model::NeedKind;
using model::ResourceKind;

namespace {

bool fit(const model::Stock& stock, base::Time now) {
    return !stock.expiry || *stock.expiry > now;
}

} // namespace

SupplyThing thingOf(const model::Need& need) {
    switch (need.kind) {
    case NeedKind::supply:
        return {NeedKind::supply, need.supply, need.unit, 0};
    case NeedKind::shelter:
        return {NeedKind::shelter, "shelter", {}, 0};
    case NeedKind::team:
        break;
    }
    return {NeedKind::team, need.capability, {}, need.level};
}

double quantityOf(const model::Need& need) {
    const double q = need.kind == NeedKind::supply ? need.amount : need.quantity;
    return std::isfinite(q) ? std::max(0.0, q) : 0;
}

bool isAble(const model::Resource& one, const SupplyThing& team) {
    return std::any_of(one.capabilities.begin(), one.capabilities.end(),
                       [&](const auto& c) { return c.code == team.code && c.level >= team.level; });
}

double stockIn(const model::Resource& one, const SupplyThing& supply, base::Time now) {
    double out = 0;
    for (const auto& stock : one.stock) {
        if (stock.code == supply.code && (supply.unit.empty() || stock.unit == supply.unit) && fit(stock, now))
            out += std::max(0.0, stock.quantity - stock.reserved);
    }
    return out;
}

double freeOf(const model::Resource& one, const SupplyThing& thing, base::Time now) {
    if (one.retired)
        return 0;
    switch (thing.kind) {
    case NeedKind::supply:
        return model::isStore(one) ? stockIn(one, thing, now) : 0;
    case NeedKind::shelter:
        if (one.kind != ResourceKind::shelter || one.status == model::ResourceStatus::outOfService ||
            one.status == model::ResourceStatus::maintenance)
            return 0;
        return std::max(0, one.capacity - one.occupied);
    case NeedKind::team:
        if (one.status != model::ResourceStatus::available || one.kind == ResourceKind::partner ||
            one.kind == ResourceKind::enterprise)
            return 0;
        return isAble(one, thing) ? 1 : 0;
    }
    return 0;
}

} // namespace tocsin::gui
