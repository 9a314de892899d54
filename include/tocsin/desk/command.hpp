#pragma once

#include "tocsin/base/text.hpp"
#include "tocsin/model/state.hpp"
#include "tocsin/store/store.hpp"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace tocsin::desk {

// ---- setting up
struct NameCounty {
    base::LocalText county;
    bool exercise{false};
};
struct RegisterSensors {
    std::vector<model::Sensor> sensors;
};
struct RegisterResources {
    std::vector<model::Resource> resources;
};

// ---- what feeds bring
struct TakeWarning {
    std::string feed;
    model::Warning warning;
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

// ---- the duty officer
struct AcknowledgeAlarm {
    model::AlarmId alarm;
};
struct AcknowledgeAllAlarms {};
/// All of these, whatever they wait for; those that wait for nothing are passed over.
struct AcknowledgeAlarms {
    std::vector<model::AlarmId> alarms;
};
/// Set aside by a person, for a time (at most a week) and with a reason; they come back by themselves.
struct ShelveAlarms {
    std::vector<model::AlarmId> alarms;
    base::Time until;
    std::string reason;
};
struct UnshelveAlarms {
    std::vector<model::AlarmId> alarms;
};
/// Until a person puts them back.
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
/// A sensor that is being worked on: its alarms are taken out of service with it, and its readings raise none.
struct SetSensorService {
    model::SensorId sensor;
    bool inService{true};
    std::string reason; ///< needed to take it out
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
};
struct LinkToIncident {
    model::IncidentId incident;
    std::vector<model::AlarmId> alarms;
    std::vector<model::ReportId> reports;
};
struct GradeIncident {
    model::IncidentId incident;
    model::Grade grade{model::Grade::IV};
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
struct SendTeam {
    model::ResourceId resource;
    std::string capability;
    base::Seconds eta;
    model::RouteLine route;
    std::string reason;
};
struct SendTeams {
    model::IncidentId incident;
    std::vector<SendTeam> teams;
}; ///< proposed and notified, all or none
struct AdvanceAssignment {
    model::AssignmentId assignment;
    model::AssignmentState to{model::AssignmentState::accepted};
};

// ---- the trainer
struct StartExercise {
    std::string scenario;
    base::LocalText title;
}; ///< closes what the last one left open
struct EndExercise {};

using CommandBody = std::variant<NameCounty, RegisterSensors, RegisterResources, TakeWarning, TakeReport,
                                 TakeEarthquake, TakeSensors, TakeFieldMessage, TakeFieldMarker, TakeEmergency, BindUnit,
                                 RecordCall, ShowContact, JudgeQuarantine, AcknowledgeAlarm, AcknowledgeAllAlarms, AcknowledgeAlarms, ShelveAlarms,
                                 UnshelveAlarms, TakeAlarmsOutOfService, PutAlarmsBack, ResetAlarms, HandAlarms,
                                 SetSensorService, ChangeRules, JudgeReport, JudgeReports, ClaimReports, ReleaseReports,
                                 PlanCallBack, EndCallBack, PlaceReport, JoinReports, SplitReports, UndoCluster, OpenIncident,
                                 LinkToIncident, GradeIncident, SetNeeds, CloseIncident, WriteNote, SetResponseLevel,
                                 StartShift, MuteSound, SendTeams, AdvanceAssignment, PutDrawing, RemoveDrawing,
                                 StartExercise, EndExercise>;

/// A wish to change the desk. Sent twice with the same id it is done once, and answered the same.
struct Command {
    model::CommandId id;
    std::string actor; ///< a person's name, "desk", "feed:cap", "drill"
    CommandBody body;
};

/// What a command came to. `entries` are those that it made, now or when it was first sent.
struct Done {
    std::vector<model::Entry> entries;
    std::vector<std::string> ids; ///< of the things made, or of the existing one that a duplicate names
    bool duplicate{false};        ///< the command, or the message that it brings, was known already
    std::optional<model::Contact> contact; ///< ShowContact's answer
};

} // namespace tocsin::desk
