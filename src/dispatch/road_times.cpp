#include "tocsin/dispatch/road_times.hpp"

#include "dispatch/travels.hpp"
#include "tocsin/dispatch/closures.hpp"

#include <limits>

namespace tocsin::dispatch {

base::Result<std::vector<std::vector<base::Seconds>>>
roadTimes(const model::State& state, const route::RoadGraph* roads, const std::vector<route::Profile>* profiles,
          std::span<const model::ResourceId> sources, std::span<const model::Position> places, base::Time now,
          const std::stop_token& stop) {
    model::Resource carrier; // who fetches what cannot travel by itself
    carrier.speedFactor = 1;
    std::vector<Mover> movers;
    std::vector<std::size_t> which; // of the sources
    for (std::size_t s = 0; s < sources.size(); ++s) {
        const auto found = state.resources.find(sources[s]);
        if (found == state.resources.end())
            continue;
        const model::Resource& one = found->second;
        movers.push_back({mayGo(one.kind) && canTravel(one) ? &one : &carrier, one.position});
        which.push_back(s);
    }
    Roads open(roads == nullptr ? nullptr : withoutClosures(*roads, state, now), profiles, conditionsAt(state, now));
    const auto travels = travelBetween(open, movers, places, 0, stop);
    if (!travels)
        return tl::unexpected(travels.error());
    std::vector<std::vector<base::Seconds>> out(
        places.size(), std::vector<base::Seconds>(sources.size(), base::Seconds(std::numeric_limits<double>::infinity())));
    for (std::size_t p = 0; p < places.size(); ++p) {
        for (std::size_t m = 0; m < movers.size(); ++m)
            out[p][which[m]] = base::Seconds(travels->seconds(p, m));
    }
    return out;
}

} // namespace tocsin::dispatch
