#include "tocsin/county/vector_import.hpp"

#include "county/gdal_tools.hpp"
#include "county/map_reader.hpp"
#include "county/overlays.hpp"
#include "county/vector_fields.hpp"
#include "county/vector_geometry.hpp"
#include "county/vector_source.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace tocsin::county {

namespace fs = std::filesystem;

namespace {

const char* datumWord(const std::optional<model::Datum>& datum) {
    return datum == model::Datum::gcj02 ? "gcj02" : datum == model::Datum::bd09 ? "bd09" : "wgs84";
}

/// The reference of the layer's coordinates, as it says itself, as was asked for, or as a declared datum makes likely.
OGRSpatialReference referenceOf(OGRLayer& layer, const VectorImportOptions& options, GdalSession& gdal) {
    if (!options.crs.empty())
        return epsg(epsgCode(options.crs));
    const OGRSpatialReference* own = layer.GetSpatialRef();
    const char* name = own ? own->GetName() : nullptr;
    if (own && (own->IsGeographic() || own->IsProjected()) && !(name && std::string(name).starts_with("Undefined")))
        return *own;
    if (!options.datum)
        refuse(base::Code::malformed, std::string("the layer ") + layer.GetName() +
                                          " does not say in which reference its coordinates are: say --crs EPSG:n, or "
                                          "--datum when they are degrees");
    OGREnvelope box;
    if (layer.GetExtent(&box, TRUE) != OGRERR_NONE || !(box.MinX >= -180 && box.MaxX <= 180) ||
        !(box.MinY >= -90 && box.MaxY <= 90))
        refuse(base::Code::outOfRange, std::string("the coordinates of the layer ") + layer.GetName() +
                                           " are no degrees: say their reference by --crs EPSG:n");
    gdal.forget();
    return epsg(4326);
}

class Importer {
  public:
    Importer(OGRLayer& layer, const VectorImportOptions& options, GdalSession& gdal)
        : m_layer(layer), m_options(options), m_gdal(gdal),
          m_converter(referenceOf(layer, options, gdal), options.datum.value_or(model::Datum::wgs84)),
          m_plan(planFields(*layer.GetLayerDefn(), options)) {
        const auto name = [&](int field) {
            return field < 0 ? std::string() : std::string(layer.GetLayerDefn()->GetFieldDefn(field)->GetNameRef());
        };
        summary.nameField = name(m_plan.name);
        summary.codeField = name(m_plan.code);
    }

    /// Which kinds of shapes there are: each becomes a layer of its own.
    std::set<ShapeKind> survey(const ProgressPart& progress) {
        std::set<ShapeKind> kinds;
        m_layer.ResetReading();
        std::size_t n = 0;
        while (const OGRFeatureUniquePtr feature{m_layer.GetNextFeature()}) {
            if (++n % 1024 == 0)
                progress.at(0.5);
            if (const auto* shape = feature->GetGeometryRef())
                addKinds(*shape, kinds);
        }
        m_total = std::max<std::size_t>(n, 1);
        m_gdal.check(base::Code::malformed, "the layer cannot be read to its end");
        if (m_options.boundary)
            std::erase_if(kinds, [](ShapeKind kind) { return kind != ShapeKind::polygon; });
        return kinds;
    }

    void write(GDALDataset& out, const std::map<ShapeKind, std::string>& names, const ProgressPart& progress) {
        for (const auto& [kind, name] : names)
            m_out[kind] = makeLayer(out, name, kind);
        m_gdal.check(base::Code::storage, "cannot write overlays.gpkg");
        if (out.StartTransaction() != OGRERR_NONE)
            m_gdal.giveUp(base::Code::storage, "cannot write overlays.gpkg");
        m_layer.ResetReading();
        std::size_t n = 0;
        while (const OGRFeatureUniquePtr feature{m_layer.GetNextFeature()}) {
            if (++n % 256 == 0)
                progress.at(static_cast<double>(n) / static_cast<double>(m_total));
            take(*feature);
        }
        m_gdal.check(base::Code::malformed, "the layer cannot be read to its end");
        if (out.CommitTransaction() != OGRERR_NONE)
            m_gdal.giveUp(base::Code::storage, "cannot write overlays.gpkg");
    }

    VectorImportSummary summary;
    std::map<ShapeKind, std::int64_t> counts;
    OGREnvelope box; ///< of all that was taken, EPSG:3857

  private:
    static void addKinds(const OGRGeometry& shape, std::set<ShapeKind>& kinds) {
        const auto type = wkbFlatten(shape.getGeometryType());
        if (OGR_GT_IsSubClassOf(type, wkbGeometryCollection)) {
            const auto& many = *shape.toGeometryCollection();
            for (int i = 0; i < many.getNumGeometries(); ++i)
                addKinds(*many.getGeometryRef(i), kinds);
        } else {
            kinds.insert(type == wkbPoint       ? ShapeKind::point
                         : OGR_GT_IsCurve(type) ? ShapeKind::line
                                                : ShapeKind::polygon);
        }
    }

    OGRLayer* makeLayer(GDALDataset& out, const std::string& name, ShapeKind kind) {
        OGRSpatialReference mercator = epsg(3857);
        Words options{"GEOMETRY_NAME=geom", "FID=fid", "SPATIAL_INDEX=YES"};
        auto* layer = out.CreateLayer(name.c_str(), &mercator,
                                      kind == ShapeKind::point  ? wkbPoint
                                      : kind == ShapeKind::line ? wkbMultiLineString
                                                                : wkbMultiPolygon,
                                      options.list());
        if (!layer)
            m_gdal.giveUp(base::Code::storage, "cannot make the layer " + name);
        const auto add = [&](const char* field, OGRFieldType type) {
            OGRFieldDefn definition(field, type);
            if (layer->CreateField(&definition) != OGRERR_NONE)
                m_gdal.giveUp(base::Code::storage, std::string("cannot make the field ") + field);
        };
        if (m_options.boundary)
            add("level", OFTString);
        add("name", OFTString);
        if (m_options.boundary)
            add("code", OFTString);
        for (const auto& column : m_plan.columns)
            add(column.name.c_str(), column.type);
        return layer;
    }

    std::string text(const OGRFeature& feature, int field) {
        if (field < 0 || !feature.IsFieldSetAndNotNull(field))
            return {};
        std::string value = asUtf8(feature.GetFieldAsString(field), m_options.encoding, summary.recoded);
        if (value.size() > 10'000) {
            value.resize(10'000);
            while (!base::isUtf8(value))
                value.pop_back();
        }
        return value;
    }

    void leaveOut(const OGRFeature& feature, const std::string& why) {
        if (m_options.strict)
            refuse(base::Code::malformed, "feature " + std::to_string(feature.GetFID()) + ": " + why);
        ++summary.leftOutCount;
        if (summary.leftOut.size() < 20)
            summary.leftOut.push_back({feature.GetFID(), why});
    }

    void take(const OGRFeature& feature) {
        const auto* shape = feature.GetGeometryRef();
        if (!shape)
            return leaveOut(feature, "it has no shape");
        auto made = m_converter.convert(*shape);
        m_gdal.forget(); // a shape that cannot be mended complains
        if (!made.fault.empty())
            return leaveOut(feature, made.fault);
        bool written = false;
        for (auto& [kind, part] : made.parts) {
            const auto found = m_out.find(kind);
            if (found == m_out.end())
                continue;
            write(feature, *found->second, std::move(part));
            ++counts[kind];
            written = true;
        }
        if (!written)
            return leaveOut(feature, "it is no area");
        ++summary.taken;
        if (made.repaired)
            ++summary.repaired;
    }

    void write(const OGRFeature& feature, OGRLayer& layer, std::unique_ptr<OGRGeometry> shape) {
        const OGRFeatureUniquePtr row(OGRFeature::CreateFeature(layer.GetLayerDefn()));
        int at = 0;
        const auto put = [&](const std::string& value) {
            if (!value.empty())
                row->SetField(at, value.c_str());
            ++at;
        };
        if (m_options.boundary)
            put(toString(*m_options.boundary));
        put(text(feature, m_plan.name));
        if (m_options.boundary)
            put(text(feature, m_plan.code));
        for (const auto& column : m_plan.columns) {
            if (!feature.IsFieldSetAndNotNull(column.source))
                ++at;
            else if (column.type == OFTReal)
                row->SetField(at++, feature.GetFieldAsDouble(column.source));
            else if (column.type == OFTString)
                put(text(feature, column.source));
            else
                row->SetField(at++, feature.GetFieldAsInteger64(column.source));
        }
        OGREnvelope lies;
        shape->getEnvelope(&lies);
        box.Merge(lies);
        row->SetGeometryDirectly(shape.release());
        if (layer.CreateFeature(row.get()) != OGRERR_NONE)
            m_gdal.giveUp(base::Code::storage, "cannot write overlays.gpkg");
    }

    OGRLayer& m_layer;
    const VectorImportOptions& m_options;
    GdalSession& m_gdal;
    ShapeConverter m_converter;
    FieldPlan m_plan;
    std::size_t m_total{1};
    std::map<ShapeKind, OGRLayer*> m_out;
};

/// The file that is written: a copy of what is there without the layers that give way, or a new one.
Dataset openOut(const CountyFolder& folder, const fs::path& file, const std::vector<std::string>& gone,
                GdalSession& gdal) {
    std::error_code ec;
    GDALDriver& driver = gdalDriver("GPKG");
    Dataset set;
    if (fs::exists(folder.overlays(), ec)) {
        fs::copy_file(folder.overlays(), file, ec);
        if (ec)
            refuse(base::Code::storage, "cannot copy overlays.gpkg: " + ec.message());
        static constexpr const char* drivers[] = {"GPKG", nullptr};
        set.reset(GDALDataset::Open(file.c_str(), GDAL_OF_VECTOR | GDAL_OF_UPDATE, drivers, nullptr, nullptr));
    } else {
        set.reset(driver.Create(file.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
    }
    if (!set)
        gdal.giveUp(base::Code::storage, "cannot open overlays.gpkg for writing");
    for (int i = set->GetLayerCount(); i-- > 0;)
        if (std::find(gone.begin(), gone.end(), set->GetLayer(i)->GetName()) != gone.end())
            set->DeleteLayer(i);
    return set;
}

bool liesElsewhere(const OGREnvelope& mercator, const CountyFolder& folder) {
    const auto map = readMapInfo(folder.map());
    if (!map || map->bounds.empty())
        return false;
    const Mercator low = mercatorOf(model::Position::trusted(map->bounds.south, map->bounds.west));
    const Mercator high = mercatorOf(model::Position::trusted(map->bounds.north, map->bounds.east));
    return mercator.MinX > high.x || mercator.MaxX < low.x || mercator.MinY > high.y || mercator.MaxY < low.y;
}

VectorImportSummary run(const CountyFolder& folder, const fs::path& file, const VectorImportOptions& options,
                        const ProgressSink& progress, const std::stop_token& cancel) {
    const ImportRoom room(folder);
    GdalSession gdal;
    ProgressPart(progress, cancel, "Reading the file", 0, 0.1).at(0);
    VectorSource source(file, folder.root, options.encoding, gdal, cancel);
    OGRLayer& layer = source.layer(options.layer);
    Importer importer(layer, options, gdal);
    const auto kinds = importer.survey(ProgressPart(progress, cancel, "Reading the file", 0.1, 0.3));
    if (kinds.empty())
        refuse(base::Code::malformed, options.boundary ? "the layer has no areas" : "the layer has no shapes");

    std::string stem = file.stem().string();
    if (stem.ends_with(".geojson"))
        stem.resize(stem.size() - 8);
    if (!options.layer.empty())
        stem = options.layer;
    const std::string name = tableName(
        !options.name.empty() ? options.name : (options.boundary ? toString(*options.boundary) + ('_' + stem) : stem));
    const auto gone = layersCalled(readOverlays(folder.overlays()), name);
    std::map<ShapeKind, std::string> names;
    for (const auto kind : kinds)
        names[kind] = kinds.size() == 1 ? name : name + '_' + toString(kind);

    FileInMaking made(folder.overlays());
    const std::string moment = base::formatTime(options.made).substr(0, 19) + ".000Z";
    {
        const GdalSetting synchronous("OGR_SQLITE_SYNCHRONOUS", "OFF"); // it is nobody's file yet
        const GdalSetting date("OGR_CURRENT_DATE", moment.c_str());
        gdal.forget();
        auto out = openOut(folder, made.path(), gone, gdal);
        importer.write(*out, names, ProgressPart(progress, cancel, "Taking the shapes", 0.3, 0.9));
        gdal.forget();
        out.reset();
        gdal.check(base::Code::storage, "cannot write overlays.gpkg");
    }
    auto summary = std::move(importer.summary);
    summary.replaced = !gone.empty();
    summary.elsewhere = importer.box.IsInit() && liesElsewhere(importer.box, folder);
    std::size_t scratch = 0;
    for (const auto& [kind, table] : names)
        summary.layers.push_back({table, options.title.empty() ? asUtf8(stem, {}, scratch) : options.title,
                                  options.boundary ? "boundary" : "layer", toString(kind),
                                  options.source.empty() ? file.filename().string() : options.source, options.licence,
                                  datumWord(options.datum), moment, importer.counts[kind]});
    if (summary.taken == 0)
        refuse(base::Code::malformed, "nothing of the layer can be taken: feature " +
                                          std::to_string(summary.leftOut.empty() ? 0 : summary.leftOut[0].feature) +
                                          ": " + (summary.leftOut.empty() ? "none" : summary.leftOut[0].why));
    ProgressPart(progress, cancel, "Finishing", 0.9, 1).at(0);
    writeOverlays(made.path(), gone, summary.layers);
    stopIfCancelled(cancel);
    made.finish();
    ProgressPart(progress, {}, "Done", 1, 1).at(1);
    return summary;
}

} // namespace

const char* toString(BoundaryLevel level) {
    static constexpr const char* words[] = {"county", "township", "village", "grid"};
    return words[static_cast<std::size_t>(level)];
}

std::optional<BoundaryLevel> boundaryLevelFrom(std::string_view word) {
    for (const auto level :
         {BoundaryLevel::county, BoundaryLevel::township, BoundaryLevel::village, BoundaryLevel::grid})
        if (word == toString(level))
            return level;
    return std::nullopt;
}

base::Result<VectorImportSummary> importVector(const CountyFolder& folder, const fs::path& file,
                                               const VectorImportOptions& options, const ProgressSink& progress,
                                               std::stop_token cancel) {
    return importing<VectorImportSummary>([&] { return run(folder, file, options, progress, cancel); });
}

} // namespace tocsin::county
