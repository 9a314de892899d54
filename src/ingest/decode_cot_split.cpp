#include "decode_cot_split.hpp"

#include <algorithm>

namespace tocsin::ingest {

namespace {

constexpr std::string_view eventStart = "<event";
constexpr auto none = std::string_view::npos;
/// How far the end of what stands between events, and of an end tag, is looked for.
constexpr std::size_t longestBetween = 4'096;
constexpr std::size_t longestEndTag = 64;

bool isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}
bool endsName(char c) {
    return isSpace(c) || c == '>' || c == '/';
}

/// Where the tag ends whose '<' is the first character, after its '>'; npos if it does not.
std::size_t endOfTag(std::string_view text) {
    char quote = 0;
    for (std::size_t i = 1; i < text.size(); ++i) {
        const char c = text[i];
        if (quote != 0) {
            if (c == quote)
                quote = 0;
            else if (c == '<')
                return none; // never in a value: the tag was cut off
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '>') {
            return i + 1;
        } else if (c == '<') {
            return none;
        }
    }
    return none;
}

/// A comment or CDATA section, in which tags are none: where it ends; 0 if it does not begin here.
std::size_t skipOpaque(std::string_view text) {
    constexpr std::string_view comment = "<!--";
    constexpr std::string_view cdata = "<![CDATA[";
    std::size_t end = 0;
    if (text.starts_with(comment)) {
        end = text.find("-->", comment.size());
        return end == none ? none : end + 3;
    }
    if (text.starts_with(cdata)) {
        end = text.find("]]>", cdata.size());
        return end == none ? none : end + 3;
    }
    return 0;
}

/// `text` begins with "<event": where the event ends, or where the next begins in its midst (`cut`).
struct EventEnd {
    std::size_t size{none};
    bool cut{false};
};
EventEnd endOfEvent(std::string_view text) {
    const auto tag = endOfTag(text);
    std::size_t at = eventStart.size();
    if (tag != none) {
        if (text[tag - 2] == '/')
            return {tag, false};
        at = tag;
    }
    for (at = text.find('<', at); at != none; at = text.find('<', at + 1)) {
        const auto rest = text.substr(at);
        if (const auto opaque = skipOpaque(rest); opaque == none)
            return {};
        else if (opaque > 0) {
            at += opaque - 1;
            continue;
        }
        if (rest.starts_with("</event")) {
            const auto close = rest.substr(0, longestEndTag).find('>');
            if (close != none && (rest[7] == '>' || isSpace(rest[7])))
                return {at + close + 1, false};
        } else if (rest.starts_with("<?xml") || (rest.starts_with(eventStart) && rest.size() > eventStart.size() &&
                                                 endsName(rest[eventStart.size()]))) {
            return {at, true};
        }
    }
    return {};
}

/// The length of what may stand between events, at the start of `text`; npos if it has begun but not ended.
std::size_t betweenEvents(std::string_view text) {
    std::size_t at = 0;
    while (at < text.size()) {
        const auto rest = text.substr(at);
        if (isSpace(rest.front()) || rest.front() == '\0') { // some senders end each event with a NUL
            ++at;
            continue;
        }
        std::size_t end = 0;
        if (rest.starts_with("<?")) {
            end = rest.substr(0, longestBetween).find("?>");
            end = end == none ? none : end + 2;
        } else if (rest.starts_with("<!--")) {
            end = skipOpaque(rest.substr(0, longestBetween));
        } else if (rest.starts_with("<events") || rest.starts_with("</events")) {
            end = rest.substr(0, longestBetween).find('>');
            end = end == none ? none : end + 1;
        }
        if (end == none)
            return at == 0 ? none : at;
        if (end == 0)
            break;
        at += end;
    }
    return at;
}

} // namespace

std::size_t findCotEvent(std::string_view text, std::size_t from) {
    for (auto at = text.find(eventStart, from); at != none; at = text.find(eventStart, at + 1)) {
        const auto after = at + eventStart.size();
        if (after >= text.size() || endsName(text[after]))
            return at;
    }
    return none;
}

std::optional<CotPiece> firstCotPiece(std::string_view text, bool atEnd) {
    using Kind = CotPiece::Kind;
    if (text.empty())
        return {};
    const bool event = text.starts_with(eventStart) && (text.size() == eventStart.size() || endsName(text[eventStart.size()]));
    if (event) {
        const auto looked = text.substr(0, maxCotEventBytes);
        const auto end = endOfEvent(looked);
        if (end.size != none)
            return CotPiece{end.cut ? Kind::broken : Kind::event, end.size};
        if (looked.size() == maxCotEventBytes)
            return CotPiece{Kind::tooLong, looked.size()};
        if (atEnd)
            return CotPiece{Kind::broken, text.size()};
        return {};
    }
    const auto looked = text.substr(0, maxCotEventBytes);
    const auto between = betweenEvents(looked);
    if (between != none && between > 0)
        return CotPiece{Kind::between, between};
    if (between == none && !atEnd && text.size() < longestBetween)
        return {};
    // Something else: up to where the next event begins.
    const auto end = findCotEvent(looked, 1);
    if (end == none && !atEnd && looked.size() < maxCotEventBytes)
        return {};
    return CotPiece{Kind::broken, std::min(end, looked.size())};
}

} // namespace tocsin::ingest
