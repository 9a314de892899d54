#include "dispatch/carry.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

// What a plan's trips carry, made whole or packed without a search.

namespace tocsin::dispatch {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

} // namespace

bool wholeUnits(const Problem& problem, Plan& plan) {
    std::vector<double> payload(problem.trips.size());
    std::vector<double> volume(problem.trips.size());
    std::vector<double> lots(problem.lots.size());
    std::vector<double> asked(problem.supplies.size());
    for (std::size_t t = 0; t < problem.trips.size(); ++t) {
        payload[t] = problem.trips[t].payload;
        volume[t] = problem.trips[t].volume > 0 ? problem.trips[t].volume : infinite;
    }
    for (std::size_t l = 0; l < lots.size(); ++l)
        lots[l] = problem.lots[l].available;
    for (std::size_t s = 0; s < asked.size(); ++s)
        asked[s] = problem.supplies[s].amount;
    const auto give = [&](Carried& load, double quantity) {
        load.quantity += quantity;
        lots[load.lot] -= quantity;
        asked[load.supply] -= quantity;
        payload[load.trip] -= quantity * problem.supplies[load.supply].kilograms;
        volume[load.trip] -= quantity * problem.supplies[load.supply].cubicMetres;
    };
    const auto whole = [&](const Carried& load) {
        const double amount = problem.supplies[load.supply].amount;
        return amount == std::floor(amount);
    };
    std::vector<double> before(asked.size(), 0);
    for (Carried& load : plan.carried) {
        const double quantity = load.quantity;
        before[load.supply] += quantity;
        load.quantity = 0;
        give(load, whole(load) ? std::floor(quantity + 1e-4) : std::floor(quantity * 1000 + 0.5) / 1000);
    }
    for (Carried& load : plan.carried) {
        const SupplyAsk& ask = problem.supplies[load.supply];
        double more = std::min(asked[load.supply], lots[load.lot]);
        if (ask.kilograms > 0)
            more = std::min(more, payload[load.trip] / ask.kilograms);
        if (ask.cubicMetres > 0)
            more = std::min(more, volume[load.trip] / ask.cubicMetres);
        more = whole(load) ? std::floor(more + 1e-9) : more;
        if (more > 1e-9)
            give(load, more);
    }
    std::erase_if(plan.carried, [](const Carried& load) { return load.quantity <= 1e-9; });
    for (std::size_t s = 0; s < asked.size(); ++s) {
        const double amount = problem.supplies[s].amount;
        const double slack = amount == std::floor(amount) ? 0.01 : 1e-3 * std::max(1.0, amount);
        if (amount - asked[s] < before[s] - slack)
            return false;
    }
    return true;
}

void firstFit(const Problem& problem, Plan& plan) {
    std::vector<char> busy(problem.givers, 0);
    for (const std::uint32_t i : plan.options)
        busy[problem.options[i].giver] = 1;
    std::vector<double> lots;
    for (const Lot& lot : problem.lots)
        lots.push_back(lot.available);
    std::vector<double> payload;
    std::vector<double> volume;
    for (const Trip& trip : problem.trips) {
        payload.push_back(trip.payload);
        volume.push_back(trip.volume > 0 ? trip.volume : infinite);
    }
    std::vector<char> driven(problem.trips.size(), 0);
    std::vector<std::size_t> bulk(problem.supplies.size());
    std::iota(bulk.begin(), bulk.end(), std::size_t{0});
    std::stable_sort(bulk.begin(), bulk.end(), [&](std::size_t a, std::size_t b) {
        const auto weight = [&](std::size_t s) { return problem.supplies[s].amount * problem.supplies[s].kilograms; };
        return weight(a) > weight(b);
    });
    std::vector<std::uint32_t> cheapest(problem.trips.size());
    std::iota(cheapest.begin(), cheapest.end(), std::uint32_t{0});
    std::stable_sort(cheapest.begin(), cheapest.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return problem.trips[a].cost < problem.trips[b].cost; });
    for (const std::size_t s : bulk) {
        const SupplyAsk& ask = problem.supplies[s];
        double left = ask.amount;
        for (const std::uint32_t t : cheapest) {
            const Trip& trip = problem.trips[t];
            if (trip.site != ask.site || (busy[trip.giver] != 0 && driven[t] == 0))
                continue;
            for (std::uint32_t l = 0; l < problem.lots.size() && left > 1e-9; ++l) {
                if (problem.lots[l].item != ask.item || std::find(trip.warehouses.begin(), trip.warehouses.end(),
                                                                  problem.lots[l].warehouse) == trip.warehouses.end())
                    continue;
                double most = std::min(left, lots[l]);
                if (ask.kilograms > 0)
                    most = std::min(most, payload[t] / ask.kilograms);
                if (ask.cubicMetres > 0)
                    most = std::min(most, volume[t] / ask.cubicMetres);
                if (ask.amount == std::floor(ask.amount))
                    most = std::floor(most + 1e-9);
                if (most <= 1e-9)
                    continue;
                plan.carried.push_back({t, static_cast<std::uint32_t>(s), l, most});
                left -= most;
                lots[l] -= most;
                payload[t] -= most * ask.kilograms;
                volume[t] -= most * ask.cubicMetres;
                busy[trip.giver] = 1;
                driven[t] = 1;
            }
        }
    }
    for (std::uint32_t t = 0; t < driven.size(); ++t) {
        if (driven[t] != 0)
            plan.trips.push_back(t);
    }
}

} // namespace tocsin::dispatch
