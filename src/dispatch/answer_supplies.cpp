// Who brings what, and who else could.
#include "dispatch/answer.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>

namespace tocsin::dispatch {
namespace {

/// The loads of a trip for one supply, batch by batch, the first to expire first.
std::vector<model::LoadItem> loadOf(const Problem& problem, const Carrying& carrying, const Carried& load) {
    std::vector<model::LoadItem> items;
    double left = load.quantity;
    for (const model::Stock* stock : carrying.lots[load.lot]) {
        const double part = std::min(left, stock->quantity - stock->reserved);
        if (part <= 0)
            continue;
        const auto& warehouse = *carrying.warehouses[problem.lots[load.lot].warehouse];
        if (!items.empty() && items.back().code == stock->code)
            items.back().quantity += part;
        else
            items.push_back({warehouse.id, stock->code, stock->name, part, stock->unit});
        left -= part;
        if (left <= 0)
            break;
    }
    return items;
}

/// A trip for a need, without what it brings.
Choice tripOf(const Question& question, const Facts& facts, const Problem& problem, const Carrying& carrying, std::uint32_t t,
              const OpenNeed& need) {
    Choice choice;
    const Trip& trip = problem.trips[t];
    const Giver& giver = facts.givers[trip.giver];
    const auto& at = carrying.stops[t];
    choice.resource = giver.resource->id;
    choice.straight = facts.roads->isBoat(*giver.resource);
    choice.positionAge = base::Seconds(giver.positionAge);
    const double loading = question.weights.loading.value * static_cast<double>(trip.warehouses.size());
    const double plainDrive = at.back() - loading;
    const EtaInterval drive = facts.etas.of(facts.speedClass(trip.giver), base::Seconds(plainDrive), choice.positionAge, question.weights.staleAfter);
    choice.eta = drive.middle + base::Seconds(loading);
    choice.etaLow = drive.low + base::Seconds(loading);
    choice.etaHigh = drive.high + base::Seconds(loading);
    choice.plain = base::Seconds(at.back());
    const double stretched = plainDrive > 0 ? drive.middle.value / plainDrive : 1;
    for (std::size_t k = 0; k < trip.warehouses.size(); ++k) {
        const model::Resource& warehouse = *carrying.warehouses[trip.warehouses[k]];
        const double loaded = question.weights.loading.value * static_cast<double>(k); // at those before
        choice.stops.push_back({warehouse.position, warehouse.name, warehouse.id, base::Seconds((at[k] - loaded) * stretched + loaded)});
    }
    const model::Incident& incident = *facts.sites[trip.site].incident;
    choice.stops.push_back({incident.position, incident.place, std::nullopt, choice.eta});
    choice.turnout = base::Seconds(giver.turnout);
    choice.late = lateBy(question, facts, need, choice.turnout + choice.eta);
    return choice;
}

/// Who else could bring it, each by the trip of his that costs least; what that costs the rest of the plan is not reckoned.
std::vector<Choice> tripsInstead(const Question& question, const Facts& facts, const Problem& problem, const Carrying& carrying,
                                 const std::set<std::uint32_t>& taken, std::uint32_t supply) {
    const SupplyAsk& ask = problem.supplies[supply];
    const OpenNeed& need = facts.needs[carrying.needs[supply]];
    const auto holds = [&](const Trip& trip, const Lot& lot) {
        return lot.item == ask.item && lot.available > 0 &&
               std::find(trip.warehouses.begin(), trip.warehouses.end(), lot.warehouse) != trip.warehouses.end();
    };
    std::map<std::uint32_t, std::uint32_t> best; // by giver
    for (std::uint32_t t = 0; t < problem.trips.size(); ++t) {
        const Trip& trip = problem.trips[t];
        if (trip.site != ask.site || taken.contains(trip.giver) ||
            std::none_of(problem.lots.begin(), problem.lots.end(), [&](const Lot& lot) { return holds(trip, lot); }))
            continue;
        const auto [at, fresh] = best.try_emplace(trip.giver, t);
        if (!fresh && trip.cost < problem.trips[at->second].cost)
            at->second = t;
    }
    std::vector<std::uint32_t> order;
    for (const auto& [giver, t] : best)
        order.push_back(t);
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return problem.trips[a].cost < problem.trips[b].cost; });
    order.resize(std::min(order.size(), question.choices - 1));
    std::vector<Choice> out;
    for (const std::uint32_t t : order) {
        const Trip& trip = problem.trips[t];
        double room = ask.amount;
        if (ask.kilograms > 0)
            room = std::min(room, trip.payload / ask.kilograms);
        if (ask.cubicMetres > 0 && trip.volume > 0)
            room = std::min(room, trip.volume / ask.cubicMetres);
        if (ask.amount == std::floor(ask.amount))
            room = std::floor(room + 1e-9);
        Choice choice = tripOf(question, facts, problem, carrying, t, need);
        choice.costsKnown = false;
        for (std::uint32_t l = 0; l < problem.lots.size() && room > 0; ++l) {
            if (!holds(trip, problem.lots[l]))
                continue;
            const double part = std::min(room, problem.lots[l].available);
            for (model::LoadItem& item : loadOf(problem, carrying, {t, supply, l, part}))
                choice.load.push_back(std::move(item));
            choice.delivers += part;
            room -= part;
        }
        if (choice.delivers > 0)
            out.push_back(std::move(choice));
    }
    return out;
}

} // namespace

base::Seconds lateBy(const Question& question, const Facts& facts, const OpenNeed& need, base::Seconds eta) {
    const double within = need.need.within.value;
    if (!std::isfinite(within) || within <= 0)
        return base::Seconds(0);
    const double since = std::chrono::duration<double>(question.now - facts.sites[need.site].incident->openedAt).count();
    return base::Seconds(std::max(0.0, since + eta.value - within));
}

void tellSupply(const Question& question, const Facts& facts, const Problem& problem, const Carrying& carrying,
                const Plan& plan, const std::set<std::uint32_t>& taken, std::uint32_t supply, NeedAnswer& out) {
    const SupplyAsk& ask = problem.supplies[supply];
    const OpenNeed& need = facts.needs[carrying.needs[supply]];
    double served = 0;
    for (const std::uint32_t t : plan.trips) {
        double delivers = 0;
        std::vector<model::LoadItem> items;
        for (const Carried& load : plan.carried) {
            if (load.trip != t || load.supply != supply)
                continue;
            delivers += load.quantity;
            for (model::LoadItem& item : loadOf(problem, carrying, load))
                items.push_back(std::move(item));
        }
        if (delivers <= 0)
            continue;
        served += delivers;
        Choice choice = tripOf(question, facts, problem, carrying, t, need);
        choice.costs = base::Seconds(problem.trips[t].cost);
        choice.delivers = delivers;
        choice.load = std::move(items);
        out.chosen.push_back(std::move(choice));
    }
    if (facts.sites[need.site].focus && question.choices > 1)
        out.others = tripsInstead(question, facts, problem, carrying, taken, supply);
    std::stable_sort(out.chosen.begin(), out.chosen.end(),
                     [](const Choice& a, const Choice& b) { return (a.turnout + a.eta).value < (b.turnout + b.eta).value; });
    const double missing = ask.amount - served;
    if (missing <= ask.amount * 1e-6)
        return;
    Unmet unmet;
    unmet.missing = missing;
    for (const Lot& lot : problem.lots)
        unmet.available += lot.item == ask.item ? lot.available : 0;
    const bool anyTrip = std::any_of(problem.trips.begin(), problem.trips.end(),
                                     [&](const Trip& trip) { return trip.site == ask.site; });
    double given = 0;
    for (const Carried& load : plan.carried)
        given += problem.supplies[load.supply].item == ask.item ? load.quantity : 0;
    if (unmet.available - given <= 1e-6)
        unmet.reason = unmet.available <= 0 && carrying.expired[ask.item] > 0 ? "stock-expired" : "out-of-stock";
    else if (!carrying.vehicles)
        unmet.reason = "no-vehicle";
    else if (!anyTrip)
        unmet.reason = "no-road";
    else
        unmet.reason = "no-payload";
    out.unmet = unmet;
}

} // namespace tocsin::dispatch
