#include "tocsin/model/unit.hpp"

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

void to_json(json& out, const FieldMessage& v) {
    out = json::object();
    out["sourceId"] = v.sourceId;
    out["from"] = v.from;
    out["callSign"] = v.callSign;
    out["room"] = v.room;
    out["text"] = v.text;
    out["time"] = v.time;
    out["position"] = v.position;
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

void to_json(json& out, const Emergency& v) {
    out = json::object();
    out["unit"] = v.unit;
    out["callSign"] = v.callSign;
    out["kind"] = v.kind;
    out["active"] = v.active;
    out["time"] = v.time;
    out["position"] = v.position;
}

} // namespace tocsin::model
