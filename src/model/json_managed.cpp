#include "tocsin/model/json.hpp"

#include "model/enums.hpp"
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
}
void from_json(const json& in, Stock& v) {
    in.at("code").get_to(v.code);
    in.at("name").get_to(v.name);
    in.at("quantity").get_to(v.quantity);
    in.at("unit").get_to(v.unit);
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
}

void to_json(json& out, const Need& v) {
    out = json::object();
    out["capability"] = v.capability;
    out["level"] = v.level;
    out["quantity"] = v.quantity;
}
void from_json(const json& in, Need& v) {
    in.at("capability").get_to(v.capability);
    in.at("level").get_to(v.level);
    in.at("quantity").get_to(v.quantity);
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
    out["lastIncidentNumber"] = v.lastIncidentNumber;
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
    in.at("lastIncidentNumber").get_to(v.lastIncidentNumber);
}

} // namespace tocsin::model
