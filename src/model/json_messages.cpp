#include "tocsin/model/json.hpp"

#include "model/enums.hpp"
#include "model/members.hpp"
#include "tocsin/model/earthquake.hpp"
#include "tocsin/model/warning.hpp"

namespace tocsin::model {

using nlohmann::json;

void to_json(json& out, const Earthquake& v) {
    out = json::object();
    out["id"] = v.id;
    out["source"] = v.source;
    out["sourceId"] = v.sourceId;
    out["otherIds"] = v.otherIds;
    out["time"] = v.time;
    out["updated"] = v.updated;
    out["magnitude"] = v.magnitude;
    out["magnitudeType"] = v.magnitudeType;
    out["position"] = v.position;
    out["depthKm"] = v.depthKm;
    out["place"] = v.place;
    out["status"] = v.status;
    out["tsunami"] = v.tsunami;
    if (v.trust)
        out["trust"] = toString(*v.trust);
}
void from_json(const json& in, Earthquake& v) {
    in.at("id").get_to(v.id);
    in.at("source").get_to(v.source);
    in.at("sourceId").get_to(v.sourceId);
    in.at("otherIds").get_to(v.otherIds);
    in.at("time").get_to(v.time);
    in.at("updated").get_to(v.updated);
    in.at("magnitude").get_to(v.magnitude);
    in.at("magnitudeType").get_to(v.magnitudeType);
    in.at("position").get_to(v.position);
    in.at("depthKm").get_to(v.depthKm);
    in.at("place").get_to(v.place);
    in.at("status").get_to(v.status);
    in.at("tsunami").get_to(v.tsunami);
    if (const auto trust = in.find("trust"); trust != in.end())
        v.trust = wordFrom(*trust, &trustFrom);
}

void to_json(json& out, const Circle& v) {
    out = json::object();
    out["centre"] = v.centre;
    out["radiusKm"] = v.radiusKm;
}
void from_json(const json& in, Circle& v) {
    in.at("centre").get_to(v.centre);
    in.at("radiusKm").get_to(v.radiusKm);
}

void to_json(json& out, const WarningArea& v) {
    out = json::object();
    out["description"] = v.description;
    out["polygons"] = v.polygons;
    out["circles"] = v.circles;
    out["geocodes"] = v.geocodes;
}
void from_json(const json& in, WarningArea& v) {
    in.at("description").get_to(v.description);
    in.at("polygons").get_to(v.polygons);
    in.at("circles").get_to(v.circles);
    in.at("geocodes").get_to(v.geocodes);
}

void to_json(json& out, const WarningInfo& v) {
    out = json::object();
    out["language"] = v.language;
    out["categories"] = v.categories;
    out["event"] = v.event;
    out["responseTypes"] = v.responseTypes;
    out["urgency"] = v.urgency;
    out["severity"] = v.severity;
    out["certainty"] = v.certainty;
    out["eventCodes"] = v.eventCodes;
    out["effective"] = v.effective;
    out["onset"] = v.onset;
    out["expires"] = v.expires;
    out["senderName"] = v.senderName;
    out["headline"] = v.headline;
    out["description"] = v.description;
    out["instruction"] = v.instruction;
    out["web"] = v.web;
    out["contact"] = v.contact;
    out["parameters"] = v.parameters;
    out["areas"] = v.areas;
    if (v.colour)
        out["colour"] = toString(*v.colour);
}
void from_json(const json& in, WarningInfo& v) {
    in.at("language").get_to(v.language);
    in.at("categories").get_to(v.categories);
    in.at("event").get_to(v.event);
    in.at("responseTypes").get_to(v.responseTypes);
    in.at("urgency").get_to(v.urgency);
    in.at("severity").get_to(v.severity);
    in.at("certainty").get_to(v.certainty);
    in.at("eventCodes").get_to(v.eventCodes);
    in.at("effective").get_to(v.effective);
    in.at("onset").get_to(v.onset);
    in.at("expires").get_to(v.expires);
    in.at("senderName").get_to(v.senderName);
    in.at("headline").get_to(v.headline);
    in.at("description").get_to(v.description);
    in.at("instruction").get_to(v.instruction);
    in.at("web").get_to(v.web);
    in.at("contact").get_to(v.contact);
    in.at("parameters").get_to(v.parameters);
    in.at("areas").get_to(v.areas);
    if (const auto colour = in.find("colour"); colour != in.end())
        v.colour = wordFrom(*colour, &gradeFrom);
}

void to_json(json& out, const WarningReference& v) {
    out = json::object();
    out["sender"] = v.sender;
    out["identifier"] = v.identifier;
    out["sent"] = v.sent;
}
void from_json(const json& in, WarningReference& v) {
    in.at("sender").get_to(v.sender);
    in.at("identifier").get_to(v.identifier);
    in.at("sent").get_to(v.sent);
}

void to_json(json& out, const Warning& v) {
    out = json::object();
    out["id"] = v.id;
    out["identifier"] = v.identifier;
    out["sender"] = v.sender;
    out["sent"] = v.sent;
    out["version"] = v.version;
    out["capStatus"] = v.capStatus;
    out["msgType"] = v.msgType;
    out["scope"] = v.scope;
    out["source"] = v.source;
    out["note"] = v.note;
    out["references"] = v.references;
    out["infos"] = v.infos;
    out["deviations"] = v.deviations;
    out["signature"] = toString(v.signature);
    out["signer"] = v.signer;
    if (v.trust)
        out["trust"] = toString(*v.trust);
    out["colour"] = toString(v.colour);
    out["state"] = toString(v.state);
    out["receivedAt"] = v.receivedAt;
    out["expires"] = v.expires;
}
void from_json(const json& in, Warning& v) {
    in.at("id").get_to(v.id);
    in.at("identifier").get_to(v.identifier);
    in.at("sender").get_to(v.sender);
    in.at("sent").get_to(v.sent);
    in.at("version").get_to(v.version);
    in.at("capStatus").get_to(v.capStatus);
    in.at("msgType").get_to(v.msgType);
    in.at("scope").get_to(v.scope);
    in.at("source").get_to(v.source);
    in.at("note").get_to(v.note);
    in.at("references").get_to(v.references);
    in.at("infos").get_to(v.infos);
    in.at("deviations").get_to(v.deviations);
    if (const auto signature = in.find("signature"); signature != in.end())
        v.signature = wordFrom(*signature, &signatureFrom);
    else if (in.value("isSigned", false)) // as it was written before signatures were verified
        v.signature = Signature::unverified;
    v.signer = in.value("signer", std::string());
    if (const auto trust = in.find("trust"); trust != in.end())
        v.trust = wordFrom(*trust, &trustFrom);
    v.colour = wordFrom(in.at("colour"), &gradeFrom);
    v.state = wordFrom(in.at("state"), &warningStateFrom);
    in.at("receivedAt").get_to(v.receivedAt);
    in.at("expires").get_to(v.expires);
}

} // namespace tocsin::model
