#include "dispatch/travel.hpp"

#include "tocsin/geo/measure.hpp"

#include <algorithm>
#include <cmath>

namespace tocsin::dispatch {

bool mayGo(model::ResourceKind kind) {
    using model::ResourceKind;
    return kind == ResourceKind::team || kind == ResourceKind::vehicle || kind == ResourceKind::mobileFacility;
}

bool isPerson(model::ResourceKind kind) {
    using model::ResourceKind;
    return kind == ResourceKind::expert || kind == ResourceKind::volunteer || kind == ResourceKind::gridMember;
}

const model::Resource& travellerOf(const model::Resource& resource) {
    static const model::Resource car = [] {
        model::Resource one;
        one.speedFactor = 1;
        return one;
    }();
    return mayGo(resource.kind) ? resource : car;
}

const std::string& speedClassOf(const model::Resource& traveller) {
    static const std::string none;
    return traveller.vehicle ? traveller.vehicle->speedClass : none;
}

route::Profile asKnown(const route::Profile& standing, const model::Resource& resource) {
    route::Profile own = standing;
    if (!resource.vehicle)
        return own;
    const auto known = [](double measured, double usual) { return std::isfinite(measured) && measured > 0 ? measured : usual; };
    own.tonnes = known(resource.vehicle->weightTonnes, own.tonnes);
    own.height = known(resource.vehicle->heightMetres, own.height);
    own.width = known(resource.vehicle->widthMetres, own.width);
    own.fording = known(resource.vehicle->fordingMetres, own.fording);
    return own;
}

bool canTravel(const model::Resource& resource) {
    const auto& traveller = travellerOf(resource);
    if (traveller.kind == model::ResourceKind::vehicle && traveller.people <= 0)
        return false;
    return traveller.flies || (std::isfinite(traveller.speedFactor) && traveller.speedFactor > 0);
}

std::set<model::ResourceId> busyResources(const model::State& state) {
    std::set<model::ResourceId> busy;
    for (const auto& [id, assignment] : state.assignments) {
        if (assignment.state != model::AssignmentState::released && assignment.purpose != model::Purpose::standBy)
            busy.insert(assignment.resource);
    }
    return busy;
}

Roads::Roads(std::shared_ptr<const route::RoadGraph> graph, const std::vector<route::Profile>* profiles,
             const route::Conditions& conditions)
    : m_plain(graph), m_graph(std::move(graph)), m_profiles(profiles), m_conditions(conditions) {
    if (m_graph != nullptr && m_profiles == nullptr)
        m_profiles = &m_graph->profiles();
    const bool usual = conditions.closures.empty() && conditions.floods.empty() && conditions.weightLimits.empty() &&
                       !conditions.night && conditions.weather == route::Weather::clear;
    if (m_graph != nullptr && !usual) {
        // Those of whom no vehicle is known are as slow in snow as a car.
        if (const auto* car = route::findProfile(*m_profiles, "car"))
            m_car.byWeather = car->byWeather;
        m_plain = m_graph->under(m_car, m_conditions);
    }
}

const route::Profile* Roads::profileOf(const model::Resource& resource) const {
    if (m_graph == nullptr || m_profiles == nullptr || !resource.vehicle || resource.vehicle->speedClass.empty())
        return nullptr;
    return route::findProfile(*m_profiles, resource.vehicle->speedClass);
}

std::shared_ptr<const route::RoadGraph> Roads::under(const route::Profile& profile) {
    auto& graph = m_known[{profile.name, profile.tonnes, profile.height, profile.width, profile.fording}];
    if (graph == nullptr)
        graph = m_graph->under(profile, m_conditions);
    return graph;
}

Flight Roads::flightOf(const model::Resource& resource) const {
    const route::Profile* profile = nullptr;
    if (m_profiles != nullptr) {
        if (resource.vehicle && !resource.vehicle->speedClass.empty())
            profile = route::findProfile(*m_profiles, resource.vehicle->speedClass);
        if (profile == nullptr || profile->travel != route::Travel::flight)
            profile = route::findProfile(*m_profiles, "helicopter");
    }
    if (profile == nullptr || profile->travel != route::Travel::flight || !(profile->straightKmh > 0))
        return {};
    return {profile->straightKmh / 3.6, std::max(0.0, profile->startSeconds)};
}

std::pair<std::shared_ptr<const route::RoadGraph>, double> Roads::ofClass(const model::Resource& resource) {
    const auto* profile = profileOf(resource);
    if (profile == nullptr)
        return {m_plain, resource.speedFactor};
    return {under(*profile), 1.0};
}

std::pair<std::shared_ptr<const route::RoadGraph>, double> Roads::of(const model::Resource& resource) {
    const auto* profile = profileOf(resource);
    if (profile == nullptr) {
        const auto own = asKnown(m_car, resource);
        const bool limited = m_graph != nullptr && (!m_conditions.floods.empty() || !m_conditions.weightLimits.empty());
        return {limited && own != m_car ? under(own) : m_plain, resource.speedFactor};
    }
    return {under(asKnown(*profile, resource)), 1.0};
}

base::Result<std::vector<std::vector<Travel>>> travelBetween(Roads& roads, std::span<const Mover> movers,
                                                             std::span<const model::Position> places,
                                                             std::size_t measured, const std::stop_token& stop) {
    std::vector<std::vector<Travel>> all(places.size(), std::vector<Travel>(movers.size()));
    struct Group {
        std::shared_ptr<const route::RoadGraph> graph;
        std::vector<std::size_t> movers;
        std::vector<double> factors;
        std::vector<model::Position> starts;
    };
    std::map<const route::RoadGraph*, Group> groups; // their order is of no consequence: each fills in its own
    for (std::size_t m = 0; m < movers.size(); ++m) {
        const model::Resource& resource = *movers[m].resource;
        const bool goes = canTravel(resource);
        bool away = false;
        for (std::size_t p = 0; p < places.size(); ++p) {
            Travel& travel = all[p][m];
            travel.metres = geo::distance(movers[m].position, places[p]).value;
            if (travel.metres <= thereAlreadyMetres) {
                travel.there = travel.leads = true;
                travel.metres = 0;
            } else if (goes && resource.flies) {
                travel.seconds = roads.flightOf(resource).seconds(travel.metres);
                travel.leads = true;
            } else {
                away = true;
            }
        }
        if (!goes || resource.flies || !away)
            continue;
        auto [graph, factor] = roads.of(resource);
        if (graph == nullptr)
            continue;
        Group& group = groups[graph.get()];
        group.graph = graph;
        group.movers.push_back(m);
        group.factors.push_back(factor);
        group.starts.push_back(movers[m].position);
    }
    measured = std::min(measured, places.size());
    const auto fill = [&](const Group& group, std::size_t first, std::size_t end, bool metres) -> base::Result<void> {
        if (first == end)
            return {};
        const auto table = group.graph->timesBetween(group.starts, places.subspan(first, end - first),
                                                     {.threads = 2, .metres = metres, .cancel = stop});
        if (!table)
            return tl::unexpected(table.error());
        for (std::size_t i = 0; i < group.movers.size(); ++i) {
            for (std::size_t p = first; p < end; ++p) {
                Travel& travel = all[p][group.movers[i]];
                const double seconds = table->at(i, p - first);
                if (travel.there || !std::isfinite(seconds))
                    continue;
                travel.seconds = seconds / group.factors[i];
                if (metres)
                    travel.metres = table->metres[i * table->targets + p - first];
                travel.leads = true;
            }
        }
        return {};
    };
    for (const auto& [key, group] : groups) {
        if (auto done = fill(group, 0, measured, true); !done)
            return tl::unexpected(done.error());
        if (auto done = fill(group, measured, places.size(), false); !done)
            return tl::unexpected(done.error());
    }
    if (stop.stop_requested())
        return base::fail(base::Code::cancelled, "the question was withdrawn");
    return all;
}

std::vector<Travel> travelTo(const route::RoadGraph* roads, model::Position place,
                             const std::vector<const model::Resource*>& resources) {
    std::vector<Mover> movers;
    movers.reserve(resources.size());
    for (const auto* resource : resources)
        movers.push_back({resource, resource->position});
    Roads plain(roads == nullptr ? nullptr : roads->shared_from_this(), nullptr, {});
    auto travels = travelBetween(plain, movers, {&place, 1}, 1);
    return travels ? std::move(travels->front()) : std::vector<Travel>(movers.size());
}

} // namespace tocsin::dispatch
