#include "tocsin/dispatch/by_hand.hpp"

#include "dispatch/facts.hpp"
#include "dispatch/routes.hpp"
#include "tocsin/dispatch/closures.hpp"
#include "tocsin/model/promises.hpp"

#include <algorithm>
#include <tuple>

namespace tocsin::dispatch {
namespace {

base::Result<const model::Incident*> focusOf(const Question& question) {
    if (question.state == nullptr || !question.focus)
        return base::fail(base::Code::unavailable, "no incident is asked about");
    const auto found = question.state->incidents.find(*question.focus);
    if (found == question.state->incidents.end())
        return base::fail(base::Code::notFound, "there is no such incident");
    if (found->second.state != model::IncidentState::open)
        return base::fail(base::Code::conflict, "the incident is closed");
    return &found->second;
}

Roads roadsOf(const Question& question) {
    return {question.roads == nullptr ? nullptr : withoutClosures(*question.roads, *question.state, question.now),
            question.profiles, question.conditions};
}

/// A shelter takes people in as long as it has room; a place is sent nowhere.
HandChoice judgePlace(const model::Resource& resource, const std::map<model::ResourceId, int>& promised) {
    HandChoice out;
    out.choice.resource = resource.id;
    out.choice.obstacle = Obstacle::cannotTravel;
    if (resource.kind != model::ResourceKind::shelter)
        return out;
    const auto coming = promised.find(resource.id);
    out.choice.people = std::max(0, resource.capacity - resource.occupied - (coming == promised.end() ? 0 : coming->second));
    out.choice.obstacle = resource.status == model::ResourceStatus::outOfService  ? Obstacle::outOfService
                          : resource.status == model::ResourceStatus::maintenance ? Obstacle::maintenance
                                                                                  : Obstacle::none;
    out.possible = out.choice.obstacle == Obstacle::none && out.choice.people > 0;
    return out;
}

HandChoice judgeTraveller(const Giver& giver) {
    HandChoice out;
    const model::Resource& resource = *giver.resource;
    out.choice.resource = resource.id;
    out.choice.obstacle = giver.obstacle;
    out.choice.freeAt = giver.freeAt;
    out.choice.freeGuessed = giver.freeGuessed;
    out.choice.positionAge = base::Seconds(giver.positionAge);
    if (giver.obstacle == Obstacle::claimed)
        out.choice.claimedBy = resource.claimedBy;
    if (giver.obstacle == Obstacle::none && !canTravel(resource))
        out.choice.obstacle = Obstacle::cannotTravel;
    switch (out.choice.obstacle) {
    case Obstacle::busy:
    case Obstacle::outOfService:
    case Obstacle::maintenance:
    case Obstacle::claimed:
    case Obstacle::noRoad:
    case Obstacle::cannotTravel:
    case Obstacle::promised: // these are of places
    case Obstacle::expired:
    case Obstacle::otherUnit:
    case Obstacle::noneLeft:
    case Obstacle::full:
    case Obstacle::oldCount:
    case Obstacle::worseInAll:
        out.possible = false;
        break;
    case Obstacle::offDuty: // by its roster only: somebody may be called in
        out.possible = resource.status == model::ResourceStatus::available;
        break;
    case Obstacle::none:
    case Obstacle::lacksCapability:
    case Obstacle::lowLevel:
    case Obstacle::overCrewHours:
    case Obstacle::positionTooOld:
    case Obstacle::tooFar:
    case Obstacle::noPayload:
        out.possible = true;
        break;
    }
    return out;
}

} // namespace

base::Result<std::vector<HandChoice>> choicesByHand(const Question& question) {
    const auto incident = focusOf(question);
    if (!incident)
        return tl::unexpected(incident.error());
    const model::State& state = *question.state;
    std::vector<const model::Resource*> resources;
    for (const auto& [id, resource] : state.resources) {
        if (!resource.retired)
            resources.push_back(&resource);
    }
    const auto givers = giversOf(question, resources);
    const auto promised = model::peoplePromised(state);
    std::vector<HandChoice> out;
    std::vector<Mover> movers;
    std::vector<std::size_t> which; // of `out`
    for (std::size_t i = 0; i < resources.size(); ++i) {
        const model::Resource& one = *resources[i];
        out.push_back(model::isPlace(one.kind) ? judgePlace(one, promised) : judgeTraveller(givers[i]));
        if (model::isPlace(one.kind) && one.kind != model::ResourceKind::shelter)
            continue;
        movers.push_back({&travellerOf(one), givers[i].position});
        which.push_back(i);
    }
    Roads roads = roadsOf(question);
    const auto travels = travelBetween(roads, movers, {&(*incident)->position, 1}, 0, question.stop);
    if (!travels)
        return tl::unexpected(travels.error());
    const auto etas = EtaModel::learn(state);
    for (std::size_t m = 0; m < movers.size(); ++m) {
        const Travel travel = travels->at(0, m);
        HandChoice& one = out[which[m]];
        one.leads = travel.leads;
        one.choice.there = travel.there;
        if (!travel.leads) {
            if (one.possible || one.choice.obstacle == Obstacle::none)
                one.choice.obstacle = Obstacle::noRoad;
            one.possible = false;
            continue;
        }
        if (travel.there)
            continue;
        const auto eta = etas.of(speedClassOf(*movers[m].resource), base::Seconds(travel.seconds), one.choice.positionAge,
                                 question.weights.staleAfter);
        one.choice.eta = eta.middle;
        one.choice.etaLow = eta.low;
        one.choice.etaHigh = eta.high;
        one.choice.plain = base::Seconds(travel.seconds);
        one.choice.turnout = base::Seconds(turnoutOf(givers[which[m]], roads));
    }
    std::sort(out.begin(), out.end(), [&](const HandChoice& a, const HandChoice& b) {
        const auto key = [&](const HandChoice& one) {
            return std::tuple(!one.possible, !one.leads, (one.choice.turnout + one.choice.eta).value,
                              std::string_view(state.resources.at(one.choice.resource).name.text), one.choice.resource);
        };
        return key(a) < key(b);
    });
    return out;
}

Obstacle obstacleFor(const Choice& judged, const model::Resource& resource, const model::Need& need) {
    if (judged.obstacle != Obstacle::none)
        return judged.obstacle;
    switch (need.kind) {
    case model::NeedKind::team: {
        const int level = levelOf(resource, need.capability);
        return need.capability.empty() || level >= need.level ? Obstacle::none
               : level > 0                                    ? Obstacle::lowLevel
                                                              : Obstacle::lacksCapability;
    }
    case model::NeedKind::supply:
        return resource.vehicle && resource.vehicle->loadKilograms > 0 ? Obstacle::none : Obstacle::noPayload;
    case model::NeedKind::shelter:
        return resource.kind == model::ResourceKind::shelter ? Obstacle::none : Obstacle::lacksCapability;
    }
    return Obstacle::none;
}

base::Result<Choice> wayByHand(const Question& question, model::ResourceId resource,
                               std::span<const model::ResourceId> stores) {
    const auto incident = focusOf(question);
    if (!incident)
        return tl::unexpected(incident.error());
    const model::State& state = *question.state;
    const auto found = state.resources.find(resource);
    if (found == state.resources.end() || found->second.retired)
        return base::fail(base::Code::notFound, "there is no such resource");
    const model::Resource& one = found->second;
    const bool shelter = one.kind == model::ResourceKind::shelter;
    if (model::isPlace(one.kind) && !shelter)
        return base::fail(base::Code::conflict, one.name.text + " is a place and goes nowhere");
    const model::Resource& traveller = travellerOf(one);
    if (!canTravel(traveller))
        return base::fail(base::Code::conflict, one.name.text + " cannot travel by itself");
    const Giver giver = giversOf(question, {&one}).front();
    Choice out;
    out.resource = resource;
    out.positionAge = base::Seconds(shelter ? 0 : giver.positionAge);
    std::vector<model::Position> places;
    for (const auto& id : stores) {
        const auto store = state.resources.find(id);
        if (store == state.resources.end())
            return base::fail(base::Code::notFound, "there is no such warehouse");
        places.push_back(store->second.position);
        out.stops.push_back({store->second.position, store->second.name, id, {}});
    }
    places.push_back((*incident)->position);
    Roads roads = roadsOf(question);
    const Mover mover{&traveller, giver.position};
    const double loading = question.weights.loading.value;
    const double loaded = loading * static_cast<double>(stores.size());
    auto plain = journeyOf(roads, mover, places, loading, 1);
    if (!plain)
        return base::fail(base::Code::unavailable, "no way leads " + one.name.text + " there");
    const double driven = std::max(0.0, plain->plain - loaded);
    out.there = driven <= 0 && stores.empty();
    out.straight = driven > 0 && !shelter && roads.isBoat(traveller);
    if (!out.there && !shelter)
        out.turnout = base::Seconds(turnoutOf(giver, roads));
    EtaInterval drive;
    if (driven > 0)
        drive = EtaModel::learn(state).of(speedClassOf(traveller), base::Seconds(driven), out.positionAge,
                                          question.weights.staleAfter);
    const double stretched = driven > 0 ? drive.middle.value / driven : 1;
    auto journey = stretched == 1 ? plain : journeyOf(roads, mover, places, loading, stretched);
    if (!journey)
        return base::fail(base::Code::unavailable, "no way leads " + one.name.text + " there");
    out.eta = drive.middle + base::Seconds(loaded);
    out.etaLow = drive.low + base::Seconds(loaded);
    out.etaHigh = drive.high + base::Seconds(loaded);
    out.plain = base::Seconds(plain->plain);
    out.distance = journey->line.length;
    out.via = journey->via;
    for (std::size_t k = 0; k < out.stops.size(); ++k)
        out.stops[k].arrival = base::Seconds(journey->arrivals[k]);
    if (shelter) // who goes there is not on the map: it is the people's own way
        out.stops = {{one.position, one.name, one.id, out.eta}};
    else if (!out.stops.empty())
        out.stops.push_back({(*incident)->position, (*incident)->place, std::nullopt, out.eta});
    if (!shelter && journey->line.points.size() <= model::mostRoutePoints)
        out.route = std::move(journey->line);
    return out;
}

} // namespace tocsin::dispatch
