#pragma once

#include "tocsin/base/time.hpp"
#include "tocsin/model/ids.hpp"
#include "tocsin/model/position.hpp"

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

namespace tocsin::model {

/// What tells where it is: a phone with ATAK, a vehicle's tracker, a boat with AIS. The journal has it once, when it is
/// first heard or its name changes; where it is goes to the tracks, as readings do.
struct Unit {
    UnitId id;
    std::string feed;
    std::string callSign;
    std::string type; ///< Cursor on Target's type ("a-f-G-U-C"), "ais", "nmea", "gpx"
    std::string team; ///< as the sender says: "Cyan", "Rescue 2"
    std::string role;
    std::optional<ResourceId> resource; ///< that it carries, by call sign or by a person's hand
    bool emergency{false};              ///< its beacon calls for help
    base::Time firstHeard;
    friend bool operator==(const Unit&, const Unit&) = default;
};

/// Where a unit was at one time, as it said itself.
struct UnitPosition {
    UnitId unit;
    std::string callSign;
    std::string type;
    std::string team;
    std::string role;
    base::Time time;     ///< when it was there
    base::Time stale;    ///< from then on it is old
    base::Time received; ///< filled in by the desk
    Position position;
    std::optional<double> altitudeMetres; ///< over the ellipsoid
    std::optional<double> accuracyMetres;
    std::optional<double> speed;  ///< metres a second
    std::optional<double> course; ///< degrees from true north, 0…360
    friend bool operator==(const UnitPosition&, const UnitPosition&) = default;
};

/// A line that somebody in the field wrote.
struct FieldMessage {
    std::string sourceId; ///< two with the same are one
    UnitId from;
    std::string callSign;
    std::string room; ///< "All Chat Rooms", or to whom
    std::string text;
    base::Time time;
    std::optional<Position> position;
    std::string receiptOf{}; ///< not a line: its phone has the message of this id, which the desk sent
    friend bool operator==(const FieldMessage&, const FieldMessage&) = default;
};

/// What somebody in the field has drawn: a point, a line or an area.
struct FieldMarker {
    std::string sourceId; ///< a later one with the same replaces it
    std::string type;
    std::string name;
    std::string remarks;
    std::string by; ///< call sign
    Line line;      ///< one point; a line; or a ring (first equals last)
    base::Time time;
    std::optional<base::Time> until;
    bool removed{false};
    friend bool operator==(const FieldMarker&, const FieldMarker&) = default;
};

/// A unit's beacon: 911, ring the bell, in contact; or its end.
struct Emergency {
    UnitId unit;
    std::string callSign;
    std::string kind; ///< "911 Alert", "Ring The Bell", "Troops In Contact", "Geo-fence Breached", "man-overboard"
    bool active{true};
    base::Time time;
    std::optional<Position> position;
    friend bool operator==(const Emergency&, const Emergency&) = default;
};

void to_json(nlohmann::json& out, const Unit& value);
void from_json(const nlohmann::json& in, Unit& value);
// What quarantine keeps of these; `received` is left out.
void to_json(nlohmann::json& out, const UnitPosition& value);
void from_json(const nlohmann::json& in, UnitPosition& value);
void to_json(nlohmann::json& out, const FieldMessage& value);
void from_json(const nlohmann::json& in, FieldMessage& value);
void to_json(nlohmann::json& out, const FieldMarker& value);
void from_json(const nlohmann::json& in, FieldMarker& value);
void to_json(nlohmann::json& out, const Emergency& value);
void from_json(const nlohmann::json& in, Emergency& value);

} // namespace tocsin::model
