#include "decode_cap_index.hpp"

#include "decode_cap_tree.hpp"
#include "xml_sax.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <set>
#include <utility>

namespace tocsin::ingest::cap {

namespace {

using base::Code;

constexpr std::size_t maxEntries = 20'000;
constexpr std::size_t maxUrlBytes = 2'000;
constexpr std::size_t maxFieldBytes = 2'000;
constexpr std::size_t maxNoted = 40;

/// How good an entry's address is: the lowest is taken.
enum class Rank : unsigned char { cap, xml, unsaid, page, none };

Rank rankOf(std::string_view type, std::string_view rel) {
    const std::string low = lowered(trimmed(type.substr(0, type.find(';'))));
    if (low == "application/cap+xml" || low == "application/vnd.cap+xml")
        return Rank::cap;
    if (!rel.empty() && rel != "alternate" && rel != "related" && rel != "via" && rel != "enclosure")
        return Rank::none;
    if (low.ends_with("/xml") || low == "application/common-alerting-protocol+xml")
        return Rank::xml;
    if (low.empty() || low == "application/octet-stream" || low == "application/zip")
        return Rank::unsaid;
    return Rank::page;
}

struct Entry {
    std::size_t offset{0};
    std::string url, id, updated;
    Rank rank{Rank::none};
    bool idIsAddress{false};
    bool hasAlert{false};
};

std::optional<std::string> faultOf(std::string_view url) {
    if (url.size() > maxUrlBytes)
        return "an address of more than " + std::to_string(maxUrlBytes) + " bytes";
    if (findControl(url, false) != std::string_view::npos || url.find(' ') != std::string_view::npos)
        return quoted(url, 80) + " is not an address";
    const std::size_t colon = url.find_first_of(":/?#");
    if (colon == std::string_view::npos || url[colon] != ':')
        return {}; // relative
    const std::string scheme = lowered(url.substr(0, colon));
    if (scheme != "http" && scheme != "https")
        return quoted(url, 80) + " is not an address that can be fetched";
    return {};
}

class FeedReader final : public XmlHandler {
  public:
    FeedReader(const XmlText& text, FeedRead& out) : m_text(text), m_out(out) {}

    [[nodiscard]] bool wantsAttributes() const override { return true; }
    Stop attributes(std::span<const XmlAttribute> attributes) override;
    Stop start(std::string_view prefix, std::string_view name, std::string_view uri, std::string_view foreignAttribute,
               std::size_t offset) override;
    Stop text(std::string_view piece, std::size_t offset) override;
    Stop end(std::size_t offset) override;

    [[nodiscard]] const std::string& root() const { return m_root; }
    [[nodiscard]] bool hasChannel() const { return m_hasChannel; }

  private:
    void offer(std::string_view url, Rank rank);
    void take(std::size_t end);
    void field(std::string_view name, std::string text);
    void note(std::size_t offset, std::string_view what) {
        if (m_out.deviations.size() < maxNoted)
            m_out.deviations.push_back(placed(m_text.lineAndColumn(offset), what));
    }

    struct Attributes {
        std::string href, rel, type, url, src, permaLink;
        bool any{false};
    };
    const XmlText& m_text;
    FeedRead& m_out;
    Attributes m_attributes;
    int m_depth{0};
    int m_entryDepth{0}; ///< of the entry's own element; 0 outside of one
    int m_alertDepth{0};
    std::string m_root;
    std::string m_field; ///< the name of the entry's child that is read, and its text
    std::string m_value;
    Entry m_entry;
    std::set<std::string, std::less<>> m_seen;
    bool m_hasChannel{false};
    bool m_permaLink{true};
};

XmlHandler::Stop FeedReader::attributes(std::span<const XmlAttribute> attributes) {
    m_attributes = {};
    for (const XmlAttribute& one : attributes) {
        if (!one.uri.empty() || one.value.size() > maxFieldBytes + 1)
            continue;
        std::string* const field = one.name == "href"          ? &m_attributes.href
                                   : one.name == "rel"         ? &m_attributes.rel
                                   : one.name == "type"        ? &m_attributes.type
                                   : one.name == "url"         ? &m_attributes.url
                                   : one.name == "src"         ? &m_attributes.src
                                   : one.name == "isPermaLink" ? &m_attributes.permaLink
                                                               : nullptr;
        if (field != nullptr)
            *field = one.value;
    }
    m_attributes.any = true;
    return {};
}

void FeedReader::offer(std::string_view url, Rank rank) {
    url = trimmed(url);
    if (url.empty() || rank >= m_entry.rank)
        return;
    m_entry.rank = rank;
    m_entry.url = url;
}

XmlHandler::Stop FeedReader::start(std::string_view /*prefix*/, std::string_view name, std::string_view uri,
                                   std::string_view /*foreignAttribute*/, std::size_t offset) {
    const Attributes own = m_attributes.any ? std::exchange(m_attributes, {}) : Attributes{};
    ++m_depth;
    if (m_root.empty())
        m_root = name;
    if (m_alertDepth > 0)
        return {};
    if (name == "alert" && isCap(spaceOf(uri))) {
        m_alertDepth = m_depth;
        ++m_out.alerts;
        m_entry.hasAlert = true;
        return {};
    }
    if (name == "channel")
        m_hasChannel = true;
    if (m_entryDepth == 0) {
        if (name == "link" && own.rel == "next" && !own.href.empty() && !faultOf(own.href))
            m_out.links.push_back({own.href, {}, {}, true});
        if (name != "entry" && name != "item")
            return {};
        if (++m_out.entries > maxEntries)
            return base::Error{Code::tooLarge, "more than " + std::to_string(maxEntries) + " entries in an index",
                               m_text.place(offset)};
        m_entryDepth = m_depth;
        m_entry = {};
        m_entry.offset = offset;
        m_permaLink = true;
        return {};
    }
    m_field.clear();
    if (m_depth != m_entryDepth + 1)
        return {};
    m_value.clear();
    m_field = name;
    if (name == "link" && !own.href.empty())
        offer(own.href, rankOf(own.type, own.rel));
    else if (name == "enclosure")
        offer(own.url, rankOf(own.type, "enclosure"));
    else if (name == "content" && !own.src.empty())
        offer(own.src, rankOf(own.type, {}));
    else if (name == "guid")
        m_permaLink = own.permaLink != "false";
    return {};
}

XmlHandler::Stop FeedReader::text(std::string_view piece, std::size_t /*offset*/) {
    if (m_entryDepth > 0 && m_alertDepth == 0 && m_depth == m_entryDepth + 1 && m_value.size() < maxFieldBytes)
        m_value.append(piece.substr(0, maxFieldBytes + 1));
    return {};
}

void FeedReader::field(std::string_view name, std::string text) {
    if (name == "link") {
        offer(text, Rank::unsaid);
    } else if (name == "id" || name == "guid") {
        m_entry.id = std::move(text);
        m_entry.idIsAddress = name == "guid" && m_permaLink && m_entry.id.starts_with("http");
    } else if (name == "updated" || name == "modified") {
        m_entry.updated = std::move(text); // it says more than when the entry was first published
    } else if ((name == "published" || name == "pubDate" || name == "date" || name == "issued") &&
               m_entry.updated.empty()) {
        m_entry.updated = std::move(text);
    }
}

XmlHandler::Stop FeedReader::end(std::size_t offset) {
    const int depth = m_depth--;
    if (m_alertDepth > 0) {
        if (depth == m_alertDepth)
            m_alertDepth = 0;
        return {};
    }
    if (m_entryDepth == 0)
        return {};
    if (depth == m_entryDepth + 1 && !m_field.empty())
        field(m_field, std::string(trimmed(m_value)));
    m_field.clear();
    if (depth == m_entryDepth) {
        take(offset);
        m_entryDepth = 0;
    }
    return {};
}

void FeedReader::take(std::size_t end) {
    if (m_entry.rank == Rank::none && m_entry.idIsAddress)
        offer(m_entry.id, Rank::unsaid);
    if (m_entry.hasAlert)
        return;
    std::optional<std::string> fault;
    if (m_entry.rank == Rank::none)
        fault = "an entry without a link to its message";
    else if (m_entry.rank == Rank::page)
        fault = "an entry whose only link is to a page, not to a message: " + quoted(m_entry.url, 80);
    else if (const auto bad = faultOf(m_entry.url))
        fault = "an entry's link is wrong: " + *bad;
    if (fault) {
        m_out.faults.push_back({{Code::malformed, *fault, m_text.place(m_entry.offset)},
                                std::string(m_text.text().substr(m_entry.offset, end - m_entry.offset))});
        return;
    }
    if (!m_seen.insert(m_entry.url + '\n' + m_entry.id).second)
        return; // once is enough
    Link link{m_entry.url, m_entry.id.empty() ? m_entry.url : m_entry.id, {}, false};
    if (!m_entry.updated.empty() && !(link.updated = feedTime(m_entry.updated)))
        note(m_entry.offset, "the entry's time " + ingest::quoted(m_entry.updated) + " cannot be read; left out");
    m_out.links.push_back(std::move(link));
}

struct ZoneName {
    std::string_view name;
    int hours;
};
constexpr std::array<ZoneName, 12> zones{{{"GMT", 0},
                                          {"UT", 0},
                                          {"UTC", 0},
                                          {"Z", 0},
                                          {"EST", -5},
                                          {"EDT", -4},
                                          {"CST", -6},
                                          {"CDT", -5},
                                          {"MST", -7},
                                          {"MDT", -6},
                                          {"PST", -8},
                                          {"PDT", -7}}};

/// "+0130", "GMT" → "+01:30"; empty where it is neither.
std::string offsetFrom(std::string_view zone) {
    std::array<char, 16> out{};
    int value = 0;
    if (zone.size() == 5 && (zone[0] == '+' || zone[0] == '-') &&
        std::from_chars(zone.data() + 1, zone.data() + 5, value).ptr == zone.data() + 5) {
        std::snprintf(out.data(), out.size(), "%c%02d:%02d", zone[0], value / 100, value % 100);
        return out.data();
    }
    for (const ZoneName& known : zones)
        if (known.name == zone) {
            std::snprintf(out.data(), out.size(), "%c%02d:00", known.hours < 0 ? '-' : '+', std::abs(known.hours));
            return out.data();
        }
    return {};
}

} // namespace

std::optional<base::Time> feedTime(std::string_view text) {
    text = trimmed(text);
    if (const auto iso = base::parseTime(text))
        return *iso;
    if (const std::size_t comma = text.find(','); comma != std::string_view::npos)
        text = trimmed(text.substr(comma + 1));
    int day = 0;
    int year = 0;
    std::array<char, 4> month{};
    std::array<char, 9> clock{};
    std::array<char, 8> zone{};
    const std::string copy(text.substr(0, 60));
    if (std::sscanf(copy.c_str(), "%2d %3s %4d %8s %7s", &day, month.data(), &year, clock.data(), zone.data()) < 4)
        return {};
    static constexpr std::string_view months = "janfebmaraprmayjunjulaugsepoctnovdec";
    const std::size_t at = months.find(lowered(month.data()));
    if (at == std::string_view::npos || at % 3 != 0 || std::string_view(month.data()).size() != 3)
        return {};
    if (year < 100)
        year += year < 70 ? 2000 : 1900;
    const std::string offset = zone[0] == '\0' ? "Z" : offsetFrom(zone.data());
    if (offset.empty())
        return {};
    std::array<char, 64> iso{};
    std::snprintf(iso.data(), iso.size(), "%04d-%02d-%02dT%s%s", year, static_cast<int>(at / 3) + 1, day, clock.data(),
                  offset.c_str());
    const auto parsed = base::parseTime(iso.data());
    return parsed ? std::optional(*parsed) : std::nullopt;
}

base::Result<FeedRead> readFeed(const XmlText& text) {
    FeedRead out;
    FeedReader reader(text, out);
    if (auto parsed = parseXml(text, reader); !parsed)
        return tl::unexpected<base::Error>(std::move(parsed.error()));
    if (reader.root() != "feed" && reader.root() != "rss" && reader.root() != "RDF")
        return base::fail(Code::malformed, "no Atom or RSS feed: the root element is <" + excerpt(reader.root()) + ">",
                          text.place(0));
    if (reader.root() == "rss" && !reader.hasChannel())
        return base::fail(Code::malformed, "an RSS feed without a <channel>", text.place(0));
    return out;
}

} // namespace tocsin::ingest::cap
