#include "decode_open311.hpp"

#include "decode_report_text.hpp"
#include "xml_element.hpp"

#include <algorithm>
#include <array>
#include <functional>

namespace tocsin::ingest {

using base::Code;
using model::Report;

namespace {

constexpr std::size_t mostRequests = 50'000;

/// One request, be it XML or JSON.
struct Request {
    std::function<std::string(std::string_view key)> get;
    std::function<base::Place(std::string_view key)> at;
};

bool isOpenOrClosed(std::string_view status) {
    return status == "open" || status == "closed";
}

void describe(const Request& request, Report& report, Notes& notes) {
    const auto field = [&](std::string_view key, std::size_t most, bool lines = false) {
        return tidy(request.get(key), most, lines, key, request.at(key), notes);
    };
    const auto service = field("service_name", 200);
    const auto code = field("service_code", 200);
    report.category = knownCategory(service);
    if (report.category.empty())
        report.category = tidy(!service.empty() ? service : !code.empty() ? code : "other", 60);
    report.text = field("description", maxReportCharacters, true);
    if (report.text.empty())
        report.text = service;
    else if (!service.empty() && report.category != service)
        report.text = service + ": " + report.text;
    if (report.text.empty())
        report.text = report.category;
    // What the other office says about it stands with it, in its own words.
    for (const std::string_view key : {"status_notes", "media_url"}) {
        const auto more = field(key, 500, key == "status_notes");
        if (!more.empty())
            report.text = tidy(report.text + "\n" + more, maxReportCharacters, true);
    }
    report.place = field("address", 300);
    if (const auto zip = field("zipcode", 20); !zip.empty() && report.place.find(zip) == std::string::npos)
        report.place += report.place.empty() ? zip : ", " + zip;
}

void locate(const Request& request, const Source& source, Report& report, Notes& notes) {
    const auto latText = request.get("lat");
    const auto longText = request.get("long");
    if (trimmed(latText).empty() && trimmed(longText).empty())
        return;
    const auto latitude = numberOf(latText);
    const auto longitude = numberOf(longText);
    if (latitude && longitude)
        report.position = placeOf(*latitude, *longitude, source, request.at("lat"), notes);
    else
        notes.add(request.at("lat"), "the place was left out: " + ingest::quoted(latText) + ", " + ingest::quoted(longText) +
                                         " are no coordinates");
}

base::Result<Report> readRequest(const Request& request, const Source& source, Notes& notes) {
    Report report;
    report.sourceId = tidy(request.get("service_request_id"), 200);
    if (report.sourceId.empty())
        return base::fail(Code::malformed, "a request without service_request_id", request.at("service_request_id"));
    describe(request, report, notes);
    locate(request, source, report, notes);
    report.status = lowered(tidy(request.get("status"), 40));
    if (!isOpenOrClosed(report.status))
        notes.add(request.at("status"), report.status.empty()
                                            ? "a request without status"
                                            : "the status " + ingest::quoted(report.status) + " is neither open nor closed");
    if (const auto when = request.get("requested_datetime"); !trimmed(when).empty()) {
        const auto time = parseTimeIn(trimmed(when), source);
        if (time)
            report.happenedAt = *time;
        else
            notes.add(request.at("requested_datetime"), "requested_datetime: " + time.error().message);
    }
    return report;
}

/// What a request that is only a receipt has instead.
bool isReceipt(const Request& request) {
    return request.get("status").empty() && request.get("requested_datetime").empty() &&
           request.get("service_code").empty() && request.get("service_name").empty();
}

void take(const Request& request, const Source& source, std::string bytes, Decoded& out) {
    Notes notes(out.deviations);
    if (!request.get("token").empty() || (isReceipt(request) && !request.get("service_request_id").empty())) {
        notes.add(request.at("service_request_id"), "a receipt for a request, which is no report");
        return;
    }
    auto report = readRequest(request, source, notes);
    if (report)
        out.messages.emplace_back(std::move(*report));
    else
        out.faults.push_back({std::move(report.error()), std::move(bytes)});
}

base::Error serverSays(std::string_view code, std::string_view description, const base::Place& place) {
    auto said = tidy(description, 300);
    while (said.ends_with('.'))
        said.pop_back();
    return {Code::malformed,
            "the server answered with an error" + (code.empty() ? "" : " " + tidy(code, 20)) +
                (said.empty() ? "" : ": " + excerpt(said, 300)),
            place};
}

base::Result<Decoded> finished(Decoded out) {
    if (out.messages.empty() && !out.faults.empty())
        return tl::unexpected(std::move(out.faults.front().error));
    return out;
}

} // namespace

bool looksLikeOpen311Xml(const Glimpse& glimpse) {
    if (glimpse.kind != Glimpse::Kind::xml)
        return false;
    if (glimpse.root == "service_requests" || glimpse.root == "service_definition")
        return true;
    const auto has = [&](std::string_view text) { return glimpse.text.find(text) != std::string_view::npos; };
    return (glimpse.root == "services" && has("<service_code")) || (glimpse.root == "errors" && has("<error")) ||
           (glimpse.root == "requests" && has("<service_request_id")) ||
           (glimpse.root == "discovery" && has("<endpoint"));
}

base::Result<Decoded> decodeOpen311Xml(std::string_view bytes, const Source& source) {
    auto read = XmlText::read(bytes);
    if (!read)
        return tl::unexpected(std::move(read.error()));
    const XmlText& text = **read;
    Decoded out;
    out.format = Format::open311Xml;
    if (!text.deviation().empty())
        out.deviations.push_back(text.deviation());
    std::size_t requests = 0;
    std::size_t others = 0;
    std::string root;
    XmlWalk walk([&](std::span<const XmlElement> above, XmlElement& element) -> base::Result<bool> {
        if (above.empty()) {
            root = std::string(element.name);
            return false;
        }
        if (above.size() > 1)
            return above.size() < 4; // deeper is nothing that is asked for
        if (element.name == "error")
            return tl::unexpected(serverSays(element.textAt("code"), element.textAt("description"),
                                             text.place(element.offset)));
        if (element.name != "request") {
            ++others;
            return false;
        }
        if (++requests > mostRequests)
            return base::fail(Code::tooLarge, "more than " + std::to_string(mostRequests) + " requests",
                              text.place(element.offset));
        const Request request{[&](std::string_view key) { return std::string(element.textAt(key)); },
                              [&](std::string_view key) {
                                  const auto* found = element.child(key);
                                  return text.place(found == nullptr ? element.offset : found->offset);
                              }};
        take(request, source, std::string(text.text().substr(element.offset, element.end - element.offset)), out);
        return false;
    });
    if (auto parsed = parseXml(text, walk); !parsed)
        return tl::unexpected(std::move(parsed.error()));
    if (requests == 0 && root != "services" && root != "service_definition" && root != "discovery" &&
        root != "service_requests" && root != "requests")
        return base::fail(Code::malformed, "not an answer of Open311: <" + excerpt(root) + ">", text.place(0));
    if (requests == 0)
        out.deviations.push_back("<" + root + "> with " + std::to_string(others) + " elements and no report");
    return finished(std::move(out));
}

bool looksLikeOpen311Json(const Glimpse& glimpse) {
    if (glimpse.kind != Glimpse::Kind::json)
        return false;
    const auto& keys = glimpse.keys;
    const std::size_t level = glimpse.isArray ? 1 : 0;
    if (keys.has(level, "service_request_id") || keys.has(level, "service_code"))
        return true;
    if (glimpse.isArray)
        return keys.at[1].size() == 2 && keys.has(1, "code") && keys.has(1, "description");
    return keys.has(0, "service_requests") || (keys.has(0, "endpoints") && keys.has(0, "changeset")) ||
           (keys.has(0, "services") && keys.anywhere("service_code")) ||
           (keys.has(0, "errors") && keys.anywhere("code") && keys.anywhere("description"));
}

base::Result<Decoded> decodeOpen311Json(std::string_view bytes, const Source& source) {
    auto read = JsonInput::read(bytes);
    if (!read)
        return tl::unexpected(std::move(read.error()));
    JsonInput& input = **read;
    using Elements = std::vector<std::string_view>;
    const bool isArray = trimmed(input.text()).starts_with('[');
    const auto elements = input.walk<Elements>([&](auto& document) -> Elements {
        if (isArray)
            return input.elements(document.get_array(), mostRequests);
        simdjson::ondemand::object object;
        if (document.get_object().get(object) != simdjson::SUCCESS)
            input.fail(Code::malformed, "must be an array or an object", nullptr);
        Elements out;
        for (auto field : object) {
            const std::string_view key = field.unescaped_key();
            simdjson::ondemand::value value = field.value();
            simdjson::ondemand::array array;
            if ((key == "service_requests" || key == "requests" || key == "errors" || key == "services") &&
                value.get_array().get(array) == simdjson::SUCCESS)
                return input.elements(array, mostRequests);
        }
        return out;
    });
    if (!elements)
        return tl::unexpected(elements.error());
    Decoded out;
    out.format = Format::open311Json;
    std::vector<std::string_view> all = *elements;
    const auto whole = isArray || !all.empty() ? nullptr : input.part(trimmed(input.text()));
    std::size_t others = 0;
    const auto one = [&](const JsonInput& in, std::string_view raw) -> base::Result<void> {
        auto element = JsonElement::read(in, raw);
        if (!element) {
            out.faults.push_back({std::move(element.error()), std::string(raw)});
            return {};
        }
        const auto& value = element->value();
        if (!value.is_object()) {
            out.faults.push_back({{Code::malformed, "a request must be a JSON object", element->at()},
                                  std::string(raw.substr(0, 1000))});
            return {};
        }
        if (value.contains("code") && value.contains("description") && !value.contains("service_request_id"))
            return tl::unexpected(
                serverSays(scalarText(value, "code"), scalarText(value, "description"), element->at("code")));
        if (!value.contains("service_request_id") && !value.contains("requested_datetime")) {
            ++others;
            return {};
        }
        const Request request{[&](std::string_view key) { return scalarText(value, key); },
                              [&](std::string_view key) { return element->at(key); }};
        take(request, source, std::string(raw), out);
        return {};
    };
    if (whole != nullptr) {
        // A single request, a service's definition, a discovery: the document itself is the element.
        const auto self = whole->walk<std::string_view>([&](auto& document) -> std::string_view {
            simdjson::ondemand::object object;
            if (document.get_object().get(object) != simdjson::SUCCESS)
                whole->fail(Code::malformed, "must be an array or an object", nullptr);
            return object.raw_json().value();
        });
        if (!self)
            return tl::unexpected(self.error());
        if (auto ok = one(*whole, *self); !ok)
            return tl::unexpected(ok.error());
    }
    for (const auto raw : all)
        if (auto ok = one(input, raw); !ok)
            return tl::unexpected(ok.error());
    if (out.messages.empty() && out.faults.empty() && out.deviations.empty())
        out.deviations.push_back("an answer with " + std::to_string(others) + " elements and no report");
    return finished(std::move(out));
}

} // namespace tocsin::ingest
