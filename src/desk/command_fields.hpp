#pragma once

#include "tocsin/desk/command.hpp"

#include <string_view>
#include <tuple>

namespace tocsin::desk {

/// The members of a command: their names, and the members themselves in the same order. A member that is not named here
/// does not compile, for the structured binding wants all of them; nor does a command that is not listed.
template <typename T>
struct Fields {};

// NOLINTBEGIN(cppcoreguidelines-macro-usage): names and members from one list
#define TOCSIN_FIELDS(Type, ...)                                                                                       \
    template <>                                                                                                        \
    struct Fields<Type> {                                                                                              \
        static constexpr std::string_view type = #Type;                                                                \
        static constexpr std::string_view names = #__VA_ARGS__;                                                        \
        template <typename Value>                                                                                      \
        static auto of(Value& value_) {                                                                                \
            auto& [__VA_ARGS__] = value_;                                                                              \
            return std::tie(__VA_ARGS__);                                                                              \
        }                                                                                                              \
    };
#define TOCSIN_NO_FIELDS(Type)                                                                                         \
    template <>                                                                                                        \
    struct Fields<Type> {                                                                                              \
        static constexpr std::string_view type = #Type;                                                                \
        static constexpr std::string_view names = "";                                                                  \
        template <typename Value>                                                                                      \
        static auto of(Value&) {                                                                                       \
            static_assert(std::is_empty_v<Value>);                                                                     \
            return std::tuple<>();                                                                                     \
        }                                                                                                              \
    };
// NOLINTEND(cppcoreguidelines-macro-usage)

TOCSIN_FIELDS(NameCounty, county, exercise)
TOCSIN_FIELDS(RegisterSensors, sensors, seen, anyUnit)
TOCSIN_FIELDS(RegisterResources, resources)

TOCSIN_FIELDS(TakeWarning, feed, warning)
TOCSIN_FIELDS(AcceptWarning, warning)
TOCSIN_FIELDS(TakeReport, feed, report)
TOCSIN_FIELDS(TakeEarthquake, feed, earthquake)
TOCSIN_FIELDS(TakeSensors, feed, sensors)
TOCSIN_FIELDS(TakeFieldMessage, feed, message)
TOCSIN_FIELDS(TakeFieldMarker, feed, marker)
TOCSIN_FIELDS(TakeEmergency, feed, emergency)
TOCSIN_FIELDS(BindUnit, unit, resource)
TOCSIN_FIELDS(WriteToUnit, unit, text)
TOCSIN_FIELDS(RecordWritten, unit, message, handed)

TOCSIN_FIELDS(AcknowledgeAlarm, alarm)
TOCSIN_NO_FIELDS(AcknowledgeAllAlarms)
TOCSIN_FIELDS(AcknowledgeAlarms, alarms)
TOCSIN_FIELDS(ShelveAlarms, alarms, until, reason)
TOCSIN_FIELDS(UnshelveAlarms, alarms)
TOCSIN_FIELDS(TakeAlarmsOutOfService, alarms, reason)
TOCSIN_FIELDS(PutAlarmsBack, alarms)
TOCSIN_FIELDS(ResetAlarms, alarms)
TOCSIN_FIELDS(HandAlarms, alarms, to)
TOCSIN_FIELDS(TellOfAlarm, alarm, who)
TOCSIN_FIELDS(SetSensorService, sensor, inService, reason)
TOCSIN_FIELDS(RetireSensors, sensors, retired, reason)
TOCSIN_FIELDS(ChangeRules, toml)
TOCSIN_FIELDS(JudgeReport, report, state, note, over)
TOCSIN_FIELDS(JudgeReports, reports, state, note, over)
TOCSIN_FIELDS(ClaimReports, reports, over)
TOCSIN_FIELDS(ReleaseReports, reports)
TOCSIN_FIELDS(PlanCallBack, report, due)
TOCSIN_FIELDS(EndCallBack, report, reached, result)
TOCSIN_FIELDS(PlaceReport, report, position, how)
TOCSIN_FIELDS(JoinReports, reports, cluster)
TOCSIN_FIELDS(SplitReports, cluster, reports)
TOCSIN_FIELDS(KeepReportsApart, reports, from)
TOCSIN_FIELDS(UndoCluster, cluster)
TOCSIN_FIELDS(RecordCall, report)
TOCSIN_FIELDS(ShowContact, report)
TOCSIN_FIELDS(ShowQuarantined, item)
TOCSIN_FIELDS(JudgeQuarantine, item, state, others)
TOCSIN_FIELDS(UseValues, item)
TOCSIN_FIELDS(DeclineIncident, reports, why, senders, danger)
TOCSIN_FIELDS(OpenIncident, title, hazardClass, hazard, grade, position, place, alarms, reports, plan)
TOCSIN_FIELDS(LinkToIncident, incident, alarms, reports)
TOCSIN_FIELDS(PlanChange, plan, needs)
TOCSIN_FIELDS(GradeIncident, incident, grade, reason, plan)
TOCSIN_FIELDS(SetPlan, incident, change, reason)
TOCSIN_FIELDS(MoveIncident, incident, position, place, reason)
TOCSIN_FIELDS(SetNeeds, incident, needs)
TOCSIN_FIELDS(CloseIncident, incident, reason, callOffAid)
TOCSIN_FIELDS(WriteNote, text, incident)
TOCSIN_FIELDS(SetResponseLevel, level, title, reason)
TOCSIN_FIELDS(StartShift, officer, leader, until)
TOCSIN_FIELDS(SetPin, name, record, had, anyway)
TOCSIN_FIELDS(NoteWrongPins, name, seat, tries, seconds)
TOCSIN_FIELDS(SetRoadWeather, weather)
TOCSIN_FIELDS(MuteSound, until)

TOCSIN_FIELDS(PutDrawing, drawing)
TOCSIN_FIELDS(RemoveDrawing, drawing)

TOCSIN_FIELDS(AdvanceAssignment, assignment, to, through)
TOCSIN_FIELDS(SendPlan, decision, releases)
TOCSIN_FIELDS(FreshWay, resource, route, eta, etaLow, etaHigh, plain, stops)
TOCSIN_FIELDS(JudgeDecision, decision, approve, reason, ways, waysAt)
TOCSIN_FIELDS(ReplanAssignment, assignment, route, eta, etaLow, etaHigh, reason, plain, stops)
TOCSIN_FIELDS(RecordBlockedWay, assignment, blocked, since)
TOCSIN_FIELDS(AnswerRollCall, assignment, text)
TOCSIN_FIELDS(RecordTold, assignments, reached, since)
TOCSIN_FIELDS(ReleaseAssignments, assignments, reason)
TOCSIN_FIELDS(ClaimResources, resources, release)
TOCSIN_FIELDS(PutCallList, list, seen)
TOCSIN_FIELDS(RemoveCallList, list, reason)
TOCSIN_FIELDS(StartCallDown, callDown)
TOCSIN_FIELDS(AnswerCallDown, callDown, person, reached, result)
TOCSIN_FIELDS(EndCallDown, callDown, reason)
TOCSIN_FIELDS(PutAidRequest, request, seen)
TOCSIN_FIELDS(AdvanceAidRequest, request, to, note, lent)

TOCSIN_FIELDS(PutResources, resources, seen, how)
TOCSIN_FIELDS(RetireResources, resources, reason)
TOCSIN_FIELDS(SetResourceStatus, resources, status, until, reason)
TOCSIN_FIELDS(MoveStock, resource, act, code, name, unit, batch, quantity, expiry, to, document, reason, incident)
TOCSIN_FIELDS(CountResource, resource, occupied, beds)
TOCSIN_FIELDS(RecordCheck, resource, maintenance, passed, next, result)

TOCSIN_FIELDS(StartExercise, scenario, title)
TOCSIN_NO_FIELDS(EndExercise)

#undef TOCSIN_FIELDS
#undef TOCSIN_NO_FIELDS

template <typename T>
concept Fielded = requires { Fields<T>::type; };

} // namespace tocsin::desk
