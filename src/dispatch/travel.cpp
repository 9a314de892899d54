#include "dispatch/travel.hpp"

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

bool Roads::isBoat(const model::Resource& traveller) const {
    const auto* profile = traveller.flies ? nullptr : profileOf(traveller);
    return profile != nullptr && profile->travel == route::Travel::boat;
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

} // namespace tocsin::dispatch
