#include "county/vector_geometry.hpp"

#include "tocsin/geo/datum.hpp"

#include <algorithm>
#include <cmath>

namespace tocsin::county {
namespace {

/// The least and greatest latitude that EPSG:3857 shows; what lies beyond is drawn on its edge.
constexpr double edge = 85.05;

using Shape = std::unique_ptr<OGRGeometry>;

/// The parts of a shape by kind; a collection has several.
void sortParts(const OGRGeometry& shape, OGRMultiPoint& points, OGRMultiLineString& lines, OGRMultiPolygon& areas) {
    switch (wkbFlatten(shape.getGeometryType())) {
    case wkbPoint:
        points.addGeometry(&shape);
        break;
    case wkbLineString:
        lines.addGeometry(&shape);
        break;
    case wkbPolygon:
    case wkbTriangle:
        areas.addGeometry(&shape);
        break;
    default:
        if (const auto* many = dynamic_cast<const OGRGeometryCollection*>(&shape))
            for (int i = 0; i < many->getNumGeometries(); ++i)
                sortParts(*many->getGeometryRef(i), points, lines, areas);
    }
}

} // namespace

const char* toString(ShapeKind kind) {
    return kind == ShapeKind::point ? "point" : kind == ShapeKind::line ? "line" : "polygon";
}

ShapeConverter::ShapeConverter(const OGRSpatialReference& from, model::Datum datum) : m_datum(datum) {
    OGRSpatialReference source(from);
    source.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    const OGRSpatialReference degrees = epsg(4326);
    const OGRSpatialReference mercator = epsg(3857);
    if (!source.IsSame(&degrees)) {
        m_toDegrees.reset(OGRCreateCoordinateTransformation(&source, &degrees));
        if (!m_toDegrees)
            refuse(base::Code::malformed, "there is no way from the layer's reference to WGS-84");
    }
    m_toMercator.reset(OGRCreateCoordinateTransformation(&degrees, &mercator));
    if (!m_toMercator)
        refuse(base::Code::internal, "the projection database is damaged");
}

ShapeConverter::~ShapeConverter() = default;

/// Why it cannot be; empty when it was done.
std::string ShapeConverter::toMercator(OGRGeometry& geometry) const {
    class Visitor : public OGRDefaultGeometryVisitor {
      public:
        explicit Visitor(const ShapeConverter& converter) : m_converter(converter) {}
        using OGRDefaultGeometryVisitor::visit;
        void visit(OGRPoint* p) override {
            if (!fault.empty() || p->IsEmpty())
                return;
            double x = p->getX();
            double y = p->getY();
            if (!std::isfinite(x) || !std::isfinite(y)) {
                fault = "a coordinate is not a number";
                return;
            }
            if (m_converter.m_toDegrees && !m_converter.m_toDegrees->Transform(1, &x, &y)) {
                fault = "a coordinate is outside what its reference covers";
                return;
            }
            const auto place = geo::normalise({y, x, m_converter.m_datum});
            if (!place) {
                fault = "a coordinate is not on earth";
                return;
            }
            x = place->longitude();
            y = std::clamp(place->latitude(), -edge, edge);
            if (!m_converter.m_toMercator->Transform(1, &x, &y)) {
                fault = "a coordinate cannot be shown";
                return;
            }
            p->setX(x);
            p->setY(y);
        }
        void visit(OGRLineString* line) override {
            OGRPoint p;
            for (int i = 0; i < line->getNumPoints() && fault.empty(); ++i) {
                line->getPoint(i, &p);
                visit(&p);
                line->setPoint(i, p.getX(), p.getY());
            }
        }
        void visit(OGRLinearRing* ring) override { visit(static_cast<OGRLineString*>(ring)); }
        std::string fault;

      private:
        const ShapeConverter& m_converter;
    };
    Visitor visitor(*this);
    geometry.accept(&visitor);
    return visitor.fault;
}

ShapeConverter::Made ShapeConverter::convert(const OGRGeometry& geometry) const {
    Made made;
    Shape shape(geometry.hasCurveGeometry() ? geometry.getLinearGeometry() : geometry.clone());
    if (!shape || shape->IsEmpty()) {
        made.fault = "it has no shape";
        return made;
    }
    shape->flattenTo2D();
    shape->closeRings();
    if (made.fault = toMercator(*shape); !made.fault.empty())
        return made;
    OGRMultiPoint points;
    OGRMultiLineString lines;
    OGRMultiPolygon areas;
    sortParts(*shape, points, lines, areas);
    if (!areas.IsEmpty()) {
        Shape area(areas.clone());
        if (!area->IsValid()) {
            made.repaired = true;
            const Shape mended(area->MakeValid());
            OGRMultiPoint otherPoints; // what MakeValid leaves of spikes and slivers
            OGRMultiLineString otherLines;
            auto kept = std::make_unique<OGRMultiPolygon>();
            if (mended)
                sortParts(*mended, otherPoints, otherLines, *kept);
            area = std::move(kept);
        }
        if (!area->IsEmpty())
            made.parts.emplace_back(ShapeKind::polygon, std::move(area));
    }
    Shape kept = std::make_unique<OGRMultiLineString>();
    for (const auto* line : lines)
        if (line->getNumPoints() >= 2 && line->get_Length() > 0)
            kept->toMultiLineString()->addGeometry(line);
    if (!kept->IsEmpty())
        made.parts.emplace_back(ShapeKind::line, std::move(kept));
    for (const auto* point : points)
        if (!point->IsEmpty())
            made.parts.emplace_back(ShapeKind::point, Shape(point->clone()));
    if (made.parts.empty())
        made.fault = made.repaired ? "its area cannot be repaired" : "nothing of it can be drawn";
    return made;
}

} // namespace tocsin::county
