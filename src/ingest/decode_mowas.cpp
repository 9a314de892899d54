#include "decode_mowas.hpp"

#include "decode_cap_json.hpp"

#include <algorithm>

namespace tocsin::ingest {

namespace {

using base::Code;
using cap::WarningDraft;

/// An array of texts or one text.
std::vector<std::string> texts(const cap::JsonNode* node) {
    std::vector<std::string> out;
    if (node == nullptr)
        return out;
    if (node->kind == cap::JsonNode::Kind::array) {
        for (const cap::JsonNode& item : node->items)
            if (!trimmed(item.text).empty())
                out.emplace_back(trimmed(item.text));
    } else if (!trimmed(node->text).empty()) {
        out.emplace_back(trimmed(node->text));
    }
    return out;
}

void pairs(const cap::JsonNode* node, std::vector<std::pair<std::string, std::string>>& out) {
    if (node == nullptr)
        return;
    for (const cap::JsonNode& item : node->items)
        if (std::string name = item.textOf({"valueName"}), value = item.textOf({"value"});
            !name.empty() || !value.empty())
            out.emplace_back(std::move(name), std::move(value));
}

/// "sender,identifier,sent" separated by blanks; or identifiers alone.
void references(WarningDraft& draft, const cap::JsonNode& node) {
    for (const std::string& all : texts(&node))
        for (std::size_t i = 0; i < all.size();) {
            const std::size_t end = std::min(all.find(' ', i), all.size());
            const std::string one = all.substr(i, end - i);
            i = end + 1;
            if (one.empty())
                continue;
            const std::size_t first = one.find(',');
            const std::size_t last = one.rfind(',');
            if (first != std::string::npos && first != last) {
                draft.warning.references.push_back(
                    {one.substr(0, first), one.substr(first + 1, last - first - 1), one.substr(last + 1)});
            } else {
                draft.note(node, "the reference " + quoted(one, 80) +
                                     " is not of the form sender,identifier,sent; taken as an identifier");
                draft.warning.references.push_back({draft.warning.sender, one, {}});
            }
        }
}

model::WarningArea areaOf(WarningDraft& draft, const cap::JsonNode& node) {
    model::WarningArea area;
    area.description = cap::plainText(node.textOf({"areaDesc"}));
    pairs(node.find("geocode"), area.geocodes);
    if (const cap::JsonNode* polygons = node.find("polygon"))
        for (const std::string& polygon : texts(polygons))
            draft.polygon(*polygons, polygon, area, true);
    if (const cap::JsonNode* circles = node.find("circle"))
        for (const std::string& circle : texts(circles))
            draft.circle(*circles, circle, area);
    return area;
}

model::WarningInfo infoOf(WarningDraft& draft, const cap::JsonNode& node, const Source& source) {
    model::WarningInfo info;
    info.language = node.textOf({"language"});
    if (info.language.empty())
        info.language = "de";
    info.categories = texts(node.find("category"));
    info.event = cap::plainText(node.textOf({"event"}));
    info.responseTypes = texts(node.find("responseType"));
    info.urgency = cap::capWord(node.textOf({"urgency"}), {"Immediate", "Expected", "Future", "Past", "Unknown"});
    info.severity = cap::severityWord(node.textOf({"severity"}));
    info.certainty = cap::capWord(node.textOf({"certainty"}), {"Observed", "Likely", "Possible", "Unlikely", "Unknown"});
    pairs(node.find("eventCode"), info.eventCodes);
    const auto time = [&](const char* name) -> std::optional<base::Time> {
        const cap::JsonNode* at = node.first({name});
        return at == nullptr ? std::nullopt : draft.time(*at, source, false);
    };
    info.effective = time("effective");
    info.onset = time("onset");
    info.expires = time("expires");
    info.headline = cap::plainText(node.textOf({"headline"}));
    info.description = cap::plainText(node.textOf({"description"}));
    info.instruction = cap::plainText(node.textOf({"instruction"}));
    info.web = node.textOf({"web"});
    info.contact = cap::plainText(node.textOf({"contact"}));
    info.senderName = cap::plainText(node.textOf({"senderName"}));
    pairs(node.find("parameter"), info.parameters);
    if (info.senderName.empty())
        for (const auto& [name, value] : info.parameters)
            if (name == "sender_langname" || name == "sender_langName")
                info.senderName = value;
    if (const cap::JsonNode* areas = node.find("area"))
        for (const cap::JsonNode& area : areas->items)
            info.areas.push_back(areaOf(draft, area));
    return info;
}

base::Result<model::Warning> readWarning(const cap::JsonTree& tree, const cap::JsonNode& node, const Source& source) {
    WarningDraft draft(tree);
    model::Warning& warning = draft.warning;
    warning.version = "1.2";
    warning.identifier = node.textOf({"identifier"});
    warning.sender = node.textOf({"sender"});
    warning.capStatus = cap::capWord(node.textOf({"status"}), {"Actual", "Exercise", "System", "Test", "Draft"});
    warning.msgType = cap::capWord(node.textOf({"msgType"}), {"Alert", "Update", "Cancel", "Ack", "Error"});
    warning.scope = cap::capWord(node.textOf({"scope"}), {"Public", "Restricted", "Private"});
    if (warning.capStatus.empty())
        warning.capStatus = "Actual";
    if (warning.scope.empty())
        warning.scope = "Public";
    if (warning.msgType.empty())
        warning.msgType = "Alert";
    warning.source = node.textOf({"source"});
    warning.note = node.textOf({"note"});
    if (const cap::JsonNode* sent = node.first({"sent"})) {
        Source german = source;
        if (german.timeZone == "UTC")
            german.timeZone = "Europe/Berlin";
        if (const auto when = draft.time(*sent, german, true))
            warning.sent = *when;
    } else {
        draft.fault(node, Code::malformed, "a warning without \"sent\"");
    }
    if (const cap::JsonNode* others = node.find("references"))
        references(draft, *others);
    if (const cap::JsonNode* infos = node.find("info"))
        for (const cap::JsonNode& info : infos->items)
            warning.infos.push_back(infoOf(draft, info, source));
    return draft.finished(node);
}

/// An entry of the overview, which has the warning's id and no text of it.
bool isOverview(const cap::JsonNode& node) {
    return node.kind == cap::JsonNode::Kind::object && node.find("id") != nullptr && node.find("identifier") == nullptr &&
           (node.find("startDate") != nullptr || node.find("i18nTitle") != nullptr);
}

Decoded overview(const cap::JsonTree& tree, const std::vector<const cap::JsonNode*>& entries) {
    Decoded out;
    out.format = Format::mowas;
    constexpr auto plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_";
    for (const cap::JsonNode* entry : entries) {
        const std::string id = entry->textOf({"id"});
        if (id.empty() || id.size() > 200 || id.find_first_not_of(plain) != std::string::npos) {
            out.faults.push_back({{Code::malformed, "an entry whose \"id\" is none", tree.place(*entry)},
                                  std::string(tree.written(*entry))});
            continue;
        }
        const std::string version = entry->textOf({"version"});
        Link link{"../warnings/" + id + ".json", version.empty() ? id : id + "/" + version, {}, false};
        if (const auto started = base::parseTime(entry->textOf({"startDate"})))
            link.updated = *started;
        out.links.push_back(std::move(link));
    }
    return out;
}

} // namespace

base::Result<Decoded> decodeMowas(std::string_view bytes, const Source& source) {
    auto tree = cap::JsonTree::read(bytes);
    if (!tree)
        return tl::unexpected<base::Error>(std::move(tree.error()));
    const cap::JsonNode& root = (*tree)->root();
    std::vector<const cap::JsonNode*> elements;
    if (root.kind == cap::JsonNode::Kind::array)
        for (const cap::JsonNode& element : root.items)
            elements.push_back(&element);
    else
        elements.push_back(&root);
    if (!elements.empty() && isOverview(*elements.front())) {
        Decoded out = overview(**tree, elements);
        if (out.links.empty() && !out.faults.empty())
            return tl::unexpected<base::Error>(std::move(out.faults.front().error));
        return out;
    }
    return cap::readEach(Format::mowas, **tree, elements, source,
                         [&](const cap::JsonNode& node) { return readWarning(**tree, node, source); });
}

} // namespace tocsin::ingest
