#include "tocsin/dispatch/recommend.hpp"

#include "dispatch/travel.hpp"
#include "tocsin/dispatch/closures.hpp"
#include "tocsin/route/matching.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <numeric>
#include <set>
#include <tuple>

namespace tocsin::dispatch {
namespace {

using model::Need;
using model::Resource;
using model::ResourceStatus;

constexpr std::size_t furtherShown = 3;
constexpr std::size_t obstructedShown = 3;
constexpr std::size_t roadsNamed = 3;
/// Costs count tenths of a second above the bits that break ties.
constexpr double costPerSecond = 10;
constexpr unsigned tieBits = 20;
constexpr double longestEta = 86400;

/// What is known of a resource regardless of the needs.
struct Judged {
    const Resource* resource{nullptr};
    Obstacle obstacle{Obstacle::none}; ///< busy, out of service, no road, cannot travel
    double seconds{0};
    double metres{0};
    bool there{false}; ///< at the incident already
};

/// One need that is still open and what answers it.
struct Answers {
    Need need;
    std::vector<std::size_t> able;       ///< indexes of judged resources that can go, best first
    std::vector<std::size_t> obstructed; ///< those with the capability that cannot, nearest first
    std::vector<std::size_t> chosen;     ///< out of able, best first
};

/// The level of a resource in a capability; 0 if it has none.
int levelOf(const Resource& resource, const std::string& capability) {
    int level = 0;
    for (const model::Capability& own : resource.capabilities) {
        if (own.code == capability)
            level = std::max(level, own.level);
    }
    return level;
}

/// The incident's needs less what running assignments serve already, each capability and level once.
std::vector<Need> openNeeds(const model::State& state, const model::Incident& incident) {
    std::map<std::pair<std::string, int>, int> asked; // by capability, then level
    for (const Need& need : incident.needs) {
        if (need.quantity > 0)
            asked[{need.capability, need.level}] += need.quantity;
    }
    // The ablest first, each to the hardest need that it meets; one that meets none was a person's own choice for this
    // capability and serves the easiest that is left.
    std::vector<std::pair<std::string, int>> serving;
    for (const auto& [id, assignment] : state.assignments) {
        if (assignment.incident != incident.id || assignment.state == model::AssignmentState::released)
            continue;
        const auto resource = state.resources.find(assignment.resource);
        serving.emplace_back(assignment.capability,
                             resource == state.resources.end() ? 0 : levelOf(resource->second, assignment.capability));
    }
    std::sort(serving.begin(), serving.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    for (const auto& [capability, level] : serving) {
        auto best = asked.end();
        auto easiest = asked.end();
        for (auto at = asked.begin(); at != asked.end(); ++at) {
            if (at->first.first != capability || at->second == 0)
                continue;
            if (easiest == asked.end())
                easiest = at;
            if (at->first.second <= level)
                best = at;
        }
        if (best == asked.end())
            best = easiest;
        if (best != asked.end())
            --best->second;
    }
    std::vector<Need> open;
    for (const Need& need : incident.needs) { // in the incident's own order
        const auto at = asked.find({need.capability, need.level});
        if (at != asked.end() && at->second > 0)
            open.push_back({need.capability, need.level, at->second});
        if (at != asked.end())
            at->second = 0;
    }
    return open;
}

/// All resources that have one of the capabilities, with travel time and what keeps them. By id.
std::vector<Judged> judge(const model::State& state, const route::RoadGraph& roads, const model::Incident& incident,
                          const std::vector<Need>& needs) {
    const auto busy = busyResources(state);
    std::vector<Judged> judged;
    std::vector<const Resource*> resources;
    for (const auto& [id, resource] : state.resources) {
        const bool able = std::any_of(needs.begin(), needs.end(),
                                      [&, &r = resource](const Need& n) { return levelOf(r, n.capability) > 0; });
        if (!mayGo(resource.kind) || !able)
            continue;
        Judged one{&resource};
        if (resource.status == ResourceStatus::outOfService)
            one.obstacle = Obstacle::outOfService;
        else if (resource.status == ResourceStatus::assigned || busy.contains(id))
            one.obstacle = Obstacle::busy;
        else if (!canTravel(resource))
            one.obstacle = Obstacle::cannotTravel;
        judged.push_back(one);
        resources.push_back(&resource);
    }
    const auto travels = travelTo(&roads, incident.position, resources);
    for (std::size_t i = 0; i < judged.size(); ++i) {
        Judged& one = judged[i];
        one.there = travels[i].there;
        one.seconds = travels[i].seconds;
        one.metres = travels[i].metres;
        if (one.there && one.obstacle == Obstacle::cannotTravel)
            one.obstacle = Obstacle::none;
        if (travels[i].leads || !canTravel(*one.resource))
            continue;
        one.seconds = longestEta;
        if (one.obstacle == Obstacle::none)
            one.obstacle = Obstacle::noRoad;
    }
    return judged;
}

std::vector<Answers> answersTo(const std::vector<Need>& needs, const std::vector<Judged>& judged) {
    std::vector<Answers> all;
    for (const Need& need : needs) {
        Answers answers{need};
        for (std::size_t i = 0; i < judged.size(); ++i) {
            const int level = levelOf(*judged[i].resource, need.capability);
            if (level == 0)
                continue;
            const bool able = level >= need.level && judged[i].obstacle == Obstacle::none;
            (able ? answers.able : answers.obstructed).push_back(i);
        }
        // Of equally quick ones the one that is least above what is asked, then by name and id: always the same.
        const auto order = [&](std::size_t a, std::size_t b) {
            const Resource& x = *judged[a].resource;
            const Resource& y = *judged[b].resource;
            const auto tenths = [&](std::size_t i) { return std::llround(judged[i].seconds * costPerSecond); };
            return std::tuple(tenths(a), levelOf(x, need.capability), x.name.text, x.id) <
                   std::tuple(tenths(b), levelOf(y, need.capability), y.name.text, y.id);
        };
        std::sort(answers.able.begin(), answers.able.end(), order);
        std::sort(answers.obstructed.begin(), answers.obstructed.end(), order);
        all.push_back(std::move(answers));
    }
    return all;
}

/// Chooses for all needs together; false if the request is beyond what can be proven best.
bool choose(std::vector<Answers>& all, const std::vector<Judged>& judged) {
    std::vector<std::uint32_t> asked;
    std::vector<route::MatchOption> options;
    for (std::uint32_t n = 0; n < all.size(); ++n) {
        // More than there are resources cannot be had, and need not be asked for.
        asked.push_back(
            static_cast<std::uint32_t>(std::min(static_cast<std::size_t>(all[n].need.quantity), all[n].able.size())));
        for (std::size_t rank = 0; rank < all[n].able.size(); ++rank) {
            const std::size_t i = all[n].able[rank];
            const auto tenths = std::llround(std::min(judged[i].seconds, longestEta) * costPerSecond);
            const std::int64_t tie = std::min<std::int64_t>(static_cast<std::int64_t>(rank), 1000);
            options.push_back({n, static_cast<std::uint32_t>(i), (std::int64_t{tenths} << tieBits) + tie});
        }
    }
    std::uint32_t left = route::maxMatchUnits;
    bool whole = true;
    for (std::uint32_t& units : asked) {
        whole = whole && units <= left;
        units = std::min(units, left);
        left -= units;
    }
    const route::Matching matching = route::matchLeastCost(asked, static_cast<std::uint32_t>(judged.size()), options);
    for (const std::size_t option : matching.taken)
        all[options[option].asker].chosen.push_back(options[option].giver);
    return matching.optimal && whole;
}

std::string reasonUnmet(const Answers& answers, const std::vector<Judged>& judged) {
    std::size_t capable = answers.able.size();
    std::size_t noRoad = 0;
    for (const std::size_t i : answers.obstructed) {
        if (levelOf(*judged[i].resource, answers.need.capability) < answers.need.level ||
            judged[i].obstacle == Obstacle::cannotTravel)
            continue;
        ++capable;
        noRoad += judged[i].obstacle == Obstacle::noRoad ? 1U : 0U;
    }
    if (capable == 0)
        return "none-has-capability";
    return answers.able.empty() && noRoad > 0 ? "no-road" : "all-busy";
}

model::RouteLine flightLine(const Judged& one, model::Position to) {
    const model::Position from = one.resource->position;
    return {
        {from, from, to}, {0, flightStartSeconds, one.seconds}, base::Metres(one.metres), base::Seconds(one.seconds)};
}

/// The longest roads of the way, in the order in which they are driven.
std::string viaOf(const route::Way& way) {
    std::vector<std::size_t> order(way.roads.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return way.roads[a].second.value > way.roads[b].second.value;
    });
    order.resize(std::min(order.size(), roadsNamed));
    std::sort(order.begin(), order.end());
    std::string via;
    for (const std::size_t i : order)
        via += (via.empty() ? "" : ", ") + way.roads[i].first;
    return via;
}

/// Gives the marked candidates their way on the map: one more search for all of them.
void drawRoutes(std::vector<Candidate>& candidates, const std::vector<std::size_t>& drawn,
                const std::map<model::ResourceId, const Judged*>& judgedById, const route::RoadGraph& roads,
                model::Position target) {
    std::vector<std::size_t> byRoad;
    std::vector<model::Position> starts;
    for (const std::size_t i : drawn) {
        const Judged& one = *judgedById.at(candidates[i].resource);
        if (one.there)
            continue;
        if (one.resource->flies) {
            candidates[i].route = flightLine(one, target);
        } else {
            byRoad.push_back(i);
            starts.push_back(one.resource->position);
        }
    }
    auto ways = roads.waysTo(target, starts);
    for (std::size_t k = 0; k < byRoad.size() && k < ways.size(); ++k) {
        if (!ways[k])
            continue;
        Candidate& candidate = candidates[byRoad[k]];
        candidate.via = viaOf(*ways[k]);
        candidate.route = std::move(ways[k]->line);
        const double factor = judgedById.at(candidate.resource)->resource->speedFactor;
        for (double& seconds : candidate.route.secondsAt)
            seconds /= factor;
        candidate.route.duration = candidate.eta;
    }
}

} // namespace

base::Result<Recommendation> recommend(const model::State& state, const route::RoadGraph& allRoads,
                                       model::IncidentId incidentId, base::Time now) {
    const auto started = std::chrono::steady_clock::now();
    const auto found = state.incidents.find(incidentId);
    if (found == state.incidents.end())
        return base::fail(base::Code::notFound, "there is no incident " + incidentId.toString());
    const model::Incident& incident = found->second;
    if (incident.state != model::IncidentState::open)
        return base::fail(base::Code::conflict, "incident " + incident.number + " is closed");

    const auto open = openRoads(allRoads, state, now);
    const route::RoadGraph& roads = *open;
    const std::vector<Need> needs = openNeeds(state, incident);
    const std::vector<Judged> judged = judge(state, roads, incident, needs);
    std::vector<Answers> all = answersTo(needs, judged);

    Recommendation result;
    result.incident = incidentId;
    result.factsAt = now;
    result.considered = judged.size();
    result.optimal = choose(all, judged);

    std::set<std::size_t> chosen;
    for (const Answers& answers : all)
        chosen.insert(answers.chosen.begin(), answers.chosen.end());
    std::map<model::ResourceId, const Judged*> judgedById;
    for (const Judged& one : judged)
        judgedById[one.resource->id] = &one;
    std::vector<std::size_t> drawn;
    for (Answers& answers : all) {
        int rank = 0;
        double lastChosen = 0;
        const auto add = [&](std::size_t i) -> Candidate& {
            const Judged& one = judged[i];
            Candidate& candidate = result.candidates.emplace_back();
            candidate.resource = one.resource->id;
            candidate.need = answers.need;
            candidate.level = levelOf(*one.resource, answers.need.capability);
            candidate.eta = base::Seconds(one.seconds);
            candidate.distance = base::Metres(one.metres);
            candidate.rank = ++rank;
            candidate.obstacle = one.obstacle;
            return candidate;
        };
        std::size_t taken = 0;
        for (const std::size_t i : answers.able) { // in order of ETA
            if (std::find(answers.chosen.begin(), answers.chosen.end(), i) == answers.chosen.end())
                continue;
            add(i).chosen = true;
            drawn.push_back(result.candidates.size() - 1);
            lastChosen = judged[i].seconds;
            ++taken;
        }
        std::size_t further = 0;
        for (const std::size_t i : answers.able) {
            if (chosen.contains(i) || further == furtherShown)
                continue;
            add(i).behind = base::Seconds(judged[i].seconds - lastChosen);
            if (++further == 1)
                drawn.push_back(result.candidates.size() - 1);
        }
        std::size_t shown = 0;
        for (const std::size_t i : answers.obstructed) {
            // What would not have been sent anyway is of no interest.
            const bool nearer =
                judged[i].seconds < lastChosen || taken < static_cast<std::size_t>(answers.need.quantity);
            if (!nearer || shown == obstructedShown)
                continue;
            Candidate& candidate = add(i);
            candidate.behind = base::Seconds(judged[i].seconds - lastChosen);
            if (candidate.obstacle == Obstacle::none)
                candidate.obstacle = Obstacle::lowLevel;
            ++shown;
        }
        const int missing = answers.need.quantity - static_cast<int>(taken);
        if (missing > 0)
            result.unmet.push_back({answers.need, missing, reasonUnmet(answers, judged)});
    }
    drawRoutes(result.candidates, drawn, judgedById, roads, incident.position);
    result.took = std::chrono::duration_cast<base::Duration>(std::chrono::steady_clock::now() - started);
    return result;
}

} // namespace tocsin::dispatch
