#include "gui/panels/plan_choice.hpp"

#include <algorithm>
#include <set>

namespace tocsin::gui {

namespace {

/// Calls `each` with what is chosen of the same resource for its other needs of the same kind.
template <typename Each>
void forAlso(const Offered& one, const dispatch::Answer& answer, const Each& each) {
    if (one.choice == nullptr || !one.recommended)
        return;
    for (const auto& need : answer.needs) {
        if (&need == one.need || need.incident != one.need->incident || need.need.kind != one.need->need.kind)
            continue;
        for (const auto& choice : need.chosen) {
            if (choice.resource == one.resource)
                each(choice);
        }
    }
}

model::DecisionLine lineOf(const Offered& one, const dispatch::Answer& answer) {
    model::DecisionLine line;
    line.resource = one.resource;
    line.purpose = one.purpose();
    line.recommended = one.recommended;
    if (one.choice == nullptr) { // the stand-by move
        const auto& move = *answer.cover->standBy;
        line.eta = line.plain = move.eta;
        line.stops = {{move.position, move.place, move.at, move.eta}};
        line.route = move.route;
        return line;
    }
    line.need = one.need->need;
    line.eta = one.choice->eta;
    line.etaLow = one.choice->etaLow;
    line.etaHigh = one.choice->etaHigh;
    line.plain = one.choice->plain;
    line.load = loadOf(one, answer);
    line.stops = one.choice->stops;
    line.people = peopleOf(one, answer);
    line.route = one.choice->route;
    return line;
}

model::DecisionChoice otherOf(const dispatch::Choice& choice, const dispatch::NeedAnswer& need) {
    model::DecisionChoice other;
    other.resource = choice.resource;
    other.capability = need.need.kind == model::NeedKind::supply ? need.need.supply : need.need.capability;
    other.eta = choice.eta;
    other.costs = choice.costs;
    other.obstacle = std::string(dispatch::toString(choice.obstacle));
    return other;
}

} // namespace

std::vector<model::LoadItem> loadOf(const Offered& one, const dispatch::Answer& answer) {
    auto load = one.choice == nullptr ? std::vector<model::LoadItem>() : one.choice->load;
    forAlso(one, answer, [&](const auto& choice) { load.insert(load.end(), choice.load.begin(), choice.load.end()); });
    return load;
}

int peopleOf(const Offered& one, const dispatch::Answer& answer) {
    int people = one.choice == nullptr ? 0 : one.choice->people;
    forAlso(one, answer, [&](const auto& choice) { people += choice.people; });
    return people;
}

model::Purpose Offered::purpose() const {
    if (choice == nullptr)
        return model::Purpose::standBy;
    switch (need->need.kind) {
    case model::NeedKind::team:
        break;
    case model::NeedKind::supply:
        return model::Purpose::supply;
    case model::NeedKind::shelter:
        return model::Purpose::shelter;
    }
    return model::Purpose::team;
}

std::vector<Offered> offeredBy(const dispatch::Answer& answer, model::IncidentId incident,
                               const std::map<model::ResourceId, bool>& named) {
    std::vector<Offered> out;
    std::set<model::ResourceId> seen;
    for (const auto& need : answer.needs) {
        if (need.incident != incident)
            continue;
        for (const auto& choice : need.chosen) {
            if (seen.insert(choice.resource).second)
                out.push_back({choice.resource, &need, &choice, true});
        }
    }
    for (const auto& need : answer.needs) {
        if (need.incident != incident || need.open <= 0) // who serves it already needs no second choice
            continue;
        bool second = false;
        for (const auto& choice : need.others) {
            if (choice.obstacle != dispatch::Obstacle::none || seen.contains(choice.resource))
                continue;
            const bool isNamed = named.contains(choice.resource);
            if (second && !isNamed)
                continue;
            second = second || !isNamed;
            seen.insert(choice.resource);
            out.push_back({choice.resource, &need, &choice, false});
        }
    }
    if (answer.cover && answer.cover->standBy && seen.insert(answer.cover->standBy->resource).second)
        out.push_back({answer.cover->standBy->resource, nullptr, nullptr, false});
    return out;
}

model::Decision decisionOf(const dispatch::Answer& answer, model::IncidentId incident,
                           const std::vector<Offered>& offered, const std::vector<bool>& taken,
                           const std::string& reason, std::vector<model::AssignmentId>& releases) {
    model::Decision card = dispatch::toDecision(answer, incident);
    card.lines.clear();
    card.others.clear();
    card.incident = incident;
    card.reason = reason;
    std::set<model::ResourceId> going;
    for (std::size_t i = 0; i < offered.size() && i < taken.size(); ++i) {
        const auto& one = offered[i];
        const bool optional = one.choice == nullptr; // nobody is asked why he leaves the stand-by move
        if (taken[i]) {
            auto line = lineOf(one, answer);
            line.recommended = one.recommended || optional;
            line.reason = line.recommended ? std::string("recommended") : reason;
            card.lines.push_back(std::move(line));
            going.insert(one.resource);
            if (one.choice != nullptr && one.choice->leaves)
                releases.push_back(*one.choice->leaves);
        } else if (!optional) {
            auto other = otherOf(*one.choice, *one.need);
            other.recommended = one.recommended;
            card.others.push_back(std::move(other));
        }
    }
    for (const auto& need : answer.needs) {
        if (need.incident != incident)
            continue;
        for (const auto* list : {&need.others, &need.kept}) {
            for (const auto& choice : *list) {
                const bool known = going.contains(choice.resource) ||
                                   std::any_of(offered.begin(), offered.end(),
                                               [&](const auto& o) { return o.resource == choice.resource; });
                if (!known)
                    card.others.push_back(otherOf(choice, need));
            }
        }
    }
    return card;
}

} // namespace tocsin::gui
