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
    RoadClass road;
    if (highway.empty()) {
        static constexpr std::array<std::string_view, 4> taken{"yes", "designated", "permissive", "destination"};
        if (!tagIs(tags, "route", "ferry") ||
            !(isOneOf(tag(tags, "motor_vehicle"), taken) || isOneOf(tag(tags, "motorcar"), taken)))
            return std::nullopt;
        road.cls = "ferry";
        return road;
    }
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
    if (tagIs(tags, "disused", "yes") || tagIs(tags, "abandoned", "yes"))
        return {};
    static constexpr std::array<Pair, 18> amenities{{{"fire_station", "fire-station"},
                                                     {"hospital", "hospital"},
                                                     {"clinic", "clinic"},
                                                     {"doctors", "doctors"},
                                                     {"police", "police"},
                                                     {"townhall", "townhall"},
                                                     {"school", "school"},
                                                     {"college", "school"},
                                                     {"university", "university"},
                                                     {"kindergarten", "kindergarten"},
                                                     {"community_centre", "community-centre"},
                                                     {"public_building", "community-centre"},
                                                     {"nursing_home", "care"},
                                                     {"ambulance_station", "ambulance-station"},
                                                     {"pharmacy", "pharmacy"},
                                                     {"prison", "prison"},
                                                     {"fuel", "fuel"},
                                                     {"stadium", "stadium"}}};
    const auto amenity = tag(tags, "amenity");
    if (auto word = lookUp(amenities, amenity); !word.empty())
        return word;
    // Most of what is amenity=shelter is a bus stop's roof; only what says that people find refuge there counts.
    static constexpr std::array<std::string_view, 4> refuges{"emergency", "emergency_shelter", "disaster",
                                                             "evacuation"};
    if (amenity == "shelter" && isOneOf(tag(tags, "shelter_type"), refuges))
        return "shelter";
    if (amenity == "social_facility")
        return tagIs(tags, "social_facility", "shelter") ? "shelter" : "care";
    static constexpr std::array<Pair, 14> emergencies{{{"ambulance_station", "ambulance-station"},
                                                       {"fire_station", "fire-station"},
                                                       {"water_rescue", "water-rescue"},
                                                       {"lifeguard_base", "water-rescue"},
                                                       {"mountain_rescue", "mountain-rescue"},
                                                       {"disaster_help_point", "assembly-point"},
                                                       {"assembly_point", "assembly-point"},
                                                       {"shelter", "shelter"},
                                                       {"disaster_shelter", "shelter"},
                                                       {"evacuation_centre", "shelter"},
                                                       {"evacuation_center", "shelter"},
                                                       {"bomb_shelter", "shelter"},
                                                       {"landing_site", "helipad"},
                                                       {"siren", "siren"}}};
    if (auto word = lookUp(emergencies, tag(tags, "emergency")); !word.empty())
        return word;
    static constexpr std::array<Pair, 4> health{
        {{"hospital", "hospital"}, {"clinic", "clinic"}, {"doctor", "doctors"}, {"pharmacy", "pharmacy"}}};
    if (auto word = lookUp(health, tag(tags, "healthcare")); !word.empty())
        return word;
    const auto aeroway = tag(tags, "aeroway");
    if (aeroway == "helipad" || aeroway == "heliport")
        return "helipad";
    static constexpr std::array<Pair, 3> leisures{
        {{"sports_centre", "sports-hall"}, {"sports_hall", "sports-hall"}, {"stadium", "stadium"}}};
    if (auto word = lookUp(leisures, tag(tags, "leisure")); !word.empty())
        return word;
    if (tagIs(tags, "waterway", "dam"))
        return "dam";
    if (tagIs(tags, "man_made", "bridge") && !(tag(tags, "name").empty() && tag(tags, "bridge:name").empty()))
        return "bridge";
    const auto power = tag(tags, "power");
    if (power == "plant")
        return "power-plant";
    // The cabinet at the street's corner is no object of its own.
    if ((power == "substation" || power == "sub_station") && !tagIs(tags, "substation", "minor_distribution") &&
        !tagIs(tags, "location", "kiosk") && !tagIs(tags, "location", "underground"))
        return "substation";
    static constexpr std::array<Pair, 3> buildings{
        {{"fire_station", "fire-station"}, {"stadium", "stadium"}, {"hospital", "hospital"}}};
    return lookUp(buildings, tag(tags, "building"));
}

std::string bridgeName(const osmium::TagList& tags) {
    const auto own = tag(tags, "bridge:name");
    return std::string(own.empty() && tagIs(tags, "man_made", "bridge") ? tag(tags, "name") : own);
}

std::int64_t wholeNumber(std::string_view text, std::int64_t lowest, std::int64_t highest, std::int64_t otherwise) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end == text.data() || value < lowest || value > highest)
        return otherwise;
    return value;
}

} // namespace tocsin::county
