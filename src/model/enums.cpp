#include "model/enums.hpp"

#include "tocsin/model/aid_request.hpp"
#include "tocsin/model/alarm.hpp"
#include "tocsin/model/alarm_life.hpp"
#include "tocsin/model/assignment.hpp"
#include "tocsin/model/call_down.hpp"
#include "tocsin/model/decision.hpp"
#include "tocsin/model/grade.hpp"
#include "tocsin/model/incident.hpp"
#include "tocsin/model/report.hpp"
#include "tocsin/model/resource.hpp"
#include "tocsin/model/sensor.hpp"
#include "tocsin/model/state.hpp"
#include "tocsin/model/warning.hpp"

#include <algorithm>

namespace tocsin::model {

namespace {
constexpr Words<Grade, 4, 1> grades{{"I", "II", "III", "IV"}};
constexpr Words<Grade, 4, 1> colours{{"red", "orange", "yellow", "blue"}};
constexpr Words<Grade, 4, 1> numbers{{"1", "2", "3", "4"}};
constexpr Words<HazardClass, 4> hazardClasses{{"naturalDisaster", "accident", "publicHealth", "socialSecurity"}};
constexpr Words<SensorKind, 7> sensorKinds{
    {"riverLevel", "rain", "soilMovement", "seismicIntensity", "smoke", "weather", "other"}};
constexpr Words<AlarmState, 8> alarmStates{{"normal", "unacknowledged", "acknowledged", "returnedUnacknowledged",
                                            "latched", "shelved", "suppressed", "outOfService"}};
constexpr Words<WarningState, 5> warningStates{{"inForce", "superseded", "cancelled", "expired", "held"}};
constexpr Words<AlarmKind, 5> alarmKinds{{"process", "sensorFault", "silence", "message", "field"}};
constexpr Words<AlarmEvent, 10> alarmEvents{{"raise", "clear", "acknowledge", "reset", "shelve", "unshelve", "suppress",
                                             "unsuppress", "takeOut", "putBack"}};
constexpr Words<ReportState, 4> reportStates{{"pending", "needsMore", "verified", "dismissed"}};
constexpr Words<Trust, 3> trusts{{"unverified", "known", "official"}};
constexpr Words<Signature, 5> signatures{{"none", "unverified", "valid", "unknownSigner", "invalid"}};
constexpr Words<ResourceKind, model::resourceKinds> kindWords{{"team", "vehicle", "warehouse", "shelter", "hospital",
                                                              "expert", "mobileFacility", "station", "enterprise",
                                                              "volunteer", "gridMember", "partner"}};
constexpr Words<ResourceStatus, model::resourceStatuses> statusWords{
    {"available", "assigned", "outOfService", "maintenance", "offDuty"}};
constexpr Words<NeedKind, 3> needKinds{{"team", "supply", "shelter"}};
constexpr Words<Purpose, 4> purposes{{"team", "supply", "shelter", "standBy"}};
constexpr Words<DecisionState, 3> decisionStates{{"waiting", "sent", "refused"}};
constexpr Words<CallDownState, 4> callDownStates{{"running", "answered", "exhausted", "ended"}};
constexpr Words<AidState, 7> aidStates{
    {"drafted", "sent", "accepted", "declined", "arrived", "returned", "cancelled"}};
constexpr Words<RoadWeather, roadWeathers> roadWeatherWords{{"clear", "rain", "snow", "ice", "fog"}};
constexpr Words<IncidentState, 2> incidentStates{{"open", "closed"}};
constexpr Words<AssignmentState, 6> assignmentStates{
    {"proposed", "notified", "accepted", "enRoute", "onScene", "released"}};
constexpr Words<TeamWord, 5> teamWords{{"none", "order", "way", "recall", "moved"}};
constexpr Words<Reached, 4> reachedWords{{"waits", "phone", "nobody", "voice"}};
} // namespace

std::string_view toString(Grade v) {
    return grades.of(v);
}
std::optional<Grade> gradeFrom(std::string_view text) {
    if (const auto v = grades.from(text))
        return v;
    if (const auto v = numbers.from(text))
        return v;
    return colours.from(text);
}
std::string_view toString(TeamWord v) {
    return teamWords.of(v);
}
std::optional<TeamWord> teamWordFrom(std::string_view text) {
    return teamWords.from(text);
}
std::string_view toString(Reached v) {
    return reachedWords.of(v);
}
std::optional<Reached> reachedFrom(std::string_view text) {
    return reachedWords.from(text);
}
std::string_view toString(RoadWeather v) {
    return roadWeatherWords.of(v);
}
std::optional<RoadWeather> roadWeatherFrom(std::string_view text) {
    return roadWeatherWords.from(text);
}
std::string_view toString(HazardClass v) {
    return hazardClasses.of(v);
}
std::optional<HazardClass> hazardClassFrom(std::string_view text) {
    return hazardClasses.from(text);
}
std::string_view toString(SensorKind v) {
    return sensorKinds.of(v);
}
std::optional<SensorKind> sensorKindFrom(std::string_view text) {
    return sensorKinds.from(text);
}
std::string_view toString(AlarmState v) {
    return alarmStates.of(v);
}
std::optional<AlarmState> alarmStateFrom(std::string_view text) {
    return alarmStates.from(text);
}
std::string_view toString(AlarmKind v) {
    return alarmKinds.of(v);
}
std::optional<AlarmKind> alarmKindFrom(std::string_view text) {
    return alarmKinds.from(text);
}
std::string_view toString(AlarmEvent v) {
    return alarmEvents.of(v);
}
std::string_view toString(WarningState v) {
    return warningStates.of(v);
}
std::optional<WarningState> warningStateFrom(std::string_view text) {
    return warningStates.from(text);
}
std::string_view toString(ReportState v) {
    return reportStates.of(v);
}
std::optional<ReportState> reportStateFrom(std::string_view text) {
    return reportStates.from(text);
}
std::string_view toString(Trust v) {
    return trusts.of(v);
}
std::optional<Trust> trustFrom(std::string_view text) {
    return trusts.from(text);
}
std::string_view toString(Signature v) {
    return signatures.of(v);
}
std::optional<Signature> signatureFrom(std::string_view text) {
    return signatures.from(text);
}
std::string_view toString(ResourceKind v) {
    return kindWords.of(v);
}
std::optional<ResourceKind> resourceKindFrom(std::string_view text) {
    return kindWords.from(text);
}
std::string_view toString(ResourceStatus v) {
    return statusWords.of(v);
}
std::optional<ResourceStatus> resourceStatusFrom(std::string_view text) {
    return statusWords.from(text);
}
std::string_view toString(IncidentState v) {
    return incidentStates.of(v);
}
std::optional<IncidentState> incidentStateFrom(std::string_view text) {
    return incidentStates.from(text);
}
std::string_view toString(NeedKind v) {
    return needKinds.of(v);
}
std::optional<NeedKind> needKindFrom(std::string_view text) {
    return needKinds.from(text);
}
std::string_view toString(Purpose v) {
    return purposes.of(v);
}
std::optional<Purpose> purposeFrom(std::string_view text) {
    return purposes.from(text);
}
std::string_view toString(DecisionState v) {
    return decisionStates.of(v);
}
std::optional<DecisionState> decisionStateFrom(std::string_view text) {
    return decisionStates.from(text);
}
std::string_view toString(CallDownState v) {
    return callDownStates.of(v);
}
std::optional<CallDownState> callDownStateFrom(std::string_view text) {
    return callDownStates.from(text);
}
std::string_view toString(AidState v) {
    return aidStates.of(v);
}
std::optional<AidState> aidStateFrom(std::string_view text) {
    return aidStates.from(text);
}
std::string_view toString(AssignmentState v) {
    return assignmentStates.of(v);
}
std::optional<AssignmentState> assignmentStateFrom(std::string_view text) {
    return assignmentStates.from(text);
}

bool wantsAcknowledgement(AlarmState state) {
    return state == AlarmState::unacknowledged || state == AlarmState::returnedUnacknowledged;
}

base::Time asksSince(const Alarm& alarm) {
    return alarm.askedAt.value_or(alarm.raisedAt);
}

base::Time waitsSince(const Alarm& alarm) {
    return alarm.unseenSince.value_or(alarm.raisedAt);
}

const Told* toldOf(const Alarm& alarm, std::string_view who) {
    const auto found = std::find_if(alarm.told.begin(), alarm.told.end(), [who](const Told& told) { return told.who == who; });
    return found == alarm.told.end() ? nullptr : &*found;
}

bool countsStill(const Alarm& alarm, const Told& told) {
    return !alarm.askedAt || told.at >= *alarm.askedAt;
}

bool wantsAcknowledgement(const Alarm& alarm) {
    return wantsAcknowledgement(alarm.state) || (alarm.state == AlarmState::latched && !alarm.acknowledgedAt);
}

bool isSetAside(AlarmState state) {
    return state == AlarmState::shelved || state == AlarmState::suppressed || state == AlarmState::outOfService;
}

std::string_view claimant(const Report& report, base::Time now) {
    if (!report.claimedAt || now - *report.claimedAt > claimLasts)
        return {};
    return report.claimedBy;
}

bool callsBack(const Report& report) {
    return report.callBack && !report.callBack->doneAt;
}

const std::optional<Position>& sentPosition(const Report& report) {
    return report.placed ? report.placed->sent : report.position;
}

bool isJudged(ReportState state) {
    return state == ReportState::verified || state == ReportState::dismissed;
}

bool isActive(AlarmState state) {
    return state != AlarmState::normal;
}

bool mustBeTold(const Assignment& assignment) {
    if (assignment.reached == Reached::phone || assignment.reached == Reached::voice)
        return false;
    switch (assignment.word) {
    case TeamWord::none: // of before it was kept
    case TeamWord::order:
        return assignment.state == AssignmentState::notified;
    case TeamWord::way:
        return assignment.state >= AssignmentState::notified && assignment.state < AssignmentState::onScene;
    case TeamWord::recall:
        return assignment.state == AssignmentState::released && !assignment.arrivedAt; // who was there has said that it is done
    case TeamWord::moved: // who has arrived since may stand where nothing is
        return assignment.state >= AssignmentState::notified && assignment.state < AssignmentState::released;
    }
    return false;
}
std::optional<AssignmentState> nextState(AssignmentState state) {
    if (state == AssignmentState::released)
        return std::nullopt;
    return static_cast<AssignmentState>(static_cast<int>(state) + 1);
}

} // namespace tocsin::model
