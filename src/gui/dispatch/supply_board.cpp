#include "gui/dispatch/supply_board.hpp"

#include "gui/dispatch/supply_thing.hpp"
#include "tocsin/base/seconds.hpp"
#include "tocsin/geo/measure.hpp"
#include "tocsin/model/promises.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <tuple>

namespace tocsin::gui {

namespace {

using model::AssignmentState;
using model::NeedKind;
using model::ResourceKind;

constexpr double nothing = 1e-9;
constexpr double guessedMetresPerSecond = 12; ///< straight, while the roads have not answered
constexpr double longestWait = 366 * 86'400.0; ///< seconds; what comes later than that is no help
constexpr std::size_t mostWays = 16;           ///< of each thing and incident: the nearest that have it

using Thing = SupplyThing;

double secondsOf(const SupplySource& source) {
    return source.drive ? source.drive->value : source.away.value / guessedMetresPerSecond;
}

class Board {
  public:
    Board(const model::State& state, base::Time now, const SupplyTimes& times) : m_state(state), m_now(now), m_times(times) {
        for (const auto& [id, request] : m_state.aidRequests) {
            const auto incident = m_state.incidents.find(request.incident);
            const bool here = request.state == model::AidState::arrived && incident != m_state.incidents.end() &&
                              incident->second.state == model::IncidentState::open;
            for (const auto& item : request.items) {
                if (here || model::isToCome(request))
                    m_asked[{request.partner, item.code}] += model::lentOf(item);
            }
        }
    }

    std::vector<SupplyLine> make() {
        std::vector<SupplyLine> out;
        std::map<Thing, SupplyLine> sums;
        for (const auto* incident : openIncidents()) {
            auto lines = linesOf(*incident);
            countAsked(*incident, lines);
            for (auto& [thing, line] : lines) {
                if (line.open > nothing)
                    find(*incident, thing, line);
                addUp(sums[thing], line);
                out.push_back(std::move(line));
            }
        }
        for (auto& [thing, sum] : sums)
            out.push_back(std::move(sum));
        return out;
    }

    SupplyWays ways() {
        SupplyWays out;
        std::map<model::ResourceId, model::Position> sources;
        for (const auto* incident : openIncidents()) {
            bool any = false;
            for (const auto& [thing, line] : linesOf(*incident)) {
                if (line.open <= nothing)
                    continue;
                auto sourcesOf = candidates(*incident, thing);
                for (auto* list : {&sourcesOf.own, &sourcesOf.lent}) {
                    const auto most = static_cast<std::ptrdiff_t>(std::min(mostWays, list->size()));
                    std::partial_sort(list->begin(), list->begin() + most, list->end(), [](const auto& a, const auto& b) {
                        return std::tie(a.source.away.value, a.source.resource) < std::tie(b.source.away.value, b.source.resource);
                    });
                    list->resize(static_cast<std::size_t>(most));
                    for (const auto& one : *list)
                        sources[one.source.resource] = m_state.resources.at(one.source.resource).position;
                    any = any || !list->empty();
                }
            }
            if (any) {
                out.incidents.push_back(incident->id);
                out.to.push_back(incident->position);
            }
        }
        for (const auto& [id, position] : sources) {
            out.sources.push_back(id);
            out.from.push_back(position);
        }
        return out;
    }

  private:
    struct Candidate {
        SupplySource source;
        const model::Offer* offer{nullptr}; ///< of a lender
        double used{0};                     ///< of what it has, for others
    };
    struct Candidates {
        std::vector<Candidate> own;
        std::vector<Candidate> lent;
    };

    [[nodiscard]] std::vector<const model::Incident*> openIncidents() const {
        std::vector<const model::Incident*> open;
        for (const auto& [id, incident] : m_state.incidents) {
            if (incident.state == model::IncidentState::open && !incident.needs.empty())
                open.push_back(&incident);
        }
        std::stable_sort(open.begin(), open.end(), [](const auto* a, const auto* b) {
            return std::tie(a->grade, a->openedAt) < std::tie(b->grade, b->openedAt);
        });
        return open;
    }

    std::map<Thing, SupplyLine> linesOf(const model::Incident& incident) {
        std::map<Thing, SupplyLine> lines;
        for (const auto& need : incident.needs) {
            const auto thing = thingOf(need);
            auto& line = lines[thing];
            line.incident = incident.id;
            line.kind = thing.kind;
            line.code = thing.code;
            line.unit = thing.unit;
            line.needed += quantityOf(need);
            if (need.within.value > 0) {
                const auto by = incident.openedAt + std::chrono::duration_cast<base::Duration>(
                                                        std::chrono::duration<double>(need.within.value));
                line.wantedBy = std::min(line.wantedBy.value_or(by), by);
            }
        }
        std::vector<std::pair<int, const model::Assignment*>> teams; // by level
        for (const auto& [id, one] : m_state.assignments) {
            if (one.incident != incident.id)
                continue;
            count(one, lines);
            const auto team = m_state.resources.find(one.resource);
            if (one.purpose == model::Purpose::team && one.state != AssignmentState::released) // else it serves the need no more
                teams.emplace_back(team == m_state.resources.end() ? 0 : model::levelOf(team->second, one.capability), &one);
        }
        std::stable_sort(teams.begin(), teams.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
        for (const auto& [level, team] : teams)
            countTeam(*team, level, lines);
        countLent(incident, lines);
        for (auto& [thing, line] : lines) {
            line.name = nameOf(thing);
            line.inStock = stockOf(thing);
            line.aboard = aboardOf(thing);
            line.open = std::max(0.0, line.needed - line.onTheWay - line.delivered);
            line.missing = line.open;
        }
        return lines;
    }

    static bool serves(const model::AidItem& item, const Thing& thing) {
        return thing.code == item.code && (thing.unit.empty() || item.unit == thing.unit);
    }

    /// What others have brought is there until it is given back. As the planner counts: first to the hardest that still lacks something, for
    /// it was asked for because the county's own did not do; what is too much stands with the first.
    void countLent(const model::Incident& incident, std::map<Thing, SupplyLine>& lines) const {
        for (const auto& [id, request] : m_state.aidRequests) {
            if (request.incident != incident.id || request.state != model::AidState::arrived)
                continue;
            for (const auto& item : request.items) {
                double left = model::lentOf(item);
                SupplyLine* first = nullptr;
                for (auto line = lines.rbegin(); line != lines.rend(); ++line) { // of one code the highest level comes last
                    if (!serves(item, line->first))
                        continue;
                    first = first == nullptr ? &line->second : first;
                    const double lacks = line->second.needed - line->second.onTheWay - line->second.delivered;
                    const double given = std::clamp(left, 0.0, std::max(0.0, lacks));
                    line->second.delivered += given;
                    left -= given;
                }
                if (first != nullptr)
                    first->delivered += std::max(0.0, left);
            }
        }
    }

    /// What was asked for goes to the need of that kind which is least asked for yet.
    void countAsked(const model::Incident& incident, std::map<Thing, SupplyLine>& lines) const {
        for (const auto& [id, request] : m_state.aidRequests) {
            if (request.incident != incident.id || !model::isToCome(request))
                continue;
            for (const auto& item : request.items) {
                SupplyLine* best = nullptr;
                for (auto& [thing, line] : lines) {
                    if (serves(item, thing) &&
                        (best == nullptr || line.open - line.askedFor > best->open - best->askedFor))
                        best = &line;
                }
                if (best != nullptr)
                    best->askedFor += model::lentOf(item);
            }
        }
    }

    static void count(const model::Assignment& one, std::map<Thing, SupplyLine>& lines) {
        const bool there = one.arrivedAt.has_value();
        const bool gone = one.state == AssignmentState::released;
        const auto put = [&](SupplyLine& line, double quantity) {
            if (there)
                line.delivered += quantity;
            else if (!gone)
                line.onTheWay += quantity;
        };
        for (auto& [thing, line] : lines) {
            if (thing.kind != NeedKind::supply)
                continue;
            for (const auto& item : one.load) {
                if (item.code == thing.code && (thing.unit.empty() || item.unit == thing.unit))
                    put(line, item.quantity);
            }
        }
        if (one.purpose == model::Purpose::shelter) {
            if (const auto line = lines.find(Thing{NeedKind::shelter, "shelter", {}, 0}); line != lines.end())
                put(line->second, one.people);
        }
    }

    /// As the planner counts: the ablest come first, each to the hardest need that it meets and that still lacks somebody; one that meets
    /// none was a person's own choice and serves the easiest.
    static void countTeam(const model::Assignment& one, int level, std::map<Thing, SupplyLine>& lines) {
        SupplyLine* best = nullptr;
        std::tuple<bool, bool, int> bestRank;
        for (auto& [thing, line] : lines) {
            if (thing.kind != NeedKind::team || thing.code != one.capability)
                continue;
            const bool meets = thing.level <= level;
            const std::tuple rank(line.needed > line.onTheWay + line.delivered, meets, meets ? thing.level : -thing.level);
            if (best == nullptr || rank > bestRank) {
                best = &line;
                bestRank = rank;
            }
        }
        if (best != nullptr)
            (one.arrivedAt ? best->delivered : best->onTheWay) += 1;
    }

    [[nodiscard]] base::LocalText nameOf(const Thing& thing) const {
        if (thing.kind != NeedKind::supply)
            return {};
        for (const auto& [id, one] : m_state.resources) {
            for (const auto& stock : one.stock) {
                if (stock.code == thing.code && !stock.name.text.empty())
                    return stock.name;
            }
            for (const auto& offer : one.offers) {
                if (offer.code == thing.code && !offer.name.text.empty())
                    return offer.name;
            }
        }
        return base::LocalText(thing.code);
    }

    double stockOf(const Thing& thing) {
        double out = 0;
        for (const auto& [id, one] : m_state.resources)
            out += roomOf(one, thing);
        return out;
    }

    [[nodiscard]] double aboardOf(const Thing& thing) const {
        double out = 0;
        for (const auto& [id, one] : m_state.resources) {
            if (thing.kind == NeedKind::supply && !one.retired && one.status != model::ResourceStatus::outOfService && !model::isStore(one))
                out += stockIn(one, thing, m_now);
        }
        return out;
    }

    double roomOf(const model::Resource& one, const Thing& thing) {
        double out = freeOf(one, thing, m_now);
        if (thing.kind == NeedKind::shelter && out > 0)
            out = std::max(0.0, out - promisedIn(one.id));
        if (thing.kind == NeedKind::team && out <= 0 && m_posts.contains(one.id)) // stands by to be sent
            out = isAble(one, thing) ? 1 : 0;
        return out;
    }

    /// Loads are reserved in the warehouse's own account, people are not.
    [[nodiscard]] int promisedIn(model::ResourceId shelter) const {
        const auto found = m_promised.find(shelter);
        return found == m_promised.end() ? 0 : found->second;
    }

    [[nodiscard]] Candidates candidates(const model::Incident& incident, const Thing& thing) {
        Candidates out;
        for (const auto& [id, one] : m_state.resources) {
            const auto taken = m_taken.find(keyOf(id, thing));
            const double used = taken == m_taken.end() ? 0 : taken->second;
            const double here = roomOf(one, thing) - used;
            const bool lends = !one.retired && one.status != model::ResourceStatus::outOfService &&
                               std::any_of(one.offers.begin(), one.offers.end(),
                                           [&](const auto& offer) { return offer.code == thing.code; });
            if (here <= nothing && !lends)
                continue;
            SupplySource source{id, one.kind, here, base::Seconds(0), geo::distance(one.position, incident.position)};
            if (const auto known = m_times.find({incident.id, id}); known != m_times.end())
                source.drive = known->second;
            if (here > nothing)
                out.own.push_back({source, nullptr, used});
            if (!lends)
                continue;
            const auto asked = m_asked.find({id, thing.code});
            const double promised = used + (asked == m_asked.end() ? 0 : asked->second);
            for (const auto& offer : one.offers) {
                if (offer.code != thing.code || (!thing.unit.empty() && offer.unit != thing.unit) ||
                    (offer.quantity <= promised && offer.perDay <= nothing))
                    continue;
                source.quantity = std::max(0.0, offer.quantity - promised);
                source.lead = offer.lead;
                out.lent.push_back({source, &offer, promised});
            }
        }
        return out;
    }

    static std::pair<model::ResourceId, std::string> keyOf(model::ResourceId id, const Thing& thing) {
        return {id, thing.kind == NeedKind::team ? std::string() : thing.code};
    }

    /// Seconds from now until `quantity` of a source could be there; what a lender has not lying there is made first.
    static double until(const Candidate& one, double quantity) {
        double seconds = one.source.lead.value + secondsOf(one.source);
        if (one.offer != nullptr && one.offer->perDay > nothing)
            seconds += std::max(0.0, quantity + one.used - one.offer->quantity) / one.offer->perDay * 86'400;
        return seconds;
    }

    /// From where what is open would come: the same stock is not named for two incidents.
    void find(const model::Incident& incident, const Thing& thing, SupplyLine& line) {
        auto [own, lent] = candidates(incident, thing);
        const auto soonest = [](const Candidate& a, const Candidate& b) {
            return std::tuple(until(a, 0), a.source.away.value) < std::tuple(until(b, 0), b.source.away.value);
        };
        std::stable_sort(own.begin(), own.end(), soonest);
        std::stable_sort(lent.begin(), lent.end(), soonest);
        const double wanted = line.wantedBy ? std::chrono::duration<double>(*line.wantedBy - m_now).count() : 0;
        double left = line.open;
        const auto give = [&](Candidate& one, double quantity) {
            m_taken[keyOf(one.source.resource, thing)] += quantity;
            const double seconds = until(one, quantity);
            one.source.quantity = quantity;
            if (one.source.drive && seconds < longestWait) {
                one.source.there = m_now + base::toDuration(base::Seconds(seconds));
                one.source.late = line.wantedBy && *one.source.there > *line.wantedBy;
            }
            line.from.push_back(one.source);
        };
        for (auto& one : own) {
            if (left <= nothing)
                break;
            const double quantity = std::min(one.source.quantity, left);
            left -= quantity;
            give(one, quantity);
        }
        line.missing = left <= nothing ? 0 : left;
        left = std::max(0.0, line.missing - line.askedFor);
        // In the order of who would be there first, each as much as it has and can make until it is wanted …
        std::vector<double> wants(lent.size(), 0);
        for (std::size_t i = 0; i < lent.size() && left > nothing; ++i) {
            const double days = std::max(0.0, wanted - lent[i].source.lead.value - secondsOf(lent[i].source)) / 86'400;
            const double made = std::floor(std::max(0.0, lent[i].offer->perDay) * days);
            wants[i] = std::clamp(lent[i].offer->quantity - lent[i].used + made, 0.0, left);
            left -= wants[i];
        }
        // … and what then is still short from who has made it first, however late that is.
        if (left > nothing) {
            std::optional<std::size_t> first;
            for (std::size_t i = 0; i < lent.size(); ++i) {
                if (lent[i].offer->perDay > nothing && until(lent[i], wants[i] + left) < longestWait &&
                    (!first || until(lent[i], wants[i] + left) < until(lent[*first], wants[*first] + left)))
                    first = i;
            }
            if (first)
                wants[*first] += left;
        }
        for (std::size_t i = 0; i < lent.size(); ++i) {
            if (wants[i] > nothing)
                give(lent[i], wants[i]);
        }
    }

    static void addUp(SupplyLine& sum, const SupplyLine& line) {
        sum.kind = line.kind;
        sum.code = line.code;
        sum.name = line.name;
        sum.unit = line.unit;
        sum.inStock = line.inStock;
        sum.aboard = line.aboard;
        sum.needed += line.needed;
        sum.onTheWay += line.onTheWay;
        sum.delivered += line.delivered;
        sum.open += line.open;
        sum.missing += line.missing;
        sum.askedFor += line.askedFor;
        if (line.wantedBy)
            sum.wantedBy = std::min(sum.wantedBy.value_or(*line.wantedBy), *line.wantedBy);
        for (const auto& source : line.from) {
            const auto known = std::find_if(sum.from.begin(), sum.from.end(),
                                            [&](const auto& s) { return s.resource == source.resource; });
            if (known == sum.from.end())
                sum.from.push_back(source);
            else
                add(*known, source);
        }
    }

    /// To several places: when the last of it could be there.
    static void add(SupplySource& sum, const SupplySource& source) {
        sum.quantity += source.quantity;
        sum.away = std::max(sum.away, source.away);
        sum.late = sum.late || source.late;
        sum.drive = sum.drive && source.drive ? std::optional(std::max(*sum.drive, *source.drive)) : std::nullopt;
        sum.there = sum.there && source.there ? std::optional(std::max(*sum.there, *source.there)) : std::nullopt;
    }

    const model::State& m_state;
    std::map<model::ResourceId, int> m_promised{model::peoplePromised(m_state)};
    std::map<model::ResourceId, model::Position> m_posts{model::standingBy(m_state)};
    base::Time m_now;
    const SupplyTimes& m_times;
    std::map<std::pair<model::ResourceId, std::string>, double> m_taken;
    std::map<std::pair<model::ResourceId, std::string>, double> m_asked; ///< of lenders, by code: what is to come from them already
};

} // namespace

bool SupplyLine::canBorrow() const {
    return std::any_of(from.begin(), from.end(), [](const auto& source) {
        return source.kind == ResourceKind::enterprise || source.kind == ResourceKind::partner;
    });
}

double SupplyLine::toAsk() const {
    return std::max(0.0, (missing > nothing ? missing : open) - askedFor);
}

std::vector<SupplyLine> supplyBoard(const model::State& state, base::Time now, const SupplyTimes& times) {
    return Board(state, now, times).make();
}

SupplyWays supplyWays(const model::State& state, base::Time now) {
    const SupplyTimes none;
    return Board(state, now, none).ways();
}

std::vector<model::ResourceId> lendersOf(const model::State& state, const std::string& code) {
    std::vector<model::ResourceId> offering;
    std::vector<model::ResourceId> others;
    for (const auto& [id, one] : state.resources) {
        if (one.retired || (one.kind != ResourceKind::partner && one.kind != ResourceKind::enterprise))
            continue;
        const bool offers =
            std::any_of(one.offers.begin(), one.offers.end(), [&](const auto& offer) { return offer.code == code; });
        (offers ? offering : others).push_back(id);
    }
    offering.insert(offering.end(), others.begin(), others.end());
    return offering;
}

model::AidRequest draftAid(const model::State& state, const SupplyLine& line) {
    model::AidRequest out;
    if (line.incident)
        out.incident = *line.incident;
    for (const auto& source : line.from) {
        if (source.kind == ResourceKind::enterprise || source.kind == ResourceKind::partner) {
            out.partner = source.resource;
            break;
        }
    }
    if (const auto lenders = lendersOf(state, line.code); out.partner.isNull() && !lenders.empty())
        out.partner = lenders.front();
    model::AidItem item;
    item.code = line.code;
    item.name = line.name;
    item.quantity = line.toAsk();
    item.unit = line.unit;
    out.items.push_back(std::move(item));
    out.neededBy = line.wantedBy;
    return out;
}

} // namespace tocsin::gui
