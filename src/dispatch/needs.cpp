#include "dispatch/needs.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

namespace tocsin::dispatch {
namespace {

using model::Need;
using model::NeedKind;

constexpr double mostAmount = 1e9; ///< of a supply; nobody has more
constexpr double leastAmount = 1e-6;

/// What tells needs apart that are met by the same.
using Key = std::tuple<NeedKind, std::string, int, std::string, double>;
Key keyOf(const Need& need) {
    const double within = std::isfinite(need.within.value) && need.within.value > 0 ? need.within.value : 0;
    switch (need.kind) {
    case NeedKind::team:
        return {need.kind, need.capability, need.level, "", within};
    case NeedKind::supply:
        return {need.kind, need.supply, 0, need.unit, within};
    case NeedKind::shelter:
        break;
    }
    return {need.kind, "", 0, "", within};
}

double wanted(const Need& need) {
    return need.kind == NeedKind::supply ? need.amount : static_cast<double>(need.quantity);
}

bool possible(const Need& need) {
    if (need.kind == NeedKind::supply)
        return std::isfinite(need.amount) && need.amount >= leastAmount && need.amount <= mostAmount;
    return need.quantity > 0;
}

/// Takes off what assignments serve that stay.
void takeOff(const Question& question, const std::vector<const model::Assignment*>& assignments,
             std::vector<OpenNeed>& needs) {
    // The ablest first, each to the hardest need that it meets; one that meets none was a person's own choice for this
    // capability and serves the easiest that is left.
    std::vector<std::pair<std::string, int>> serving;
    const auto lower = [&](NeedKind kind, const model::LoadItem& item, double amount) {
        for (OpenNeed& need : needs) {
            if (need.bad || need.need.kind != kind ||
                (kind == NeedKind::supply && !meets(need.need, item.code, item.unit)))
                continue;
            const double taken = std::min(amount, need.open);
            need.open -= taken;
            amount -= taken;
        }
    };
    for (const model::Assignment* assignment : assignments) {
        const auto resource = question.state->resources.find(assignment->resource);
        switch (assignment->purpose) {
        case model::Purpose::team: {
            const int level =
                resource == question.state->resources.end() ? 0 : levelOf(resource->second, assignment->capability);
            const bool fits = std::any_of(needs.begin(), needs.end(), [&](const OpenNeed& need) {
                return need.need.kind == NeedKind::team && need.need.capability == assignment->capability &&
                       need.need.level <= level;
            });
            if (!fits || !mayChange(question, *assignment))
                serving.emplace_back(assignment->capability, level);
            break;
        }
        case model::Purpose::supply:
            for (const model::LoadItem& item : assignment->load)
                lower(NeedKind::supply, item, std::isfinite(item.quantity) ? std::max(0.0, item.quantity) : 0);
            break;
        case model::Purpose::shelter:
            lower(NeedKind::shelter, {}, std::max(0, assignment->people));
            break;
        case model::Purpose::standBy:
            break;
        }
    }
    std::sort(serving.begin(), serving.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    for (const auto& [capability, level] : serving) {
        OpenNeed* best = nullptr;
        OpenNeed* easiest = nullptr;
        for (OpenNeed& need : needs) {
            if (need.bad || need.need.kind != NeedKind::team || need.need.capability != capability || need.open < 1)
                continue;
            if (easiest == nullptr || need.need.level < easiest->need.level)
                easiest = &need;
            if (need.need.level <= level && (best == nullptr || need.need.level > best->need.level))
                best = &need;
        }
        if (best == nullptr)
            best = easiest;
        if (best != nullptr)
            best->open -= 1;
    }
}

bool isServedBy(const Need& need, const model::AidItem& item) {
    switch (need.kind) {
    case NeedKind::team:
        return need.capability == item.code;
    case NeedKind::supply:
        return meets(need, item.code, item.unit);
    case NeedKind::shelter:
        break;
    }
    return item.code == "shelter";
}

/// Takes off what others have brought, until it is given back. A partner's teams have no level here: they go to the hardest need that is left,
/// for they were asked for because the county's own did not do.
void takeOff(const model::AidRequest& lent, std::vector<OpenNeed>& needs) {
    std::vector<OpenNeed*> hardest;
    for (OpenNeed& need : needs) {
        if (!need.bad)
            hardest.push_back(&need);
    }
    std::stable_sort(hardest.begin(), hardest.end(), [](const OpenNeed* a, const OpenNeed* b) { return a->need.level > b->need.level; });
    for (const model::AidItem& item : lent.items) {
        double left = model::lentOf(item);
        for (OpenNeed* need : hardest) {
            if (!isServedBy(need->need, item))
                continue;
            const double fits = std::min(left, need->open);
            const double taken = need->need.kind == NeedKind::supply ? fits : std::floor(fits);
            need->open -= taken;
            left -= taken;
        }
    }
}

} // namespace

bool meets(const model::Need& need, std::string_view code, std::string_view unit) {
    return need.supply == code && (need.unit.empty() || need.unit == unit);
}

bool mayChange(const Question& question, const model::Assignment& assignment) {
    if (question.weights.change < 0 || assignment.purpose != model::Purpose::team ||
        assignment.state == model::AssignmentState::onScene || assignment.state == model::AssignmentState::released ||
        (question.alone && question.focus != assignment.incident))
        return false;
    const auto incident = question.state->incidents.find(assignment.incident);
    if (incident == question.state->incidents.end() || incident->second.state != model::IncidentState::open)
        return false;
    const auto resource = question.state->resources.find(assignment.resource);
    if (resource == question.state->resources.end() || resource->second.retired ||
        (resource->second.status != model::ResourceStatus::assigned &&
         resource->second.status != model::ResourceStatus::available))
        return false;
    // It can be moved only where it could be sent: it must meet a need of its own incident, else it is a person's own
    // choice.
    const int level = levelOf(resource->second, assignment.capability);
    return std::any_of(incident->second.needs.begin(), incident->second.needs.end(), [&](const Need& need) {
        return need.kind == NeedKind::team && need.capability == assignment.capability && need.level <= level &&
               need.quantity > 0;
    });
}

std::vector<OpenNeed> openNeeds(const Question& question, const std::vector<Site>& sites) {
    std::map<model::IncidentId, std::vector<const model::Assignment*>> byIncident;
    for (const auto& [id, assignment] : question.state->assignments) {
        if (model::serves(assignment))
            byIncident[assignment.incident].push_back(&assignment);
    }
    std::map<model::IncidentId, std::vector<const model::AidRequest*>> lent;
    for (const auto& [id, request] : question.state->aidRequests) {
        if (request.state == model::AidState::arrived)
            lent[request.incident].push_back(&request);
    }
    std::vector<OpenNeed> all;
    for (std::uint32_t s = 0; s < sites.size(); ++s) {
        const model::Incident& incident = *sites[s].incident;
        std::vector<OpenNeed> needs;
        std::map<Key, std::size_t> index;
        for (const Need& need : incident.needs) {
            if (!possible(need)) {
                needs.push_back({s, need, 0, true});
                continue;
            }
            const auto [at, fresh] = index.emplace(keyOf(need), needs.size());
            if (fresh)
                needs.push_back({s, need, 0, false});
            OpenNeed& one = needs[at->second];
            one.open = std::min(one.open + wanted(need), mostAmount);
        }
        if (const auto found = byIncident.find(incident.id); found != byIncident.end())
            takeOff(question, found->second, needs);
        if (const auto found = lent.find(incident.id); found != lent.end()) {
            for (const model::AidRequest* request : found->second)
                takeOff(*request, needs);
        }
        for (OpenNeed& need : needs) {
            if (!need.bad && need.open < leastAmount)
                continue;
            if (need.bad) {
                all.push_back(need);
                continue;
            }
            if (need.need.kind == NeedKind::supply)
                need.need.amount = need.open;
            else
                need.need.quantity = static_cast<int>(std::min(need.open, 1e9));
            all.push_back(need);
        }
    }
    return all;
}

} // namespace tocsin::dispatch
