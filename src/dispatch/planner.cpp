#include "tocsin/dispatch/planner.hpp"

#include "dispatch/answer.hpp"
#include "dispatch/cover_grid.hpp"
#include "dispatch/flow_tree.hpp"
#include "dispatch/mip_plan.hpp"
#include "dispatch/pose.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <tuple>

namespace tocsin::dispatch {
namespace {

/// Of the time for solving so much goes into what other choices would cost.
constexpr double partForChoices = 0.5;
/// Up to here it is looked whether trips that were left out could better the answer.
constexpr double partForProof = 0.5;
constexpr int mostTightened = 4; ///< rounds in which what seems too dear is left out; then it only grows, so it ends
constexpr std::uint32_t noAsk = std::numeric_limits<std::uint32_t>::max();

double seconds(std::chrono::steady_clock::duration duration) {
    return std::chrono::duration<double>(duration).count();
}

/// True if a resource could go to a team's need as well as carry supplies: then both are one question.
bool shares(const Problem& teams, const Problem& supplies) {
    std::vector<char> used(teams.givers, 0);
    for (const Option& option : teams.options)
        used[option.giver] = 1;
    for (const CoverGroup& group : teams.cover) {
        for (const std::uint32_t giver : group.givers)
            used[giver] = 1;
    }
    return std::any_of(supplies.trips.begin(), supplies.trips.end(),
                       [&](const Trip& trip) { return used[trip.giver] != 0; });
}

void tellChanges(const Facts& facts, const Posed& posed, const Solved& solved, const Weights& weights, Answer& answer) {
    std::map<std::uint32_t, const Option*> serves;
    for (const std::uint32_t i : solved.teams.options)
        serves.emplace(posed.problem.options[i].giver, &posed.problem.options[i]);
    for (std::uint32_t g = 0; g < facts.givers.size(); ++g) {
        const model::Assignment* running = facts.givers[g].running;
        if (running == nullptr)
            continue;
        const auto found = serves.find(g);
        if (found != serves.end() && runsOn(facts, posed, *found->second))
            continue;
        Change& change = answer.changes.emplace_back();
        change.assignment = running->id;
        change.resource = running->resource;
        change.from = running->incident;
        change.price = base::Seconds(weights.change);
        if (found != serves.end()) {
            const OpenNeed& need = facts.needs[posed.needOf[found->second->ask]];
            change.to = facts.sites[need.site].incident->id;
            change.need = need.need;
        }
    }
}

/// Puts the solver's word for both parts together.
void tellSolver(const Solved& solved, bool together, Answer& answer) {
    const bool flow = solved.teams.flow && !solved.teams.options.empty();
    const bool mip = solved.teams.mip || (!together && solved.supplies.mip) || !solved.shelters.places.empty();
    answer.solver = flow && mip ? Solver::both : flow ? Solver::flow : mip ? Solver::mip : Solver::none;
    answer.optimal = solved.teams.proven && solved.supplies.proven && solved.shelters.proven && answer.unseen.empty();
    answer.timedOut = solved.teams.stopped || solved.supplies.stopped || solved.shelters.stopped;
    double cost = solved.teams.cost + solved.shelters.cost;
    double open = solved.teams.gap * std::abs(solved.teams.cost) + solved.shelters.gap * solved.shelters.cost;
    if (!together) {
        cost += solved.supplies.cost;
        open += solved.supplies.gap * std::abs(solved.supplies.cost);
    }
    answer.gap = open > 0 ? std::min(1.0, open / std::max(1.0, std::abs(cost))) : 0;
    if (solved.teams.gap >= 1 || solved.supplies.gap >= 1 || solved.shelters.gap >= 1)
        answer.gap = 1;
}

} // namespace

std::string_view toString(Solver solver) {
    switch (solver) {
    case Solver::none:
        return "none";
    case Solver::flow:
        return "flow";
    case Solver::mip:
        return "mip";
    case Solver::both:
        return "flow+mip";
    }
    return "none";
}

bool runsOn(const Facts& facts, const Posed& posed, const Option& option) {
    const Giver& giver = facts.givers[option.giver];
    const OpenNeed& need = facts.needs[posed.needOf[option.ask]];
    return giver.running != nullptr && giver.running->incident == facts.sites[need.site].incident->id &&
           giver.running->capability == need.need.capability;
}

base::Result<Answer> Planner::decide(const Question& question) const {
    const auto begun = std::chrono::steady_clock::now();
    if (question.state == nullptr)
        return base::fail(base::Code::unavailable, "there is no state to decide on");
    if (auto ok = check(question.weights); !ok)
        return tl::unexpected(ok.error());
    if (question.focus) {
        const auto found = question.state->incidents.find(*question.focus);
        if (found == question.state->incidents.end())
            return base::fail(base::Code::notFound, "there is no incident " + question.focus->toString());
        if (found->second.state != model::IncidentState::open)
            return base::fail(base::Code::conflict, "incident " + found->second.number + " is closed");
    }
    auto facts = gather(question);
    if (!facts)
        return tl::unexpected(facts.error());
    Answer answer;
    answer.focus = question.focus;
    answer.factsAt = question.now;
    answer.tookRoads = facts->tookRoads;
    const auto roadsTook = [&](std::chrono::steady_clock::time_point since) {
        answer.tookRoads += std::chrono::duration_cast<base::Duration>(std::chrono::steady_clock::now() - since);
    };
    const auto cancelled = [] { return base::fail(base::Code::cancelled, "the question was withdrawn"); };

    Poser poser(question, *facts);
    if (poser.fault())
        return tl::unexpected(*poser.fault());
    Posed posed;
    poser.pose(posed);
    for (const Giver& giver : facts->givers)
        answer.considered += giver.resource != nullptr ? 1U : 0U;
    std::optional<CoverGrid> grid;
    const bool coverCounts = question.weights.coverPerPerson > 0 && !posed.problem.options.empty();
    if (question.withCover || coverCounts) {
        const auto since = std::chrono::steady_clock::now();
        CoverQuestion about;
        about.state = question.state;
        about.now = question.now;
        about.population = question.population;
        about.weights = question.weights;
        about.stop = question.stop;
        auto made = coverGrid(about, *facts->roads, question.withCover);
        if (!made)
            return tl::unexpected(made.error());
        grid = std::move(*made);
        roadsTook(since);
        if (coverCounts)
            addCover(question, *facts, *grid, posed);
    }
    Problem supplyProblem;
    supplyProblem.givers = posed.problem.givers;
    auto carrying = addSupplies(question, *facts, supplyProblem);
    if (!carrying)
        return tl::unexpected(carrying.error());
    answer.tookRoads += std::chrono::duration_cast<base::Duration>(std::chrono::duration<double>(carrying->tookRoads));

    const auto solving = std::chrono::steady_clock::now();
    const double limit = std::isfinite(question.timeLimit.value) ? std::max(0.0, question.timeLimit.value) : 0;
    // Looking farther along the roads is not solving.
    const auto looked = [before = facts->travels.took(), &travels = facts->travels] {
        return std::chrono::duration<double>(travels.took() - before).count();
    };
    const auto budgetOf = [&](double part) {
        return Budget{
            [solving, most = limit * part, looked] { return most + looked() - seconds(std::chrono::steady_clock::now() - solving); },
            [stop = question.stop] { return stop.stop_requested(); }};
    };
    const Budget budget = budgetOf(1);
    const bool together = shares(posed.problem, supplyProblem);
    Solved solved;
    if (together) {
        posed.problem.supplies = supplyProblem.supplies;
        posed.problem.trips = supplyProblem.trips;
        posed.problem.lots = supplyProblem.lots;
    }
    FlowTree tree;
    const auto solveTeams = [&] {
        solved.teams = solve(posed.problem, budget, nullptr, &tree);
        if (solved.teams.found) {
            if (together) // with supplies all are looked at from the first: there is one round
                answer.unseen = lookFurther(posed.problem, *carrying, budgetOf(partForProof), solved.teams);
            return;
        }
        // Out of time before anything: teams by flow, the rest below.
        Problem plain = posed.problem;
        plain.trips.clear();
        plain.atOnce = 1;
        plain.cover.clear();
        solved.teams = solve(plain, budget);
        reckon(posed.problem, solved.teams);
        solved.teams.proven = false;
        solved.teams.stopped = true;
        solved.teams.gap = 1;
        if (together) {
            firstFit(posed.problem, solved.teams);
            answer.unseen.push_back(Unseen::firstFit);
        }
    };
    // Until nobody is left out who could better the plan, or its choices. True: there are more options.
    const auto grow = [&](const std::vector<double>& enough) {
        if (!isPartial(posed.problem) || !poser.grow(enough))
            return false;
        poser.pose(posed);
        if (coverCounts)
            addCover(question, *facts, *grid, posed);
        return true;
    };
    for (int round = 0;; ++round) {
        if (round == mostTightened)
            poser.keepAll();
        solveTeams();
        std::vector<double> enough;
        (void)choicesInstead(posed.problem, solved.teams, {}, 0, budget, &enough);
        if (question.stop.stop_requested())
            return cancelled();
        const bool grown = grow(enough);
        if (poser.fault())
            return tl::unexpected(*poser.fault());
        if (!grown)
            break;
    }
    solved.supplies.proven = true;
    bool whole = true;
    if (together) {
        solved.supplies = solved.teams;
        whole = wholeUnits(posed.problem, solved.supplies);
    } else if (!supplyProblem.trips.empty()) {
        solved.supplies = solve(supplyProblem, budget);
        if (solved.supplies.found) {
            answer.unseen = lookFurther(supplyProblem, *carrying, budgetOf(partForProof), solved.supplies);
        } else {
            solved.supplies = Plan{};
            solved.supplies.mip = solved.supplies.stopped = true;
            solved.supplies.gap = 1;
            firstFit(supplyProblem, solved.supplies);
            reckon(supplyProblem, solved.supplies);
            answer.unseen.push_back(Unseen::firstFit);
        }
        whole = wholeUnits(supplyProblem, solved.supplies);
    }
    if (!whole) {
        answer.unseen.push_back(Unseen::wholeUnits);
        solved.supplies.gap = 1;
    }
    const auto& carried = solved.supplies.carried;
    if (std::any_of(carried.begin(), carried.end(), [&](const Carried& load) { return supplyProblem.supplies[load.supply].kilograms <= 0; })) {
        answer.unseen.push_back(Unseen::noWeight);
        solved.supplies.gap = 1;
    }
    auto shelters = planShelters(question, *facts, budget);
    if (!shelters)
        return tl::unexpected(shelters.error());
    solved.shelters = std::move(*shelters);
    answer.tookRoads +=
        std::chrono::duration_cast<base::Duration>(std::chrono::duration<double>(solved.shelters.tookRoads));
    if (question.stop.stop_requested())
        return cancelled();

    // What joins now costs too much to better the plan: it stays.
    poser.keepAll();
    std::vector<std::uint32_t> asks;
    for (std::uint32_t a = 0; a < posed.problem.asks.size(); ++a) {
        if (facts->sites[posed.problem.asks[a].site].focus && question.choices > 1)
            asks.push_back(a);
    }
    solved.instead.resize(posed.problem.asks.size());
    while (!asks.empty()) {
        std::vector<double> enough;
        auto instead = choicesInstead(posed.problem, solved.teams, asks, question.choices - 1,
                                      budgetOf(1 + partForChoices), &enough);
        for (std::size_t k = 0; k < asks.size(); ++k)
            solved.instead[asks[k]] = std::move(instead[k]);
        if (posed.problem.cover.empty()) // else what one choice rests on may concern all
            std::erase_if(asks, [&](std::uint32_t a) { return posed.problem.asks[a].beyond >= enough[a]; });
        std::vector<std::uint32_t> taken(posed.problem.givers, noAsk);
        for (const std::uint32_t i : solved.teams.options)
            taken[posed.problem.options[i].giver] = posed.problem.options[i].ask;
        if (question.stop.stop_requested())
            return cancelled();
        const bool grown = grow(enough);
        if (poser.fault())
            return tl::unexpected(*poser.fault());
        if (!grown)
            break;
        solved.teams.options.clear();
        for (std::uint32_t i = 0; i < posed.problem.options.size(); ++i) {
            if (taken[posed.problem.options[i].giver] == posed.problem.options[i].ask)
                solved.teams.options.push_back(i);
        }
    }
    posed.judged = poser.takeJudged();
    if (question.stop.stop_requested())
        return cancelled();

    tellNeeds(question, *facts, posed, solved, together ? posed.problem : supplyProblem, *carrying, answer);
    tellChanges(*facts, posed, solved, question.weights, answer);
    tellSolver(solved, together, answer);
    if (answer.timedOut)
        answer.stoppedAfter = base::Seconds(seconds(std::chrono::steady_clock::now() - solving));
    answer.objective =
        base::Seconds(solved.teams.cost + posed.prices + (together ? 0 : solved.supplies.cost) + solved.shelters.cost);
    if (grid && question.withCover) {
        std::set<model::ResourceId> taken;
        std::set<model::ResourceId> elsewhere;
        for (const NeedAnswer& need : answer.needs) {
            for (const Choice& choice : need.chosen)
                (!question.focus || need.incident == *question.focus ? taken : elsewhere).insert(choice.resource);
        }
        answer.cover = judgeCover(*grid, taken, elsewhere, *facts->roads);
    }
    answer.tookRoads += facts->travels.took();
    answer.took = std::chrono::duration_cast<base::Duration>(std::chrono::steady_clock::now() - begun);
    return answer;
}

} // namespace tocsin::dispatch
