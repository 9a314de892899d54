#include "decode_cap_schema.hpp"

#include <array>

// The tables follow the schemas of CAP 1.0 (www.incident.com/cap/1.0), 1.1 and 1.2 (OASIS Standards 2005 and 2010).

namespace tocsin::ingest::cap {

namespace {

using Words = std::string_view;
constexpr std::array status10{Words("Actual"), Words("Exercise"), Words("System"), Words("Test")};
constexpr std::array status{Words("Actual"), Words("Exercise"), Words("System"), Words("Test"), Words("Draft")};
constexpr std::array msgType{Words("Alert"), Words("Update"), Words("Cancel"), Words("Ack"), Words("Error")};
constexpr std::array scope{Words("Public"), Words("Restricted"), Words("Private")};
constexpr std::array category{Words("Geo"),       Words("Met"),   Words("Safety"), Words("Security"),
                              Words("Rescue"),    Words("Fire"),  Words("Health"), Words("Env"),
                              Words("Transport"), Words("Infra"), Words("Other"),  Words("CBRNE")};
constexpr auto category10 = std::span(category).first(11);
constexpr std::array responseType{Words("Shelter"), Words("Evacuate"), Words("Prepare"),
                                  Words("Execute"), Words("Monitor"),  Words("Assess"),
                                  Words("None"),    Words("Avoid"),    Words("AllClear")};
constexpr auto responseType11 = std::span(responseType).first(7);
constexpr std::array urgency{Words("Immediate"), Words("Expected"), Words("Future"), Words("Past"), Words("Unknown")};
constexpr std::array severity{Words("Extreme"), Words("Severe"), Words("Moderate"), Words("Minor"), Words("Unknown")};
constexpr std::array certainty10{Words("Very Likely"), Words("Likely"), Words("Possible"), Words("Unlikely"),
                                 Words("Unknown")};
constexpr std::array certainty{Words("Observed"), Words("Likely"), Words("Possible"), Words("Unlikely"),
                               Words("Unknown")};

constexpr std::array<Rule, 15> alert10{{{"identifier", Kind::text, 1},
                                        {"sender", Kind::text, 1},
                                        {"sent", Kind::time, 1},
                                        {"status", Kind::words, 1, false, status10},
                                        {"msgType", Kind::words, 1, false, msgType},
                                        {"password"},
                                        {"source"},
                                        {"scope", Kind::words, 0, false, scope},
                                        {"restriction"},
                                        {"addresses"},
                                        {"code", Kind::text, 0, true},
                                        {"note"},
                                        {"references"},
                                        {"incidents"},
                                        {"info", Kind::info, 0, true}}};
constexpr std::array<Rule, 14> alert11{{{"identifier", Kind::text, 1},
                                        {"sender", Kind::text, 1},
                                        {"sent", Kind::time, 1},
                                        {"status", Kind::words, 1, false, status},
                                        {"msgType", Kind::words, 1, false, msgType},
                                        {"source"},
                                        {"scope", Kind::words, 1, false, scope},
                                        {"restriction"},
                                        {"addresses"},
                                        {"code", Kind::text, 0, true},
                                        {"note"},
                                        {"references"},
                                        {"incidents"},
                                        {"info", Kind::info, 0, true}}};

constexpr std::array<Rule, 19> info10{{{"language", Kind::language},
                                       {"category", Kind::words, 0, true, category10},
                                       {"event", Kind::text, 1},
                                       {"urgency", Kind::words, 1, false, urgency},
                                       {"severity", Kind::words, 1, false, severity},
                                       {"certainty", Kind::words, 1, false, certainty10},
                                       {"audience"},
                                       {"eventCode", Kind::text, 0, true},
                                       {"effective", Kind::time},
                                       {"onset", Kind::time},
                                       {"expires", Kind::time},
                                       {"senderName"},
                                       {"headline"},
                                       {"description"},
                                       {"instruction"},
                                       {"web"},
                                       {"contact"},
                                       {"parameter", Kind::text, 0, true},
                                       {"resource", Kind::resource, 0, true}}};

constexpr std::array<Rule, 21> infoOf(std::span<const Words> responses) {
    return {{{"language", Kind::language},
             {"category", Kind::words, 1, true, category},
             {"event", Kind::text, 1},
             {"responseType", Kind::words, 0, true, responses},
             {"urgency", Kind::words, 1, false, urgency},
             {"severity", Kind::words, 1, false, severity},
             {"certainty", Kind::words, 1, false, certainty},
             {"audience"},
             {"eventCode", Kind::pair, 0, true},
             {"effective", Kind::time},
             {"onset", Kind::time},
             {"expires", Kind::time},
             {"senderName"},
             {"headline"},
             {"description"},
             {"instruction"},
             {"web"},
             {"contact"},
             {"parameter", Kind::pair, 0, true},
             {"resource", Kind::resource, 0, true},
             {"area", Kind::area, 0, true}}};
}
constexpr auto info11 = infoOf(responseType11);
constexpr auto info12 = infoOf(responseType);

constexpr std::array<Rule, 20> withArea(const std::array<Rule, 19>& rules) {
    std::array<Rule, 20> out{};
    for (std::size_t i = 0; i < rules.size(); ++i)
        out[i] = rules[i];
    out[19] = {"area", Kind::area, 0, true};
    return out;
}
constexpr auto info10Full = withArea(info10);

constexpr std::array<Rule, 5> resource10{
    {{"resourceDesc", Kind::text, 1}, {"mimeType"}, {"size", Kind::integer}, {"uri"}, {"digest"}}};
constexpr std::array<Rule, 6> resource11{
    {{"resourceDesc", Kind::text, 1}, {"mimeType"}, {"size", Kind::integer}, {"uri"}, {"derefUri"}, {"digest"}}};
constexpr std::array<Rule, 6> resource12{{{"resourceDesc", Kind::text, 1},
                                          {"mimeType", Kind::text, 1},
                                          {"size", Kind::integer},
                                          {"uri"},
                                          {"derefUri"},
                                          {"digest"}}};

constexpr std::array<Rule, 6> area10{{{"areaDesc", Kind::text, 1},
                                      {"polygon", Kind::text, 0, true},
                                      {"circle", Kind::text, 0, true},
                                      {"geocode", Kind::text, 0, true},
                                      {"altitude"},
                                      {"ceiling"}}};
constexpr std::array<Rule, 6> area11{{{"areaDesc", Kind::text, 1},
                                      {"polygon", Kind::text, 0, true},
                                      {"circle", Kind::text, 0, true},
                                      {"geocode", Kind::pair, 0, true},
                                      {"altitude"},
                                      {"ceiling"}}};
constexpr std::array<Rule, 6> area12{{{"areaDesc", Kind::text, 1},
                                      {"polygon", Kind::text, 0, true},
                                      {"circle", Kind::text, 0, true},
                                      {"geocode", Kind::pair, 0, true},
                                      {"altitude", Kind::decimal},
                                      {"ceiling", Kind::decimal}}};

constexpr bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

/// Whether `text` has the shape: 'd' a digit, anything else itself.
bool shaped(std::string_view text, std::string_view shape) {
    if (text.size() != shape.size())
        return false;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (shape[i] == 'd' ? !isDigit(text[i]) : text[i] != shape[i])
            return false;
    return true;
}

} // namespace

std::string_view toString(Version version) {
    switch (version) {
    case Version::v10:
        return "1.0";
    case Version::v11:
        return "1.1";
    case Version::v12:
        return "1.2";
    }
    return "1.2";
}

const Schema& schemaOf(Version version) {
    static constexpr Schema v10{Version::v10, alert10, info10Full, resource10, area10};
    static constexpr Schema v11{Version::v11, alert11, info11, resource11, area11};
    static constexpr Schema v12{Version::v12, alert11, info12, resource12, area12};
    return version == Version::v10 ? v10 : version == Version::v11 ? v11 : v12;
}

bool isScheduledTime(std::string_view text, Version version) {
    if (!shaped(text.substr(0, 19), "dddd-dd-ddTdd:dd:dd"))
        return false;
    std::string_view rest = text.substr(19);
    const bool numeric = rest.size() == 6 && (shaped(rest, "+dd:dd") || shaped(rest, "-dd:dd"));
    if (version == Version::v12)
        return numeric;
    if (rest.starts_with('.')) {
        std::size_t digits = 1;
        while (digits < rest.size() && isDigit(rest[digits]))
            ++digits;
        if (digits == 1)
            return false;
        rest.remove_prefix(digits);
    }
    return rest.empty() || rest == "Z" || shaped(rest, "+dd:dd") || shaped(rest, "-dd:dd");
}

bool isLanguageTag(std::string_view text) {
    std::size_t part = 0;
    bool first = true;
    for (const char c : text) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (c == '-') {
            if (part == 0)
                return false;
            part = 0;
            first = false;
        } else if (!letter && (first || !isDigit(c))) {
            return false;
        } else if (++part > 8) {
            return false;
        }
    }
    return part > 0;
}

bool isInteger(std::string_view text) {
    if (text.starts_with('-') || text.starts_with('+'))
        text.remove_prefix(1);
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool isDecimal(std::string_view text) {
    if (text.starts_with('-') || text.starts_with('+'))
        text.remove_prefix(1);
    const std::size_t point = text.find('.');
    const std::string_view whole = text.substr(0, point);
    const std::string_view part = point == std::string_view::npos ? std::string_view() : text.substr(point + 1);
    return !(whole.empty() && part.empty()) && whole.find_first_not_of("0123456789") == std::string_view::npos &&
           part.find_first_not_of("0123456789") == std::string_view::npos;
}

} // namespace tocsin::ingest::cap
