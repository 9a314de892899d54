#include "county/cell_cover.hpp"
#include "county/csv.hpp"
#include "county/raster_tools.hpp"
#include "county/vector_source.hpp"
#include "tocsin/county/population.hpp"
#include "tocsin/geo/datum.hpp"
#include "tocsin/geo/rtree.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <numbers>
#include <sstream>

namespace tocsin::county {

namespace fs = std::filesystem;

namespace {

constexpr double mostCells = 16e6;
constexpr float unknown = -1;
constexpr double metresPerDegree = 6371008.8 * std::numbers::pi / 180;

/// The cells that population.tif is made of.
struct People {
    RasterGrid grid;
    std::vector<float> cells;

    explicit People(const RasterGrid& g)
        : grid(g), cells(static_cast<std::size_t>(g.width) * static_cast<std::size_t>(g.height), unknown) {}
    void add(int x, int y, double persons) {
        if (x < 0 || y < 0 || x >= grid.width || y >= grid.height)
            return;
        float& cell =
            cells[static_cast<std::size_t>(y) * static_cast<std::size_t>(grid.width) + static_cast<std::size_t>(x)];
        cell = static_cast<float>(std::max(0.0F, cell) + persons);
    }
    /// Persons evenly over rings in cells; what lies outside the grid is left out.
    void spread(const std::vector<CellRing>& rings, double persons) {
        // Each ring adds or takes its own area by the way it turns: holes turn against the outer ring.
        double whole = 0;
        double left = grid.width;
        double right = 0;
        double top = grid.height;
        double bottom = 0;
        for (const auto& ring : rings) {
            whole += signedCellArea(ring);
            for (const auto& p : ring) {
                left = std::min(left, p.x);
                right = std::max(right, p.x);
                top = std::min(top, p.y);
                bottom = std::max(bottom, p.y);
            }
        }
        if (std::abs(whole) < 1e-9)
            return;
        CellRing strip;
        CellRing part;
        CellRing other;
        for (int y = std::max(0, static_cast<int>(std::floor(top))); y < std::min<double>(grid.height, bottom); ++y)
            for (int x = std::max(0, static_cast<int>(std::floor(left))); x < std::min<double>(grid.width, right);
                 ++x) {
                double area = 0;
                for (const auto& ring : rings) {
                    clip<&CellPoint::y>(ring, y, true, strip);
                    clip<&CellPoint::y>(strip, y + 1, false, part);
                    clip<&CellPoint::x>(part, x, true, other);
                    clip<&CellPoint::x>(other, x + 1, false, part);
                    area += signedCellArea(part);
                }
                if (const double share = area / whole; share > 0)
                    add(x, y, persons * share);
            }
    }
    [[nodiscard]] double total() const {
        double sum = 0;
        for (const float cell : cells)
            sum += std::max(0.0F, cell);
        return sum;
    }
};

void write(const People& people, const fs::path& file, GdalSession& gdal) {
    gdal.forget();
    Words words{"TILED=YES", "COMPRESS=DEFLATE", "PREDICTOR=3"};
    Dataset set(
        gdalDriver("GTiff").Create(file.c_str(), people.grid.width, people.grid.height, 1, GDT_Float32, words.list()));
    if (!set)
        gdal.giveUp(base::Code::storage, "cannot write population.tif");
    auto transform = people.grid.transform();
    const OGRSpatialReference wgs84 = epsg(4326);
    set->SetGeoTransform(transform.data());
    set->SetSpatialRef(&wgs84);
    auto& band = *set->GetRasterBand(1);
    band.SetNoDataValue(unknown);
    // GDAL takes what is written without const, and changes nothing.
    const auto wrote =
        band.RasterIO(GF_Write, 0, 0, people.grid.width, people.grid.height, const_cast<float*>(people.cells.data()),
                      people.grid.width, people.grid.height, GDT_Float32, 0, 0, nullptr);
    set.reset();
    if (wrote != CE_None || gdal.failed())
        gdal.giveUp(base::Code::storage, "cannot write population.tif");
}

/// Calls `each` with column, row and persons for all known cells of the raster's part.
template <typename Each>
void readCells(GDALDataset& set, int left, int top, int width, int height, const ProgressPart& progress,
               GdalSession& gdal, Each&& each) {
    auto& band = *set.GetRasterBand(1);
    int has = 0;
    const double noData = band.GetNoDataValue(&has);
    std::vector<double> row(static_cast<std::size_t>(width));
    for (int y = top; y < top + height; ++y) {
        if (y % 64 == 0)
            progress.at(static_cast<double>(y - top) / height);
        if (band.RasterIO(GF_Read, left, y, width, 1, row.data(), width, 1, GDT_Float64, 0, 0, nullptr) != CE_None)
            gdal.giveUp(base::Code::malformed, "the cells of line " + std::to_string(y + 1) + " cannot be read");
        for (int x = 0; x < width; ++x) {
            const double persons = row[static_cast<std::size_t>(x)];
            // Single precision rounds a no-data value that a float cannot hold.
            if (std::isfinite(persons) && persons >= 0 && persons < 1e9 &&
                !(has != 0 && (persons == noData || static_cast<float>(persons) == static_cast<float>(noData))))
                each(left + x, y, persons);
        }
    }
}

People fromRaster(const fs::path& file, const PopulationOptions& options, const geo::Box& county,
                  const ProgressSink& sink, const std::stop_token& cancel, GdalSession& gdal,
                  PopulationSummary& summary) {
    auto source = openRaster(file, options.crs, false, gdal);
    if (!source.degrees) // GDAL's guess of the box may be short by a part of a cell
        source.box = {.south = source.box.south - source.cellSouth,
                      .west = source.box.west - source.cellEast,
                      .north = source.box.north + source.cellSouth,
                      .east = source.box.east + source.cellEast};
    const geo::Box part = common(source.box, widened(county));
    if (part.empty())
        refuse(base::Code::outOfRange,
               "the population lies elsewhere: at " + inWords(source.box) + ", the county at " + inWords(county));
    const int width = source.set->GetRasterXSize();
    const int height = source.set->GetRasterYSize();
    // A whole country at 100 m is not read for the sake of one number.
    if (static_cast<double>(width) * height < 200e6)
        readCells(*source.set, 0, 0, width, height, ProgressPart(sink, cancel, "Counting", 0, 0.4), gdal,
                  [&](int, int, double persons) { summary.fileTotal += persons; });
    else
        summary.fileTotal = std::nan("");
    People people(gridOver(part, source, mostCells));
    const auto& grid = people.grid;
    const ProgressPart taking(sink, cancel, "Taking the population", 0.4, 0.9);
    if (source.degrees) {
        // The grid's cells are the source's, or whole blocks of them.
        const auto lines = [](double v) { return static_cast<int>(std::lround(v)); };
        const int offX = lines((grid.west - source.box.west) / source.cellEast);
        const int offY = lines((source.box.north - grid.north) / source.cellSouth);
        const int block = std::max(1, lines(grid.cellEast / source.cellEast));
        const int left = std::clamp(offX, 0, width - 1);
        const int top = std::clamp(offY, 0, height - 1);
        const int right = static_cast<int>(std::min<std::int64_t>(width, offX + std::int64_t{block} * grid.width));
        const int bottom = static_cast<int>(std::min<std::int64_t>(height, offY + std::int64_t{block} * grid.height));
        readCells(*source.set, left, top, std::max(1, right - left), std::max(1, bottom - top), taking, gdal,
                  [&](int x, int y, double persons) { people.add((x - offX) / block, (y - offY) / block, persons); });
        return people;
    }
    // Each cell's four corners are projected and its persons laid over the cells beneath: no one is lost at an edge.
    double t[6];
    double inverse[6];
    const OGRSpatialReference wgs84 = epsg(4326);
    const std::unique_ptr<OGRCoordinateTransformation> forth(
        OGRCreateCoordinateTransformation(&source.reference, &wgs84));
    const std::unique_ptr<OGRCoordinateTransformation> back(
        OGRCreateCoordinateTransformation(&wgs84, &source.reference));
    if (!forth || !back || source.set->GetGeoTransform(t) != CE_None || GDALInvGeoTransform(t, inverse) == 0)
        gdal.giveUp(base::Code::malformed, source.name + " cannot be brought to WGS-84");
    double left = width;
    double right = 0;
    double top = height;
    double bottom = 0;
    const geo::Box box = grid.box();
    for (int i = 0; i <= 40; ++i) // along the four sides
        for (int side = 0; side < 4; ++side) {
            const double along = i / 40.0;
            double x = side == 0 ? box.west : side == 1 ? box.east : box.west + along * (box.east - box.west);
            double y = side == 2 ? box.south : side == 3 ? box.north : box.south + along * (box.north - box.south);
            if (back->Transform(1, &x, &y) == 0)
                continue;
            const double column = inverse[0] + x * inverse[1] + y * inverse[2];
            const double line = inverse[3] + x * inverse[4] + y * inverse[5];
            left = std::min(left, column);
            right = std::max(right, column);
            top = std::min(top, line);
            bottom = std::max(bottom, line);
        }
    gdal.forget();
    const int firstColumn = static_cast<int>(std::clamp(std::floor(left) - 1, 0.0, width - 1.0));
    const int firstLine = static_cast<int>(std::clamp(std::floor(top) - 1, 0.0, height - 1.0));
    const int columns = static_cast<int>(std::clamp(std::ceil(right) + 1, 1.0, 1.0 * width)) - firstColumn;
    const int lines = static_cast<int>(std::clamp(std::ceil(bottom) + 1, 1.0, 1.0 * height)) - firstLine;
    std::vector<CellRing> ring(1);
    readCells(*source.set, firstColumn, firstLine, std::max(1, columns), std::max(1, lines), taking, gdal,
              [&](int column, int line, double persons) {
                  double x[4];
                  double y[4];
                  for (int i = 0; i < 4; ++i) {
                      const double across = column + (i == 1 || i == 2 ? 1 : 0);
                      const double down = line + (i >= 2 ? 1 : 0);
                      x[i] = t[0] + across * t[1] + down * t[2];
                      y[i] = t[3] + across * t[4] + down * t[5];
                  }
                  if (forth->Transform(4, x, y) == 0)
                      return;
                  ring[0].clear();
                  for (int i = 0; i < 4; ++i)
                      ring[0].push_back({(x[i] - grid.west) / grid.cellEast, (grid.north - y[i]) / grid.cellSouth});
                  people.spread(ring, persons);
              });
    return people;
}

/// A row of a table: a place, or rings of areas, with its persons.
struct Settlement {
    model::Position place;
    std::vector<model::Line> rings; ///< outer and inner
    double persons{0};
};

/// Rings of well-known text in degrees; empty when it is no area.
std::vector<model::Line> ringsOfText(const std::string& text, model::Datum datum) {
    std::vector<model::Line> rings;
    OGRGeometry* geometry = nullptr;
    const auto error = OGRGeometryFactory::createFromWkt(text.c_str(), nullptr, &geometry);
    const std::unique_ptr<OGRGeometry> shape(geometry);
    if (!shape || error != OGRERR_NONE)
        return rings;
    const auto take = [&](OGRPolygon& polygon) {
        for (auto* ring : polygon) {
            // Outer rings turn one way and holes the other: the way says which is which.
            if ((ring->isClockwise() != 0) != (ring == polygon.getExteriorRing()))
                ring->reverseWindingOrder();
            model::Line line;
            for (const auto& p : *ring) {
                const auto place = geo::normalise({p.getY(), p.getX(), datum});
                if (!place)
                    return false;
                line.push_back(*place);
            }
            rings.push_back(std::move(line));
        }
        return true;
    };
    bool good = true;
    if (wkbFlatten(shape->getGeometryType()) == wkbPolygon)
        good = take(*shape->toPolygon());
    else if (wkbFlatten(shape->getGeometryType()) == wkbMultiPolygon)
        for (auto* polygon : *shape->toMultiPolygon())
            good = good && take(*polygon);
    if (!good)
        rings.clear();
    return rings;
}

std::vector<Settlement> readTable(const fs::path& file, const PopulationOptions& options, PopulationSummary& summary) {
    std::error_code ec;
    if (!fs::is_regular_file(file, ec))
        refuse(base::Code::notFound, file.string() + " is not there, or is no file");
    if (fs::file_size(file, ec) > (256U << 20U))
        refuse(base::Code::tooLarge, file.filename().string() + " is larger than 256 MB");
    std::ostringstream bytes;
    bytes << std::ifstream(file, std::ios::binary).rdbuf();
    std::size_t recoded = 0;
    const auto table = CsvTable::parse(asUtf8(std::move(bytes).str(), {}, recoded), file.filename().string());
    if (!table)
        refuse(table.error().code, table.error().describe(), table.error().place);
    const std::string latitude = table->columnCalled({"latitude", "lat", "y", "纬度"});
    const std::string longitude = table->columnCalled({"longitude", "lon", "lng", "long", "x", "经度"});
    const std::string people =
        table->columnCalled({"population", "pop", "persons", "people", "inhabitants", "人口", "人口数", "常住人口"});
    const std::string shape = table->columnCalled({"geometry", "wkt", "geom", "the_geom"});
    if (people.empty())
        refuse(base::Code::malformed, file.filename().string() + " has no column population");
    if (shape.empty() && (latitude.empty() || longitude.empty()))
        refuse(base::Code::malformed, file.filename().string() + " has no columns latitude and longitude");
    std::vector<Settlement> out;
    for (const auto& row : table->rows()) {
        ++summary.rows;
        const auto bad = [&](const std::string& why) {
            if (options.strict)
                refuse(base::Code::malformed,
                       file.filename().string() + ", line " + std::to_string(row.line) + ": " + why,
                       {.line = row.line});
            ++summary.leftOutCount;
            if (summary.leftOut.size() < 20)
                summary.leftOut.emplace_back(row.line, why);
        };
        Settlement settlement;
        const auto persons = row.number(people, 0, 1e8);
        if (!persons) {
            bad(persons.error().message);
            continue;
        }
        settlement.persons = *persons;
        if (!shape.empty())
            settlement.rings = ringsOfText(row[shape], options.datum);
        if (settlement.rings.empty()) {
            const auto y = latitude.empty() ? base::Result<double>(base::fail(base::Code::malformed, "no place"))
                                            : row.number(latitude, -90, 90);
            const auto x = longitude.empty() ? y : row.number(longitude, -180, 180);
            if (!y || !x) {
                bad(latitude.empty() ? shape + " is no area" : y ? x.error().message : y.error().message);
                continue;
            }
            const auto place = geo::normalise({*y, *x, options.datum});
            if (!place) {
                bad(place.error().message);
                continue;
            }
            settlement.place = *place;
        }
        out.push_back(std::move(settlement));
    }
    if (out.empty())
        refuse(base::Code::malformed, file.filename().string() + " has no row that can be taken" +
                                          (summary.leftOut.empty() ? std::string() : ": " + summary.leftOut[0].second));
    return out;
}

/// How far the points lie from their neighbours, in metres: the middle one of up to 2,000.
double spacingOf(const std::vector<Settlement>& settlements) {
    std::vector<std::pair<model::Position, std::uint32_t>> points;
    for (const auto& s : settlements)
        if (s.rings.empty())
            points.emplace_back(s.place, static_cast<std::uint32_t>(points.size()));
    const geo::PointIndex index(points);
    std::vector<double> distances;
    const std::size_t step = points.size() / 2000 + 1;
    for (std::size_t i = 0; i < points.size(); i += step)
        for (const auto& [other, distance] : index.nearest(points[i].first, 4, base::Metres(5'000)))
            if (distance.value > 1) {
                distances.push_back(distance.value);
                break;
            }
    if (distances.empty())
        return 1'000;
    const auto middle = distances.begin() + static_cast<std::ptrdiff_t>(distances.size() / 2);
    std::nth_element(distances.begin(), middle, distances.end());
    return std::clamp(*middle, 20.0, 2'000.0);
}

void spread(People& people, const Settlement& settlement, double metres) {
    const auto& grid = people.grid;
    std::vector<CellRing> rings;
    const auto cellOf = [&](double latitude, double longitude) {
        return CellPoint{(longitude - grid.west) / grid.cellEast, (grid.north - latitude) / grid.cellSouth};
    };
    if (settlement.rings.empty()) {
        const double high = metres / 2 / metresPerDegree;
        const double wide = high / std::max(0.05, std::cos(settlement.place.latitude() * std::numbers::pi / 180));
        const double y = settlement.place.latitude();
        const double x = settlement.place.longitude();
        rings.push_back({cellOf(y + high, x - wide), cellOf(y + high, x + wide), cellOf(y - high, x + wide),
                         cellOf(y - high, x - wide)});
    } else {
        for (const auto& line : settlement.rings) {
            rings.emplace_back();
            for (const auto& p : line)
                rings.back().push_back(cellOf(p.latitude(), p.longitude()));
        }
    }
    people.spread(rings, settlement.persons);
}

People fromTable(const fs::path& file, const PopulationOptions& options, const geo::Box& county,
                 const ProgressSink& sink, const std::stop_token& cancel, PopulationSummary& summary) {
    const ProgressPart progress(sink, cancel, "Taking the population", 0.2, 0.9);
    const auto settlements = readTable(file, options, summary);
    progress.at(0);
    const double metres = spacingOf(settlements);
    geo::Box all;
    for (const auto& s : settlements) {
        summary.fileTotal += s.persons;
        if (s.rings.empty())
            all.add(s.place);
        for (const auto& ring : s.rings)
            for (const auto& p : ring)
                all.add(p);
    }
    const double latitude = all.centre().latitude();
    RasterSource like; // cells of a quarter of the distance: a square's edge falls into few of them
    like.cellSouth = metres / 4 / metresPerDegree;
    like.cellEast = like.cellSouth / std::max(0.05, std::cos(latitude * std::numbers::pi / 180));
    const double edge = 4 * std::max(like.cellEast, like.cellSouth);
    like.box = {.south = all.south - edge, .west = all.west - edge, .north = all.north + edge, .east = all.east + edge};
    const geo::Box part = common(like.box, widened(county));
    if (part.empty())
        refuse(base::Code::outOfRange,
               "the population lies elsewhere: at " + inWords(all) + ", the county at " + inWords(county));
    People people(gridOver(part, like, mostCells));
    std::size_t done = 0;
    for (const auto& settlement : settlements) {
        if (++done % 64 == 0)
            progress.at(static_cast<double>(done) / static_cast<double>(settlements.size()));
        spread(people, settlement, metres);
    }
    return people;
}

PopulationSummary run(const CountyFolder& folder, const fs::path& file, const PopulationOptions& options,
                      const ProgressSink& sink, const std::stop_token& cancel) {
    const ImportRoom room(folder);
    GdalSession gdal;
    const auto map = readMapInfo(folder.map());
    if (!map)
        refuse(map.error().code, map.error().message);
    ProgressPart(sink, cancel, "Reading the population", 0, 1).at(0);
    PopulationSummary summary;
    std::string extension = file.extension().string();
    const bool table = extension == ".csv" || extension == ".CSV" || extension == ".txt" || extension == ".tsv";
    const People people = table ? fromTable(file, options, map->bounds, sink, cancel, summary)
                                : fromRaster(file, options, map->bounds, sink, cancel, gdal, summary);
    summary.width = people.grid.width;
    summary.height = people.grid.height;
    summary.total = people.total();
    if (summary.total <= 0)
        refuse(base::Code::outOfRange, "nobody lives in the county by this file");
    FileInMaking made(folder.population());
    write(people, made.path(), gdal);
    stopIfCancelled(cancel);
    made.finish();
    ProgressPart(sink, {}, "Done", 1, 1).at(1);
    return summary;
}

} // namespace

base::Result<PopulationSummary> importPopulation(const CountyFolder& folder, const fs::path& file,
                                                 const PopulationOptions& options, const ProgressSink& progress,
                                                 std::stop_token cancel) {
    return importing<PopulationSummary>([&] { return run(folder, file, options, progress, cancel); });
}

} // namespace tocsin::county
