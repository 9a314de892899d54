#include "decode_cot_shape.hpp"

#include "decode_unit_text.hpp"

#include "tocsin/geo/measure.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tocsin::ingest {

using base::Code;
using units::numberIn;

namespace {

constexpr std::size_t mostPoints = 2'000;
constexpr int circlePoints = 48;
constexpr double largestMetres = 1'000'000;

void close(model::Line& line) {
    if (line.size() >= 3 && !(line.front() == line.back()))
        line.push_back(line.front());
}

} // namespace

base::Result<model::Line> CotShape::of(const XmlElement& detail, std::string_view type,
                                       const model::Position& centre) const {
    auto line = links(detail);
    if (!line)
        return line;
    if (!line->empty()) {
        if (type == "u-d-r")
            close(*line); // a rectangle's links are its four corners
        return line;
    }
    if (const auto* found = detail.at("shape/ellipse"); found != nullptr)
        return ellipse(*found, centre);
    if (const auto* found = detail.at("shape/polyline"); found != nullptr)
        return polyline(*found);
    if (type.starts_with("u-rb"))
        return bearingLine(detail, centre);
    return model::Line{};
}

base::Result<model::Line> CotShape::links(const XmlElement& detail) const {
    model::Line line;
    for (const auto& child : detail.children) {
        const auto text = child.name == "link" ? child.attribute("point") : std::string_view();
        if (text.empty())
            continue;
        const auto comma = std::min(text.find(','), text.size());
        const auto rest = comma == text.size() ? std::string_view() : text.substr(comma + 1);
        const auto latitude = numberIn(trimmed(text.substr(0, comma)));
        const auto longitude = numberIn(trimmed(rest.substr(0, rest.find(','))));
        if (!latitude || !longitude)
            return tl::unexpected(m_fault(Code::malformed, "a point that is no latitude and longitude: " + quoted(text), child));
        auto position = m_place(*latitude, *longitude, child);
        if (!position)
            return tl::unexpected(std::move(position.error()));
        if (line.size() == mostPoints)
            return tl::unexpected(m_fault(Code::tooLarge, "a drawing of more than 2,000 points", child));
        line.push_back(*position);
    }
    return line;
}

base::Result<model::Line> CotShape::polyline(const XmlElement& polyline) const {
    model::Line line;
    for (const auto& child : polyline.children) {
        if (child.name != "vertex")
            continue;
        const auto latitude = numberIn(child.attribute("lat"));
        const auto longitude = numberIn(child.attribute("lon"));
        if (!latitude || !longitude)
            return tl::unexpected(m_fault(Code::malformed, "a vertex without latitude and longitude", child));
        auto position = m_place(*latitude, *longitude, child);
        if (!position)
            return tl::unexpected(std::move(position.error()));
        if (line.size() == mostPoints)
            return tl::unexpected(m_fault(Code::tooLarge, "a drawing of more than 2,000 points", child));
        line.push_back(*position);
    }
    if (polyline.attribute("closed") == "true" || polyline.attribute("closed") == "1")
        close(line);
    return line;
}

base::Result<model::Line> CotShape::ellipse(const XmlElement& ellipse, const model::Position& centre) const {
    const auto major = numberIn(ellipse.attribute("major"));
    const auto minor = numberIn(ellipse.attribute("minor"));
    const auto angle = numberIn(ellipse.attribute("angle")).value_or(0);
    if (!major || !minor || *major <= 0 || *minor <= 0)
        return tl::unexpected(m_fault(Code::malformed, "an ellipse whose axes are no lengths", ellipse));
    if (*major > largestMetres || *minor > largestMetres || std::fabs(angle) > 720)
        return tl::unexpected(m_fault(Code::outOfRange, "an ellipse of over a thousand kilometres", ellipse));
    model::Line ring;
    for (int i = 0; i < circlePoints; ++i) {
        const double turn = 2 * std::numbers::pi * i / circlePoints;
        const double along = *major * std::cos(turn);
        const double across = *minor * std::sin(turn);
        const double bearing = angle + std::atan2(across, along) * 180 / std::numbers::pi;
        ring.push_back(geo::offset(centre, base::Degrees(std::fmod(bearing + 1'080, 360)),
                                   base::Metres(std::hypot(along, across))));
    }
    ring.push_back(ring.front());
    return ring;
}

base::Result<model::Line> CotShape::bearingLine(const XmlElement& detail, const model::Position& centre) const {
    const auto valueOf = [&detail](std::string_view name) -> std::optional<double> {
        const auto* child = detail.child(name);
        return child == nullptr ? std::nullopt : numberIn(child->attribute("value"));
    };
    const auto range = valueOf("range");
    const auto bearing = valueOf("bearing");
    if (!range || !bearing || *range <= 0 || *range > largestMetres || std::fabs(*bearing) > 720)
        return model::Line{};
    return model::Line{centre, geo::offset(centre, base::Degrees(std::fmod(*bearing + 720, 360)), base::Metres(*range))};
}

} // namespace tocsin::ingest
