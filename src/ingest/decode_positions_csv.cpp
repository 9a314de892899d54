#include "decode_positions_csv.hpp"

#include "decode_unit_text.hpp"

#include "tocsin/base/text.hpp"
#include "tocsin/geo/datum.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <zlib.h>

namespace tocsin::ingest {

using base::Code;
using units::degreesIn;
using units::numberIn;

namespace {

constexpr std::size_t mostUnpacked = 64U << 20U;
constexpr std::size_t mostRows = 500'000;
constexpr std::size_t mostFaults = 1'000;
constexpr std::size_t mostColumns = 100;
constexpr std::size_t mostDrawn = 2'000;
constexpr std::size_t mostDrawnUnits = 1'000;
constexpr std::size_t mostHeading = 4'096;
constexpr auto usualStale = std::chrono::minutes(5);

enum Column : std::size_t { unit, latitude, longitude, time, callSign, speed, speedKmh, course, accuracy, altitude, columns };
constexpr std::size_t noColumn = mostColumns;
using Where = std::array<std::size_t, columns>;

bool isOneOf(std::string_view word, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// What stands in a column of this heading; `columns` if it is none of ours.
Column columnOf(std::string_view heading) {
    std::string name;
    for (const char c : lowered(heading))
        if (c != '_' && c != ' ' && c != '-' && c != '"')
            name += c;
    if (isOneOf(name, {"latitude", "lat", "纬度"}))
        return latitude;
    if (isOneOf(name, {"longitude", "lon", "lng", "long", "经度"}))
        return longitude;
    if (isOneOf(name, {"unit", "unitid", "trackid", "track", "device", "deviceid", "vehicle", "vehicleid", "uid", "mmsi", "imei", "id"}))
        return unit;
    if (isOneOf(name, {"time", "timestamp", "datetime", "fixtime", "utc", "basedatetime", "date", "时间"}))
        return time;
    if (isOneOf(name, {"callsign", "name", "label", "vesselname", "呼号"}))
        return callSign;
    if (isOneOf(name, {"speed", "speedms", "velocity"}))
        return speed;
    if (isOneOf(name, {"speedkmh", "speedkph"}))
        return speedKmh;
    if (isOneOf(name, {"course", "heading", "bearing", "cog", "direction"}))
        return course;
    if (isOneOf(name, {"accuracy", "accuracym", "precision", "hdoperror"}))
        return accuracy;
    if (isOneOf(name, {"altitude", "hae", "altitudem"}))
        return altitude;
    return columns;
}

char separatorOf(std::string_view heading) {
    char best = ',';
    for (const char c : {';', '\t'})
        if (std::count(heading.begin(), heading.end(), c) > std::count(heading.begin(), heading.end(), best))
            best = c;
    return best;
}

/// The fields of one line. A quoted field may hold separators and "" for a quote, but no line end.
std::vector<std::string> split(std::string_view line, char separator) {
    std::vector<std::string> out(1);
    bool quoting = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (quoting && c == '"' && i + 1 < line.size() && line[i + 1] == '"') {
            out.back() += '"';
            ++i;
        } else if (c == '"') {
            quoting = !quoting;
        } else if (c == separator && !quoting) {
            if (out.size() == mostColumns)
                break;
            out.emplace_back();
        } else {
            out.back() += c;
        }
    }
    for (auto& field : out)
        field = std::string(trimmed(field));
    return out;
}

std::optional<Where> columnsOf(std::string_view heading) {
    if (heading.size() > mostHeading)
        return std::nullopt;
    Where where;
    where.fill(noColumn);
    const auto names = split(trimmed(heading), separatorOf(heading));
    for (std::size_t i = 0; i < names.size(); ++i) {
        const auto column = columnOf(names[i]);
        if (column != columns && where[column] == noColumn)
            where[column] = i;
    }
    // Without a column that says when it was a table of places is none of positions.
    if (where[latitude] == noColumn || where[longitude] == noColumn || where[time] == noColumn)
        return std::nullopt;
    return where;
}

bool isGzip(std::string_view bytes) {
    return bytes.starts_with("\x1F\x8B\x08");
}

/// Empty optional if it is damaged; ends early, and tells so, where it goes over `most`.
std::optional<std::string> unpacked(std::string_view bytes, std::size_t most, bool& tooLong) {
    z_stream stream{};
    if (inflateInit2(&stream, 15 + 16) != Z_OK)
        return std::nullopt;
    std::string out;
    std::array<char, 16'384> buffer{};
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data())); // zlib does not write there
    stream.avail_in = static_cast<uInt>(bytes.size());
    int state = Z_OK;
    while (state == Z_OK && out.size() <= most) {
        stream.next_out = reinterpret_cast<Bytef*>(buffer.data());
        stream.avail_out = static_cast<uInt>(buffer.size());
        state = inflate(&stream, Z_NO_FLUSH);
        out.append(buffer.data(), buffer.size() - stream.avail_out);
        if (state == Z_OK && stream.avail_in == 0 && stream.avail_out > 0)
            break; // cut off
    }
    inflateEnd(&stream);
    tooLong = out.size() > most;
    return state == Z_STREAM_END || tooLong ? std::optional(std::move(out)) : std::nullopt;
}

class TableReader {
  public:
    TableReader(std::string_view text, std::size_t mark, const Source& source)
        : m_text(text), m_source(source), m_lines(text, mark) {
        m_out.format = Format::positionsCsv;
    }

    base::Result<Decoded> read() {
        std::size_t from = m_text.find_first_not_of(" \t\r\n");
        const auto end = std::min(m_text.find('\n', std::min(from, m_text.size())), m_text.size());
        const auto where = from >= m_text.size() ? std::nullopt : columnsOf(m_text.substr(from, end - from));
        if (!where)
            return base::fail(Code::malformed, "no heading with latitude, longitude and time", m_lines.at(0));
        m_separator = separatorOf(m_text.substr(from, end - from));
        m_where = *where;
        std::size_t rows = 0;
        for (from = end + 1; from < m_text.size();) {
            const auto stop = std::min(m_text.find('\n', from), m_text.size());
            const auto line = m_text.substr(from, stop - from);
            if (!trimmed(line).empty()) {
                if (++rows > mostRows)
                    return base::fail(Code::tooLarge, "more than 500,000 rows", m_lines.at(from));
                row(line, from);
            }
            from = stop + 1;
        }
        draw();
        if (m_out.messages.empty() && !m_out.faults.empty())
            return tl::unexpected(std::move(m_out.faults.front().error));
        return std::move(m_out);
    }

  private:
    [[nodiscard]] std::string_view field(Column column) const {
        return m_where[column] < m_fields.size() ? std::string_view(m_fields[m_where[column]]) : std::string_view();
    }
    void fault(Code code, std::string message, std::string_view line, std::size_t offset) {
        if (m_out.faults.size() < mostFaults)
            m_out.faults.push_back({{code, std::move(message), m_lines.at(offset)}, std::string(line.substr(0, 4'000))});
    }

    void row(std::string_view line, std::size_t offset) {
        if (line.size() > mostHeading)
            return fault(Code::tooLarge, "a row of over 4,096 bytes", line, offset);
        m_fields = split(line, m_separator);
        const auto lat = numberIn(field(latitude));
        const auto lon = numberIn(field(longitude));
        if (!lat || !lon)
            return fault(Code::malformed, "a row without latitude and longitude", line, offset);
        const auto position = geo::normalise({.latitude = *lat, .longitude = *lon, .datum = m_source.datum});
        if (!position)
            return fault(position.error().code, position.error().message, line, offset);
        auto name = units::oneLine(field(m_where[unit] != noColumn ? unit : callSign), 100);
        if (name.empty())
            name = units::oneLine(m_source.feed.empty() ? "csv" : m_source.feed, 100);
        if (field(time).empty()) {
            if (m_drawn.size() < mostDrawnUnits || m_drawn.contains(name))
                m_drawn[name].push_back(*position);
            return;
        }
        model::UnitPosition p;
        auto when = parseTimeIn(field(time), m_source);
        if (!when) {
            // Seconds or milliseconds since 1970.
            auto seconds = numberIn(field(time));
            if (seconds && *seconds > 1e11)
                *seconds /= 1'000;
            if (!seconds || *seconds < 1e8 || *seconds > 7.2e9)
                return fault(when.error().code, "the time: " + when.error().message, line, offset);
            when = base::Time(base::Duration(static_cast<std::int64_t>(*seconds * 1e6)));
        }
        if (*when < units::earliest)
            return fault(Code::outOfRange, "the time is before 1980", line, offset);
        p.time = *when;
        p.unit = model::UnitId("csv:" + name);
        p.callSign = field(callSign).empty() ? name : units::oneLine(field(callSign), 100);
        p.type = "csv";
        p.stale = p.time + usualStale;
        p.position = *position;
        if (const auto v = numberIn(field(speed)); v && *v >= 0 && *v <= 2'000)
            p.speed = *v;
        if (const auto v = numberIn(field(speedKmh)); v && *v >= 0 && *v <= 7'200)
            p.speed = *v / 3.6;
        p.course = degreesIn(field(course));
        if (const auto v = numberIn(field(accuracy)); v && *v >= 0 && *v < 1e6)
            p.accuracyMetres = *v;
        if (const auto v = numberIn(field(altitude)); v && *v > -12'000 && *v < 200'000)
            p.altitudeMetres = *v;
        m_out.messages.emplace_back(std::move(p));
    }

    /// Positions without a time move nobody: they are drawn as the lines that they are.
    void draw() {
        if (m_drawn.empty())
            return;
        m_out.deviations.emplace_back("positions without a time: they are drawn as lines, and move nobody");
        for (const auto& [name, line] : m_drawn) {
            model::FieldMarker marker;
            marker.sourceId = "csv:" + (m_source.name.empty() ? std::string() : units::oneLine(m_source.name, 100) + "#") + name;
            marker.type = "csv-track";
            marker.name = name;
            marker.time = m_source.receivedAt;
            const std::size_t count = std::min(line.size(), mostDrawn);
            for (std::size_t i = 0; i < count; ++i)
                marker.line.push_back(line[count < 2 ? 0 : i * (line.size() - 1) / (count - 1)]);
            m_out.messages.emplace_back(std::move(marker));
        }
    }

    std::string_view m_text;
    const Source& m_source;
    TextLines m_lines;
    Where m_where{};
    char m_separator{','};
    std::vector<std::string> m_fields;
    std::map<std::string, model::Line> m_drawn;
    Decoded m_out;
};

std::string_view headingOf(std::string_view text) {
    const auto from = std::min(text.find_first_not_of(" \t\r\n"), text.size());
    return text.substr(from, std::min(text.find('\n', from), text.size()) - from);
}

std::string_view withoutMark(std::string_view text) {
    return text.starts_with("\xEF\xBB\xBF") ? text.substr(3) : text;
}

} // namespace

bool looksLikePositionsCsv(const Glimpse& glimpse) {
    if (isGzip(glimpse.bytes)) {
        bool tooLong = false;
        const auto start = unpacked(glimpse.bytes, mostHeading, tooLong);
        return start && columnsOf(headingOf(withoutMark(*start))).has_value();
    }
    return glimpse.kind == Glimpse::Kind::text && columnsOf(headingOf(glimpse.text)).has_value();
}

base::Result<Decoded> decodePositionsCsv(std::string_view bytes, const Source& source) {
    std::string owned;
    const bool packed = isGzip(bytes);
    if (packed) {
        bool tooLong = false;
        auto text = unpacked(bytes, mostUnpacked, tooLong);
        if (!text || tooLong)
            return base::fail(tooLong ? Code::tooLarge : Code::malformed,
                              tooLong ? "unpacked it has over 64 MiB" : "the gzip data is damaged or cut off",
                              {.line = {}, .column = {}, .byte = 0});
        owned = std::move(*text);
        bytes = owned;
    }
    const auto text = withoutMark(bytes);
    std::size_t bad = 0;
    if (!base::isUtf8(text, &bad)) {
        auto place = TextLines(text, bytes.size() - text.size()).at(bad);
        if (packed)
            place.byte.reset();
        return base::fail(Code::malformed, "a byte that is not UTF-8", place);
    }
    auto decoded = TableReader(text, bytes.size() - text.size(), source).read();
    if (packed) { // the bytes of the packed file are others
        if (!decoded)
            decoded.error().place.byte.reset();
        else
            for (auto& fault : decoded->faults)
                fault.error.place.byte.reset();
    }
    return decoded;
}

} // namespace tocsin::ingest
