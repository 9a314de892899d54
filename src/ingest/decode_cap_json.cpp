#include "decode_cap_json.hpp"

#include "decode_cap_alert.hpp"
#include "decode_cap_geometry.hpp"
#include "decode_cap_signature.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace tocsin::ingest::cap {

namespace {

using base::Code;

constexpr std::size_t maxValues = 400'000;
constexpr std::size_t maxWarnings = 5'000;
constexpr std::size_t maxNoted = 40;
constexpr std::size_t maxNameBytes = 1'000;

std::string cleaned(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text)
        if (static_cast<unsigned char>(c) >= 0x20 ? c != 0x7F : c == '\n' || c == '\t')
            out += c;
    return out;
}

class TreeReader {
  public:
    TreeReader(const JsonInput& input, simdjson::ondemand::document& document) : m_input(input), m_document(document) {}

    void read(simdjson::ondemand::value value, JsonNode& out) {
        const std::string_view token = value.raw_json_token();
        out.begin = offsetOf(token.data());
        if (++m_count > maxValues)
            m_input.fail(Code::tooLarge, "more than " + std::to_string(maxValues) + " values in one document",
                         token.data());
        switch (value.type()) {
        case simdjson::ondemand::json_type::object:
            out.kind = JsonNode::Kind::object;
            for (auto&& fieldResult : value.get_object()) {
                simdjson::ondemand::field field;
                if (const auto error = std::move(fieldResult).get(field); error != simdjson::SUCCESS)
                    throw simdjson::simdjson_error(error);
                JsonNode child;
                child.key = std::string(std::string_view(field.unescaped_key()));
                read(field.value(), child);
                out.items.push_back(std::move(child));
            }
            break;
        case simdjson::ondemand::json_type::array:
            out.kind = JsonNode::Kind::array;
            for (auto element : value.get_array()) {
                JsonNode child;
                read(element.value(), child);
                out.items.push_back(std::move(child));
            }
            break;
        case simdjson::ondemand::json_type::string: {
            out.kind = JsonNode::Kind::text;
            std::string_view text;
            if (value.get_string().get(text) != simdjson::SUCCESS)
                m_input.fail(Code::malformed, "a text that is not Unicode", token.data());
            out.text = cleaned(text);
            break;
        }
        case simdjson::ondemand::json_type::null:
            (void)value.is_null();
            break;
        default:
            out.kind = JsonNode::Kind::scalar;
            out.text = std::string(token.substr(0, token.find_first_of(" \t\r\n,]}")));
            if (out.text == "true" || out.text == "false")
                (void)bool(value.get_bool());
            else if (double number = 0; value.get_double().get(number) != simdjson::SUCCESS)
                m_input.fail(Code::outOfRange, "a number beyond the range of numbers", token.data());
            break;
        }
        const char* here = nullptr;
        out.end = m_document.current_location().get(here) == simdjson::SUCCESS ? offsetOf(here) : m_input.text().size();
        const std::string_view all = m_input.text();
        while (out.end > out.begin + 1 && std::string_view(" \t\r\n,").find(all[out.end - 1]) != std::string_view::npos)
            --out.end;
    }
    void start(const char* base) { m_base = base; }

  private:
    [[nodiscard]] std::size_t offsetOf(const char* at) const { return static_cast<std::size_t>(at - m_base); }

    const JsonInput& m_input;
    simdjson::ondemand::document& m_document;
    const char* m_base{nullptr};
    std::size_t m_count{0};
};

/// "2023/08/01 12:00", "20230801120000" → as base::parseTime wants it.
std::string isoLike(std::string_view text) {
    std::string out(trimmed(text));
    std::replace(out.begin(), out.end(), '/', '-');
    if (out.size() == 14 && out.find_first_not_of("0123456789") == std::string::npos)
        out = out.substr(0, 4) + "-" + out.substr(4, 2) + "-" + out.substr(6, 2) + "T" + out.substr(8, 2) + ":" +
              out.substr(10, 2) + ":" + out.substr(12, 2);
    return out;
}

struct Reference {
    std::string_view name;
    std::string_view text;
};
constexpr std::array<Reference, 25> references{
    {{"amp", "&"},     {"lt", "<"},      {"gt", ">"},      {"quot", "\""},   {"apos", "'"},    {"nbsp", " "},    {"auml", "ä"},
     {"ouml", "ö"},    {"uuml", "ü"},    {"Auml", "Ä"},    {"Ouml", "Ö"},    {"Uuml", "Ü"},    {"szlig", "ß"},   {"eacute", "é"},
     {"egrave", "è"},  {"agrave", "à"},  {"ccedil", "ç"},  {"ecirc", "ê"},   {"ocirc", "ô"},   {"ugrave", "ù"},  {"ndash", "–"},
     {"bdquo", "„"},   {"ldquo", "“"},   {"rdquo", "”"},   {"rsquo", "’"}}};

void appendCodePoint(std::string& out, std::uint32_t point) {
    if (point < 0x20 || point > 0x10FFFF || (point >= 0xD800 && point < 0xE000) || (point >= 0x7F && point < 0xA0)) {
        out += ' ';
    } else if (point < 0x80) {
        out += static_cast<char>(point);
    } else if (point < 0x800) {
        out += static_cast<char>(0xC0U | (point >> 6U));
        out += static_cast<char>(0x80U | (point & 0x3FU));
    } else if (point < 0x10000) {
        out += static_cast<char>(0xE0U | (point >> 12U));
        out += static_cast<char>(0x80U | ((point >> 6U) & 0x3FU));
        out += static_cast<char>(0x80U | (point & 0x3FU));
    } else {
        out += static_cast<char>(0xF0U | (point >> 18U));
        out += static_cast<char>(0x80U | ((point >> 12U) & 0x3FU));
        out += static_cast<char>(0x80U | ((point >> 6U) & 0x3FU));
        out += static_cast<char>(0x80U | (point & 0x3FU));
    }
}

/// A reference at the beginning of `text`: how many bytes it takes, or 0 if it is none.
std::size_t takeReference(std::string_view text, std::string& out) {
    const std::size_t end = text.substr(0, 12).find(';');
    if (end == std::string_view::npos || end < 2)
        return 0;
    const std::string_view name = text.substr(1, end - 1);
    if (name.front() == '#') {
        const bool hex = name.size() > 1 && (name[1] == 'x' || name[1] == 'X');
        const std::string_view digits = name.substr(hex ? 2 : 1);
        std::uint32_t point = 0;
        const auto [after, error] = std::from_chars(digits.data(), digits.data() + digits.size(), point, hex ? 16 : 10);
        if (error != std::errc() || after != digits.data() + digits.size())
            return 0;
        appendCodePoint(out, point);
        return end + 1;
    }
    const auto known =
        std::find_if(references.begin(), references.end(), [&](const Reference& r) { return r.name == name; });
    if (known == references.end())
        return 0;
    out += known->text;
    return end + 1;
}

void applyTag(std::string_view tag, std::string& out) {
    const std::string name = lowered(tag.substr(0, tag.find_first_of(" \t\r\n/>", tag.starts_with('/') ? 1 : 0)));
    if (name == "br" || name == "/p" || name == "/div" || name == "/li" || name == "/ul" || name == "tr")
        out += '\n';
    else if (name == "li")
        out += "• ";
}

} // namespace

const JsonNode* JsonNode::find(std::string_view name) const {
    const auto found = std::find_if(items.begin(), items.end(), [&](const JsonNode& item) { return item.key == name; });
    return kind == Kind::object && found != items.end() ? &*found : nullptr;
}

const JsonNode* JsonNode::first(std::initializer_list<std::string_view> names) const {
    for (const std::string_view name : names) {
        const JsonNode* at = this;
        for (std::size_t from = 0; at != nullptr && from < name.size();) {
            const std::size_t dot = std::min(name.find('.', from), name.size());
            at = at->find(name.substr(from, dot - from));
            from = dot + 1;
        }
        if (at != nullptr && (at->kind == Kind::text || at->kind == Kind::scalar) && !trimmed(at->text).empty())
            return at;
    }
    return nullptr;
}

std::string JsonNode::textOf(std::initializer_list<std::string_view> names) const {
    const JsonNode* node = first(names);
    return node == nullptr ? std::string() : std::string(trimmed(node->text));
}

bool JsonNode::isTrue(std::string_view name) const {
    const JsonNode* node = find(name);
    return node != nullptr && node->text == "true";
}

base::Result<std::unique_ptr<JsonTree>> JsonTree::read(std::string_view bytes) {
    auto input = JsonInput::read(bytes);
    if (!input)
        return tl::unexpected<base::Error>(std::move(input.error()));
    auto out = std::make_unique<JsonTree>();
    out->m_input = std::move(*input);
    JsonInput& in = *out->m_input;
    auto root = in.walk<bool>([&](simdjson::ondemand::document& document) {
        simdjson::ondemand::value value;
        if (document.get_value().get(value) != simdjson::SUCCESS)
            in.fail(Code::malformed, "JSON that is neither an object nor an array", nullptr);
        TreeReader reader(in, document);
        const std::string_view token = value.raw_json_token();
        const std::size_t blanks = in.text().find_first_not_of(" \t\r\n");
        reader.start(token.data() - blanks);
        reader.read(value, out->m_root);
        return true;
    });
    if (!root)
        return tl::unexpected<base::Error>(std::move(root.error()));
    return out;
}

void WarningDraft::note(const JsonNode& at, std::string_view what) {
    base::Place place = m_tree.place(at);
    place.byte.reset();
    if (warning.deviations.size() < maxNoted)
        warning.deviations.push_back(placed(place, what));
}

void WarningDraft::fault(const JsonNode& at, Code code, std::string what) {
    if (!m_fault)
        m_fault = base::Error{code, std::move(what), m_tree.place(at)};
}

std::optional<base::Time> WarningDraft::time(const JsonNode& node, const Source& source, bool required) {
    const std::string text = isoLike(node.text);
    bool hadOffset = false;
    auto parsed = base::parseTime(text, &hadOffset);
    if (parsed && !hadOffset)
        parsed = parseTimeIn(text, source);
    if (parsed) {
        if (!hadOffset)
            note(node, ingest::quoted(node.key) + " has no offset from UTC; taken as a time of " + source.timeZone);
        return *parsed;
    }
    const std::string what = ingest::quoted(node.key) + " is not a time: " + parsed.error().message;
    if (required)
        fault(node, parsed.error().code, what);
    else
        note(node, what + "; left out");
    return {};
}

void WarningDraft::polygon(const JsonNode& node, const std::string& text, model::WarningArea& area, bool inGermany) {
    auto drawn = readPolygon(text);
    if (drawn.fault)
        return fault(node, drawn.fault->code, drawn.fault->message);
    if (drawn.shape && inGermany) {
        // Some of these services write longitude first. In Germany no latitude could be a longitude.
        const auto longitudeFirst = [](const model::Position& p) {
            return p.latitude() > 4 && p.latitude() < 17 && p.longitude() > 45 && p.longitude() < 57;
        };
        if (std::all_of(drawn.shape->begin(), drawn.shape->end(), longitudeFirst)) {
            for (model::Position& p : *drawn.shape)
                p = model::Position::trusted(p.longitude(), p.latitude());
            note(node, "a polygon has longitude before latitude; read that way");
        }
    }
    if (drawn.stray)
        note(node, drawn.stray->message);
    if (drawn.shape)
        area.polygons.push_back(std::move(*drawn.shape));
}

void WarningDraft::circle(const JsonNode& node, const std::string& text, model::WarningArea& area) {
    auto drawn = readCircle(text);
    if (drawn.fault)
        return fault(node, drawn.fault->code, drawn.fault->message);
    if (drawn.stray)
        note(node, drawn.stray->message);
    if (drawn.shape)
        area.circles.push_back(*drawn.shape);
}

base::Result<model::Warning> WarningDraft::finished(const JsonNode& whole) {
    if (warning.identifier.empty())
        fault(whole, Code::malformed, "a warning without an identifier");
    if (warning.sender.empty())
        fault(whole, Code::malformed, "a warning without a sender");
    if (warning.sender.size() > maxNameBytes || warning.identifier.size() > maxNameBytes)
        fault(whole, Code::tooLarge, "an identifier or sender of more than " + std::to_string(maxNameBytes) + " bytes");
    if (m_fault)
        return tl::unexpected<base::Error>(std::move(*m_fault));
    for (const model::WarningInfo& info : warning.infos)
        if (info.expires && (!warning.expires || *warning.expires < *info.expires))
            warning.expires = info.expires;
    giveColours(warning);
    return std::move(warning);
}

std::string plainText(std::string_view html) {
    std::string out;
    for (std::size_t i = 0; i < html.size();) {
        const char c = html[i];
        if (c == '&') {
            if (const std::size_t taken = takeReference(html.substr(i), out); taken > 0) {
                i += taken;
                continue;
            }
        } else if (c == '<' && i + 1 < html.size() &&
                   (std::isalpha(static_cast<unsigned char>(html[i + 1])) != 0 || html[i + 1] == '/' ||
                    html[i + 1] == '!')) {
            const std::size_t end = html.find('>', i);
            if (end != std::string_view::npos) {
                applyTag(html.substr(i + 1, end - i - 1), out);
                i = end + 1;
                continue;
            }
        }
        out += c;
        ++i;
    }
    return std::string(trimmed(out));
}

std::string capWord(std::string_view text, std::initializer_list<std::string_view> words) {
    const std::string low = lowered(trimmed(text));
    for (const std::string_view word : words)
        if (lowered(word) == low)
            return std::string(word);
    return std::string(trimmed(text));
}

std::string severityWord(std::string_view text) {
    if (trimmed(text).empty())
        return "Unknown";
    return capWord(text, {"Extreme", "Severe", "Moderate", "Minor", "Unknown"});
}

base::Result<Decoded>
readEach(Format format, const JsonTree& tree, const std::vector<const JsonNode*>& elements, const Source& source,
         const std::function<base::Result<model::Warning>(const JsonNode& element)>& read) {
    Decoded out;
    out.format = format;
    for (const JsonNode* element : elements) {
        if (out.messages.size() + out.faults.size() == maxWarnings)
            return base::fail(Code::tooLarge, "more than " + std::to_string(maxWarnings) + " warnings in one document",
                              tree.place(*element));
        base::Result<model::Warning> warning =
            element->kind == JsonNode::Kind::object
                ? read(*element)
                : base::fail(Code::malformed, "a warning must be an object", tree.place(*element));
        if (warning)
            warning = judgedUnsigned(std::move(*warning), source, tree.place(*element));
        if (!warning) {
            out.faults.push_back({std::move(warning.error()), std::string(tree.written(*element))});
            continue;
        }
        out.deviations.insert(out.deviations.end(), warning->deviations.begin(), warning->deviations.end());
        out.messages.emplace_back(std::move(*warning));
    }
    if (out.messages.empty() && !out.faults.empty())
        return tl::unexpected<base::Error>(std::move(out.faults.front().error));
    return out;
}

} // namespace tocsin::ingest::cap
