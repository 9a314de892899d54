#include "dispatch/facts.hpp"

#include "dispatch/needs.hpp"
#include "tocsin/dispatch/closures.hpp"
#include "tocsin/dispatch/turnout.hpp"
#include "tocsin/geo/measure.hpp"
#include "tocsin/model/crew_hours.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <set>
#include <tuple>

namespace tocsin::dispatch {
namespace {

using model::Resource;
using model::ResourceStatus;

constexpr double homeMetres = 100;

bool carries(const Resource& resource) {
    return resource.vehicle && std::isfinite(resource.vehicle->loadKilograms) && resource.vehicle->loadKilograms > 0;
}

Obstacle byStatus(ResourceStatus status) {
    switch (status) {
    case ResourceStatus::available:
        return Obstacle::none;
    case ResourceStatus::assigned:
        return Obstacle::busy;
    case ResourceStatus::outOfService:
        return Obstacle::outOfService;
    case ResourceStatus::maintenance:
        return Obstacle::maintenance;
    case ResourceStatus::offDuty:
        return Obstacle::offDuty;
    }
    return Obstacle::outOfService;
}

double secondsBetween(base::Time from, base::Time to) {
    return std::chrono::duration<double>(to - from).count();
}

/// How long teams were on scene before they were released: the median, where there are enough of them to say.
std::optional<base::Duration> usualOnScene(const model::State& state) {
    constexpr std::size_t enough = 5;
    std::vector<base::Duration> times;
    for (const auto& [id, one] : state.assignments) {
        if (one.purpose == model::Purpose::team && one.arrivedAt && one.releasedAt && *one.releasedAt > *one.arrivedAt)
            times.push_back(*one.releasedAt - *one.arrivedAt);
    }
    if (times.size() < enough)
        return std::nullopt;
    const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
    std::nth_element(times.begin(), middle, times.end());
    return *middle;
}

/// When it will be free, if it stays as long as is usual; nothing if it has stayed longer.
std::optional<base::Time> freeAbout(const model::Assignment& assignment, const std::optional<base::Duration>& usual,
                                    base::Time now) {
    auto there = assignment.arrivedAt;
    if (!there && assignment.departedAt)
        there = *assignment.departedAt + std::chrono::duration_cast<base::Duration>(
                                             std::chrono::duration<double>(assignment.eta.value));
    if (!there || !usual || assignment.purpose != model::Purpose::team || *there + *usual <= now)
        return std::nullopt;
    return *there + *usual;
}

Giver judge(const Question& question, const Resource& resource, const std::vector<const model::Assignment*>& running,
            double hours, const std::optional<base::Duration>& onScene) {
    Giver giver{&resource, resource.position};
    const Weights& weights = question.weights;
    giver.obstacle = byStatus(resource.status);
    if (resource.statusUntil && *resource.statusUntil > question.now)
        giver.freeAt = resource.statusUntil;
    bool known = false; // where it is, whatever the age of its position
    if (!running.empty()) {
        const model::Assignment& assignment = *running.front();
        if (const auto progress = model::progressOf(assignment, &resource, question.now)) {
            giver.position = progress->position;
            known = true;
        }
        if (assignment.purpose == model::Purpose::standBy) { // waits to be sent
            known = known || assignment.state == model::AssignmentState::onScene;
            if (giver.obstacle == Obstacle::busy)
                giver.obstacle = Obstacle::none;
        } else {
            giver.obstacle = Obstacle::busy;
            if (!giver.freeAt) {
                giver.freeAt = freeAbout(assignment, onScene, question.now);
                giver.freeGuessed = giver.freeAt.has_value();
            }
            if (mayChange(question, assignment))
                giver.running = &assignment;
        }
    }
    const bool unknownTime = resource.positionTime.time_since_epoch().count() == 0;
    const bool home = geo::distance(resource.position, resource.home).value <= homeMetres;
    if (!home && !known && !unknownTime)
        giver.positionAge = std::max(0.0, secondsBetween(resource.positionTime, question.now));
    giver.stale = !home && !known && (unknownTime || giver.positionAge > weights.staleAfter.value);

    const double limit =
        std::isfinite(resource.crewHours) && resource.crewHours > 0 ? resource.crewHours : weights.crewHours;
    giver.crewUsed = limit > 0 ? hours / limit : 0;
    if (giver.obstacle != Obstacle::none)
        return giver;
    if (const auto next = nobodyUntil(resource, question.now)) {
        giver.obstacle = Obstacle::offDuty;
        giver.freeAt = next;
        return giver;
    }
    if (model::claimedByAnother(resource, question.now, question.actor))
        giver.obstacle = Obstacle::claimed;
    else if (giver.crewUsed >= 1)
        giver.obstacle = Obstacle::overCrewHours;
    else if (weights.uselessAfter.value > 0 && giver.positionAge > weights.uselessAfter.value)
        giver.obstacle = Obstacle::positionTooOld;
    return giver;
}

} // namespace

std::optional<base::Time> nobodyUntil(const Resource& resource, base::Time now) {
    std::optional<base::Time> next;
    bool begun = false;
    for (const auto& turn : resource.duty) {
        if (model::isOnDuty(turn, now))
            return std::nullopt;
        begun = begun || turn.from <= now;
        if (turn.from > now && (!next || turn.from < *next))
            next = turn.from;
    }
    return begun ? next : std::nullopt;
}

bool isOldCount(const Question& question, const model::Resource& resource) {
    const double limit = question.weights.oldCountAfter.value;
    return limit > 0 && resource.countedAt && secondsBetween(*resource.countedAt, question.now) > limit;
}

const std::string& Facts::speedClass(std::uint32_t giver) const {
    return speedClassOf(travellerOf(*givers[giver].resource));
}

EtaInterval Facts::eta(const Question& question, std::uint32_t giver, const Travel& travel) const {
    if (travel.there)
        return {};
    return etas.of(speedClass(giver), base::Seconds(travel.seconds), base::Seconds(givers[giver].positionAge),
                   question.weights.staleAfter);
}

std::vector<Giver> giversOf(const Question& question, const std::vector<const Resource*>& resources) {
    const model::State& state = *question.state;
    std::unordered_map<model::ResourceId, std::vector<const model::Assignment*>> running;
    for (const auto& [id, assignment] : state.assignments) {
        if (assignment.state != model::AssignmentState::released && assignment.purpose != model::Purpose::shelter)
            running[assignment.resource].push_back(&assignment);
    }
    const auto hours = model::hoursBound(state, question.now);
    const auto onScene = usualOnScene(state);
    const auto turnouts = Turnouts::learn(state);
    static const std::vector<const model::Assignment*> nothing;
    std::vector<Giver> givers;
    givers.reserve(resources.size());
    for (const Resource* resource : resources) {
        const auto runs = running.find(resource->id);
        const auto worked = hours.find(resource->id);
        givers.push_back(judge(question, *resource, runs == running.end() ? nothing : runs->second,
                               worked == hours.end() ? 0 : std::chrono::duration<double, std::ratio<3600>>(worked->second).count(),
                               onScene));
        if (runs == running.end()) // else it is on the road, at a scene, or stands by
            givers.back().turnout = turnouts.of(*resource).value;
    }
    return givers;
}

double turnoutOf(const Giver& giver, const Roads& roads) {
    const Resource& traveller = travellerOf(*giver.resource);
    return traveller.flies ? std::max(0.0, giver.turnout - roads.flightOf(traveller).startSeconds) : giver.turnout;
}

base::Result<Facts> gather(const Question& question) {
    const model::State& state = *question.state;
    Facts facts;
    facts.etas = EtaModel::learn(state);
    for (const auto& [id, incident] : state.incidents) {
        const bool focus = question.focus == id;
        if (incident.state != model::IncidentState::open || (question.alone && !focus))
            continue;
        const auto grade = static_cast<std::size_t>(incident.grade);
        facts.sites.push_back(
            {&incident, question.weights.grade[std::clamp<std::size_t>(grade, 1, 4) - 1], focus || !question.focus});
    }
    std::stable_partition(facts.sites.begin(), facts.sites.end(), [](const Site& site) { return site.focus; });
    facts.needs = openNeeds(question, facts.sites);

    std::set<std::string> asked;
    bool supplies = false;
    for (const OpenNeed& need : facts.needs) {
        if (need.need.kind == model::NeedKind::team && !need.bad)
            asked.insert(need.need.capability);
        supplies = supplies || (need.need.kind == model::NeedKind::supply && !need.bad);
    }
    std::vector<const Resource*> wanted;
    for (const auto& [id, resource] : state.resources) {
        if ((!mayGo(resource.kind) && !isPerson(resource.kind)) || resource.retired)
            continue;
        const bool able = std::any_of(resource.capabilities.begin(), resource.capabilities.end(),
                                      [&](const model::Capability& own) { return asked.contains(own.code); });
        if (able || (supplies && mayGo(resource.kind) && carries(resource)))
            wanted.push_back(&resource);
    }
    facts.givers = giversOf(question, wanted);
    std::sort(facts.givers.begin(), facts.givers.end(), [](const Giver& a, const Giver& b) {
        return std::tie(a.resource->name.text, a.resource->id) < std::tie(b.resource->name.text, b.resource->id);
    });
    const auto begun = std::chrono::steady_clock::now();
    facts.roads =
        std::make_shared<Roads>(question.roads == nullptr ? nullptr : withoutClosures(*question.roads, state, question.now),
                                question.profiles, question.conditions);
    std::vector<Mover> movers;
    for (std::uint32_t g = 0; g < facts.givers.size(); ++g) {
        Giver& giver = facts.givers[g];
        giver.expected = facts.etas.spreadOf(facts.speedClass(g)).middle;
        const Resource& traveller = travellerOf(*giver.resource);
        giver.turnout = turnoutOf(giver, *facts.roads);
        movers.push_back({&traveller, giver.position, giver.expected});
        std::set<std::string_view> seen;
        for (const model::Capability& own : giver.resource->capabilities) {
            const int level = levelOf(*giver.resource, own.code);
            if (level > 0 && asked.contains(own.code) && seen.insert(own.code).second)
                facts.capable[own.code].push_back({g, level});
        }
    }
    std::vector<model::Position> places;
    for (const Site& site : facts.sites)
        places.push_back(site.incident->position);
    facts.travels = Travels(*facts.roads, movers, places, question.focus ? 1 : 0);
    facts.tookRoads = std::chrono::duration_cast<base::Duration>(std::chrono::steady_clock::now() - begun);
    return facts;
}

} // namespace tocsin::dispatch
