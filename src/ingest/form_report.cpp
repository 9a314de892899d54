#include "ingest/form_report.hpp"

#include "ingest/http_message.hpp"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <utility>

namespace tocsin::ingest {

using base::Code;
using nlohmann::json;

base::Result<std::string> formToJson(const SentFields& fields) {
    json report = json::object();
    for (const char* key : {"id", "category", "text", "place", "datum", "name", "phone", "email", "time"}) {
        if (const auto found = fields.find(key); found != fields.end() && !found->second.empty()) {
            auto text = found->second;
            text.erase(std::remove(text.begin(), text.end(), '\r'), text.end()); // forms end lines with CR LF
            report[key] = text;
        }
    }
    constexpr std::pair<const char*, const char*> numbers[] = {{"latitude", "latitude"},
                                                               {"longitude", "longitude"},
                                                               {"accuracy", "accuracy"},
                                                               {"sender_latitude", "senderLatitude"},
                                                               {"sender_longitude", "senderLongitude"}};
    for (const auto& [field, key] : numbers) {
        if (const auto found = fields.find(field); found != fields.end() && !found->second.empty()) {
            const auto& text = found->second;
            double value = 0;
            const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
            if (error == std::errc{} && end == text.data() + text.size())
                report[key] = value;
            else
                report[key] = text; // the decoder says what is wrong with it
        }
    }
    try {
        return report.dump();
    } catch (const json::exception&) {
        return base::fail(Code::malformed, "the form is not UTF-8");
    }
}

std::string fieldsAsJson(const SentFields& fields) {
    return json(fields).dump(-1, ' ', false, json::error_handler_t::replace);
}

std::optional<std::string> keptForm(std::string_view bytes) {
    SentFields fields;
    if (const auto kept = json::parse(bytes, nullptr, false); kept.is_object()) {
        for (const auto& [name, value] : kept.items()) {
            if (!value.is_string())
                return std::nullopt; // no form has anything else
            fields.emplace(name, value.get<std::string>());
        }
    } else if (auto sent = parseForm(bytes)) {
        fields = std::move(*sent);
    }
    if (!fields.contains("text") && !fields.contains("category"))
        return std::nullopt;
    auto report = formToJson(fields);
    return report ? std::optional(std::move(*report)) : std::nullopt;
}

} // namespace tocsin::ingest
