#include "county/facility_resources.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>

namespace tocsin::county {
namespace {

struct Kind {
    std::string_view map; ///< the facility's kind
    model::ResourceKind kind;
    std::string_view code;
    std::string_view english; ///< for those without a name, before the place
    std::string_view chinese; ///< after the place
};

constexpr std::array<Kind, 16> kinds{{
    {"fire-station", model::ResourceKind::station, "fire-station", "Fire station", "消防站"},
    {"ambulance-station", model::ResourceKind::station, "ambulance-station", "Ambulance station", "急救站"},
    {"mountain-rescue", model::ResourceKind::station, "mountain-rescue", "Mountain rescue post", "山地救援站"},
    {"water-rescue", model::ResourceKind::station, "water-rescue", "Water rescue post", "水上救援站"},
    {"police", model::ResourceKind::station, "police", "Police station", "警察局"},
    {"townhall", model::ResourceKind::station, "townhall", "Town hall", "市镇政府"},
    {"helipad", model::ResourceKind::station, "helipad", "Helipad", "直升机停机坪"},
    {"hospital", model::ResourceKind::hospital, "hospital", "Hospital", "医院"},
    {"clinic", model::ResourceKind::hospital, "clinic", "Clinic", "诊所"},
    {"school", model::ResourceKind::shelter, "school", "School", "学校"},
    {"university", model::ResourceKind::shelter, "university", "University", "大学"},
    {"community-centre", model::ResourceKind::shelter, "hall", "Public hall", "公共礼堂"},
    {"sports-hall", model::ResourceKind::shelter, "sports-hall", "Sports hall", "体育馆"},
    {"stadium", model::ResourceKind::shelter, "stadium", "Stadium", "体育场"},
    {"shelter", model::ResourceKind::shelter, "shelter", "Shelter", "避难场所"},
    {"assembly-point", model::ResourceKind::shelter, "assembly-point", "Assembly point", "应急集合点"},
}};

int shelterPlaces(const MapFacility& f) {
    if (f.capacity > 0)
        return f.capacity;
    if (f.squareMetres <= 0)
        return 100;
    // DOMAIN: Sphere's 3.5 m² a person; corridors, walls and yards take the rest.
    return std::clamp(static_cast<int>(std::lround(f.squareMetres / 3.0 / 3.5 / 10) * 10), 40, 800);
}

} // namespace

bool actsAsResource(std::string_view kind) {
    return std::any_of(kinds.begin(), kinds.end(), [&](const Kind& k) { return k.map == kind; });
}

std::vector<model::Resource> facilityResources(const std::vector<MapFacility>& facilities, base::IdSource& ids,
                                               base::Time now) {
    std::vector<model::Resource> out;
    std::map<std::string, int> unnamed;
    for (const auto& f : facilities) {
        const auto kind = std::find_if(kinds.begin(), kinds.end(), [&](const Kind& k) { return k.map == f.kind; });
        if (kind == kinds.end() || !f.inside)
            continue;
        model::Resource r;
        r.id = ids.make<model::ResourceId>();
        r.kind = kind->kind;
        r.code = kind->code;
        r.name = f.name;
        if (r.name.empty()) {
            const int number = ++unnamed[f.kind + '/' + f.place.text];
            const std::string suffix = number > 1 ? ' ' + std::to_string(number) : "";
            r.name.text = std::string(kind->english) + (f.place.empty() ? "" : ' ' + f.place.text) + suffix;
            r.name.translations["zh_CN"] = f.place.in("zh_CN") + std::string(kind->chinese) + suffix;
        }
        r.owner = f.place;
        r.phone = f.phone;
        r.position = f.at;
        r.home = f.at;
        r.place = f.place;
        r.positionTime = now;
        r.origin = f.origin;
        r.speedFactor = 0;
        if (r.kind == model::ResourceKind::shelter)
            r.capacity = shelterPlaces(f);
        else if (r.kind == model::ResourceKind::hospital)
            r.capacity = f.capacity;
        out.push_back(std::move(r));
    }
    return out;
}

} // namespace tocsin::county
