#include "decode_cap_alert.hpp"

#include "decode_cap_geometry.hpp"
#include "decode_cap_schema.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

namespace tocsin::ingest::cap {

namespace {

using base::Code;
using model::Warning;
using model::WarningArea;
using model::WarningInfo;

constexpr std::size_t maxNotedDeviations = 40;
constexpr std::size_t maxInfos = 500;
constexpr std::size_t maxNameBytes = 1'000; ///< of identifier and sender

std::string tag(std::string_view name) {
    return "<" + excerpt(name) + ">";
}

class AlertReader {
  public:
    AlertReader(const XmlText& text, Node& alert) : m_text(text), m_alert(alert) {}

    base::Result<Warning> read();

  private:
    using Pair = std::pair<std::string, std::string>;

    // The first fault stays; reading goes on harmlessly until it is asked for.
    void fault(Code code, std::string message, std::size_t offset) {
        if (!m_fault)
            m_fault = base::Error{code, std::move(message), m_text.place(offset)};
    }
    void note(std::size_t offset, std::string_view message) {
        if (m_warning.deviations.size() < maxNotedDeviations)
            m_warning.deviations.push_back(placed(m_text.lineAndColumn(offset), message));
        else
            ++m_unnoted;
    }

    void findVersion();
    template <typename Use>
    void children(Node& parent, std::span<const Rule> rules, Use use);
    bool belongs(const Node& child);
    void checkForm(Node& node, bool holdsElements);
    std::string value(Node& node, const Rule& rule);
    std::string word(const Node& node, const Rule& rule, std::string_view text);
    std::optional<base::Time> time(const Node& node, std::string_view text, bool required);
    void pair(Node& node, const Rule& rule, std::vector<Pair>& out);
    void references(const Node& node, std::string_view text);
    void alertField(const Rule& rule, Node& node);
    void infoField(WarningInfo& info, const Rule& rule, Node& node);
    void areaField(WarningArea& area, const Rule& rule, Node& node);
    void line(std::string& field, std::string text);

    const XmlText& m_text;
    Node& m_alert;
    Version m_version{Version::v12};
    Warning m_warning;
    bool m_hasSent{false};
    std::size_t m_unnoted{0};
    std::optional<base::Error> m_fault;
};

void AlertReader::findVersion() {
    switch (m_alert.space) {
    case Space::cap10:
        m_version = Version::v10;
        return;
    case Space::cap11:
        m_version = Version::v11;
        return;
    case Space::cap12:
        m_version = Version::v12;
        return;
    case Space::none:
        note(m_alert.offset, "<alert> is in no namespace; read as CAP 1.2");
        return;
    default:
        break;
    }
    m_version = m_alert.uri.find("cap:1.1") != std::string_view::npos   ? Version::v11
                : m_alert.uri.find("cap:1.0") != std::string_view::npos ? Version::v10
                : m_alert.uri.find("cap/1.0") != std::string_view::npos ? Version::v10
                                                                        : Version::v12;
    note(m_alert.offset, "<alert> is in the unknown namespace \"" + excerpt(m_alert.uri, 80) + "\"; read as CAP " +
                             std::string(toString(m_version)));
}

/// Whether a child is CAP's; one in a wrong namespace is taken if it has none or another version's.
bool AlertReader::belongs(const Node& child) {
    if (child.uri == m_alert.uri)
        return true;
    if (child.space != Space::none && !isCap(child.space))
        return false;
    note(child.offset,
         tag(child.name) + (child.space == Space::none ? " is in no namespace" : " is in another version's namespace"));
    return true;
}

void AlertReader::checkForm(Node& node, bool holdsElements) {
    if (!node.foreignAttribute.empty())
        note(node.offset, tag(node.name) + " has an attribute \"" + excerpt(node.foreignAttribute) + "\"");
    if (holdsElements && !trimmed(node.text).empty())
        note(node.offsetOf(node.text.find_first_not_of(" \t\r\n")), "text between the elements of " + tag(node.name));
    if (!holdsElements && !node.children.empty())
        note(node.children.front().offset, "elements inside of " + tag(node.name) + ", where only text may be");
}

/// Walks the children of an element against its rules: order, number, names. `use` gets each child that has a rule.
template <typename Use>
void AlertReader::children(Node& parent, std::span<const Rule> rules, Use use) {
    checkForm(parent, true);
    std::vector<int> seen(rules.size(), 0);
    std::size_t last = 0;
    for (Node& child : parent.children) {
        if (child.space == Space::signature && &parent == &m_alert) {
            if (m_version != Version::v12)
                note(child.offset, "a signature, which CAP " + std::string(toString(m_version)) + " does not know");
            last = rules.size();
            continue;
        }
        const auto rule = std::find_if(rules.begin(), rules.end(), [&](const Rule& r) { return r.name == child.name; });
        if (rule == rules.end() || !belongs(child)) {
            note(child.offset, "unknown element " + tag(child.name) + " in " + tag(parent.name));
            continue;
        }
        const auto index = static_cast<std::size_t>(rule - rules.begin());
        if (++seen[index] == 2 && !rule->many)
            note(child.offset, "a second " + tag(child.name) + " in " + tag(parent.name));
        if (index < last)
            note(child.offset, tag(child.name) + " stands after " +
                                   (last == rules.size() ? std::string("the signature") : tag(rules[last].name)) +
                                   ", but belongs before it");
        else
            last = index;
        use(*rule, child);
    }
    for (std::size_t i = 0; i < rules.size(); ++i)
        if (seen[i] < rules[i].least)
            note(parent.offset, tag(parent.name) + " has no " + tag(rules[i].name));
}

void appendText(std::string& out, const Node& node) {
    for (const Node& child : node.children) {
        out += ' ';
        out += child.text;
        appendText(out, child);
    }
}

std::string AlertReader::value(Node& node, const Rule& rule) {
    checkForm(node, false);
    if (!node.children.empty())
        appendText(node.text, node);
    const std::string_view text = trimmed(node.text);
    switch (rule.kind) {
    case Kind::words:
        return word(node, rule, text);
    case Kind::language:
        if (!text.empty() && !isLanguageTag(text)) // empty means the default, says the schema
            note(node.offset, quoted(text) + " is not a language tag");
        break;
    case Kind::integer:
        if (!isInteger(text))
            note(node.offset, tag(node.name) + " is not a whole number");
        break;
    case Kind::decimal:
        if (!isDecimal(text))
            note(node.offset, tag(node.name) + " is not a number");
        break;
    default:
        break;
    }
    return std::string(text);
}

std::string AlertReader::word(const Node& node, const Rule& rule, std::string_view text) {
    const auto exact = std::find(rule.words.begin(), rule.words.end(), node.text);
    if (exact != rule.words.end())
        return std::string(*exact);
    const std::string low = lowered(text);
    for (const std::string_view known : rule.words) {
        if (lowered(known) != low)
            continue;
        note(node.offset, text == known
                              ? "blanks around \"" + std::string(known) + "\" in " + tag(node.name)
                              : quoted(text) + " in " + tag(node.name) + " is written \"" + std::string(known) + "\"");
        return std::string(known);
    }
    note(node.offset, quoted(text) + " is not a word that " + tag(node.name) + " may hold in CAP " +
                          std::string(toString(m_version)));
    return std::string(text);
}

/// Thai senders write 2568 for 2025: the same time with the common year, or nothing if the year is none of ours.
std::string fromBuddhistEra(std::string_view text) {
    int year = 0;
    if (text.size() < 5 || text[4] != '-' || std::from_chars(text.data(), text.data() + 4, year).ptr != text.data() + 4)
        return {};
    constexpr int ahead = 543;
    if (year < 1950 + ahead || year > 2150 + ahead)
        return {};
    return std::to_string(year - ahead) + std::string(text.substr(4));
}

std::optional<base::Time> AlertReader::time(const Node& node, std::string_view text, bool required) {
    bool hadOffset = false;
    auto parsed = base::parseTime(text, &hadOffset);
    const std::size_t at = node.text.empty() ? node.offset : node.offsetOf(node.text.find_first_not_of(" \t\r\n"));
    if (!parsed && parsed.error().code == Code::outOfRange) {
        if (const std::string common = fromBuddhistEra(text);
            !common.empty() && (parsed = base::parseTime(common, &hadOffset)))
            note(at, tag(node.name) + " " + quoted(text) + " counts years in the Buddhist era; taken as " +
                         common.substr(0, 4));
    }
    if (!parsed) {
        const std::string message =
            tag(node.name) + " \"" + excerpt(text) + "\" is not a time: " + parsed.error().message;
        if (required)
            fault(parsed.error().code, message, at);
        else
            note(at, message + "; left out");
        return {};
    }
    if (!isScheduledTime(text, m_version)) {
        if (!hadOffset)
            note(at, tag(node.name) + " has no offset from UTC; taken as UTC");
        else
            note(at, tag(node.name) + " \"" + excerpt(text) + "\" is not written as CAP " +
                         std::string(toString(m_version)) + " wants it");
    }
    return *parsed;
}

void AlertReader::pair(Node& node, const Rule& rule, std::vector<Pair>& out) {
    static constexpr std::array<Rule, 2> parts{{{"valueName", Kind::text, 1}, {"value", Kind::text, 1}}};
    Pair made;
    if (!node.children.empty()) {
        if (rule.kind != Kind::pair)
            note(node.offset,
                 tag(node.name) + " holds elements, which CAP " + std::string(toString(m_version)) + " does not know");
        children(node, parts, [&](const Rule& part, Node& child) {
            (part.name == "value" ? made.second : made.first) = value(child, part);
        });
    } else {
        if (rule.kind == Kind::pair)
            note(node.offset, tag(node.name) + " has no <valueName> and <value>");
        else
            checkForm(node, false);
        const std::string_view text = trimmed(node.text);
        const std::size_t cut = text.find('=');
        made = cut == std::string_view::npos
                   ? Pair{std::string(), std::string(text)}
                   : Pair{std::string(trimmed(text.substr(0, cut))), std::string(trimmed(text.substr(cut + 1)))};
    }
    if (!made.first.empty() || !made.second.empty())
        out.push_back(std::move(made));
}

/// "sender,identifier,sent" separated by blanks. Senders may hold blanks, identifiers commas: words are joined until
/// two commas are there; the first ends the sender, the last begins the time.
void AlertReader::references(const Node& node, std::string_view text) {
    std::string pending;
    std::size_t pendingAt = 0;
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t start = text.find_first_not_of(" \t\r\n", i);
        if (start == std::string_view::npos)
            break;
        i = std::min(text.find_first_of(" \t\r\n", start), text.size());
        if (pending.empty())
            pendingAt = start;
        else
            pending += ' ';
        pending += text.substr(start, i - start);
        const std::size_t first = pending.find(',');
        const std::size_t last = pending.rfind(',');
        if (first == std::string::npos || first == last)
            continue;
        m_warning.references.push_back(
            {pending.substr(0, first), pending.substr(first + 1, last - first - 1), pending.substr(last + 1)});
        if (!base::parseTime(m_warning.references.back().sent))
            note(node.offsetOf(pendingAt), "the reference \"" + excerpt(pending, 80) + "\" does not end with a time");
        pending.clear();
    }
    if (pending.empty())
        return;
    note(node.offsetOf(pendingAt), "the reference \"" + excerpt(pending, 80) +
                                       "\" is not of the form sender,identifier,sent; taken as identifiers");
    if (pending.find(',') != std::string::npos) {
        const std::size_t cut = pending.find(',');
        m_warning.references.push_back({pending.substr(0, cut), pending.substr(cut + 1), {}});
        return;
    }
    for (std::size_t i = 0; i < pending.size();) {
        const std::size_t end = std::min(pending.find(' ', i), pending.size());
        m_warning.references.push_back({{}, pending.substr(i, end - i), {}});
        i = end + 1;
    }
}

/// A field that may stand once; what stands twice is joined, for nothing that was written shall be lost.
void AlertReader::line(std::string& field, std::string text) {
    if (field.empty())
        field = std::move(text);
    else if (!text.empty())
        field += "\n" + text;
}

void AlertReader::alertField(const Rule& rule, Node& node) {
    if (rule.kind == Kind::info) {
        if (m_warning.infos.size() == maxInfos)
            fault(Code::tooLarge, "more than " + std::to_string(maxInfos) + " <info> in one alert", node.offset);
        if (m_fault)
            return;
        WarningInfo info;
        children(node, schemaOf(m_version).info, [&](const Rule& r, Node& n) { infoField(info, r, n); });
        if (info.language.empty())
            info.language = "en-US"; // the default that CAP names
        m_warning.infos.push_back(std::move(info));
        return;
    }
    std::string text = value(node, rule);
    if (rule.name == "identifier" || rule.name == "sender") {
        std::string& field = rule.name == "sender" ? m_warning.sender : m_warning.identifier;
        if (text.size() > maxNameBytes)
            fault(Code::tooLarge, tag(rule.name) + " of more than " + std::to_string(maxNameBytes) + " bytes",
                  node.offset);
        if (field.empty())
            field = std::move(text);
    } else if (rule.name == "sent") {
        if (const auto sent = time(node, text, true); sent && !m_hasSent) {
            m_warning.sent = *sent;
            m_hasSent = true;
        }
    } else if (rule.name == "status") {
        m_warning.capStatus = std::move(text);
    } else if (rule.name == "msgType") {
        m_warning.msgType = std::move(text);
    } else if (rule.name == "scope") {
        m_warning.scope = std::move(text);
    } else if (rule.name == "source") {
        line(m_warning.source, std::move(text));
    } else if (rule.name == "note") {
        line(m_warning.note, std::move(text));
    } else if (rule.name == "references") {
        references(node, node.text);
    }
}

void AlertReader::infoField(WarningInfo& info, const Rule& rule, Node& node) {
    const Schema& schema = schemaOf(m_version);
    if (rule.kind == Kind::area) {
        WarningArea area;
        children(node, schema.area, [&](const Rule& r, Node& n) { areaField(area, r, n); });
        info.areas.push_back(std::move(area));
        return;
    }
    if (rule.kind == Kind::resource) { // checked, but no part of what the desk keeps
        children(node, schema.resource, [&](const Rule& r, Node& n) { (void)value(n, r); });
        return;
    }
    if (rule.name == "eventCode")
        return pair(node, rule, info.eventCodes);
    if (rule.name == "parameter")
        return pair(node, rule, info.parameters);

    std::string text = value(node, rule);
    if (rule.kind == Kind::time) {
        auto& field = rule.name == "effective" ? info.effective : rule.name == "onset" ? info.onset : info.expires;
        if (const auto moment = time(node, text, false))
            field = moment;
    } else if (rule.name == "language") {
        info.language = std::move(text);
    } else if (rule.name == "category") {
        info.categories.push_back(std::move(text));
    } else if (rule.name == "responseType") {
        info.responseTypes.push_back(std::move(text));
    } else if (rule.name == "event") {
        line(info.event, std::move(text));
    } else if (rule.name == "urgency") {
        info.urgency = std::move(text);
    } else if (rule.name == "severity") {
        info.severity = std::move(text);
    } else if (rule.name == "certainty") {
        info.certainty = std::move(text);
    } else if (rule.name == "senderName") {
        line(info.senderName, std::move(text));
    } else if (rule.name == "headline") {
        line(info.headline, std::move(text));
    } else if (rule.name == "description") {
        line(info.description, std::move(text));
    } else if (rule.name == "instruction") {
        line(info.instruction, std::move(text));
    } else if (rule.name == "web") {
        line(info.web, std::move(text));
    } else if (rule.name == "contact") {
        line(info.contact, std::move(text));
    }
}

void AlertReader::areaField(WarningArea& area, const Rule& rule, Node& node) {
    if (rule.name == "geocode")
        return pair(node, rule, area.geocodes);
    const auto judge = [&](auto drawn, auto& shapes) {
        if (drawn.fault)
            fault(drawn.fault->code, drawn.fault->message, node.offsetOf(drawn.fault->at));
        if (drawn.stray)
            note(node.text.empty() ? node.offset : node.offsetOf(drawn.stray->at), drawn.stray->message);
        if (drawn.shape)
            shapes.push_back(std::move(*drawn.shape));
    };
    if (rule.name == "polygon" || rule.name == "circle") { // long: read where they stand
        checkForm(node, false);
        if (!node.children.empty())
            appendText(node.text, node);
        if (rule.name == "polygon")
            judge(readPolygon(node.text), area.polygons);
        else
            judge(readCircle(node.text), area.circles);
        return;
    }
    std::string text = value(node, rule);
    if (rule.name == "areaDesc")
        line(area.description, std::move(text));
}

base::Result<Warning> AlertReader::read() {
    findVersion();
    m_warning.version = toString(m_version);
    if (m_alert.isSigned)
        m_warning.signature = model::Signature::unverified;
    children(m_alert, schemaOf(m_version).alert, [this](const Rule& rule, Node& node) {
        if (!m_fault)
            alertField(rule, node);
    });
    if (m_warning.identifier.empty())
        fault(Code::malformed, "<alert> has no <identifier>", m_alert.offset);
    if (m_warning.sender.empty())
        fault(Code::malformed, "<alert> has no <sender>", m_alert.offset);
    if (!m_hasSent)
        fault(Code::malformed, "<alert> has no <sent>", m_alert.offset);
    if (m_fault)
        return tl::unexpected<base::Error>(std::move(*m_fault));

    // Noted as missing above. A warning whose kind is not said is taken for a real one.
    if (m_warning.capStatus.empty())
        m_warning.capStatus = "Actual";
    if (m_warning.msgType.empty())
        m_warning.msgType = "Alert";
    if (m_warning.scope.empty())
        m_warning.scope = "Public";
    if (m_unnoted > 0)
        m_warning.deviations.push_back("and " + std::to_string(m_unnoted) + " more deviations");
    for (const WarningInfo& info : m_warning.infos)
        if (info.expires && (!m_warning.expires || *m_warning.expires < *info.expires))
            m_warning.expires = info.expires;
    giveColours(m_warning);
    return std::move(m_warning);
}

} // namespace

base::Result<Warning> readAlert(const XmlText& text, Node& alert) {
    return AlertReader(text, alert).read();
}

} // namespace tocsin::ingest::cap
