#include "open311_service.hpp"

#include "decode_report_text.hpp"

#include "tocsin/geo/datum.hpp"

#include <algorithm>
#include <array>
#include <openssl/crypto.h>
#include <openssl/sha.h>

namespace tocsin::ingest {

using base::Code;
using Json = nlohmann::ordered_json;

namespace {

constexpr std::size_t mostRequests = 1'000;
constexpr auto mostSpan = std::chrono::hours(24 * 90); ///< as the standard has it
constexpr std::size_t mostAnswers = 50;

std::string escapedXml(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '&')
            out += "&amp;";
        else if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else if (c == '"')
            out += "&quot;";
        else if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t')
            out += c;
    }
    return out;
}

/// What one element of a list is called.
std::string_view itemOf(std::string_view list) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 7> names{{{"services", "service"},
                                                                                         {"attributes", "attribute"},
                                                                                         {"values", "value"},
                                                                                         {"service_requests", "request"},
                                                                                         {"errors", "error"},
                                                                                         {"endpoints", "endpoint"},
                                                                                         {"formats", "format"}}};
    for (const auto& [plural, singular] : names)
        if (plural == list)
            return singular;
    return "item";
}

void writeXml(std::string& out, std::string_view name, const Json& value) {
    out += '<';
    out += name;
    out += '>';
    if (value.is_object()) {
        for (const auto& [key, inner] : value.items())
            writeXml(out, key, inner);
    } else if (value.is_array()) {
        for (const auto& inner : value)
            writeXml(out, itemOf(name), inner);
    } else if (value.is_string()) {
        out += escapedXml(value.get_ref<const std::string&>());
    } else if (!value.is_null()) {
        out += value.dump();
    }
    out += "</";
    out += name;
    out += '>';
}

HttpReply answer(Open311Wire wire, std::string_view root, const Json& body, unsigned status = 200) {
    HttpReply reply;
    reply.status = status;
    if (wire == Open311Wire::json) {
        reply.contentType = "application/json; charset=utf-8";
        reply.body = body.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
        return reply;
    }
    reply.contentType = "text/xml; charset=utf-8";
    reply.body = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";
    // Replaces what is no UTF-8, as the other branch does.
    const auto clean = Json::parse(body.dump(-1, ' ', false, Json::error_handler_t::replace));
    writeXml(reply.body, root, clean);
    reply.body += '\n';
    return reply;
}

std::string timeOf(base::Time time) {
    return base::formatTime(time).substr(0, 19) + "Z";
}

std::vector<std::string> listOf(std::string_view text) {
    std::vector<std::string> out;
    for (std::size_t at = 0; at <= text.size() && out.size() < mostRequests;) {
        const auto end = std::min(text.find(',', at), text.size());
        if (const auto part = trimmed(text.substr(at, end - at)); !part.empty())
            out.emplace_back(part);
        at = end + 1;
    }
    return out;
}

const Open311Service* serviceOf(const Open311Options& options, std::string_view code) {
    for (const auto& service : options.services)
        if (service.code == code)
            return &service;
    return nullptr;
}

tl::unexpected<Open311Refusal> refused(unsigned status, std::string description) {
    return tl::unexpected(Open311Refusal{status, std::move(description)});
}

/// What was answered to a service's questions, a line each; a refusal for one that had to be.
tl::expected<std::string, Open311Refusal> answersOf(const FormFields& fields, const Open311Service& service) {
    std::string out;
    for (const auto& attribute : service.attributes) {
        std::string said;
        std::size_t count = 0;
        for (const auto& [name, value] : fields) {
            if ((name != "attribute[" + attribute.code + "]" && name != "attribute[" + attribute.code + "][]") ||
                trimmed(value).empty() || ++count > mostAnswers)
                continue;
            std::string shown = tidy(value, 500);
            if (!attribute.values.empty()) {
                const auto known = std::find_if(attribute.values.begin(), attribute.values.end(),
                                                [&](const auto& one) { return one.key == shown; });
                if (known == attribute.values.end())
                    return refused(400, "attribute[" + attribute.code + "] has no value " + excerpt(shown));
                shown = known->name.text;
            } else if (attribute.datatype == "number" && !numberOf(shown)) {
                return refused(400, "attribute[" + attribute.code + "] must be a number");
            }
            said += (said.empty() ? "" : ", ") + shown;
        }
        if (said.empty() && attribute.required)
            return refused(400, "attribute[" + attribute.code + "] was not provided");
        if (!said.empty())
            out += "\n" + attribute.description.text + " " + said;
    }
    return out;
}

} // namespace

bool sameSecret(std::string_view a, std::string_view b) {
    // Digests are of one length, so not even the length of the secret shows.
    std::array<unsigned char, SHA256_DIGEST_LENGTH> left{};
    std::array<unsigned char, SHA256_DIGEST_LENGTH> right{};
    SHA256(reinterpret_cast<const unsigned char*>(a.data()), a.size(), left.data());
    SHA256(reinterpret_cast<const unsigned char*>(b.data()), b.size(), right.data());
    return CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

std::optional<Open311Call> open311Call(std::string_view path, std::string_view accept) {
    if (!path.starts_with("/open311/"))
        return {};
    path.remove_prefix(9);
    Open311Call call;
    if (path.ends_with(".json") || path.ends_with(".xml")) {
        call.wire = path.ends_with(".json") ? Open311Wire::json : Open311Wire::xml;
        path = path.substr(0, path.rfind('.'));
    } else if (accept.find("json") != std::string_view::npos) {
        call.wire = Open311Wire::json;
    }
    if (path.starts_with("v2/"))
        path.remove_prefix(3);
    using What = Open311Call::What;
    const auto slash = std::min(path.find('/'), path.size());
    const auto list = path.substr(0, slash);
    call.id = std::string(slash < path.size() ? path.substr(slash + 1) : "");
    if (call.id.empty())
        call.what = list == "discovery"  ? What::discovery
                    : list == "services" ? What::services
                    : list == "requests" ? What::requests
                                         : What::unknown;
    else
        call.what = list == "services"   ? What::definition
                    : list == "requests" ? What::request
                    : list == "tokens"   ? What::token
                                         : What::unknown;
    return call;
}

std::string fieldOf(const FormFields& fields, std::string_view name) {
    for (const auto& [key, value] : fields)
        if (key == name)
            return value;
    return {};
}

HttpReply open311Error(Open311Wire wire, unsigned status, std::string_view description) {
    auto reply = answer(wire, "errors", Json::array({{{"code", std::to_string(status)}, {"description", description}}}),
                        status);
    if (status == 503)
        reply.headers.emplace_back("Retry-After", "2");
    return reply;
}

HttpReply open311Discovery(const Open311Options& options, Open311Wire wire, const std::string& base) {
    Json endpoint{{"specification", "http://wiki.open311.org/GeoReport_v2"},
                  {"url", base + "/open311/v2"},
                  {"changeset", "2026-11-20T00:00:00Z"},
                  {"type", "production"},
                  {"formats", Json::array({"text/xml", "application/json"})}};
    return answer(wire, "discovery",
                  {{"changeset", "2026-11-20T00:00:00Z"},
                   {"contact", options.contact},
                   {"key_service", options.keys.empty() ? "no key is needed" : "ask the county's emergency desk"},
                   {"endpoints", Json::array({std::move(endpoint)})}});
}

HttpReply open311Services(const Open311Options& options, Open311Wire wire, std::string_view language) {
    Json list = Json::array();
    for (const auto& service : options.services)
        list.push_back({{"service_code", service.code},
                        {"service_name", service.name.in(language)},
                        {"description", service.description.in(language)},
                        {"metadata", !service.attributes.empty()},
                        {"type", "realtime"},
                        {"keywords", service.keywords},
                        {"group", service.group}});
    return answer(wire, "services", list);
}

HttpReply open311Definition(const Open311Options& options, const Open311Call& call, std::string_view language) {
    const auto* service = serviceOf(options, call.id);
    if (service == nullptr)
        return open311Error(call.wire, 404, "service_code not found");
    Json attributes = Json::array();
    for (const auto& attribute : service->attributes) {
        Json one{{"variable", true},
                 {"code", attribute.code},
                 {"datatype", attribute.datatype},
                 {"required", attribute.required},
                 {"datatype_description", nullptr},
                 {"order", attributes.size() + 1},
                 {"description", attribute.description.in(language)}};
        if (!attribute.values.empty()) {
            one["values"] = Json::array();
            for (const auto& value : attribute.values)
                one["values"].push_back({{"key", value.key}, {"name", value.name.in(language)}});
        }
        attributes.push_back(std::move(one));
    }
    return answer(call.wire, "service_definition", {{"service_code", service->code}, {"attributes", attributes}});
}

HttpReply open311Requests(const std::vector<model::Report>& reports, const Open311Options& options, Open311Wire wire,
                          std::string_view language) {
    Json list = Json::array();
    for (const auto& report : reports) {
        if (!isPublic(options.publish, report) || list.size() >= mostRequests)
            continue;
        const auto& position = model::sentPosition(report); // what the desk found out since is not the public's
        const auto* service = serviceOf(options, report.category);
        const auto orNull = [](const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); };
        list.push_back({{"service_request_id", report.id.toString()},
                        {"status", isClosed(report) ? "closed" : "open"},
                        {"status_notes", nullptr},
                        {"service_name", service == nullptr ? report.category : service->name.in(language)},
                        {"service_code", report.category},
                        {"description", report.text},
                        {"agency_responsible", nullptr},
                        {"service_notice", nullptr},
                        {"requested_datetime", timeOf(report.receivedAt)},
                        {"updated_datetime", nullptr},
                        {"expected_datetime", nullptr},
                        {"address", orNull(report.place)},
                        {"address_id", nullptr},
                        {"zipcode", nullptr},
                        {"lat", position ? Json(position->latitude()) : Json(nullptr)},
                        {"long", position ? Json(position->longitude()) : Json(nullptr)},
                        {"media_url", nullptr}});
    }
    return answer(wire, "service_requests", list);
}

HttpReply open311Token(Open311Wire wire, const std::string& token) {
    return answer(wire, "service_requests", Json::array({{{"service_request_id", token}, {"token", token}}}));
}

HttpReply open311Accepted(Open311Wire wire, const std::string& id) {
    return answer(wire, "service_requests",
                  Json::array({{{"service_request_id", id}, {"service_notice", nullptr}, {"account_id", nullptr}}}));
}

base::Result<ReportQuery> open311Query(const FormFields& fields, base::Time now) {
    ReportQuery query;
    query.ids = listOf(fieldOf(fields, "service_request_id"));
    query.categories = listOf(fieldOf(fields, "service_code"));
    for (const auto* name : {"start_date", "end_date"}) {
        auto text = fieldOf(fields, name);
        if (text.empty())
            continue;
        std::replace(text.begin(), text.end(), ' ', '+'); // an offset's plus that was not encoded
        const auto time = base::parseTime(text.find('+') == 10 ? fieldOf(fields, name) : text);
        if (!time)
            return base::fail(Code::malformed, std::string(name) + ": " + time.error().message);
        (std::string_view(name) == "start_date" ? query.from : query.to) = *time;
    }
    if (!query.from && !query.to)
        query.from = now - mostSpan;
    else if (!query.from)
        query.from = *query.to - mostSpan;
    else if (!query.to)
        query.to = *query.from + mostSpan;
    const auto statuses = listOf(lowered(fieldOf(fields, "status")));
    for (const auto& status : statuses)
        if (status != "open" && status != "closed")
            return base::fail(Code::malformed, "status must be open or closed");
    if (statuses.size() == 1)
        query.closed = statuses.front() == "closed";
    const auto whole = [&](std::string_view name, double otherwise, double most) -> base::Result<std::size_t> {
        const auto text = fieldOf(fields, name);
        const auto value = text.empty() ? std::optional(otherwise) : numberOf(text);
        if (!value || *value < 1 || *value > 1e9)
            return base::fail(Code::malformed, std::string(name) + " must be a whole number from 1");
        return static_cast<std::size_t>(std::min(*value, most));
    };
    const auto limit = whole("limit", 100, mostRequests);
    const auto size = whole("page_size", limit ? static_cast<double>(*limit) : 100, mostRequests);
    const auto page = whole("page", 1, 1e6);
    for (const auto* one : {&limit, &size, &page})
        if (!*one)
            return tl::unexpected(one->error());
    query.limit = *size;
    query.offset = (*page - 1) * *size;
    return query;
}

tl::expected<model::Report, Open311Refusal> open311Report(const FormFields& fields, const Open311Options& options) {
    if (!options.keys.empty()) {
        const auto key = fieldOf(fields, "api_key");
        bool known = false;
        for (const auto& one : options.keys)
            known = sameSecret(key, one) || known;
        if (!known)
            return refused(403, key.empty() ? "api_key was not provided" : "api_key is not valid");
    }
    const auto code = fieldOf(fields, "service_code");
    if (code.empty())
        return refused(400, "service_code was not provided");
    const auto* service = serviceOf(options, code);
    if (service == nullptr)
        return refused(404, "service_code not found");
    const auto text = [&](std::string_view name, std::size_t most, bool lines = false) {
        return tidy(fieldOf(fields, name), most, lines);
    };
    model::Report report;
    report.feed = "open311";
    report.category = service->code;
    report.place = text("address_string", 300);
    if (const auto id = text("address_id", 60); report.place.empty() && !id.empty())
        report.place = "address " + id;
    const auto lat = fieldOf(fields, "lat");
    const auto lon = fieldOf(fields, "long");
    if (!lat.empty() || !lon.empty()) {
        const auto latitude = numberOf(lat);
        const auto longitude = numberOf(lon);
        if (!latitude || !longitude)
            return refused(400, "lat and long must both be numbers");
        const auto position = geo::normalise({.latitude = *latitude, .longitude = *longitude});
        if (!position)
            return refused(400, position.error().message);
        report.position = *position;
    } else if (report.place.empty()) {
        return refused(400, "a place was not provided: lat and long, address_string or address_id");
    }
    const auto answers = answersOf(fields, *service);
    if (!answers)
        return tl::unexpected(answers.error());
    report.text = text("description", maxReportCharacters, true);
    if (report.text.empty())
        report.text = service->name.text;
    report.text = tidy(report.text + *answers, maxReportCharacters, true);
    if (const auto media = text("media_url", 500); !media.empty())
        report.text = tidy(report.text + "\n" + media, maxReportCharacters, true);
    report.contact.name = tidy(text("first_name", 60) + " " + text("last_name", 60), 120);
    report.contact.phone = text("phone", 40);
    report.contact.email = text("email", 200);
    return report;
}

} // namespace tocsin::ingest
