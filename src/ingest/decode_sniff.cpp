#include "decode_sniff.hpp"

#include "decode_json.hpp"
#include "xml_scan.hpp"
#include "xml_text.hpp"

#include "tocsin/base/text.hpp"
#include "tocsin/ingest/decoded.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <vector>

namespace tocsin::ingest {

namespace {

constexpr std::size_t sniffedBytes = 64U << 10U;

/// The keys at the beginning of JSON text, by their depth.
struct Keys {
    std::array<std::set<std::string, std::less<>>, 4> at; ///< [0] in the outermost object or, for an array, [1]
    std::vector<std::string> first;                       ///< those of the outermost object, in order

    [[nodiscard]] bool has(std::size_t depth, std::string_view key) const { return at[depth].contains(key); }
    [[nodiscard]] bool anywhere(std::string_view key) const {
        return std::any_of(at.begin(), at.end(), [&](const auto& keys) { return keys.contains(key); });
    }
};

Keys keysOf(std::string_view text) {
    Keys keys;
    (void)checkJson(text.substr(0, sniffedBytes), [&](int depth, std::string_view key, std::size_t) {
        const auto level = static_cast<std::size_t>(depth - 1);
        if (level >= keys.at.size() || keys.at[level].size() > 400 || key.size() > 100)
            return;
        keys.at[level].insert(std::string(key));
        if (level == 0 && keys.first.size() < 6)
            keys.first.emplace_back(key);
    });
    return keys;
}

bool isUsgs(const Keys& keys) {
    const bool geoJson = keys.has(0, "type") && (keys.has(0, "features") || keys.has(0, "properties") ||
                                                 keys.has(0, "geometry") || keys.has(0, "metadata"));
    const bool features = keys.has(0, "features");
    const bool quake =
        keys.anywhere("mag") && (keys.anywhere("net") || keys.anywhere("ids") || keys.anywhere("magType"));
    const bool feed = keys.has(1, "generated") && keys.has(1, "api") && keys.has(1, "count");
    // The features may come first and fill what is looked at, so "type" need not have been seen.
    return (geoJson || features) && (quake || feed);
}

bool isReport(const Keys& keys, std::size_t depth) {
    static constexpr std::array<std::string_view, 12> known{"id",       "category",  "text",  "place",
                                                            "latitude", "longitude", "datum", "accuracy",
                                                            "name",     "phone",     "time",  "lang"};
    if (keys.has(depth, "category") && keys.has(depth, "text"))
        return true;
    if (!keys.has(depth, "category") && !keys.has(depth, "text"))
        return false;
    return std::all_of(keys.at[depth].begin(), keys.at[depth].end(), [&](const std::string& key) {
        return std::find(known.begin(), known.end(), key) != known.end();
    });
}

bool isReading(const Keys& keys) {
    return keys.has(0, "sensor") && (keys.has(0, "value") || keys.has(0, "time"));
}

/// Lines of readings may begin with a broken one: the first few are asked.
bool hasReadingLine(std::string_view text) {
    for (int line = 0; line < 16 && !text.empty(); ++line) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view one = trimmed(text.substr(0, end));
        if (one.starts_with('{') && isReading(keysOf(one)))
            return true;
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return false;
}

std::string_view localName(std::string_view name) {
    return name.substr(name.find(':') == name.npos ? 0 : name.find(':') + 1);
}

Format sniffXml(std::string_view text) {
    const std::string_view root = localName(rootName(text));
    // A feed is taken for CAP's: its first alert may come late, and if none comes, the decoder says what it is.
    static constexpr std::array<std::string_view, 6> known{"alert", "alerts", "EDXLDistribution", "feed", "rss", "RDF"};
    if (std::find(known.begin(), known.end(), root) != known.end())
        return Format::cap;
    const bool mentionsCap = text.find("urn:oasis:names:tc:emergency:cap:1.") != std::string_view::npos ||
                             text.find("http://www.incident.com/cap/1.0") != std::string_view::npos;
    return !root.empty() && root != "schema" && mentionsCap ? Format::cap : Format::unknown;
}

Format sniffJson(std::string_view text) {
    const Keys keys = keysOf(text);
    if (text.starts_with('[')) // the keys of an array's objects are counted at depth 2
        return isReport(keys, 1) ? Format::reportJson : Format::unknown;
    if (isReading(keys))
        return Format::readingsNdjson;
    if (isUsgs(keys))
        return Format::usgsGeoJson;
    if (isReport(keys, 0))
        return Format::reportJson;
    return hasReadingLine(text) ? Format::readingsNdjson : Format::unknown;
}

std::string describeJson(std::string_view text) {
    const Keys keys = keysOf(text);
    if (text.starts_with('['))
        return "a JSON array";
    if (keys.has(0, "type") && (keys.has(0, "features") || keys.has(0, "geometry") || keys.has(0, "coordinates")))
        return "GeoJSON that is not of the USGS's earthquakes";
    if (keys.first.empty())
        return "text that begins like JSON";
    std::string out = "a JSON object with ";
    for (std::size_t i = 0; i < keys.first.size(); ++i)
        out += (i == 0 ? "\"" : ", \"") + excerpt(keys.first[i], 30) + "\"";
    return out;
}

std::string describeXml(std::string_view text) {
    const std::string root(rootName(text));
    const std::string_view local = localName(root);
    if (lowered(local) == "html")
        return "an HTML page";
    return root.empty() ? "markup without a root element" : "XML with the root element <" + excerpt(root) + ">";
}

std::string describeBinary(std::string_view bytes) {
    struct Sign {
        std::string_view start;
        std::string_view name;
    };
    using namespace std::string_view_literals;
    static constexpr std::array<Sign, 9> signs{{{"SQLite format 3\0"sv, "an SQLite database"},
                                                {"PK\x03\x04", "a ZIP archive or office document"},
                                                {"\x1F\x8B", "gzip data"},
                                                {"\x89PNG", "a PNG image"},
                                                {"\xFF\xD8\xFF", "a JPEG image"},
                                                {"GIF8", "a GIF image"},
                                                {"%PDF", "a PDF document"},
                                                {"BZh", "bzip2 data"},
                                                {"PMTiles", "map tiles (PMTiles)"}}};
    for (const Sign& sign : signs)
        if (bytes.starts_with(sign.start))
            return std::string(sign.name);
    return {};
}

std::string_view withoutMark(std::string_view bytes) {
    if (bytes.starts_with("\xEF\xBB\xBF"))
        bytes.remove_prefix(3);
    return bytes;
}

} // namespace

bool looksLikeUsgs(std::string_view text) {
    return isUsgs(keysOf(text));
}

Format sniff(std::string_view bytes) {
    try {
        const std::string text = looseText(bytes, sniffedBytes);
        const std::size_t first = text.find_first_not_of(" \t\r\n");
        if (first == std::string::npos)
            return Format::unknown;
        const std::string_view body = std::string_view(text).substr(first);
        if (body.front() == '<')
            return sniffXml(body);
        if (body.front() == '{' || body.front() == '[')
            return sniffJson(body);
        return hasReadingLine(body) ? Format::readingsNdjson : Format::unknown;
    } catch (const std::exception&) { // out of memory: nothing else can throw here
        return Format::unknown;
    }
}

std::string describeUnknown(std::string_view bytes) {
    if (bytes.empty())
        return "an empty file";
    if (std::string binary = describeBinary(bytes); !binary.empty())
        return binary;
    const std::string text = looseText(bytes, sniffedBytes);
    const std::string_view body = trimmed(withoutMark(text));
    if (body.empty())
        return "nothing but blanks";
    if (body.find('\0') != std::string_view::npos)
        return "binary data";
    if (body.front() == '<')
        return describeXml(body);
    if (body.front() == '{' || body.front() == '[')
        return describeJson(body);
    std::size_t bad = 0;
    if (!base::isUtf8(body, &bad) && bad + 4 < body.size())
        return "bytes that are not text in UTF-8";
    const std::string_view line = body.substr(0, body.find('\n'));
    if (std::count(line.begin(), line.end(), ',') >= 2 || std::count(line.begin(), line.end(), '\t') >= 2)
        return "a table (CSV?)";
    return "text that begins with \"" + excerpt(line) + "\"";
}

} // namespace tocsin::ingest
