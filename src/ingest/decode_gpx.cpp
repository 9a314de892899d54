#include "decode_gpx.hpp"

#include "decode_unit_text.hpp"
#include "xml_element.hpp"

#include "tocsin/geo/datum.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

// https://www.topografix.com/GPX/1/1/ ; speed and course as GPX 1.0 and Garmin's TrackPointExtension have them.

namespace tocsin::ingest {

using base::Code;
using units::degreesIn;
using units::numberIn;

namespace {

constexpr std::size_t mostName = 100;
constexpr std::size_t mostFaults = 1'000;
constexpr std::size_t mostDrawn = 2'000; ///< points of a line on the map
constexpr auto usualStale = std::chrono::minutes(5);

/// A name that may be within the file's name: "2026-11-20 walk.gpx" of "/in/2026-11-20 walk.gpx".
std::string_view stemOf(std::string_view file) {
    file = file.substr(file.find_last_of('/') + 1);
    const auto dot = file.rfind('.');
    return dot == std::string_view::npos || dot == 0 ? file : file.substr(0, dot);
}

std::string at(const model::Position& position) {
    char text[48];
    std::snprintf(text, sizeof text, "%.5f,%.5f", position.latitude(), position.longitude());
    return text;
}

/// Evenly fewer points, the last one kept.
model::Line thinned(const model::Line& line) {
    if (line.size() <= mostDrawn)
        return line;
    model::Line out;
    for (std::size_t i = 0; i + 1 < mostDrawn; ++i)
        out.push_back(line[i * (line.size() - 1) / (mostDrawn - 1)]);
    out.push_back(line.back());
    return out;
}

class GpxReader {
  public:
    GpxReader(const XmlText& text, const Source& source) : m_text(text), m_source(source) {
        m_out.format = Format::gpx;
        if (!text.deviation().empty())
            m_out.deviations.push_back(text.deviation());
    }

    base::Result<Decoded> read() {
        XmlWalk walk([this](std::span<const XmlElement> above, XmlElement& element) { return closed(above, element); });
        if (auto parsed = parseXml(m_text, walk); !parsed)
            return tl::unexpected(std::move(parsed.error()));
        if (!m_isGpx)
            return base::fail(Code::malformed, "not a GPX document", m_text.place(0));
        if (m_out.messages.empty() && !m_out.faults.empty())
            return tl::unexpected(std::move(m_out.faults.front().error));
        return std::move(m_out);
    }

  private:

    base::Result<bool> closed(std::span<const XmlElement> above, XmlElement& element) {
        const auto& name = element.name;
        if (above.empty()) {
            m_isGpx = name == "gpx";
            return true;
        }
        if (above.size() == 1 && name == "wpt") {
            wayPoint(element);
            return false;
        }
        if (name == "trkpt" || name == "rtept") {
            trackPoint(element);
            return false;
        }
        if (name == "trkseg") {
            m_lines.push_back(std::exchange(m_line, {}));
            return false;
        }
        if (above.size() == 1 && (name == "trk" || name == "rte")) {
            track(element);
            return false;
        }
        return true;
    }

    void fault(base::Error error, const XmlElement& element) {
        if (m_out.faults.size() < mostFaults)
            m_out.faults.push_back({std::move(error), std::string(m_text.text().substr(element.offset, std::min<std::size_t>(element.end - element.offset, 4'000)))});
    }
    void deviates(std::string_view text) {
        if (std::find(m_out.deviations.begin(), m_out.deviations.end(), text) == m_out.deviations.end())
            m_out.deviations.emplace_back(text);
    }

    std::optional<model::Position> place(const XmlElement& element) {
        const auto latitude = numberIn(element.attribute("lat"));
        const auto longitude = numberIn(element.attribute("lon"));
        if (!latitude || !longitude) {
            fault({Code::malformed, "a point without lat and lon", m_text.place(element.offset)}, element);
            return std::nullopt;
        }
        auto position = geo::normalise({.latitude = *latitude, .longitude = *longitude, .datum = m_source.datum});
        if (!position) {
            fault({position.error().code, position.error().message, m_text.place(element.offset)}, element);
            return std::nullopt;
        }
        return *position;
    }

    void trackPoint(const XmlElement& element) {
        const auto position = place(element);
        if (!position)
            return;
        const auto when = element.textAt("time");
        if (when.empty()) {
            m_line.push_back(*position);
            return;
        }
        const auto time = parseTimeIn(when, m_source);
        if (!time) {
            fault({time.error().code, "a point's time: " + time.error().message, m_text.place(element.offset)}, element);
            return;
        }
        if (*time < units::earliest) {
            fault({Code::outOfRange, "a point's time is before 1980", m_text.place(element.offset)}, element);
            return;
        }
        model::UnitPosition p;
        p.type = "gpx";
        p.time = *time;
        p.stale = p.time + usualStale;
        p.position = *position;
        const auto height = numberIn(element.textAt("ele"));
        if (const auto geoid = numberIn(element.textAt("geoidheight")); height && geoid && std::fabs(*height + *geoid) < 1e5)
            p.altitudeMetres = *height + *geoid;
        for (const auto path : {"speed", "extensions/speed", "extensions/TrackPointExtension/speed"})
            if (const auto speed = numberIn(element.textAt(path)); !p.speed && speed && *speed >= 0 && *speed <= 2'000)
                p.speed = *speed;
        for (const auto path : {"course", "extensions/course", "extensions/TrackPointExtension/course"})
            if (!p.course)
                p.course = degreesIn(element.textAt(path));
        m_positions.push_back(std::move(p));
    }

    [[nodiscard]] std::string nameOf(const XmlElement& element) const {
        auto name = units::oneLine(element.textAt("name"), mostName);
        if (name.empty())
            name = units::oneLine(stemOf(m_source.name), mostName);
        return name.empty() ? units::oneLine(m_source.feed.empty() ? "gpx" : m_source.feed, mostName) : name;
    }

    void track(const XmlElement& element) {
        const auto name = nameOf(element);
        for (auto& position : m_positions) {
            position.unit = model::UnitId("gpx:" + name);
            position.callSign = name;
            m_out.messages.emplace_back(std::move(position));
        }
        m_positions.clear();
        m_lines.push_back(std::exchange(m_line, {}));
        for (const auto& line : m_lines) {
            if (line.empty())
                continue;
            if (element.name == "trk")
                deviates("a track whose points have no times: it is drawn, and moves nobody");
            marker(name, element, thinned(line), "gpx-" + std::string(element.name));
        }
        m_lines.clear();
    }

    void wayPoint(const XmlElement& element) {
        const auto position = place(element);
        if (position)
            marker(units::oneLine(element.textAt("name"), mostName), element, {*position}, "gpx-wpt");
    }

    void marker(std::string name, const XmlElement& element, model::Line line, std::string type) {
        model::FieldMarker out;
        out.sourceId = type + ":" + name + "@" + at(line.front());
        out.type = std::move(type);
        out.name = std::move(name);
        out.remarks = units::lines(element.textAt("desc"), 4'000);
        if (out.remarks.empty())
            out.remarks = units::lines(element.textAt("cmt"), 4'000);
        const auto when = element.textAt("time");
        const auto time = when.empty() ? base::Result<base::Time>(m_source.receivedAt) : parseTimeIn(when, m_source);
        out.time = time.value_or(m_source.receivedAt);
        out.line = std::move(line);
        m_out.messages.emplace_back(std::move(out));
    }

    const XmlText& m_text;
    const Source& m_source;
    Decoded m_out;
    bool m_isGpx{false};
    std::vector<model::UnitPosition> m_positions;
    model::Line m_line;
    std::vector<model::Line> m_lines;
};

} // namespace

bool looksLikeGpx(const Glimpse& glimpse) {
    return glimpse.kind == Glimpse::Kind::xml && glimpse.root == "gpx";
}

base::Result<Decoded> decodeGpx(std::string_view bytes, const Source& source) {
    auto text = XmlText::read(bytes);
    if (!text)
        return tl::unexpected(std::move(text.error()));
    return GpxReader(**text, source).read();
}

} // namespace tocsin::ingest
