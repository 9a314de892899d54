#include "decode_report_text.hpp"

#include "tocsin/base/sha256.hpp"
#include "tocsin/geo/datum.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace tocsin::ingest {

using base::Code;
using nlohmann::json;

namespace {

constexpr std::size_t mostElementBytes = 2U << 20U;

void appendUtf8(std::string& out, unsigned long code) {
    const auto put = [&out](unsigned long byte) { out += static_cast<char>(static_cast<unsigned char>(byte)); };
    if (code == 0 || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
        return;
    if (code < 0x80) {
        put(code);
    } else if (code < 0x800) {
        put(0xC0 | code >> 6U);
        put(0x80 | (code & 0x3FU));
    } else if (code < 0x10000) {
        put(0xE0 | code >> 12U);
        put(0x80 | (code >> 6U & 0x3FU));
        put(0x80 | (code & 0x3FU));
    } else {
        put(0xF0 | code >> 18U);
        put(0x80 | (code >> 12U & 0x3FU));
        put(0x80 | (code >> 6U & 0x3FU));
        put(0x80 | (code & 0x3FU));
    }
}

/// "&amp;" at the beginning of `text`; how long it is, or 0 for what is none.
std::size_t entity(std::string_view text, std::string& out) {
    struct Named {
        std::string_view name;
        std::string_view is;
    };
    static constexpr std::array<Named, 8> names{{{"amp", "&"},
                                                 {"lt", "<"},
                                                 {"gt", ">"},
                                                 {"quot", "\""},
                                                 {"apos", "'"},
                                                 {"nbsp", " "},
                                                 {"ndash", "–"},
                                                 {"hellip", "…"}}};
    const auto end = text.substr(0, 12).find(';');
    if (end == std::string_view::npos || end < 2)
        return 0;
    const auto name = text.substr(1, end - 1);
    if (name.front() == '#') {
        const bool hex = name.size() > 1 && (name[1] == 'x' || name[1] == 'X');
        const auto digits = name.substr(hex ? 2 : 1);
        unsigned long code = 0;
        const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), code, hex ? 16 : 10);
        if (error != std::errc{} || stop != digits.data() + digits.size() || digits.empty())
            return 0;
        appendUtf8(out, code);
        return end + 1;
    }
    for (const auto& one : names) {
        if (one.name == name) {
            out += one.is;
            return end + 1;
        }
    }
    return 0;
}

bool breaksLine(std::string_view tag) {
    static constexpr std::array<std::string_view, 12> tags{"br", "p",  "div", "li", "tr", "h1",
                                                           "h2", "h3", "h4",  "ul", "ol", "table"};
    return std::find(tags.begin(), tags.end(), tag) != tags.end();
}

} // namespace

void Notes::add(const base::Place& place, std::string_view what) {
    if (m_out.size() < maxNotes)
        m_out.push_back(placed(place, what));
    else if (m_out.size() == maxNotes)
        m_out.emplace_back("and more like these");
}

std::string tidy(std::string_view text, std::size_t most, bool lines) {
    std::string out;
    out.reserve(std::min(text.size(), most * 4));
    std::size_t count = 0;
    text = trimmed(text);
    for (std::size_t at = 0; at < text.size();) {
        const auto byte = static_cast<unsigned char>(text[at]);
        const std::size_t length = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
        const bool c1 = byte == 0xC2 && at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) < 0xA0;
        if (byte == '\r') {
            // Line ends are one character.
        } else if (byte < 0x20 || byte == 0x7F || c1) {
            if (lines && (byte == '\n' || byte == '\t'))
                out += static_cast<char>(byte);
            else if (!out.empty() && out.back() != ' ')
                out += ' ';
            ++count;
        } else {
            out.append(text.substr(at, length));
            ++count;
        }
        at += length;
        if (count >= most && at < text.size())
            break;
    }
    return std::string(trimmed(out));
}

std::string tidy(std::string_view text, std::size_t most, bool lines, std::string_view what, const base::Place& place,
                 Notes& notes) {
    auto out = tidy(text, most, lines);
    if (text.size() > most && characters(text) > most)
        notes.add(place, std::string(what) + " is longer than " + std::to_string(most) + " characters and was cut off");
    return out;
}

std::string textOfHtml(std::string_view html) {
    std::string out;
    for (std::size_t at = 0; at < html.size();) {
        const char c = html[at];
        if (c == '<') {
            if (html.substr(at, 4) == "<!--") {
                const auto end = html.find("-->", at);
                at = end == std::string_view::npos ? html.size() : end + 3;
                continue;
            }
            const auto end = html.find('>', at);
            if (end == std::string_view::npos) {
                at = html.size();
                continue;
            }
            auto tag = html.substr(at + 1, end - at - 1);
            const bool closing = tag.starts_with('/');
            tag.remove_prefix(closing ? 1 : 0);
            const auto name = lowered(tag.substr(0, std::min<std::size_t>(tag.find_first_of(" \t\r\n/"), 10)));
            at = end + 1;
            if (!closing && (name == "style" || name == "script" || name == "head" || name == "title")) {
                const std::string shut = "</" + name;
                auto stop = at;
                while (stop < html.size() && lowered(html.substr(stop, shut.size())) != shut) {
                    stop = html.find('<', stop + 1);
                    if (stop == std::string_view::npos)
                        stop = html.size();
                }
                at = stop;
            } else if (breaksLine(name) && !out.empty() && out.back() != '\n') {
                out += '\n';
            }
        } else if (c == '&') {
            const auto length = entity(html.substr(at), out);
            if (length == 0)
                out += c;
            at += std::max<std::size_t>(length, 1);
        } else {
            const bool blank = c == ' ' || c == '\t' || c == '\r' || c == '\n';
            if (!blank)
                out += c;
            else if (!out.empty() && out.back() != ' ' && out.back() != '\n')
                out += ' ';
            ++at;
        }
    }
    return std::string(trimmed(out));
}

std::optional<double> numberOf(std::string_view text) {
    text = trimmed(text);
    if (text.starts_with('+'))
        text.remove_prefix(1);
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value))
        return {};
    return value;
}

std::optional<model::Position> placeOf(double latitude, double longitude, const Source& source, const base::Place& at,
                                       Notes& notes) {
    if (latitude == 0 && longitude == 0) {
        notes.add(at, "latitude 0, longitude 0 is taken for no place at all");
        return {};
    }
    const auto position =
        geo::normalise({.latitude = latitude, .longitude = longitude, .datum = source.datum});
    if (!position) {
        notes.add(at, "the place was left out: " + position.error().message);
        return {};
    }
    return *position;
}

std::string knownCategory(std::string_view words) {
    struct Word {
        std::string_view part;
        std::string_view category;
    };
    // The more particular first: "landslide blocks road" is a landslide.
    static constexpr std::array<Word, 33> known{{{"landslide", "landslide"},
                                                 {"rockfall", "landslide"},
                                                 {"mudslide", "landslide"},
                                                 {"hangrutsch", "landslide"},
                                                 {"滑坡", "landslide"},
                                                 {"泥石流", "landslide"},
                                                 {"flood", "flood"},
                                                 {"high water", "flood"},
                                                 {"hochwasser", "flood"},
                                                 {"inondation", "flood"},
                                                 {"banjir", "flood"},
                                                 {"洪水", "flood"},
                                                 {"内涝", "flood"},
                                                 {"fire", "fire"},
                                                 {"smoke", "fire"},
                                                 {"feuer", "fire"},
                                                 {"incendie", "fire"},
                                                 {"kebakaran", "fire"},
                                                 {"火灾", "fire"},
                                                 {"trapped", "injury"},
                                                 {"injur", "injury"},
                                                 {"medical", "injury"},
                                                 {"missing person", "injury"},
                                                 {"casualt", "injury"},
                                                 {"blessé", "injury"},
                                                 {"伤员", "injury"},
                                                 {"被困", "injury"},
                                                 {"road", "road"},
                                                 {"bridge", "road"},
                                                 {"pothole", "road"},
                                                 {"route bloqu", "road"},
                                                 {"traffic", "road"},
                                                 {"道路", "road"}}};
    const auto low = lowered(words.substr(0, 400));
    for (const auto& word : known)
        if (low.find(word.part) != std::string::npos)
            return std::string(word.category);
    return {};
}

std::string contentId(std::string_view content) {
    return "content:" + base::toHex(base::sha256(content)).substr(0, 32);
}

std::optional<std::string> base64Decode(std::string_view text) {
    std::string out;
    out.reserve(text.size() / 4 * 3);
    std::uint32_t held = 0;
    int bits = 0;
    bool padding = false;
    for (const char c : text) {
        int value = 0;
        if (c >= 'A' && c <= 'Z')
            value = c - 'A';
        else if (c >= 'a' && c <= 'z')
            value = c - 'a' + 26;
        else if (c >= '0' && c <= '9')
            value = c - '0' + 52;
        else if (c == '+' || c == '-')
            value = 62;
        else if (c == '/' || c == '_')
            value = 63;
        else if (c == '=') {
            padding = true;
            continue;
        } else if (c == '\r' || c == '\n')
            continue;
        else
            return std::nullopt;
        if (padding)
            return std::nullopt;
        held = held << 6U | static_cast<std::uint32_t>(value);
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            out += static_cast<char>(static_cast<unsigned char>(held >> static_cast<unsigned>(bits) & 0xFFU));
        }
    }
    return out;
}

base::Result<JsonElement> JsonElement::read(const JsonInput& input, std::string_view raw) {
    const auto place = input.place(raw.data());
    if (raw.size() > mostElementBytes)
        return base::fail(Code::tooLarge, "an element over 2 MiB", place);
    JsonElement out;
    out.m_input = &input;
    out.m_begin = raw.data();
    (void)checkJson(raw, [&out](int depth, std::string_view key, std::size_t offset) {
        if (depth == 1 && out.m_keys.size() < 200 && key.size() < 100)
            out.m_keys.emplace(std::string(key), offset);
    });
    out.m_value = json::parse(raw, nullptr, false);
    if (out.m_value.is_discarded()) // a number beyond all bounds, half a surrogate pair
        return base::fail(Code::malformed, "a value that cannot be held", place);
    return out;
}

base::Place JsonElement::at(std::string_view key) const {
    const auto found = m_keys.find(key);
    return m_input->place(m_begin + (found == m_keys.end() ? 0 : found->second));
}

std::string scalarText(const json& object, std::string_view key) {
    if (!object.is_object())
        return {};
    const auto found = object.find(key);
    if (found == object.end())
        return {};
    if (found->is_string())
        return found->get<std::string>();
    if (found->is_number() || found->is_boolean())
        return found->dump();
    return {};
}

std::optional<double> scalarNumber(const json& object, std::string_view key) {
    return numberOf(scalarText(object, key));
}

const json& objectIn(const json& object, std::string_view key) {
    static const json none = json::object();
    if (!object.is_object())
        return none;
    const auto found = object.find(key);
    return found != object.end() && found->is_object() ? *found : none;
}

} // namespace tocsin::ingest
