#include "tocsin/detect/messages.hpp"

#include "tocsin/base/ascii.hpp"
#include "tocsin/geo/measure.hpp"

#include <algorithm>
#include <boost/geometry.hpp>
#include <boost/geometry/geometries/point_xy.hpp>
#include <boost/geometry/geometries/polygon.hpp>

namespace tocsin::detect {
namespace {

namespace bg = boost::geometry;
using Point = bg::model::d2::point_xy<double>;
using Polygon = bg::model::polygon<Point>;

Polygon polygonOf(const model::Line& ring) {
    Polygon polygon;
    for (const model::Position& p : ring)
        bg::append(polygon.outer(), Point(p.longitude(), p.latitude()));
    bg::correct(polygon);
    return polygon;
}

geo::Box boxOf(const model::Line& ring) {
    geo::Box box;
    for (const model::Position& p : ring)
        box.add(p);
    return box;
}

bool apart(const geo::Box& a, const geo::Box& b) {
    return a.empty() || b.empty() || a.north < b.south || b.north < a.south || a.east < b.west || b.east < a.west;
}

/// In degrees: right for areas that do not cross the date line.
bool overlap(const model::Line& a, const model::Line& b) {
    if (apart(boxOf(a), boxOf(b)))
        return false;
    try {
        return bg::intersects(polygonOf(a), polygonOf(b));
    } catch (const bg::exception&) { // a ring that crosses itself too badly: by their corners
        const auto inside = [](const model::Line& ring, const model::Line& points) {
            return std::any_of(points.begin(), points.end(),
                               [&](const model::Position& p) { return geo::contains(ring, p); });
        };
        return inside(a, b) || inside(b, a);
    }
}

/// Kilometres from a place to an area's edge; 0 within.
double kmTo(const model::Line& ring, const model::Position& p) {
    if (ring.empty())
        return 1e9;
    if (geo::contains(ring, p))
        return 0;
    const auto nearest = geo::nearestOnLine(ring, p);
    double metres = nearest ? geo::distance(nearest->position, p).value : 1e12;
    // What is near on a flat map about p need not be over hundreds of kilometres: the corners are measured as well.
    for (const model::Position& corner : ring)
        metres = std::min(metres, geo::distance(corner, p).value);
    return metres / 1000;
}

double kmTo(const CountyArea& county, const model::Position& p) {
    double km = 1e9;
    for (const model::Line& ring : county.rings)
        km = std::min(km, kmTo(ring, p));
    if (county.circle)
        km =
            std::min(km, std::max(0.0, geo::distance(county.circle->centre, p).value / 1000 - county.circle->radiusKm));
    return km;
}

bool known(const CountyArea& county) {
    return !county.rings.empty() || county.circle;
}

bool touchesRing(const model::Line& ring, const CountyArea& county) {
    return std::any_of(county.rings.begin(), county.rings.end(),
                       [&](const model::Line& own) { return overlap(ring, own); }) ||
           (county.circle && kmTo(ring, county.circle->centre) <= county.circle->radiusKm);
}

/// The part of a code that says something: China's division codes end in zeros where they stand for a whole level.
std::string_view significant(std::string_view code) {
    const bool digits = std::all_of(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!digits || (code.size() != 6 && code.size() != 9 && code.size() != 12) || code.front() == '0')
        return code;
    for (const std::size_t length : {2U, 4U, 6U, 9U}) {
        if (length < code.size() && code.substr(length).find_first_not_of('0') == std::string_view::npos)
            return code.substr(0, length);
    }
    return code;
}

enum class Told : unsigned char { nothing, no, yes };

Told byCodes(const model::WarningArea& area, const CountyArea& county) {
    auto told = Told::nothing;
    for (const auto& [name, code] : area.geocodes) {
        for (const auto& [ownName, ownCode] : county.geocodes) {
            if (code.empty() || ownCode.empty() || (!ownName.empty() && base::lowerAscii(ownName) != base::lowerAscii(name)))
                continue;
            const std::string_view theirs = significant(code);
            const std::string_view ours = significant(ownCode);
            if (theirs.starts_with(ours) || ours.starts_with(theirs))
                return Told::yes;
            told = Told::no;
        }
    }
    return told;
}

bool trusts(model::Trust least, const std::optional<model::Trust>& given) {
    return given.value_or(model::Trust::unverified) >= least;
}

bool among(const std::vector<std::string>& asked, const std::string& word) {
    return asked.empty() || std::find(asked.begin(), asked.end(), word) != asked.end();
}

bool namesEvent(const WarningCondition& condition, const model::WarningInfo& info) {
    if (condition.events.empty())
        return true;
    const std::string event = base::lowerAscii(info.event);
    return std::any_of(condition.events.begin(), condition.events.end(), [&](const std::string& asked) {
        return event.find(base::lowerAscii(asked)) != std::string::npos ||
               std::any_of(info.eventCodes.begin(), info.eventCodes.end(),
                           [&](const auto& code) { return code.second == asked; });
    });
}

bool fits(const WarningCondition& condition, const model::WarningInfo& info, const CountyArea& county) {
    const bool category = condition.categories.empty() ||
                          std::any_of(info.categories.begin(), info.categories.end(),
                                      [&](const auto& word) { return among(condition.categories, word); });
    return category && among(condition.severities, info.severity) && among(condition.certainties, info.certainty) &&
           among(condition.urgencies, info.urgency) && namesEvent(condition, info) &&
           (condition.anywhere || info.areas.empty() ||
            std::any_of(info.areas.begin(), info.areas.end(),
                        [&](const model::WarningArea& area) { return touches(area, county); }));
}

} // namespace

bool touches(const model::WarningArea& area, const CountyArea& county) {
    if (!area.polygons.empty() || !area.circles.empty()) {
        return !known(county) || std::any_of(area.polygons.begin(), area.polygons.end(), [&](const model::Line& ring) {
            return touchesRing(ring, county);
        }) || std::any_of(area.circles.begin(), area.circles.end(), [&](const model::Circle& circle) {
            return kmTo(county, circle.centre) <= circle.radiusKm;
        });
    }
    return byCodes(area, county) != Told::no;
}

const model::WarningInfo* partThatFits(const WarningCondition& condition, const model::Warning& warning,
                                       const CountyArea& county, bool exerciseDesk) {
    if (warning.state != model::WarningState::inForce || (warning.msgType != "Alert" && warning.msgType != "Update"))
        return nullptr;
    const bool exercise = warning.capStatus == "Exercise" && (exerciseDesk || condition.exercises);
    if (warning.capStatus != "Actual" && !exercise)
        return nullptr;
    if (!trusts(condition.leastTrust, warning.trust))
        return nullptr;
    const model::WarningInfo* gravest = nullptr;
    for (const auto& info : warning.infos) {
        const auto colour = model::colourOf(warning, info);
        const bool wanted = !condition.colour || colour <= *condition.colour;
        const bool graver = gravest == nullptr || colour < model::colourOf(warning, *gravest);
        if (wanted && graver && fits(condition, info, county))
            gravest = &info;
    }
    return gravest;
}

bool fits(const WarningCondition& condition, const model::Warning& warning, const CountyArea& county,
          bool exerciseDesk) {
    return partThatFits(condition, warning, county, exerciseDesk) != nullptr;
}

bool fits(const EarthquakeCondition& condition, const model::Earthquake& earthquake, const CountyArea& county,
          base::Time now) {
    return earthquake.status != "deleted" && trusts(condition.leastTrust, earthquake.trust) && earthquake.magnitude && *earthquake.magnitude >= condition.magnitude &&
           now - earthquake.time <= condition.notOlderThan &&
           (!known(county) || kmTo(county, earthquake.position) <= condition.km);
}

} // namespace tocsin::detect
