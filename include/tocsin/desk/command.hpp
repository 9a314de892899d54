#pragma once

#include "tocsin/base/text.hpp"
#include "tocsin/desk/plans.hpp"
#include "tocsin/model/state.hpp"
#include "tocsin/store/store.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace tocsin::desk {

// ---- setting up
struct NameCounty {
    base::LocalText county;
    bool exercise{false};
};
/// Sensors as the county's own: what a feed has told of one counts no more once more than its silence limit is changed.
/// Whether one is in service or retired stays as it is (SetSensorService, RetireSensors). A unit stays where there are readings in it.
struct RegisterSensors {
    std::vector<model::Sensor> sensors;
    /// An editor's: those that it changes, as it saw them. What it left alone stays as it stands by now; Code::conflict where
    /// somebody else has changed the same, or where one that it did not see is there. Absent: they are taken whole.
    std::optional<std::vector<model::Sensor>> seen{};
    bool anyUnit{false}; ///< also a new unit that nobody can convert; without it that is Code::notFound, and nothing else is
};
struct RegisterResources {
    std::vector<model::Resource> resources;
};

// ---- what feeds bring
struct TakeWarning {
    std::string feed;
    model::Warning warning;
};
/// A person puts a warning in force that was held for its signature; what it updates or cancels follows.
struct AcceptWarning {
    model::WarningId warning;
};
struct TakeReport {
    std::string feed;
    model::Report report;
};
struct TakeEarthquake {
    std::string feed;
    model::Earthquake earthquake;
};
/// Sensors as their service describes them. New ones are registered, changed ones changed; those that the county
/// registered itself (feed empty) or that another feed brought stay as they are.
struct TakeSensors {
    std::string feed;
    std::vector<model::Sensor> sensors;
};
struct TakeFieldMessage {
    std::string feed;
    model::FieldMessage message;
};
struct TakeFieldMarker {
    std::string feed;
    model::FieldMarker marker;
};
struct TakeEmergency {
    std::string feed;
    model::Emergency emergency;
};
/// Which resource a unit in the field carries; absent: none.
struct BindUnit {
    model::UnitId unit;
    std::optional<model::ResourceId> resource;
};

/// A line to a unit in the field, as its phone's chat has it. Refused for one that can only say where it is.
struct WriteToUnit {
    model::UnitId unit;
    std::string text; ///< at most 400 characters
};
/// What came of it: `message` is the id that WriteToUnit was answered with.
struct RecordWritten {
    model::UnitId unit;
    std::string message;
    bool handed{false}; ///< to the phone's connection
};

// ---- the duty officer
struct AcknowledgeAlarm {
    model::AlarmId alarm;
};
struct AcknowledgeAllAlarms {};
/// All of these, whatever they wait for; those that wait for nothing are passed over.
struct AcknowledgeAlarms {
    std::vector<model::AlarmId> alarms;
};
/// Set aside by a person, for a time (at most a week) and with a reason; they come back by themselves. One that is over
/// stands for its rule and sensor: it is set aside before it comes again.
struct ShelveAlarms {
    std::vector<model::AlarmId> alarms;
    base::Time until;
    std::string reason;
};
struct UnshelveAlarms {
    std::vector<model::AlarmId> alarms;
};
/// Until a person puts them back. As for ShelveAlarms also those that are over.
struct TakeAlarmsOutOfService {
    std::vector<model::AlarmId> alarms;
    std::string reason;
};
struct PutAlarmsBack {
    std::vector<model::AlarmId> alarms;
};
/// Of latched ones.
struct ResetAlarms {
    std::vector<model::AlarmId> alarms;
};
/// Part of the load goes to another who is on duty; empty: back to whoever has the desk.
struct HandAlarms {
    std::vector<model::AlarmId> alarms;
    std::string to;
};
/// A person, one of the alarm's `tell` or another, was told of it: kept in the alarm, with who told and when.
struct TellOfAlarm {
    model::AlarmId alarm;
    std::string who;
};
/// A sensor that is being worked on: its alarms are taken out of service with it, and its readings raise none.
struct SetSensorService {
    model::SensorId sensor;
    bool inService{true};
    std::string reason; ///< needed to take it out
};
/// They are no longer there: no alarm comes of them and those that rest on them alone are closed; what they still send is stored and
/// flagged. Or they are there again. Those that are so already are passed over.
struct RetireSensors {
    std::vector<model::SensorId> sensors;
    bool retired{true};
    std::string reason; ///< needed to retire them
};
/// The rules from now on, as the text of rules.toml. Refused whole, with the place, if it cannot be read or if a rule
/// is wrong in itself; doubtful rules are taken. Alarms of rules that are gone return to normal.
struct ChangeRules {
    std::string toml;
};
struct JudgeReport {
    model::ReportId report;
    model::ReportState state{model::ReportState::verified};
    std::string note{}; ///< needed for needsMore
};
/// All or none; the same as each by itself.
struct JudgeReports {
    std::vector<model::ReportId> reports;
    model::ReportState state{model::ReportState::verified};
    std::string note;
};
/// "I have this." A report that another has claimed and is still at is refused unless `over`.
struct ClaimReports {
    std::vector<model::ReportId> reports;
    bool over{false};
};
struct ReleaseReports {
    std::vector<model::ReportId> reports;
};
/// Somebody is to be called back by then; again: another time.
struct PlanCallBack {
    model::ReportId report;
    base::Time due;
};
struct EndCallBack {
    model::ReportId report;
    bool reached{false};
    std::string result; ///< what was said; needed where somebody was reached
};
/// A person puts a report where it belongs. What the sender gave stays in the journal.
struct PlaceReport {
    model::ReportId report;
    model::Position position;
    std::string how; ///< "address", "map", "call back"
};
/// These speak of one event: a new cluster, or (with its id) added to one. Clusters that they were in are merged into
/// it. All stay one with the incident, where one of them belongs to one.
struct JoinReports {
    std::vector<model::ReportId> reports;
    std::optional<model::ClusterId> cluster;
};
/// These are taken out of their cluster, and are not proposed for it again. One that is left alone dissolves it.
struct SplitReports {
    model::ClusterId cluster;
    std::vector<model::ReportId> reports;
};
/// Takes back the last change of a cluster.
struct UndoCluster {
    model::ClusterId cluster;
};
/// These might be an incident, and somebody says that they are none. Those that belong to one already are passed over.
struct DeclineIncident {
    std::vector<model::ReportId> reports;
    std::string why;
    std::int64_t senders{0}; ///< as model::NoIncident has them
    bool danger{false};
};
/// A call to the desk, as its dialog holds it. `report.sourceId` is the dialog's own id for it, so that saving it
/// twice (after a crash) is one; known already, it replaces what it was: a call is saved as it goes.
struct RecordCall {
    model::Report report;
};
/// Somebody looks at who told a report: answered with the contact in Done::contact, and written down.
struct ShowContact {
    model::ReportId report;
};
/// After its feed or its format was mended: what stands in quarantine was taken again, or is wanted no more.
struct JudgeQuarantine {
    std::int64_t item{0};
    store::QuarantineState state{store::QuarantineState::dismissed};
    /// Judged with it in one entry; those that were judged meanwhile are passed over. At most mostJudgedAtOnce in all.
    std::vector<std::int64_t> others{};
};
inline constexpr std::size_t mostJudgedAtOnce = 250;
struct OpenIncident {
    base::LocalText title;
    model::HazardClass hazardClass{model::HazardClass::naturalDisaster};
    std::string hazard;
    model::Grade grade{model::Grade::IV};
    model::Position position;
    base::LocalText place;
    std::vector<model::AlarmId> alarms; ///< from which it is opened
    std::vector<model::ReportId> reports;
    std::string plan{}; ///< that its alarm's rule suggests; empty, or none of that id: the one for the hazard and grade
};
struct LinkToIncident {
    model::IncidentId incident;
    std::vector<model::AlarmId> alarms;
    std::vector<model::ReportId> reports;
};
/// Another plan, and what becomes of the needs by it (needsWith).
struct PlanChange {
    std::string plan;
    PlanMerge needs{PlanMerge::keep};
    friend bool operator==(const PlanChange&, const PlanChange&) = default;
};
/// Without `plan` the plan and the needs stay as they are.
struct GradeIncident {
    model::IncidentId incident;
    model::Grade grade{model::Grade::IV};
    std::string reason;
    std::optional<PlanChange> plan{};
};
struct SetPlan {
    model::IncidentId incident;
    PlanChange change;
    std::string reason; ///< may be empty
};
/// An incident lies elsewhere than was thought. `place` takes the place of what stood there; who is under way is to be told.
struct MoveIncident {
    model::IncidentId incident;
    model::Position position;
    base::LocalText place;
    std::string reason;
};
struct SetNeeds {
    model::IncidentId incident;
    std::vector<model::Need> needs;
};
struct CloseIncident {
    model::IncidentId incident;
    std::string reason;
};
struct WriteNote {
    std::string text;
    std::optional<model::IncidentId> incident;
};
struct SetResponseLevel {
    std::optional<model::Grade> level;
    base::LocalText title;
    std::string reason;
};
struct StartShift {
    std::string officer;
    std::string leader;
    std::optional<base::Time> until;
};
struct SetRoadWeather {
    model::RoadWeather weather{model::RoadWeather::clear};
};
struct MuteSound {
    std::optional<base::Time> until;
}; ///< absent: sound again; at most an hour

// ---- the map
/// Puts a drawing on the map, or, where its id is known, in the place of what it was. `by` and `drawnAt` are filled in
/// by the desk.
struct PutDrawing {
    model::Drawing drawing; ///< a nil id: a new one
};
struct RemoveDrawing {
    model::DrawingId drawing;
};

// ---- the dispatcher
struct AdvanceAssignment {
    model::AssignmentId assignment;
    model::AssignmentState to{model::AssignmentState::accepted};
};

/// Sends (or, where the county wants a leader's word for that grade, proposes) all that a decision has chosen: teams,
/// loads, shelters, stand-by moves; all or none. `id`, `by`, `at`, `state` and the judgement are filled in by the desk. A resource that
/// is claimed by another, busy or gone refuses the whole, and says which.
struct SendPlan {
    model::Decision decision;
    std::vector<model::AssignmentId> releases{}; ///< running ones that the plan gives up: released with it
};
/// How a line of a plan that has waited goes by now.
struct FreshWay {
    model::ResourceId resource;
    model::RouteLine route;
    base::Seconds eta;
    base::Seconds etaLow;
    base::Seconds etaHigh;
    base::Seconds plain;            ///< what the roads alone say; 0: not known
    std::vector<model::Stop> stops; ///< the line's own, with their times by this way
};
/// The leader's word on a decision that waits: approved it is sent at once, if all it takes is still free. Whoever proposed it may refuse
/// it too: that takes it back.
struct JudgeDecision {
    model::DecisionId decision;
    bool approve{true};
    std::string reason; ///< needed to refuse another's
    std::vector<FreshWay> ways{}; ///< of its lines, where they were looked for anew; the others go as they were proposed
    base::Time waysAt{};          ///< when
};
/// Another way for one that is on it already: a road was closed, or the incident moved.
struct ReplanAssignment {
    model::AssignmentId assignment;
    model::RouteLine route;
    base::Seconds eta; ///< from now
    base::Seconds etaLow;
    base::Seconds etaHigh;
    std::string reason;
    base::Seconds plain{};          ///< what the roads alone say, from now; 0: not known
    std::vector<model::Stop> stops{}; ///< those that lie ahead, with their times from now; empty: as they are
};
/// A team has said that it is well: its roll call starts again.
struct AnswerRollCall {
    model::AssignmentId assignment;
    std::string text;
};
/// What came of the words that teams must hear (their orders, other ways, new places, recalls). `since`: only where the newest word is still that which was
/// given then; a word that has come to the team stays so.
struct RecordTold {
    std::vector<model::AssignmentId> assignments;
    model::Reached reached{model::Reached::voice};
    std::optional<base::Time> since{};
};
/// Several at once; what they carried and did not deliver goes back to its warehouse's account.
struct ReleaseAssignments {
    std::vector<model::AssignmentId> assignments;
    std::string reason;
};
/// "I am deciding about these": two minutes, again: two minutes more. Another's claim refuses all.
struct ClaimResources {
    std::vector<model::ResourceId> resources;
    bool release{false};
};
/// A list that the county keeps under a name; a nil id: a new one. `changedAt`, `changedBy` are filled in by the desk. `seen`: as the editor saw it;
/// one that has changed since is Code::conflict.
struct PutCallList {
    model::CallList list;
    std::optional<model::CallList> seen{};
};
struct RemoveCallList {
    model::CallListId list;
    std::string reason; ///< may be empty
};
/// Calls people in turn until one answers; `id`, `state`, `startedAt`, `startedBy`, `at` and `nextAt` are filled in by the desk.
struct StartCallDown {
    model::CallDown callDown;
};
/// Whoever's turn it is, or anybody on the list, has answered (by name: the proof) or could not be reached.
struct AnswerCallDown {
    model::CallDownId callDown;
    int person{0};
    bool reached{true};
    std::string result; ///< what was said; needed where reached
};
struct EndCallDown {
    model::CallDownId callDown;
    std::string reason;
};
/// A nil id: a new draft; else the draft is replaced. `number`, `by`, `state` and times are filled in by the desk.
struct PutAidRequest {
    model::AidRequest request;
};
struct AdvanceAidRequest {
    model::AidRequestId request;
    model::AidState to{model::AidState::sent};
    std::string note;
};

// ---- the resource database
/// New records (nil or unknown ids) and changed ones, all or none. What dispatch keeps (status, claims, reserved stock, occupancy
/// by assignments) is not taken from the records. `seen`: the records as the editor saw them; one that has changed since is Code::conflict.
struct PutResources {
    std::vector<model::Resource> resources;
    std::vector<model::Resource> seen;
    std::string how; ///< "edit", "import teams.csv"
};
/// They are no longer there. One that is assigned is refused.
struct RetireResources {
    std::vector<model::ResourceId> resources;
    std::string reason;
};
/// available, outOfService, maintenance or offDuty, with a clock; `assigned` is dispatch's.
struct SetResourceStatus {
    std::vector<model::ResourceId> resources;
    model::ResourceStatus status{model::ResourceStatus::available};
    std::optional<base::Time> until;
    std::string reason; ///< needed for outOfService
};
enum class StockAct : std::uint8_t { receipt, issue, transfer, count, writeOff };
/// Stock in or out, with a document; never below zero nor below what is reserved.
struct MoveStock {
    model::ResourceId resource;
    StockAct act{StockAct::receipt};
    std::string code;
    base::LocalText name; ///< needed for a code that is new there
    std::string unit;
    std::string batch;
    double quantity{0}; ///< moved; for `count` what was counted
    std::optional<base::Time> expiry;
    std::optional<model::ResourceId> to; ///< of a transfer
    std::string document; ///< the paper's number; empty: the desk gives one
    std::string reason;
    std::optional<model::IncidentId> incident;
};
/// Heads and beds as they were counted now.
struct CountResource {
    model::ResourceId resource;
    std::optional<int> occupied;
    std::vector<model::Beds> beds; ///< empty: not counted
};
/// A readiness check or maintenance was done.
struct RecordCheck {
    model::ResourceId resource;
    bool maintenance{false};
    bool passed{true}; ///< failed: out of service from now on
    std::optional<base::Time> next;
    std::string result;
};

// ---- the trainer
struct StartExercise {
    std::string scenario;
    base::LocalText title;
}; ///< closes what the last one left open
struct EndExercise {};

template <class... Each>
struct CommandList {
    static constexpr std::size_t size = sizeof...(Each);
    /// Which of them `One` is; `size`: none.
    template <class One>
    static constexpr std::size_t indexOf = [] {
        std::size_t at = 0;
        (void)((std::is_same_v<One, Each> || (++at, false)) || ...);
        return at;
    }();
};
using Commands = CommandList<
    NameCounty, RegisterSensors, RegisterResources, TakeWarning, AcceptWarning, TakeReport, TakeEarthquake,
    TakeSensors, TakeFieldMessage, TakeFieldMarker, TakeEmergency, BindUnit, WriteToUnit, RecordWritten, RecordCall,
    ShowContact, JudgeQuarantine, AcknowledgeAlarm, AcknowledgeAllAlarms, AcknowledgeAlarms, ShelveAlarms,
    UnshelveAlarms, TakeAlarmsOutOfService, PutAlarmsBack, ResetAlarms, HandAlarms, TellOfAlarm, SetSensorService,
    RetireSensors, ChangeRules, JudgeReport, JudgeReports, ClaimReports, ReleaseReports, PlanCallBack, EndCallBack,
    PlaceReport, JoinReports, SplitReports, UndoCluster, DeclineIncident, OpenIncident, LinkToIncident, GradeIncident,
    SetPlan, MoveIncident, SetNeeds, CloseIncident, WriteNote, SetResponseLevel, StartShift,
    MuteSound, SetRoadWeather, AdvanceAssignment, PutDrawing, RemoveDrawing, SendPlan, JudgeDecision,
    ReplanAssignment, AnswerRollCall, RecordTold, ReleaseAssignments, ClaimResources, PutCallList, RemoveCallList,
    StartCallDown, AnswerCallDown, EndCallDown, PutAidRequest, AdvanceAidRequest, PutResources, RetireResources,
    SetResourceStatus, MoveStock, CountResource, RecordCheck, StartExercise, EndExercise>;

/// One of the commands. It stands behind a pointer and is never changed, so that a copy costs nothing, and who sends one command
/// compiles nothing of the others: a std::variant of them was a quarter of the time to compile a window.
class CommandBody {
  public:
    template <class One>
        requires(Commands::indexOf<One> < Commands::size)
    CommandBody(One command) // implicit: each command is a body
        : m_index(Commands::indexOf<One>), m_command(std::make_shared<const One>(std::move(command))) {}

    /// Its place in Commands.
    [[nodiscard]] std::size_t index() const { return m_index; }
    /// What it is, or null where it is another. Lives as long as a copy of this.
    template <class One>
    [[nodiscard]] const One* as() const {
        static_assert(Commands::indexOf<One> < Commands::size);
        return m_index == Commands::indexOf<One> ? static_cast<const One*>(m_command.get()) : nullptr;
    }

  private:
    std::size_t m_index;
    std::shared_ptr<const void> m_command;
};

/// A wish to change the desk. Sent twice with the same id it is done once, and answered the same.
struct Command {
    model::CommandId id;
    std::string actor; ///< a person's name, "desk", "feed:cap", "drill"
    CommandBody body{WriteNote{}};
};

/// What a command came to. `entries` are those that it made, now or when it was first sent.
struct Done {
    std::vector<model::Entry> entries;
    std::vector<std::string> ids; ///< of the things made, or of the existing one that a duplicate names
    bool duplicate{false};        ///< the command, or the message that it brings, was known already
    std::optional<model::Contact> contact; ///< ShowContact's answer
};

} // namespace tocsin::desk
