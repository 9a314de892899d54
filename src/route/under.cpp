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

void Graph::applyConditions() {
    const auto add = [&](const model::Line& line, ClosedStretches& into) {
        addClosed(m_core->network, m_core->snapper, std::span(&line, 1), into);
    };
    for (const WeightLimit& limit : m_conditions.weightLimits) {
        if (!(m_times->tonnes <= limit.tonnes))
            add(limit.place, m_closed);
    }
    std::map<std::uint32_t, double> longer; // by piece: how many times its time
    for (const Flood& flood : m_conditions.floods) {
        if (flood.depth && *flood.depth <= 0)
            continue;
        ClosedStretches wet;
        add(flood.ring, wet);
        if (!flood.depth || !(*flood.depth <= m_times->fording)) {
            merge(wet, m_closed);
            continue;
        }
        const double speed = 1 - (1 - keptAtFording) * *flood.depth / m_times->fording;
        for (const auto& [piece, stretch] : wet) {
            double& times = longer.try_emplace(piece, 1).first->second;
            times = std::max(times, 1 + (stretch.to - stretch.from) * (1 / speed - 1));
        }
    }
    if (longer.empty())
        return;
    auto slowed = std::make_shared<ArcTimes>(*m_times);
    for (const auto& [piece, factor] : longer) {
        for (const bool forward : {true, false}) {
            double& seconds = slowed->seconds[arcOf(piece, forward)];
            seconds = seconds < 0 ? seconds : seconds * factor;
        }
    }
    slowed->costs = slowed->routes->search.costsOf(slowed->seconds);
    m_times = std::move(slowed);
}

std::shared_ptr<const RoadGraph> Graph::under(const Profile& profile, const Conditions& conditions) const {
    ClosedStretches closures = m_closures;
    addClosed(m_core->network, m_core->snapper, conditions.closures, closures);
    Conditions all = m_conditions;
    all.floods.insert(all.floods.end(), conditions.floods.begin(), conditions.floods.end());
    all.weightLimits.insert(all.weightLimits.end(), conditions.weightLimits.begin(), conditions.weightLimits.end());
    all.night = all.night || conditions.night;
    if (conditions.weather != Weather::clear)
        all.weather = conditions.weather;
    auto times = m_core->timesOf(profile, all.night, all.weather);
    auto roads = std::make_shared<const Graph>(m_core, std::move(times), std::move(closures), std::move(all));
    return profile.travel == Travel::road ? roads : straightGraph(std::move(roads), profile);
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
