#include "decode_sniff.hpp"

#include "decode_formats.hpp"
#include "decode_json.hpp"
#include "decode_report_csv.hpp"
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

using Keys = JsonKeysSeen;

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

bool isCapXml(const Glimpse& g) {
    if (g.kind != Glimpse::Kind::xml)
        return false;
    // A feed is taken for CAP's: its first alert may come late, and if none comes, the decoder says what it is.
    static constexpr std::array<std::string_view, 6> known{"alert", "alerts", "EDXLDistribution", "feed", "rss", "RDF"};
    if (std::find(known.begin(), known.end(), g.root) != known.end())
        return true;
    const bool mentionsCap = g.text.find("urn:oasis:names:tc:emergency:cap:1.") != std::string_view::npos ||
                             g.text.find("http://www.incident.com/cap/1.0") != std::string_view::npos;
    return !g.root.empty() && g.root != "schema" && mentionsCap;
}
bool isReadingLines(const Glimpse& g) {
    if (g.kind == Glimpse::Kind::json)
        return !g.isArray && (isReading(g.keys) || hasReadingLine(g.text));
    return g.kind == Glimpse::Kind::text && hasReadingLine(g.text);
}
/// One document, where lines would each be one.
bool isReadingsJson(const Glimpse& g) {
    if (g.kind != Glimpse::Kind::json)
        return false;
    if (g.isArray)
        return g.keys.has(1, "sensor") && (g.keys.has(1, "value") || g.keys.has(1, "time"));
    const auto text = trimmed(g.text);
    return isReading(g.keys) && text.find('\n') != std::string_view::npos && !checkJson(text);
}
bool isUsgsJson(const Glimpse& g) {
    return g.kind == Glimpse::Kind::json && !g.isArray && isUsgs(g.keys);
}
bool isReportJson(const Glimpse& g) {
    return g.kind == Glimpse::Kind::json && isReport(g.keys, g.isArray ? 1 : 0); // an array's objects are at depth 2
}

base::Result<Decoded> readCap(std::string_view bytes, const Source& source) {
    return decodeCap(bytes, source);
}
base::Result<Decoded> readUsgs(std::string_view bytes, const Source& /*source*/) {
    return decodeUsgs(bytes);
}
base::Result<Decoded> readReport(std::string_view bytes, const Source& /*source*/) {
    return decodeReport(bytes);
}
base::Result<Decoded> readReadings(std::string_view bytes, const Source& source) {
    return decodeReadings(bytes, source);
}

/// The first formats; asked last, for they take what looks only a little like theirs.
constexpr std::array<Decoder, 5> firstDecoders{{{Format::cap, &isCapXml, &readCap},
                                                {Format::usgsGeoJson, &isUsgsJson, &readUsgs},
                                                {Format::readingsJson, &isReadingsJson, &decodeReadingsJson},
                                                {Format::readingsNdjson, &isReadingLines, &readReadings, maxReadingsFileBytes},
                                                {Format::reportJson, &isReportJson, &readReport}}};

std::array<std::span<const Decoder>, 7> families() {
    return {sensorDecoders(),  waterDecoders(), quakeDecoders(), warningDecoders(),
            citizenDecoders(), unitDecoders(),  firstDecoders};
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

bool JsonKeysSeen::anywhere(std::string_view key) const {
    return std::any_of(at.begin(), at.end(), [&](const auto& keys) { return keys.contains(key); });
}

bool looksLikeUsgs(std::string_view text) {
    return isUsgs(keysOf(text));
}

const Decoder* decoderOf(Format format) {
    for (const auto family : families())
        for (const auto& decoder : family)
            if (decoder.format == format)
                return &decoder;
    return nullptr;
}

Glimpse glimpse(std::string_view bytes, std::string& text) {
    Glimpse g;
    g.bytes = bytes;
    g.kind = Glimpse::Kind::binary;
    text = looseText(bytes, sniffedBytes);
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string::npos)
        return g;
    g.text = std::string_view(text).substr(first);
    if (g.text.front() == '<') {
        g.kind = Glimpse::Kind::xml;
        std::size_t at = 0;
        g.root = localName(rootName(g.text, &at));
        const auto end = g.text.find('>', at);
        g.rootTag = g.text.substr(at, end == std::string_view::npos ? std::string_view::npos : end - at + 1);
    } else if (g.text.front() == '{' || g.text.front() == '[') {
        g.kind = Glimpse::Kind::json;
        g.isArray = g.text.front() == '[';
        g.keys = keysOf(g.text);
    } else if (g.text.find('\0') == std::string_view::npos) {
        g.kind = Glimpse::Kind::text;
    }
    return g;
}

Format sniff(std::string_view bytes) {
    try {
        std::string text;
        const Glimpse seen = glimpse(bytes, text);
        for (const auto family : families())
            for (const auto& decoder : family)
                if (decoder.recognises(seen))
                    return decoder.format;
        return Format::unknown;
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
    if (line.size() <= 16'000 && mayBeReportCsv(body))
        return "a table of reports that has no date: its feed's format must be report-csv";
    if (std::count(line.begin(), line.end(), ',') >= 2 || std::count(line.begin(), line.end(), '\t') >= 2)
        return "a table (CSV?)";
    return "text that begins with \"" + excerpt(line) + "\"";
}

} // namespace tocsin::ingest
