#include "xml_scan.hpp"

#include "decode_place.hpp"

namespace tocsin::ingest {

namespace {

constexpr auto npos = std::string_view::npos;

bool isDoctype(std::string_view text, std::size_t at) {
    return text.substr(at, 2) == "<!" && lowered(text.substr(at, 9)) == "<!doctype"; // at each tag: the cheap half first
}

/// Past what begins at `at` and ends with `end`; the text's end if it never does.
std::size_t past(std::string_view text, std::size_t at, std::string_view end) {
    const std::size_t found = text.find(end, at);
    return found == npos ? text.size() : found + end.size();
}

/// A comment, processing instruction, CDATA section or declaration at `at`: the offset after it, or `at` if none is.
std::size_t skipMarkup(std::string_view text, std::size_t at) {
    const std::string_view rest = text.substr(at);
    if (rest.starts_with("<!--"))
        return past(text, at + 4, "-->");
    if (rest.starts_with("<![CDATA["))
        return past(text, at + 9, "]]>");
    if (rest.starts_with("<?"))
        return past(text, at + 2, "?>");
    if (rest.starts_with("<!"))
        return at + 2;
    return at;
}

struct Tag {
    std::size_t end{0}; ///< after '>'
    std::size_t nameBytes{0};
    int attributes{0};
    bool closed{false}; ///< "/>"
};

Tag readTag(std::string_view text, std::size_t at) {
    Tag tag;
    std::size_t i = at + 1;
    while (i < text.size() && std::string_view(" \t\r\n/>").find(text[i]) == npos)
        ++i;
    tag.nameBytes = i - at - 1;
    while (i < text.size()) {
        const char c = text[i];
        if (c == '>') {
            tag.closed = text[i - 1] == '/';
            ++i;
            break;
        }
        if (c == '<')
            break; // not well-formed: let the parser say so
        if (c == '=')
            ++tag.attributes;
        if (c == '"' || c == '\'') {
            const std::size_t close = text.find(c, i + 1);
            if (close == npos) {
                i = text.size();
                break;
            }
            i = close;
        }
        ++i;
    }
    tag.end = i;
    return tag;
}

} // namespace

std::optional<XmlObjection> scanXml(std::string_view text, const XmlLimits& limits) {
    int depth = 0;
    std::size_t elements = 0;
    for (std::size_t at = text.find('<'); at != npos; at = text.find('<', at)) {
        if (isDoctype(text, at))
            return XmlObjection{at, "document type declarations are not allowed", false};
        if (const std::size_t after = skipMarkup(text, at); after != at) {
            at = after;
            continue;
        }
        if (at + 1 < text.size() && text[at + 1] == '/') {
            --depth;
            ++at;
            continue;
        }
        const Tag tag = readTag(text, at);
        if (tag.nameBytes > limits.nameBytes)
            return XmlObjection{at, "an element name of more than " + std::to_string(limits.nameBytes) + " bytes",
                                true};
        if (tag.attributes > limits.attributes)
            return XmlObjection{at, "an element with more than " + std::to_string(limits.attributes) + " attributes",
                                true};
        if (++elements > limits.elements)
            return XmlObjection{at, "more than " + std::to_string(limits.elements) + " elements", true};
        if (!tag.closed && ++depth > limits.depth)
            return XmlObjection{at, "elements nested more than " + std::to_string(limits.depth) + " deep", true};
        at = tag.end;
    }
    return {};
}

std::string_view rootName(std::string_view text, std::size_t* at) {
    std::size_t i = 0;
    while ((i = text.find_first_not_of(" \t\r\n", i)) != npos) {
        if (text[i] != '<')
            return {};
        std::size_t after = skipMarkup(text, i);
        if (isDoctype(text, i)) {
            // With an internal subset the first '>' is not the end; "]>" is, near enough for a sniffer.
            const std::size_t close = text.find('>', i);
            const std::size_t subset = text.find('[', i);
            after = subset < close ? past(text, subset, "]>") : past(text, i, ">");
        }
        if (after == i) {
            if (at != nullptr)
                *at = i;
            return text.substr(i + 1, readTag(text, i).nameBytes);
        }
        i = after;
    }
    return {};
}

} // namespace tocsin::ingest
