#pragma once

#include "tocsin/base/text.hpp"
#include "tocsin/base/time.hpp"
#include "tocsin/model/grade.hpp"
#include "tocsin/model/ids.hpp"
#include "tocsin/model/position.hpp"

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::model {

/// ANSI/ISA-18.2.
enum class AlarmState : std::uint8_t {
    normal,                 ///< condition gone and acknowledged: over
    unacknowledged,
    acknowledged,
    returnedUnacknowledged, ///< RTNUN: condition gone, nobody has seen it
    latched,
    shelved,
    suppressed, ///< by design
    outOfService,
};
[[nodiscard]] std::string_view toString(AlarmState state);
[[nodiscard]] std::optional<AlarmState> alarmStateFrom(std::string_view text);

/// True while a person must still look: unacknowledged or RTNUN.
[[nodiscard]] bool wantsAcknowledgement(AlarmState state);
/// True unless the alarm is over.
[[nodiscard]] bool isActive(AlarmState state);

/// A reading as a conclusion names it.
struct ReadingSeen {
    base::Time time;
    double value{0};
    friend bool operator==(const ReadingSeen&, const ReadingSeen&) = default;
};

/// The desk's own conclusion from readings or reports.
struct Alarm {
    AlarmId id;
    std::string rule; ///< the rule's id in rules.toml
    SensorId sensor;    ///< empty where it is about something else
    std::string source; ///< then what: "feed:NAME", "unit:ID", "watch:ID"
    base::LocalText title;
    base::LocalText guidance; ///< what to do
    HazardClass hazardClass{HazardClass::naturalDisaster};
    std::string hazard; ///< "flood", a key of the plans
    Grade severity{Grade::IV};
    AlarmState state{AlarmState::unacknowledged};
    base::Time raisedAt;  ///< desk time
    base::Time sinceTime; ///< reading time from which the condition held
    std::optional<base::Time> acknowledgedAt;
    std::string acknowledgedBy;
    std::optional<base::Time> returnedAt;
    double value{0}; ///< that raised it
    double threshold{0};
    std::string unit;
    std::vector<ReadingSeen> saw; ///< the readings from which it was concluded, oldest first, at most 16
    Position position;
    base::LocalText place;
    std::optional<IncidentId> incident;
    friend bool operator==(const Alarm&, const Alarm&) = default;
};

void to_json(nlohmann::json& out, const ReadingSeen& value);
void from_json(const nlohmann::json& in, ReadingSeen& value);
void to_json(nlohmann::json& out, const Alarm& value);
void from_json(const nlohmann::json& in, Alarm& value);

} // namespace tocsin::model
