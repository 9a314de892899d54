#include "county/osm_limits.hpp"

#include "county/osm_driving.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

namespace tocsin::county {
namespace {

using route::RoadAccess;
using route::Surface;

constexpr double metresAFoot = 0.3048;

/// Takes a number off the front; false if there is none. Not a number and the infinite are none.
bool takeNumber(std::string_view& text, double& value) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
    if (error != std::errc() || !std::isfinite(value))
        return false;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    while (text.starts_with(' '))
        text.remove_prefix(1);
    return true;
}

double inBounds(double value, double most) {
    return value > 0 && value <= most ? value : 0;
}

route::RoadClass classOf(std::string_view word) {
    for (std::size_t i = 1; i < route::roadClasses; ++i) {
        if (toString(static_cast<route::RoadClass>(i)) == word)
            return static_cast<route::RoadClass>(i);
    }
    return isOneOf(word, {"footway", "cycleway", "steps", "pedestrian", "bridleway"}) ? route::RoadClass::path
                                                                                      : route::RoadClass::other;
}

Surface surfaceOf(const osmium::TagList& tags) {
    const auto surface = tag(tags, "surface");
    if (isOneOf(surface, {"paved", "asphalt", "concrete", "paving_stones", "bricks", "chipseal", "metal", "tiles"}) ||
        surface.starts_with("concrete:"))
        return Surface::paved;
    if (surface.starts_with("sett") || surface.starts_with("cobblestone") || surface == "unhewn_cobblestone")
        return Surface::cobbled;
    if (isOneOf(surface, {"gravel", "unpaved", "compacted", "fine_gravel", "pebblestone", "rock", "grass_paver"}))
        return Surface::gravel;
    if (isOneOf(surface, {"ground", "dirt", "earth", "grass", "sand", "mud", "clay", "snow", "ice", "woodchips"}))
        return Surface::soft;
    const auto grade = tag(tags, "tracktype");
    if (grade == "grade1")
        return Surface::paved;
    if (isOneOf(grade, {"grade2", "grade3"}))
        return Surface::gravel;
    return isOneOf(grade, {"grade4", "grade5"}) ? Surface::soft : Surface::unknown;
}

RoadAccess accessOf(const osmium::TagList& tags) {
    if (tagIs(tags, "service", "emergency_access"))
        return RoadAccess::emergency;
    for (const char* key : {"motorcar", "motor_vehicle", "vehicle", "access"}) {
        const auto word = tag(tags, key);
        if (word.empty())
            continue;
        if (word == "no" || word == "emergency")
            return RoadAccess::emergency;
        if (isOneOf(word, {"private", "permit", "residents"}))
            return RoadAccess::privateRoad;
        if (isOneOf(word, {"destination", "customers", "delivery"}))
            return RoadAccess::destination;
        if (word.find("forestry") != std::string_view::npos || word.find("agricultural") != std::string_view::npos)
            return RoadAccess::forestry;
        return RoadAccess::open;
    }
    return RoadAccess::open;
}

} // namespace

double tonnesOf(std::string_view text) {
    double value = 0;
    if (!takeNumber(text, value))
        return 0;
    static constexpr std::array<std::pair<std::string_view, double>, 6> units{
        {{"", 1}, {"t", 1}, {"kg", 1e-3}, {"st", 0.90718474}, {"lbs", 0.00045359237}, {"lb", 0.00045359237}}};
    const auto unit = std::find_if(units.begin(), units.end(), [&](const auto& u) { return u.first == text; });
    return unit == units.end() ? 0 : inBounds(value * unit->second, route::mostTonnes);
}

double clearanceOf(std::string_view text) {
    double value = 0;
    if (!takeNumber(text, value))
        return 0;
    if (text.empty() || text == "m")
        return inBounds(value, route::mostClearance);
    if (text == "cm")
        return inBounds(value / 100, route::mostClearance);
    if (text == "ft" || text == "'")
        return inBounds(value * metresAFoot, route::mostClearance);
    double inches = 0;
    if (text.starts_with('\'')) {
        text.remove_prefix(1);
        while (text.starts_with(' '))
            text.remove_prefix(1);
        if (takeNumber(text, inches) && (text == "\"" || text.empty()) && inches >= 0 && inches < 12)
            return inBounds((value + inches / 12) * metresAFoot, route::mostClearance);
    }
    return 0;
}

route::RoadTraits traitsOf(const osmium::TagList& tags, const RoadClass& road) {
    route::RoadTraits traits;
    traits.cls = classOf(road.cls);
    traits.surface = surfaceOf(tags);
    traits.access = accessOf(tags);
    traits.ford = tagIs(tags, "ford", "yes") || tagIs(tags, "ford", "stepping_stones");
    traits.limitTagged = speedLimit(tag(tags, "maxspeed")).posted;
    traits.maxTonnes = tonnesOf(tag(tags, "maxweight"));
    for (const char* key : {"maxheight:physical", "maxheight"}) {
        if (traits.maxHeight <= 0)
            traits.maxHeight = clearanceOf(tag(tags, key));
    }
    for (const char* key : {"maxwidth:physical", "maxwidth"}) {
        if (traits.maxWidth <= 0)
            traits.maxWidth = clearanceOf(tag(tags, key));
    }
    return traits;
}

} // namespace tocsin::county
