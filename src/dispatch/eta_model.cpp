#include "tocsin/dispatch/eta_model.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <vector>

namespace tocsin::dispatch {
namespace {

constexpr double believedDrives = 20; ///< for so many the default stands
constexpr std::size_t ownFrom = 20;   ///< drives from which a class has a spread of its own
constexpr double shortest = 60;
constexpr double farthest = 8; ///< times off

double quantile(const std::vector<double>& sorted, double p) {
    const double at = p * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(at);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (sorted[above] - sorted[below]) * (at - static_cast<double>(below));
}

EtaSpread spreadFrom(std::vector<double> logs, const EtaSpread& towards) {
    if (logs.empty())
        return towards;
    std::sort(logs.begin(), logs.end());
    const auto n = static_cast<double>(logs.size());
    const auto drawn = [&](double p, double standing) {
        return std::exp((n * quantile(logs, p) + believedDrives * std::log(standing)) / (n + believedDrives));
    };
    return {drawn(0.05, towards.low), drawn(0.5, towards.middle), drawn(0.95, towards.high), logs.size()};
}

} // namespace

EtaModel EtaModel::learn(const model::State& state) {
    std::vector<double> all;
    std::map<std::string, std::vector<double>> byClass;
    for (const auto& [id, assignment] : state.assignments) {
        if (!assignment.departedAt || !assignment.arrivedAt || assignment.purpose == model::Purpose::shelter)
            continue;
        const double actual = std::chrono::duration<double>(*assignment.arrivedAt - *assignment.departedAt).count();
        // What was told had this very experience in it: to learn from that would learn the half of it each time.
        const double predicted = assignment.plain.value > 0 ? assignment.plain.value : assignment.eta.value;
        if (!std::isfinite(predicted) || predicted < shortest || actual <= 0)
            continue;
        const double log = std::log(actual / predicted);
        if (std::abs(log) > std::log(farthest))
            continue;
        all.push_back(log);
        const auto resource = state.resources.find(assignment.resource);
        if (resource != state.resources.end() && resource->second.vehicle &&
            !resource->second.vehicle->speedClass.empty())
            byClass[resource->second.vehicle->speedClass].push_back(log);
    }
    EtaModel model;
    model.m_all = spreadFrom(std::move(all), EtaSpread{});
    for (auto& [name, logs] : byClass) {
        if (logs.size() >= ownFrom)
            model.m_byClass[name] = spreadFrom(std::move(logs), model.m_all);
    }
    return model;
}

const EtaSpread& EtaModel::spreadOf(std::string_view speedClass) const {
    const auto found = m_byClass.find(speedClass);
    return found == m_byClass.end() ? m_all : found->second;
}

EtaInterval EtaModel::of(std::string_view speedClass, base::Seconds predicted, base::Seconds positionAge,
                         base::Seconds staleAfter) const {
    const EtaSpread& spread = spreadOf(speedClass);
    double widening = 1;
    if (staleAfter.value > 0 && positionAge.value > staleAfter.value)
        widening = std::min(2.0, 1 + 0.1 * (positionAge / staleAfter - 1));
    const auto side = [&](double quantile) {
        return predicted * (spread.middle * std::pow(quantile / spread.middle, widening));
    };
    return {side(spread.low), predicted * spread.middle, side(spread.high)};
}

} // namespace tocsin::dispatch
