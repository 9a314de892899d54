#include "dispatch/carry.hpp"

#include "dispatch/left_out.hpp"
#include "dispatch/needs.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <tuple>

namespace tocsin::dispatch {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr std::size_t exactStops = 10;
constexpr std::size_t mostVehicles = 24;  ///< for each incident, the nearest to its warehouses
constexpr std::size_t mostWarehouses = 8; ///< for each incident, the nearest that hold something asked for
constexpr std::size_t mostTrips = 3000;
constexpr double longestTrip = 7 * 86'400; ///< seconds
constexpr std::size_t mostForThrees = 5; ///< warehouses, for whose sets of three trips are made beforehand

/// What of a batch can be promised; 0 if it is too old at `now`.
double free(const model::Stock& stock, base::Time now, bool& old) {
    old = stock.expiry && *stock.expiry <= now;
    const double left = stock.quantity - stock.reserved;
    return std::isfinite(left) && left > 0 ? std::min(left, 1e12) : 0;
}

double positive(double value) {
    return std::isfinite(value) && value > 0 ? value : 0;
}

/// The sets of one to three of these warehouses; of two or more only if none of its parts alone holds all that is
/// asked, here and elsewhere.
struct Sets {
    std::vector<std::vector<std::uint32_t>> looked; ///< all of one and two; of three where the warehouses are few
    std::vector<std::vector<std::uint32_t>> threes; ///< of three, where they are many
};

Sets sets(const Problem& problem, std::uint32_t site, const std::vector<std::uint32_t>& near) {
    const auto holdsAll = [&](const std::vector<std::uint32_t>& set) {
        return std::all_of(problem.supplies.begin(), problem.supplies.end(), [&](const SupplyAsk& ask) {
            if (ask.site != site)
                return true;
            double wanted = 0;
            for (const SupplyAsk& other : problem.supplies)
                wanted += other.item == ask.item ? other.amount : 0;
            double sum = 0;
            for (const Lot& lot : problem.lots) {
                if (lot.item == ask.item && std::find(set.begin(), set.end(), lot.warehouse) != set.end())
                    sum += lot.available;
            }
            return sum >= wanted;
        });
    };
    Sets all;
    auto& threes = near.size() <= mostForThrees ? all.looked : all.threes;
    for (std::size_t i = 0; i < near.size(); ++i) {
        all.looked.push_back({near[i]});
        if (holdsAll(all.looked.back()))
            continue;
        for (std::size_t j = i + 1; j < near.size(); ++j) {
            if (holdsAll({near[j]}))
                continue;
            all.looked.push_back({near[i], near[j]});
            if (holdsAll(all.looked.back()))
                continue;
            for (std::size_t k = j + 1; k < near.size(); ++k) {
                if (!holdsAll({near[k]}))
                    threes.push_back({near[i], near[j], near[k]});
            }
        }
    }
    return all;
}

/// A supply as it is counted: by the piece and by the box are two.
using Item = std::pair<std::string, std::string>;

/// A need that names no unit means the one that most of it lies in.
Item itemOf(const model::State& state, const model::Need& need, base::Time now) {
    if (!need.unit.empty())
        return {need.supply, need.unit};
    std::map<std::string, double> byUnit;
    for (const auto& [id, resource] : state.resources) {
        if (!model::isStore(resource))
            continue;
        for (const model::Stock& stock : resource.stock) {
            bool old = false;
            const double left = free(stock, now, old);
            if (meets(need, stock.code, stock.unit))
                byUnit[stock.unit] += old ? 0 : left;
        }
    }
    const auto most = std::max_element(byUnit.begin(), byUnit.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    return {need.supply, most == byUnit.end() ? std::string() : most->first};
}

} // namespace

std::vector<std::size_t> bestOrder(const std::vector<double>& first, const std::vector<std::vector<double>>& between,
                                   const std::vector<double>& last) {
    const std::size_t n = first.size();
    std::vector<std::size_t> order;
    if (n > exactStops) {
        std::vector<char> used(n, 0);
        for (std::size_t step = 0; step < n; ++step) {
            std::size_t best = n;
            double least = infinite;
            for (std::size_t i = 0; i < n; ++i) {
                const double way = order.empty() ? first[i] : between[order.back()][i];
                if (used[i] == 0 && (best == n || way < least)) {
                    best = i;
                    least = way;
                }
            }
            used[best] = 1;
            order.push_back(best);
        }
        return order;
    }
    const std::size_t masks = std::size_t{1} << n;
    std::vector<std::vector<double>> cost(masks, std::vector<double>(n, infinite));
    std::vector<std::vector<std::size_t>> before(masks, std::vector<std::size_t>(n, n));
    for (std::size_t i = 0; i < n; ++i)
        cost[std::size_t{1} << i][i] = first[i];
    for (std::size_t mask = 1; mask < masks; ++mask) {
        for (std::size_t i = 0; i < n; ++i) {
            if ((mask >> i & 1U) == 0 || std::isinf(cost[mask][i]))
                continue;
            for (std::size_t j = 0; j < n; ++j) {
                if ((mask >> j & 1U) != 0)
                    continue;
                const std::size_t next = mask | std::size_t{1} << j;
                if (cost[mask][i] + between[i][j] < cost[next][j]) {
                    cost[next][j] = cost[mask][i] + between[i][j];
                    before[next][j] = i;
                }
            }
        }
    }
    std::size_t end = n;
    double least = infinite;
    for (std::size_t i = 0; i < n; ++i) {
        if (cost[masks - 1][i] + last[i] < least) {
            least = cost[masks - 1][i] + last[i];
            end = i;
        }
    }
    for (std::size_t mask = masks - 1; end < n;) {
        order.push_back(end);
        const std::size_t previous = before[mask][end];
        mask ^= std::size_t{1} << end;
        end = previous;
    }
    std::reverse(order.begin(), order.end());
    return order; // empty where there is no way
}

base::Result<Carrying> addSupplies(const Question& question, const Facts& facts, Problem& problem) {
    Carrying carrying;
    std::map<Item, std::uint32_t> items;
    std::set<std::uint32_t> sites;
    for (std::uint32_t n = 0; n < facts.needs.size(); ++n) {
        const OpenNeed& need = facts.needs[n];
        if (need.need.kind != model::NeedKind::supply || need.bad)
            continue;
        const auto [item, fresh] =
            items.emplace(itemOf(*question.state, need.need, question.now), static_cast<std::uint32_t>(carrying.expired.size()));
        if (fresh) {
            carrying.units.push_back(item->first.second);
            carrying.expired.push_back(0);
        }
        carrying.needs.push_back(n);
        problem.supplies.push_back({need.site, item->second, facts.sites[need.site].weight, need.open, 0, 0});
        sites.insert(need.site);
    }
    if (problem.supplies.empty())
        return carrying;

    std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> lotOf; // warehouse, item
    for (const auto& [id, resource] : question.state->resources) {
        if (!model::isStore(resource))
            continue;
        std::optional<std::uint32_t> warehouse;
        for (const model::Stock& stock : resource.stock) {
            const auto item = items.find({stock.code, stock.unit});
            if (item == items.end())
                continue;
            bool old = false;
            const double left = free(stock, question.now, old);
            if (left <= 0)
                continue;
            if (old) {
                carrying.expired[item->second] += left;
                continue;
            }
            if (!warehouse) {
                warehouse = static_cast<std::uint32_t>(carrying.warehouses.size());
                carrying.warehouses.push_back(&resource);
            }
            const auto [lot, fresh] =
                lotOf.emplace(std::pair(*warehouse, item->second), static_cast<std::uint32_t>(problem.lots.size()));
            if (fresh) {
                problem.lots.push_back({*warehouse, item->second, 0});
                carrying.lots.emplace_back();
            }
            problem.lots[lot->second].available += left;
            carrying.lots[lot->second].push_back(&stock);
            for (SupplyAsk& ask : problem.supplies) {
                if (ask.item == item->second) {
                    ask.kilograms = std::max(ask.kilograms, positive(stock.kilograms));
                    ask.cubicMetres = std::max(ask.cubicMetres, positive(stock.cubicMetres));
                }
            }
        }
    }
    for (auto& batches : carrying.lots) {
        std::stable_sort(batches.begin(), batches.end(), [](const model::Stock* a, const model::Stock* b) {
            return a->expiry.value_or(base::Time::max()) < b->expiry.value_or(base::Time::max());
        });
    }
    std::vector<std::uint32_t> vehicles;
    std::vector<Mover> movers;
    for (std::uint32_t g = 0; g < facts.givers.size(); ++g) {
        const Giver& giver = facts.givers[g];
        const auto& vehicle = giver.resource->vehicle;
        if (giver.obstacle != Obstacle::none || !mayGo(giver.resource->kind) || !vehicle || positive(vehicle->loadKilograms) == 0 ||
            !canTravel(*giver.resource))
            continue;
        vehicles.push_back(g);
        movers.push_back({giver.resource, giver.position});
    }
    carrying.vehicles = !vehicles.empty();
    if (vehicles.empty() || carrying.warehouses.empty())
        return carrying;

    // Vehicles of one kind find the same ways among warehouses and incidents.
    using Kind = std::tuple<std::string, double, double, double, double, double, bool>;
    std::map<Kind, std::size_t> kinds;
    std::vector<std::size_t> kindOf;
    std::vector<const model::Resource*> example;
    for (const Mover& mover : movers) {
        const auto& v = *mover.resource->vehicle;
        const auto [at, fresh] =
            kinds.emplace(Kind{v.speedClass, v.weightTonnes, v.heightMetres, v.widthMetres, v.fordingMetres,
                               mover.resource->speedFactor, mover.resource->flies},
                          kinds.size());
        if (fresh)
            example.push_back(mover.resource);
        kindOf.push_back(at->second);
    }
    std::vector<Mover> stores; // by kind, then warehouse
    for (const auto* resource : example) {
        for (const auto* warehouse : carrying.warehouses)
            stores.push_back({resource, warehouse->position});
    }
    std::vector<model::Position> storePlaces;
    for (const auto* warehouse : carrying.warehouses)
        storePlaces.push_back(warehouse->position);
    const std::size_t storeCount = storePlaces.size();
    std::vector<model::Position> sitePlaces;
    const std::vector<std::uint32_t> siteList(sites.begin(), sites.end());
    for (const std::uint32_t site : siteList)
        sitePlaces.push_back(facts.sites[site].incident->position);
    const auto begun = std::chrono::steady_clock::now();
    const auto toStores = travelBetween(*facts.roads, movers, storePlaces, 0, question.stop);
    const auto amongStores = travelBetween(*facts.roads, stores, storePlaces, 0, question.stop);
    const auto toSites = travelBetween(*facts.roads, stores, sitePlaces, 0, question.stop);
    if (!toStores || !amongStores || !toSites)
        return base::fail(base::Code::cancelled, "the question was withdrawn");
    carrying.tookRoads = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
    const auto onward = [&](std::size_t v, std::size_t s, std::uint32_t warehouse) {
        return toSites->seconds(s, kindOf[v] * storeCount + warehouse);
    };
    const auto soonest = [&](std::size_t s, std::uint32_t warehouse) {
        double least = infinite;
        for (std::size_t kind = 0; kind < example.size(); ++kind)
            least = std::min(least, toSites->seconds(s, kind * storeCount + warehouse));
        return least;
    };

    const auto emptyTrip = [&](std::size_t v, std::uint32_t site) {
        Trip trip;
        trip.giver = vehicles[v];
        trip.site = site;
        trip.payload = movers[v].resource->vehicle->loadKilograms;
        trip.volume = positive(movers[v].resource->vehicle->loadCubicMetres);
        return trip;
    };
    /// Until the vehicle sets out, as usual: its trip's own clock begins then.
    const auto turnout = [&](std::size_t v) { return facts.givers[vehicles[v]].turnout; };
    /// Of reaching the site so many seconds from now, by stores whose counts are new.
    const auto costOf = [&](std::uint32_t site, double clock) {
        const Site& where = facts.sites[site];
        const double since = std::chrono::duration<double>(question.now - where.incident->openedAt).count() + clock;
        double late = 0;
        for (std::size_t k = 0; k < problem.supplies.size(); ++k) {
            const double within = facts.needs[carrying.needs[k]].need.within.value;
            if (problem.supplies[k].site == site && std::isfinite(within) && within > 0)
                late = std::max(late, since - within);
        }
        return where.weight * (std::min(clock, 86'400.0) + question.weights.late * std::min(late, 86'400.0)) + question.weights.anotherVehicle;
    };
    const auto tripOf = [&](std::size_t s, std::size_t v, const std::vector<std::uint32_t>& set) -> std::optional<TimedTrip> {
        std::vector<double> first;
        std::vector<double> last;
        std::vector<std::vector<double>> between(set.size(), std::vector<double>(set.size(), 0));
        for (std::size_t i = 0; i < set.size(); ++i) {
            first.push_back(toStores->seconds(set[i], v));
            last.push_back(onward(v, s, set[i]));
            for (std::size_t j = 0; j < set.size(); ++j)
                between[i][j] = amongStores->seconds(set[j], kindOf[v] * storeCount + set[i]);
        }
        const auto stops = bestOrder(first, between, last);
        if (stops.size() != set.size())
            return std::nullopt;
        TimedTrip made;
        made.trip = emptyTrip(v, siteList[s]);
        double clock = 0;
        for (std::size_t i = 0; i < stops.size(); ++i) {
            clock += i == 0 ? first[stops[i]] : between[stops[i - 1]][stops[i]];
            made.stops.push_back(clock);
            clock += question.weights.loading.value;
            made.trip.warehouses.push_back(set[stops[i]]);
        }
        clock += last[stops.back()];
        if (!std::isfinite(clock) || clock > longestTrip)
            return std::nullopt;
        made.stops.push_back(clock);
        made.trip.cost = costOf(siteList[s], turnout(v) + clock);
        for (const std::uint32_t warehouse : made.trip.warehouses)
            made.trip.cost += isOldCount(question, *carrying.warehouses[warehouse]) ? question.weights.oldCount : 0;
        return made;
    };
    std::optional<Roundabout> roundabout; // made where something is left out
    for (std::size_t s = 0; s < siteList.size(); ++s) {
        if (question.stop.stop_requested())
            return base::fail(base::Code::cancelled, "the question was withdrawn");
        const std::uint32_t site = siteList[s];
        std::vector<std::uint32_t> useful;
        for (std::uint32_t w = 0; w < carrying.warehouses.size(); ++w) {
            const bool holds = std::any_of(problem.lots.begin(), problem.lots.end(), [&](const Lot& lot) {
                return lot.warehouse == w &&
                       std::any_of(problem.supplies.begin(), problem.supplies.end(),
                                   [&](const SupplyAsk& ask) { return ask.site == site && ask.item == lot.item; });
            });
            if (holds && std::isfinite(soonest(s, w)))
                useful.push_back(w);
        }
        std::stable_sort(useful.begin(), useful.end(),
                         [&](std::uint32_t a, std::uint32_t b) { return soonest(s, a) < soonest(s, b); });
        const std::vector<std::uint32_t> near(useful.begin(), useful.begin() + static_cast<std::ptrdiff_t>(std::min(useful.size(), mostWarehouses)));
        std::vector<std::pair<double, std::size_t>> order;
        for (std::size_t v = 0; v < vehicles.size(); ++v) {
            double least = infinite;
            for (const std::uint32_t w : useful)
                least = std::min(least, toStores->seconds(w, v) + onward(v, s, w));
            if (std::isfinite(least))
                order.emplace_back(turnout(v) + least, v);
        }
        std::sort(order.begin(), order.end());
        const auto choices = sets(problem, site, near);
        std::size_t looked = 0; // of the vehicles
        for (; looked < std::min(order.size(), mostVehicles) && problem.trips.size() < mostTrips; ++looked) {
            for (const auto& set : choices.looked) {
                if (auto made = tripOf(s, order[looked].second, set)) {
                    problem.trips.push_back(std::move(made->trip));
                    carrying.stops.push_back(std::move(made->stops));
                }
            }
        }

        // What is left out, each with what it costs at least.
        if (looked == order.size() && near.size() == useful.size() && near.size() <= 3)
            continue;
        if (!roundabout)
            roundabout.emplace(example.size(), storeCount, [&](std::size_t kind, std::uint32_t from, std::uint32_t to) {
                return amongStores->seconds(to, kind * storeCount + from);
            });
        std::vector<std::uint32_t> parts; // none of which holds all alone: others are called at by themselves
        for (const std::uint32_t w : near) {
            if (std::any_of(choices.looked.begin(), choices.looked.end(),
                            [&](const auto& set) { return set.size() > 1 && std::find(set.begin(), set.end(), w) != set.end(); }))
                parts.push_back(w);
        }
        const auto everywhere = std::make_shared<const std::vector<std::uint32_t>>(useful);
        const auto leave = [&](std::size_t v, double clock, Unseen why) {
            if (!std::isfinite(clock) || clock > longestTrip)
                return;
            LeftOut& one = carrying.leftOut.emplace_back();
            one.why = why;
            one.made.trip = emptyTrip(v, site);
            one.stores = everywhere;
            one.made.trip.cost = costOf(site, turnout(v) + clock);
        };
        const double loading = question.weights.loading.value;
        for (std::size_t k = 0; k < order.size(); ++k) {
            const std::size_t v = order[k].second;
            std::vector<double> toStore;
            std::vector<double> fromStore;
            for (std::uint32_t w = 0; w < storeCount; ++w) {
                toStore.push_back(toStores->seconds(w, v));
                fromStore.push_back(onward(v, s, w));
            }
            const auto by = [&](const std::vector<std::uint32_t>& called) {
                return roundabout->leastBy(kindOf[v], toStore, fromStore, called);
            };
            if (k >= looked) {
                leave(v, by(useful).front() + loading, k >= mostVehicles ? Unseen::farVehicles : Unseen::manyTrips);
                continue;
            }
            const auto leaveTrip = [&](const std::vector<std::uint32_t>& set, Unseen why) {
                if (auto made = tripOf(s, v, set))
                    carrying.leftOut.push_back({std::move(*made), {}, why});
            };
            if (useful.size() > near.size()) { // by itself, or with others
                const std::vector<std::uint32_t> far(useful.begin() + static_cast<std::ptrdiff_t>(near.size()), useful.end());
                for (const std::uint32_t w : far)
                    leaveTrip({w}, Unseen::farStores);
                leave(v, by(far).front() + 2 * loading, Unseen::farStores);
            }
            for (const auto& set : choices.threes)
                leaveTrip(set, Unseen::threeStores);
            // Whoever calls at four comes by the one of them that is the fourth at best.
            if (parts.size() >= 4)
                leave(v, by(parts)[3] + 4 * loading, Unseen::fourStores);
        }
    }
    return carrying;
}

} // namespace tocsin::dispatch
