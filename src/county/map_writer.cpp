#include "county/map_writer.hpp"

#include "county/osm_tags.hpp"

#include <algorithm>
#include <cmath>
#include <cpl_conv.h>
#include <cpl_error.h>
#include <gdal_priv.h>
#include <initializer_list>
#include <memory>
#include <mutex>
#include <numbers>
#include <ogrsf_frmts.h>
#include <utility>

namespace tocsin::county {
namespace {

struct Stop {
    base::Code code;
    std::string message;
};

[[noreturn]] void giveUp(const std::string& what) {
    const char* why = CPLGetLastErrorMsg();
    throw Stop{base::Code::storage, why && *why ? what + ": " + why : what};
}

constexpr double earthRadius = 6378137.0; // EPSG:3857

double mercatorX(osmium::Location p) {
    return p.lon_without_check() * std::numbers::pi / 180 * earthRadius;
}
double mercatorY(osmium::Location p) {
    const double latitude = std::clamp(p.lat_without_check(), -85.05, 85.05) * std::numbers::pi / 180;
    return std::log(std::tan(std::numbers::pi / 4 + latitude / 2)) * earthRadius;
}

void fill(OGRSimpleCurve& line, const Points& points) {
    line.setNumPoints(static_cast<int>(points.size()), FALSE);
    for (std::size_t i = 0; i < points.size(); ++i)
        line.setPoint(static_cast<int>(i), mercatorX(points[i]), mercatorY(points[i]));
}

std::unique_ptr<OGRGeometry> geometryOf(const Points& points) {
    auto line = std::make_unique<OGRLineString>();
    fill(*line, points);
    return line;
}

std::unique_ptr<OGRGeometry> geometryOf(osmium::Location at) {
    return std::make_unique<OGRPoint>(mercatorX(at), mercatorY(at));
}

std::unique_ptr<OGRGeometry> geometryOf(const AreaShape& shape) {
    auto area = std::make_unique<OGRMultiPolygon>();
    for (const auto& polygon : shape) {
        auto made = std::make_unique<OGRPolygon>();
        auto addRing = [&](const Points& points) {
            auto ring = std::make_unique<OGRLinearRing>();
            fill(*ring, points);
            made->addRingDirectly(ring.release());
        };
        addRing(polygon.outer);
        for (const auto& hole : polygon.inner)
            addRing(hole);
        area->addGeometryDirectly(made.release());
    }
    return area;
}

struct Field {
    const char* name;
    OGRFieldType type{OFTString};
};

/// One layer being written.
class Layer {
  public:
    Layer(GDALDataset& set, const char* name, OGRwkbGeometryType type, const OGRSpatialReference& reference,
          std::initializer_list<Field> fields) {
        const char* options[] = {"GEOMETRY_NAME=geom", "FID=fid", "SPATIAL_INDEX=YES", nullptr};
        // GDAL 3.6 takes the reference and the options without const, and changes neither.
        m_layer =
            set.CreateLayer(name, const_cast<OGRSpatialReference*>(&reference), type, const_cast<char**>(options));
        if (!m_layer)
            giveUp(std::string("cannot make the map's layer ") + name);
        for (const auto& field : fields) {
            OGRFieldDefn definition(field.name, field.type);
            if (m_layer->CreateField(&definition) != OGRERR_NONE)
                giveUp(std::string("cannot make the field ") + field.name);
        }
    }

    class Row {
      public:
        explicit Row(OGRLayer& layer) : m_layer(layer), m_feature(OGRFeature::CreateFeature(layer.GetLayerDefn())) {}
        Row& text(int field, const std::string& value) {
            if (!value.empty())
                m_feature->SetField(field, value.c_str());
            return *this;
        }
        Row& number(int field, GIntBig value) {
            m_feature->SetField(field, value);
            return *this;
        }
        Row& real(int field, double value) {
            m_feature->SetField(field, value);
            return *this;
        }
        Row& names(int field, const Names& value) {
            return text(field, value.name).text(field + 1, value.zh).text(field + 2, value.en);
        }
        template <typename Shape>
        void add(const Shape& shape) {
            m_feature->SetGeometryDirectly(geometryOf(shape).release());
            if (m_layer.CreateFeature(m_feature.get()) != OGRERR_NONE)
                giveUp("cannot write to the map");
        }

      private:
        OGRLayer& m_layer;
        std::unique_ptr<OGRFeature> m_feature;
    };
    Row row() { return Row(*m_layer); }

  private:
    OGRLayer* m_layer{nullptr};
};

class Writer {
  public:
    Writer(const MapFeatures& features, GDALDataset& set, const std::function<void(double)>& progress,
           const std::stop_token& cancel)
        : m_features(features), m_set(set), m_progress(progress), m_cancel(cancel) {
        if (m_reference.importFromEPSG(3857) != OGRERR_NONE)
            giveUp("the projection database (proj.db) is missing");
        m_reference.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
        m_total = features.waterAreas.size() + features.waterLines.size() + features.landuse.size() +
                  features.buildings.size() + features.roads.size() + features.railways.size() +
                  features.boundaryLines.size() + features.boundaries.size() + features.places.size() +
                  features.pois.size();
    }

    std::map<std::string, std::size_t> write() {
        if (m_set.StartTransaction() != OGRERR_NONE)
            giveUp("cannot begin writing the map");
        areas("water_area", m_features.waterAreas);
        waterLines();
        landuse();
        buildings();
        roads();
        railways();
        boundaries();
        places();
        pois();
        if (m_set.CommitTransaction() != OGRERR_NONE)
            giveUp("cannot finish writing the map");
        return m_counts;
    }

  private:
    void wrote(const char* layer) {
        ++m_counts[layer];
        if (++m_done % 1024 != 0)
            return;
        if (m_cancel.stop_requested())
            throw Stop{base::Code::cancelled, "the import was cancelled"};
        if (m_progress)
            m_progress(static_cast<double>(m_done) / static_cast<double>(std::max<std::size_t>(m_total, 1)));
    }

    void areas(const char* name, const std::vector<AreaFeature>& list) {
        m_counts[name] = 0;
        Layer layer(m_set, name, wkbMultiPolygon, m_reference, {{"class"}, {"name"}, {"name_zh"}, {"name_en"}});
        for (const auto& f : list) {
            layer.row().text(0, f.cls).names(1, f.names).add(f.shape);
            wrote(name);
        }
    }

    void waterLines() {
        m_counts["water_line"] = 0;
        Layer layer(m_set, "water_line", wkbLineString, m_reference,
                    {{"class"}, {"name"}, {"name_zh"}, {"name_en"}, {"tunnel", OFTInteger}});
        for (const auto& f : m_features.waterLines) {
            layer.row().text(0, f.cls).names(1, f.names).number(4, f.tunnel ? 1 : 0).add(f.points);
            wrote("water_line");
        }
    }

    void landuse() {
        m_counts["landuse"] = 0;
        Layer layer(m_set, "landuse", wkbMultiPolygon, m_reference, {{"class"}, {"name"}, {"area", OFTReal}});
        // Large before small, so that a meadow in a forest is not painted over.
        std::vector<const AreaFeature*> order;
        for (const auto& f : m_features.landuse)
            order.push_back(&f);
        std::stable_sort(order.begin(), order.end(),
                         [](const AreaFeature* a, const AreaFeature* b) { return a->squareMetres > b->squareMetres; });
        for (const auto* f : order) {
            layer.row().text(0, f->cls).text(1, f->names.name).real(2, std::round(f->squareMetres)).add(f->shape);
            wrote("landuse");
        }
    }

    void buildings() {
        m_counts["building"] = 0;
        Layer layer(m_set, "building", wkbMultiPolygon, m_reference, {{"class"}, {"name"}});
        for (const auto& f : m_features.buildings) {
            layer.row().text(0, f.cls).text(1, f.names.name).add(f.shape);
            wrote("building");
        }
    }

    void roads() {
        m_counts["road"] = 0;
        Layer layer(m_set, "road", wkbLineString, m_reference,
                    {{"class"},
                     {"link", OFTInteger},
                     {"name"},
                     {"name_zh"},
                     {"name_en"},
                     {"ref"},
                     {"oneway", OFTInteger},
                     {"bridge", OFTInteger},
                     {"tunnel", OFTInteger},
                     {"layer", OFTInteger},
                     {"z", OFTInteger},
                     {"routable", OFTInteger},
                     {"surface"}});
        for (const auto& f : m_features.roads) {
            const int oneway = !f.driving.usable || f.driving.forward == f.driving.backward ? 0
                               : f.driving.forward                                          ? 1
                                                                                            : -1;
            layer.row()
                .text(0, f.line.cls)
                .number(1, f.link ? 1 : 0)
                .names(2, f.line.names)
                .text(5, f.ref)
                .number(6, oneway)
                .number(7, f.line.bridge ? 1 : 0)
                .number(8, f.line.tunnel ? 1 : 0)
                .number(9, f.line.layer)
                .number(10, f.line.layer * 10 + roadRank(f.line.cls))
                .number(11, f.routable)
                .text(12, f.surface)
                .add(f.line.points);
            wrote("road");
        }
    }

    void railways() {
        m_counts["railway"] = 0;
        Layer layer(m_set, "railway", wkbLineString, m_reference,
                    {{"class"}, {"name"}, {"bridge", OFTInteger}, {"tunnel", OFTInteger}, {"z", OFTInteger}});
        for (const auto& f : m_features.railways) {
            layer.row()
                .text(0, f.cls)
                .text(1, f.names.name)
                .number(2, f.bridge ? 1 : 0)
                .number(3, f.tunnel ? 1 : 0)
                .number(4, f.layer * 10)
                .add(f.points);
            wrote("railway");
        }
    }

    void boundaries() {
        m_counts["boundary"] = 0;
        m_counts["boundary_area"] = 0;
        {
            Layer layer(m_set, "boundary", wkbLineString, m_reference, {{"admin_level", OFTInteger}, {"name"}});
            for (const auto& f : m_features.boundaryLines) {
                layer.row().number(0, f.layer).text(1, f.names.name).add(f.points);
                wrote("boundary");
            }
        }
        Layer layer(m_set, "boundary_area", wkbMultiPolygon, m_reference,
                    {{"admin_level", OFTInteger}, {"name"}, {"name_zh"}, {"name_en"}, {"osm_id", OFTInteger64}});
        for (const auto& f : m_features.boundaries) {
            layer.row().number(0, f.level).names(1, f.names).number(4, f.id).add(f.shape);
            wrote("boundary_area");
        }
    }

    void places() {
        m_counts["place"] = 0;
        Layer layer(
            m_set, "place", wkbPoint, m_reference,
            {{"class"}, {"name"}, {"name_zh"}, {"name_en"}, {"population", OFTInteger64}, {"rank", OFTInteger}});
        for (const auto& f : m_features.places) {
            auto row = layer.row();
            row.text(0, f.cls).names(1, f.names).number(5, f.rank);
            if (f.population > 0)
                row.number(4, f.population);
            row.add(f.at);
            wrote("place");
        }
    }

    void pois() {
        m_counts["poi"] = 0;
        Layer layer(m_set, "poi", wkbPoint, m_reference,
                    {{"class"}, {"name"}, {"name_zh"}, {"name_en"}, {"rank", OFTInteger}, {"elevation", OFTReal}});
        for (const auto& f : m_features.pois) {
            auto row = layer.row();
            row.text(0, f.cls).names(1, f.names).number(4, f.rank);
            if (f.elevation != 0)
                row.real(5, f.elevation);
            row.add(f.at);
            wrote("poi");
        }
    }

    const MapFeatures& m_features;
    GDALDataset& m_set;
    const std::function<void(double)>& m_progress;
    const std::stop_token& m_cancel;
    OGRSpatialReference m_reference;
    std::map<std::string, std::size_t> m_counts;
    std::size_t m_done{0};
    std::size_t m_total{0};
};

/// GDAL settings for this thread, taken back at the end.
class Setting {
  public:
    Setting(const char* key, const char* value) : m_key(key) { CPLSetThreadLocalConfigOption(key, value); }
    ~Setting() { CPLSetThreadLocalConfigOption(m_key, nullptr); }
    Setting(const Setting&) = delete;
    Setting& operator=(const Setting&) = delete;

  private:
    const char* m_key;
};

struct QuietErrors {
    QuietErrors() { CPLPushErrorHandler(CPLQuietErrorHandler); }
    ~QuietErrors() { CPLPopErrorHandler(); }
    QuietErrors(const QuietErrors&) = delete;
    QuietErrors& operator=(const QuietErrors&) = delete;
};

GDALDriver* geoPackageDriver() {
    static std::once_flag once;
    std::call_once(once, [] { RegisterOGRGeoPackage(); }); // this one only: all of them cost half a second
    return GetGDALDriverManager()->GetDriverByName("GPKG");
}

} // namespace

base::Result<std::map<std::string, std::size_t>> writeLayers(const MapFeatures& features,
                                                             const std::filesystem::path& file, base::Time made,
                                                             const std::function<void(double)>& progress,
                                                             const std::stop_token& cancel) {
    const QuietErrors quiet;
    CPLErrorReset();
    // Nothing is lost by a crash here: the file is not yet anybody's.
    const Setting synchronous("OGR_SQLITE_SYNCHRONOUS", "OFF");
    const std::string moment = base::formatTime(made).substr(0, 19) + ".000Z";
    const Setting date("OGR_CURRENT_DATE", moment.c_str());
    GDALDriver* driver = geoPackageDriver();
    if (!driver)
        return base::fail(base::Code::internal, "this GDAL has no GeoPackage driver");
    try {
        const std::unique_ptr<GDALDataset> set(driver->Create(file.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
        if (!set)
            giveUp("cannot make " + file.string());
        auto counts = Writer(features, *set, progress, cancel).write();
        if (set->FlushCache(), CPLGetLastErrorType() >= CE_Failure)
            giveUp("cannot finish " + file.string());
        return counts;
    } catch (const Stop& stop) {
        return base::fail(stop.code, stop.message);
    } catch (const std::exception& e) {
        return base::fail(base::Code::internal, e.what());
    }
}

} // namespace tocsin::county
