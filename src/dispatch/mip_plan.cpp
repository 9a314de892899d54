#include "dispatch/mip_plan.hpp"

#include "dispatch/cbc/mip.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace tocsin::dispatch {
namespace {

constexpr double tenths = 10;

double rounded(double seconds) {
    return std::round(seconds * tenths) / tenths;
}

/// Where the problem's parts stand among the columns; −1: nowhere.
struct Columns {
    std::vector<int> option;
    std::vector<int> trip;
    std::vector<int> group;
    struct Load {
        std::uint32_t trip{0};
        std::uint32_t supply{0};
        std::uint32_t lot{0};
        int column{0};
    };
    std::vector<Load> loads;
};

class Builder {
  public:
    Builder(const Problem& problem, const std::vector<char>& kept, const std::vector<std::uint32_t>& groups,
            const Forced* forced)
        : m_problem(problem) {
        at.option.assign(problem.options.size(), -1);
        at.trip.assign(problem.trips.size(), -1);
        for (std::size_t i = 0; i < problem.options.size(); ++i) {
            if (kept.empty() || kept[i] != 0)
                at.option[i] = column(1, true, problem.asks[problem.options[i].ask].weight,
                                      rounded(problem.options[i].cost) + 1e-7 * std::min(problem.options[i].tie, 999U));
        }
        for (std::size_t t = 0; t < problem.trips.size(); ++t)
            at.trip[t] = column(1, true, 0, rounded(problem.trips[t].cost));
        askRows(forced);
        giverRows();
        loadColumns();
        groupRows(groups);
    }

    mip::Model model;
    std::vector<double> served; ///< by column: the weight
    std::vector<double> cost;
    Columns at;

  private:
    int column(double upper, bool whole, double weight, double seconds) {
        model.columns.push_back({0, upper, whole});
        served.push_back(weight);
        cost.push_back(seconds);
        return static_cast<int>(model.columns.size()) - 1;
    }

    void askRows(const Forced* forced) {
        std::vector<mip::Row> rows(m_problem.asks.size());
        mip::Row must{1, mip::infinite, {}};
        for (std::size_t i = 0; i < at.option.size(); ++i) {
            if (at.option[i] < 0)
                continue;
            const Option& option = m_problem.options[i];
            rows[option.ask].terms.emplace_back(at.option[i], 1);
            if (forced != nullptr && option.ask == forced->ask &&
                std::find(forced->others.begin(), forced->others.end(), option.giver) == forced->others.end())
                must.terms.emplace_back(at.option[i], 1);
        }
        for (std::size_t a = 0; a < rows.size(); ++a) {
            rows[a].upper = m_problem.asks[a].units;
            if (!rows[a].terms.empty())
                model.rows.push_back(std::move(rows[a]));
        }
        if (forced != nullptr) {
            if (must.terms.empty()) // a column that nothing can raise
                must.terms.emplace_back(column(0, false, 0, 0), 1);
            model.rows.push_back(std::move(must));
        }
    }

    /// A giver drives one trip, or serves one ask, or several of one site.
    void giverRows() {
        std::map<std::uint32_t, mip::Row> one;
        std::map<std::uint32_t, std::map<std::uint32_t, std::vector<int>>> bySite;
        for (std::size_t i = 0; i < at.option.size(); ++i) {
            if (at.option[i] < 0)
                continue;
            const Option& option = m_problem.options[i];
            if (m_problem.atOnce == 1)
                one[option.giver].terms.emplace_back(at.option[i], 1);
            else
                bySite[option.giver][m_problem.asks[option.ask].site].push_back(at.option[i]);
        }
        for (const auto& [giver, sites] : bySite) {
            for (const auto& [site, options] : sites) {
                const int goes = column(1, true, 0, 0);
                one[giver].terms.emplace_back(goes, 1);
                mip::Row most{-mip::infinite, 0, {{goes, -static_cast<double>(m_problem.atOnce)}}};
                for (const int option : options) {
                    most.terms.emplace_back(option, 1);
                    if (options.size() > 1)
                        model.rows.push_back({-mip::infinite, 0, {{option, 1}, {goes, -1}}});
                }
                model.rows.push_back(std::move(most));
            }
        }
        for (std::size_t t = 0; t < at.trip.size(); ++t)
            one[m_problem.trips[t].giver].terms.emplace_back(at.trip[t], 1);
        for (auto& [giver, row] : one) {
            row.upper = 1;
            model.rows.push_back(row);
            m_giverTerms[giver] = std::move(row.terms);
        }
    }

    void loadColumns() {
        const std::size_t trips = m_problem.trips.size();
        std::vector<mip::Row> payload(trips);
        std::vector<mip::Row> volume(trips);
        std::vector<mip::Row> supply(m_problem.supplies.size());
        std::vector<mip::Row> lots(m_problem.lots.size());
        for (std::uint32_t t = 0; t < trips; ++t) {
            const Trip& trip = m_problem.trips[t];
            for (std::uint32_t s = 0; s < m_problem.supplies.size(); ++s) {
                const SupplyAsk& ask = m_problem.supplies[s];
                if (ask.site != trip.site)
                    continue;
                for (std::uint32_t l = 0; l < m_problem.lots.size(); ++l) {
                    const Lot& lot = m_problem.lots[l];
                    if (lot.item != ask.item || std::find(trip.warehouses.begin(), trip.warehouses.end(),
                                                          lot.warehouse) == trip.warehouses.end())
                        continue;
                    // In parts of what is asked, so that tonnes and pieces are of one size.
                    double most = std::min(1.0, lot.available / ask.amount);
                    if (ask.kilograms > 0)
                        most = std::min(most, trip.payload / ask.kilograms / ask.amount);
                    const int load = column(most, false, ask.weight, 0);
                    at.loads.push_back({t, s, l, load});
                    if (ask.kilograms > 0)
                        payload[t].terms.emplace_back(load, ask.kilograms * ask.amount / trip.payload);
                    if (ask.cubicMetres > 0 && trip.volume > 0)
                        volume[t].terms.emplace_back(load, ask.cubicMetres * ask.amount / trip.volume);
                    supply[s].terms.emplace_back(load, 1);
                    lots[l].terms.emplace_back(load, ask.amount / lot.available);
                    model.rows.push_back({-mip::infinite, 0, {{load, 1}, {at.trip[t], -most}}});
                }
            }
            for (auto* row : {&payload[t], &volume[t]}) {
                if (row->terms.empty())
                    continue;
                row->upper = 0;
                row->terms.emplace_back(at.trip[t], -1);
                model.rows.push_back(*row);
            }
        }
        for (auto* rows : {&supply, &lots}) {
            for (mip::Row& row : *rows) {
                row.upper = 1;
                if (!row.terms.empty())
                    model.rows.push_back(std::move(row));
            }
        }
    }

    /// lost ≥ 1 − (givers that stay); a giver that no column can take keeps the group.
    void groupRows(const std::vector<std::uint32_t>& groups) {
        for (const std::uint32_t g : groups) {
            const CoverGroup& group = m_problem.cover[g];
            mip::Row row{1 - static_cast<double>(group.givers.size()), mip::infinite, {}};
            bool all = true;
            for (const std::uint32_t giver : group.givers) {
                const auto terms = m_giverTerms.find(giver);
                if (terms == m_giverTerms.end()) {
                    all = false;
                    break;
                }
                for (const auto& [index, factor] : terms->second)
                    row.terms.emplace_back(index, -factor);
            }
            at.group.push_back(-1);
            if (!all)
                continue;
            at.group.back() = column(1, false, 0, group.cost);
            row.terms.emplace_back(at.group.back(), 1);
            model.rows.push_back(std::move(row));
        }
    }

    const Problem& m_problem;
    std::map<std::uint32_t, std::vector<std::pair<int, double>>> m_giverTerms;
};

void take(const Problem& problem, const Builder& built, const std::vector<double>& x, Plan& plan) {
    plan.options.clear();
    plan.trips.clear();
    plan.carried.clear();
    const auto value = [&](int column) { return column < 0 ? 0.0 : x[static_cast<std::size_t>(column)]; };
    for (std::uint32_t i = 0; i < built.at.option.size(); ++i) {
        if (value(built.at.option[i]) > 0.5)
            plan.options.push_back(i);
    }
    for (const auto& load : built.at.loads) {
        const double part = value(load.column);
        if (part > 1e-6)
            plan.carried.push_back({load.trip, load.supply, load.lot, part * problem.supplies[load.supply].amount});
    }
    for (std::uint32_t t = 0; t < built.at.trip.size(); ++t) {
        const bool loaded =
            std::any_of(plan.carried.begin(), plan.carried.end(), [&](const Carried& c) { return c.trip == t; });
        if (value(built.at.trip[t]) > 0.5 && loaded)
            plan.trips.push_back(t);
    }
}

} // namespace

double coverLost(const Problem& problem, const Plan& plan, std::vector<std::uint32_t>* which) {
    std::vector<char> gone(problem.givers, 0);
    for (const std::uint32_t i : plan.options)
        gone[problem.options[i].giver] = 1;
    for (const std::uint32_t t : plan.trips)
        gone[problem.trips[t].giver] = 1;
    double cost = 0;
    for (std::uint32_t g = 0; g < problem.cover.size(); ++g) {
        const auto& givers = problem.cover[g].givers;
        if (!std::all_of(givers.begin(), givers.end(), [&](std::uint32_t giver) { return gone[giver] != 0; }))
            continue;
        cost += problem.cover[g].cost;
        if (which != nullptr)
            which->push_back(g);
    }
    return cost;
}

void reckon(const Problem& problem, Plan& plan) {
    plan.served = 0;
    plan.cost = coverLost(problem, plan);
    for (const std::uint32_t i : plan.options) {
        plan.served += problem.asks[problem.options[i].ask].weight;
        plan.cost += rounded(problem.options[i].cost);
    }
    for (const std::uint32_t t : plan.trips)
        plan.cost += rounded(problem.trips[t].cost);
    for (const Carried& load : plan.carried) {
        const SupplyAsk& ask = problem.supplies[load.supply];
        plan.served += ask.weight * load.quantity / ask.amount;
    }
}

Plan mipPlan(const Problem& problem, const std::vector<char>& kept, const std::vector<std::uint32_t>& groups,
             const Forced* forced, std::optional<double> servedAtMost, const Plan* start, const Budget& budget) {
    Builder built(problem, kept, groups, forced);
    Plan plan;
    plan.mip = true;
    if (built.model.columns.empty()) { // nobody can do anything
        plan.found = plan.proven = true;
        return plan;
    }
    std::vector<double> x;
    const mip::Limits limits{std::max(0.001, budget.secondsLeft()), budget.stop};
    bool mostProven = true;
    if (!servedAtMost) {
        std::vector<double> less;
        for (const double weight : built.served)
            less.push_back(-weight);
        const mip::Outcome most = mip::minimise(built.model, less, limits);
        plan.stopped = most.stopped;
        if (!most.found)
            return plan;
        mostProven = most.proven;
        servedAtMost = -most.value;
        x = most.x;
    } else if (start != nullptr) {
        x.assign(built.model.columns.size(), 0);
        for (const std::uint32_t i : start->options) {
            if (built.at.option[i] >= 0)
                x[static_cast<std::size_t>(built.at.option[i])] = 1;
        }
        std::vector<std::uint32_t> lost;
        (void)coverLost(problem, *start, &lost);
        const std::set<std::uint32_t> isLost(lost.begin(), lost.end());
        for (std::size_t k = 0; k < groups.size(); ++k) {
            if (built.at.group[k] >= 0 && isLost.contains(groups[k]))
                x[static_cast<std::size_t>(built.at.group[k])] = 1;
        }
        // Only a plan of teams, each once, is whole as it stands.
        if (problem.atOnce > 1 || !problem.trips.empty())
            x.clear();
    }
    mip::Row all{*servedAtMost - 1e-6 * std::max(1.0, *servedAtMost), mip::infinite, {}};
    for (std::size_t c = 0; c < built.served.size(); ++c) {
        if (built.served[c] > 0)
            all.terms.emplace_back(static_cast<int>(c), built.served[c]);
    }
    if (!all.terms.empty())
        built.model.rows.push_back(std::move(all));
    const mip::Outcome best =
        mip::minimise(built.model, built.cost, {std::max(0.001, budget.secondsLeft()), budget.stop}, x);
    plan.stopped = plan.stopped || best.stopped;
    if (best.found)
        x = best.x;
    if (x.empty())
        return plan;
    plan.found = true;
    take(problem, built, x, plan);
    reckon(problem, plan);
    plan.proven = mostProven && best.proven;
    if (!plan.proven) {
        plan.gap = std::isfinite(best.bound)
                       ? std::clamp((plan.cost - best.bound) / std::max(1.0, std::abs(plan.cost)), 0.0, 1.0)
                       : 1.0;
        if (!mostProven)
            plan.gap = 1;
    }
    return plan;
}

} // namespace tocsin::dispatch
