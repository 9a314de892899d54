#pragma once

#include "county/map_features.hpp"

#include <osmium/handler.hpp>
#include <osmium/osm/area.hpp>
#include <osmium/osm/node.hpp>
#include <osmium/osm/relation.hpp>
#include <osmium/osm/way.hpp>
#include <unordered_map>

namespace tocsin::county {

/// The administrative level of each way that is part of a boundary, whole or not: the lowest number wins.
using BoundaryWays = std::unordered_map<osmium::object_id_type, int>;

/// First pass, relations only: whose ways are boundaries, and the turn restrictions.
class RelationScan : public osmium::handler::Handler {
  public:
    RelationScan(BoundaryWays& ways, MapFeatures& features) : m_ways(ways), m_features(features) {}
    void relation(const osmium::Relation& relation);

  private:
    BoundaryWays& m_ways;
    MapFeatures& m_features;
};

/// Second pass: nodes and ways (with their locations filled in), and the areas made of them.
class FeatureCollector : public osmium::handler::Handler {
  public:
    FeatureCollector(MapFeatures& features, const BoundaryWays& boundaryWays)
        : m_features(features), m_boundaryWays(boundaryWays) {}

    void node(const osmium::Node& node);
    void way(const osmium::Way& way);
    void relation(const osmium::Relation&) { ++m_features.relations; }
    void area(const osmium::Area& area);
    /// The shape of a relation that lacks members, made of those of its rings that are whole.
    void takeArea(const osmium::OSMObject& object, bool fromWay, std::int64_t id, AreaShape shape);

  private:
    void takePoint(const osmium::OSMObject& object, osmium::Location at, double squareMetres, const char* type,
                   std::int64_t id);
    void takeFacility(std::string kind, Names names, const osmium::OSMObject& object, osmium::Location at,
                      double squareMetres, const char* type, std::int64_t id);
    void takeLineFacility(const osmium::Way& way, const Points& points, const LineFeature& line,
                          const std::string& road);
    void takeLine(const osmium::Way& way, const Points& points, const std::vector<std::int64_t>& ids);

    MapFeatures& m_features;
    const BoundaryWays& m_boundaryWays;
};

/// Square metres of a shape, holes taken off.
[[nodiscard]] double areaOf(const AreaShape& shape);
/// A point to stand for the shape: the middle of its outer ring's box if that lies inside, else its first corner.
[[nodiscard]] osmium::Location pointOf(const AreaShape& shape);
[[nodiscard]] bool shapeContains(const AreaShape& shape, osmium::Location at);

} // namespace tocsin::county
