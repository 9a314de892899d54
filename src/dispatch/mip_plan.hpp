#pragma once

#include "dispatch/problem.hpp"

namespace tocsin::dispatch {

/// All of the problem as a mixed-integer programme, of the options that `kept` marks (empty: all) and the cover groups
/// numbered in `groups`. First the most weight served, then, with that held, the least cost. `servedAtMost`: what is
/// known already to be the most (by weight), so that the first step can be left out. `start`: a plan to begin with.
[[nodiscard]] Plan mipPlan(const Problem& problem, const std::vector<char>& kept,
                           const std::vector<std::uint32_t>& groups, const Forced* forced,
                           std::optional<double> servedAtMost, const Plan* start, const Budget& budget);

/// Cost of the cover groups that the plan takes whole, and which they are.
[[nodiscard]] double coverLost(const Problem& problem, const Plan& plan, std::vector<std::uint32_t>* which = nullptr);

/// What the plan serves and costs, reckoned from what it takes.
void reckon(const Problem& problem, Plan& plan);

} // namespace tocsin::dispatch
