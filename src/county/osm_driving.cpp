#include "county/osm_driving.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <initializer_list>
#include <utility>

namespace tocsin::county {
namespace {

/// Kilometres an hour where nothing is posted.
double baseSpeed(std::string_view cls) {
    static constexpr std::array<std::pair<std::string_view, double>, 15> speeds{{{"motorway", 110},
                                                                                 {"trunk", 90},
                                                                                 {"primary", 65},
                                                                                 {"secondary", 55},
                                                                                 {"tertiary", 45},
                                                                                 {"unclassified", 40},
                                                                                 {"residential", 30},
                                                                                 {"living_street", 15},
                                                                                 {"service", 15},
                                                                                 {"track", 15},
                                                                                 {"pedestrian", 10},
                                                                                 {"cycleway", 10},
                                                                                 {"path", 8},
                                                                                 {"footway", 8},
                                                                                 {"steps", 0}}};
    for (const auto& [word, kmh] : speeds)
        if (word == cls)
            return kmh;
    return 0;
}

/// What the law allows a car where no sign stands, km/h; countries that are not listed have the first line's.
/// https://wiki.openstreetmap.org/wiki/Speed_limits
struct Law {
    std::string_view country;
    double urban;
    double rural;
    double trunk;
    double motorway;
};
constexpr std::array<Law, 34> laws{
    {{"", 50, 80, 100, 120},   {"CN", 50, 70, 80, 120},  {"AT", 50, 100, 100, 130}, {"AU", 50, 100, 100, 110},
     {"BE", 50, 90, 120, 120}, {"BG", 50, 90, 120, 140}, {"BR", 60, 60, 80, 110},   {"BY", 60, 90, 90, 110},
     {"CH", 50, 80, 100, 120}, {"CZ", 50, 90, 110, 130}, {"DE", 50, 100, 100, 120}, {"DK", 50, 80, 80, 130},
     {"ES", 50, 90, 90, 120},  {"FI", 50, 80, 100, 120}, {"FR", 50, 80, 110, 130},  {"GB", 48, 96, 112, 112},
     {"GR", 50, 90, 110, 130}, {"HR", 50, 90, 110, 130}, {"HU", 50, 90, 110, 130},  {"IT", 50, 90, 110, 130},
     {"JP", 40, 60, 60, 100},  {"KZ", 60, 90, 100, 110}, {"LI", 50, 80, 80, 80},    {"NL", 50, 80, 100, 100},
     {"NO", 50, 80, 80, 110},  {"PL", 50, 90, 100, 140}, {"PT", 50, 90, 100, 120},  {"RO", 50, 90, 100, 130},
     {"RU", 60, 90, 90, 110},  {"SE", 50, 70, 90, 110},  {"SI", 50, 90, 110, 130},  {"SK", 50, 90, 90, 130},
     {"TR", 50, 90, 110, 120}, {"UA", 50, 90, 110, 130}}};

/// "urban", "CN:rural", "DE:zone:30", "IT:zone30".
double lawfulKmh(std::string_view text) {
    const auto colon = text.find(':');
    const auto country =
        colon == std::string_view::npos ? std::string_view() : text.substr(0, std::min<std::size_t>(colon, 2));
    auto word = colon == std::string_view::npos ? text : text.substr(colon + 1);
    if (word.starts_with("zone")) {
        word.remove_prefix(4);
        if (word.starts_with(":"))
            word.remove_prefix(1);
        int kmh = 0;
        const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), kmh);
        return error == std::errc() && kmh >= 5 && kmh <= 100 ? kmh : 0;
    }
    const auto found = std::find_if(laws.begin(), laws.end(), [&](const Law& law) { return law.country == country; });
    const Law& law = found == laws.end() ? laws.front() : *found;
    if (isOneOf(word, {"urban", "city", "town", "nsl_restricted"}))
        return law.urban;
    if (isOneOf(word, {"rural", "nsl_single"}))
        return law.rural;
    if (isOneOf(word, {"trunk", "nsl_dual", "express", "expressway"}))
        return law.trunk;
    if (word == "motorway")
        return law.motorway;
    if (isOneOf(word, {"living_street", "walk", "pedestrian_zone"}))
        return 7;
    if (isOneOf(word, {"school", "bicycle_road"}))
        return 30;
    return 0;
}

SpeedLimit limitOf(const osmium::TagList& tags) {
    SpeedLimit limit = speedLimit(tag(tags, "maxspeed"));
    if (limit.kmh > 0)
        return limit;
    const SpeedLimit there = speedLimit(tag(tags, "maxspeed:forward"));
    const SpeedLimit back = speedLimit(tag(tags, "maxspeed:backward"));
    if (there.kmh > 0 || back.kmh > 0) // a road has one speed here: the lower of the two
        return there.kmh > 0 && (back.kmh <= 0 || there.kmh < back.kmh) ? there : back;
    for (const char* key : {"zone:maxspeed", "maxspeed:type", "source:maxspeed"})
        if (limit = speedLimit(tag(tags, key)); limit.kmh > 0) {
            limit.posted = false;
            return limit;
        }
    return limit;
}

/// What the ground leaves of a speed; 0 where nothing drives.
double slowed(double kmh, const osmium::TagList& tags, bool track) {
    const auto surface = tag(tags, "surface");
    const bool soft = isOneOf(
        surface, {"ground", "dirt", "earth", "grass", "sand", "mud", "clay", "wood", "snow", "ice", "woodchips"});
    if (track) {
        if (soft)
            kmh = std::min(kmh, 10.0);
    } else if (isOneOf(surface, {"gravel", "unpaved", "compacted", "fine_gravel", "pebblestone", "cobblestone",
                                 "unhewn_cobblestone", "rock", "stepping_stones", "grass_paver"})) {
        kmh = std::min(kmh * 0.7, 40.0);
    } else if (soft) {
        kmh = std::min(kmh * 0.5, 20.0);
    }
    const auto smoothness = tag(tags, "smoothness");
    if (smoothness == "bad")
        kmh *= 0.8;
    else if (smoothness == "very_bad")
        kmh = std::min(kmh * 0.6, 30.0);
    else if (smoothness == "horrible")
        kmh = std::min(kmh * 0.4, 15.0);
    else if (smoothness == "very_horrible")
        kmh = std::min(kmh * 0.3, 8.0);
    else if (smoothness == "impassable")
        return 0;
    if (tagIs(tags, "ford", "yes"))
        kmh = std::min(kmh, 10.0);
    return kmh;
}

/// Which ways along it may be driven; false when nobody can say.
bool setDirections(Driving& d, const osmium::TagList& tags, const RoadClass& road) {
    auto oneway = tag(tags, "oneway");
    for (const char* key : {"oneway:vehicle", "oneway:motor_vehicle", "oneway:motorcar", "oneway:emergency"})
        if (const auto special = tag(tags, key); !special.empty())
            oneway = special;
    if (isOneOf(oneway, {"no", "0", "false", "alternating"}))
        return true;
    if (oneway == "reversible")
        return false;
    if (oneway == "-1" || oneway == "reverse")
        d.forward = false;
    else if (isOneOf(oneway, {"yes", "1", "true"}) || road.cls == "motorway" ||
             isOneOf(tag(tags, "junction"), {"roundabout", "circular"}))
        d.backward = false;
    return true;
}

/// "01:30", "01:30:00", "90" (minutes); seconds, 0 when it is none of these.
double durationSeconds(std::string_view text) {
    double parts[3] = {0, 0, 0};
    std::size_t count = 0;
    const char* at = text.data();
    const char* const end = at + text.size();
    while (count < 3) {
        int value = 0;
        const auto [next, error] = std::from_chars(at, end, value);
        if (error != std::errc() || value < 0 || value > 10'000)
            return 0;
        parts[count++] = value;
        at = next;
        if (at == end)
            break;
        if (*at++ != ':')
            return 0;
    }
    if (at != end)
        return 0;
    return count == 1 ? parts[0] * 60 : parts[0] * 3600 + parts[1] * 60 + parts[2];
}

} // namespace

SpeedLimit speedLimit(std::string_view text) {
    if (text.empty())
        return {};
    if (text == "none")
        return {120, true};
    if (text == "walk")
        return {7, true};
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc())
        return {lawfulKmh(text), false};
    if (!(value > 0) || value > 400)
        return {};
    std::string_view rest(end, static_cast<std::size_t>(text.data() + text.size() - end));
    while (!rest.empty() && rest.front() == ' ')
        rest.remove_prefix(1);
    if (rest == "mph")
        return {value * 1.609344, true};
    if (rest == "knots")
        return {value * 1.852, true};
    return {rest.empty() || rest == "km/h" || rest == "kmh" || rest == "kph" || rest.front() == ';' ? value : 0, true};
}

double ferryKmh(const osmium::TagList& tags, double metres) {
    constexpr double waiting = 600; // seconds: nobody holds the boat
    constexpr double underWay = 15; // km/h, where the map does not tell how long it takes
    const double told = durationSeconds(tag(tags, "duration"));
    const double seconds = waiting + (told > 0 ? told : metres / (underWay / 3.6));
    return std::clamp(metres / seconds * 3.6, 0.5, 60.0);
}

Driving drivingOf(const osmium::TagList& tags, const RoadClass& road) {
    Driving d;
    const std::initializer_list<std::string_view> welcomed{"yes", "designated", "official", "permissive"};
    const bool emergency = isOneOf(tag(tags, "emergency"), welcomed);
    const bool motor =
        emergency || isOneOf(tag(tags, "motor_vehicle"), welcomed) || isOneOf(tag(tags, "motorcar"), welcomed);
    if (road.cls == "steps" || (isOneOf(road.cls, {"path", "footway", "cycleway"}) && !motor))
        return d;
    if (tagIs(tags, "access", "no") && !motor && tag(tags, "vehicle") != "yes")
        return d;
    if (tagIs(tags, "emergency", "no") || tagIs(tags, "impassable", "yes") || tagIs(tags, "area", "yes") ||
        tagIs(tags, "indoor", "yes"))
        return d;
    if (road.cls == "ferry") {
        d.usable = setDirections(d, tags, road);
        return d;
    }
    double kmh = baseSpeed(road.cls);
    if (road.link)
        kmh *= 0.7;
    const auto grade = tag(tags, "tracktype");
    if (road.cls == "track") {
        if (grade == "grade1")
            kmh = 25;
        else if (grade == "grade4")
            kmh = 10;
        else if (grade == "grade5")
            kmh = 6;
    }
    if (const SpeedLimit limit = limitOf(tags); limit.kmh > 0) {
        // A sign tells what the road is built for; junctions and bends keep the mean below it. The law's general limit
        // tells only how fast one may not be.
        const double mean = limit.kmh * 0.85;
        kmh = !limit.posted || road.cls == "track" || road.cls == "service" ? std::min(kmh, mean) : mean;
    }
    kmh = slowed(kmh, tags, road.cls == "track");
    if (kmh <= 0)
        return d;
    d.kmh = std::clamp(kmh, 4.0, 130.0);
    d.usable = setDirections(d, tags, road);
    return d;
}

bool blocksVehicles(const osmium::TagList& tags) {
    const auto barrier = tag(tags, "barrier");
    if (barrier.empty() || tagIs(tags, "emergency", "yes") || tagIs(tags, "motor_vehicle", "yes") ||
        tagIs(tags, "motorcar", "yes"))
        return false;
    if (barrier == "bollard")
        return !isOneOf(tag(tags, "bollard"), {"removable", "rising", "foldable", "flexible"});
    if (isOneOf(barrier, {"gate", "lift_gate", "swing_gate", "sliding_gate", "chain", "wicket_gate"}))
        return tagIs(tags, "locked", "yes") || tagIs(tags, "emergency", "no");
    return isOneOf(barrier,
                   {"block", "jersey_barrier", "log", "debris", "turnstile", "stile", "kissing_gate", "cycle_barrier",
                    "motorcycle_barrier", "full-height_turnstile", "planter", "wall", "guard_rail", "fence"});
}

} // namespace tocsin::county
