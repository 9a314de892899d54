#include "tocsin/model/crew_hours.hpp"

#include <algorithm>
#include <chrono>

namespace tocsin::model {

std::map<ResourceId, base::Duration> hoursBound(const State& state, base::Time now) {
    std::map<ResourceId, base::Duration> bound;
    for (const auto& [id, one] : state.assignments) {
        auto from = one.acceptedAt ? one.acceptedAt : one.departedAt;
        if (!from)
            from = one.notifiedAt;
        if (!from || one.purpose == Purpose::shelter || (one.state == AssignmentState::released && !one.releasedAt))
            continue;
        const auto begin = std::max(*from, now - std::chrono::hours(24));
        const auto end = std::min(one.releasedAt.value_or(now), now);
        if (end > begin)
            bound[one.resource] += end - begin;
    }
    return bound;
}

} // namespace tocsin::model
