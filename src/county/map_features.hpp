#pragma once

#include "tocsin/base/text.hpp"
#include "tocsin/route/road_traits.hpp"

#include <cstddef>
#include <cstdint>
#include <osmium/osm/location.hpp>
#include <string>
#include <vector>

namespace tocsin::county {

/// Eight bytes a point: a county has millions.
using Points = std::vector<osmium::Location>;

struct Names {
    std::string name;
    std::string zh;
    std::string en;
};

struct PolygonShape {
    Points outer;
    std::vector<Points> inner;
};
using AreaShape = std::vector<PolygonShape>;

struct AreaFeature {
    std::string cls;
    Names names;
    AreaShape shape;
    double squareMetres{0};
};

struct LineFeature {
    std::string cls;
    Names names;
    Points points;
    bool bridge{false};
    bool tunnel{false};
    int layer{0};
};

/// How a road may be driven by an emergency vehicle.
struct Driving {
    bool usable{false};
    bool forward{true};
    bool backward{true};
    double kmh{0};
};

struct RoadFeature {
    LineFeature line;
    std::string ref;
    std::string surface;
    bool link{false};
    Driving driving;
    route::RoadTraits traits;
    std::int64_t wayId{0};
    std::vector<std::int64_t> nodeIds; ///< parallel to line.points
    int routable{0};                   ///< 1 in the main network, 2 drivable but cut off from it, 0 not drivable
};

/// A turn that may not be made ("no"), or the only one that may, by the map's ids.
struct TurnRule {
    std::vector<std::int64_t> from; ///< ways
    std::int64_t viaNode{0};        ///< where there are no viaWays
    std::vector<std::int64_t> viaWays;
    std::vector<std::int64_t> to; ///< ways
    bool only{false};
    bool back{false}; ///< turning round is what is forbidden
};

struct PlaceFeature {
    std::string cls;
    Names names;
    osmium::Location at;
    std::int64_t population{0};
    int rank{9};
    bool capital{false}; ///< of whatever level
};

struct PoiFeature {
    std::string cls;
    Names names;
    osmium::Location at;
    int rank{5};
    double elevation{0};
};

struct AddressFeature {
    Names names; ///< "Städtle 12"
    osmium::Location at;
};

struct FacilityFeature {
    std::string kind;
    Names names;
    osmium::Location at;
    std::string origin; ///< "osm node 12"
    std::string phone;
    double squareMetres{0};
    int capacity{0};
};

struct BoundaryFeature {
    int level{0};
    Names names;
    std::int64_t id{0};
    AreaShape shape;
    double squareMetres{0};
};

/// Everything that an extract gave, before it is written.
struct MapFeatures {
    std::vector<AreaFeature> waterAreas;
    std::vector<LineFeature> waterLines;
    std::vector<AreaFeature> landuse;
    std::vector<AreaFeature> buildings;
    std::vector<RoadFeature> roads;
    std::vector<LineFeature> railways;
    std::vector<LineFeature> boundaryLines; ///< layer = admin_level
    std::vector<BoundaryFeature> boundaries;
    std::vector<PlaceFeature> places;
    std::vector<PoiFeature> pois;
    std::vector<AddressFeature> addresses;
    std::vector<FacilityFeature> facilities;
    std::vector<TurnRule> turnRules;
    std::vector<std::int64_t> blockedNodes; ///< sorted: no vehicle passes these
    int county{-1};                         ///< index of the county's own boundary; -1: unknown
    osmium::Location southWest{180.0, 90.0};
    osmium::Location northEast{-180.0, -90.0};
    std::size_t nodes{0};
    std::size_t ways{0};
    std::size_t relations{0};
    std::size_t cutWays{0};
    std::size_t incompleteAreas{0};
    std::size_t conditionalTurns{0}; ///< turn rules of certain hours only, which are not looked at
    std::size_t skippedTurns{0};     ///< turn rules that are not understood
};

} // namespace tocsin::county
