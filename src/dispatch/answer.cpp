#include "dispatch/answer.hpp"

#include "dispatch/places_kept.hpp"
#include "dispatch/routes.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

namespace tocsin::dispatch {
namespace {

constexpr double longestEta = 86'400;

/// Fills in what is known of a resource on its way to a site.
Choice choiceOf(const Question& question, const Facts& facts, std::uint32_t site, std::uint32_t g, int level) {
    const Giver& giver = facts.givers[g];
    const Travel travel = facts.travels.at(site, g);
    Choice choice;
    choice.resource = giver.resource->id;
    choice.level = level;
    choice.there = travel.there;
    choice.straight = travel.leads && !travel.there && facts.roads->isBoat(travellerOf(*giver.resource));
    choice.distance = base::Metres(travel.metres);
    choice.positionAge = base::Seconds(giver.positionAge);
    if (travel.leads) {
        const EtaInterval eta = facts.eta(question, g, travel);
        choice.eta = eta.middle;
        choice.etaLow = eta.low;
        choice.etaHigh = eta.high;
        choice.plain = base::Seconds(travel.seconds);
        if (!travel.there)
            choice.turnout = base::Seconds(giver.turnout);
    } else if (canTravel(*giver.resource)) {
        choice.eta = choice.etaLow = choice.etaHigh = base::Seconds(longestEta);
    }
    if (giver.running != nullptr)
        choice.leaves = giver.running->id;
    choice.freeAt = giver.freeAt;
    choice.freeGuessed = giver.freeGuessed;
    return choice;
}

std::string_view reasonFor(Obstacle obstacle) {
    switch (obstacle) {
    case Obstacle::busy:
    case Obstacle::none:
        return "all-busy";
    case Obstacle::outOfService:
    case Obstacle::maintenance:
    case Obstacle::offDuty:
        return "all-out-of-service";
    case Obstacle::claimed:
        return "claimed";
    case Obstacle::overCrewHours:
        return "over-crew-hours";
    case Obstacle::positionTooOld:
        return "position-too-old";
    case Obstacle::tooFar:
        return "too-far";
    case Obstacle::noRoad:
        return "no-road";
    case Obstacle::cannotTravel:
        return "cannot-travel";
    case Obstacle::noPayload:
        return "no-payload";
    case Obstacle::lacksCapability:
        return "none-has-capability";
    case Obstacle::lowLevel:
        return "none-has-level";
    case Obstacle::promised: // these are of places
    case Obstacle::otherUnit:
    case Obstacle::noneLeft:
    case Obstacle::oldCount:
    case Obstacle::worseInAll:
        return "out-of-stock";
    case Obstacle::expired:
        return "stock-expired";
    case Obstacle::full:
        return "shelters-full";
    }
    return "all-busy";
}

class Teller {
  public:
    Teller(const Question& question, const Facts& facts, const Posed& posed, const Solved& solved)
        : m_question(question), m_facts(facts), m_posed(posed), m_solved(solved) {
        for (std::uint32_t a = 0; a < posed.needOf.size(); ++a)
            m_askOf[posed.needOf[a]] = a;
        m_ofAsk.resize(posed.problem.asks.size());
        m_first.assign(posed.problem.asks.size() + 1, 0);
        for (const Option& option : posed.problem.options)
            ++m_first[option.ask + 1];
        for (std::size_t a = 1; a < m_first.size(); ++a)
            m_first[a] += m_first[a - 1];
        for (const std::uint32_t i : solved.teams.options)
            m_ofAsk[posed.problem.options[i].ask].push_back(i);
    }

    void team(std::uint32_t n, NeedAnswer& out) const {
        const OpenNeed& need = m_facts.needs[n];
        const std::uint32_t ask = m_askOf.at(n);
        double served = 0;
        for (const std::uint32_t i : m_ofAsk[ask]) {
            const Option& option = m_posed.problem.options[i];
            ++served;
            if (runsOn(m_facts, m_posed, option)) {
                out.open -= 1; // on its way already, and stays so
                continue;
            }
            Choice choice = choiceOf(m_question, m_facts, need.site, option.giver, levelIn(option.giver, need));
            choice.late = base::Seconds(m_posed.late[i]);
            choice.costs = base::Seconds(std::round(option.cost * 10) / 10);
            out.chosen.push_back(std::move(choice));
        }
        sortByEta(out.chosen);
        for (const Instead& instead : m_solved.instead[ask]) {
            Choice choice = choiceOf(m_question, m_facts, need.site, instead.giver, levelIn(instead.giver, need));
            choice.costs = base::Seconds(instead.costs);
            choice.needsLost = instead.lost;
            choice.costsKnown = instead.known;
            for (std::size_t i = m_first[ask]; i < m_first[ask + 1]; ++i) {
                if (m_posed.problem.options[i].giver == instead.giver)
                    choice.late = base::Seconds(m_posed.late[i]);
            }
            out.others.push_back(std::move(choice));
        }
        const double missing = need.open - served;
        const double last = out.chosen.empty() ? 0 : out.chosen.back().eta.value;
        std::vector<Kept> kept;
        for (const auto& [one, obstacle] : m_posed.judged[ask]) {
            if (obstacle == Obstacle::none)
                continue;
            const double eta = etaOf(need.site, one.giver);
            // What would not have been sent anyway is of no interest.
            if (missing > 0 || eta < last)
                kept.push_back({std::llround(eta * 10), one.level, obstacle, one.giver});
        }
        std::sort(kept.begin(), kept.end(), [](const Kept& a, const Kept& b) {
            return std::tie(a.tenths, a.level, a.giver) < std::tie(b.tenths, b.level, b.giver);
        });
        if (missing > 0)
            out.unmet = whyUnmet(need, ask, missing, kept);
        for (std::size_t k = 0; k < std::min(kept.size(), keptShown); ++k) {
            Choice choice = choiceOf(m_question, m_facts, need.site, kept[k].giver, kept[k].level);
            choice.obstacle = kept[k].obstacle;
            if (kept[k].obstacle == Obstacle::claimed)
                choice.claimedBy = m_facts.givers[kept[k].giver].resource->claimedBy;
            out.kept.push_back(std::move(choice));
        }
    }

  private:
    /// One who could but may not.
    struct Kept {
        std::int64_t tenths; ///< of a second, until he would be there
        int level;
        Obstacle obstacle;
        std::uint32_t giver;
    };
    [[nodiscard]] double etaOf(std::uint32_t site, std::uint32_t giver) const {
        if (const double seconds = m_facts.travels.seconds(site, giver); std::isfinite(seconds))
            return m_facts.middle(giver, seconds);
        return canTravel(*m_facts.givers[giver].resource) ? longestEta : 0;
    }
    [[nodiscard]] int levelIn(std::uint32_t giver, const OpenNeed& need) const {
        return levelOf(*m_facts.givers[giver].resource, need.need.capability);
    }
    static void sortByEta(std::vector<Choice>& choices) {
        std::stable_sort(choices.begin(), choices.end(), [](const Choice& a, const Choice& b) {
            return std::llround((a.turnout + a.eta).value * 10) < std::llround((b.turnout + b.eta).value * 10);
        });
    }

    [[nodiscard]] Unmet whyUnmet(const OpenNeed& need, std::uint32_t ask, double missing,
                                 const std::vector<Kept>& kept) const {
        Unmet unmet;
        unmet.missing = missing;
        const auto found = m_facts.capable.find(need.need.capability);
        if (found == m_facts.capable.end() || found->second.empty()) {
            unmet.reason = "none-has-capability";
            return unmet;
        }
        bool levelThere = false;
        bool elsewhere = false;
        for (const auto& [one, why] : m_posed.judged[ask]) {
            unmet.bestLevel = std::max(unmet.bestLevel, one.level);
            if (one.level < need.need.level || why == Obstacle::cannotTravel)
                continue;
            levelThere = true;
            const bool here = std::any_of(m_ofAsk[ask].begin(), m_ofAsk[ask].end(), [&](std::uint32_t i) {
                return m_posed.problem.options[i].giver == one.giver;
            });
            elsewhere = elsewhere || (why == Obstacle::none && !here);
        }
        if (!levelThere) {
            // Those of the level that are there but cannot move come next; nobody at all comes first.
            const bool parked = std::any_of(found->second.begin(), found->second.end(),
                                            [&](const Capable& one) { return one.level >= need.need.level; });
            unmet.reason = parked ? "cannot-travel" : "none-has-level";
            return unmet;
        }
        const Kept* nearest = nullptr;
        const Kept* freest = nullptr; // of the busy ones
        bool anyBusy = false;
        for (const Kept& one : kept) {
            if (one.level < need.need.level || one.obstacle == Obstacle::cannotTravel)
                continue;
            anyBusy = anyBusy || one.obstacle == Obstacle::busy;
            const auto& freeAt = m_facts.givers[one.giver].freeAt;
            if (one.obstacle == Obstacle::busy && freeAt && (!unmet.freeAt || *freeAt < *unmet.freeAt)) {
                unmet.freeAt = freeAt;
                freest = &one;
            }
            if (nearest == nullptr)
                nearest = &one;
        }
        if (nearest != nullptr) {
            const model::Resource& resource = *m_facts.givers[nearest->giver].resource;
            unmet.resource = resource.id;
            unmet.eta = base::Seconds(etaOf(need.site, nearest->giver));
            if (nearest->obstacle == Obstacle::claimed)
                unmet.by = resource.claimedBy;
        }
        if (elsewhere) {
            unmet.reason = "needed-elsewhere";
        } else if (anyBusy || nearest == nullptr) {
            unmet.reason = "all-busy";
            if (freest != nullptr)
                unmet.resource = m_facts.givers[freest->giver].resource->id;
        } else
            unmet.reason = reasonFor(nearest->obstacle);
        return unmet;
    }

    const Question& m_question;
    const Facts& m_facts;
    const Posed& m_posed;
    const Solved& m_solved;
    std::map<std::uint32_t, std::uint32_t> m_askOf;
    std::vector<std::vector<std::uint32_t>> m_ofAsk;
    std::vector<std::size_t> m_first; ///< by ask: its first option
};

void tellShelter(const Question& question, const Facts& facts, const ShelterPlan& plan, std::uint32_t n, NeedAnswer& out) {
    const OpenNeed& need = facts.needs[n];
    const auto choiceFor = [&](const Sheltered& place) {
        Choice choice;
        choice.resource = place.shelter->id;
        choice.people = place.people;
        const EtaInterval eta = facts.etas.of("", base::Seconds(place.seconds));
        choice.eta = eta.middle;
        choice.etaLow = eta.low;
        choice.etaHigh = eta.high;
        choice.distance = base::Metres(place.metres);
        choice.stops.push_back({place.shelter->position, place.shelter->name, place.shelter->id, choice.eta});
        choice.late = lateBy(question, facts, need, choice.eta);
        return choice;
    };
    double served = 0;
    for (const Sheltered& place : plan.places) {
        if (place.need != n)
            continue;
        served += place.people;
        out.chosen.push_back(choiceFor(place));
    }
    for (const Sheltered& place : plan.others) {
        if (place.need != n || !facts.sites[need.site].focus || out.others.size() + 1 >= question.choices)
            continue;
        out.others.push_back(choiceFor(place));
        out.others.back().costsKnown = false;
    }
    std::stable_sort(out.chosen.begin(), out.chosen.end(),
                     [](const Choice& a, const Choice& b) { return a.eta.value < b.eta.value; });
    if (need.open - served < 0.5)
        return;
    Unmet unmet;
    unmet.missing = need.open - served;
    unmet.available = plan.freePlaces;
    unmet.reason = plan.freePlaces <= 0 ? "no-shelter" : plan.reachable <= 0 ? "no-road" : "shelters-full";
    out.unmet = unmet;
}

/// The ways of those who bring supplies to an incident; one that brings several things goes once.
void drawJourneys(const Question& question, const Facts& facts, const std::map<model::ResourceId, std::uint32_t>& giverOf,
                  model::IncidentId incident, Answer& answer) {
    const auto journeyFor = [&](const Choice& choice) {
        const Giver& giver = facts.givers[giverOf.at(choice.resource)];
        std::vector<model::Position> places;
        for (const model::Stop& stop : choice.stops)
            places.push_back(stop.position);
        const double loading = question.weights.loading.value;
        const double loaded = loading * static_cast<double>(places.size() - 1);
        const double drive = choice.plain.value - loaded;
        return journeyOf(*facts.roads, {giver.resource, giver.position}, places, loading, drive > 0 ? (choice.eta.value - loaded) / drive : 1);
    };
    const auto draw = [](Choice& choice, const std::optional<Journey>& journey) {
        if (!journey || journey->line.points.size() > model::mostRoutePoints)
            return;
        choice.route = journey->line;
        choice.via = journey->via;
    };
    std::map<model::ResourceId, std::optional<Journey>> journeys;
    for (NeedAnswer& need : answer.needs) {
        if (need.need.kind != model::NeedKind::supply || need.incident != incident)
            continue;
        for (Choice& choice : need.chosen) {
            const auto [known, fresh] = journeys.try_emplace(choice.resource);
            if (fresh)
                known->second = journeyFor(choice);
            draw(choice, known->second);
        }
        for (Choice& choice : need.others) // by other stores for another supply
            draw(choice, journeyFor(choice));
    }
}

} // namespace

void tellNeeds(const Question& question, const Facts& facts, const Posed& posed, const Solved& solved,
               const Problem& supplyProblem, const Carrying& carrying, Answer& answer) {
    const Teller teller(question, facts, posed, solved);
    std::map<std::uint32_t, std::uint32_t> supplyOf;
    for (std::uint32_t s = 0; s < carrying.needs.size(); ++s)
        supplyOf[carrying.needs[s]] = s;
    std::set<std::uint32_t> taken;
    for (const std::uint32_t i : solved.teams.options)
        taken.insert(posed.problem.options[i].giver);
    for (const std::uint32_t t : solved.supplies.trips)
        taken.insert(supplyProblem.trips[t].giver);
    for (std::uint32_t n = 0; n < facts.needs.size(); ++n) {
        const OpenNeed& need = facts.needs[n];
        NeedAnswer& out = answer.needs.emplace_back();
        out.incident = facts.sites[need.site].incident->id;
        out.need = need.need;
        out.open = need.open;
        if (need.bad) {
            out.unmet = Unmet{};
            out.unmet->reason = "bad-amount";
            continue;
        }
        switch (need.need.kind) {
        case model::NeedKind::team:
            teller.team(n, out);
            break;
        case model::NeedKind::supply:
            tellSupply(question, facts, supplyProblem, carrying, solved.supplies, taken, supplyOf.at(n), out);
            out.kept = storesKept(question, facts, need, carrying.units[supplyProblem.supplies[supplyOf.at(n)].item], out);
            break;
        case model::NeedKind::shelter:
            tellShelter(question, facts, solved.shelters, n, out);
            out.kept = sheltersKept(question, facts, need, out);
            break;
        }
        answer.asked += need.open;
        answer.served += need.open - (out.unmet ? out.unmet->missing : 0);
        for (const Choice& choice : out.chosen)
            answer.oldestPosition = std::max(answer.oldestPosition, choice.positionAge);
    }
    // The ways on the map, in one more search for each incident in focus.
    const auto begun = std::chrono::steady_clock::now();
    std::map<model::ResourceId, std::uint32_t> giverOf;
    for (std::uint32_t g = 0; question.focus && g < facts.givers.size(); ++g)
        giverOf[facts.givers[g].resource->id] = g;
    for (std::uint32_t site = 0; site < facts.sites.size() && question.focus && facts.sites[site].focus; ++site) {
        std::vector<Drawn> drawn;
        for (NeedAnswer& need : answer.needs) {
            if (need.need.kind != model::NeedKind::team || need.incident != facts.sites[site].incident->id)
                continue;
            const auto add = [&](Choice& choice) {
                drawn.push_back({&choice.route, &choice.via, giverOf.at(choice.resource), choice.eta.value});
            };
            for (Choice& choice : need.chosen)
                add(choice);
            for (Choice& choice : need.others) // any of them may be sent
                add(choice);
        }
        drawRoutes(facts, site, drawn);
        drawJourneys(question, facts, giverOf, facts.sites[site].incident->id, answer);
    }
    answer.tookRoads += std::chrono::duration_cast<base::Duration>(std::chrono::steady_clock::now() - begun);
}

} // namespace tocsin::dispatch
