// The network under conditions: what is closed, what is flooded and how deep, which bridge carries how much.

#include "route/graph.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace tocsin::route {
namespace {

/// At the depth that a vehicle can just ford it keeps this of its speed; in between in proportion.
constexpr double keptAtFording = 0.2;

void merge(const ClosedStretches& more, ClosedStretches& into) {
    for (const auto& [piece, stretch] : more) {
        into[piece].add(stretch.from);
        into[piece].add(stretch.to);
    }
}

} // namespace

std::shared_ptr<const RoadGraph> Graph::under(const Profile& profile, const Conditions& conditions) const {
    if (profile.travel != Travel::road)
        return straightGraph(shared_from_this(), profile);
    ClosedStretches closed = m_closed;
    const auto add = [&](const model::Line& line, ClosedStretches& into) {
        addClosed(m_core->network, m_core->snapper, std::span(&line, 1), into);
    };
    for (const model::Line& line : conditions.closures)
        add(line, closed);
    for (const WeightLimit& limit : conditions.weightLimits) {
        if (!(profile.tonnes <= limit.tonnes))
            add(limit.place, closed);
    }
    std::map<std::uint32_t, double> longer; // by piece: how many times its time
    for (const Flood& flood : conditions.floods) {
        if (flood.depth && *flood.depth <= 0)
            continue;
        ClosedStretches wet;
        add(flood.ring, wet);
        if (!flood.depth || !(*flood.depth <= profile.fording)) {
            merge(wet, closed);
            continue;
        }
        const double speed = 1 - (1 - keptAtFording) * *flood.depth / profile.fording;
        for (const auto& [piece, stretch] : wet) {
            double& times = longer.try_emplace(piece, 1).first->second;
            times = std::max(times, 1 + (stretch.to - stretch.from) * (1 / speed - 1));
        }
    }
    auto times = m_core->timesOf(profile, conditions.night, conditions.weather);
    if (!longer.empty()) {
        auto slowed = std::make_shared<ArcTimes>(*times);
        for (const auto& [piece, factor] : longer) {
            for (const bool forward : {true, false}) {
                double& seconds = slowed->seconds[arcOf(piece, forward)];
                seconds = seconds < 0 ? seconds : seconds * factor;
            }
        }
        slowed->costs = slowed->routes->search.costsOf(slowed->seconds);
        times = std::move(slowed);
    }
    return std::make_shared<const Graph>(m_core, std::move(times), std::move(closed));
}

NoWay Graph::whyNoWay(model::Position from, model::Position to) const {
    if (!m_times->moves)
        return NoWay::cannotMove;
    if (plan(to, std::span(&from, 1)).front())
        return NoWay::none;
    if (access(from).nearest.empty())
        return NoWay::startOffRoad;
    return access(to).nearest.empty() ? NoWay::targetOffRoad : NoWay::noRoadLeads;
}

} // namespace tocsin::route
