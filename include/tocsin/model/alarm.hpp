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

/// True while a person must still look: unacknowledged or RTNUN. (For a latched one see the overload below.)
[[nodiscard]] bool wantsAcknowledgement(AlarmState state);
/// True unless the alarm is over.
[[nodiscard]] bool isActive(AlarmState state);

/// What an alarm is about.
enum class AlarmKind : std::uint8_t {
    process,     ///< the world: a river, a slope, a fire
    sensorFault, ///< the sensor itself: stuck, implausible; what depends on it is muted
    silence,     ///< what should have spoken has not
    message,     ///< a warning or an earthquake of others that touches the county
    field,       ///< somebody in the field calls for help
};
[[nodiscard]] std::string_view toString(AlarmKind kind);
[[nodiscard]] std::optional<AlarmKind> alarmKindFrom(std::string_view text);

/// When a value will reach a threshold if it goes on as it does: between `reaches` − `plusMinus` and + `plusMinus`.
struct AlarmForecast {
    base::Time reaches;
    base::Duration plusMinus{0};
    friend bool operator==(const AlarmForecast&, const AlarmForecast&) = default;
};

/// A reading as a conclusion names it.
struct ReadingSeen {
    base::Time time;
    double value{0};
    friend bool operator==(const ReadingSeen&, const ReadingSeen&) = default;
};

/// That a person was told of an alarm.
struct Told {
    std::string who; ///< as in Alarm::tell
    std::string by;
    base::Time at;
    friend bool operator==(const Told&, const Told&) = default;
};

/// The desk's own conclusion from readings or reports.
struct Alarm {
    AlarmId id;
    AlarmKind kind{AlarmKind::process};
    std::string rule; ///< the rule's id in rules.toml
    SensorId sensor;    ///< empty where it is about something else
    std::string source; ///< then what: "feed:NAME", "unit:ID", "watch:ID", "area:RULE", "warning:ID", "earthquake:ID"
    std::vector<SensorId> sensors; ///< all that took part where more than one did
    base::LocalText title;
    base::LocalText guidance; ///< what to do
    HazardClass hazardClass{HazardClass::naturalDisaster};
    std::string hazard; ///< "flood", a key of the plans
    Grade severity{Grade::IV};
    AlarmState state{AlarmState::unacknowledged};
    base::Time raisedAt;  ///< desk time
    std::optional<base::Time> askedAt; ///< when it last came to want a person anew: again, or back in sight; absent: when it was raised
    std::optional<base::Time> unseenSince; ///< from when on nobody has acknowledged it, though it came and went; absent: when it was raised
    base::Time sinceTime; ///< reading time from which the condition held
    std::optional<base::Time> acknowledgedAt;
    std::string acknowledgedBy;
    std::optional<base::Time> returnedAt;
    double value{0}; ///< that raised it
    std::optional<double> threshold; ///< absent: its rule has no limit of the value's kind (rate, stuck, silent …)
    std::string unit;                ///< of value and threshold
    base::Duration over{0};          ///< more than 0: value is what came together within so long, not a reading
    std::vector<ReadingSeen> saw; ///< the readings from which it was concluded, oldest first, at most 16
    Position position;
    base::LocalText place;
    std::optional<IncidentId> incident;

    // ---- its life; what the state is set aside for (shelved, suppressed, outOfService) is in `holds`
    bool holds{true};     ///< the condition holds now, whatever a person or the design has done with the alarm
    bool latching{false}; ///< stays, as latched, until a person resets it
    std::optional<base::Time> until; ///< shelved: when it comes back by itself
    std::string stateBy;             ///< who shelved it or took it out of service; "desk" where by design
    std::string stateReason;         ///< and why
    std::optional<AlarmId> suppressedBy; ///< suppressed: by which other alarm
    int escalated{0};                    ///< how often it was made louder, unacknowledged as it was
    std::string escalatedTo;             ///< who of `tell` is to be called now, since it was made louder
    std::optional<base::Time> escalatesAt; ///< while it wants acknowledgement, also when its condition is gone
    int repeats{0};       ///< how often its condition came again while the alarm stood
    bool flapping{false}; ///< it comes and goes: held as standing until it has been quiet for a time
    std::string owner;    ///< to whom of those on duty it was handed; empty: whoever has the desk
    std::vector<std::string> tell; ///< who is to be told
    std::vector<Told> told;        ///< who was, in the order of time; each once
    std::string plan;              ///< suggested
    std::optional<AlarmForecast> forecast;

    Alarm(); // these are compiled once, in copies.cpp
    Alarm(const Alarm&);
    Alarm(Alarm&&) noexcept;
    Alarm& operator=(const Alarm&);
    Alarm& operator=(Alarm&&) noexcept;
    ~Alarm();
    friend bool operator==(const Alarm&, const Alarm&) = default;
};

/// As by its state; a latched one, until somebody has acknowledged it.
[[nodiscard]] bool wantsAcknowledgement(const Alarm& alarm);
/// Since when it wants a person, or when it last did.
[[nodiscard]] base::Time asksSince(const Alarm& alarm);
/// Since when nobody has acknowledged it, where it wants that: through all its comings and goings.
[[nodiscard]] base::Time waitsSince(const Alarm& alarm);
/// When and by whom this person was told of it; null: not yet.
[[nodiscard]] const Told* toldOf(const Alarm& alarm, std::string_view who);
/// Whether that was since it last came to want a person: who was told before knows nothing of that.
[[nodiscard]] bool countsStill(const Alarm& alarm, const Told& told);
/// True where a person or the design has set it aside: shelved, suppressed, out of service.
[[nodiscard]] bool isSetAside(AlarmState state);

void to_json(nlohmann::json& out, const ReadingSeen& value);
void from_json(const nlohmann::json& in, ReadingSeen& value);
void to_json(nlohmann::json& out, const Told& value);
void from_json(const nlohmann::json& in, Told& value);
void to_json(nlohmann::json& out, const Alarm& value);
void from_json(const nlohmann::json& in, Alarm& value);

} // namespace tocsin::model
