#include "dispatch/places_kept.hpp"

#include "dispatch/answer.hpp"
#include "tocsin/model/promises.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <tuple>

namespace tocsin::dispatch {
namespace {

struct Place {
    const model::Resource* resource{nullptr};
    Obstacle obstacle{Obstacle::none};
    bool used{false};
    double seconds{0}; ///< between it and the incident, as a car drives
};

enum class Direction : unsigned char { toIncident, fromIncident };

/// False where nobody waits for the answer any more.
bool measure(const Question& question, const Facts& facts, const OpenNeed& need, Direction direction,
             std::vector<Place>& places) {
    const model::Position site = facts.sites[need.site].incident->position;
    model::Resource car;
    std::vector<Mover> movers;
    std::vector<model::Position> positions;
    if (direction == Direction::fromIncident)
        movers.push_back({&car, site});
    else
        positions.push_back(site);
    for (const Place& one : places) {
        if (direction == Direction::fromIncident)
            positions.push_back(one.resource->position);
        else
            movers.push_back({&car, one.resource->position});
    }
    const auto travels = travelBetween(*facts.roads, movers, positions, 0, question.stop);
    if (!travels)
        return false;
    for (std::size_t i = 0; i < places.size(); ++i)
        places[i].seconds = direction == Direction::fromIncident ? travels->seconds(i, 0) : travels->seconds(0, i);
    return true;
}

std::vector<Choice> keptOf(const Question& question, const Facts& facts, const OpenNeed& need, const NeedAnswer& told,
                           Direction direction, std::vector<Place> places) {
    const auto isUsed = [](const Place& one) { return one.used; };
    const bool open = told.unmet.has_value();
    if (std::all_of(places.begin(), places.end(), isUsed) ||
        (!open && std::none_of(places.begin(), places.end(), isUsed)) ||
        !measure(question, facts, need, direction, places))
        return {};
    double farthest = 0;
    for (const Place& one : places)
        farthest = std::max(farthest, one.used ? one.seconds : 0);
    std::vector<Place> kept;
    for (Place& one : places) {
        if (one.used)
            continue;
        const bool nearer = one.seconds < farthest;
        if (one.obstacle == Obstacle::none && open) { // nothing keeps it: what is missing has its own reason
            if (std::isfinite(one.seconds))
                continue;
            one.obstacle = Obstacle::noRoad;
        } else if (one.obstacle == Obstacle::none) {
            one.obstacle = isOldCount(question, *one.resource) ? Obstacle::oldCount : Obstacle::worseInAll;
        }
        if (open || nearer)
            kept.push_back(one);
    }
    std::sort(kept.begin(), kept.end(), [](const Place& a, const Place& b) {
        return std::tie(a.seconds, a.resource->id) < std::tie(b.seconds, b.resource->id);
    });
    kept.resize(std::min(kept.size(), keptShown));
    std::vector<Choice> out;
    for (const Place& one : kept) {
        Choice& choice = out.emplace_back();
        choice.resource = one.resource->id;
        choice.obstacle = one.obstacle;
        choice.costsKnown = false;
        if (!std::isfinite(one.seconds))
            continue;
        const EtaInterval eta = facts.etas.of("", base::Seconds(one.seconds));
        choice.eta = eta.middle;
        choice.etaLow = eta.low;
        choice.etaHigh = eta.high;
        choice.plain = base::Seconds(one.seconds);
    }
    return out;
}

/// What keeps a store from giving some of it; nothing where it never lay there.
std::optional<Obstacle> inStore(const model::Resource& store, const std::string& code, const std::string& unit,
                                base::Time now) {
    std::set<Obstacle> lots;
    for (const model::Stock& stock : store.stock) {
        if (stock.code != code)
            continue;
        if (!(stock.quantity > 0))
            lots.insert(Obstacle::noneLeft);
        else if (stock.unit != unit)
            lots.insert(Obstacle::otherUnit);
        else if (!(stock.quantity - stock.reserved > 0))
            lots.insert(Obstacle::promised);
        else if (stock.expiry && *stock.expiry <= now)
            lots.insert(Obstacle::expired);
        else
            lots.insert(Obstacle::none);
    }
    if (lots.empty())
        return std::nullopt;
    if (store.status == model::ResourceStatus::outOfService)
        return Obstacle::outOfService;
    return *lots.begin(); // in their order: the one that is least in the way
}

} // namespace

std::vector<Choice> storesKept(const Question& question, const Facts& facts, const OpenNeed& need,
                               const std::string& unit, const NeedAnswer& told) {
    if (!facts.sites[need.site].focus)
        return {};
    std::set<model::ResourceId> used;
    for (const Choice& choice : told.chosen) {
        for (const model::Stop& stop : choice.stops) {
            if (stop.at)
                used.insert(*stop.at);
        }
    }
    std::vector<Place> places;
    for (const auto& [id, resource] : question.state->resources) {
        const bool store = model::isPlace(resource.kind) && resource.kind != model::ResourceKind::enterprise &&
                           resource.kind != model::ResourceKind::partner && !resource.retired;
        const auto why = store ? inStore(resource, need.need.supply, unit, question.now) : std::nullopt;
        if (why)
            places.push_back({&resource, *why, used.contains(id), 0});
    }
    return keptOf(question, facts, need, told, Direction::toIncident, std::move(places));
}

std::vector<Choice> sheltersKept(const Question& question, const Facts& facts, const OpenNeed& need,
                                 const NeedAnswer& told) {
    if (!facts.sites[need.site].focus)
        return {};
    const auto among = [](const std::vector<Choice>& choices, model::ResourceId id) {
        return std::any_of(choices.begin(), choices.end(), [id](const Choice& one) { return one.resource == id; });
    };
    const auto promised = model::peoplePromised(*question.state);
    std::vector<Place> places;
    for (const auto& [id, resource] : question.state->resources) {
        if (resource.kind != model::ResourceKind::shelter || resource.retired || among(told.others, id))
            continue;
        const auto coming = promised.find(id);
        const double left = static_cast<double>(resource.capacity) - std::max(0, resource.occupied) -
                            (coming == promised.end() ? 0 : coming->second);
        const Obstacle why = resource.status == model::ResourceStatus::outOfService  ? Obstacle::outOfService
                             : resource.status == model::ResourceStatus::maintenance ? Obstacle::maintenance
                             : left <= 0                                             ? Obstacle::full
                                                                                     : Obstacle::none;
        places.push_back({&resource, why, among(told.chosen, id), 0});
    }
    return keptOf(question, facts, need, told, Direction::fromIncident, std::move(places));
}

} // namespace tocsin::dispatch
