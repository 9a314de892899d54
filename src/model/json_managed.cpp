#include "tocsin/model/json.hpp"

#include "model/members.hpp"
#include "tocsin/model/assignment.hpp"
#include "tocsin/model/incident.hpp"
#include "tocsin/model/resource.hpp"
#include "tocsin/model/state.hpp"

namespace tocsin::model {

using nlohmann::json;

void to_json(json& out, const Capability& v) {
    out = json::object();
    out["code"] = v.code;
    out["level"] = v.level;
}
void from_json(const json& in, Capability& v) {
    in.at("code").get_to(v.code);
    in.at("level").get_to(v.level);
}

void to_json(json& out, const Stock& v) {
    out = json::object();
    out["code"] = v.code;
    out["name"] = v.name;
    out["quantity"] = v.quantity;
    out["unit"] = v.unit;
    put(out, "reserved", v.reserved);
    put(out, "minimum", v.minimum);
    put(out, "batch", v.batch);
    put(out, "expiry", v.expiry);
    put(out, "kilograms", v.kilograms);
    put(out, "cubicMetres", v.cubicMetres);
}
void from_json(const json& in, Stock& v) {
    in.at("code").get_to(v.code);
    in.at("name").get_to(v.name);
    in.at("quantity").get_to(v.quantity);
    in.at("unit").get_to(v.unit);
    get(in, "reserved", v.reserved);
    get(in, "minimum", v.minimum);
    get(in, "batch", v.batch);
    get(in, "expiry", v.expiry);
    get(in, "kilograms", v.kilograms);
    get(in, "cubicMetres", v.cubicMetres);
}

void to_json(json& out, const CrewMember& v) {
    out = json::object();
    out["name"] = v.name;
    put(out, "role", v.role);
    put(out, "skills", v.skills);
    put(out, "phone", v.phone);
    put(out, "shift", v.shift);
}
void from_json(const json& in, CrewMember& v) {
    in.at("name").get_to(v.name);
    get(in, "role", v.role);
    get(in, "skills", v.skills);
    get(in, "phone", v.phone);
    get(in, "shift", v.shift);
}
void to_json(json& out, const DutyTurn& v) {
    out = json::object();
    out["from"] = v.from;
    out["until"] = v.until;
    out["person"] = v.person;
    put(out, "phone", v.phone);
    put(out, "role", v.role);
}
void from_json(const json& in, DutyTurn& v) {
    in.at("from").get_to(v.from);
    in.at("until").get_to(v.until);
    in.at("person").get_to(v.person);
    get(in, "phone", v.phone);
    get(in, "role", v.role);
}
void to_json(json& out, const VehicleData& v) {
    out = json::object();
    put(out, "speedClass", v.speedClass);
    put(out, "weightTonnes", v.weightTonnes);
    put(out, "heightMetres", v.heightMetres);
    put(out, "widthMetres", v.widthMetres);
    put(out, "fordingMetres", v.fordingMetres);
    put(out, "loadKilograms", v.loadKilograms);
    put(out, "loadCubicMetres", v.loadCubicMetres);
    put(out, "seats", v.seats);
}
void from_json(const json& in, VehicleData& v) {
    get(in, "speedClass", v.speedClass);
    get(in, "weightTonnes", v.weightTonnes);
    get(in, "heightMetres", v.heightMetres);
    get(in, "widthMetres", v.widthMetres);
    get(in, "fordingMetres", v.fordingMetres);
    get(in, "loadKilograms", v.loadKilograms);
    get(in, "loadCubicMetres", v.loadCubicMetres);
    get(in, "seats", v.seats);
}
void to_json(json& out, const Beds& v) {
    out = json::object();
    out["kind"] = v.kind;
    out["total"] = v.total;
    out["free"] = v.free;
}
void from_json(const json& in, Beds& v) {
    in.at("kind").get_to(v.kind);
    in.at("total").get_to(v.total);
    in.at("free").get_to(v.free);
}
void to_json(json& out, const Offer& v) {
    out = json::object();
    out["code"] = v.code;
    out["name"] = v.name;
    out["quantity"] = v.quantity;
    out["unit"] = v.unit;
    put(out, "perDay", v.perDay);
    put(out, "lead", v.lead);
}
void from_json(const json& in, Offer& v) {
    in.at("code").get_to(v.code);
    in.at("name").get_to(v.name);
    in.at("quantity").get_to(v.quantity);
    in.at("unit").get_to(v.unit);
    get(in, "perDay", v.perDay);
    get(in, "lead", v.lead);
}

void to_json(json& out, const Resource& v) {
    out = json::object();
    out["id"] = v.id;
    out["kind"] = toString(v.kind);
    out["name"] = v.name;
    out["callSign"] = v.callSign;
    out["code"] = v.code;
    out["owner"] = v.owner;
    out["division"] = v.division;
    out["personInCharge"] = v.personInCharge;
    out["phone"] = v.phone;
    out["capabilities"] = v.capabilities;
    out["stock"] = v.stock;
    out["people"] = v.people;
    out["capacity"] = v.capacity;
    out["occupied"] = v.occupied;
    out["speedFactor"] = v.speedFactor;
    out["flies"] = v.flies;
    out["position"] = v.position;
    out["place"] = v.place;
    out["positionTime"] = v.positionTime;
    out["home"] = v.home;
    out["status"] = toString(v.status);
    out["remarks"] = v.remarks;
    out["origin"] = v.origin;
    put(out, "key", v.key);
    put(out, "crew", v.crew);
    put(out, "duty", v.duty);
    put(out, "beds", v.beds);
    put(out, "services", v.services);
    put(out, "offers", v.offers);
    put(out, "vehicle", v.vehicle);
    put(out, "countedAt", v.countedAt);
    put(out, "statusSince", v.statusSince);
    put(out, "statusUntil", v.statusUntil);
    put(out, "statusReason", v.statusReason);
    put(out, "checkedAt", v.checkedAt);
    put(out, "checkDue", v.checkDue);
    put(out, "maintenanceDue", v.maintenanceDue);
    put(out, "crewHours", v.crewHours);
    put(out, "claimedBy", v.claimedBy);
    put(out, "claimedUntil", v.claimedUntil);
    put(out, "retired", v.retired);
}
void from_json(const json& in, Resource& v) {
    in.at("id").get_to(v.id);
    v.kind = wordFrom(in.at("kind"), &resourceKindFrom);
    in.at("name").get_to(v.name);
    in.at("callSign").get_to(v.callSign);
    in.at("code").get_to(v.code);
    in.at("owner").get_to(v.owner);
    in.at("division").get_to(v.division);
    in.at("personInCharge").get_to(v.personInCharge);
    in.at("phone").get_to(v.phone);
    in.at("capabilities").get_to(v.capabilities);
    in.at("stock").get_to(v.stock);
    in.at("people").get_to(v.people);
    in.at("capacity").get_to(v.capacity);
    in.at("occupied").get_to(v.occupied);
    in.at("speedFactor").get_to(v.speedFactor);
    in.at("flies").get_to(v.flies);
    in.at("position").get_to(v.position);
    in.at("place").get_to(v.place);
    in.at("positionTime").get_to(v.positionTime);
    in.at("home").get_to(v.home);
    v.status = wordFrom(in.at("status"), &resourceStatusFrom);
    in.at("remarks").get_to(v.remarks);
    in.at("origin").get_to(v.origin);
    get(in, "key", v.key);
    get(in, "crew", v.crew);
    get(in, "duty", v.duty);
    get(in, "beds", v.beds);
    get(in, "services", v.services);
    get(in, "offers", v.offers);
    get(in, "vehicle", v.vehicle);
    get(in, "countedAt", v.countedAt);
    get(in, "statusSince", v.statusSince);
    get(in, "statusUntil", v.statusUntil);
    get(in, "statusReason", v.statusReason);
    get(in, "checkedAt", v.checkedAt);
    get(in, "checkDue", v.checkDue);
    get(in, "maintenanceDue", v.maintenanceDue);
    get(in, "crewHours", v.crewHours);
    get(in, "claimedBy", v.claimedBy);
    get(in, "claimedUntil", v.claimedUntil);
    get(in, "retired", v.retired);
}

void to_json(json& out, const Need& v) {
    out = json::object();
    out["capability"] = v.capability;
    out["level"] = v.level;
    out["quantity"] = v.quantity;
    putWord(out, "kind", v.kind, NeedKind::team);
    put(out, "supply", v.supply);
    put(out, "amount", v.amount);
    put(out, "unit", v.unit);
    put(out, "within", v.within);
}
void from_json(const json& in, Need& v) {
    in.at("capability").get_to(v.capability);
    in.at("level").get_to(v.level);
    in.at("quantity").get_to(v.quantity);
    getWord(in, "kind", v.kind, &needKindFrom);
    get(in, "supply", v.supply);
    get(in, "amount", v.amount);
    get(in, "unit", v.unit);
    get(in, "within", v.within);
}

void to_json(json& out, const Plan& v) {
    out = json::object();
    out["id"] = v.id;
    out["hazard"] = v.hazard;
    out["grade"] = toString(v.grade);
    out["title"] = v.title;
    out["needs"] = v.needs;
    out["checklist"] = v.checklist;
}
void from_json(const json& in, Plan& v) {
    in.at("id").get_to(v.id);
    in.at("hazard").get_to(v.hazard);
    v.grade = wordFrom(in.at("grade"), &gradeFrom);
    in.at("title").get_to(v.title);
    in.at("needs").get_to(v.needs);
    in.at("checklist").get_to(v.checklist);
}

void to_json(json& out, const Incident& v) {
    out = json::object();
    out["id"] = v.id;
    out["number"] = v.number;
    out["title"] = v.title;
    out["hazardClass"] = toString(v.hazardClass);
    out["hazard"] = v.hazard;
    out["grade"] = toString(v.grade);
    out["gradeProposed"] = v.gradeProposed;
    out["state"] = toString(v.state);
    out["position"] = v.position;
    out["place"] = v.place;
    out["openedAt"] = v.openedAt;
    out["openedBy"] = v.openedBy;
    out["closedAt"] = v.closedAt;
    out["needs"] = v.needs;
    out["alarms"] = v.alarms;
    out["reports"] = v.reports;
    out["plan"] = v.plan;
    out["exercise"] = v.exercise;
    put(out, "movedAt", v.movedAt);
}
void from_json(const json& in, Incident& v) {
    in.at("id").get_to(v.id);
    in.at("number").get_to(v.number);
    in.at("title").get_to(v.title);
    v.hazardClass = wordFrom(in.at("hazardClass"), &hazardClassFrom);
    in.at("hazard").get_to(v.hazard);
    v.grade = wordFrom(in.at("grade"), &gradeFrom);
    in.at("gradeProposed").get_to(v.gradeProposed);
    v.state = wordFrom(in.at("state"), &incidentStateFrom);
    in.at("position").get_to(v.position);
    in.at("place").get_to(v.place);
    in.at("openedAt").get_to(v.openedAt);
    in.at("openedBy").get_to(v.openedBy);
    in.at("closedAt").get_to(v.closedAt);
    in.at("needs").get_to(v.needs);
    in.at("alarms").get_to(v.alarms);
    in.at("reports").get_to(v.reports);
    in.at("plan").get_to(v.plan);
    in.at("exercise").get_to(v.exercise);
    get(in, "movedAt", v.movedAt);
}

void to_json(json& out, const RouteLine& v) {
    out = json::object();
    out["points"] = v.points;
    out["secondsAt"] = v.secondsAt;
    out["length"] = v.length;
    out["duration"] = v.duration;
}
void from_json(const json& in, RouteLine& v) {
    in.at("points").get_to(v.points);
    in.at("secondsAt").get_to(v.secondsAt);
    in.at("length").get_to(v.length);
    in.at("duration").get_to(v.duration);
}

void to_json(json& out, const BlockedWay& v) {
    out = json::object();
    out["closure"] = v.closure;
    out["road"] = v.road;
    out["arrival"] = v.arrival;
    out["since"] = v.since;
}
void from_json(const json& in, BlockedWay& v) {
    in.at("closure").get_to(v.closure);
    in.at("road").get_to(v.road);
    in.at("arrival").get_to(v.arrival);
    in.at("since").get_to(v.since);
}

void to_json(json& out, const Assignment& v) {
    out = json::object();
    out["id"] = v.id;
    out["incident"] = v.incident;
    out["resource"] = v.resource;
    out["capability"] = v.capability;
    out["state"] = toString(v.state);
    out["proposedAt"] = v.proposedAt;
    out["notifiedAt"] = v.notifiedAt;
    out["acceptedAt"] = v.acceptedAt;
    out["departedAt"] = v.departedAt;
    out["arrivedAt"] = v.arrivedAt;
    out["releasedAt"] = v.releasedAt;
    out["eta"] = v.eta;
    out["route"] = v.route;
    out["reason"] = v.reason;
    putWord(out, "purpose", v.purpose, Purpose::team);
    put(out, "order", v.order);
    put(out, "decision", v.decision);
    put(out, "load", v.load);
    put(out, "loaded", v.loaded);
    put(out, "stops", v.stops);
    put(out, "people", v.people);
    put(out, "etaLow", v.etaLow);
    put(out, "etaHigh", v.etaHigh);
    put(out, "plain", v.plain);
    put(out, "turnout", v.turnout);
    put(out, "heardAt", v.heardAt);
    put(out, "rollCallDue", v.rollCallDue);
    putWord(out, "word", v.word, TeamWord::none);
    put(out, "wordAt", v.wordAt);
    putWord(out, "reached", v.reached, Reached::waits);
    put(out, "blocked", v.blocked);
}
void from_json(const json& in, Assignment& v) {
    in.at("id").get_to(v.id);
    in.at("incident").get_to(v.incident);
    in.at("resource").get_to(v.resource);
    in.at("capability").get_to(v.capability);
    v.state = wordFrom(in.at("state"), &assignmentStateFrom);
    in.at("proposedAt").get_to(v.proposedAt);
    in.at("notifiedAt").get_to(v.notifiedAt);
    in.at("acceptedAt").get_to(v.acceptedAt);
    in.at("departedAt").get_to(v.departedAt);
    in.at("arrivedAt").get_to(v.arrivedAt);
    in.at("releasedAt").get_to(v.releasedAt);
    in.at("eta").get_to(v.eta);
    in.at("route").get_to(v.route);
    in.at("reason").get_to(v.reason);
    getWord(in, "purpose", v.purpose, &purposeFrom);
    get(in, "order", v.order);
    get(in, "decision", v.decision);
    get(in, "load", v.load);
    get(in, "loaded", v.loaded);
    get(in, "stops", v.stops);
    get(in, "people", v.people);
    get(in, "etaLow", v.etaLow);
    get(in, "etaHigh", v.etaHigh);
    get(in, "plain", v.plain);
    get(in, "turnout", v.turnout);
    get(in, "heardAt", v.heardAt);
    get(in, "rollCallDue", v.rollCallDue);
    getWord(in, "word", v.word, &teamWordFrom);
    get(in, "wordAt", v.wordAt);
    getWord(in, "reached", v.reached, &reachedFrom);
    get(in, "blocked", v.blocked);
    bool untold = false; // in journals of before it was a word
    get(in, "untold", untold);
    if (untold) {
        v.word = TeamWord::moved;
        v.reached = Reached::waits;
    }
}

void to_json(json& out, const DeskStatus& v) {
    out = json::object();
    out["county"] = v.county;
    out["exercise"] = v.exercise;
    out["scenario"] = v.scenario;
    out["exerciseStartedAt"] = v.exerciseStartedAt;
    out["responseLevel"] = v.responseLevel ? json(toString(*v.responseLevel)) : json(nullptr);
    out["responseTitle"] = v.responseTitle;
    out["onDuty"] = v.onDuty;
    out["leader"] = v.leader;
    out["dutyUntil"] = v.dutyUntil;
    out["dutySince"] = v.dutySince;
    out["soundMutedUntil"] = v.soundMutedUntil;
    if (v.roadWeather != RoadWeather::clear)
        out["roadWeather"] = toString(v.roadWeather);
    out["lastIncidentNumber"] = v.lastIncidentNumber;
    if (!v.pins.empty())
        out["pins"] = v.pins;
}
void from_json(const json& in, DeskStatus& v) {
    in.at("county").get_to(v.county);
    in.at("exercise").get_to(v.exercise);
    in.at("scenario").get_to(v.scenario);
    in.at("exerciseStartedAt").get_to(v.exerciseStartedAt);
    v.responseLevel =
        in.at("responseLevel").is_null() ? std::nullopt : std::optional(wordFrom(in.at("responseLevel"), &gradeFrom));
    in.at("responseTitle").get_to(v.responseTitle);
    in.at("onDuty").get_to(v.onDuty);
    in.at("leader").get_to(v.leader);
    in.at("dutyUntil").get_to(v.dutyUntil);
    in.at("dutySince").get_to(v.dutySince);
    in.at("soundMutedUntil").get_to(v.soundMutedUntil);
    const auto weather = in.find("roadWeather"); // entries of older desks have none
    v.roadWeather = weather == in.end() ? RoadWeather::clear : wordFrom(*weather, &roadWeatherFrom);
    in.at("lastIncidentNumber").get_to(v.lastIncidentNumber);
    v.pins.clear();
    get(in, "pins", v.pins); // where no name has one it is left out, as in entries of older desks
}

} // namespace tocsin::model
