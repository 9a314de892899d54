#include "tocsin/dispatch/recommend.hpp"

#include "tocsin/dispatch/planner.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace tocsin::dispatch {
namespace {

constexpr std::size_t furtherShown = 3;
constexpr std::size_t furtherAsked = 8; ///< some of them go for another need and are not shown

Candidate candidateOf(const NeedAnswer& need, const Choice& choice, int rank) {
    Candidate candidate;
    candidate.resource = choice.resource;
    candidate.need = need.need;
    candidate.level = choice.level;
    candidate.eta = choice.eta;
    candidate.etaLow = choice.etaLow;
    candidate.etaHigh = choice.etaHigh;
    candidate.positionAge = choice.positionAge;
    candidate.distance = choice.distance;
    candidate.route = choice.route;
    candidate.rank = rank;
    candidate.via = choice.via;
    candidate.obstacle = choice.obstacle;
    return candidate;
}

} // namespace

base::Result<Recommendation> recommend(const model::State& state, const route::RoadGraph& roads,
                                       model::IncidentId incident, base::Time now) {
    Question question;
    question.state = &state;
    question.roads = &roads;
    question.now = now;
    question.focus = incident;
    question.alone = true;
    question.withCover = false;
    question.choices = 1 + furtherAsked;
    Weights& weights = question.weights;
    weights.grade = {1, 1, 1, 1};
    weights.late = weights.skillExcess = weights.onePerson = weights.stalePosition = weights.nearCrewLimit = weights.coverPerPerson = 0;
    weights.change = -1;
    weights.uselessAfter = {};
    const auto answer = Planner{}.decide(question);
    if (!answer)
        return tl::unexpected(answer.error());

    Recommendation result;
    result.incident = incident;
    result.factsAt = now;
    result.considered = answer->considered;
    result.optimal = answer->optimal;
    result.took = answer->took;
    std::set<model::ResourceId> chosen;
    for (const NeedAnswer& need : answer->needs) {
        for (const Choice& choice : need.chosen)
            chosen.insert(choice.resource);
    }
    for (const NeedAnswer& need : answer->needs) {
        if (need.need.kind != model::NeedKind::team)
            continue;
        int rank = 0;
        const double last = need.chosen.empty() ? 0 : need.chosen.back().eta.value;
        for (const Choice& choice : need.chosen) {
            Candidate candidate = candidateOf(need, choice, ++rank);
            candidate.chosen = true;
            result.candidates.push_back(std::move(candidate));
        }
        std::size_t further = 0;
        for (const Choice& choice : need.others) {
            if (chosen.contains(choice.resource) || further == furtherShown)
                continue;
            Candidate candidate = candidateOf(need, choice, ++rank);
            candidate.behind = choice.eta - base::Seconds(last);
            if (choice.costsKnown)
                candidate.costs = choice.costs;
            result.candidates.push_back(std::move(candidate));
            ++further;
        }
        for (const Choice& choice : need.kept) {
            Candidate candidate = candidateOf(need, choice, ++rank);
            candidate.behind = choice.eta - base::Seconds(last);
            result.candidates.push_back(std::move(candidate));
        }
        if (need.unmet) {
            const int missing = static_cast<int>(std::min(need.unmet->missing, 1e9));
            result.unmet.push_back({need.need, missing, need.unmet->reason});
        }
    }
    return result;
}

} // namespace tocsin::dispatch
