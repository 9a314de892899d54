#include "gui/dispatch/follow_state.hpp"

#include "tocsin/base/seconds.hpp"
#include "tocsin/desk/follow.hpp"
#include "tocsin/dispatch/closures.hpp"
#include "tocsin/model/crew_hours.hpp"

#include <algorithm>
#include <array>
#include <chrono>

namespace tocsin::gui {

namespace {

using model::AssignmentState;

/// What each worry weighs against the others; the grade and the time add to it.
constexpr std::array<double, worries> weights{500, 400, 300, 250, 200, 100};

double inSeconds(base::Duration time) {
    return std::chrono::duration<double>(time).count();
}

class Follower {
  public:
    Follower(const model::State& state, const std::map<model::UnitId, desk::UnitNow>& units,
             const desk::DispatchRules& rules, base::Time now, const std::vector<route::Profile>* profiles)
        : m_state(state), m_rules(rules), m_now(now), m_profiles(profiles), m_hours(model::hoursBound(state, now)),
          m_heard(desk::lastHeard(state, units)) {}

    Followed follow(const model::Assignment& one) const {
        Followed out;
        out.id = one.id;
        out.since = sinceOf(one);
        const auto incident = m_state.incidents.find(one.incident);
        const auto grade = incident == m_state.incidents.end() ? model::Grade::IV : incident->second.grade;
        out.severity = grade <= model::Grade::II ? model::Grade::II : model::Grade::III;
        arrival(one, out);
        if (one.state != AssignmentState::released) {
            hours(one, out);
            worry(one, out);
        }
        out.urgency = one.state == AssignmentState::released ? -1 : 10.0 * (5 - static_cast<int>(grade));
        if (!out.worries.empty())
            out.urgency += weights.at(static_cast<std::size_t>(out.worries.front())) + std::min(60.0, inSeconds(out.late) / 60);
        return out;
    }

  private:
    static base::Time sinceOf(const model::Assignment& one) {
        switch (one.state) {
        case AssignmentState::released:
            return one.releasedAt.value_or(one.proposedAt);
        case AssignmentState::onScene:
            return one.arrivedAt.value_or(one.proposedAt);
        case AssignmentState::enRoute:
            return one.departedAt.value_or(one.proposedAt);
        case AssignmentState::accepted:
            return one.acceptedAt.value_or(one.proposedAt);
        case AssignmentState::notified:
            return one.notifiedAt.value_or(one.proposedAt);
        case AssignmentState::proposed:
            break;
        }
        return one.proposedAt;
    }

    void arrival(const model::Assignment& one, Followed& out) const {
        if (one.purpose == model::Purpose::shelter || one.state >= AssignmentState::onScene)
            return;
        out.moving = one.state == AssignmentState::enRoute && one.departedAt.has_value();
        if (one.blocked && model::isOnItsWay(one)) { // by the way that is open; without one nobody knows
            out.left = model::leftByOtherWay(one, m_now);
            return;
        }
        out.turnout = model::untilItSetsOut(one, m_now);
        const double gone = out.moving ? inSeconds(m_now - *one.departedAt) : -out.turnout.value;
        out.left = base::Seconds(one.eta.value - gone);
        if (one.etaHigh.value > 0) {
            out.leftLow = base::Seconds(std::max(0.0, one.etaLow.value - gone));
            out.leftHigh = base::Seconds(std::max(0.0, one.etaHigh.value - gone));
        }
        // Where it was told to be says more than the clock.
        const auto resource = m_state.resources.find(one.resource);
        if (!out.moving || out.left->value < 0 || resource == m_state.resources.end() ||
            resource->second.positionTime <= *one.departedAt)
            return; // who is late stays late
        const auto progress = model::progressOf(one, &resource->second, m_now);
        if (!progress)
            return;
        out.left = progress->left;
        if (one.etaHigh.value > 0 && one.eta.value > 0) {
            out.leftLow = progress->left * (one.etaLow.value / one.eta.value);
            out.leftHigh = progress->left * (one.etaHigh.value / one.eta.value);
        }
    }

    void hours(const model::Assignment& one, Followed& out) const {
        if (const auto known = m_hours.find(one.resource); known != m_hours.end() && one.purpose != model::Purpose::shelter)
            out.bound = known->second;
        const auto resource = m_state.resources.find(one.resource);
        if (one.purpose != model::Purpose::shelter)
            out.limitHours = resource != m_state.resources.end() && resource->second.crewHours > 0
                                 ? resource->second.crewHours
                                 : m_rules.crewHours;
    }

    void add(Followed& out, Worry worry, base::Duration late) const {
        if (out.worries.empty())
            out.late = late;
        out.worries.push_back(worry);
    }

    void worry(const model::Assignment& one, Followed& out) const {
        const auto heard = m_heard.find(one.resource);
        const auto last = heard == m_heard.end() ? std::nullopt : std::optional(heard->second);
        if (const auto due = desk::signDue(one, last, m_rules, m_now); due && m_now > *due)
            add(out, Worry::silent, m_now - *due);
        if (const auto due = desk::arrivalDue(one, m_rules); due && m_now > *due)
            add(out, Worry::overdue, m_now - *due);
        if (const auto due = desk::acceptanceDue(one, m_rules); due && m_now > *due)
            add(out, Worry::notAccepted, m_now - *due);
        if (const auto due = desk::departureDue(one, m_rules); due && m_now > *due)
            add(out, Worry::notDeparted, m_now - *due);
        const auto resource = m_state.resources.find(one.resource);
        if (resource == m_state.resources.end() || !resource->second.flies) {
            out.closure = one.blocked && model::isOnItsWay(one)
                              ? std::optional(one.blocked->closure)
                              : dispatch::closureAhead(one, m_state.drawings, m_now,
                                                       resource == m_state.resources.end() ? nullptr : &resource->second, m_profiles);
            if (out.closure)
                add(out, Worry::closure, base::Duration{0});
        }
        const auto limit = base::toDuration(base::Seconds(out.limitHours * 3600));
        if (out.limitHours > 0 && out.bound > limit)
            add(out, Worry::crewHours, out.bound - limit);
    }

    const model::State& m_state;
    const desk::DispatchRules& m_rules;
    base::Time m_now;
    const std::vector<route::Profile>* m_profiles;
    std::map<model::ResourceId, base::Duration> m_hours;
    std::map<model::ResourceId, base::Time> m_heard;
};

} // namespace

bool Followed::has(Worry worry) const {
    return std::find(worries.begin(), worries.end(), worry) != worries.end();
}

std::vector<Followed> followAll(const model::State& state, const std::map<model::UnitId, desk::UnitNow>& units,
                                const desk::DispatchRules& rules, base::Time now, base::Duration keep,
                                const std::vector<route::Profile>* profiles) {
    const Follower follower(state, units, rules, now, profiles);
    std::vector<Followed> out;
    for (const auto& [id, one] : state.assignments) {
        if (one.state == AssignmentState::released && (!one.releasedAt || now - *one.releasedAt > keep))
            continue;
        out.push_back(follower.follow(one));
    }
    // Equal ones: who arrives first, then who has been at it longest, then by id, so that cards do not jump.
    std::stable_sort(out.begin(), out.end(), [](const Followed& a, const Followed& b) {
        if (a.urgency != b.urgency)
            return a.urgency > b.urgency;
        const double left = a.left ? a.left->value : 1e12;
        const double other = b.left ? b.left->value : 1e12;
        return left != other ? left < other : a.since < b.since;
    });
    return out;
}

} // namespace tocsin::gui
