#pragma once

#include "tocsin/base/id.hpp"
#include "tocsin/base/result.hpp"
#include "tocsin/desk/command.hpp"
#include "tocsin/desk/dispatch_rules.hpp"
#include "tocsin/detect/detector.hpp"
#include "tocsin/store/readings.hpp"
#include "tocsin/store/store.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::desk {

struct UnitNow;
class AlarmBook;
class AlarmFlow;
class ReadingGate;
class RuleTable;

/// What a decision takes stays claimed so long while it waits for the leader.
inline constexpr auto waitingClaim = std::chrono::minutes(30);
inline constexpr auto longestMute = std::chrono::hours(1); ///< of the sound

/// An entry before it has its id, time, actor and command.
struct Event {
    std::string type;
    std::string subject;
    nlohmann::json data = nlohmann::json::object();
};

/// What a command comes to if it is allowed.
struct Effect {
    std::vector<Event> events;
    std::vector<std::string> ids;
    bool duplicate{false};
    /// What is written beside the journal, in the same transaction.
    std::vector<std::pair<model::ReportId, model::Contact>> contacts{};
    std::optional<JudgeQuarantine> quarantine{};
    std::optional<SetPin> pin{};
    std::vector<store::Correction> corrections{};
    std::optional<model::Contact> contact{}; ///< to be answered
    std::optional<std::vector<detect::Rule>> rules{}; ///< in force from now on
};

/// Judges commands against the present state and says what would be written. Changes nothing itself.
class Handlers {
  public:
    Handlers(const model::State& state, const store::Store& store, const std::vector<model::Plan>& plans,
             base::IdSource& ids, base::Time now, std::string_view actor)
        : m_state(state), m_store(store), m_plans(plans), m_ids(ids), m_now(now), m_actor(actor) {}

    /// Where units are; must outlive it.
    void knowUnits(const std::map<model::UnitId, UnitNow>& units) { m_units = std::addressof(units); }
    /// Finds alarms and rules; both must outlive it. Needed by all that touches alarms.
    void knowAlarms(AlarmBook& book, const RuleTable& rules) {
        m_book = std::addressof(book);
        m_rules = std::addressof(rules);
    }
    /// Says which sensors have readings, which units are known, and brings those of sensors that feeds describe to the desk's own;
    /// must outlive it. Without it nobody asks, and units stay.
    void knowReadings(ReadingGate& gate) { m_gate = std::addressof(gate); }
    /// What is stored of readings; must outlive it. Needed by what corrects them.
    void knowStored(const store::ReadingStore& readings) { m_stored = std::addressof(readings); }
    /// How those that were sent are followed; must outlive it.
    void knowDispatch(const DispatchRules& rules) { m_dispatch = std::addressof(rules); }
    /// Whether who acts may see who told a report.
    void allowContacts(bool may) { m_mayShowContacts = may; }
    /// Whether who acts may act as the leader where that name leads: it has no PIN, or it was given.
    void allowLeading(bool may) { m_mayLead = may; }

    base::Result<Effect> operator()(const NameCounty& c);
    // handlers_sensors.cpp
    base::Result<Effect> operator()(const RegisterSensors& c);
    base::Result<Effect> operator()(const RetireSensors& c);
    base::Result<Effect> operator()(const RegisterResources& c);

    base::Result<Effect> operator()(const TakeWarning& c);
    base::Result<Effect> operator()(const AcceptWarning& c);
    base::Result<Effect> operator()(const TakeReport& c);
    base::Result<Effect> operator()(const TakeEarthquake& c);
    base::Result<Effect> operator()(const TakeSensors& c);
    base::Result<Effect> operator()(const TakeFieldMessage& c);
    base::Result<Effect> operator()(const TakeFieldMarker& c);
    base::Result<Effect> operator()(const TakeEmergency& c);
    base::Result<Effect> operator()(const BindUnit& c);
    base::Result<Effect> operator()(const WriteToUnit& c);
    base::Result<Effect> operator()(const RecordWritten& c);
    base::Result<Effect> operator()(const RecordCall& c);
    base::Result<Effect> operator()(const ShowContact& c);
    base::Result<Effect> operator()(const ShowQuarantined& c);
    base::Result<Effect> operator()(const JudgeQuarantine& c);
    base::Result<Effect> operator()(const UseValues& c); // handlers_corrections.cpp

    base::Result<Effect> operator()(const AcknowledgeAlarm& c);
    base::Result<Effect> operator()(const AcknowledgeAllAlarms& c);
    base::Result<Effect> operator()(const JudgeReport& c);
    // handlers_alarms.cpp
    base::Result<Effect> operator()(const AcknowledgeAlarms& c);
    base::Result<Effect> operator()(const ShelveAlarms& c);
    base::Result<Effect> operator()(const UnshelveAlarms& c);
    base::Result<Effect> operator()(const TakeAlarmsOutOfService& c);
    base::Result<Effect> operator()(const PutAlarmsBack& c);
    base::Result<Effect> operator()(const ResetAlarms& c);
    base::Result<Effect> operator()(const HandAlarms& c);
    base::Result<Effect> operator()(const TellOfAlarm& c);
    base::Result<Effect> operator()(const SetSensorService& c);
    base::Result<Effect> operator()(const ChangeRules& c);
    // handlers_reports.cpp
    base::Result<Effect> operator()(const JudgeReports& c);
    base::Result<Effect> operator()(const ClaimReports& c);
    base::Result<Effect> operator()(const ReleaseReports& c);
    base::Result<Effect> operator()(const PlanCallBack& c);
    base::Result<Effect> operator()(const EndCallBack& c);
    base::Result<Effect> operator()(const PlaceReport& c);
    base::Result<Effect> operator()(const DeclineIncident& c);
    base::Result<Effect> operator()(const JoinReports& c);
    base::Result<Effect> operator()(const SplitReports& c);
    base::Result<Effect> operator()(const KeepReportsApart& c);
    base::Result<Effect> operator()(const UndoCluster& c);
    base::Result<Effect> operator()(const OpenIncident& c);
    base::Result<Effect> operator()(const LinkToIncident& c);
    // handlers_incidents.cpp
    base::Result<Effect> operator()(const GradeIncident& c);
    base::Result<Effect> operator()(const SetPlan& c);
    base::Result<Effect> operator()(const SetNeeds& c);
    base::Result<Effect> operator()(const MoveIncident& c);
    base::Result<Effect> operator()(const CloseIncident& c);
    base::Result<Effect> operator()(const WriteNote& c);
    base::Result<Effect> operator()(const SetResponseLevel& c);
    base::Result<Effect> operator()(const StartShift& c);
    // handlers_pins.cpp
    base::Result<Effect> operator()(const SetPin& c);
    base::Result<Effect> operator()(const NoteWrongPins& c);
    base::Result<Effect> operator()(const MuteSound& c);
    base::Result<Effect> operator()(const SetRoadWeather& c);

    base::Result<Effect> operator()(const PutDrawing& c);
    base::Result<Effect> operator()(const RemoveDrawing& c);

    base::Result<Effect> operator()(const AdvanceAssignment& c);
    // handlers_plan.cpp
    base::Result<Effect> operator()(const SendPlan& c);
    base::Result<Effect> operator()(const JudgeDecision& c);
    base::Result<Effect> operator()(const ReplanAssignment& c);
    base::Result<Effect> operator()(const RecordBlockedWay& c);
    base::Result<Effect> operator()(const AnswerRollCall& c);
    base::Result<Effect> operator()(const RecordTold& c);
    base::Result<Effect> operator()(const ReleaseAssignments& c);
    // handlers_duty.cpp
    base::Result<Effect> operator()(const PutCallList& c);
    base::Result<Effect> operator()(const RemoveCallList& c);
    base::Result<Effect> operator()(const StartCallDown& c);
    base::Result<Effect> operator()(const AnswerCallDown& c);
    base::Result<Effect> operator()(const EndCallDown& c);
    base::Result<Effect> operator()(const PutAidRequest& c);
    base::Result<Effect> operator()(const AdvanceAidRequest& c);
    // handlers_records.cpp
    base::Result<Effect> operator()(const ClaimResources& c);
    base::Result<Effect> operator()(const PutResources& c);
    base::Result<Effect> operator()(const RetireResources& c);
    base::Result<Effect> operator()(const SetResourceStatus& c);
    base::Result<Effect> operator()(const MoveStock& c);
    base::Result<Effect> operator()(const CountResource& c);
    base::Result<Effect> operator()(const RecordCheck& c);
    base::Result<Effect> operator()(const StartExercise& c);
    base::Result<Effect> operator()(const EndExercise& c);

    /// Warnings whose time is over.
    Effect expireWarnings() const;

  private:
    [[nodiscard]] const model::Assignment* runningFor(model::ResourceId resource) const;
    [[nodiscard]] base::Result<Effect> receipt(const model::FieldMessage& message) const;
    void stepsByWord(const model::FieldMessage& message, Effect& effect) const;
    /// A call-down's first entry, with whose turn it is.
    [[nodiscard]] base::Result<Event> begun(model::CallDown list) const;
    /// The same from a list that the county keeps, with who is on duty now.
    [[nodiscard]] base::Result<Event> begunFrom(model::CallListId list, const model::Decision& card) const;
    [[nodiscard]] bool needsApproval(const model::Incident& incident) const;
    /// That a plan which waited is not sent; what it claimed is free.
    [[nodiscard]] Event refusalOf(const model::Decision& card, const char* type) const;
    [[nodiscard]] base::Result<model::Incident> openIncident(model::IncidentId id) const;
    /// Gives the incident another plan; says in the event what it was before.
    base::Result<void> givePlan(model::Incident& incident, const PlanChange& to, nlohmann::json& facts) const;
    base::Result<void> link(Event& event, model::Incident& incident, const std::vector<model::AlarmId>& alarms,
                            const std::vector<model::ReportId>& reports) const;
    [[nodiscard]] AlarmFlow flow() const;
    [[nodiscard]] model::Alarm beacon(const model::Emergency& e, const std::string& source) const;
    [[nodiscard]] std::vector<model::AlarmId> toSetAside(const std::vector<model::AlarmId>& alarms) const;
    /// What one act makes of many alarms: entries with the images of those for which `change` gives one.
    template <typename Change>
    base::Result<Effect> eachAlarm(const std::vector<model::AlarmId>& alarms, const char* type,
                                   const nlohmann::json& facts, const char* none, Change change) const;
    /// A warning with the state that it has now (held, if that is asked and it would warn), and those that it replaces.
    [[nodiscard]] Event warningEvent(const char* type, model::Warning warning, bool held) const;
    /// Of an event that no id names: another agency's, or a new one.
    base::Result<Effect> newEarthquake(const TakeEarthquake& c);
    [[nodiscard]] base::Result<Effect> renew(const model::Report& report, const model::Report& before, bool amended) const;

    const model::State& m_state;
    const store::Store& m_store;
    const std::vector<model::Plan>& m_plans;
    base::IdSource& m_ids;
    base::Time m_now;
    std::string m_actor;
    bool m_mayShowContacts{true};
    bool m_mayLead{true};
    const std::map<model::UnitId, UnitNow>* m_units{nullptr};
    AlarmBook* m_book{nullptr};
    const RuleTable* m_rules{nullptr};
    ReadingGate* m_gate{nullptr};
    const store::ReadingStore* m_stored{nullptr};
    const DispatchRules* m_dispatch{nullptr};
};

/// Refuses text that is empty, too long, or not UTF-8 without control characters (line breaks allowed).
[[nodiscard]] base::Result<void> checkText(std::string_view text, std::string_view what, std::size_t most,
                                           bool mayBeEmpty = false);

/// What no register and no feed says of a sensor, but a person at the desk: out of service, retired.
void keepStanding(model::Sensor& sensor, const model::Sensor& before);
/// A team's own word, or that of the drill's crews: nobody need tell them.
[[nodiscard]] bool saidInTheField(std::string_view actor);

/// What only the desk says of a report: nothing of it comes from outside.
void forgetWork(model::Report& report);
/// Whoever has a report in hand and acts on it has it from now on: a claim goes stale only without an act.
void renewClaim(model::Report& report, const std::string& actor, base::Time now);

/// An event of one thing changed.
template <typename T>
[[nodiscard]] Event eventOf(std::string type, std::string subject, const T& after) {
    Event event{std::move(type), std::move(subject), nlohmann::json::object()};
    model::addChange(event.data, after);
    return event;
}

/// Entries that carry many images of one act have at most so many each, so that they stay readable.
inline constexpr std::size_t imagesAnEntry = 250;

/// Entries of one type with the images of all of them; `many` is the subject where there is more than one in an entry.
template <typename T>
void addEntries(Effect& effect, const std::string& type, const char* many, const std::vector<T>& after, const nlohmann::json& facts) {
    const auto idOf = [](const T& one) -> std::string {
        if constexpr (requires { one.id.toString(); })
            return one.id.toString();
        else
            return one.id.value;
    };
    for (std::size_t at = 0; at < after.size(); at += imagesAnEntry) {
        const auto end = std::min(after.size(), at + imagesAnEntry);
        Event event{type, end - at == 1 ? idOf(after[at]) : many, facts};
        for (std::size_t i = at; i < end; ++i) {
            model::addChange(event.data, after[i]);
            effect.ids.push_back(idOf(after[i]));
        }
        event.data["count"] = end - at;
        effect.events.push_back(std::move(event));
    }
}

} // namespace tocsin::desk
