#include "tocsin/dispatch/turnout.hpp"

#include <algorithm>
#include <chrono>
#include <vector>

namespace tocsin::dispatch {
namespace {

constexpr std::size_t fewest = 5;
constexpr double longest = 7200; ///< seconds

} // namespace

std::map<model::ResourceKind, base::Seconds> usualTurnouts(const model::State& state) {
    std::map<model::ResourceKind, std::vector<double>> told;
    for (const auto& [id, one] : state.assignments) {
        const auto resource = state.resources.find(one.resource);
        if (!one.notifiedAt || !one.departedAt || one.purpose == model::Purpose::shelter || resource == state.resources.end())
            continue;
        const double took = std::chrono::duration<double>(*one.departedAt - *one.notifiedAt).count();
        if (took >= 0 && took < longest)
            told[resource->second.kind].push_back(took);
    }
    std::map<model::ResourceKind, base::Seconds> usual;
    for (auto& [kind, times] : told) {
        if (times.size() < fewest)
            continue;
        const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
        std::nth_element(times.begin(), middle, times.end());
        usual[kind] = base::Seconds(*middle);
    }
    return usual;
}

} // namespace tocsin::dispatch
