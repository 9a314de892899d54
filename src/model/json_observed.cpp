#include "tocsin/model/json.hpp"

#include "model/enums.hpp"
#include "model/members.hpp"
#include "tocsin/model/alarm.hpp"
#include "tocsin/model/cluster.hpp"
#include "tocsin/model/report.hpp"
#include "tocsin/model/sensor.hpp"

namespace tocsin::model {

using nlohmann::json;

void to_json(json& out, const Sensor& v) {
    out = json::object();
    out["id"] = v.id;
    out["name"] = v.name;
    out["kind"] = toString(v.kind);
    out["unit"] = v.unit;
    if (!v.sentUnit.empty())
        out["sentUnit"] = v.sentUnit;
    out["position"] = v.position;
    out["place"] = v.place;
    out["lowest"] = v.lowest;
    out["highest"] = v.highest;
    out["feed"] = v.feed;
    out["silentAfter"] = v.silentAfter ? json(v.silentAfter->count()) : json(nullptr); // microseconds
    if (!v.outOfService.empty()) {
        out["outOfService"] = v.outOfService;
        out["outOfServiceBy"] = v.outOfServiceBy;
        out["outOfServiceSince"] = v.outOfServiceSince;
    }
    if (!v.retired.empty()) {
        out["retired"] = v.retired;
        out["retiredBy"] = v.retiredBy;
        out["retiredSince"] = v.retiredSince;
    }
}
void from_json(const json& in, Sensor& v) {
    in.at("id").get_to(v.id);
    in.at("name").get_to(v.name);
    v.kind = wordFrom(in.at("kind"), &sensorKindFrom);
    in.at("unit").get_to(v.unit);
    v.sentUnit = in.value("sentUnit", std::string());
    in.at("position").get_to(v.position);
    in.at("place").get_to(v.place);
    in.at("lowest").get_to(v.lowest);
    in.at("highest").get_to(v.highest);
    v.feed = in.value("feed", std::string());
    if (const auto silent = in.find("silentAfter"); silent != in.end() && !silent->is_null())
        v.silentAfter = base::Duration(silent->get<std::int64_t>());
    v.outOfService = in.value("outOfService", std::string());
    v.outOfServiceBy = in.value("outOfServiceBy", std::string());
    if (const auto since = in.find("outOfServiceSince"); since != in.end())
        since->get_to(v.outOfServiceSince);
    v.retired = in.value("retired", std::string());
    v.retiredBy = in.value("retiredBy", std::string());
    if (const auto since = in.find("retiredSince"); since != in.end())
        since->get_to(v.retiredSince);
}

void to_json(json& out, const ReadingSeen& v) {
    out = json::object();
    out["time"] = v.time;
    out["value"] = v.value;
}
void from_json(const json& in, ReadingSeen& v) {
    in.at("time").get_to(v.time);
    in.at("value").get_to(v.value);
}

void to_json(json& out, const Told& v) {
    out = json::object();
    out["who"] = v.who;
    out["by"] = v.by;
    out["at"] = v.at;
}
void from_json(const json& in, Told& v) {
    in.at("who").get_to(v.who);
    in.at("by").get_to(v.by);
    in.at("at").get_to(v.at);
}

namespace {

/// Whether the condition holds where nothing else is said: as in journals of before the member.
bool usuallyHolds(AlarmState state) {
    return state != AlarmState::normal && state != AlarmState::returnedUnacknowledged;
}

/// A threshold of 0 stood for none in journals of before, and does still: a limit that is 0 is said beside it.
constexpr const char* limitIsZero = "thresholdIsZero";

void limitTo(json& out, const Alarm& v) {
    out["threshold"] = v.threshold.value_or(0);
    put(out, limitIsZero, v.threshold == 0.0);
    put(out, "over", v.over.count()); // microseconds
}

void limitFrom(const json& in, Alarm& v) {
    const double threshold = in.at("threshold").get<double>();
    if (threshold != 0 || in.value(limitIsZero, false))
        v.threshold = threshold;
    v.over = base::Duration(in.value("over", std::int64_t{0}));
}

void lifeTo(json& out, const Alarm& v) {
    if (v.kind != AlarmKind::process)
        out["kind"] = toString(v.kind);
    put(out, "sensors", v.sensors);
    put(out, "holds", v.holds, usuallyHolds(v.state));
    put(out, "latching", v.latching);
    put(out, "until", v.until);
    put(out, "stateBy", v.stateBy);
    put(out, "stateReason", v.stateReason);
    put(out, "suppressedBy", v.suppressedBy);
    put(out, "escalated", v.escalated);
    put(out, "escalatedTo", v.escalatedTo);
    put(out, "escalatesAt", v.escalatesAt);
    put(out, "askedAt", v.askedAt);
    put(out, "unseenSince", v.unseenSince);
    put(out, "repeats", v.repeats);
    put(out, "flapping", v.flapping);
    put(out, "owner", v.owner);
    put(out, "tell", v.tell);
    put(out, "told", v.told);
    put(out, "plan", v.plan);
    if (v.forecast) {
        out["forecast"]["reaches"] = v.forecast->reaches;
        out["forecast"]["plusMinus"] = v.forecast->plusMinus.count(); // microseconds
    }
}

void lifeFrom(const json& in, Alarm& v) {
    if (const auto kind = in.find("kind"); kind != in.end())
        v.kind = wordFrom(*kind, &alarmKindFrom);
    get(in, "sensors", v.sensors);
    v.holds = usuallyHolds(v.state);
    get(in, "holds", v.holds);
    get(in, "latching", v.latching);
    get(in, "until", v.until);
    get(in, "stateBy", v.stateBy);
    get(in, "stateReason", v.stateReason);
    get(in, "suppressedBy", v.suppressedBy);
    get(in, "escalated", v.escalated);
    get(in, "escalatedTo", v.escalatedTo);
    get(in, "escalatesAt", v.escalatesAt);
    get(in, "askedAt", v.askedAt);
    get(in, "unseenSince", v.unseenSince);
    get(in, "repeats", v.repeats);
    get(in, "flapping", v.flapping);
    get(in, "owner", v.owner);
    get(in, "tell", v.tell);
    get(in, "told", v.told);
    get(in, "plan", v.plan);
    if (const auto forecast = in.find("forecast"); forecast != in.end()) {
        v.forecast.emplace();
        forecast->at("reaches").get_to(v.forecast->reaches);
        v.forecast->plusMinus = base::Duration(forecast->at("plusMinus").get<std::int64_t>());
    }
}

} // namespace

void to_json(json& out, const Alarm& v) {
    out = json::object();
    out["id"] = v.id;
    out["rule"] = v.rule;
    out["sensor"] = v.sensor;
    out["source"] = v.source;
    out["title"] = v.title;
    out["guidance"] = v.guidance;
    out["hazardClass"] = toString(v.hazardClass);
    out["hazard"] = v.hazard;
    out["severity"] = toString(v.severity);
    out["state"] = toString(v.state);
    out["raisedAt"] = v.raisedAt;
    out["sinceTime"] = v.sinceTime;
    out["acknowledgedAt"] = v.acknowledgedAt;
    out["acknowledgedBy"] = v.acknowledgedBy;
    out["returnedAt"] = v.returnedAt;
    out["value"] = v.value;
    limitTo(out, v);
    out["unit"] = v.unit;
    out["saw"] = v.saw;
    out["position"] = v.position;
    out["place"] = v.place;
    out["incident"] = v.incident;
    lifeTo(out, v);
}
void from_json(const json& in, Alarm& v) {
    in.at("id").get_to(v.id);
    in.at("rule").get_to(v.rule);
    in.at("sensor").get_to(v.sensor);
    v.source = in.value("source", std::string());
    in.at("title").get_to(v.title);
    in.at("guidance").get_to(v.guidance);
    v.hazardClass = wordFrom(in.at("hazardClass"), &hazardClassFrom);
    in.at("hazard").get_to(v.hazard);
    v.severity = wordFrom(in.at("severity"), &gradeFrom);
    v.state = wordFrom(in.at("state"), &alarmStateFrom);
    in.at("raisedAt").get_to(v.raisedAt);
    in.at("sinceTime").get_to(v.sinceTime);
    in.at("acknowledgedAt").get_to(v.acknowledgedAt);
    in.at("acknowledgedBy").get_to(v.acknowledgedBy);
    in.at("returnedAt").get_to(v.returnedAt);
    in.at("value").get_to(v.value);
    limitFrom(in, v);
    in.at("unit").get_to(v.unit);
    in.at("saw").get_to(v.saw);
    in.at("position").get_to(v.position);
    in.at("place").get_to(v.place);
    in.at("incident").get_to(v.incident);
    lifeFrom(in, v);
}

void to_json(json& out, const CallBack& v) {
    out = json::object();
    out["due"] = v.due;
    out["askedBy"] = v.askedBy;
    out["doneAt"] = v.doneAt;
    out["doneBy"] = v.doneBy;
    out["reached"] = v.reached;
    out["result"] = v.result;
}
void from_json(const json& in, CallBack& v) {
    in.at("due").get_to(v.due);
    in.at("askedBy").get_to(v.askedBy);
    in.at("doneAt").get_to(v.doneAt);
    in.at("doneBy").get_to(v.doneBy);
    in.at("reached").get_to(v.reached);
    in.at("result").get_to(v.result);
}

void to_json(json& out, const NoIncident& v) {
    out = json::object();
    out["by"] = v.by;
    out["at"] = v.at;
    out["why"] = v.why;
    out["senders"] = v.senders;
    out["danger"] = v.danger;
}
void from_json(const json& in, NoIncident& v) {
    in.at("by").get_to(v.by);
    in.at("at").get_to(v.at);
    in.at("why").get_to(v.why);
    in.at("senders").get_to(v.senders);
    in.at("danger").get_to(v.danger);
}

void to_json(json& out, const Placed& v) {
    out = json::object();
    out["sent"] = v.sent;
}
void from_json(const json& in, Placed& v) {
    in.at("sent").get_to(v.sent);
}

void to_json(json& out, const ReportCluster& v) {
    out = json::object();
    out["id"] = v.id;
    out["reports"] = v.reports;
    out["apart"] = v.apart;
    out["by"] = v.by;
    out["changedAt"] = v.changedAt;
    out["incident"] = v.incident;
    out["before"] = v.before;
}
void from_json(const json& in, ReportCluster& v) {
    in.at("id").get_to(v.id);
    in.at("reports").get_to(v.reports);
    in.at("apart").get_to(v.apart);
    in.at("by").get_to(v.by);
    in.at("changedAt").get_to(v.changedAt);
    in.at("incident").get_to(v.incident);
    in.at("before").get_to(v.before);
}

void to_json(json& out, const Photo& v) {
    out = json::object();
    out["sha256"] = v.sha256;
    out["width"] = v.width;
    out["height"] = v.height;
    out["position"] = v.position;
    out["takenAt"] = v.takenAt;
}
void from_json(const json& in, Photo& v) {
    in.at("sha256").get_to(v.sha256);
    in.at("width").get_to(v.width);
    in.at("height").get_to(v.height);
    in.at("position").get_to(v.position);
    in.at("takenAt").get_to(v.takenAt);
}

void to_json(json& out, const CallRecord& v) {
    out = json::object();
    out["cause"] = v.cause;
    out["course"] = v.course;
    out["measures"] = v.measures;
    out["result"] = v.result;
    out["trend"] = v.trend;
    out["toldAlready"] = v.toldAlready;
    out["callerUnit"] = v.callerUnit;
    out["callerPost"] = v.callerPost;
    out["dead"] = v.dead;
    out["injured"] = v.injured;
    out["missing"] = v.missing;
    out["recordedBy"] = v.recordedBy;
    out["recordedAt"] = v.recordedAt;
}
void from_json(const json& in, CallRecord& v) {
    in.at("cause").get_to(v.cause);
    in.at("course").get_to(v.course);
    in.at("measures").get_to(v.measures);
    in.at("result").get_to(v.result);
    in.at("trend").get_to(v.trend);
    in.at("toldAlready").get_to(v.toldAlready);
    in.at("callerUnit").get_to(v.callerUnit);
    in.at("callerPost").get_to(v.callerPost);
    in.at("dead").get_to(v.dead);
    in.at("injured").get_to(v.injured);
    in.at("missing").get_to(v.missing);
    in.at("recordedBy").get_to(v.recordedBy);
    in.at("recordedAt").get_to(v.recordedAt);
}

void to_json(json& out, const Contact& v) {
    out = json::object();
    out["name"] = v.name;
    out["phone"] = v.phone;
    out["email"] = v.email;
    out["address"] = v.address;
}
void from_json(const json& in, Contact& v) {
    v.name = in.value("name", std::string());
    v.phone = in.value("phone", std::string());
    v.email = in.value("email", std::string());
    v.address = in.value("address", std::string());
}

void to_json(json& out, const Report& v) {
    out = json::object();
    out["id"] = v.id;
    out["feed"] = v.feed;
    out["sourceId"] = v.sourceId;
    out["category"] = v.category;
    out["text"] = v.text;
    out["place"] = v.place;
    out["position"] = v.position;
    out["accuracyMetres"] = v.accuracyMetres;
    out["hasContact"] = v.hasContact;
    out["photos"] = v.photos;
    out["call"] = v.call;
    out["trust"] = toString(v.trust);
    out["status"] = v.status;
    out["happenedAt"] = v.happenedAt;
    out["receivedAt"] = v.receivedAt;
    out["state"] = toString(v.state);
    out["judgedBy"] = v.judgedBy;
    out["incident"] = v.incident;
    put(out, "judgedAt", v.judgedAt);
    put(out, "note", v.note);
    put(out, "cluster", v.cluster);
    put(out, "claimedBy", v.claimedBy);
    put(out, "claimedAt", v.claimedAt);
    put(out, "callBack", v.callBack);
    put(out, "noIncident", v.noIncident);
    put(out, "sender", v.sender);
    put(out, "senderPosition", v.senderPosition);
    put(out, "placed", v.placed);
}
void from_json(const json& in, Report& v) {
    in.at("id").get_to(v.id);
    in.at("feed").get_to(v.feed);
    in.at("sourceId").get_to(v.sourceId);
    in.at("category").get_to(v.category);
    in.at("text").get_to(v.text);
    in.at("place").get_to(v.place);
    in.at("position").get_to(v.position);
    in.at("accuracyMetres").get_to(v.accuracyMetres);
    v.hasContact = in.value("hasContact", false);
    if (in.contains("contactName")) { // journals written before contacts were kept apart
        v.contact.name = in.value("contactName", std::string());
        v.contact.phone = in.value("contactPhone", std::string());
        v.hasContact = !v.contact.empty();
    }
    v.photos = in.value("photos", std::vector<Photo>{});
    if (const auto call = in.find("call"); call != in.end())
        call->get_to(v.call);
    if (const auto trust = in.find("trust"); trust != in.end())
        v.trust = wordFrom(*trust, &trustFrom);
    v.status = in.value("status", std::string());
    in.at("happenedAt").get_to(v.happenedAt);
    in.at("receivedAt").get_to(v.receivedAt);
    v.state = wordFrom(in.at("state"), &reportStateFrom);
    in.at("judgedBy").get_to(v.judgedBy);
    in.at("incident").get_to(v.incident);
    get(in, "judgedAt", v.judgedAt);
    get(in, "note", v.note);
    get(in, "cluster", v.cluster);
    get(in, "claimedBy", v.claimedBy);
    get(in, "claimedAt", v.claimedAt);
    get(in, "callBack", v.callBack);
    get(in, "noIncident", v.noIncident);
    get(in, "sender", v.sender);
    get(in, "senderPosition", v.senderPosition);
    get(in, "placed", v.placed);
}

} // namespace tocsin::model
