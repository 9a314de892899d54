#include "tocsin/model/promises.hpp"

#include <algorithm>
#include <cmath>

namespace tocsin::model {

std::map<ResourceId, int> peoplePromised(const State& state) {
    std::map<ResourceId, int> promised;
    for (const auto& [id, one] : state.assignments) {
        if (one.purpose == Purpose::shelter && one.state < AssignmentState::onScene)
            promised[one.resource] += one.people;
    }
    return promised;
}

std::map<ResourceId, Position> standingBy(const State& state) {
    std::map<ResourceId, Position> posts;
    for (const auto& [id, one] : state.assignments) {
        if (one.purpose == Purpose::standBy && one.state != AssignmentState::released && !one.stops.empty())
            posts[one.resource] = one.stops.back().position;
    }
    return posts;
}

double lentOf(const AidItem& item) {
    const double lent = item.promised.value_or(item.quantity);
    return std::isfinite(lent) ? std::max(0.0, lent) : 0;
}

bool isToCome(const AidRequest& request) {
    return request.state == AidState::drafted || request.state == AidState::sent || request.state == AidState::accepted;
}

} // namespace tocsin::model
