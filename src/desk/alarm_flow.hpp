#pragma once

#include "desk/alarm_book.hpp"
#include "desk/handlers.hpp"
#include "desk/rule_table.hpp"
#include "tocsin/base/id.hpp"
#include "tocsin/model/alarm_life.hpp"
#include "tocsin/model/state.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::desk {

/// The standing alarm with what its cause says of it now: all that describes it, nothing of its life.
[[nodiscard]] model::Alarm described(const model::Alarm& standing, const model::Alarm& found);

/// What becomes of alarms: raised, said anew, over, muted, louder. Judges by the state and the book and gives the
/// entries to be written; changes nothing but the book's memory of swings. The desk's thread.
class AlarmFlow {
  public:
    AlarmFlow(const model::State& state, AlarmBook& book, const RuleTable& rules, base::IdSource& ids, base::Time now)
        : m_state(state), m_book(book), m_rules(rules), m_ids(ids), m_now(now) {}

    /// The condition of `found` holds. Of `found` counts what describes it (rule, subject, title, value …); its life is
    /// the desk's. An alarm of the same rule and subject that is active is this one: it stands as it did, or has come
    /// again. `at`: the time of readings. With `update`, one that stands says what `found` says.
    [[nodiscard]] Effect raise(model::Alarm found, base::Time at, bool update = false) const;
    /// The condition of an active alarm is gone; `at` the time of readings, `value` that of the one that says so.
    [[nodiscard]] Effect clear(const model::Alarm& standing, base::Time at, std::optional<double> value = {}) const;
    /// These are over for `reason`, whatever their condition did: their rules are gone. One entry for many.
    [[nodiscard]] Effect end(const std::vector<model::AlarmId>& alarms, std::string_view reason) const;

    /// Over for good, whatever it was, seen and reset by who ended it; absent where it is over already.
    [[nodiscard]] std::optional<model::Alarm> closed(const model::Alarm& alarm, std::string_view by) const;
    /// As `stateAfter` says; where it comes into sight unacknowledged, it asks anew. The time until it becomes louder starts when it
    /// begins to want acknowledgement, and goes on as long as it does.
    [[nodiscard]] std::optional<model::Alarm> after(const model::Alarm& alarm, model::AlarmEvent event,
                                                    std::string_view by, std::string_view reason = {}) const;
    /// Louder not at all yet, and in so long as its rule says.
    void startClock(model::Alarm& alarm) const;
    /// What by design mutes this one now; null if nothing does.
    [[nodiscard]] const model::Alarm* muterOf(const model::Alarm& alarm) const;
    /// What follows by design from an alarm having changed: it is muted, others are, or those that it muted come back.
    /// One alarm at a time, written before the next is asked for: so nothing is ever muted in a circle.
    [[nodiscard]] Effect settle(model::AlarmId changed) const;
    /// What is due by itself now. Bounded: what is left is due at the next turn.
    [[nodiscard]] Effect due() const;

    /// That are changed by their time in one turn, at most.
    static constexpr std::size_t mostDue = 1'000;
    /// Events that carry many images of one act, at most so many each.
    static constexpr std::size_t mostImages = imagesAnEntry;
    [[nodiscard]] static std::vector<Event> events(const std::string& type, const std::vector<model::Alarm>& alarms,
                                                   const nlohmann::json& facts = nlohmann::json::object());

  private:
    [[nodiscard]] Effect comesAgain(const model::Alarm& standing, const model::Alarm& found) const;
    [[nodiscard]] Effect swings(const model::Alarm& standing, base::Time at, const detect::Rule& rule) const;
    [[nodiscard]] bool restsOnFaults(const model::Alarm& alarm, const model::SensorId& faulty) const;
    [[nodiscard]] bool mutes(const model::Alarm& muter, const model::Alarm& alarm) const;
    [[nodiscard]] bool isMutedThrough(const model::Alarm& alarm, model::AlarmId by) const;
    [[nodiscard]] model::Alarm muted(const model::Alarm& alarm, const model::Alarm& muter) const;
    [[nodiscard]] std::vector<model::Alarm> following(const model::Alarm& muter) const;
    void unshelve(const std::vector<model::AlarmId>& alarms, Effect& effect) const;
    void escalate(const std::vector<model::AlarmId>& alarms, Effect& effect) const;
    void calm(model::AlarmId id, Effect& effect) const;

    const model::State& m_state;
    AlarmBook& m_book;
    const RuleTable& m_rules;
    base::IdSource& m_ids;
    base::Time m_now;
};

} // namespace tocsin::desk
