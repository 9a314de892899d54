#include "dispatch/problem.hpp"

#include "dispatch/flow_tree.hpp"
#include "dispatch/mip_plan.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

namespace tocsin::dispatch {
namespace {

constexpr std::size_t mostResidualAsks = 100'000; ///< beyond, what other choices cost is found by solving again
constexpr double fixing = 0.2;                    ///< seconds by which an option may miss the slack: tenths are rounded

std::uint64_t unitsOf(const Problem& problem) {
    return std::accumulate(problem.asks.begin(), problem.asks.end(), std::uint64_t{0},
                           [](std::uint64_t sum, const Ask& ask) { return sum + ask.units; });
}

/// True if a plan could lose the cover of a group: all of its givers could be taken at once.
bool canLoseCover(const Problem& problem) {
    const std::uint64_t most = unitsOf(problem) + problem.trips.size();
    return std::any_of(problem.cover.begin(), problem.cover.end(),
                       [&](const CoverGroup& group) { return group.givers.size() <= most; });
}

/// Which options can stand in a plan that serves at most `less` less than the flow `taken` and costs at most `slack`
/// seconds more: those whose growth in the flow alone is not above it (reduced-cost fixing).
std::vector<char> within(const Problem& problem, const Scale& scale, const std::vector<std::uint32_t>& taken,
                         double less, double slack) {
    std::vector<char> kept(problem.options.size(), 1);
    if (problem.asks.size() > mostResidualAsks)
        return kept;
    const Residual residual(problem, scale, taken);
    for (std::uint32_t ask = 0; ask < problem.asks.size(); ++ask) {
        const auto growth = residual.growth(ask);
        for (std::size_t k = 0; k < growth.size(); ++k) {
            double lost = 0;
            double seconds = 0;
            scale.split(growth[k], lost, seconds);
            const bool may = growth[k] < Residual::unreachable &&
                             (lost < less - 1e-9 || (lost <= less + 1e-9 && seconds <= slack + fixing));
            kept[residual.first(ask) + k] = may ? 1 : 0;
        }
    }
    for (const std::uint32_t i : taken)
        kept[i] = 1;
    return kept;
}

/// Of plans that cost the same the one that a flow would have: branch and bound does not look at ties.
void settleTies(const Problem& problem, Plan& plan) {
    std::vector<char> used(problem.givers, 0);
    for (const std::uint32_t i : plan.options)
        used[problem.options[i].giver] = 1;
    const double lost = coverLost(problem, plan);
    for (std::uint32_t& taken : plan.options) {
        const std::uint32_t was = taken;
        for (std::uint32_t j = was; j-- > 0 && problem.options[j].ask == problem.options[was].ask;) {
            const Option& other = problem.options[j];
            if (std::llround(other.cost * 10) != std::llround(problem.options[was].cost * 10))
                break;
            if (used[other.giver] != 0)
                continue;
            const std::uint32_t kept = taken;
            taken = j;
            if (coverLost(problem, plan) > lost)
                taken = kept;
        }
        used[problem.options[was].giver] = 0;
        used[problem.options[taken].giver] = 1;
    }
    std::sort(plan.options.begin(), plan.options.end());
}

/// Teams alone, one need each: the flow, and branch and bound only over what cover couples. Groups join as they are
/// lost.
Plan solveTeams(const Problem& problem, const Budget& budget, const Forced* forced, FlowTree& tree) {
    const Scale scale(problem);
    Plan plan;
    if (forced == nullptr) {
        plan.options = tree.plan(problem, scale);
    } else {
        auto taken = forcedFlow(problem, scale, *forced);
        if (!taken)
            return plan;
        plan.options = std::move(*taken);
    }
    plan.found = plan.proven = plan.flow = true;
    const std::vector<std::uint32_t> taken = plan.options;
    reckon(problem, plan);
    const bool partial = isPartial(problem);
    if (partial && forced == nullptr) {
        for (std::size_t a = 0; a < problem.asks.size(); ++a)
            plan.prices.push_back(problem.asks[a].units > 0 ? scale.secondsOf(tree.prices()[a]) : 0);
        if (!isEnough(problem, plan.prices, 0))
            return plan;
    }
    std::vector<std::uint32_t> lost;
    const double atMostSaved = coverLost(problem, plan, &lost);
    if (lost.empty() && (forced == nullptr || !partial))
        return plan;
    // Cover is only worth so much: of what was left out nothing may come nearer to the flow than that.
    const auto mustSearch = [&](double slack, const std::vector<double>* prices) {
        plan.slack = partial ? slack + 2 * fixing : 0;
        return partial && (prices == nullptr || !isEnough(problem, *prices, plan.slack));
    };
    // The flow without the cover's cost is the least that any plan can cost.
    double bound = plan.cost - atMostSaved;
    std::vector<char> kept;
    if (forced == nullptr) {
        if (mustSearch(atMostSaved, &plan.prices))
            return plan;
        kept = within(problem, scale, taken, 0, atMostSaved);
    } else {
        Plan unforced;
        unforced.options = tree.plan(problem, scale);
        reckon(problem, unforced);
        const double least = unforced.cost - coverLost(problem, unforced);
        const double less = std::max(0.0, unforced.served - plan.served);
        if (mustSearch(less > 1e-9 ? std::numeric_limits<double>::infinity() : plan.cost - least, forced->prices)) {
            plan.proven = false;
            return plan;
        }
        if (lost.empty())
            return plan;
        kept = within(problem, scale, unforced.options, less, plan.cost - least);
        for (const std::uint32_t i : taken)
            kept[i] = 1;
    }
    std::set<std::uint32_t> groups(lost.begin(), lost.end());
    Plan best = plan;
    for (;;) {
        const Plan next = mipPlan(problem, kept, {groups.begin(), groups.end()}, forced, plan.served, &best, budget);
        if (next.found && !next.proven && next.gap < 1) // over fewer groups than there are, so it holds for all
            bound = std::max(bound, next.cost - next.gap * std::max(1.0, std::abs(next.cost)));
        if (next.found && next.cost < best.cost)
            best = next;
        std::vector<std::uint32_t> now;
        (void)coverLost(problem, next, &now);
        bool grown = false;
        for (const std::uint32_t group : now)
            grown = groups.insert(group).second || grown;
        if (!next.found || !next.proven || !grown) {
            if (forced == nullptr)
                settleTies(problem, best);
            best.mip = true;
            best.flow = true;
            best.found = true;
            best.proven = next.found && next.proven;
            best.stopped = next.stopped;
            best.prices = plan.prices;
            best.slack = plan.slack;
            best.gap = best.proven ? 0 : std::clamp((best.cost - bound) / std::max(1.0, std::abs(best.cost)), 0.0, 1.0);
            return best;
        }
    }
}

/// Out of a flow: what the residual network says is the least that a choice can cost, and all of it where its plan
/// loses no cover. Where it does, the question is solved again. `enough` and `slack` grow to what it rests on, where
/// options were left out.
std::vector<Instead> cheapestInstead(const Problem& problem, const Plan& plan, const Scale& scale,
                                     const Residual& residual, std::uint32_t ask, const std::vector<std::uint32_t>& own,
                                     std::size_t count, bool cover, const Budget& budget, FlowTree& tree,
                                     double& enough, double& slack) {
    // What a choice costs by way of the cover can change the order: then all are wanted.
    const auto growth = residual.growth(ask, cover ? Residual::everybody : count, own);
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < growth.size(); ++i) {
        const std::uint32_t giver = problem.options[residual.first(ask) + i].giver;
        if (std::find(own.begin(), own.end(), giver) == own.end() && growth[i] < Residual::unreachable)
            order.push_back(i);
    }
    // A heap: of hundreds of choices two or three are looked at.
    const auto later = [&](std::size_t a, std::size_t b) { return std::pair(growth[a], a) > std::pair(growth[b], b); };
    std::make_heap(order.begin(), order.end(), later);
    const auto dearer = [](const Instead& a, const Instead& b) {
        return std::pair(a.lost, a.costs) < std::pair(b.lost, b.costs);
    };
    std::vector<Instead> found;
    while (!order.empty()) {
        const std::size_t i = order.front();
        std::pop_heap(order.begin(), order.end(), later);
        order.pop_back();
        const auto option = static_cast<std::uint32_t>(residual.first(ask) + i);
        Instead instead{problem.options[option].giver};
        scale.split(growth[i], instead.lost, instead.costs);
        // What follows costs at least so much: enough are found.
        if (found.size() >= count && !dearer(instead, found[count - 1]))
            break;
        if (cover) {
            Plan with;
            with.options = residual.planWith(option);
            if (coverLost(problem, with) > 0) {
                Forced forced{ask, {}, &plan.prices};
                for (std::size_t k = residual.first(ask); k < residual.end(ask); ++k) {
                    if (k != option)
                        forced.others.push_back(problem.options[k].giver);
                }
                const bool time = budget.secondsLeft() > 0 && !budget.stop();
                const Plan again = time ? solveTeams(problem, budget, &forced, tree) : Plan{};
                slack = std::max(slack, again.slack);
                instead.known = again.found && again.proven;
                if (again.found) {
                    instead.costs = std::round((again.cost - plan.cost) * 10) / 10;
                    instead.lost = std::round(std::max(0.0, plan.served - again.served) * 1e6) / 1e6;
                }
            }
        }
        found.insert(std::upper_bound(found.begin(), found.end(), instead, dearer), instead);
    }
    // One that was left out costs at least what it is above the ask's price.
    const bool all = found.size() >= count && found[count - 1].lost <= 0;
    enough = std::max(enough, all ? scale.secondsOf(residual.price(ask)) + found[count - 1].costs + fixing
                                  : std::numeric_limits<double>::infinity());
    if (found.size() > count)
        found.resize(count);
    return found;
}

} // namespace

bool isPartial(const Problem& problem) {
    return std::any_of(problem.asks.begin(), problem.asks.end(), [](const Ask& ask) { return std::isfinite(ask.beyond); });
}

bool isEnough(const Problem& problem, const std::vector<double>& enough, double slack) {
    for (std::size_t a = 0; a < problem.asks.size(); ++a) {
        const Ask& ask = problem.asks[a];
        if (ask.units > 0 && std::isfinite(ask.beyond) && !(ask.beyond >= enough[a] + slack))
            return false;
    }
    return true;
}

Plan solve(const Problem& problem, const Budget& budget, const Forced* forced, FlowTree* tree) {
    if (problem.atOnce == 1 && problem.trips.empty()) {
        FlowTree fresh;
        return solveTeams(problem, budget, forced, tree != nullptr ? *tree : fresh);
    }
    std::vector<std::uint32_t> groups(problem.cover.size());
    std::iota(groups.begin(), groups.end(), std::uint32_t{0});
    const std::uint64_t units = unitsOf(problem) + problem.trips.size();
    std::erase_if(groups, [&](std::uint32_t g) { return problem.cover[g].givers.size() > units; });
    // As in the flow: an option dearer than as many as there are units in all cannot matter, but for its cover.
    std::vector<char> kept(problem.options.size(), 1);
    if (groups.empty()) {
        std::vector<std::uint64_t> count(problem.asks.size(), 0);
        for (std::size_t i = 0; i < kept.size(); ++i)
            kept[i] = count[problem.options[i].ask]++ < units + (forced != nullptr ? forced->others.size() : 0) ? 1 : 0;
    }
    return mipPlan(problem, kept, groups, forced, std::nullopt, nullptr, budget);
}

std::vector<std::vector<Instead>> choicesInstead(const Problem& problem, const Plan& plan,
                                                 const std::vector<std::uint32_t>& asks, std::size_t count,
                                                 const Budget& budget, std::vector<double>* enough) {
    std::vector<std::vector<Instead>> all(asks.size());
    double slack = plan.slack;
    std::vector<double> needed = plan.prices;
    const bool partial = isPartial(problem);
    const auto tell = [&] {
        for (double& seconds : needed)
            seconds += slack;
        if (enough != nullptr)
            *enough = needed;
    };
    if (partial && needed.size() == problem.asks.size() && !isEnough(problem, needed, slack)) {
        tell();
        return all;
    }
    needed.resize(problem.asks.size(), 0);
    if (asks.empty()) {
        tell();
        return all;
    }
    const bool plain = problem.atOnce == 1 && problem.trips.empty();
    FlowTree tree;
    std::vector<std::vector<std::uint32_t>> own(problem.asks.size());
    for (const std::uint32_t i : plan.options)
        own[problem.options[i].ask].push_back(problem.options[i].giver);

    if (plain && plan.flow && !plan.mip && problem.asks.size() <= mostResidualAsks) {
        const Scale scale(problem);
        const Residual residual(problem, scale, plan.options);
        const bool cover = canLoseCover(problem);
        for (std::size_t k = 0; k < asks.size() && count > 0; ++k) {
            if (problem.asks[asks[k]].units > 0)
                all[k] = cheapestInstead(problem, plan, scale, residual, asks[k], own[asks[k]], count, cover, budget, tree,
                                         needed[asks[k]], slack);
        }
        tell();
        return all;
    }

    // One more row and solve again: the best plan in which somebody else serves it. Then without that one, too.
    for (std::size_t k = 0; k < asks.size(); ++k) {
        if (problem.asks[asks[k]].units == 0)
            continue;
        Forced forced{asks[k], own[asks[k]], &plan.prices};
        for (std::size_t n = 0; n < count; ++n) {
            if (budget.secondsLeft() <= 0 || budget.stop())
                break;
            const Plan other = solve(problem, budget, &forced, &tree);
            slack = std::max(slack, other.slack);
            if (!other.found) {
                if (partial && budget.secondsLeft() > 0) // by one that was left out it may be
                    slack = std::numeric_limits<double>::infinity();
                break;
            }
            for (const std::uint32_t i : other.options) {
                const Option& option = problem.options[i];
                if (option.ask != asks[k] ||
                    std::find(forced.others.begin(), forced.others.end(), option.giver) != forced.others.end())
                    continue;
                all[k].push_back({option.giver, std::round((other.cost - plan.cost) * 10) / 10,
                                  std::round(std::max(0.0, plan.served - other.served) * 1e6) / 1e6,
                                  other.proven && plan.proven});
                forced.others.push_back(option.giver);
                break;
            }
        }
    }
    tell();
    return all;
}

} // namespace tocsin::dispatch
