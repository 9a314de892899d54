#include "tocsin/dispatch/planner.hpp"

#include <algorithm>

namespace tocsin::dispatch {
namespace {

void addChoice(const Choice& choice, const model::Need& need, model::Decision& decision) {
    model::DecisionChoice other;
    other.resource = choice.resource;
    other.need = need;
    other.eta = choice.turnout + choice.eta;
    other.costs = choice.costs;
    other.obstacle = toString(choice.obstacle);
    decision.others.push_back(std::move(other));
}

} // namespace

model::Purpose purposeOf(model::NeedKind kind) {
    switch (kind) {
    case model::NeedKind::team:
        return model::Purpose::team;
    case model::NeedKind::supply:
        return model::Purpose::supply;
    case model::NeedKind::shelter:
        return model::Purpose::shelter;
    }
    return model::Purpose::team;
}

model::DecisionLine lineOf(const Choice& choice, const model::Need& need) {
    model::DecisionLine line;
    line.resource = choice.resource;
    line.purpose = purposeOf(need.kind);
    line.need = need;
    line.eta = choice.eta;
    line.etaLow = choice.etaLow;
    line.etaHigh = choice.etaHigh;
    line.plain = choice.plain;
    line.turnout = choice.turnout;
    line.reason = model::asRecommended;
    line.load = choice.load;
    line.stops = choice.stops;
    line.people = choice.people;
    line.route = choice.route;
    return line;
}

std::optional<model::DecisionLine> chosenLine(const Answer& answer, model::IncidentId incident, model::ResourceId resource,
                                              model::NeedKind kind) {
    std::optional<model::DecisionLine> line;
    for (const NeedAnswer& need : answer.needs) {
        if (need.incident != incident || need.need.kind != kind)
            continue;
        for (const Choice& choice : need.chosen) {
            if (choice.resource != resource)
                continue;
            if (!line) {
                line = lineOf(choice, need.need);
                continue;
            }
            line->load.insert(line->load.end(), choice.load.begin(), choice.load.end());
            line->people += choice.people;
        }
    }
    return line;
}

void setCover(model::Decision& decision, const Cover& cover) {
    decision.coverLate = false;
    decision.coverOfPlaces = cover.ofPlaces;
    decision.peopleCoveredBefore = cover.peopleBefore;
    decision.peopleCoveredAfter = cover.peopleAfter;
}

model::Decision toDecision(const Answer& answer, model::IncidentId incident) {
    model::Decision decision;
    decision.incident = incident;
    decision.at = answer.factsAt;
    decision.factsAt = answer.factsAt - std::chrono::duration_cast<base::Duration>(
                                            std::chrono::duration<double>(answer.oldestPosition.value));
    decision.optimal = answer.optimal;
    decision.gap = answer.gap;
    decision.stoppedAfter = answer.stoppedAfter;
    for (const Unseen one : answer.unseen)
        decision.unseen.emplace_back(toString(one));
    if (answer.cover)
        setCover(decision, *answer.cover);
    for (const NeedAnswer& need : answer.needs) {
        if (need.incident != incident)
            continue;
        for (const Choice& choice : need.chosen) {
            if (choice.leaves) // a change of what runs is a person's step of its own
                continue;
            const bool known = std::any_of(decision.lines.begin(), decision.lines.end(), [&](const auto& line) {
                return line.resource == choice.resource && line.purpose == purposeOf(need.need.kind);
            });
            if (!known)
                decision.lines.push_back(*chosenLine(answer, incident, choice.resource, need.need.kind));
        }
        for (const Choice& choice : need.others)
            addChoice(choice, need.need, decision);
        for (const Choice& choice : need.kept)
            addChoice(choice, need.need, decision);
        if (need.unmet)
            decision.unmet.push_back({need.need, need.unmet->missing, need.unmet->reason});
    }
    return decision;
}

} // namespace tocsin::dispatch
