#include "dispatch/left_out.hpp"

#include "dispatch/carry.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <utility>

namespace tocsin::dispatch {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr std::size_t mostStores = 64;    ///< among which the least ways are searched
constexpr std::size_t mostFurther = 1200; ///< trips and sorts of trips that are put to the solver once more
constexpr double noMore = 1e-5;           ///< of what is served: less is the solver's own rounding

/// True if no plan can serve more: each ask is served in full, or by itself takes all that there is of its item.
bool servesMost(const Problem& problem, const Plan& plan) {
    std::vector<std::uint32_t> units(problem.asks.size(), 0);
    for (const std::uint32_t i : plan.options)
        ++units[problem.options[i].ask];
    for (std::size_t a = 0; a < units.size(); ++a) {
        if (units[a] < problem.asks[a].units)
            return false;
    }
    std::vector<double> brought(problem.supplies.size(), 0);
    for (const Carried& load : plan.carried)
        brought[load.supply] += load.quantity;
    std::map<std::uint32_t, double> lying;
    std::map<std::uint32_t, int> asked;
    for (const Lot& lot : problem.lots)
        lying[lot.item] += lot.available;
    for (const SupplyAsk& ask : problem.supplies)
        ++asked[ask.item];
    for (std::size_t s = 0; s < brought.size(); ++s) {
        const SupplyAsk& ask = problem.supplies[s];
        const double most = asked[ask.item] == 1 ? std::min(ask.amount, lying[ask.item]) : ask.amount;
        if (brought[s] < most * (1 - 1e-4))
            return false;
    }
    return true;
}

double tenths(double seconds) {
    return std::round(seconds * 10) / 10; // as the solver takes it
}

std::vector<Unseen> sortsOf(const std::vector<LeftOut>& leftOut) {
    std::set<Unseen> sorts;
    for (const LeftOut& one : leftOut)
        sorts.insert(one.why);
    if (sorts.contains(Unseen::threeStores)) // "three or more"
        sorts.erase(Unseen::fourStores);
    return {sorts.begin(), sorts.end()};
}

/// Takes out what cannot be a part of any better plan: with the least that the teams and the other sites cost it would cost as much.
void dropHopeless(const Problem& problem, const Plan& plan, std::vector<LeftOut>& leftOut) {
    if (!servesMost(problem, plan))
        return;
    std::map<std::uint32_t, double> leastAt;
    const auto see = [&](const Trip& trip) {
        const auto [there, fresh] = leastAt.try_emplace(trip.site, trip.cost);
        if (!fresh)
            there->second = std::min(there->second, trip.cost);
    };
    std::set<std::uint32_t> served; // each plan that serves the most goes there
    for (const Carried& load : plan.carried)
        served.insert(problem.trips[load.trip].site);
    for (const Trip& trip : problem.trips)
        see(trip);
    for (const LeftOut& one : leftOut)
        see(one.made.trip);
    double all = 0;
    std::vector<std::uint32_t> units(problem.asks.size(), 0);
    for (const Option& option : problem.options) { // of an ask the cheapest first
        if (units[option.ask]++ < problem.asks[option.ask].units)
            all += tenths(option.cost);
    }
    for (const std::uint32_t site : served)
        all += tenths(leastAt[site]);
    std::erase_if(leftOut, [&](const LeftOut& one) {
        const Trip& trip = one.made.trip;
        const double others = all - (served.contains(trip.site) ? tenths(leastAt[trip.site]) : 0);
        return tenths(trip.cost) + others > plan.cost - 0.05;
    });
}

bool betters(const Plan& other, const Plan& plan) {
    const double slack = noMore * std::max(1.0, std::abs(plan.served));
    return other.served > plan.served + slack || (other.served > plan.served - slack && other.cost < plan.cost - 0.05);
}

} // namespace

Roundabout::Roundabout(std::size_t kinds, std::size_t stores,
                       const std::function<double(std::size_t, std::uint32_t, std::uint32_t)>& between)
    : m_stores(stores) {
    if (stores > mostStores)
        return;
    for (std::size_t kind = 0; kind < kinds; ++kind) {
        auto& least = m_least.emplace_back(stores * stores, 0);
        for (std::uint32_t from = 0; from < stores; ++from) {
            for (std::uint32_t to = 0; to < stores; ++to)
                least[from * stores + to] = from == to ? 0 : between(kind, from, to);
        }
        for (std::size_t by = 0; by < stores; ++by) {
            for (std::size_t from = 0; from < stores; ++from) {
                for (std::size_t to = 0; to < stores; ++to)
                    least[from * stores + to] = std::min(least[from * stores + to], least[from * stores + by] + least[by * stores + to]);
            }
        }
    }
}

std::vector<double> Roundabout::leastBy(std::size_t kind, const std::vector<double>& toStore, const std::vector<double>& fromStore,
                                        const std::vector<std::uint32_t>& stores) const {
    std::vector<double> out;
    for (const std::uint32_t store : stores) {
        if (m_least.empty()) {
            out.push_back(0);
            continue;
        }
        double there = infinite;
        double onward = infinite;
        for (std::size_t other = 0; other < m_stores; ++other) {
            there = std::min(there, toStore[other] + m_least[kind][other * m_stores + store]);
            onward = std::min(onward, m_least[kind][store * m_stores + other] + fromStore[other]);
        }
        out.push_back(there + onward);
    }
    std::sort(out.begin(), out.end());
    return out;
}

std::vector<Unseen> lookFurther(Problem& problem, Carrying& carrying, const Budget& budget, Plan& plan) {
    auto leftOut = std::exchange(carrying.leftOut, {});
    dropHopeless(problem, plan, leftOut);
    if (leftOut.empty())
        return {};
    const auto giveUp = [&] {
        plan.proven = false;
        plan.gap = 1;
        return sortsOf(leftOut);
    };
    const auto mayGoOn = [&] { return budget.secondsLeft() > 0 && !(budget.stop && budget.stop()); };
    if (!plan.proven || leftOut.size() > mostFurther || !mayGoOn())
        return giveUp();
    // Trips as they would be driven: what is best with them is the best.
    const auto firstTrip = std::stable_partition(leftOut.begin(), leftOut.end(), [](const LeftOut& one) { return one.made.stops.empty(); });
    Problem wider = problem;
    for (auto one = firstTrip; one != leftOut.end(); ++one)
        wider.trips.push_back(one->made.trip);
    if (firstTrip != leftOut.end()) {
        Plan found = solve(wider, budget);
        if (!found.found || !found.proven)
            return giveUp();
        if (betters(found, plan)) {
            plan = std::move(found);
            for (auto one = firstTrip; one != leftOut.end(); ++one) {
                problem.trips.push_back(std::move(one->made.trip));
                carrying.stops.push_back(std::move(one->made.stops));
            }
        }
        leftOut.erase(firstTrip, leftOut.end());
        dropHopeless(problem, plan, leftOut);
        if (leftOut.empty())
            return {};
        if (!mayGoOn())
            return giveUp();
    }
    // Sorts of trips, as if the least of them were one that calls everywhere: no plan costs less than the best with them.
    for (const LeftOut& one : leftOut)
        wider.trips.emplace_back(one.made.trip).warehouses = *one.stores;
    const Plan least = solve(wider, budget);
    if (!least.found || !least.proven || least.served > plan.served + noMore * std::max(1.0, std::abs(plan.served)))
        return giveUp();
    if (!betters(least, plan))
        return {};
    plan.proven = false;
    plan.gap = std::clamp((plan.cost - least.cost) / std::max(1.0, std::abs(plan.cost)), 1e-6, 1.0);
    return sortsOf(leftOut);
}

} // namespace tocsin::dispatch
