#include "tocsin/model/calling.hpp"

#include <algorithm>

namespace tocsin::model {

std::vector<const CallList*> keptCallLists(const State& state) {
    std::vector<const CallList*> out;
    for (const auto& [id, list] : state.callLists) {
        if (!list.removed)
            out.push_back(&list);
    }
    std::sort(out.begin(), out.end(), [](const auto* a, const auto* b) { return a->name < b->name; });
    return out;
}

CallDown callDownFrom(const CallList& list, const State& state, base::Time now, std::string_view language) {
    CallDown out;
    out.title = list.name;
    out.list = list.id;
    out.every = list.steps.empty() ? base::Seconds(180) : list.steps.front().wait;
    const auto add = [&](const std::string& name, const std::string& phone, const std::string& role, base::Seconds wait) {
        const bool known = std::any_of(out.people.begin(), out.people.end(), [&](const auto& p) { return p.name == name && p.phone == phone; });
        if (!name.empty() && !known)
            out.people.push_back({name, phone, role, {}, {}, {}, wait});
    };
    for (const auto& step : list.steps) {
        const auto found = step.resource ? state.resources.find(*step.resource) : state.resources.end();
        if (found == state.resources.end() || found->second.retired) {
            add(step.name, step.phone, step.role, step.wait);
            continue;
        }
        const auto& resource = found->second;
        const std::string& whose = resource.name.in(language);
        bool anybody = false;
        for (const auto& turn : resource.duty) {
            if (!isOnDuty(turn, now))
                continue;
            add(turn.person, turn.phone.empty() ? resource.phone : turn.phone, turn.role.empty() ? whose : turn.role + ", " + whose, step.wait);
            anybody = true;
        }
        if (anybody)
            continue;
        if (!step.name.empty())
            add(step.name, step.phone, step.role.empty() ? whose : step.role, step.wait);
        else if (!resource.personInCharge.empty())
            add(resource.personInCharge, resource.phone, whose, step.wait);
        else // nobody by name: whoever takes its telephone
            add(whose, resource.phone, step.role, step.wait);
    }
    return out;
}

std::vector<CallDownPerson> peopleOf(const Resource& resource, base::Time now) {
    std::vector<CallDownPerson> out;
    const auto add = [&](const std::string& name, const std::string& phone, const std::string& role) {
        const bool known = std::any_of(out.begin(), out.end(), [&](const auto& p) { return p.name == name; });
        if (!name.empty() && !known)
            out.push_back({name, phone, role, {}, {}, {}});
    };
    for (const auto& turn : resource.duty) {
        if (isOnDuty(turn, now))
            add(turn.person, turn.phone, turn.role);
    }
    add(resource.personInCharge, resource.phone, {});
    for (const auto& member : resource.crew)
        add(member.name, member.phone, member.role);
    return out;
}

std::vector<PlanCall> planCalls(const Incident& incident, const std::vector<Plan>& plans, const State& state, base::Time now,
                                std::string_view language) {
    std::vector<PlanCall> out;
    const auto* plan = planOf(plans, incident.plan);
    if (plan == nullptr || plan->callLists.empty())
        return out;
    const auto kept = keptCallLists(state);
    for (const auto& name : plan->callLists) {
        auto& one = out.emplace_back();
        one.name = name;
        const auto found = std::find_if(kept.begin(), kept.end(), [&](const auto* list) { return list->name == name; });
        if (found == kept.end())
            continue;
        one.list = *found;
        one.callDown = callDownFrom(**found, state, now, language);
        one.callDown.incident = incident.id;
        for (const auto& [id, begun] : state.callDowns) {
            if (begun.list == one.list->id && begun.incident == incident.id && (one.begun == nullptr || begun.startedAt > one.begun->startedAt))
                one.begun = &begun;
        }
    }
    return out;
}

} // namespace tocsin::model
