#pragma once

#include "tocsin/base/text.hpp"
#include "tocsin/desk/plans.hpp"
#include "tocsin/model/state.hpp"
#include "tocsin/store/store.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

// Commands: what the duty officer does, and what is drawn on the map. The list of all is in command.hpp.

namespace tocsin::desk {

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
/// That one command may name: each is written whole into its entry.
inline constexpr std::size_t mostReportsAtOnce = 1'000;
/// Refused while another has it in hand, unless `over`.
struct JudgeReport {
    model::ReportId report;
    model::ReportState state{model::ReportState::verified};
    std::string note{}; ///< needed for needsMore
    bool over{false};
};
/// All or none; the same as each by itself.
struct JudgeReports {
    std::vector<model::ReportId> reports;
    model::ReportState state{model::ReportState::verified};
    std::string note;
    bool over{false};
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
/// These were proposed as one event with those others, or (where none are named) with each other, and somebody says that they
/// are not: they are not proposed together again. None of them may be in a cluster: from that they are split.
struct KeepReportsApart {
    std::vector<model::ReportId> reports;
    std::vector<model::ReportId> from;
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
/// Somebody looks at bytes in quarantine that may name who told something (mayNameWhoTold): may they, and it is written down.
struct ShowQuarantined {
    std::int64_t item{0};
};
/// After its feed or its format was mended: what stands in quarantine was taken again, or is wanted no more.
struct JudgeQuarantine {
    std::int64_t item{0};
    store::QuarantineState state{store::QuarantineState::dismissed};
    /// Judged with it in one entry; those that were judged meanwhile are passed over. At most mostJudgedAtOnce in all.
    std::vector<std::int64_t> others{};
};
inline constexpr std::size_t mostJudgedAtOnce = 250;
/// The values of readings in quarantine, for whose sensors and times others are stored (holdsOtherValues), take the place of those: a service has
/// corrected itself. The item is taken then. Rules judge only what is its sensor's newest reading.
struct UseValues {
    std::int64_t item{0};
};
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
    bool callOffAid{false}; ///< what was asked of others for it and is not here yet; else it comes all the same
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
/// The PIN by which a name is proved, as its salted hash (base/pin_record), which is kept beside the journal. Made by the desk itself
/// (Desk::changePin) and by the county's administrator, never sent by a seat.
struct SetPin {
    std::string name;
    std::string record; ///< empty: there is none from now on
    bool had{false};    ///< whether it had one when this was made; Code::conflict where that is different by now …
    bool anyway{false}; ///< … but for the administrator
};
/// Somebody has given a wrong PIN so often that the next try has to wait.
struct NoteWrongPins {
    std::string name;
    int seat{0};    ///< where; 0: at the desk's own window
    int tries{0};   ///< wrong ones since the last right one
    int seconds{0}; ///< until the next
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

} // namespace tocsin::desk
