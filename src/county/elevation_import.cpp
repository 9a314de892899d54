#include "county/raster_tools.hpp"
#include "tocsin/county/elevation.hpp"

#include <algorithm>
#include <cmath>
#include <gdal_alg.h>
#include <gdal_utils.h>
#include <limits>
#include <numbers>
#include <ogrsf_frmts.h>

namespace tocsin::county {

namespace fs = std::filesystem;

namespace {

constexpr float unknown = -32768;
constexpr double metresPerDegree = 6378137.0 * std::numbers::pi / 180; // of EPSG:3857, to the east
constexpr double mostHeights = 60e6;                                   // cells; 240 MB while they are made

bool inStep(const RasterSource& a, const RasterGrid& grid) {
    const auto whole = [](double v) { return std::abs(v - std::round(v)) < 1e-3; };
    return a.degrees && std::abs(a.cellEast / grid.cellEast - 1) < 1e-6 &&
           std::abs(a.cellSouth / grid.cellSouth - 1) < 1e-6 && whole((a.box.west - grid.west) / grid.cellEast) &&
           whole((grid.north - a.box.north) / grid.cellSouth);
}

/// Takes out what is no height, and looks how far the rest spans.
void clean(GDALDataset& set, const geo::Box& county, const RasterGrid& grid, ElevationSummary& summary,
           const ProgressPart& progress, GdalSession& gdal) {
    auto& band = *set.GetRasterBand(1);
    std::vector<float> row(static_cast<std::size_t>(grid.width));
    summary.lowest = std::numeric_limits<double>::infinity();
    summary.highest = -summary.lowest;
    std::size_t inCounty = 0;
    std::size_t known = 0;
    for (int y = 0; y < grid.height; ++y) {
        if (y % 64 == 0)
            progress.at(static_cast<double>(y) / grid.height);
        if (band.RasterIO(GF_Read, 0, y, grid.width, 1, row.data(), grid.width, 1, GDT_Float32, 0, 0, nullptr) !=
            CE_None)
            gdal.giveUp(base::Code::storage, "cannot read the heights back");
        const double latitude = grid.north - (y + 0.5) * grid.cellSouth;
        bool changed = false;
        for (int x = 0; x < grid.width; ++x) {
            float& height = row[static_cast<std::size_t>(x)];
            const double longitude = grid.west + (x + 0.5) * grid.cellEast;
            const bool inside = latitude > county.south && latitude < county.north && longitude > county.west &&
                                longitude < county.east;
            inCounty += inside ? 1 : 0;
            if (height == unknown)
                continue;
            if (!(height >= -11'000 && height <= 9'000)) {
                height = unknown;
                changed = true;
                continue;
            }
            known += inside ? 1 : 0;
            summary.lowest = std::min<double>(summary.lowest, height);
            summary.highest = std::max<double>(summary.highest, height);
        }
        if (changed && band.RasterIO(GF_Write, 0, y, grid.width, 1, row.data(), grid.width, 1, GDT_Float32, 0, 0,
                                     nullptr) != CE_None)
            gdal.giveUp(base::Code::storage, "cannot write the heights");
    }
    if (!(summary.lowest <= summary.highest))
        refuse(base::Code::malformed, "the files have no heights in the county");
    // The heights may cover a part of the county only: then the grid does too.
    const geo::Box part = common(county, grid.box());
    const auto size = [](const geo::Box& b) { return (b.east - b.west) * (b.north - b.south); };
    if (inCounty > 0 && !part.empty() && size(county) > 0)
        summary.covered = static_cast<double>(known) / static_cast<double>(inCounty) * size(part) / size(county);
}

void copyCompressed(GDALDataset& from, const fs::path& to, const ProgressPart& progress, GdalSession& gdal) {
    Words words{"TILED=YES", "COMPRESS=DEFLATE", "PREDICTOR=3", "BIGTIFF=IF_SAFER"};
    ProgressPart part = progress;
    Dataset made(gdalDriver("GTiff").CreateCopy(to.c_str(), &from, FALSE, words.list(), ProgressPart::gdal, &part));
    progress.at(1);
    made.reset();
    gdal.check(base::Code::storage, "cannot write elevation.tif");
}

void shade(GDALDataset& heights, double latitude, const fs::path& to, const ProgressPart& progress, GdalSession& gdal) {
    // EPSG:3857 stretches the ground by 1/cos of the latitude: heights are stretched with it.
    Words words{"-of",
                "GTiff",
                "-multidirectional",
                "-compute_edges",
                "-z",
                std::to_string(1 / std::cos(latitude * std::numbers::pi / 180)),
                "-co",
                "TILED=YES",
                "-co",
                "COMPRESS=DEFLATE",
                "-co",
                "BIGTIFF=IF_SAFER"};
    ProgressPart part = progress;
    const std::unique_ptr<GDALDEMProcessingOptions, void (*)(GDALDEMProcessingOptions*)> options(
        GDALDEMProcessingOptionsNew(words.list(), nullptr), GDALDEMProcessingOptionsFree);
    GDALDEMProcessingOptionsSetProgress(options.get(), ProgressPart::gdal, &part);
    Dataset made(GDALDataset::FromHandle(
        GDALDEMProcessing(to.c_str(), GDALDataset::ToHandle(&heights), "hillshade", nullptr, options.get(), nullptr)));
    progress.at(1);
    if (!made)
        gdal.giveUp(base::Code::storage, "cannot write relief.tif");
    std::vector<int> levels;
    for (int level = 2; std::max(made->GetRasterXSize(), made->GetRasterYSize()) / level >= 128; level *= 2)
        levels.push_back(level);
    made.reset();
    gdal.check(base::Code::storage, "cannot write relief.tif");
    const GdalSetting compress("COMPRESS_OVERVIEW", "DEFLATE");
    static constexpr const char* drivers[] = {"GTiff", nullptr};
    made.reset(GDALDataset::Open(to.c_str(), GDAL_OF_RASTER | GDAL_OF_UPDATE, drivers, nullptr, nullptr));
    if (made && !levels.empty())
        made->BuildOverviews("AVERAGE", static_cast<int>(levels.size()), levels.data(), 0, nullptr, nullptr, nullptr);
    const bool good = made != nullptr;
    made.reset();
    if (!good || gdal.failed())
        gdal.giveUp(base::Code::storage, "cannot write relief.tif");
}

double intervalFor(double span) {
    return span <= 200 ? 10 : span <= 700 ? 20 : span <= 1'800 ? 50 : 100;
}

std::int64_t contour(GDALDataset& heights, double interval, const fs::path& to, const ProgressPart& progress,
                     GdalSession& gdal) {
    const GdalSetting synchronous("OGR_SQLITE_SYNCHRONOUS", "OFF"); // it is nobody's file yet
    Dataset set(gdalDriver("GPKG").Create(to.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
    OGRSpatialReference mercator = epsg(3857);
    Words layerWords{"GEOMETRY_NAME=geom", "FID=fid", "SPATIAL_INDEX=YES"};
    auto* layer = set ? set->CreateLayer("contour", &mercator, wkbLineString, layerWords.list()) : nullptr;
    OGRFieldDefn height("height", OFTReal);
    OGRFieldDefn major("major", OFTInteger);
    if (!layer || layer->CreateField(&height) != OGRERR_NONE || layer->CreateField(&major) != OGRERR_NONE ||
        set->StartTransaction() != OGRERR_NONE)
        gdal.giveUp(base::Code::storage, "cannot write contours.gpkg");
    Words words{"LEVEL_INTERVAL=" + std::to_string(interval), "NODATA=" + std::to_string(unknown), "ELEV_FIELD=0"};
    ProgressPart part = progress;
    (void)GDALContourGenerateEx(GDALRasterBand::ToHandle(heights.GetRasterBand(1)), OGRLayer::ToHandle(layer),
                                words.list(), ProgressPart::gdal, &part);
    progress.at(1);
    gdal.check(base::Code::storage, "cannot write contours.gpkg");
    const std::string mark =
        "UPDATE contour SET major = CAST(round(height / " + std::to_string(interval) + ") AS INTEGER) % 5 = 0";
    if (auto* answer = set->ExecuteSQL(mark.c_str(), nullptr, nullptr))
        set->ReleaseResultSet(answer);
    const auto count = layer->GetFeatureCount();
    if (set->CommitTransaction() != OGRERR_NONE)
        gdal.giveUp(base::Code::storage, "cannot write contours.gpkg");
    set.reset();
    gdal.check(base::Code::storage, "cannot write contours.gpkg");
    settleSqlite(to);
    return count;
}

ElevationSummary run(const CountyFolder& folder, const std::vector<fs::path>& files, const ElevationOptions& options,
                     const ProgressSink& sink, const std::stop_token& cancel) {
    const auto part = [&](std::string_view stage, double from, double to) {
        return ProgressPart(sink, cancel, stage, from, to);
    };
    const ImportRoom room(folder);
    GdalSession gdal;
    const auto map = readMapInfo(folder.map());
    if (!map)
        refuse(map.error().code, map.error().message);
    if (files.empty())
        refuse(base::Code::notFound, "no file of heights is named");
    part("Reading the heights", 0, 0.01).at(0);

    std::vector<RasterSource> sources;
    for (const auto& file : files)
        sources.push_back(openRaster(file, options.crs, true, gdal));
    const geo::Box wanted = widened(map->bounds);
    const RasterSource* finest = nullptr;
    geo::Box lies;
    geo::Box there;
    for (const auto& source : sources) {
        for (auto [box, into] : {std::pair{source.box, &lies}, {common(source.box, wanted), &there}})
            if (!box.empty())
                *into = {.south = std::min(into->south, box.south),
                         .west = std::min(into->west, box.west),
                         .north = std::max(into->north, box.north),
                         .east = std::max(into->east, box.east)};
        if (!common(source.box, wanted).empty() && (!finest || source.cellEast < finest->cellEast))
            finest = &source;
    }
    if (!finest)
        refuse(base::Code::outOfRange,
               "the heights lie elsewhere: at " + inWords(lies) + ", the county at " + inWords(map->bounds));
    const RasterGrid grid = gridOver(there, *finest, mostHeights);
    const bool exact =
        std::all_of(sources.begin(), sources.end(), [&](const RasterSource& s) { return inStep(s, grid); });

    ElevationSummary summary;
    summary.width = grid.width;
    summary.height = grid.height;
    char number[4][40];
    const geo::Box box = grid.box();
    for (const auto& [text, value] :
         {std::pair{number[0], box.west}, {number[1], box.south}, {number[2], box.east}, {number[3], box.north}})
        std::snprintf(text, sizeof number[0], "%.15g", value);
    std::vector<GDALDataset*> sets;
    for (auto& source : sources)
        sets.push_back(source.set.get());

    FileInMaking heightsFile(folder.elevation());
    FileInMaking reliefFile(folder.relief());
    FileInMaking contoursFile(folder.contours());
    const FileInMaking flatFile(folder.root / "flat.tif"); // EPSG:3857, for relief and contours
    {
        const FileInMaking rawFile(folder.root / "raw.tif");
        Words words{"-of",
                    "GTiff",
                    "-t_srs",
                    "EPSG:4326",
                    "-te",
                    number[0],
                    number[1],
                    number[2],
                    number[3],
                    "-ts",
                    std::to_string(grid.width),
                    std::to_string(grid.height),
                    "-ot",
                    "Float32",
                    "-dstnodata",
                    "-32768",
                    "-r",
                    exact                                    ? "near"
                    : grid.cellEast > finest->cellEast * 1.5 ? "average"
                                                             : "bilinear",
                    "-co",
                    "BIGTIFF=IF_SAFER"};
        if (!options.crs.empty())
            words.add({"-s_srs", "EPSG:" + std::to_string(epsgCode(options.crs))});
        gdal.forget();
        {
            auto raw = warp(sets, rawFile.path(), words, part("Reading the heights", 0.01, 0.25), gdal,
                            "cannot make the heights");
            clean(*raw, map->bounds, grid, summary, part("Checking the heights", 0.25, 0.3), gdal);
            raw->FlushCache();
            gdal.check(base::Code::storage, "cannot write the heights");
            copyCompressed(*raw, heightsFile.path(), part("Writing the heights", 0.3, 0.4), gdal);
        }
        // Heights far apart are drawn finer than they are known: no steps are seen, and contours are round.
        double cell = grid.cellEast * metresPerDegree;
        cell = cell > 45 ? cell / 2 : cell;
        const Dataset heights = openDataset(heightsFile.path().string(), GDAL_OF_RASTER, {"GTiff"});
        if (!heights)
            gdal.giveUp(base::Code::storage, "cannot read elevation.tif back");
        const double cells = static_cast<double>(grid.width) * grid.height;
        const std::string side = std::to_string(std::max(cell, cell * std::sqrt(cells / mostHeights)));
        const auto flat = warp({heights.get()}, flatFile.path(),
                               {"-of", "GTiff", "-t_srs", "EPSG:3857", "-tr", side, side, "-r", "cubicspline",
                                "-dstnodata", "-32768", "-ot", "Float32", "-co", "BIGTIFF=IF_SAFER"},
                               part("Projecting", 0.4, 0.55), gdal, "cannot project the heights");
        flat->FlushCache();
        gdal.check(base::Code::storage, "cannot project the heights");
        shade(*flat, map->bounds.centre().latitude(), reliefFile.path(), part("Shading the relief", 0.55, 0.75), gdal);
        summary.interval = options.interval > 0 ? options.interval : intervalFor(summary.highest - summary.lowest);
        summary.contours =
            contour(*flat, summary.interval, contoursFile.path(), part("Drawing contours", 0.75, 0.99), gdal);
    }
    stopIfCancelled(cancel);
    heightsFile.finish();
    reliefFile.finish();
    contoursFile.finish();
    ProgressPart(sink, {}, "Done", 1, 1).at(1);
    return summary;
}

} // namespace

base::Result<ElevationSummary> importElevation(const CountyFolder& folder, const std::vector<fs::path>& files,
                                               const ElevationOptions& options, const ProgressSink& progress,
                                               std::stop_token cancel) {
    auto done = importing<ElevationSummary>([&] { return run(folder, files, options, progress, cancel); });
    if (done) {
        if (auto graded = gradeRoads(folder); !graded)
            return tl::unexpected(graded.error());
    }
    return done;
}

} // namespace tocsin::county
