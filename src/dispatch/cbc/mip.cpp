#include "mip.hpp"

#include <CbcModel.hpp>
// Its other headers need what that one declares.

#include <CbcCutGenerator.hpp>
#include <CbcEventHandler.hpp>
#include <CbcHeuristic.hpp>
#include <CbcHeuristicDiveCoefficient.hpp>
#include <CglClique.hpp>
#include <CglFlowCover.hpp>
#include <CglGomory.hpp>
#include <CglKnapsackCover.hpp>
#include <CglMixedIntegerRounding2.hpp>
#include <CglProbing.hpp>
#include <CoinPackedMatrix.hpp>
#include <OsiClpSolverInterface.hpp>
#include <algorithm>
#include <chrono>
#include <cmath>

namespace tocsin::dispatch::mip {
namespace {

/// Lets a caller end the search between nodes.
class Watch : public CbcEventHandler {
  public:
    explicit Watch(const std::function<bool()>* stop) : m_stop(stop) {}
    CbcEventHandler* clone() const override { return new Watch(*this); }
    CbcAction event(CbcEvent) override { return m_stop != nullptr && *m_stop && (*m_stop)() ? stop : noAction; }

  private:
    const std::function<bool()>* m_stop;
};

} // namespace

Outcome minimise(const Model& model, const std::vector<double>& cost, const Limits& limits,
                 const std::vector<double>& start) {
    Outcome outcome;
    const int columns = static_cast<int>(model.columns.size());
    if (columns == 0) {
        outcome.found = outcome.proven = true;
        outcome.bound = 0;
        return outcome;
    }
    const auto begun = std::chrono::steady_clock::now();
    std::vector<double> lower;
    std::vector<double> upper;
    for (const Column& column : model.columns) {
        lower.push_back(column.lower);
        upper.push_back(std::isinf(column.upper) ? COIN_DBL_MAX : column.upper);
    }
    std::vector<int> rowOf;
    std::vector<int> columnOf;
    std::vector<double> factor;
    std::vector<double> rowLower;
    std::vector<double> rowUpper;
    for (std::size_t r = 0; r < model.rows.size(); ++r) {
        const Row& row = model.rows[r];
        rowLower.push_back(std::isinf(row.lower) ? -COIN_DBL_MAX : row.lower);
        rowUpper.push_back(std::isinf(row.upper) ? COIN_DBL_MAX : row.upper);
        for (const auto& [column, value] : row.terms) {
            rowOf.push_back(static_cast<int>(r));
            columnOf.push_back(column);
            factor.push_back(value);
        }
    }
    CoinPackedMatrix matrix(true, rowOf.data(), columnOf.data(), factor.data(),
                            static_cast<CoinBigIndex>(factor.size()));
    matrix.setDimensions(static_cast<int>(model.rows.size()), columns);

    OsiClpSolverInterface lp;
    lp.messageHandler()->setLogLevel(0);
    lp.getModelPtr()->setLogLevel(0);
    lp.setHintParam(OsiDoReducePrint, true, OsiHintTry);
    lp.loadProblem(matrix, lower.data(), upper.data(), cost.data(), rowLower.data(), rowUpper.data());
    bool anyWhole = false;
    for (int c = 0; c < columns; ++c) {
        if (model.columns[static_cast<std::size_t>(c)].whole) {
            lp.setInteger(c);
            anyWhole = true;
        }
    }
    lp.getModelPtr()->setMaximumSeconds(limits.seconds);
    lp.initialSolve();
    const auto left = [&] {
        return limits.seconds - std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
    };
    const auto useStart = [&] {
        if (start.size() != model.columns.size())
            return;
        outcome.found = true;
        outcome.x = start;
        outcome.value = 0;
        for (std::size_t c = 0; c < start.size(); ++c)
            outcome.value += start[c] * cost[c];
    };
    if (lp.isProvenPrimalInfeasible()) {
        outcome.infeasible = true;
        return outcome;
    }
    if (!lp.isProvenOptimal()) {
        outcome.stopped = true;
        useStart();
        return outcome;
    }
    outcome.bound = lp.getObjValue();
    if (!anyWhole) {
        outcome.found = outcome.proven = true;
        outcome.value = lp.getObjValue();
        outcome.x.assign(lp.getColSolution(), lp.getColSolution() + columns);
        return outcome;
    }
    if (left() <= 0 || (limits.stop && limits.stop())) {
        outcome.stopped = true;
        useStart();
        return outcome;
    }

    lp.getModelPtr()->setMaximumSeconds(-1);
    CbcModel search(lp);
    search.setLogLevel(0);
    search.messageHandler()->setLogLevel(0);
    search.solver()->messageHandler()->setLogLevel(0);
    search.setIntegerTolerance(1e-7);
    search.setAllowableGap(1e-7);
    search.setAllowableFractionGap(0);
    search.setUseElapsedTime(true);
    search.setMaximumSeconds(std::max(0.001, left()));
    CglProbing probing;
    probing.setUsingObjective(1);
    probing.setMaxPass(1);
    probing.setMaxProbe(50);
    probing.setRowCuts(3);
    CglGomory gomory;
    CglKnapsackCover knapsack;
    CglClique clique;
    clique.setStarCliqueReport(false);
    clique.setRowCliqueReport(false);
    CglMixedIntegerRounding2 rounding;
    CglFlowCover flowCover;
    search.addCutGenerator(&probing, -1, "probing");
    search.addCutGenerator(&gomory, -1, "gomory");
    search.addCutGenerator(&knapsack, -1, "knapsack");
    search.addCutGenerator(&clique, -1, "clique");
    search.addCutGenerator(&flowCover, -1, "flow cover");
    search.addCutGenerator(&rounding, -1, "rounding");
    CbcRounding round(search);
    search.addHeuristic(&round);
    CbcHeuristicDiveCoefficient dive(search);
    search.addHeuristic(&dive);
    Watch watch(&limits.stop);
    search.passInEventHandler(&watch);
    if (start.size() == model.columns.size()) {
        double value = 0;
        for (std::size_t c = 0; c < start.size(); ++c)
            value += start[c] * cost[c];
        search.setBestSolution(start.data(), columns, value, true);
    }
    search.branchAndBound();

    outcome.stopped = !search.isProvenOptimal() && !search.isProvenInfeasible();
    outcome.bound = std::max(outcome.bound, search.getBestPossibleObjValue());
    if (search.bestSolution() != nullptr) {
        outcome.found = true;
        outcome.proven = search.isProvenOptimal();
        outcome.x.assign(search.bestSolution(), search.bestSolution() + columns);
        for (std::size_t c = 0; c < outcome.x.size(); ++c) {
            if (model.columns[c].whole)
                outcome.x[c] = std::round(outcome.x[c]);
        }
        outcome.value = search.getObjValue();
        if (outcome.proven)
            outcome.bound = outcome.value;
    } else {
        outcome.infeasible = search.isProvenInfeasible();
        useStart();
    }
    return outcome;
}

} // namespace tocsin::dispatch::mip
