#include "gui/panels/plan_choice.hpp"

#include <algorithm>
#include <set>

namespace tocsin::gui {

namespace {

model::DecisionChoice otherOf(const dispatch::Choice& choice, const dispatch::NeedAnswer& need) {
    model::DecisionChoice other;
    other.resource = choice.resource;
    other.need = need.need;
    other.eta = choice.eta;
    other.costs = choice.costs;
    other.obstacle = std::string(dispatch::toString(choice.obstacle));
    return other;
}

/// The same need, whatever of it is still open.
bool serves(const model::Need& one, const model::Need& other) {
    return one.kind == other.kind && one.capability == other.capability && one.level == other.level && one.within == other.within;
}

} // namespace

model::DecisionLine lineOf(const Offered& one, const dispatch::Answer& answer) {
    if (one.choice == nullptr) { // the stand-by move
        model::DecisionLine line;
        const auto& move = *answer.cover->standBy;
        line.resource = one.resource;
        line.purpose = model::Purpose::standBy;
        line.eta = line.plain = move.eta;
        line.stops = {{move.position, move.place, move.at, move.eta}};
        line.route = move.route;
        return line;
    }
    if (one.hand != nullptr) {
        auto line = dispatch::lineOf(*one.choice, one.need->need);
        line.byHand = true;
        line.instead = one.hand->instead;
        line.insteadPeople = one.hand->insteadPeople;
        if (one.hand->added && one.choice->obstacle != dispatch::Obstacle::none)
            line.obstacle = std::string(dispatch::toString(one.choice->obstacle));
        return line;
    }
    auto chosen = one.recommended ? dispatch::chosenLine(answer, one.need->incident, one.resource, one.need->need.kind) : std::nullopt;
    return chosen ? std::move(*chosen) : dispatch::lineOf(*one.choice, one.need->need);
}

std::vector<model::ResourceId> storesOf(const model::DecisionLine& line) {
    std::vector<model::ResourceId> stores;
    for (const auto& stop : line.stops) {
        if (stop.at && line.purpose == model::Purpose::supply)
            stores.push_back(*stop.at);
    }
    return stores;
}

model::Purpose Offered::purpose() const {
    return choice == nullptr ? model::Purpose::standBy : dispatch::purposeOf(need->need.kind);
}

std::vector<Offered> offeredBy(const dispatch::Answer& answer, model::IncidentId incident,
                               const std::map<model::ResourceId, bool>& named, const HandLines& hand) {
    std::vector<Offered> out;
    std::set<model::ResourceId> seen;
    const auto offer = [&](const dispatch::NeedAnswer& need, const dispatch::Choice& choice, bool recommended) {
        const auto made = hand.find(choice.resource);
        if (made == hand.end())
            out.push_back({choice.resource, &need, &choice, recommended});
        else
            out.push_back({choice.resource, &made->second.need, &made->second.choice, recommended, &made->second});
    };
    for (const auto& need : answer.needs) {
        if (need.incident != incident)
            continue;
        for (const auto& choice : need.chosen) {
            if (seen.insert(choice.resource).second)
                offer(need, choice, true);
        }
    }
    for (const auto& need : answer.needs) {
        if (need.incident != incident || need.open <= 0) // who serves it already needs no second choice
            continue;
        bool second = false;
        for (const auto& choice : need.others) {
            if (choice.obstacle != dispatch::Obstacle::none || seen.contains(choice.resource))
                continue;
            const bool isNamed = named.contains(choice.resource) || hand.contains(choice.resource);
            if (second && !isNamed)
                continue;
            second = second || !isNamed;
            seen.insert(choice.resource);
            offer(need, choice, false);
        }
    }
    for (const auto& [resource, made] : hand) {
        if (seen.insert(resource).second)
            out.push_back({resource, &made.need, &made.choice, false, &made});
    }
    if (answer.cover && answer.cover->standBy && seen.insert(answer.cover->standBy->resource).second)
        out.push_back({answer.cover->standBy->resource, nullptr, nullptr, false});
    return out;
}

double missingOf(const dispatch::NeedAnswer& need, const std::vector<model::DecisionLine>& lines) {
    const double left = need.unmet ? need.unmet->missing : 0;
    const bool changed = std::any_of(lines.begin(), lines.end(), [](const auto& line) { return line.byHand; });
    if (!changed)
        return left;
    double more = 0;
    switch (need.need.kind) {
    case model::NeedKind::team: // whoever is too weak helps, but does not serve it
        for (const auto& line : lines)
            more += line.byHand && serves(line.need, need.need) && line.obstacle != dispatch::toString(dispatch::Obstacle::lowLevel) ? 1 : 0;
        return std::max(0.0, left - more);
    case model::NeedKind::shelter:
        if (!std::any_of(lines.begin(), lines.end(), [&](const auto& line) { return line.byHand && serves(line.need, need.need); }))
            return left;
        for (const auto& line : lines)
            more += serves(line.need, need.need) ? line.people : 0;
        return std::max(0.0, need.open - more);
    case model::NeedKind::supply:
        for (const auto& line : lines) {
            for (const auto& item : line.load)
                more += item.code == need.need.supply && (need.need.unit.empty() || need.need.unit == item.unit) ? item.quantity : 0;
        }
        return need.open - more > 1e-6 ? need.open - more : 0;
    }
    return left;
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
            line.recommended = (one.recommended && one.hand == nullptr) || optional;
            line.reason = line.recommended ? std::string(model::asRecommended) : reason;
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
    card.unmet.clear();
    for (const auto& need : answer.needs) {
        if (need.incident != incident)
            continue;
        const double missing = missingOf(need, card.lines);
        if (missing > 0 || (need.unmet && need.unmet->missing <= 0)) // an amount that makes no sense lacks no number
            card.unmet.push_back({need.need, missing, need.unmet ? need.unmet->reason : std::string("by-hand")});
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
