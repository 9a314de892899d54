#include "tocsin/model/promises.hpp"

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

} // namespace tocsin::model
