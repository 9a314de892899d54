#pragma once

#include "desk/handlers.hpp"
#include "tocsin/base/result.hpp"
#include "tocsin/desk/dispatch_rules.hpp"
#include "tocsin/model/state.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace tocsin::desk {

/// What one act makes of assignments and of the resources bound to them, step by step: later steps see what earlier ones have
/// changed. Changes nothing but its own copies.
class AssignmentSteps {
  public:
    AssignmentSteps(const model::State& state, base::IdSource& ids, base::Time now, const DispatchRules& rules)
        : m_state(state), m_ids(ids), m_now(now), m_rules(rules) {}

    /// Binds a line's resource to the incident: proposed and notified. `by`: whose claim does not stand in the way. `factsAt`: when
    /// its way was found; an incident that was moved since lies elsewhere than the way leads.
    base::Result<void> bind(const model::Incident& incident, const model::DecisionLine& line,
                            const std::optional<model::DecisionId>& decision, const std::string& by,
                            base::Time factsAt = base::Time::max());
    /// The next step, or straight to released. `recalled`: it is released by the desk, so its team must be told; else the team has said so itself.
    /// `passed`: nobody has told this step, only a later one.
    base::Result<void> advance(model::AssignmentId id, model::AssignmentState to, bool recalled = false, bool passed = false);
    /// What came of the newest words.
    base::Result<void> told(const RecordTold& command);
    /// As many steps as are needed; refuses to go back. When it set out is not known where that was not told.
    base::Result<void> advanceTo(model::AssignmentId id, model::AssignmentState to);
    base::Result<void> replan(const ReplanAssignment& command);
    /// Its way is closed ahead of it, or open again. No event where that is known, or was found of another way.
    base::Result<void> block(const RecordBlockedWay& command);
    base::Result<void> heard(model::AssignmentId id, const std::string& text);
    /// What one that is under way is from now on, its incident lying where `incident` says. Makes no event: it belongs to the move.
    [[nodiscard]] model::Assignment moved(model::Assignment one, const model::Incident& incident) const;

    /// Whether a line could be bound now; what it takes is taken from these copies, so the lines of one decision do not
    /// promise the same thing twice.
    base::Result<void> check(const model::DecisionLine& line, const std::string& by);

    [[nodiscard]] std::vector<Event>& events() { return m_events; }
    [[nodiscard]] std::vector<std::string>& ids() { return m_made; }

  private:
    [[nodiscard]] model::Resource* resource(model::ResourceId id);
    [[nodiscard]] model::Assignment* assignment(model::AssignmentId id);
    base::Result<void> checkTraveller(const model::Resource& resource, const model::DecisionLine& line,
                                      const std::string& by);
    base::Result<void> checkLoad(const model::Resource& resource, const model::DecisionLine& line);
    base::Result<void> checkShelter(const model::Resource& resource, const model::DecisionLine& line);
    /// In journals of before, the last stop of one whose incident was moved stayed where it was until its team knew.
    void knowPlace(model::Assignment& assignment) const;
    void leaveWarehouses(model::Assignment& assignment, Event& event);
    void giveBack(model::Assignment& assignment, Event& event);
    void say(model::Assignment& one, model::TeamWord word) const; ///< is what the team must hear from now on
    [[nodiscard]] const model::Assignment* runningFor(model::ResourceId id) const;
    [[nodiscard]] int& peoplePromised(model::ResourceId shelter);
    [[nodiscard]] std::string nextOrder(const model::Incident& incident);

    const model::State& m_state;
    base::IdSource& m_ids;
    base::Time m_now;
    const DispatchRules& m_rules;
    std::map<model::ResourceId, model::Resource> m_resources;
    std::map<model::AssignmentId, model::Assignment> m_assignments;
    std::set<model::ResourceId> m_taken; ///< by lines of this act
    std::optional<std::map<model::ResourceId, int>> m_promised; ///< people; with those of this act
    int m_orders{-1};
    std::vector<Event> m_events;
    std::vector<std::string> m_made;
};

/// Routes come from a search in full precision; the journal keeps 0.1 m and 0.1 s, so that it stays readable and small.
[[nodiscard]] base::Result<model::RouteLine> trimmed(const model::RouteLine& in);
/// 0 to a week.
[[nodiscard]] base::Result<base::Seconds> checkedEta(base::Seconds eta, const std::string& whose);

} // namespace tocsin::desk
