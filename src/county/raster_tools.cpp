#include "county/raster_tools.hpp"

#include <algorithm>
#include <cmath>
#include <cpl_string.h>
#include <cstdio>
#include <fstream>
#include <gdal_utils.h>
#include <gdalwarper.h>

namespace tocsin::county {

namespace fs = std::filesystem;

namespace {

/// The one height file in a ZIP, as GDAL names it.
std::string insideZip(const fs::path& file) {
    const std::string zip = "/vsizip/{" + file.string() + "}";
    const std::unique_ptr<char*, void (*)(char**)> names(VSIReadDir(zip.c_str()), CSLDestroy);
    std::string found;
    for (char** name = names.get(); name && *name; ++name) {
        const std::string_view text(*name);
        if (!text.ends_with(".hgt") && !text.ends_with(".HGT"))
            continue;
        if (!found.empty())
            refuse(base::Code::malformed, file.filename().string() + " holds several height files; unpack it first");
        found = zip + '/' + *name;
        VSIStatBufL stat;
        constexpr int most = 3601 * 3601 * 2;
        if (VSIStatL(found.c_str(), &stat) != 0 || stat.st_size > most)
            refuse(base::Code::malformed,
                   *name + std::string(" in ") + file.filename().string() + " is no SRTM tile: it is too large");
    }
    if (found.empty())
        refuse(base::Code::malformed,
               file.filename().string() + (names ? " holds no .hgt file" : " is damaged or cut off, or no ZIP"));
    return found;
}

/// A GeoTIFF that was cut off opens well; its cells that are not there would be found in the middle of the work.
void needWholeTiff(GDALDataset& set, const fs::path& file) {
    auto& band = *set.GetRasterBand(1);
    int wide = 0;
    int high = 0;
    band.GetBlockSize(&wide, &high);
    std::error_code ec;
    const auto size = static_cast<double>(fs::file_size(file, ec));
    const int columns = (band.GetXSize() + wide - 1) / wide;
    const int rows = (band.GetYSize() + high - 1) / high;
    for (int y = 0; y < rows; ++y)
        for (int x = 0; x < columns; ++x) {
            const std::string at = std::to_string(x) + '_' + std::to_string(y);
            const char* offset = band.GetMetadataItem(("BLOCK_OFFSET_" + at).c_str(), "TIFF");
            if (!offset)
                continue;
            const double begin = std::strtod(offset, nullptr);
            const char* bytes = band.GetMetadataItem(("BLOCK_SIZE_" + at).c_str(), "TIFF");
            if (begin + (bytes ? std::strtod(bytes, nullptr) : 0) > size)
                refuse(base::Code::malformed, file.filename().string() + " is cut off or damaged: cells from line " +
                                                  std::to_string(y * high + 1) + " on are not there");
        }
}

/// Where the raster lies: GDAL's own guess of the cells in degrees.
void locate(RasterSource& source, GdalSession& gdal) {
    double t[6];
    const OGRSpatialReference wgs84 = epsg(4326);
    if (source.set->GetGeoTransform(t) != CE_None)
        refuse(base::Code::malformed, source.name + " does not say where it lies");
    int width = source.set->GetRasterXSize();
    int height = source.set->GetRasterYSize();
    source.degrees = source.reference.IsSame(&wgs84) && t[2] == 0 && t[4] == 0 && t[1] > 0 && t[5] < 0;
    if (!source.degrees) {
        char* from = nullptr;
        char* to = nullptr;
        source.reference.exportToWkt(&from);
        wgs84.exportToWkt(&to);
        const Dataset warped(GDALDataset::FromHandle(GDALAutoCreateWarpedVRT(
            GDALDataset::ToHandle(source.set.get()), from, to, GRA_NearestNeighbour, 0, nullptr)));
        CPLFree(from);
        CPLFree(to);
        if (!warped || warped->GetGeoTransform(t) != CE_None)
            gdal.giveUp(base::Code::malformed, source.name + " cannot be brought to WGS-84");
        width = warped->GetRasterXSize();
        height = warped->GetRasterYSize();
    }
    source.cellEast = t[1];
    source.cellSouth = -t[5];
    source.box = {.south = t[3] + height * t[5], .west = t[0], .north = t[3], .east = t[0] + width * t[1]};
    for (const double v :
         {source.cellEast, source.cellSouth, source.box.south, source.box.west, source.box.north, source.box.east})
        if (!std::isfinite(v))
            refuse(base::Code::malformed, source.name + " lies nowhere on earth");
    if (source.cellEast <= 0 || source.cellSouth <= 0 || source.box.south < -91 || source.box.north > 91 ||
        source.box.west < -361 || source.box.east > 361)
        refuse(base::Code::outOfRange,
               source.name + " lies outside the earth: " + inWords(source.box) + "; say its reference by --crs EPSG:n");
}

} // namespace

RasterSource openRaster(const fs::path& file, const std::string& crs, bool heights, GdalSession& gdal) {
    std::error_code ec;
    if (!fs::is_regular_file(file, ec))
        refuse(base::Code::notFound, file.string() + " is not there, or is no file");
    const fs::path real = fs::absolute(file, ec);
    RasterSource source;
    source.name = file.filename().string();
    char start[4] = {};
    std::ifstream(real, std::ios::binary).read(start, sizeof start);
    gdal.forget();
    if (heights && start[0] == 'P' && start[1] == 'K')
        source.set = openDataset(insideZip(real), GDAL_OF_RASTER, {"SRTMHGT"});
    else if (heights)
        source.set = openDataset(real.string(), GDAL_OF_RASTER, {"GTiff", "SRTMHGT"});
    else
        source.set = openDataset(real.string(), GDAL_OF_RASTER, {"GTiff"});
    if (!source.set)
        gdal.giveUp(base::Code::malformed,
                    source.name + (heights ? " cannot be read as GeoTIFF or HGT (such as N47E009.hgt), or is "
                                             "cut off"
                                           : " cannot be read as GeoTIFF, or is cut off"));
    if (source.set->GetRasterCount() != 1)
        refuse(base::Code::malformed, source.name + " has " + std::to_string(source.set->GetRasterCount()) +
                                          " bands; one is wanted, with a number in each cell");
    if (source.set->GetDriver() == &gdalDriver("GTiff"))
        needWholeTiff(*source.set, real);
    auto& band = *source.set->GetRasterBand(1);
    if (band.GetColorTable() || GDALDataTypeIsComplex(band.GetRasterDataType()))
        refuse(base::Code::malformed, source.name + " is a picture; numbers are wanted");
    const std::string unit = band.GetUnitType();
    if (heights && !unit.empty() && unit != "m" && unit != "metre" && unit != "meter" && unit != "metres" &&
        unit != "meters")
        refuse(base::Code::malformed, source.name + " has its heights in " + unit + "; metres are wanted");
    if (!crs.empty())
        source.reference = epsg(epsgCode(crs));
    else if (const auto* own = source.set->GetSpatialRef(); own && (own->IsGeographic() || own->IsProjected()))
        source.reference = *own;
    else
        refuse(base::Code::malformed, source.name + " does not say in which reference it is: say --crs EPSG:n");
    source.reference.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    locate(source, gdal);
    gdal.check(base::Code::malformed, source.name + " is damaged");
    return source;
}

geo::Box RasterGrid::box() const {
    return {.south = north - height * cellSouth, .west = west, .north = north, .east = west + width * cellEast};
}

RasterGrid gridOver(const geo::Box& box, const RasterSource& like, double mostCells) {
    const double cells = (box.east - box.west) / like.cellEast * ((box.north - box.south) / like.cellSouth);
    const double coarser = cells > mostCells ? std::ceil(std::sqrt(cells / mostCells)) : 1;
    RasterGrid grid;
    grid.cellEast = like.cellEast * coarser;
    grid.cellSouth = like.cellSouth * coarser;
    constexpr double nearly = 1e-6; // of a cell: a corner that lies on a line is not beyond it
    const double left = std::floor((box.west - like.box.west) / grid.cellEast + nearly);
    const double top = std::floor((like.box.north - box.north) / grid.cellSouth + nearly);
    grid.west = like.box.west + left * grid.cellEast;
    grid.north = like.box.north - top * grid.cellSouth;
    grid.width = std::max(1, static_cast<int>(std::ceil((box.east - grid.west) / grid.cellEast - nearly)));
    grid.height = std::max(1, static_cast<int>(std::ceil((grid.north - box.south) / grid.cellSouth - nearly)));
    return grid;
}

geo::Box widened(const geo::Box& box) {
    const double high = (box.north - box.south) / 10;
    const double wide = (box.east - box.west) / 10;
    return {.south = std::max(box.south - high, -85.0),
            .west = std::max(box.west - wide, -180.0),
            .north = std::min(box.north + high, 85.0),
            .east = std::min(box.east + wide, 180.0)};
}

geo::Box common(const geo::Box& a, const geo::Box& b) {
    return {.south = std::max(a.south, b.south),
            .west = std::max(a.west, b.west),
            .north = std::min(a.north, b.north),
            .east = std::min(a.east, b.east)};
}

std::string inWords(const geo::Box& box) {
    char text[120];
    std::snprintf(text, sizeof text, "latitude %.2f to %.2f, longitude %.2f to %.2f", box.south, box.north, box.west,
                  box.east);
    return text;
}

Dataset warp(const std::vector<GDALDataset*>& sources, const fs::path& file, Words words, const ProgressPart& progress,
             GdalSession& gdal, const std::string& what) {
    words.add({"-q", "-overwrite", "-novshift", "-wm", "64"});
    std::vector<GDALDatasetH> handles;
    for (auto* source : sources)
        handles.push_back(GDALDataset::ToHandle(source));
    ProgressPart part = progress;
    const std::unique_ptr<GDALWarpAppOptions, void (*)(GDALWarpAppOptions*)> options(
        GDALWarpAppOptionsNew(words.list(), nullptr), GDALWarpAppOptionsFree);
    GDALWarpAppOptionsSetProgress(options.get(), ProgressPart::gdal, &part);
    Dataset made(GDALDataset::FromHandle(
        GDALWarp(file.c_str(), nullptr, static_cast<int>(handles.size()), handles.data(), options.get(), nullptr)));
    progress.at(1);
    if (!made || gdal.failed())
        gdal.giveUp(base::Code::storage, what);
    return made;
}

base::Result<OwnRaster> openOwnRaster(const fs::path& file) {
    return importing<OwnRaster>([&]() -> base::Result<OwnRaster> {
        std::error_code ec;
        if (!fs::exists(file, ec))
            return base::fail(base::Code::notFound, file.filename().string() + " is not there");
        const GdalSession gdal;
        OwnRaster out{openDataset(file.string(), GDAL_OF_RASTER, {"GTiff"}), {}, 0};
        double t[6];
        if (!out.set || out.set->GetRasterCount() != 1 || out.set->GetGeoTransform(t) != CE_None || !(t[1] > 0) ||
            !(t[5] < 0) || !std::isfinite(t[0] + t[3]) || t[2] != 0 || t[4] != 0)
            return base::fail(base::Code::malformed, file.filename().string() + " is damaged");
        out.grid = {t[0], t[3], t[1], -t[5], out.set->GetRasterXSize(), out.set->GetRasterYSize()};
        int has = 0;
        out.noData = out.set->GetRasterBand(1)->GetNoDataValue(&has);
        if (has == 0)
            out.noData = std::nan("");
        return out;
    });
}

} // namespace tocsin::county
