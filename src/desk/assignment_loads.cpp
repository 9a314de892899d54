#include "desk/assignment_steps.hpp"

#include <algorithm>
#include <cmath>

// What is loaded: promised, gone, delivered or given back.

namespace tocsin::desk {

using base::Code;
using base::fail;

namespace {

constexpr double mostQuantity = 1e9;
constexpr double leastQuantity = 1e-6;

/// Lines of a warehouse that hold the code in the unit, those that expire first before the others, what is expired not
/// at all.
std::vector<model::Stock*> linesOf(model::Resource& warehouse, const model::LoadItem& item, base::Time now) {
    std::vector<model::Stock*> lines;
    for (auto& stock : warehouse.stock) {
        if (stock.code == item.code && stock.unit == item.unit && (!stock.expiry || *stock.expiry > now))
            lines.push_back(&stock);
    }
    std::stable_sort(lines.begin(), lines.end(), [](const auto* a, const auto* b) {
        return a->expiry.value_or(base::Time::max()) < b->expiry.value_or(base::Time::max());
    });
    return lines;
}

/// Spreads a quantity over lines, as much to each as `room` gives; false if it does not fit.
template <typename Room, typename Put>
bool spread(const std::vector<model::Stock*>& lines, double quantity, const Room& room, const Put& put) {
    double left = quantity;
    for (auto* line : lines) {
        const double part = std::min(left, std::max(0.0, room(*line)));
        if (part > 0)
            put(*line, part);
        left -= part;
    }
    return left <= leastQuantity;
}

double freeOf(const model::Stock& stock) {
    return stock.quantity - stock.reserved;
}

} // namespace

base::Result<void> AssignmentSteps::checkLoad(const model::Resource& one, const model::DecisionLine& line) {
    if (line.load.empty())
        return fail(Code::refused, one.name.text + " would bring nothing");
    double kilograms = 0;
    double cubicMetres = 0;
    for (const auto& item : line.load) {
        auto* warehouse = resource(item.from);
        if (warehouse == nullptr || warehouse->retired)
            return fail(Code::notFound, "there is no such warehouse");
        const bool calls = line.stops.empty() || item.from == line.resource ||
                           std::any_of(line.stops.begin(), line.stops.end(), [&](const auto& stop) { return stop.at == item.from; });
        if (!calls)
            return fail(Code::refused, one.name.text + " does not call at " + warehouse->name.text + ", where it would have to load");
        if (!std::isfinite(item.quantity) || item.quantity < leastQuantity || item.quantity > mostQuantity)
            return fail(Code::outOfRange, "a load's quantity must be more than 0 and at most 1,000,000,000");
        const auto lines = linesOf(*warehouse, item, m_now);
        if (!spread(lines, item.quantity, freeOf, [&](model::Stock& stock, double part) {
                stock.reserved += part;
                kilograms += part * stock.kilograms;
                cubicMetres += part * stock.cubicMetres;
            }))
            return fail(Code::conflict, warehouse->name.text + " has not so much of " + item.name.text + " free");
    }
    if (one.vehicle && one.vehicle->loadKilograms > 0 && kilograms > one.vehicle->loadKilograms * (1 + 1e-9))
        return fail(Code::refused, one.name.text + " cannot carry so much: " + std::to_string(std::llround(kilograms)) +
                                       " kg on a payload of " +
                                       std::to_string(std::llround(one.vehicle->loadKilograms)) + " kg");
    if (one.vehicle && one.vehicle->loadCubicMetres > 0 && cubicMetres > one.vehicle->loadCubicMetres * (1 + 1e-9))
        return fail(Code::refused, one.name.text + " has not so much room");
    return {};
}

/// The load goes: out of the account and out of what is reserved.
void AssignmentSteps::leaveWarehouses(model::Assignment& one, Event& event) {
    std::set<model::ResourceId> touched;
    for (const auto& item : one.load) {
        auto* warehouse = resource(item.from);
        if (warehouse == nullptr)
            continue;
        (void)spread(linesOf(*warehouse, item, base::Time::min()), item.quantity,
                     [](const model::Stock& s) { return std::min(s.reserved, s.quantity); },
                     [](model::Stock& s, double part) {
                         s.reserved -= part;
                         s.quantity -= part;
                     });
        touched.insert(item.from);
    }
    one.loaded = true;
    for (const auto& id : touched)
        model::addChange(event.data, *resource(id));
}

/// What was not delivered goes back: to the account where it had left, else only free again.
void AssignmentSteps::giveBack(model::Assignment& one, Event& event) {
    std::set<model::ResourceId> touched;
    for (const auto& item : one.load) {
        auto* warehouse = resource(item.from);
        if (warehouse == nullptr)
            continue;
        const auto lines = linesOf(*warehouse, item, base::Time::min());
        if (one.loaded) {
            if (!lines.empty())
                lines.front()->quantity += item.quantity;
        } else {
            (void)spread(lines, item.quantity, [](const model::Stock& s) { return s.reserved; },
                         [](model::Stock& s, double part) { s.reserved -= part; });
        }
        touched.insert(item.from);
    }
    for (const auto& id : touched)
        model::addChange(event.data, *resource(id));
}

} // namespace tocsin::desk
