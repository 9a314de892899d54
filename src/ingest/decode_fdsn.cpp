#include "decode_fdsn.hpp"

#include "decode_cut.hpp"
#include "decode_place.hpp"
#include "decode_quakeml_event.hpp"

#include "tocsin/base/text.hpp"
#include "tocsin/geo/datum.hpp"

#include <algorithm>
#include <array>

namespace tocsin::ingest {

using base::Code;
using model::Earthquake;

namespace {

constexpr std::size_t mostLines = 50'000;
constexpr std::size_t mostFields = 20;
constexpr std::size_t leastFields = 5; ///< id, time, latitude, longitude, depth

enum Column : std::size_t { eventId, time, latitude, longitude, depth, author, catalog, contributor, contributorId,
                            magnitudeType, magnitude, magnitudeAuthor, location, eventType, columns };
constexpr std::array<std::string_view, columns> columnNames{
    "eventid",       "time",    "latitude",  "longitude",    "depth/km",          "author",   "catalog", "contributor",
    "contributorid", "magtype", "magnitude", "magauthor", "eventlocationname", "eventtype"};

struct Field {
    std::string_view text; ///< trimmed
    std::size_t offset{0}; ///< in the document
};

std::vector<Field> split(std::string_view line, std::size_t offset) {
    std::vector<Field> out;
    for (std::size_t from = 0; out.size() < mostFields;) {
        const auto bar = std::min(line.find('|', from), line.size());
        const auto whole = line.substr(from, bar - from);
        const auto text = trimmed(whole);
        out.push_back({text, offset + (text.empty() ? from : static_cast<std::size_t>(text.data() - line.data()))});
        if (bar == line.size())
            break;
        from = bar + 1;
    }
    return out;
}

bool isHeader(std::string_view line) {
    return line.starts_with('#');
}

/// Which field of a line each column is; the standard's order without a header.
using Columns = std::array<std::size_t, columns>;

Columns standardColumns() {
    Columns out{};
    for (std::size_t i = 0; i < columns; ++i)
        out[i] = i;
    return out;
}

Columns columnsOf(std::string_view header) {
    Columns out;
    out.fill(mostFields);
    const auto names = split(header.substr(1), 0);
    for (std::size_t i = 0; i < names.size(); ++i) {
        auto name = lowered(names[i].text);
        if (name == "depth" || name == "depthkm")
            name = "depth/km";
        const auto found = std::find(columnNames.begin(), columnNames.end(), name);
        if (found != columnNames.end())
            out[static_cast<std::size_t>(found - columnNames.begin())] = i;
    }
    return out;
}

class LineReader {
  public:
    LineReader(const TextLines& lines, const Columns& where, const Source& source)
        : m_lines(lines), m_where(where), m_source(source) {}

    base::Result<Earthquake> read(std::string_view line, std::size_t offset) {
        m_fields = split(line, offset);
        m_offset = offset;
        if (m_fields.size() < leastFields)
            return fault(Code::malformed, "a line with " + std::to_string(m_fields.size()) + " fields is no event", offset);
        Earthquake quake;
        const auto& id = field(eventId);
        if (id.text.empty())
            return fault(Code::malformed, "an event without an id", offset);
        if (const auto bad = findControl(line, true); bad != std::string_view::npos)
            return fault(Code::malformed, "a control character", offset + bad);
        quake.sourceId = cutText(id.text, 255);
        name(quake);
        if (auto placed = locate(quake); !placed)
            return tl::unexpected(placed.error());
        const auto& size = field(magnitude);
        if (!size.text.empty()) {
            const auto value = number(magnitude, "magnitude", -10, 12);
            if (!value)
                return tl::unexpected(value.error());
            quake.magnitude = *value;
            quake.magnitudeType = cutText(field(magnitudeType).text, 20);
        }
        quake.updated = std::max(quake.time, m_source.receivedAt); // the text does not say
        quake.status = "automatic"; // the text does not say; so it replaces nothing that a person has looked at
        return quake;
    }

  private:
    [[nodiscard]] const Field& field(Column column) const {
        static const Field none;
        return m_where[column] < m_fields.size() ? m_fields[m_where[column]] : none;
    }
    [[nodiscard]] tl::unexpected<base::Error> fault(Code code, std::string message, std::size_t at) const {
        return base::fail(code, std::move(message), m_lines.at(at));
    }
    base::Result<double> number(Column column, std::string_view what, double least, double most) const {
        const auto& one = field(column);
        const std::size_t at = one.offset == 0 ? m_offset : one.offset;
        const auto value = quakes::numberIn(one.text);
        if (!value)
            return fault(Code::malformed, "the " + std::string(what) + " is no number: " + quoted(one.text), at);
        if (*value < least || *value > most)
            return fault(Code::outOfRange, "the " + std::string(what) + " is out of range: " + quoted(one.text), at);
        return *value;
    }
    void name(Earthquake& quake) const {
        std::string_view agency = field(contributor).text;
        if (agency.empty())
            agency = field(catalog).text;
        if (agency.empty())
            agency = field(author).text;
        const std::string low = lowered(cutText(agency, 60));
        // The catalogue of the USGS: the network's code, then its number. Its GeoJSON names them the same.
        const bool comcat = low.size() == 2 && lowered(quake.sourceId).starts_with(low) && quake.sourceId.size() > 4;
        quake.source = comcat ? "usgs" : low.empty() ? "fdsn" : low;
        const auto other = field(contributorId).text;
        if (!other.empty() && other != quake.sourceId && other.size() >= 6)
            quake.otherIds.push_back(cutText(other, 255));
        quake.place = cutText(field(location).text, 400);
        const auto type = lowered(cutText(field(eventType).text, 60));
        if (!type.empty() && type != "earthquake")
            quake.place += (quake.place.empty() ? "(" : " (") + type + ")";
    }
    base::Result<void> locate(Earthquake& quake) const {
        const auto& when = field(time);
        const auto parsed = parseTimeIn(when.text, m_source);
        if (!parsed)
            return fault(parsed.error().code, "the time: " + parsed.error().message, when.offset);
        quake.time = *parsed;
        const auto lat = number(latitude, "latitude", -90, 90);
        if (!lat)
            return tl::unexpected(lat.error());
        const auto lon = number(longitude, "longitude", -180, 180);
        if (!lon)
            return tl::unexpected(lon.error());
        const auto position = geo::normalise({.latitude = *lat, .longitude = *lon, .datum = m_source.datum});
        if (!position)
            return fault(position.error().code, position.error().message, field(latitude).offset);
        quake.position = *position;
        if (!field(depth).text.empty()) {
            const auto km = number(depth, "depth", -100, 6'371);
            if (!km)
                return tl::unexpected(km.error());
            quake.depthKm = *km;
        }
        return {};
    }

    const TextLines& m_lines;
    const Columns& m_where;
    const Source& m_source;
    std::vector<Field> m_fields;
    std::size_t m_offset{0};
};

std::string_view firstLine(std::string_view text) {
    return trimmed(text.substr(0, text.find('\n')));
}

bool isStationHeader(std::string_view line) {
    const auto low = lowered(line.substr(0, 200));
    return low.starts_with("#") && low.find("network") < low.find('|') && low.find("station") != std::string::npos;
}

} // namespace

bool looksLikeFdsn(const Glimpse& glimpse) {
    if (glimpse.kind != Glimpse::Kind::text)
        return false;
    const auto line = firstLine(glimpse.text);
    if (std::count(line.begin(), line.end(), '|') < 4)
        return false;
    if (isHeader(line))
        return lowered(line.substr(0, 200)).find("eventid") != std::string::npos || isStationHeader(line);
    const auto fields = split(line, 0);
    return std::count(line.begin(), line.end(), '|') >= 10 && base::parseTime(fields[1].text).has_value() &&
           quakes::numberIn(fields[2].text).has_value();
}

base::Result<Decoded> decodeFdsn(std::string_view bytes, const Source& source) {
    const std::size_t mark = bytes.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    const auto text = bytes.substr(mark);
    const TextLines lines(text, mark);
    std::size_t bad = 0;
    if (!base::isUtf8(text, &bad))
        return base::fail(Code::malformed, "a byte that is not UTF-8", lines.at(bad));
    Decoded out;
    out.format = Format::fdsnText;
    Columns where = standardColumns();
    LineReader reader(lines, where, source);
    bool began = false;
    std::size_t count = 0;
    for (std::size_t from = 0; from < text.size();) {
        const auto end = std::min(text.find('\n', from), text.size());
        const auto line = text.substr(from, end - from);
        if (isHeader(trimmed(line))) {
            if (isStationHeader(trimmed(line)))
                return base::fail(Code::malformed, "a list of stations and their channels, not of earthquakes", lines.at(from));
            if (!began && lowered(line).find("eventid") != std::string::npos)
                where = columnsOf(trimmed(line));
        } else if (!trimmed(line).empty()) {
            if (++count > mostLines)
                return base::fail(Code::tooLarge, "more than " + std::to_string(mostLines) + " lines", lines.at(from));
            began = true;
            auto quake = reader.read(line, from);
            if (quake)
                out.messages.emplace_back(std::move(*quake));
            else
                out.faults.push_back({std::move(quake.error()), std::string(line)});
        }
        from = end + 1;
    }
    if (out.messages.empty() && !out.faults.empty())
        return tl::unexpected(std::move(out.faults.front().error));
    return out;
}

} // namespace tocsin::ingest
