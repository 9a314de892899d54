#include "tocsin/desk/plans.hpp"

#include "desk/record_checks.hpp"
#include "tocsin/model/state.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace tocsin::desk {

using model::Need;
using model::NeedKind;

namespace {

constexpr std::array mergeWords{std::string_view("keep"), std::string_view("replace"), std::string_view("add")};

constexpr double leastAmount = 1e-6;
constexpr double mostTeams = 999; // as SetNeeds takes them
constexpr double mostPeople = 1e7;
constexpr double mostAmount = 1e9;

double amountOf(const Need& need) {
    return need.kind == NeedKind::supply ? need.amount : static_cast<double>(need.quantity);
}

void setAmount(Need& need, double amount) {
    if (need.kind == NeedKind::supply)
        need.amount = std::min(rounded(amount), mostAmount);
    else
        need.quantity = static_cast<int>(std::lround(std::min(amount, need.kind == NeedKind::team ? mostTeams : mostPeople)));
}

bool serves(const Need& giver, const Need& need, bool anyLevel) {
    if (giver.kind != need.kind)
        return false;
    if (need.kind == NeedKind::team)
        return giver.capability == need.capability && (anyLevel || giver.level >= need.level);
    return need.kind == NeedKind::shelter ||
           (giver.supply == need.supply && (giver.unit.empty() || need.unit.empty() || giver.unit == need.unit));
}

/// Which of them the giver serves: the hardest that it meets, else, by a person's own choice, the easiest.
Need* servedBy(const Need& giver, std::vector<Need>& open, bool byHand) {
    Need* found = nullptr;
    for (auto& need : open) {
        if (amountOf(need) >= leastAmount && serves(giver, need, false) && (found == nullptr || need.level > found->level))
            found = &need;
    }
    for (auto& need : open) {
        if (byHand && amountOf(need) >= leastAmount && serves(giver, need, true) &&
            (found == nullptr || (giver.level < found->level && need.level < found->level)))
            found = &need;
    }
    return found;
}

/// Takes off `open` what the giver serves of it, and says of which how much; gives what is left of the giver.
template <typename Took>
double serve(const Need& giver, std::vector<Need>& open, bool byHand, const Took& took) {
    double left = amountOf(giver);
    while (left >= leastAmount) {
        auto* need = servedBy(giver, open, byHand);
        if (need == nullptr)
            break;
        const double taken = std::min(left, amountOf(*need));
        setAmount(*need, amountOf(*need) - taken);
        left -= taken;
        took(static_cast<std::size_t>(need - open.data()), taken);
    }
    return left;
}

void join(std::vector<Need>& needs, const Need& more) {
    const auto same = std::find_if(needs.begin(), needs.end(), [&](const Need& need) {
        return need.kind == more.kind && need.capability == more.capability && need.level == more.level &&
               need.supply == more.supply && need.unit == more.unit && need.within == more.within;
    });
    if (same == needs.end())
        needs.push_back(more);
    else
        setAmount(*same, amountOf(*same) + amountOf(more));
}

/// What serves the incident's needs, as needs of just that; the ablest teams first.
std::vector<Need> servingNow(const model::State& state, model::IncidentId incident) {
    std::vector<Need> out;
    for (const auto& [id, assignment] : state.assignments) {
        if (assignment.incident != incident || !model::serves(assignment))
            continue;
        Need one;
        switch (assignment.purpose) {
        case model::Purpose::team: {
            one.capability = assignment.capability;
            const auto resource = state.resources.find(assignment.resource);
            one.level = resource == state.resources.end() ? 0 : model::levelOf(resource->second, assignment.capability);
            out.push_back(std::move(one));
            break;
        }
        case model::Purpose::supply:
            for (const auto& item : assignment.load) {
                if (!std::isfinite(item.quantity) || item.quantity < leastAmount)
                    continue;
                one = {};
                one.kind = NeedKind::supply;
                one.quantity = 0;
                one.supply = item.code;
                one.unit = item.unit;
                one.amount = item.quantity;
                out.push_back(std::move(one));
            }
            break;
        case model::Purpose::shelter:
            one.kind = NeedKind::shelter;
            one.quantity = std::max(0, assignment.people);
            out.push_back(std::move(one));
            break;
        case model::Purpose::standBy:
            break;
        }
    }
    for (const auto& [id, request] : state.aidRequests) {
        if (request.incident != incident || request.state != model::AidState::arrived)
            continue;
        for (const auto& item : request.items) {
            const double lent = model::lentOf(item);
            if (!std::isfinite(lent) || lent < leastAmount)
                continue;
            Need one; // of what others lent no level is known: it serves where a person said so, as one who was sent by hand
            if (item.unit.empty()) {
                one.capability = item.code;
                one.quantity = static_cast<int>(std::lround(std::min(lent, mostTeams)));
            } else {
                one.kind = NeedKind::supply;
                one.quantity = 0;
                one.supply = item.code;
                one.unit = item.unit;
                one.amount = lent;
            }
            out.push_back(std::move(one));
        }
    }
    std::stable_sort(out.begin(), out.end(), [](const Need& a, const Need& b) { return a.level > b.level; });
    return out;
}

std::vector<Need> replaced(const model::State& state, const model::Incident& incident, const model::Plan& plan) {
    const auto nothing = [](std::size_t, double) {};
    auto out = plan.needs;
    auto open = plan.needs;
    auto present = incident.needs;
    for (auto& giver : servingNow(state, incident.id)) {
        const double beyond = serve(giver, open, true, nothing);
        if (beyond < leastAmount)
            continue;
        setAmount(giver, beyond);
        serve(giver, present, true, [&](std::size_t which, double amount) {
            auto kept = incident.needs[which];
            setAmount(kept, amount);
            join(out, kept);
        });
    }
    return out;
}

std::vector<Need> added(const model::Incident& incident, const model::Plan& plan) {
    auto missing = plan.needs;
    auto givers = incident.needs;
    std::stable_sort(givers.begin(), givers.end(), [](const Need& a, const Need& b) { return a.level > b.level; });
    for (const auto& giver : givers)
        serve(giver, missing, false, [](std::size_t, double) {});
    auto out = incident.needs;
    for (const auto& need : missing) {
        if (amountOf(need) >= leastAmount)
            join(out, need);
    }
    return out;
}

} // namespace

std::string_view toString(PlanMerge how) {
    const auto index = static_cast<std::size_t>(how);
    return index < mergeWords.size() ? mergeWords[index] : std::string_view();
}

std::optional<PlanMerge> planMergeFrom(std::string_view text) {
    for (std::size_t i = 0; i < mergeWords.size(); ++i) {
        if (mergeWords[i] == text)
            return static_cast<PlanMerge>(i);
    }
    return std::nullopt;
}

std::vector<Need> needsWith(const model::State& state, const model::Incident& incident, const model::Plan& plan,
                            PlanMerge how) {
    switch (how) {
    case PlanMerge::replace:
        return replaced(state, incident, plan);
    case PlanMerge::add:
        return added(incident, plan);
    case PlanMerge::keep:
        break;
    }
    return incident.needs;
}

} // namespace tocsin::desk
