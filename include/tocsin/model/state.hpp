#pragma once

#include "tocsin/model/aid_request.hpp"
#include "tocsin/model/alarm.hpp"
#include "tocsin/model/assignment.hpp"
#include "tocsin/model/call_down.hpp"
#include "tocsin/model/call_list.hpp"
#include "tocsin/model/cluster.hpp"
#include "tocsin/model/decision.hpp"
#include "tocsin/model/drawing.hpp"
#include "tocsin/model/earthquake.hpp"
#include "tocsin/model/incident.hpp"
#include "tocsin/model/journal.hpp"
#include "tocsin/model/report.hpp"
#include "tocsin/model/resource.hpp"
#include "tocsin/model/sensor.hpp"
#include "tocsin/model/unit.hpp"
#include "tocsin/model/warning.hpp"

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace tocsin::model {

/// What the roads are like, as an officer says: it slows those who drive.
enum class RoadWeather : std::uint8_t { clear, rain, snow, ice, fog };
inline constexpr std::size_t roadWeathers = 5;
[[nodiscard]] std::string_view toString(RoadWeather value);
[[nodiscard]] std::optional<RoadWeather> roadWeatherFrom(std::string_view text);

/// The one row that is the desk itself.
struct DeskStatus {
    base::LocalText county;
    bool exercise{false}; ///< everything is a drill: watermark, CAP status Exercise, nothing leaves
    std::string scenario; ///< that is being played
    std::optional<base::Time> exerciseStartedAt;
    std::optional<Grade> responseLevel; ///< absent: peacetime
    base::LocalText responseTitle;      ///< "flood"
    std::string onDuty;
    std::string leader;
    std::optional<base::Time> dutyUntil;
    std::optional<base::Time> dutySince;
    std::optional<base::Time> soundMutedUntil;
    RoadWeather roadWeather{RoadWeather::clear};
    int lastIncidentNumber{0};
    std::map<std::string, base::Time> pins{}; ///< names that are proved by a PIN, since when; by what stands beside the journal
    [[nodiscard]] bool soundMuted(base::Time now) const { return soundMutedUntil && *soundMutedUntil > now; }
    friend bool operator==(const DeskStatus&, const DeskStatus&) = default;
};

void to_json(nlohmann::json& out, const DeskStatus& value);
void from_json(const nlohmann::json& in, DeskStatus& value);

/// All that the desk knows now, as the journal leaves it (readings are apart). A plain value: copy it freely.
struct State {
    DeskStatus desk;
    std::map<IncidentId, Incident> incidents;
    std::map<AlarmId, Alarm> alarms;
    std::map<WarningId, Warning> warnings;
    std::map<ReportId, Report> reports;
    std::map<EarthquakeId, Earthquake> earthquakes;
    std::map<ResourceId, Resource> resources;
    std::map<AssignmentId, Assignment> assignments;
    std::map<SensorId, Sensor> sensors;
    std::map<DrawingId, Drawing> drawings;
    std::map<UnitId, Unit> units;
    std::map<ClusterId, ReportCluster> clusters;
    std::map<DecisionId, Decision> decisions;
    std::map<CallDownId, CallDown> callDowns;
    std::map<AidRequestId, AidRequest> aidRequests;
    std::map<CallListId, CallList> callLists;

    State(); // these are compiled once, in copies.cpp
    State(const State&);
    State(State&&) noexcept;
    State& operator=(const State&);
    State& operator=(State&&) noexcept;
    ~State();
    friend bool operator==(const State&, const State&) = default;
};

/// One thing as it is after an entry.
using Changed =
    std::variant<DeskStatus, Incident, Alarm, Warning, Report, Earthquake, Resource, Assignment, Sensor, Drawing, Unit,
                 ReportCluster, Decision, CallDown, AidRequest, CallList>;

/// The after-images that an entry's data carries, under the keys "desk", "incident", "alarm", "warning", "report",
/// "earthquake", "resource", "assignment", "sensor", "drawing", "unit", "cluster", "decision", "callDown", "aid", "callList": each an object or an array of objects. Other keys are facts of
/// the event and change nothing. Throws nlohmann::json::exception if an image is not one.
[[nodiscard]] std::vector<Changed> changesOf(const nlohmann::json& data);

/// Puts the changed things into the state. What an entry changed never depends on today's code: it says so itself.
void apply(State& state, const Changed& changed);
void apply(State& state, const EntryDraft& entry);

/// Adds an after-image to an entry's data, under its kind's key.
void addChange(nlohmann::json& data, const Changed& changed);

} // namespace tocsin::model
