#include "county/osm_tags.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace tocsin::county {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

template <std::size_t N>
std::string lookUp(const std::array<Pair, N>& table, std::string_view key) {
    const auto found = std::find_if(table.begin(), table.end(), [&](const Pair& p) { return p.first == key; });
    return found == table.end() ? std::string() : std::string(found->second);
}

template <std::size_t N>
bool isOneOf(std::string_view value, const std::array<std::string_view, N>& list) {
    return std::find(list.begin(), list.end(), value) != list.end();
}

constexpr std::array<Pair, 36> landuseWords{{{"forest", "forest"},
                                             {"residential", "built"},
                                             {"commercial", "built"},
                                             {"retail", "built"},
                                             {"construction", "built"},
                                             {"village_green", "park"},
                                             {"religious", "built"},
                                             {"education", "built"},
                                             {"industrial", "industrial"},
                                             {"railway", "industrial"},
                                             {"landfill", "quarry"},
                                             {"quarry", "quarry"},
                                             {"brownfield", "industrial"},
                                             {"farmland", "farm"},
                                             {"farm", "farm"},
                                             {"farmyard", "farm"},
                                             {"greenhouse_horticulture", "farm"},
                                             {"plant_nursery", "orchard"},
                                             {"orchard", "orchard"},
                                             {"paddy", "farm"},
                                             {"vineyard", "vineyard"},
                                             {"meadow", "meadow"},
                                             {"grass", "meadow"},
                                             {"greenfield", "meadow"},
                                             {"allotments", "orchard"},
                                             {"cemetery", "cemetery"},
                                             {"recreation_ground", "park"},
                                             {"garages", "built"},
                                             {"military", "industrial"},
                                             {"port", "industrial"},
                                             {"flowerbed", "park"},
                                             {"animal_keeping", "farm"},
                                             {"institutional", "built"},
                                             {"depot", "industrial"},
                                             {"winter_sports", "meadow"},
                                             {"aquaculture", "farm"}}};

constexpr std::array<Pair, 20> naturalWords{
    {{"wood", "forest"},     {"scrub", "scrub"},   {"heath", "scrub"},     {"grassland", "meadow"},
     {"fell", "meadow"},     {"tundra", "meadow"}, {"bare_rock", "rock"},  {"rock", "rock"},
     {"stone", "rock"},      {"cliff", ""},        {"scree", "scree"},     {"shingle", "scree"},
     {"sand", "sand"},       {"beach", "sand"},    {"dune", "sand"},       {"desert", "sand"},
     {"glacier", "glacier"}, {"mud", "wetland"},   {"wetland", "wetland"}, {"shrubbery", "scrub"}}};

constexpr std::array<Pair, 13> leisureWords{{{"park", "park"},
                                             {"garden", "park"},
                                             {"dog_park", "park"},
                                             {"playground", "park"},
                                             {"golf_course", "park"},
                                             {"pitch", "sport"},
                                             {"stadium", "sport"},
                                             {"sports_centre", "sport"},
                                             {"track", "sport"},
                                             {"common", "meadow"},
                                             {"water_park", "sport"},
                                             {"marina", ""},
                                             {"nature_reserve", ""}}};

constexpr std::array<std::string_view, 15> roadWords{
    "motorway", "trunk", "primary", "secondary", "tertiary", "unclassified", "residential", "living_street",
    "service",  "track", "path",    "footway",   "cycleway", "steps",        "pedestrian"};

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

} // namespace

std::string_view tag(const osmium::TagList& tags, const char* key) {
    const char* value = tags.get_value_by_key(key);
    return value ? std::string_view(value) : std::string_view();
}

bool tagIs(const osmium::TagList& tags, const char* key, std::string_view value) {
    return tag(tags, key) == value;
}

Names namesOf(const osmium::TagList& tags) {
    Names names;
    names.name = tag(tags, "name");
    names.en = tag(tags, "name:en");
    // Simplified Chinese first; plain name:zh may be either script.
    for (const char* key : {"name:zh-Hans", "name:zh_CN", "name:zh-CN", "name:zh"}) {
        names.zh = tag(tags, key);
        if (!names.zh.empty())
            break;
    }
    return names;
}

std::string waterAreaClass(const osmium::TagList& tags) {
    const auto natural = tag(tags, "natural");
    if (natural == "water" || natural == "bay") {
        const auto water = tag(tags, "water");
        if (water == "river" || water == "canal" || water == "stream" || water == "oxbow")
            return "river";
        if (water == "reservoir" || water == "basin")
            return std::string(water);
        return "lake";
    }
    if (tagIs(tags, "waterway", "riverbank") || tagIs(tags, "waterway", "dock"))
        return "river";
    const auto landuse = tag(tags, "landuse");
    if (landuse == "reservoir" || landuse == "basin")
        return std::string(landuse);
    if (tagIs(tags, "leisure", "swimming_pool"))
        return "pool";
    return {};
}

std::string waterLineClass(const osmium::TagList& tags) {
    static constexpr std::array<Pair, 7> words{{{"river", "river"},
                                                {"canal", "canal"},
                                                {"stream", "stream"},
                                                {"drain", "drain"},
                                                {"ditch", "ditch"},
                                                {"wadi", "stream"},
                                                {"brook", "stream"}}};
    return lookUp(words, tag(tags, "waterway"));
}

std::string landuseClass(const osmium::TagList& tags) {
    if (auto word = lookUp(landuseWords, tag(tags, "landuse")); !word.empty())
        return word;
    if (auto word = lookUp(naturalWords, tag(tags, "natural")); !word.empty())
        return word;
    if (auto word = lookUp(leisureWords, tag(tags, "leisure")); !word.empty())
        return word;
    if (tagIs(tags, "aeroway", "aerodrome"))
        return "airport";
    if (tagIs(tags, "amenity", "grave_yard"))
        return "cemetery";
    return {};
}

std::string buildingClass(const osmium::TagList& tags) {
    const auto building = tag(tags, "building");
    if (building.empty() || building == "no")
        return {};
    static constexpr std::array<std::string_view, 12> houses{
        "house",    "residential", "apartments", "detached", "terrace", "semidetached_house",
        "bungalow", "dormitory",   "hut",        "cabin",    "farm",    "chalet"};
    static constexpr std::array<std::string_view, 9> industry{"industrial", "warehouse",  "manufacture",
                                                              "commercial", "retail",     "office",
                                                              "hangar",     "greenhouse", "supermarket"};
    static constexpr std::array<std::string_view, 11> open{
        "public",        "school",       "hospital",     "civic",  "government", "university",
        "train_station", "fire_station", "kindergarten", "museum", "hotel"};
    static constexpr std::array<std::string_view, 6> sacred{"church", "chapel", "cathedral",
                                                            "mosque", "temple", "monastery"};
    static constexpr std::array<std::string_view, 8> barns{"stable", "barn", "garage",  "garages",
                                                           "shed",   "roof", "carport", "farm_auxiliary"};
    if (isOneOf(building, houses))
        return "house";
    if (isOneOf(building, industry))
        return "industrial";
    if (isOneOf(building, open))
        return "public";
    if (isOneOf(building, sacred) || tagIs(tags, "amenity", "place_of_worship"))
        return "church";
    if (isOneOf(building, barns))
        return "barn";
    return "other";
}

std::string railwayClass(const osmium::TagList& tags) {
    static constexpr std::array<std::string_view, 7> words{"rail",         "light_rail", "subway",   "tram",
                                                           "narrow_gauge", "funicular",  "preserved"};
    const auto railway = tag(tags, "railway");
    if (isOneOf(railway, words))
        return std::string(railway);
    const auto aerial = tag(tags, "aerialway");
    static constexpr std::array<std::string_view, 4> lifts{"cable_car", "gondola", "chair_lift", "mixed_lift"};
    return isOneOf(aerial, lifts) ? "aerialway" : "";
}

std::optional<RoadClass> roadClass(const osmium::TagList& tags) {
    auto highway = tag(tags, "highway");
    if (highway.empty())
        return std::nullopt;
    RoadClass road;
    if (highway.size() > 5 && highway.substr(highway.size() - 5) == "_link") {
        road.link = true;
        highway.remove_suffix(5);
    }
    if (highway == "road")
        highway = "unclassified";
    else if (highway == "bridleway" || highway == "via_ferrata")
        highway = "path";
    else if (highway == "busway" || highway == "bus_guideway" || highway == "escape")
        highway = "service";
    else if (highway == "corridor")
        highway = "footway";
    if (!isOneOf(highway, roadWords))
        return std::nullopt;
    road.cls = highway;
    return road;
}

int roadRank(std::string_view cls) {
    static constexpr std::array<std::pair<std::string_view, int>, 11> ranks{{{"motorway", 9},
                                                                             {"trunk", 8},
                                                                             {"primary", 7},
                                                                             {"secondary", 6},
                                                                             {"tertiary", 5},
                                                                             {"unclassified", 4},
                                                                             {"residential", 4},
                                                                             {"living_street", 3},
                                                                             {"pedestrian", 3},
                                                                             {"service", 2},
                                                                             {"track", 1}}};
    for (const auto& [word, rank] : ranks)
        if (word == cls)
            return rank;
    return 0;
}

std::optional<PoiClass> poiClass(const osmium::TagList& tags) {
    if (tagIs(tags, "natural", "peak") || tagIs(tags, "natural", "volcano"))
        return PoiClass{"peak", 3};
    if (tagIs(tags, "natural", "saddle") || tagIs(tags, "mountain_pass", "yes"))
        return PoiClass{"saddle", 5};
    static constexpr std::array<std::pair<std::string_view, int>, 26> amenities{{{"hospital", 1},
                                                                                 {"fire_station", 1},
                                                                                 {"police", 1},
                                                                                 {"townhall", 2},
                                                                                 {"school", 3},
                                                                                 {"kindergarten", 4},
                                                                                 {"university", 3},
                                                                                 {"college", 3},
                                                                                 {"clinic", 2},
                                                                                 {"doctors", 4},
                                                                                 {"pharmacy", 4},
                                                                                 {"place_of_worship", 4},
                                                                                 {"fuel", 4},
                                                                                 {"public_building", 4},
                                                                                 {"community_centre", 4},
                                                                                 {"social_facility", 3},
                                                                                 {"nursing_home", 3},
                                                                                 {"post_office", 5},
                                                                                 {"bus_station", 3},
                                                                                 {"theatre", 4},
                                                                                 {"cinema", 5},
                                                                                 {"library", 5},
                                                                                 {"bank", 5},
                                                                                 {"restaurant", 6},
                                                                                 {"prison", 3},
                                                                                 {"marketplace", 4}}};
    const auto amenity = tag(tags, "amenity");
    for (const auto& [word, rank] : amenities)
        if (word == amenity)
            return PoiClass{std::string(word), rank};
    if (tagIs(tags, "railway", "station") || tagIs(tags, "railway", "halt"))
        return PoiClass{"station", 2};
    if (tagIs(tags, "aeroway", "helipad"))
        return PoiClass{"helipad", 2};
    if (tagIs(tags, "aeroway", "aerodrome"))
        return PoiClass{"airport", 1};
    const auto tourism = tag(tags, "tourism");
    if (tourism == "hotel" || tourism == "hostel" || tourism == "guest_house" || tourism == "chalet")
        return PoiClass{"hotel", 5};
    if (tourism == "museum" || tourism == "camp_site" || tourism == "alpine_hut" || tourism == "zoo")
        return PoiClass{std::string(tourism), 4};
    if (tagIs(tags, "historic", "castle"))
        return PoiClass{"castle", 2};
    if (tagIs(tags, "shop", "supermarket") || tagIs(tags, "shop", "mall"))
        return PoiClass{"supermarket", 5};
    if (tagIs(tags, "man_made", "water_works") || tagIs(tags, "man_made", "wastewater_plant"))
        return PoiClass{"works", 4};
    if (tagIs(tags, "power", "substation") || tagIs(tags, "power", "plant"))
        return PoiClass{"power", 4};
    return std::nullopt;
}

int placeRank(std::string_view cls) {
    static constexpr std::array<std::pair<std::string_view, int>, 13> ranks{{{"city", 1},
                                                                             {"town", 2},
                                                                             {"village", 3},
                                                                             {"suburb", 4},
                                                                             {"quarter", 5},
                                                                             {"hamlet", 5},
                                                                             {"neighbourhood", 6},
                                                                             {"isolated_dwelling", 7},
                                                                             {"farm", 7},
                                                                             {"island", 6},
                                                                             {"islet", 8},
                                                                             {"square", 7},
                                                                             {"locality", 9}}};
    for (const auto& [word, rank] : ranks)
        if (word == cls)
            return rank;
    return 0;
}

std::string facilityKind(const osmium::TagList& tags) {
    static constexpr std::array<Pair, 17> amenities{{{"fire_station", "fire_station"},
                                                     {"hospital", "hospital"},
                                                     {"clinic", "clinic"},
                                                     {"doctors", "doctors"},
                                                     {"police", "police"},
                                                     {"townhall", "townhall"},
                                                     {"school", "school"},
                                                     {"college", "school"},
                                                     {"university", "university"},
                                                     {"kindergarten", "kindergarten"},
                                                     {"community_centre", "hall"},
                                                     {"public_building", "hall"},
                                                     {"social_facility", "care"},
                                                     {"nursing_home", "care"},
                                                     {"ambulance_station", "ambulance_station"},
                                                     {"pharmacy", "pharmacy"},
                                                     {"prison", "prison"}}};
    if (auto word = lookUp(amenities, tag(tags, "amenity")); !word.empty())
        return word;
    const auto emergency = tag(tags, "emergency");
    if (emergency == "ambulance_station" || emergency == "fire_station")
        return std::string(emergency);
    if (emergency == "water_rescue" || emergency == "mountain_rescue" || emergency == "disaster_help_point")
        return std::string(emergency);
    if (emergency == "assembly_point")
        return "assembly_point";
    if (tagIs(tags, "aeroway", "helipad"))
        return "helipad";
    const auto leisure = tag(tags, "leisure");
    if (leisure == "sports_centre" || leisure == "sports_hall")
        return "sports_hall";
    return {};
}

double maxSpeedKmh(std::string_view text) {
    if (text == "none")
        return 120;
    if (text == "walk")
        return 7;
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || !(value > 0) || value > 400)
        return 0;
    std::string_view rest(end, static_cast<std::size_t>(text.data() + text.size() - end));
    while (!rest.empty() && rest.front() == ' ')
        rest.remove_prefix(1);
    if (rest == "mph")
        return value * 1.609344;
    if (rest == "knots")
        return value * 1.852;
    return rest.empty() || rest == "km/h" || rest == "kmh" || rest == "kph" || rest.front() == ';' ? value : 0;
}

std::int64_t wholeNumber(std::string_view text, std::int64_t lowest, std::int64_t highest, std::int64_t otherwise) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end == text.data() || value < lowest || value > highest)
        return otherwise;
    return value;
}

Driving drivingOf(const osmium::TagList& tags, const RoadClass& road) {
    Driving d;
    static constexpr std::array<std::string_view, 4> welcomed{"yes", "designated", "official", "permissive"};
    const bool emergency = isOneOf(tag(tags, "emergency"), welcomed);
    const bool motor =
        emergency || isOneOf(tag(tags, "motor_vehicle"), welcomed) || isOneOf(tag(tags, "motorcar"), welcomed);
    static constexpr std::array<std::string_view, 3> narrow{"path", "footway", "cycleway"};
    if (road.cls == "steps" || (isOneOf(road.cls, narrow) && !motor))
        return d;
    if (tagIs(tags, "access", "no") && !motor && tag(tags, "vehicle") != "yes")
        return d;
    if (tagIs(tags, "emergency", "no") || tagIs(tags, "area", "yes") || tagIs(tags, "indoor", "yes"))
        return d;
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
    if (const double limit = maxSpeedKmh(tag(tags, "maxspeed")); limit > 0) {
        // The limit tells what the road is built for; junctions and bends keep the mean below it.
        const double mean = limit * 0.85;
        kmh = road.cls == "track" || road.cls == "service" ? std::min(kmh, mean) : mean;
    }
    static constexpr std::array<std::string_view, 6> loose{"gravel",      "unpaved",     "compacted",
                                                           "fine_gravel", "pebblestone", "cobblestone"};
    static constexpr std::array<std::string_view, 8> soft{"ground", "dirt", "earth", "grass",
                                                          "sand",   "mud",  "clay",  "wood"};
    const auto surface = tag(tags, "surface");
    if (road.cls != "track") {
        if (isOneOf(surface, loose))
            kmh = std::min(kmh * 0.7, 40.0);
        else if (isOneOf(surface, soft))
            kmh = std::min(kmh * 0.5, 20.0);
    } else if (isOneOf(surface, soft)) {
        kmh = std::min(kmh, 10.0);
    }
    d.kmh = std::clamp(kmh, 4.0, 130.0);
    d.usable = true;

    const auto oneway = tag(tags, "oneway");
    const bool exempt = tagIs(tags, "oneway:emergency", "no");
    if (exempt || oneway == "no" || oneway == "0" || oneway == "false")
        return d;
    if (oneway == "-1" || oneway == "reverse") {
        d.forward = false;
    } else if (oneway == "yes" || oneway == "1" || oneway == "true") {
        d.backward = false;
    } else if (oneway == "reversible" || oneway == "alternating") {
        return d;
    } else if (tagIs(tags, "junction", "roundabout") || tagIs(tags, "junction", "circular") || road.cls == "motorway") {
        d.backward = false;
    }
    return d;
}

bool blocksVehicles(const osmium::TagList& tags) {
    static constexpr std::array<std::string_view, 11> hard{"block",
                                                           "jersey_barrier",
                                                           "log",
                                                           "debris",
                                                           "turnstile",
                                                           "stile",
                                                           "kissing_gate",
                                                           "cycle_barrier",
                                                           "motorcycle_barrier",
                                                           "full-height_turnstile",
                                                           "planter"};
    const auto barrier = tag(tags, "barrier");
    if (barrier.empty() || tagIs(tags, "emergency", "yes") || tagIs(tags, "motor_vehicle", "yes"))
        return false;
    if (barrier == "bollard") {
        const auto kind = tag(tags, "bollard");
        return kind != "removable" && kind != "rising" && kind != "foldable" && kind != "flexible";
    }
    return isOneOf(barrier, hard);
}

} // namespace tocsin::county
