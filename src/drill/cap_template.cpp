#include "drill/cap_template.hpp"

#include "tocsin/base/toml.hpp"

#include <algorithm>

namespace tocsin::drill {
namespace {

/// CAP wants an offset and, for UTC, a minus before it.
std::string capTime(base::Time time) {
    return base::formatTime(time).substr(0, 19).append("-00:00");
}

std::string identifierOf(const CapInject& cap, std::string_view run) {
    return std::string(run).append("-").append(cap.id);
}

base::Place placeAt(std::string_view text, std::size_t offset) {
    const auto before = text.substr(0, offset);
    const std::size_t lineStart = before.rfind('\n');
    return {.line = static_cast<std::uint64_t>(std::count(before.begin(), before.end(), '\n')) + 1,
            .column = offset - (lineStart == std::string_view::npos ? 0 : lineStart + 1) + 1,
            .byte = offset};
}

std::optional<std::string> valueOf(std::string_view name, const Scenario& scenario, const CapInject& cap,
                                   base::Time start, std::string_view run) {
    constexpr std::string_view now = "now";
    constexpr std::string_view reference = "reference:";
    if (name == "identifier")
        return identifierOf(cap, run);
    if (name == "sender")
        return cap.sender;
    if (name.starts_with(now)) {
        name.remove_prefix(now.size());
        const auto shift = name.empty() ? base::Duration{0} : base::parseDuration(name);
        return shift ? std::optional(capTime(start + cap.at + *shift)) : std::nullopt;
    }
    if (name.starts_with(reference)) {
        name.remove_prefix(reference.size());
        const auto earlier = std::find_if(scenario.caps.begin(), scenario.caps.end(), [&](const CapInject& other) {
            return other.id == name && other.at < cap.at;
        });
        if (earlier != scenario.caps.end())
            return std::string(earlier->sender)
                .append(",")
                .append(identifierOf(*earlier, run))
                .append(",")
                .append(capTime(start + earlier->at));
    }
    return std::nullopt;
}

} // namespace

base::Result<std::string> fillCap(const Scenario& scenario, const CapInject& cap, base::Time start,
                                  std::string_view run) {
    const std::string_view xml = cap.xml;
    std::string out;
    std::size_t at = 0;
    for (;;) {
        const std::size_t open = xml.find("{{", at);
        out.append(xml.substr(at, open == std::string_view::npos ? std::string_view::npos : open - at));
        if (open == std::string_view::npos)
            return out;
        const std::size_t close = xml.find("}}", open);
        if (close == std::string_view::npos)
            return base::fail(base::Code::malformed, "CAP template: '{{' without '}}'", placeAt(xml, open));
        const std::string_view name = xml.substr(open + 2, close - open - 2);
        const auto value = valueOf(name, scenario, cap, start, run);
        if (!value)
            return base::fail(base::Code::malformed,
                              "CAP template: there is nothing to put for '" + std::string(name) + "'",
                              placeAt(xml, open));
        out += *value;
        at = close + 2;
    }
}

base::Result<void> checkCapTemplate(std::string_view xml) {
    if (xml.find("<status>Exercise</status>") == std::string_view::npos)
        return base::fail(base::Code::refused, "CAP template: it must have <status>Exercise</status>");
    if (xml.find("<identifier>{{identifier}}</identifier>") == std::string_view::npos ||
        xml.find("<sent>{{now}}</sent>") == std::string_view::npos)
        return base::fail(base::Code::refused, "CAP template: it must have <identifier>{{identifier}}</identifier> and "
                                               "<sent>{{now}}</sent>");
    return {};
}

} // namespace tocsin::drill
