#include "county/osm_handlers.hpp"

#include "county/osm_driving.hpp"
#include "county/osm_limits.hpp"
#include "county/osm_tags.hpp"
#include "county/osm_turns.hpp"
#include "tocsin/geo/measure.hpp"

#include <algorithm>
#include <cstring>
#include <numeric>
#include <optional>

namespace tocsin::county {
namespace {

/// Even–odd test over the fixed-point coordinates.
bool ringContains(const Points& ring, osmium::Location p) {
    bool inside = false;
    const double px = p.x();
    const double py = p.y();
    for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
        const double yi = ring[i].y();
        const double yj = ring[j].y();
        if ((yi > py) == (yj > py))
            continue;
        const double xi = ring[i].x();
        const double xj = ring[j].x();
        if (px < (xj - xi) * (py - yi) / (yj - yi) + xi)
            inside = !inside;
    }
    return inside;
}

double ringArea(const Points& ring) {
    model::Line line;
    line.reserve(ring.size());
    for (const auto& p : ring)
        line.push_back(model::Position::trusted(p.lat_without_check(), p.lon_without_check()));
    return geo::area(line).value;
}

double metresOf(const Points& points) {
    double metres = 0;
    for (std::size_t i = 1; i < points.size(); ++i)
        metres += geo::distance(
                      model::Position::trusted(points[i - 1].lat_without_check(), points[i - 1].lon_without_check()),
                      model::Position::trusted(points[i].lat_without_check(), points[i].lon_without_check()))
                      .value;
    return metres;
}

int adminLevel(const osmium::TagList& tags) {
    return tagIs(tags, "boundary", "administrative") ? static_cast<int>(wholeNumber(tag(tags, "admin_level"), 1, 12, 0))
                                                     : 0;
}

double elevationOf(const osmium::TagList& tags) {
    return static_cast<double>(wholeNumber(tag(tags, "ele"), -500, 9000, 0));
}

template <typename Ring>
Points pointsOf(const Ring& ring) {
    Points points;
    points.reserve(ring.size());
    for (const auto& node : ring)
        if (node.location().valid() && (points.empty() || points.back() != node.location()))
            points.push_back(node.location());
    // A ring that lost corners at the extract's edge is closed across the gap.
    if (points.size() >= 3 && points.front() != points.back())
        points.push_back(points.front());
    return points;
}

} // namespace

double areaOf(const AreaShape& shape) {
    double sum = 0;
    for (const auto& polygon : shape) {
        sum += ringArea(polygon.outer);
        for (const auto& hole : polygon.inner)
            sum -= ringArea(hole);
    }
    return std::max(sum, 0.0);
}

bool shapeContains(const AreaShape& shape, osmium::Location at) {
    return std::any_of(shape.begin(), shape.end(), [&](const PolygonShape& polygon) {
        return ringContains(polygon.outer, at) &&
               std::none_of(polygon.inner.begin(), polygon.inner.end(),
                            [&](const Points& hole) { return ringContains(hole, at); });
    });
}

osmium::Location pointOf(const AreaShape& shape) {
    const PolygonShape* largest = nullptr;
    for (const auto& polygon : shape)
        if (!largest || polygon.outer.size() > largest->outer.size())
            largest = &polygon;
    if (!largest || largest->outer.empty())
        return osmium::Location();
    std::int64_t west = largest->outer[0].x();
    std::int64_t east = west;
    std::int64_t south = largest->outer[0].y();
    std::int64_t north = south;
    for (const auto& p : largest->outer) {
        west = std::min<std::int64_t>(west, p.x());
        east = std::max<std::int64_t>(east, p.x());
        south = std::min<std::int64_t>(south, p.y());
        north = std::max<std::int64_t>(north, p.y());
    }
    const osmium::Location middle(static_cast<std::int32_t>((west + east) / 2),
                                  static_cast<std::int32_t>((south + north) / 2));
    return shapeContains({*largest}, middle) ? middle : largest->outer.front();
}

void RelationScan::relation(const osmium::Relation& relation) {
    takeTurnRule(relation, m_features);
    const int level = adminLevel(relation.tags());
    if (level == 0)
        return;
    for (const auto& member : relation.members()) {
        if (member.type() != osmium::item_type::way)
            continue;
        const auto [entry, fresh] = m_ways.try_emplace(member.ref(), level);
        if (!fresh)
            entry->second = std::min(entry->second, level);
    }
}

void FeatureCollector::node(const osmium::Node& node) {
    ++m_features.nodes;
    const auto at = node.location();
    if (!at.valid())
        return;
    auto& sw = m_features.southWest;
    auto& ne = m_features.northEast;
    sw.set_x(std::min(sw.x(), at.x()));
    sw.set_y(std::min(sw.y(), at.y()));
    ne.set_x(std::max(ne.x(), at.x()));
    ne.set_y(std::max(ne.y(), at.y()));
    if (node.tags().empty())
        return;
    if (blocksVehicles(node.tags()))
        m_features.blockedNodes.push_back(node.id());
    takePoint(node, at, 0, "node", node.id());
}

void FeatureCollector::takePoint(const osmium::OSMObject& object, osmium::Location at, double squareMetres,
                                 const char* type, std::int64_t id) {
    const auto& tags = object.tags();
    const Names names = namesOf(tags);
    if (const auto place = tag(tags, "place"); !place.empty() && !names.name.empty()) {
        if (const int rank = placeRank(place); rank > 0)
            m_features.places.push_back({std::string(place), names, at,
                                         wholeNumber(tag(tags, "population"), 0, 100'000'000, 0), rank,
                                         !tag(tags, "capital").empty() && tag(tags, "capital") != "no"});
    }
    if (const auto poi = poiClass(tags); poi && (!names.name.empty() || poi->rank <= 2))
        m_features.pois.push_back({poi->cls, names, at, poi->rank, elevationOf(tags)});
    if (auto kind = facilityKind(tags); !kind.empty())
        takeFacility(std::move(kind), names, object, at, squareMetres, type, id);
    const auto number = tag(tags, "addr:housenumber");
    auto street = tag(tags, "addr:street");
    if (street.empty())
        street = tag(tags, "addr:place");
    if (!number.empty() && !street.empty())
        m_features.addresses.push_back({Names{std::string(street) + ' ' + std::string(number), {}, {}}, at});
}

void FeatureCollector::takeFacility(std::string kind, Names names, const osmium::OSMObject& object, osmium::Location at,
                                    double squareMetres, const char* type, std::int64_t id) {
    const auto& tags = object.tags();
    auto phone = tag(tags, "phone");
    if (phone.empty())
        phone = tag(tags, "contact:phone");
    m_features.facilities.push_back({std::move(kind), std::move(names), at,
                                     std::string("osm ") + type + ' ' + std::to_string(id), std::string(phone),
                                     squareMetres,
                                     static_cast<int>(wholeNumber(tag(tags, "beds"), 0, 100'000,
                                                                  wholeNumber(tag(tags, "capacity"), 0, 100'000, 0)))});
}

/// What is worth protecting and drawn as a line: a dam that is no area, a bridge with a name of its own or of a road
/// that carries more than local traffic.
void FeatureCollector::takeLineFacility(const osmium::Way& way, const Points& points, const LineFeature& line,
                                        const std::string& road) {
    const auto& tags = way.tags();
    const auto middle = points[points.size() / 2];
    if (tagIs(tags, "waterway", "dam") && points.front() != points.back()) // a closed one comes as an area
        takeFacility("dam", line.names, way, middle, 0, "way", way.id());
    if (!line.bridge)
        return;
    const std::string own = bridgeName(tags);
    if (own.empty() && roadRank(road) < roadRank("secondary"))
        return;
    Names names = line.names;
    if (!own.empty() && own != names.name)
        names = {own, {}, {}};
    if (names.name.empty())
        names.name = tag(tags, "ref");
    const osmium::Location half(std::midpoint(points.front().x(), points.back().x()),
                                std::midpoint(points.front().y(), points.back().y()));
    takeFacility("bridge", std::move(names), way, points.size() == 2 ? half : middle, 0, "way", way.id());
}

void FeatureCollector::way(const osmium::Way& way) {
    ++m_features.ways;
    // Pieces between nodes that the extract has: a road is not thrown away because its far end was cut off.
    Points points;
    std::vector<std::int64_t> ids;
    bool cut = false;
    for (const auto& node : way.nodes()) {
        if (node.location().valid()) {
            if (points.empty() || points.back() != node.location()) {
                points.push_back(node.location());
                ids.push_back(node.ref());
            }
            continue;
        }
        cut = true;
        takeLine(way, points, ids);
        points.clear();
        ids.clear();
    }
    takeLine(way, points, ids);
    if (cut)
        ++m_features.cutWays;
}

void FeatureCollector::takeLine(const osmium::Way& way, const Points& points, const std::vector<std::int64_t>& ids) {
    if (points.size() < 2)
        return;
    const auto& tags = way.tags();
    const auto boundary = m_boundaryWays.find(way.id());
    int level = adminLevel(tags);
    if (boundary != m_boundaryWays.end())
        level = level == 0 ? boundary->second : std::min(level, boundary->second);
    if (level > 0) {
        LineFeature line;
        line.names = namesOf(tags);
        line.points = points;
        line.layer = level;
        m_features.boundaryLines.push_back(std::move(line));
    }
    if (tags.empty())
        return;
    LineFeature line;
    line.names = namesOf(tags);
    line.bridge = !tag(tags, "bridge").empty() && tag(tags, "bridge") != "no";
    line.tunnel = !tag(tags, "tunnel").empty() && tag(tags, "tunnel") != "no";
    line.layer = static_cast<int>(wholeNumber(tag(tags, "layer"), -5, 5, line.bridge ? 1 : line.tunnel ? -1 : 0));
    auto road = tag(tags, "area") == "yes" ? std::nullopt : roadClass(tags);
    takeLineFacility(way, points, line, road && !road->link ? road->cls : std::string());
    if (road) {
        RoadFeature feature;
        feature.driving = drivingOf(tags, *road);
        if (road->cls == "ferry")
            feature.driving.kmh = ferryKmh(tags, metresOf(points));
        feature.traits = traitsOf(tags, *road);
        feature.traits.bridge = line.bridge;
        feature.traits.tunnel = line.tunnel;
        feature.wayId = way.id();
        line.cls = road->cls;
        line.points = points;
        feature.line = std::move(line);
        feature.link = road->link;
        feature.ref = tag(tags, "ref");
        feature.surface = tag(tags, "surface");
        feature.nodeIds = ids;
        m_features.roads.push_back(std::move(feature));
        return;
    }
    if (auto water = waterLineClass(tags); !water.empty()) {
        line.cls = std::move(water);
        line.points = points;
        m_features.waterLines.push_back(std::move(line));
        return;
    }
    if (auto rail = railwayClass(tags); !rail.empty()) {
        line.cls = std::move(rail);
        line.points = points;
        m_features.railways.push_back(std::move(line));
    }
}

void FeatureCollector::area(const osmium::Area& area) {
    AreaShape shape;
    for (const auto& outer : area.outer_rings()) {
        PolygonShape polygon;
        polygon.outer = pointsOf(outer);
        if (polygon.outer.size() < 4)
            continue;
        for (const auto& inner : area.inner_rings(outer))
            if (auto ring = pointsOf(inner); ring.size() >= 4)
                polygon.inner.push_back(std::move(ring));
        shape.push_back(std::move(polygon));
    }
    takeArea(area, area.from_way(), area.orig_id(), std::move(shape));
}

void FeatureCollector::takeArea(const osmium::OSMObject& object, bool fromWay, std::int64_t id, AreaShape shape) {
    const auto& tags = object.tags();
    if (shape.empty() || tags.empty() || tagIs(tags, "area", "no"))
        return;
    const double squareMetres = areaOf(shape);
    const Names names = namesOf(tags);
    if (const int level = adminLevel(tags); level > 0 && !fromWay)
        m_features.boundaries.push_back({level, names, id, shape, squareMetres});
    takePoint(object, pointOf(shape), squareMetres, fromWay ? "way" : "relation", id);
    if (auto cls = buildingClass(tags); !cls.empty()) {
        m_features.buildings.push_back({std::move(cls), names, std::move(shape), squareMetres});
        return;
    }
    // A closed road or stream is a line, unless it says that it is an area.
    if (!tag(tags, "highway").empty())
        return;
    if (auto cls = waterAreaClass(tags); !cls.empty()) {
        m_features.waterAreas.push_back({std::move(cls), names, std::move(shape), squareMetres});
        return;
    }
    if (auto cls = landuseClass(tags); !cls.empty())
        m_features.landuse.push_back({std::move(cls), names, std::move(shape), squareMetres});
}

} // namespace tocsin::county
