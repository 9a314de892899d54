#include "tocsin/model/unit.hpp"

#include "model/members.hpp"
#include "tocsin/model/json.hpp"

namespace tocsin::model {

using nlohmann::json;

void to_json(json& out, const Unit& v) {
    out = json::object();
    out["id"] = v.id;
    out["feed"] = v.feed;
    out["callSign"] = v.callSign;
    out["type"] = v.type;
    out["team"] = v.team;
    out["role"] = v.role;
    out["resource"] = v.resource;
    out["emergency"] = v.emergency;
    out["firstHeard"] = v.firstHeard;
}
void from_json(const json& in, Unit& v) {
    in.at("id").get_to(v.id);
    in.at("feed").get_to(v.feed);
    in.at("callSign").get_to(v.callSign);
    in.at("type").get_to(v.type);
    in.at("team").get_to(v.team);
    in.at("role").get_to(v.role);
    in.at("resource").get_to(v.resource);
    in.at("emergency").get_to(v.emergency);
    in.at("firstHeard").get_to(v.firstHeard);
}

void to_json(json& out, const UnitPosition& v) {
    out = json::object();
    out["unit"] = v.unit;
    out["callSign"] = v.callSign;
    out["type"] = v.type;
    out["team"] = v.team;
    out["role"] = v.role;
    out["time"] = v.time;
    out["stale"] = v.stale;
    out["position"] = v.position;
    out["altitudeMetres"] = v.altitudeMetres;
    out["accuracyMetres"] = v.accuracyMetres;
    out["speed"] = v.speed;
    out["course"] = v.course;
}
void from_json(const json& in, UnitPosition& v) {
    in.at("unit").get_to(v.unit);
    in.at("callSign").get_to(v.callSign);
    in.at("type").get_to(v.type);
    in.at("team").get_to(v.team);
    in.at("role").get_to(v.role);
    in.at("time").get_to(v.time);
    in.at("stale").get_to(v.stale);
    in.at("position").get_to(v.position);
    in.at("altitudeMetres").get_to(v.altitudeMetres);
    in.at("accuracyMetres").get_to(v.accuracyMetres);
    in.at("speed").get_to(v.speed);
    in.at("course").get_to(v.course);
}

void to_json(json& out, const FieldMessage& v) {
    out = json::object();
    out["sourceId"] = v.sourceId;
    out["from"] = v.from;
    out["callSign"] = v.callSign;
    out["room"] = v.room;
    out["text"] = v.text;
    out["time"] = v.time;
    out["position"] = v.position;
    put(out, "receiptOf", v.receiptOf);
}
void from_json(const json& in, FieldMessage& v) {
    in.at("sourceId").get_to(v.sourceId);
    in.at("from").get_to(v.from);
    in.at("callSign").get_to(v.callSign);
    in.at("room").get_to(v.room);
    in.at("text").get_to(v.text);
    in.at("time").get_to(v.time);
    in.at("position").get_to(v.position);
    get(in, "receiptOf", v.receiptOf);
}

void to_json(json& out, const FieldMarker& v) {
    out = json::object();
    out["sourceId"] = v.sourceId;
    out["type"] = v.type;
    out["name"] = v.name;
    out["remarks"] = v.remarks;
    out["by"] = v.by;
    out["line"] = v.line;
    out["time"] = v.time;
    out["until"] = v.until;
    out["removed"] = v.removed;
}
void from_json(const json& in, FieldMarker& v) {
    in.at("sourceId").get_to(v.sourceId);
    in.at("type").get_to(v.type);
    in.at("name").get_to(v.name);
    in.at("remarks").get_to(v.remarks);
    in.at("by").get_to(v.by);
    in.at("line").get_to(v.line);
    in.at("time").get_to(v.time);
    in.at("until").get_to(v.until);
    in.at("removed").get_to(v.removed);
}

void to_json(json& out, const Emergency& v) {
    out = json::object();
    out["unit"] = v.unit;
    out["callSign"] = v.callSign;
    out["kind"] = v.kind;
    out["active"] = v.active;
    out["time"] = v.time;
    out["position"] = v.position;
}
void from_json(const json& in, Emergency& v) {
    in.at("unit").get_to(v.unit);
    in.at("callSign").get_to(v.callSign);
    in.at("kind").get_to(v.kind);
    in.at("active").get_to(v.active);
    in.at("time").get_to(v.time);
    in.at("position").get_to(v.position);
}

} // namespace tocsin::model
