#include "dispatch/cover_grid.hpp"

#include "dispatch/routes.hpp"
#include "tocsin/dispatch/closures.hpp"
#include "tocsin/dispatch/turnout.hpp"
#include "tocsin/geo/measure.hpp"
#include "tocsin/model/promises.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

namespace tocsin::dispatch {
namespace {

constexpr double horizonSeconds = 4 * 3600;
constexpr std::size_t mostInput = 2'000'000;

/// Puts people together on a grid, wider and wider until there are few enough; a cell stands at its people's middle.
std::vector<Populated> gathered(const std::vector<Populated>& people, std::size_t most) {
    if (people.size() <= most)
        return people;
    geo::Box box;
    for (const Populated& one : people)
        box.add(one.position);
    double cell =
        std::sqrt(std::max(1e-12, (box.north - box.south) * (box.east - box.west)) / static_cast<double>(most));
    for (;; cell *= 1.2) {
        struct Sum {
            double people{0}, latitude{0}, longitude{0};
        };
        std::map<std::pair<long, long>, Sum> sums;
        for (const Populated& one : people) {
            if (one.people <= 0)
                continue;
            Sum& sum = sums[{std::lround(std::floor((one.position.latitude() - box.south) / cell)),
                             std::lround(std::floor((one.position.longitude() - box.west) / cell))}];
            sum.people += one.people;
            sum.latitude += one.people * one.position.latitude();
            sum.longitude += one.people * one.position.longitude();
        }
        if (sums.size() > most)
            continue;
        std::vector<Populated> cells;
        for (const auto& [key, sum] : sums)
            cells.push_back(
                {model::Position::trusted(sum.latitude / sum.people, sum.longitude / sum.people), sum.people});
        return cells;
    }
}

/// The ends of the roads that somebody free can reach, each once.
std::vector<Populated> junctions(const route::RoadGraph& roads, const std::vector<model::Position>& from) {
    std::set<std::pair<double, double>> ends;
    for (const route::ReachedRoad& road :
         roads.reachAround(from, route::ReachDirection::fromPlaces, base::Seconds(horizonSeconds))) {
        for (const model::Position& end : {road.line.front(), road.line.back()})
            ends.emplace(std::round(end.latitude() * 1e5) / 1e5, std::round(end.longitude() * 1e5) / 1e5);
    }
    std::vector<Populated> points;
    for (const auto& [latitude, longitude] : ends)
        points.push_back({model::Position::trusted(latitude, longitude), 1});
    return points;
}

bool counts(const model::Resource& resource, const Weights& weights) {
    const auto& wanted = weights.coverCapabilities;
    return std::any_of(resource.capabilities.begin(), resource.capabilities.end(), [&](const model::Capability& own) {
        return own.level > 0 && (wanted.empty() || std::find(wanted.begin(), wanted.end(), own.code) != wanted.end());
    });
}

/// Also off the road, where no way leads.
bool isThere(const model::Position& place, const model::Position& cell) {
    constexpr double degrees = 0.0003; // some more than the metres
    return std::abs(place.latitude() - cell.latitude()) < degrees && geo::distance(place, cell).value <= thereAlreadyMetres;
}

/// Road seconds from those of `places` that `asked` names, to each cell. The matrix searches from the fewer of both.
base::Result<void> addSeconds(CoverGrid::Kind& kind, const std::vector<model::Position>& places,
                              const std::set<std::size_t>& asked, const std::vector<Populated>& cells,
                              const std::stop_token& stop) {
    kind.seconds.resize(places.size());
    if (kind.roads == nullptr || cells.empty()) {
        for (const std::size_t place : asked)
            for (const Populated& cell : cells)
                kind.seconds[place].push_back(isThere(places[place], cell.position)
                                                  ? 0
                                                  : std::numeric_limits<float>::infinity());
        return {};
    }
    std::vector<model::Position> starts;
    for (const std::size_t place : asked)
        starts.push_back(places[place]);
    std::vector<model::Position> targets;
    for (const Populated& cell : cells)
        targets.push_back(cell.position);
    const auto table = kind.roads->timesBetween(starts, targets, {.threads = 2, .cancel = stop});
    if (!table)
        return tl::unexpected(table.error());
    std::size_t row = 0;
    for (const std::size_t place : asked) {
        auto& seconds = kind.seconds[place];
        for (std::size_t c = 0; c < cells.size(); ++c)
            seconds.push_back(isThere(places[place], cells[c].position) ? 0 : static_cast<float>(table->at(row, c)));
        ++row;
    }
    return {};
}

} // namespace

double CoverGrid::time(const Free& one, std::size_t from, std::size_t cell) const {
    if (one.resource->flies)
        return straight.empty() ? std::numeric_limits<double>::infinity() : one.flight.seconds(straight[from][cell]);
    return kinds[one.kind].seconds[from][cell] / one.factor;
}

base::Result<CoverGrid> coverGrid(const CoverQuestion& question, Roads& roads, bool withPosts) {
    if (question.population.size() > mostInput)
        return base::fail(base::Code::tooLarge, "more than two million places where people live");
    for (const Populated& one : question.population) {
        if (!std::isfinite(one.people) || one.people < 0)
            return base::fail(base::Code::outOfRange, "people at a place are not a number of 0 or more");
    }
    CoverGrid grid;
    grid.target = question.weights.coverTarget.value;
    grid.ofPlaces = question.population.empty();
    const auto busy = busyResources(*question.state);
    const auto posts = model::standingBy(*question.state);
    const auto turnouts = Turnouts::learn(*question.state);
    std::map<std::pair<double, double>, std::size_t> rowOf;
    const auto row = [&](const model::Position& position) {
        const auto [at, fresh] =
            rowOf.emplace(std::pair(position.latitude(), position.longitude()), grid.places.size());
        if (fresh)
            grid.places.push_back(position);
        return at->second;
    };
    bool flies = false;
    std::vector<std::set<std::size_t>> asked; // by kind: the places from which one of it may come
    for (const auto& [id, resource] : question.state->resources) {
        const auto post = posts.find(id);
        const bool free = resource.status == model::ResourceStatus::available || post != posts.end();
        if (!mayGo(resource.kind) || resource.retired || !free || busy.contains(id) || nobodyUntil(resource, question.now) || !canTravel(resource) ||
            !counts(resource, question.weights))
            continue;
        CoverGrid::Free one{&resource, row(post == posts.end() ? resource.position : post->second), 0, 1, {}, 0};
        if (post == posts.end())
            one.turnout = turnouts.of(resource).value;
        if (resource.flies) {
            flies = true;
            one.flight = roads.flightOf(resource);
            one.turnout = std::max(0.0, one.turnout - one.flight.startSeconds); // its start is in its flight
        } else {
            const auto [graph, factor] = roads.ofClass(resource);
            const auto known = std::find_if(grid.kinds.begin(), grid.kinds.end(),
                                            [&, &found = graph](const auto& kind) { return kind.roads == found; });
            one.kind = static_cast<std::size_t>(known - grid.kinds.begin());
            one.factor = factor;
            if (known == grid.kinds.end()) {
                grid.kinds.push_back({graph, {}});
                asked.emplace_back();
            }
            asked[one.kind].insert(one.from);
        }
        grid.free.push_back(one);
    }
    const std::vector<model::Position> freeAt = grid.places;
    if (withPosts) {
        std::set<std::size_t> seen;
        for (const auto& [id, resource] : question.state->resources) {
            const bool station = resource.kind == model::ResourceKind::station;
            if (resource.retired || (!station && (!mayGo(resource.kind) || !counts(resource, question.weights))))
                continue;
            const model::Position& place = station ? resource.position : resource.home;
            if (place == model::Position{})
                continue;
            if (const std::size_t at = row(place); seen.insert(at).second)
                grid.posts.push_back({place, &resource, at});
        }
        for (auto& places : asked)
            places.insert(seen.begin(), seen.end());
    }
    if (!question.population.empty())
        grid.cells = gathered(question.population, std::max<std::size_t>(1, question.mostCells));
    else if (roads.plain() != nullptr && !freeAt.empty())
        grid.cells = gathered(junctions(*roads.plain(), freeAt), std::max<std::size_t>(1, question.mostCells));
    std::erase_if(grid.cells, [](const Populated& cell) { return cell.people <= 0; });
    for (std::size_t kind = 0; kind < grid.kinds.size(); ++kind) {
        if (auto added = addSeconds(grid.kinds[kind], grid.places, asked[kind], grid.cells, question.stop); !added)
            return tl::unexpected(added.error());
    }
    if (question.stop.stop_requested())
        return base::fail(base::Code::cancelled, "the question was withdrawn");
    if (flies) {
        for (const model::Position& place : grid.places) {
            auto& metres = grid.straight.emplace_back();
            for (const Populated& cell : grid.cells)
                metres.push_back(static_cast<float>(geo::distance(place, cell.position).value));
        }
    }
    return grid;
}

Cover judgeCover(const CoverGrid& grid, const std::set<model::ResourceId>& taken, const std::set<model::ResourceId>& elsewhere,
                 Roads& roads) {
    constexpr double infinite = std::numeric_limits<double>::infinity();
    const std::size_t cells = grid.cells.size();
    std::vector<double> before(cells, infinite);
    std::vector<double> after(cells, infinite);
    std::vector<double> inAll(cells, infinite); // after, without those who are wanted elsewhere
    std::vector<double> second(cells, infinite); // the next nearest after the plan, for what goes away to stand by
    std::vector<std::size_t> first(cells, grid.free.size());
    for (std::size_t f = 0; f < grid.free.size(); ++f) {
        const bool goes = taken.contains(grid.free[f].resource->id);
        const bool wanted = elsewhere.contains(grid.free[f].resource->id);
        for (std::size_t c = 0; c < cells; ++c) {
            const double time = grid.time(grid.free[f], c);
            before[c] = std::min(before[c], time);
            if (goes)
                continue;
            if (!wanted)
                inAll[c] = std::min(inAll[c], time);
            if (time < after[c]) {
                second[c] = after[c];
                after[c] = time;
                first[c] = f;
            } else {
                second[c] = std::min(second[c], time);
            }
        }
    }
    Cover cover;
    cover.target = base::Seconds(grid.target);
    cover.ofPlaces = grid.ofPlaces;
    double reached = 0;
    for (std::size_t c = 0; c < cells; ++c) {
        const double people = grid.cells[c].people;
        CoverCell& cell = cover.cells.emplace_back();
        cell.position = grid.cells[c].position;
        cell.people = people;
        cover.people += people;
        if (std::isfinite(before[c]))
            cell.before = base::Seconds(before[c]);
        if (std::isfinite(after[c])) {
            cell.after = base::Seconds(after[c]);
            reached += people;
            cover.meanBefore += base::Seconds(before[c] * people);
            cover.meanAfter += base::Seconds(after[c] * people);
        }
        const bool had = before[c] <= grid.target;
        const bool has = after[c] <= grid.target;
        cover.peopleBefore += had ? people : 0;
        cover.peopleAfter += has ? people : 0;
        cover.peopleLost += had && !has ? people : 0;
        cover.peopleLostInAll += had && !(inAll[c] <= grid.target) ? people : 0;
    }
    if (reached > 0) {
        cover.meanBefore = cover.meanBefore / reached;
        cover.meanAfter = cover.meanAfter / reached;
    }
    if (cover.peopleLost <= 0)
        return cover;

    std::vector<std::size_t> bare; // without cover after the plan: what a move can regain
    for (std::size_t c = 0; c < cells; ++c) {
        if (!(after[c] <= grid.target))
            bare.push_back(c);
    }
    std::vector<std::vector<std::size_t>> alone(grid.free.size()); // who goes away uncovers these
    for (std::size_t c = 0; c < cells; ++c) {
        if (after[c] <= grid.target && !(second[c] <= grid.target))
            alone[first[c]].push_back(c);
    }
    // What a move regains, but for the cells that only who moves has covered, is the same for all who drive or fly alike.
    struct Gain {
        double regained{0};
        double left{0};
        std::size_t post{0};
    };
    using Alike = std::tuple<std::size_t, double, double>;
    const auto alikeOf = [](const CoverGrid::Free& one) {
        return one.resource->flies ? Alike(one.kind, one.flight.metresPerSecond, one.flight.startSeconds)
                                   : Alike(one.kind, one.factor, -1);
    };
    std::map<Alike, std::vector<Gain>> gains; // the most regained first
    const auto gainsOf = [&](const CoverGrid::Free& one) -> const std::vector<Gain>& {
        const auto [at, fresh] = gains.try_emplace(alikeOf(one));
        if (!fresh)
            return at->second;
        for (std::size_t p = 0; p < grid.posts.size(); ++p) {
            Gain gain{0, 0, p};
            for (const std::size_t c : bare) {
                if (grid.time(one, grid.posts[p].from, c) <= grid.target)
                    gain.regained += grid.cells[c].people;
                else if (before[c] <= grid.target)
                    gain.left += grid.cells[c].people;
            }
            at->second.push_back(gain);
        }
        std::stable_sort(at->second.begin(), at->second.end(),
                         [](const Gain& a, const Gain& b) { return a.regained > b.regained; });
        return at->second;
    };
    std::set<std::size_t> postPlaces;
    for (const CoverGrid::Post& post : grid.posts)
        postPlaces.insert(post.from);
    std::optional<std::tuple<double, double, std::size_t, std::size_t>> best; // −regained, metres, resource, post
    double bestLeft = 0;
    // Two of a kind at one station that cover nothing alone are one.
    std::set<std::tuple<std::size_t, Alike, bool>> tried;
    for (std::size_t f = 0; f < grid.free.size(); ++f) {
        const auto& one = grid.free[f];
        if (taken.contains(one.resource->id) || elsewhere.contains(one.resource->id))
            continue;
        if (!tried.emplace(one.from, alikeOf(one), alone[f].empty()).second && alone[f].empty())
            continue;
        cover.movesTried += grid.posts.size() - postPlaces.count(one.from);
        for (const Gain& gain : gainsOf(one)) {
            if (gain.regained <= 0 || (best && -gain.regained > std::get<0>(*best)))
                break; // nor does any that follows
            const CoverGrid::Post& post = grid.posts[gain.post];
            if (post.from == one.from)
                continue;
            double regained = gain.regained;
            double left = gain.left;
            for (const std::size_t c : alone[f]) {
                if (grid.time(one, post.from, c) <= grid.target)
                    continue;
                regained -= grid.cells[c].people;
                left += grid.cells[c].people;
            }
            if (regained <= 0)
                continue;
            const double away = geo::distance(grid.places[one.from], post.position).value;
            const std::tuple key(-regained, away, f, gain.post);
            if (!best || key < *best) {
                best = key;
                bestLeft = left;
            }
        }
    }
    if (!best)
        return cover;
    const auto& [regained, away, f, p] = *best;
    StandBy move;
    move.resource = grid.free[f].resource->id;
    move.position = grid.posts[p].position;
    move.at = grid.posts[p].of->id;
    move.place =
        grid.posts[p].of->kind == model::ResourceKind::station ? grid.posts[p].of->name : grid.posts[p].of->place;
    move.peopleRegained = -regained;
    move.peopleLeft = bestLeft;
    const Mover mover{grid.free[f].resource, grid.places[grid.free[f].from]};
    if (auto way = journeyOf(roads, mover, {&move.position, 1}, 0, 1)) {
        move.eta = way->line.duration;
        move.route = std::move(way->line);
    }
    cover.standBy = move;
    return cover;
}

base::Result<Cover> coverOf(const CoverQuestion& question) {
    if (question.state == nullptr)
        return base::fail(base::Code::unavailable, "there is no state to judge");
    if (auto ok = check(question.weights); !ok)
        return tl::unexpected(ok.error());
    Roads open(question.roads == nullptr ? nullptr : withoutClosures(*question.roads, *question.state, question.now), question.profiles,
               question.conditions);
    auto grid = coverGrid(question, open, true);
    if (!grid)
        return tl::unexpected(grid.error());
    return judgeCover(*grid, question.taken, question.elsewhere, open);
}

} // namespace tocsin::dispatch
