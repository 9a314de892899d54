// The flow that goes on from the last one, held against LEMON's network simplex from the beginning, and some of the
// options against all of them.

#include "dispatch/flow_tree.hpp"

#include "tocsin/route/assignment_flow.hpp"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <random>
#include <utility>

namespace tocsin::dispatch {
namespace {

/// In a third of them many plans cost the same, in a third there are fewer who may go than are asked for.
Problem randomFlow(std::mt19937& random, int round) {
    Problem problem;
    const auto asks = static_cast<std::uint32_t>(1 + random() % 30);
    problem.givers = static_cast<std::uint32_t>(round % 3 == 1 ? 1 + random() % asks : 20 + random() % 120);
    for (std::uint32_t a = 0; a < asks; ++a) {
        problem.asks.push_back({static_cast<std::uint32_t>(random() % 5), static_cast<double>(1U << random() % 4), a / 4});
        std::vector<std::pair<double, std::uint32_t>> able;
        for (std::uint32_t g = 0; g < problem.givers; ++g) {
            if (random() % 3 != 0)
                able.emplace_back(round % 3 == 2 ? static_cast<double>(random() % 4) * 100 - 100
                                                 : static_cast<double>(random() % 20'000) / 10,
                                  g);
        }
        std::sort(able.begin(), able.end());
        std::uint32_t tie = 0;
        for (const auto& [cost, giver] : able)
            problem.options.push_back({a, giver, cost, tie++});
    }
    return problem;
}

/// The options that cost less than `beyond` (by ask).
Problem some(const Problem& whole, const std::vector<double>& beyond) {
    Problem part = whole;
    std::erase_if(part.options, [&](const Option& option) { return option.cost >= beyond[option.ask]; });
    for (std::size_t a = 0; a < beyond.size(); ++a)
        part.asks[a].beyond = beyond[a];
    return part;
}

/// All of what it costs, what stays open with it; each giver serves once, and no ask has too many.
std::int64_t total(const Problem& problem, const Scale& scale, const std::vector<std::uint32_t>& taken) {
    std::vector<std::uint32_t> open;
    for (const Ask& ask : problem.asks)
        open.push_back(ask.units);
    std::vector<char> used(problem.givers, 0);
    std::int64_t sum = 0;
    for (const std::uint32_t i : taken) {
        const Option& option = problem.options[i];
        EXPECT_EQ(std::exchange(used[option.giver], 1), 0);
        EXPECT_GT(open[option.ask], 0U);
        --open[option.ask];
        sum += scale.of(option);
    }
    for (std::size_t a = 0; a < open.size(); ++a)
        sum += open[a] * scale.open(problem.asks[a].weight);
    return sum;
}

std::int64_t leastTotal(const Problem& problem, const Scale& scale) {
    std::vector<route::FlowAsker> askers;
    std::vector<route::FlowOption> options;
    for (const Ask& ask : problem.asks)
        askers.push_back({ask.units, scale.open(ask.weight)});
    for (const Option& option : problem.options)
        options.push_back({option.ask, option.giver, scale.of(option)});
    const auto plan = route::leastCostFlow(askers, problem.givers, options);
    EXPECT_TRUE(plan.optimal);
    return total(problem, scale, {plan.taken.begin(), plan.taken.end()});
}

TEST(FlowTree, findsWhatIsFoundFromTheBeginningWhateverComesAndGoes) {
    std::mt19937 random(21);
    for (int round = 0; round < 300; ++round) {
        Problem whole = randomFlow(random, round);
        FlowTree tree;
        for (int step = 0; step < 6; ++step) {
            std::vector<double> beyond(whole.asks.size());
            for (double& cost : beyond)
                cost = step == 5 ? 1e9 : static_cast<double>(random() % 22'000) / 10 - 100;
            if (step % 2 == 1)
                whole.asks[random() % whole.asks.size()].units = static_cast<std::uint32_t>(random() % 6);
            const Problem part = some(whole, beyond);
            const Scale scale(part);
            const auto taken = tree.plan(part, scale);
            ASSERT_EQ(total(part, scale, taken), leastTotal(part, scale)) << round << ' ' << step;
            const Residual residual(part, scale, taken);
            for (std::uint32_t ask = 0; ask < part.asks.size(); ++ask)
                ASSERT_EQ(tree.prices()[ask], residual.price(ask)) << round << ' ' << step;
        }
    }
}

TEST(FlowTree, someOptionsGiveTheOptimumOfAllOnceThePricesSaySo) {
    std::mt19937 random(22);
    std::size_t posed = 0;
    std::size_t all = 0;
    for (int round = 0; round < 500; ++round) {
        const Problem whole = randomFlow(random, round);
        std::vector<double> beyond(whole.asks.size(), round % 5 * 50.0);
        FlowTree tree;
        for (;;) {
            const Problem part = some(whole, beyond);
            const Scale scale(part);
            const auto taken = tree.plan(part, scale);
            bool enough = true;
            for (std::size_t a = 0; a < beyond.size(); ++a) {
                const double price = part.asks[a].units > 0 ? scale.secondsOf(tree.prices()[a]) : 0;
                if (beyond[a] >= price || beyond[a] > 2000)
                    continue;
                enough = false;
                beyond[a] = std::min(price, beyond[a] + 150);
            }
            if (!enough)
                continue;
            // Both on the scale of all: what stays open costs more there.
            const Scale wide(whole);
            double cost = 0;
            double served = 0;
            for (const std::uint32_t i : taken) {
                cost += part.options[i].cost;
                served += part.asks[part.options[i].ask].weight;
            }
            FlowTree fresh;
            const auto best = fresh.plan(whole, wide);
            ASSERT_EQ(total(whole, wide, best), leastTotal(whole, wide)) << round;
            double leastCost = 0;
            double mostServed = 0;
            for (const std::uint32_t i : best) {
                leastCost += whole.options[i].cost;
                mostServed += whole.asks[whole.options[i].ask].weight;
            }
            ASSERT_NEAR(served, mostServed, 1e-6) << round;
            ASSERT_NEAR(cost, leastCost, 0.01) << round;
            posed += part.options.size();
            all += whole.options.size();
            break;
        }
    }
    EXPECT_LT(posed, all);
}

TEST(FlowTree, ofTheChoicesAskedForEachCostsWhatItCostsAmongAll) {
    std::mt19937 random(23);
    for (int round = 0; round < 300; ++round) {
        const Problem problem = randomFlow(random, round);
        const Scale scale(problem);
        FlowTree tree;
        const auto taken = tree.plan(problem, scale);
        const Residual residual(problem, scale, taken);
        for (std::uint32_t ask = 0; ask < problem.asks.size(); ++ask) {
            std::vector<std::uint32_t> own;
            for (const std::uint32_t i : taken) {
                if (problem.options[i].ask == ask)
                    own.push_back(problem.options[i].giver);
            }
            const auto all = residual.growth(ask);
            const auto few = residual.growth(ask, 2, own);
            ASSERT_EQ(all.size(), few.size());
            std::vector<std::int64_t> others;
            for (std::size_t k = 0; k < all.size(); ++k) {
                if (std::find(own.begin(), own.end(), problem.options[residual.first(ask) + k].giver) == own.end())
                    others.push_back(all[k]);
            }
            std::sort(others.begin(), others.end());
            const std::int64_t second = others.size() < 2 ? Residual::unreachable : others[1];
            for (std::size_t k = 0; k < all.size(); ++k) {
                ASSERT_TRUE(few[k] == all[k] || (few[k] > second && all[k] > second)) << round << ' ' << ask;
            }
        }
    }
}

} // namespace
} // namespace tocsin::dispatch
