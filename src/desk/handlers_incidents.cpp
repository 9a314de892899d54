#include "desk/assignment_steps.hpp"
#include "desk/handlers.hpp"

#include "tocsin/desk/plans.hpp"
#include "tocsin/model/json.hpp"

#include <cmath>

// What becomes of an incident that is open: its grade, plan, needs and place.

namespace tocsin::desk {

using base::Code;
using base::fail;

namespace {

constexpr std::size_t shortText = 400;

base::Result<void> checkNeeds(const std::vector<model::Need>& needs) {
    if (needs.size() > 100)
        return fail(Code::tooLarge, "more than 100 needs");
    for (const auto& need : needs) {
        if (!std::isfinite(need.within.value) || need.within.value < 0 || need.within.value > 30 * 86'400.0)
            return fail(Code::outOfRange, "a need is wanted within 0 to 30 days");
        if (need.kind == model::NeedKind::supply) {
            if (auto ok = checkText(need.supply, "a need's supply", 80); !ok)
                return ok;
            if (auto ok = checkText(need.unit, "a need's unit", 60, true); !ok)
                return ok;
            if (!std::isfinite(need.amount) || need.amount <= 0 || need.amount > 1e9)
                return fail(Code::outOfRange, "a supply that is needed is more than 0 and at most 1,000,000,000");
            continue;
        }
        if (need.kind == model::NeedKind::shelter) {
            if (need.quantity < 1 || need.quantity > 10'000'000)
                return fail(Code::outOfRange, "shelter is for 1 to 10,000,000 people");
            continue;
        }
        if (auto ok = checkText(need.capability, "a need's capability", 80); !ok)
            return ok;
        if (need.quantity < 1 || need.quantity > 999 || need.level < 1 || need.level > 3)
            return fail(Code::outOfRange, "a need is 1 to 999 teams of level 1 to 3");
    }
    return {};
}

/// Whether it is on its way to the incident, or will be.
bool goesThere(const model::Assignment& assignment, model::IncidentId incident) {
    return assignment.incident == incident && assignment.state < model::AssignmentState::onScene &&
           (assignment.purpose == model::Purpose::team || assignment.purpose == model::Purpose::supply);
}

} // namespace

base::Result<void> Handlers::givePlan(model::Incident& incident, const PlanChange& to, nlohmann::json& facts) const {
    if (auto ok = checkText(to.plan, "the plan's id", 200); !ok)
        return ok;
    const auto* plan = model::planOf(m_plans, to.plan);
    if (plan == nullptr)
        return fail(Code::notFound, "there is no plan '" + to.plan + "'");
    auto needs = needsWith(m_state, incident, *plan, to.needs);
    if (auto ok = checkNeeds(needs); !ok)
        return ok;
    facts["planBefore"] = incident.plan;
    facts["needsBefore"] = incident.needs;
    facts["planTitle"] = plan->title.empty() ? base::LocalText(plan->id) : plan->title;
    facts["planNeeds"] = toString(to.needs);
    incident.plan = plan->id;
    incident.needs = std::move(needs);
    return {};
}

base::Result<Effect> Handlers::operator()(const GradeIncident& c) {
    auto incident = openIncident(c.incident);
    if (!incident)
        return tl::unexpected(incident.error());
    const bool same = incident->grade == c.grade;
    if (same && !incident->gradeProposed)
        return fail(Code::conflict, "the incident has that grade already");
    if (auto ok = checkText(c.reason, "the reason for another grade", shortText, same); !ok)
        return tl::unexpected(ok.error());
    auto facts = nlohmann::json::object();
    facts["reason"] = c.reason;
    facts["before"] = toString(incident->grade);
    incident->grade = c.grade;
    incident->gradeProposed = false;
    if (c.plan) {
        if (auto ok = givePlan(*incident, *c.plan, facts); !ok)
            return tl::unexpected(ok.error());
    }
    auto event = eventOf("incident.graded", incident->id.toString(), *incident);
    event.data.update(facts);
    return Effect{{std::move(event)}, {incident->id.toString()}, false};
}

base::Result<Effect> Handlers::operator()(const SetPlan& c) {
    auto incident = openIncident(c.incident);
    if (!incident)
        return tl::unexpected(incident.error());
    if (auto ok = checkText(c.reason, "the reason for another plan", shortText, true); !ok)
        return tl::unexpected(ok.error());
    auto facts = nlohmann::json::object();
    facts["reason"] = c.reason;
    const auto plan = incident->plan;
    const auto needs = incident->needs;
    if (auto ok = givePlan(*incident, c.change, facts); !ok)
        return tl::unexpected(ok.error());
    if (incident->plan == plan && incident->needs == needs)
        return fail(Code::conflict, "the incident has that plan and those needs already");
    auto event = eventOf("incident.planned", incident->id.toString(), *incident);
    event.data.update(facts);
    return Effect{{std::move(event)}, {incident->id.toString()}, false};
}

base::Result<Effect> Handlers::operator()(const SetNeeds& c) {
    auto incident = openIncident(c.incident);
    if (!incident)
        return tl::unexpected(incident.error());
    if (auto ok = checkNeeds(c.needs); !ok)
        return tl::unexpected(ok.error());
    incident->needs = c.needs;
    return Effect{
        {eventOf("incident.needs-set", incident->id.toString(), *incident)}, {incident->id.toString()}, false};
}

base::Result<Effect> Handlers::operator()(const MoveIncident& c) {
    auto incident = openIncident(c.incident);
    if (!incident)
        return tl::unexpected(incident.error());
    if (!model::Position::checked({c.position.latitude(), c.position.longitude()}) || c.position == model::Position())
        return fail(Code::outOfRange, "that is no place where an incident could be");
    if (auto ok = checkText(c.place.text, "the place's name", shortText, true); !ok)
        return tl::unexpected(ok.error());
    for (const auto& [language, text] : c.place.translations) {
        for (const auto* each : {&language, &text}) {
            if (auto ok = checkText(*each, "the place's name", shortText, true); !ok)
                return tl::unexpected(ok.error());
        }
    }
    if (auto ok = checkText(c.reason, "the reason for another place", shortText); !ok)
        return tl::unexpected(ok.error());
    const bool elsewhere = !(incident->position == c.position);
    if (!elsewhere && incident->place == c.place)
        return fail(Code::conflict, "the incident is at that place already");
    const auto from = incident->position;
    const auto placeBefore = incident->place;
    incident->position = c.position;
    incident->place = c.place;
    Event event{"incident.moved", incident->id.toString(), nlohmann::json::object()};
    event.data["from"] = from;
    event.data["to"] = c.position;
    event.data["placeBefore"] = placeBefore;
    event.data["by"] = m_actor;
    event.data["reason"] = c.reason;
    if (elsewhere) { // another name for the same place turns nobody round
        incident->movedAt = m_now;
        AssignmentSteps steps(m_state, m_ids, m_now, *m_dispatch);
        for (const auto& [id, running] : m_state.assignments) {
            if (goesThere(running, incident->id))
                model::addChange(event.data, steps.moved(running, *incident));
        }
    }
    model::addChange(event.data, *incident);
    return Effect{{std::move(event)}, {incident->id.toString()}, false};
}

} // namespace tocsin::desk
