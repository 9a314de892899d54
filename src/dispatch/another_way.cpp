#include "tocsin/dispatch/another_way.hpp"

#include "dispatch/routes.hpp"
#include "tocsin/dispatch/closures.hpp"
#include "tocsin/dispatch/eta_model.hpp"

#include <algorithm>
#include <chrono>

namespace tocsin::dispatch {
namespace {

/// Seconds of its way that are behind it; 0 before it leaves.
double goneOf(const model::Assignment& assignment, const std::optional<model::Progress>& underway, base::Time now) {
    if (underway)
        return underway->fraction * assignment.route.secondsAt.back();
    const bool left = assignment.state == model::AssignmentState::enRoute && assignment.departedAt;
    return left ? std::chrono::duration<double>(now - *assignment.departedAt).count() : 0;
}

/// The stops that it has not reached yet; before it leaves, all.
std::vector<model::Stop> ahead(const model::Assignment& assignment, double gone) {
    std::vector<model::Stop> out;
    const bool left = assignment.state == model::AssignmentState::enRoute;
    for (std::size_t k = 0; k < assignment.stops.size(); ++k) {
        const auto& stop = assignment.stops[k];
        if (!left || stop.arrival.value > gone || k + 1 == assignment.stops.size())
            out.push_back(stop);
    }
    return out;
}

/// What is left of the loading that it is at, seconds.
double loadingLeft(const model::Assignment& assignment, double gone, double loading) {
    double left = 0;
    for (std::size_t k = 0; k + 1 < assignment.stops.size(); ++k) {
        const double arrival = assignment.stops[k].arrival.value;
        if (assignment.state == model::AssignmentState::enRoute && arrival <= gone)
            left = std::max(left, arrival + loading - gone);
    }
    return left;
}

} // namespace

base::Result<AnotherWay> anotherWay(const model::State& state, const route::RoadGraph& roads, model::AssignmentId id,
                                    base::Time now, const Weights& weights,
                                    const std::vector<route::Profile>* profiles) {
    const auto found = state.assignments.find(id);
    if (found == state.assignments.end())
        return base::fail(base::Code::notFound, "there is no such assignment");
    const auto& assignment = found->second;
    if (assignment.state == model::AssignmentState::onScene || assignment.state == model::AssignmentState::released)
        return base::fail(base::Code::conflict, "it has arrived, or is released");
    const auto resource = state.resources.find(assignment.resource);
    const auto incident = state.incidents.find(assignment.incident);
    if (resource == state.resources.end() || (incident == state.incidents.end() && assignment.stops.empty()))
        return base::fail(base::Code::notFound, "what the assignment names is not there");
    const model::Resource& traveller = travellerOf(resource->second);
    if (traveller.flies)
        return base::fail(base::Code::conflict, "what flies needs no road");
    const auto underway = model::progressOf(assignment, &resource->second, now);
    const Mover mover{&traveller, underway ? underway->position : resource->second.position};
    AnotherWay out;
    const double gone = goneOf(assignment, underway, now);
    out.stops = ahead(assignment, gone);
    // The incident may have been moved since it was sent there; in journals of before, its last stop was not.
    if (assignment.word == model::TeamWord::moved && !out.stops.empty() && !out.stops.back().at && incident != state.incidents.end()) {
        out.stops.back().position = incident->second.position;
        out.stops.back().place = incident->second.place;
    }
    std::vector<model::Position> places;
    for (const auto& stop : out.stops)
        places.push_back(stop.position);
    if (places.empty())
        places.push_back(incident->second.position);

    Roads open(withoutClosures(roads, state, now), profiles, conditionsAt(state, now));
    if (!(open.of(traveller).second > 0))
        return base::fail(base::Code::conflict, "it cannot travel by itself");
    const double loading = weights.loading.value;
    const double loaded = loading * static_cast<double>(places.size() - 1);
    auto plain = journeyOf(open, mover, places, loading, 1);
    if (!plain)
        return base::fail(base::Code::unavailable, "no other way leads there");
    const auto drive = EtaModel::learn(state).of(speedClassOf(traveller), base::Seconds(plain->plain - loaded));
    const double stretched = plain->plain > loaded ? drive.middle.value / (plain->plain - loaded) : 1;
    auto journey = stretched == 1 ? std::move(plain) : journeyOf(open, mover, places, loading, stretched);
    if (!journey)
        return base::fail(base::Code::unavailable, "no other way leads there");
    out.route = std::move(journey->line);
    const double rest = loadingLeft(assignment, gone, loading);
    for (double& at : out.route.secondsAt)
        at += rest;
    if (rest > 0 && !out.route.points.empty()) {
        out.route.points.insert(out.route.points.begin(), out.route.points.front());
        out.route.secondsAt.insert(out.route.secondsAt.begin(), 0);
    }
    out.route.duration += base::Seconds(rest);
    const base::Seconds standing(loaded + rest);
    out.plain = base::Seconds(journey->plain + rest);
    out.eta = drive.middle + standing;
    out.low = drive.low + standing;
    out.high = drive.high + standing;
    for (std::size_t k = 0; k < out.stops.size(); ++k)
        out.stops[k].arrival = base::Seconds(journey->arrivals[k] + rest);
    return out;
}

std::vector<LineWay> waysAnew(const model::State& state, const route::RoadGraph& roads, const model::Decision& plan, base::Time now,
                              const Weights& weights, const std::vector<route::Profile>* profiles) {
    std::vector<LineWay> out;
    const auto incident = state.incidents.find(plan.incident);
    if (incident == state.incidents.end())
        return out;
    auto asSent = state;
    for (const auto& id : plan.releases) { // they go from where they are on their present way
        const auto running = state.assignments.find(id);
        if (running == state.assignments.end())
            continue;
        const auto at = asSent.resources.find(running->second.resource);
        const auto underway = model::progressOf(state, running->second, now);
        if (underway && at != asSent.resources.end())
            at->second.position = underway->position;
    }
    const model::AssignmentId id(plan.id.value); // of nothing else here
    for (const auto& line : plan.lines) {
        if (line.purpose == model::Purpose::shelter || !(line.eta.value > 0))
            continue;
        model::Assignment one;
        one.id = id;
        one.incident = plan.incident;
        one.resource = line.resource;
        one.purpose = line.purpose;
        one.state = model::AssignmentState::notified;
        one.stops = line.stops;
        if (line.purpose == model::Purpose::supply && !one.stops.empty() && !one.stops.back().at) {
            one.stops.back().position = incident->second.position;
            one.stops.back().place = incident->second.place;
        }
        asSent.assignments.insert_or_assign(id, std::move(one));
        if (auto way = anotherWay(asSent, roads, id, now, weights, profiles))
            out.push_back({line.resource, std::move(*way)});
    }
    return out;
}

} // namespace tocsin::dispatch
