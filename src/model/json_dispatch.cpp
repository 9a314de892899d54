// The values of dispatch as JSON: decisions, call-downs and the lists for them, mutual aid.
#include "model/members.hpp"
#include "tocsin/model/aid_request.hpp"
#include "tocsin/model/call_down.hpp"
#include "tocsin/model/call_list.hpp"
#include "tocsin/model/decision.hpp"
#include "tocsin/model/json.hpp"

namespace tocsin::model {

using nlohmann::json;

void to_json(json& out, const LoadItem& v) {
    out = json::object();
    out["from"] = v.from;
    out["code"] = v.code;
    out["name"] = v.name;
    out["quantity"] = v.quantity;
    out["unit"] = v.unit;
}
void from_json(const json& in, LoadItem& v) {
    in.at("from").get_to(v.from);
    in.at("code").get_to(v.code);
    in.at("name").get_to(v.name);
    in.at("quantity").get_to(v.quantity);
    in.at("unit").get_to(v.unit);
}
void to_json(json& out, const Stop& v) {
    out = json::object();
    out["position"] = v.position;
    put(out, "place", v.place);
    put(out, "at", v.at);
    put(out, "arrival", v.arrival);
}
void from_json(const json& in, Stop& v) {
    in.at("position").get_to(v.position);
    get(in, "place", v.place);
    get(in, "at", v.at);
    get(in, "arrival", v.arrival);
}

void to_json(json& out, const DecisionLine& v) {
    out = json::object();
    out["resource"] = v.resource;
    out["purpose"] = toString(v.purpose);
    out["need"] = v.need;
    out["eta"] = v.eta;
    put(out, "etaLow", v.etaLow);
    put(out, "etaHigh", v.etaHigh);
    put(out, "plain", v.plain);
    put(out, "turnout", v.turnout);
    out["recommended"] = v.recommended;
    put(out, "reason", v.reason);
    put(out, "load", v.load);
    put(out, "stops", v.stops);
    put(out, "people", v.people);
    put(out, "route", v.route);
    put(out, "byHand", v.byHand);
    put(out, "obstacle", v.obstacle);
    put(out, "instead", v.instead);
    put(out, "insteadPeople", v.insteadPeople);
}
void from_json(const json& in, DecisionLine& v) {
    in.at("resource").get_to(v.resource);
    v.purpose = wordFrom(in.at("purpose"), &purposeFrom);
    in.at("need").get_to(v.need);
    in.at("eta").get_to(v.eta);
    get(in, "etaLow", v.etaLow);
    get(in, "etaHigh", v.etaHigh);
    get(in, "plain", v.plain);
    get(in, "turnout", v.turnout);
    in.at("recommended").get_to(v.recommended);
    get(in, "reason", v.reason);
    get(in, "load", v.load);
    get(in, "stops", v.stops);
    get(in, "people", v.people);
    get(in, "route", v.route);
    get(in, "byHand", v.byHand);
    get(in, "obstacle", v.obstacle);
    get(in, "instead", v.instead);
    get(in, "insteadPeople", v.insteadPeople);
}
void to_json(json& out, const DecisionChoice& v) {
    out = json::object();
    out["resource"] = v.resource;
    out["need"] = v.need;
    out["eta"] = v.eta;
    out["obstacle"] = v.obstacle;
    put(out, "costs", v.costs);
    put(out, "recommended", v.recommended);
}
void from_json(const json& in, DecisionChoice& v) {
    in.at("resource").get_to(v.resource);
    if (in.contains("need")) {
        in.at("need").get_to(v.need);
    } else { // before the need was kept; how many and how good they had to be is not known
        get(in, "capability", v.need.capability);
        v.need.quantity = 0;
    }
    in.at("eta").get_to(v.eta);
    in.at("obstacle").get_to(v.obstacle);
    get(in, "costs", v.costs);
    get(in, "recommended", v.recommended);
}
void to_json(json& out, const DecisionGap& v) {
    out = json::object();
    out["need"] = v.need;
    out["missing"] = v.missing;
    out["reason"] = v.reason;
}
void from_json(const json& in, DecisionGap& v) {
    in.at("need").get_to(v.need);
    in.at("missing").get_to(v.missing);
    in.at("reason").get_to(v.reason);
}
void to_json(json& out, const Decision& v) {
    out = json::object();
    out["id"] = v.id;
    out["incident"] = v.incident;
    out["state"] = toString(v.state);
    out["at"] = v.at;
    out["by"] = v.by;
    out["factsAt"] = v.factsAt;
    out["lines"] = v.lines;
    out["others"] = v.others;
    out["unmet"] = v.unmet;
    out["optimal"] = v.optimal;
    put(out, "gap", v.gap);
    put(out, "peopleCoveredBefore", v.peopleCoveredBefore);
    put(out, "peopleCoveredAfter", v.peopleCoveredAfter);
    put(out, "reason", v.reason);
    put(out, "notices", v.notices);
    put(out, "callLists", v.callLists);
    put(out, "language", v.language);
    put(out, "releases", v.releases);
    put(out, "coverOfPlaces", v.coverOfPlaces);
    put(out, "coverLate", v.coverLate);
    put(out, "unseen", v.unseen);
    put(out, "stoppedAfter", v.stoppedAfter);
    put(out, "judgedBy", v.judgedBy);
    put(out, "judgedAt", v.judgedAt);
    put(out, "judgement", v.judgement);
}
void from_json(const json& in, Decision& v) {
    in.at("id").get_to(v.id);
    in.at("incident").get_to(v.incident);
    v.state = wordFrom(in.at("state"), &decisionStateFrom);
    in.at("at").get_to(v.at);
    in.at("by").get_to(v.by);
    in.at("factsAt").get_to(v.factsAt);
    in.at("lines").get_to(v.lines);
    in.at("others").get_to(v.others);
    in.at("unmet").get_to(v.unmet);
    in.at("optimal").get_to(v.optimal);
    get(in, "gap", v.gap);
    get(in, "peopleCoveredBefore", v.peopleCoveredBefore);
    get(in, "peopleCoveredAfter", v.peopleCoveredAfter);
    get(in, "reason", v.reason);
    get(in, "notices", v.notices);
    get(in, "callLists", v.callLists);
    get(in, "language", v.language);
    get(in, "releases", v.releases);
    get(in, "coverOfPlaces", v.coverOfPlaces);
    get(in, "coverLate", v.coverLate);
    get(in, "unseen", v.unseen);
    get(in, "stoppedAfter", v.stoppedAfter);
    get(in, "judgedBy", v.judgedBy);
    get(in, "judgedAt", v.judgedAt);
    get(in, "judgement", v.judgement);
}

void to_json(json& out, const CallDownPerson& v) {
    out = json::object();
    out["name"] = v.name;
    out["phone"] = v.phone;
    put(out, "role", v.role);
    put(out, "askedAt", v.askedAt);
    put(out, "answeredAt", v.answeredAt);
    put(out, "result", v.result);
    put(out, "wait", v.wait);
}
void from_json(const json& in, CallDownPerson& v) {
    in.at("name").get_to(v.name);
    in.at("phone").get_to(v.phone);
    get(in, "role", v.role);
    get(in, "askedAt", v.askedAt);
    get(in, "answeredAt", v.answeredAt);
    get(in, "result", v.result);
    get(in, "wait", v.wait);
}
void to_json(json& out, const CallDown& v) {
    out = json::object();
    out["id"] = v.id;
    out["title"] = v.title;
    out["people"] = v.people;
    out["at"] = v.at;
    out["every"] = v.every;
    out["state"] = toString(v.state);
    out["startedAt"] = v.startedAt;
    out["startedBy"] = v.startedBy;
    put(out, "incident", v.incident);
    put(out, "resource", v.resource);
    put(out, "list", v.list);
    put(out, "nextAt", v.nextAt);
    put(out, "answeredBy", v.answeredBy);
}
void from_json(const json& in, CallDown& v) {
    in.at("id").get_to(v.id);
    in.at("title").get_to(v.title);
    in.at("people").get_to(v.people);
    in.at("at").get_to(v.at);
    in.at("every").get_to(v.every);
    v.state = wordFrom(in.at("state"), &callDownStateFrom);
    in.at("startedAt").get_to(v.startedAt);
    in.at("startedBy").get_to(v.startedBy);
    get(in, "incident", v.incident);
    get(in, "resource", v.resource);
    get(in, "list", v.list);
    get(in, "nextAt", v.nextAt);
    get(in, "answeredBy", v.answeredBy);
}

void to_json(json& out, const CallListStep& v) {
    out = json::object();
    put(out, "name", v.name);
    put(out, "phone", v.phone);
    put(out, "role", v.role);
    put(out, "resource", v.resource);
    out["wait"] = v.wait;
}
void from_json(const json& in, CallListStep& v) {
    get(in, "name", v.name);
    get(in, "phone", v.phone);
    get(in, "role", v.role);
    get(in, "resource", v.resource);
    in.at("wait").get_to(v.wait);
}
void to_json(json& out, const CallList& v) {
    out = json::object();
    out["id"] = v.id;
    out["name"] = v.name;
    out["steps"] = v.steps;
    out["changedAt"] = v.changedAt;
    out["changedBy"] = v.changedBy;
    put(out, "removed", v.removed);
}
void from_json(const json& in, CallList& v) {
    in.at("id").get_to(v.id);
    in.at("name").get_to(v.name);
    in.at("steps").get_to(v.steps);
    in.at("changedAt").get_to(v.changedAt);
    in.at("changedBy").get_to(v.changedBy);
    get(in, "removed", v.removed);
}

void to_json(json& out, const AidItem& v) {
    out = json::object();
    out["code"] = v.code;
    out["name"] = v.name;
    out["quantity"] = v.quantity;
    out["unit"] = v.unit;
    put(out, "promised", v.promised);
}
void from_json(const json& in, AidItem& v) {
    in.at("code").get_to(v.code);
    in.at("name").get_to(v.name);
    in.at("quantity").get_to(v.quantity);
    in.at("unit").get_to(v.unit);
    get(in, "promised", v.promised);
}
void to_json(json& out, const AidRequest& v) {
    out = json::object();
    out["id"] = v.id;
    out["number"] = v.number;
    out["incident"] = v.incident;
    out["partner"] = v.partner;
    out["items"] = v.items;
    out["message"] = v.message;
    out["state"] = toString(v.state);
    out["by"] = v.by;
    out["draftedAt"] = v.draftedAt;
    out["changedAt"] = v.changedAt;
    put(out, "neededBy", v.neededBy);
    put(out, "note", v.note);
}
void from_json(const json& in, AidRequest& v) {
    in.at("id").get_to(v.id);
    in.at("number").get_to(v.number);
    in.at("incident").get_to(v.incident);
    in.at("partner").get_to(v.partner);
    in.at("items").get_to(v.items);
    in.at("message").get_to(v.message);
    v.state = wordFrom(in.at("state"), &aidStateFrom);
    in.at("by").get_to(v.by);
    in.at("draftedAt").get_to(v.draftedAt);
    in.at("changedAt").get_to(v.changedAt);
    get(in, "neededBy", v.neededBy);
    get(in, "note", v.note);
}

} // namespace tocsin::model
