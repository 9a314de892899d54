#include "decode_alertswiss.hpp"

#include "decode_cap_json.hpp"

#include <algorithm>
#include <charconv>

namespace tocsin::ingest {

namespace {

using base::Code;
using cap::WarningDraft;

constexpr int mostEarlier = 50;

/// The language of the texts as the service shows it: what its weekday is written in, for it says it nowhere else.
std::string languageOf(const cap::JsonNode& alert) {
    const std::string origin = alert.textOf({"gtransOrigin"}); // "en-x-mtfrom-fr"
    if (!origin.empty())
        return origin.substr(0, origin.find("-x-"));
    const std::string sent = alert.textOf({"sent", "publishDate"});
    const std::string day = lowered(sent.substr(0, sent.find_first_of("., ")));
    struct Day {
        std::string_view names;
        std::string_view language;
    };
    static constexpr Day days[] = {{" mon tue wed thu fri sat sun ", "en"},
                                   {" mo di mi do fr sa so ", "de"},
                                   {" lun mar mer jeu ven sam dim ", "fr"},
                                   {" gio sab dom ", "it"}};
    for (const Day& known : days)
        if (!day.empty() && known.names.find(" " + day + " ") != std::string_view::npos)
            return std::string(known.language);
    return "und";
}

/// "de" of "en-x-mtfrom-de": what the texts were translated from.
std::string originOf(const cap::JsonNode& alert) {
    const std::string origin = alert.textOf({"gtransOrigin"});
    const std::size_t at = origin.find("-x-mtfrom-");
    return at == std::string::npos ? std::string() : origin.substr(at + 10, 8);
}

/// The texts stand twice where they were translated: {"title": …, "titleGtransOrigin": …}.
std::string textIn(const cap::JsonNode& alert, const std::string& name, bool original) {
    const cap::JsonNode* both = alert.find(name);
    if (both == nullptr)
        return {};
    if (both->kind != cap::JsonNode::Kind::object)
        return cap::plainText(both->text);
    if (original)
        if (const std::string text = both->textOf({name + "GtransOrigin", name + "Origin"}); !text.empty())
            return cap::plainText(text);
    return cap::plainText(both->textOf({name}));
}

void setSent(WarningDraft& draft, const cap::JsonNode& alert, const Source& source) {
    // "Fri, 20.06.2025, 10:01" is a Swiss clock; the reference has the same moment to the second, with its offset.
    if (const cap::JsonNode* reference = alert.find("reference")) {
        const std::size_t comma = reference->text.rfind(',');
        if (comma != std::string::npos)
            if (const auto sent = base::parseTime(trimmed(std::string_view(reference->text).substr(comma + 1)))) {
                draft.warning.sent = *sent;
                return;
            }
    }
    const cap::JsonNode* node = alert.first({"sent", "publishDate"});
    if (node == nullptr)
        return draft.fault(alert, Code::malformed, "an alert without \"sent\"");
    const std::size_t digit = node->text.find_first_of("0123456789");
    int day = 0;
    int month = 0;
    int year = 0;
    int hour = 0;
    int minute = 0;
    cap::JsonNode iso = *node;
    if (digit != std::string::npos && std::sscanf(node->text.c_str() + digit, "%2d.%2d.%4d, %2d:%2d", &day, &month,
                                                  &year, &hour, &minute) == 5) {
        char text[64];
        std::snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d", year, month, day, hour, minute);
        iso.text = text;
    }
    Source swiss = source;
    if (swiss.timeZone == "UTC") // nobody said otherwise, and there is but one zone that they use
        swiss.timeZone = "Europe/Zurich";
    if (const auto sent = draft.time(iso, swiss, true))
        draft.warning.sent = *sent;
}

/// "POA-1216107687-4" replaces …-0 to …-3.
void setKind(model::Warning& warning, bool allClear) {
    const std::size_t dash = warning.identifier.rfind('-');
    int version = -1;
    if (dash != std::string::npos && warning.identifier.find('-') < dash) {
        const char* const from = warning.identifier.data() + dash + 1;
        const char* const end = warning.identifier.data() + warning.identifier.size();
        if (const auto [after, error] = std::from_chars(from, end, version); error != std::errc() || after != end)
            version = -1;
    }
    for (int earlier = std::max(0, version - mostEarlier); earlier < version; ++earlier)
        warning.references.push_back(
            {warning.sender, warning.identifier.substr(0, dash + 1) + std::to_string(earlier), {}});
    warning.msgType = allClear ? "Cancel" : version > 1 ? "Update" : "Alert";
}

/// [lat, lon] as texts or numbers, or {"latitude": …, "longitude": …}.
std::string pointOf(const cap::JsonNode& node) {
    if (node.kind == cap::JsonNode::Kind::array && node.items.size() >= 2)
        return node.items[0].text + "," + node.items[1].text;
    if (node.kind == cap::JsonNode::Kind::object)
        return node.textOf({"latitude", "lat", "0"}) + "," + node.textOf({"longitude", "lon", "lng", "1"});
    return node.text;
}

void readCircle(WarningDraft& draft, const cap::JsonNode& node, model::WarningArea& area) {
    std::string text = node.text;
    if (node.kind == cap::JsonNode::Kind::object) {
        const cap::JsonNode* centre = nullptr;
        for (const char* name : {"centerPosition", "center", "centre", "coordinates", "position"})
            centre = centre == nullptr ? node.find(name) : centre;
        text = pointOf(centre == nullptr ? node : *centre) + " " + node.textOf({"radius"});
    }
    draft.circle(node, text, area);
}

model::WarningArea areaOf(WarningDraft& draft, const cap::JsonNode& node, bool original) {
    model::WarningArea area;
    area.description = textIn(node, "description", original);
    if (const cap::JsonNode* polygons = node.find("polygons"))
        for (const cap::JsonNode& polygon : polygons->items) {
            const cap::JsonNode* points = polygon.find("coordinates");
            std::string text;
            for (const cap::JsonNode& point : points == nullptr ? polygon.items : points->items)
                text += (text.empty() ? "" : " ") + pointOf(point);
            draft.polygon(polygon, text, area);
            if (const cap::JsonNode* holes = polygon.find("excludes"); holes != nullptr && !holes->items.empty())
                draft.note(*holes, "a polygon has parts cut out of it, which were left in");
        }
    if (const cap::JsonNode* circles = node.find("circles"))
        for (const cap::JsonNode& circle : circles->items)
            readCircle(draft, circle, area);
    if (const cap::JsonNode* regions = node.find("regions"))
        for (const cap::JsonNode& region : regions->items)
            if (std::string code = region.textOf({"region"}); !code.empty())
                area.geocodes.emplace_back(code.size() == 2 ? "ISO 3166-2" : "Alertswiss region",
                                           code.size() == 2 ? "CH-" + code : std::move(code));
    return area;
}

model::WarningInfo infoOf(WarningDraft& draft, const cap::JsonNode& alert, bool original) {
    model::WarningInfo info;
    info.language = original ? originOf(alert) : languageOf(alert);
    info.event = cap::plainText(alert.textOf({"event"}));
    info.severity = cap::severityWord(alert.textOf({"severity"}));
    info.urgency = alert.isTrue("allClear") ? "Past" : "Unknown";
    info.certainty = "Unknown";
    if (alert.isTrue("allClear"))
        info.responseTypes.emplace_back("AllClear");
    info.senderName = alert.textOf({"publisherName"});
    info.headline = textIn(alert, "title", original);
    info.description = textIn(alert, "description", original);
    info.contact = textIn(alert, "contact", original);
    info.web = alert.textOf({"link"});
    if (const cap::JsonNode* instructions = alert.find("instructions"))
        for (const cap::JsonNode& one : instructions->items)
            if (const std::string text = cap::plainText(original ? one.textOf({"textGtransOrigin", "textOrigin", "text"})
                                                                 : one.textOf({"text"}));
                !text.empty())
                info.instruction += (info.instruction.empty() ? "" : "\n") + text;
    if (const cap::JsonNode* areas = alert.find("areas"))
        for (const cap::JsonNode& area : areas->items)
            info.areas.push_back(areaOf(draft, area, original));
    if (alert.isTrue("nationWide") && info.areas.empty())
        info.areas.push_back({"Switzerland", {}, {}, {{"ISO 3166-1", "CH"}}});
    return info;
}

base::Result<model::Warning> readAlert(const cap::JsonTree& tree, const cap::JsonNode& alert, const Source& source) {
    WarningDraft draft(tree);
    model::Warning& warning = draft.warning;
    warning.version = "1.2";
    warning.identifier = alert.textOf({"identifier"});
    warning.sender = alert.textOf({"sender"});
    warning.capStatus = alert.isTrue("testAlert") || alert.isTrue("technicalTestAlert") ? "Test" : "Actual";
    warning.scope = "Public";
    setSent(draft, alert, source);
    setKind(warning, alert.isTrue("allClear"));
    warning.infos.push_back(infoOf(draft, alert, false));
    if (!originOf(alert).empty())
        warning.infos.push_back(infoOf(draft, alert, true));
    return draft.finished(alert);
}

} // namespace

base::Result<Decoded> decodeAlertswiss(std::string_view bytes, const Source& source) {
    auto tree = cap::JsonTree::read(bytes);
    if (!tree)
        return tl::unexpected<base::Error>(std::move(tree.error()));
    const cap::JsonNode& root = (*tree)->root();
    const cap::JsonNode* list = root.kind == cap::JsonNode::Kind::array ? &root : root.find("alerts");
    if (list != nullptr && list->kind != cap::JsonNode::Kind::array)
        return base::fail(Code::malformed, "\"alerts\" must be an array", (*tree)->place(*list));
    std::vector<const cap::JsonNode*> alerts;
    if (list == nullptr)
        alerts.push_back(&root);
    else
        for (const cap::JsonNode& alert : list->items)
            alerts.push_back(&alert);
    return cap::readEach(Format::alertswiss, **tree, alerts, source,
                         [&](const cap::JsonNode& alert) { return readAlert(**tree, alert, source); });
}

} // namespace tocsin::ingest
