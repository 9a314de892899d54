// The solver in numbers: flow, residual network and branch and bound held against each other and against trying all.

#include "dispatch/carry.hpp"
#include "dispatch/mip_plan.hpp"
#include "dispatch/problem.hpp"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <iostream>
#include <numeric>
#include <random>

namespace tocsin::dispatch {
namespace {

const Budget plenty{[] { return 60.0; }, [] { return false; }};

Problem randomProblem(std::mt19937& random, std::uint32_t asks, std::uint32_t givers, bool cover) {
    Problem problem;
    problem.givers = givers;
    for (std::uint32_t a = 0; a < asks; ++a) {
        problem.asks.push_back({1 + static_cast<std::uint32_t>(random() % 3), static_cast<double>(1U << random() % 4),
                                static_cast<std::uint32_t>(random() % 4)});
        std::vector<std::pair<double, std::uint32_t>> able;
        for (std::uint32_t g = 0; g < givers; ++g) {
            if (random() % 3 == 0)
                able.emplace_back(static_cast<double>(random() % 20000) / 10, g);
        }
        std::sort(able.begin(), able.end());
        std::uint32_t tie = 0;
        for (const auto& [cost, giver] : able)
            problem.options.push_back({a, giver, cost, tie++});
    }
    for (std::uint32_t g = 0; cover && g < asks * 2; ++g) {
        CoverGroup group{static_cast<double>(random() % 8000) / 10, {}};
        std::vector<std::uint32_t> all(givers);
        std::iota(all.begin(), all.end(), 0U);
        std::shuffle(all.begin(), all.end(), random);
        group.givers.assign(all.begin(), all.begin() + 2 + static_cast<std::ptrdiff_t>(random() % 2));
        std::sort(group.givers.begin(), group.givers.end());
        problem.cover.push_back(group);
    }
    return problem;
}

std::vector<std::uint32_t> allGroups(const Problem& problem) {
    std::vector<std::uint32_t> groups(problem.cover.size());
    std::iota(groups.begin(), groups.end(), 0U);
    return groups;
}

TEST(Solver, fiveHundredFlowsAreWhatBranchAndBoundProves) {
    std::mt19937 random(7);
    int equal = 0;
    for (int round = 0; round < 500; ++round) {
        const Problem problem = randomProblem(random, 2 + random() % 8, 5 + random() % 25, false);
        const Plan flow = solve(problem, plenty);
        ASSERT_TRUE(flow.flow && flow.proven && !flow.mip);
        const Plan mip = mipPlan(problem, {}, {}, nullptr, std::nullopt, nullptr, plenty);
        ASSERT_TRUE(mip.proven);
        EXPECT_NEAR(flow.served, mip.served, 1e-6) << round;
        EXPECT_NEAR(flow.cost, mip.cost, 0.01) << round;
        equal += std::abs(flow.served - mip.served) <= 1e-6 && std::abs(flow.cost - mip.cost) <= 0.01 ? 1 : 0;
    }
    std::cout << equal << " of 500 equal\n";
}

/// Few can serve, many cost the same, some needs ask for more than there are or for nobody.
Problem bareProblem(std::mt19937& random, std::uint32_t asks, std::uint32_t givers) {
    Problem problem;
    problem.givers = givers;
    for (std::uint32_t a = 0; a < asks; ++a) {
        problem.asks.push_back({static_cast<std::uint32_t>(random() % 5), static_cast<double>(1U << random() % 4),
                                static_cast<std::uint32_t>(random() % 4)});
        std::vector<std::pair<double, std::uint32_t>> able;
        for (std::uint32_t g = 0; g < givers; ++g) {
            if (random() % 6 == 0)
                able.emplace_back(static_cast<double>(random() % 4) * 100 - 100, g);
        }
        std::sort(able.begin(), able.end());
        std::uint32_t tie = 0;
        for (const auto& [cost, giver] : able)
            problem.options.push_back({a, giver, cost, tie++});
    }
    return problem;
}

TEST(Solver, twoHundredBareAndTiedFlowsAreWhatBranchAndBoundProves) {
    std::mt19937 random(17);
    for (int round = 0; round < 200; ++round) {
        const Problem problem = bareProblem(random, 1 + random() % 10, 3 + random() % 30);
        const Plan flow = solve(problem, plenty);
        ASSERT_TRUE(flow.flow && flow.proven && !flow.mip);
        const Plan mip = mipPlan(problem, {}, {}, nullptr, std::nullopt, nullptr, plenty);
        ASSERT_TRUE(mip.proven || problem.options.empty());
        EXPECT_NEAR(flow.served, mip.served, 1e-6) << round;
        EXPECT_NEAR(flow.cost, mip.cost, 0.01) << round;
        EXPECT_EQ(solve(problem, plenty).options, flow.options) << round;
    }
}

/// Only the options that cost less than each ask's `beyond`.
Problem cut(const Problem& whole, const std::vector<double>& beyond) {
    Problem part = whole;
    part.options.clear();
    for (std::size_t a = 0; a < beyond.size(); ++a)
        part.asks[a].beyond = beyond[a];
    for (const Option& option : whole.options) {
        if (option.cost < beyond[option.ask])
            part.options.push_back(option);
    }
    return part;
}

TEST(Solver, whatIsProvenWithSomeLeftOutIsTheOptimumOfAll) {
    std::mt19937 random(18);
    int partial = 0;
    int coupled = 0;
    for (int round = 0; round < 400; ++round) {
        const bool cover = round % 12 == 0;
        Problem whole = round % 3 == 1 ? bareProblem(random, 2 + random() % 6, 10 + random() % 30)
                                       : randomProblem(random, 2 + random() % 5, 20 + random() % 25, cover);
        std::vector<double> beyond(whole.asks.size(), 0);
        for (std::size_t a = 0; a < beyond.size(); ++a) {
            std::vector<double> costs;
            for (const Option& option : whole.options) {
                if (option.ask == a)
                    costs.push_back(option.cost);
            }
            whole.asks[a].units = std::min<std::uint32_t>(whole.asks[a].units, static_cast<std::uint32_t>(costs.size()));
            const std::size_t known = whole.asks[a].units + 1;
            beyond[a] = known < costs.size() ? costs[known] : std::numeric_limits<double>::infinity();
        }
        std::vector<std::uint32_t> asks(whole.asks.size());
        std::iota(asks.begin(), asks.end(), 0U);
        const Plan plan = solve(whole, plenty);
        const auto instead = choicesInstead(whole, plan, asks, 2, plenty);
        for (;;) {
            const Problem part = cut(whole, beyond);
            const Plan least = solve(part, plenty);
            std::vector<double> enough;
            const auto others = choicesInstead(part, least, asks, 2, plenty, &enough);
            if (isPartial(part) && !isEnough(part, enough, 0)) {
                for (std::size_t a = 0; a < beyond.size(); ++a)
                    beyond[a] = std::max(beyond[a], std::min(enough[a], beyond[a] + 250));
                for (std::size_t a = 0; a < beyond.size(); ++a) {
                    if (beyond[a] > 2500)
                        beyond[a] = std::numeric_limits<double>::infinity();
                }
                continue;
            }
            partial += isPartial(part) ? 1 : 0;
            coupled += isPartial(part) && least.mip ? 1 : 0;
            ASSERT_TRUE(least.proven) << round;
            EXPECT_NEAR(least.served, plan.served, 1e-6) << round;
            EXPECT_NEAR(least.cost, plan.cost, 0.05) << round;
            // Of equal plans either may be taken, and then other choices stand beside it.
            if (least.options.size() != plan.options.size() || part.options.empty())
                break;
            const auto pairs = [](const Problem& problem, const Plan& one) {
                std::vector<std::pair<std::uint32_t, std::uint32_t>> all;
                for (const std::uint32_t i : one.options)
                    all.emplace_back(problem.options[i].ask, problem.options[i].giver);
                return all;
            };
            if (pairs(part, least) != pairs(whole, plan))
                break;
            for (const std::uint32_t ask : asks) {
                ASSERT_EQ(others[ask].size(), instead[ask].size()) << round;
                for (std::size_t k = 0; k < others[ask].size(); ++k) {
                    EXPECT_NEAR(others[ask][k].lost, instead[ask][k].lost, 1e-5) << round;
                    EXPECT_NEAR(others[ask][k].costs, instead[ask][k].costs, 0.11) << round;
                }
            }
            break;
        }
    }
    EXPECT_GT(partial, 100);
    EXPECT_GT(coupled, 1);
}

TEST(Solver, whatCoverCouplesIsTheOptimumOverAllGroups) {
    std::mt19937 random(8);
    int coupled = 0;
    for (int round = 0; round < 150; ++round) {
        const Problem problem = randomProblem(random, 2 + random() % 5, 5 + random() % 12, true);
        const Plan lazy = solve(problem, plenty);
        const Plan whole = mipPlan(problem, {}, allGroups(problem), nullptr, std::nullopt, nullptr, plenty);
        ASSERT_TRUE(lazy.proven && whole.proven);
        EXPECT_NEAR(lazy.served, whole.served, 1e-6) << round;
        EXPECT_NEAR(lazy.cost, whole.cost, 0.05) << round;
        coupled += lazy.mip ? 1 : 0;
    }
    EXPECT_GT(coupled, 20);
}

TEST(Solver, otherChoicesCostWhatSolvingAgainSays) {
    std::mt19937 random(9);
    for (const bool cover : {false, true}) {
        for (int round = 0; round < 40; ++round) {
            const Problem problem = randomProblem(random, 2 + random() % 4, 6 + random() % 8, cover);
            const Plan plan = solve(problem, plenty);
            std::vector<std::uint32_t> asks(problem.asks.size());
            std::iota(asks.begin(), asks.end(), 0U);
            const auto instead = choicesInstead(problem, plan, asks, 2, plenty);
            for (const std::uint32_t ask : asks) {
                for (const Instead& other : instead[ask]) {
                    // All who may serve this ask but the one are named: it must be him.
                    Forced forced{ask, {}};
                    for (std::uint32_t g = 0; g < problem.givers; ++g) {
                        if (g != other.giver)
                            forced.others.push_back(g);
                    }
                    const Plan again = mipPlan(problem, {}, allGroups(problem), &forced, std::nullopt, nullptr, plenty);
                    ASSERT_TRUE(again.found && again.proven);
                    EXPECT_NEAR(other.lost, plan.served - again.served, 1e-5) << round;
                    EXPECT_NEAR(other.costs, again.cost - plan.cost, 0.11) << round;
                }
            }
        }
    }
}

/// Every way to give each giver one site and up to `atOnce` asks there.
void tryAll(const Problem& problem, std::uint32_t giver, std::vector<std::uint32_t>& open, double served, double cost,
            std::pair<double, double>& best) {
    if (giver == problem.givers) {
        if (served > best.first + 1e-9 || (served > best.first - 1e-9 && cost < best.second - 1e-9))
            best = {served, cost};
        return;
    }
    tryAll(problem, giver + 1, open, served, cost, best);
    std::vector<const Option*> own;
    for (const Option& option : problem.options) {
        if (option.giver == giver)
            own.push_back(&option);
    }
    for (std::size_t i = 0; i < own.size(); ++i) {
        if (open[own[i]->ask] == 0)
            continue;
        --open[own[i]->ask];
        const double one = problem.asks[own[i]->ask].weight;
        tryAll(problem, giver + 1, open, served + one, cost + own[i]->cost, best);
        for (std::size_t j = i + 1; problem.atOnce > 1 && j < own.size(); ++j) {
            if (open[own[j]->ask] == 0 || problem.asks[own[j]->ask].site != problem.asks[own[i]->ask].site)
                continue;
            --open[own[j]->ask];
            tryAll(problem, giver + 1, open, served + one + problem.asks[own[j]->ask].weight,
                   cost + own[i]->cost + own[j]->cost, best);
            ++open[own[j]->ask];
        }
        ++open[own[i]->ask];
    }
}

TEST(Solver, oneThatServesTwoNeedsAtOnceIsTheOptimumOfAllWays) {
    std::mt19937 random(10);
    for (int round = 0; round < 60; ++round) {
        Problem problem = randomProblem(random, 3 + random() % 2, 4 + random() % 2, false);
        problem.atOnce = 2;
        for (Ask& ask : problem.asks) {
            ask.site = ask.site % 2;
            ask.units = std::min(ask.units, 2U);
        }
        const Plan plan = solve(problem, plenty);
        ASSERT_TRUE(plan.found && plan.proven && plan.mip) << round;
        std::vector<std::uint32_t> open;
        for (const Ask& ask : problem.asks)
            open.push_back(ask.units);
        std::pair<double, double> best{-1, 0};
        tryAll(problem, 0, open, 0, 0, best);
        EXPECT_NEAR(plan.served, best.first, 1e-6) << round;
        EXPECT_NEAR(plan.cost, best.second, 0.05) << round;
    }
}

TEST(Solver, endsInTimeAndSaysThatItsBestIsNotProven) {
    std::mt19937 random(11);
    Problem problem = randomProblem(random, 40, 120, true);
    problem.atOnce = 2;
    const auto begun = std::chrono::steady_clock::now();
    const Budget none{[] { return 0.0; }, [] { return false; }};
    const Plan plan = solve(problem, none);
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds{5});
    EXPECT_FALSE(plan.proven);
    EXPECT_TRUE(!plan.found || plan.gap > 0);
    const Budget stopped{[] { return 60.0; }, [] { return true; }};
    EXPECT_FALSE(solve(problem, stopped).proven);
}

TEST(Stops, areInTheOrderInWhichTheLastIsReachedSoonest) {
    std::mt19937 random(12);
    for (int round = 0; round < 100; ++round) {
        const std::size_t n = 1 + random() % 7;
        const auto number = [&] { return static_cast<double>(random() % 1000); };
        std::vector<double> first(n);
        std::vector<double> last(n);
        std::vector<std::vector<double>> between(n, std::vector<double>(n));
        for (std::size_t i = 0; i < n; ++i) {
            first[i] = number();
            last[i] = number();
            for (double& way : between[i])
                way = number();
        }
        const auto length = [&](const std::vector<std::size_t>& order) {
            double sum = first[order.front()] + last[order.back()];
            for (std::size_t i = 1; i < order.size(); ++i)
                sum += between[order[i - 1]][order[i]];
            return sum;
        };
        std::vector<std::size_t> order(n);
        std::iota(order.begin(), order.end(), std::size_t{0});
        double least = length(order);
        while (std::next_permutation(order.begin(), order.end()))
            least = std::min(least, length(order));
        EXPECT_NEAR(length(bestOrder(first, between, last)), least, 1e-9);
    }
}

} // namespace
} // namespace tocsin::dispatch
