#include "decode_cn_warning.hpp"

#include "decode_cap_json.hpp"

#include <array>

namespace tocsin::ingest {

namespace {

using base::Code;
using cap::WarningDraft;

constexpr auto chinaTime = "Asia/Shanghai";
constexpr auto divisionCode = "CPEAS Geographic Code"; // as GB/T 35965 and China's CAP call it: 12 digits

bool isWarning(const cap::JsonNode& node) {
    return node.kind == cap::JsonNode::Kind::object &&
           node.first({"id", "identifier", "alertid", "alertId", "alert_id"}) != nullptr &&
           node.first({"title", "headline", "typeName", "eventType.name", "eventType", "text", "description"}) !=
               nullptr;
}

/// The list of warnings, wherever this service keeps it.
const cap::JsonNode* listIn(const cap::JsonNode& node, int depth) {
    if (node.kind == cap::JsonNode::Kind::array)
        return &node;
    if (depth == 0 || node.kind != cap::JsonNode::Kind::object)
        return nullptr;
    for (const char* name : {"warning", "alerts", "alertData", "warnings", "alarms", "list", "page", "data", "result"})
        if (const cap::JsonNode* below = node.find(name))
            if (const cap::JsonNode* list = listIn(*below, depth - 1))
                return list;
    return nullptr;
}

std::optional<model::Grade> gradeOf(const cap::JsonNode& node) {
    for (const char* name : {"severityColor", "color.code", "color", "colour", "signalLevel", "severity", "level",
                             "title", "headline", "text", "description"})
        if (const std::string text = node.textOf({name}); !text.empty())
            if (const auto grade = cn::gradeIn(text))
                return grade;
    return {};
}

/// What is warned of, in words, and the national code where there is one.
void setEvent(model::WarningInfo& info, const cap::JsonNode& node, std::optional<model::Grade> grade) {
    std::string name = node.textOf({"typeName", "eventType.name", "eventTypeCN", "signalType"});
    const std::string code = node.textOf({"type", "eventType.code", "eventType", "typeCode", "eventCode"});
    std::string national = code.starts_with("11") && code.size() == 5 ? code : std::string();
    if (code.size() == 4 && code.starts_with("10") && !cn::eventOf("11B" + code.substr(2)).empty())
        national = "11B" + code.substr(2); // QWeather's first numbers are the national ones
    if (name.empty())
        name = cn::eventOf(national);
    if (name.empty() && national.empty())
        name = code;
    info.event = name.empty() ? national : name;
    if (grade && info.event.find("预警") == std::string::npos)
        info.event += std::string(cn::colourWord(*grade)) + "预警";
    if (!national.empty())
        info.eventCodes.emplace_back("GB/T 35965", national);
    if (!code.empty() && code != national)
        info.eventCodes.emplace_back("QWeather", code);
}

void setArea(model::WarningInfo& info, WarningDraft& draft, const cap::JsonNode& node, const std::string& division) {
    model::WarningArea area;
    area.description = node.textOf({"areaDesc", "areaName", "region", "countyName", "cityName"});
    std::string code = node.textOf({"geocode", "geoCode", "areaCode", "regionCode", "adcode", "cpeas"});
    if (code.empty())
        code = division;
    if (code.size() == 6 && code.find_first_not_of("0123456789") == std::string::npos)
        code += "000000";
    if (!code.empty())
        area.geocodes.emplace_back(divisionCode, code);
    if (const cap::JsonNode* polygon = node.first({"polygon"}))
        draft.polygon(*polygon, polygon->text, area);
    if (area.description.empty())
        area.description = node.textOf({"senderName", "sender"});
    if (!area.geocodes.empty() || !area.polygons.empty())
        info.areas.push_back(std::move(area));
}

/// "Alert", "Update" or "Cancel", of whatever word the service has for it.
std::string kindOf(const cap::JsonNode& node) {
    const std::string kind = lowered(node.textOf({"messageType.code", "msgType", "messageType", "status"}));
    if (kind == "update" || kind == "updated")
        return "Update";
    if (kind == "cancel" || kind == "cancelled" || kind == "canceled" || kind == "lifted" || kind == "relieve")
        return "Cancel";
    const std::string title = node.textOf({"title", "headline"});
    return title.find("解除") != std::string::npos ? "Cancel" : "Alert";
}

void setReferences(model::Warning& warning, const cap::JsonNode& node) {
    const auto add = [&](std::string_view text) {
        for (std::size_t i = 0; i < text.size();) {
            const std::size_t end = std::min(text.find_first_of(", ;", i), text.size());
            if (end > i)
                warning.references.push_back({warning.sender, std::string(text.substr(i, end - i)), {}});
            i = end + 1;
        }
    };
    add(node.textOf({"related"}));
    add(node.textOf({"references", "supersedes"}));
    const cap::JsonNode* type = node.find("messageType");
    const cap::JsonNode* older = type == nullptr ? node.find("supersedes") : type->find("supersedes");
    if (older != nullptr && older->kind == cap::JsonNode::Kind::array)
        for (const cap::JsonNode& one : older->items)
            add(one.text);
}

base::Result<model::Warning> readWarning(const cap::JsonTree& tree, const cap::JsonNode& node, const Source& given) {
    Source source = given;
    if (source.timeZone == "UTC") // nobody said otherwise, and the country has one clock
        source.timeZone = chinaTime;
    WarningDraft draft(tree);
    model::Warning& warning = draft.warning;
    warning.version = "1.2";
    warning.capStatus = "Actual";
    if (const std::string status = cap::capWord(node.textOf({"status"}), {"Exercise", "Test", "System", "Draft"});
        status == "Exercise" || status == "Test" || status == "System" || status == "Draft")
        warning.capStatus = status;
    warning.scope = "Public";
    warning.identifier = node.textOf({"identifier", "id", "alertid", "alertId", "alert_id"});
    const auto national = cn::identifierFrom(warning.identifier);
    const std::string name = node.textOf({"senderName", "sender", "senderUnit", "publisher", "source"});
    warning.sender = !name.empty() ? name : national ? national->sender : std::string();
    if (warning.sender.empty()) // "甘肃省…气象台发布暴雨红色预警信号": who issued it stands in the title
        if (const std::string title = node.textOf({"title", "headline"}); title.find("发布") != std::string::npos)
            warning.sender = title.substr(0, title.find("发布"));
    const auto time = [&](std::initializer_list<std::string_view> names, bool needed) -> std::optional<base::Time> {
        const cap::JsonNode* at = node.first(names);
        return at == nullptr ? std::nullopt : draft.time(*at, source, needed);
    };
    if (const auto sent = time({"pubTime", "issuedTime", "sent", "sendTime", "issueTime", "issuetime", "publishTime"},
                               !national))
        warning.sent = *sent;
    else if (national)
        warning.sent = national->sent;
    else
        draft.fault(node, Code::malformed, "a warning without the time when it was issued");
    warning.msgType = kindOf(node);
    setReferences(warning, node);

    model::WarningInfo info;
    const auto grade = gradeOf(node);
    info.language = "zh-CN";
    info.categories.emplace_back("Met");
    setEvent(info, node, grade);
    info.urgency = cap::capWord(node.textOf({"urgency"}), {"Immediate", "Expected", "Future", "Past", "Unknown"});
    info.certainty = cap::capWord(node.textOf({"certainty"}), {"Observed", "Likely", "Possible", "Unlikely", "Unknown"});
    for (std::string* word : {&info.urgency, &info.certainty})
        if (word->empty())
            *word = "Unknown";
    info.severity = grade ? std::string(cn::severityOf(*grade)) : cap::severityWord(node.textOf({"severity"}));
    info.effective = time({"effectiveTime", "effective"}, false);
    info.onset = time({"startTime", "onsetTime", "onset"}, false);
    info.expires = time({"endTime", "expireTime", "expires", "expiresTime"}, false);
    info.senderName = warning.sender;
    info.headline = node.textOf({"title", "headline"});
    info.description = cap::plainText(node.textOf({"text", "description", "content"}));
    info.instruction = cap::plainText(node.textOf({"instruction", "guidance", "defense"}));
    if (const std::string criteria = node.textOf({"criteria"}); !criteria.empty())
        info.parameters.emplace_back("发布标准", criteria);
    if (grade)
        info.parameters.emplace_back("预警等级", cn::colourWord(*grade));
    else
        draft.note(node, "a warning that names no colour");
    setArea(info, draft, node, national ? national->division : std::string());
    warning.infos.push_back(std::move(info));
    return draft.finished(node);
}

} // namespace

base::Result<Decoded> decodeCnWarning(std::string_view bytes, const Source& source) {
    auto tree = cap::JsonTree::read(bytes);
    if (!tree)
        return tl::unexpected<base::Error>(std::move(tree.error()));
    const cap::JsonNode& root = (*tree)->root();
    if (const cap::JsonNode* code = root.first({"code"});
        code != nullptr && code->text != "200" && code->text != "204" && code->text != "0" && !isWarning(root))
        return base::fail(Code::malformed, "the service answers with code " + ingest::quoted(code->text) +
                                               ", so there are no warnings in it",
                          (*tree)->place(*code));
    std::vector<const cap::JsonNode*> elements;
    if (const cap::JsonNode* list = isWarning(root) ? nullptr : listIn(root, 4))
        for (const cap::JsonNode& element : list->items)
            elements.push_back(&element);
    else if (isWarning(root))
        elements.push_back(&root);
    else if (const cap::JsonNode* empty = root.first({"metadata.zeroResult"}); empty == nullptr || empty->text != "true")
        return base::fail(Code::malformed, "no list of warnings in it", (*tree)->place(root));
    return cap::readEach(Format::cnWarningJson, **tree, elements, source,
                         [&](const cap::JsonNode& node) { return readWarning(**tree, node, source); });
}

} // namespace tocsin::ingest
