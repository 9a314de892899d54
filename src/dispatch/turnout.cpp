#include "tocsin/dispatch/turnout.hpp"

#include <algorithm>
#include <chrono>
#include <vector>

namespace tocsin::dispatch {
namespace {

constexpr std::size_t fewest = 5;
constexpr double longest = 7200; ///< seconds

template <typename Key>
std::map<Key, base::Seconds> medians(std::map<Key, std::vector<double>>& told) {
    std::map<Key, base::Seconds> usual;
    for (auto& [key, times] : told) {
        if (times.size() < fewest)
            continue;
        const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
        std::nth_element(times.begin(), middle, times.end());
        usual[key] = base::Seconds(*middle);
    }
    return usual;
}

} // namespace

Turnouts Turnouts::learn(const model::State& state) {
    std::map<model::ResourceId, std::vector<double>> own;
    std::map<model::ResourceKind, std::vector<double>> ofKind;
    for (const auto& [id, one] : state.assignments) {
        const auto resource = state.resources.find(one.resource);
        if (!one.notifiedAt || !one.departedAt || one.purpose == model::Purpose::shelter || resource == state.resources.end())
            continue;
        const double took = std::chrono::duration<double>(*one.departedAt - *one.notifiedAt).count();
        if (took < 0 || took >= longest)
            continue;
        own[one.resource].push_back(took);
        ofKind[resource->second.kind].push_back(took);
    }
    Turnouts turnouts;
    turnouts.m_own = medians(own);
    turnouts.m_ofKind = medians(ofKind);
    return turnouts;
}

base::Seconds Turnouts::of(const model::Resource& resource) const {
    if (const auto own = m_own.find(resource.id); own != m_own.end())
        return own->second;
    const auto kind = m_ofKind.find(resource.kind);
    return kind == m_ofKind.end() ? base::Seconds{} : kind->second;
}

} // namespace tocsin::dispatch
