#include "decode_ea.hpp"

#include "decode_cut.hpp"
#include "decode_place.hpp"

#include <algorithm>

// environment.data.gov.uk/flood-monitoring/doc/reference: flood warnings

namespace tocsin::ingest::ea {

using base::Code;
using model::Grade;
using model::Warning;

namespace {

constexpr std::string_view sender = "environment.data.gov.uk/flood-monitoring";

struct Severity {
    std::string_view name;
    std::string_view severity;
    std::string_view urgency;
    std::string_view certainty;
    std::string_view response;
    Grade colour;
};
/// By severityLevel 1 to 4.
constexpr std::array<Severity, 4> severities{
    {{"Severe Flood Warning", "Extreme", "Immediate", "Likely", "Evacuate", Grade::I},
     {"Flood Warning", "Severe", "Immediate", "Likely", "Prepare", Grade::II},
     {"Flood Alert", "Moderate", "Expected", "Possible", "Prepare", Grade::III},
     {"Warning no longer in force", "Minor", "Past", "Observed", "AllClear", Grade::IV}}};

/// The data behind "check for flooding" counts the other way: 1 alert, 2 warning, 3 severe, 4 no longer in force.
base::Result<std::size_t> levelOf(const Item& item) {
    const auto* const key = item.has("severityLevel") ? "severityLevel" : "severity_value";
    const auto value = item.number(key);
    if (!value || *value < 1 || *value > 4 || *value != static_cast<double>(static_cast<int>(*value)))
        return base::fail(Code::outOfRange, quoted(std::string_view(key)) + " must be 1, 2, 3 or 4", item.place(key));
    const auto level = static_cast<std::size_t>(*value);
    return item.has("severityLevel") || level == 4 ? level : 4 - level;
}

/// The latest of the times at which something about it changed.
base::Result<base::Time> sentOf(const Item& item, const Work& work) {
    std::optional<base::Time> out;
    for (const auto* const key : {"timeRaised", "timeSeverityChanged", "timeMessageChanged", "message_received",
                                  "severity_changed", "situation_changed"}) {
        const auto text = item.text(key);
        if (text.empty())
            continue;
        const auto time = parseTimeIn(text, work.source);
        if (!time)
            return base::fail(time.error().code, quoted(std::string_view(key)) + ": " + time.error().message, item.place(key));
        out = out ? std::max(*out, *time) : *time;
    }
    if (!out)
        return base::fail(Code::malformed, "a flood that does not say when it was raised or changed", item.place(""));
    return *out;
}

std::string first(const Item& item, std::initializer_list<const char*> keys, std::size_t most) {
    for (const auto* const key : keys)
        if (const auto text = item.text(key); !text.empty())
            return cutText(text, most);
    return {};
}

} // namespace

bool isFlood(const Item& item) {
    return item.has("severityLevel") || (item.has("severity_value") && item.has("ta_code"));
}

base::Result<Warning> warningOf(const Item& item, const Work& work) {
    const auto level = levelOf(item);
    if (!level)
        return tl::unexpected(level.error());
    const auto sent = sentOf(item, work);
    if (!sent)
        return tl::unexpected(sent.error());
    const auto area = first(item, {"floodAreaID", "ta_code"}, 60);
    if (area.empty())
        return base::fail(Code::malformed, "a flood that does not say its area", item.place(""));
    const auto& severity = severities[*level - 1];
    Warning out;
    out.sender = sender;
    out.identifier = "ea-flood-" + water::idPart(area);
    out.sent = *sent;
    out.version = "1.2";
    out.capStatus = "Actual";
    out.scope = "Public";
    out.source = "Environment Agency";
    out.colour = severity.colour;
    // It is one warning that changes: each state takes the place of those before, whenever they were sent.
    out.msgType = *level == 4 ? "Cancel" : "Update";
    out.references.push_back({out.sender, out.identifier, {}});
    model::WarningInfo info;
    info.language = "en-GB";
    info.categories = {"Met", "Geo"};
    info.event = severity.name;
    info.responseTypes = {std::string(severity.response)};
    info.urgency = severity.urgency;
    info.severity = severity.severity;
    info.certainty = severity.certainty;
    info.senderName = "Environment Agency";
    const auto where = first(item, {"description", "ta_name"}, 400);
    info.headline = info.event + (where.empty() ? "" : ": " + where);
    info.description = first(item, {"message", "situation"}, 16'000);
    info.web = first(item, {"@id"}, 400);
    info.onset = *sent;
    model::WarningArea place;
    place.description = where.empty() ? area : where;
    place.geocodes.emplace_back("TargetAreaCode", area);
    info.areas.push_back(std::move(place));
    out.infos.push_back(std::move(info));
    return out;
}

} // namespace tocsin::ingest::ea
