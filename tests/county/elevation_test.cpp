#include "geo_support.hpp"
#include "tocsin/county/elevation.hpp"

#include <atomic>
#include <cmath>
#include <gmock/gmock.h>
#include <thread>

namespace tocsin::county {
namespace {

using namespace testing;
using ::testing::HasSubstr;

const geo::Box valley{.south = 47.0, .west = 9.0, .north = 47.02, .east = 9.02};
constexpr double cell = 0.001;

/// A slope of 10 m a cell to the east, with a hole where `holeAt` is.
std::vector<float> slope(int width, int height, int holeAt = -1) {
    std::vector<float> values;
    for (int i = 0; i < width * height; ++i)
        values.push_back(i == holeAt ? -9999.0F : 400.0F + 10.0F * static_cast<float>(i % width));
    return values;
}

struct Elevation : ::testing::Test {
    Scratch scratch;
    CountyFolder folder = emptyCounty(scratch, valley);
    std::vector<std::string> before = filesOf(folder.root);
};

TEST_F(Elevation, makesHeightsReliefAndContours) {
    // One cell of no data at column 12, row 12: it lies in the county.
    writeTiff(scratch / "h.tif", slope(40, 40, 12 * 40 + 12), 40, 8.99, 47.03, cell, 4326, -9999);
    const auto done = importElevation(folder, {scratch / "h.tif"});
    ASSERT_TRUE(done) << done.error().describe();
    EXPECT_EQ(done->interval, 20);
    EXPECT_GT(done->contours, 5);
    EXPECT_NEAR(done->covered, 399.0 / 400, 0.01);
    EXPECT_EQ(filesOf(folder.root),
              (std::vector<std::string>{"config.toml", "contours.gpkg", "elevation.tif", "map.gpkg", "relief.tif"}));
    EXPECT_EQ(ask(folder.contours(), "SELECT count(*) FROM contour WHERE major <> (CAST(height AS INTEGER) % 100 = 0)"),
              "0");
    EXPECT_NE(ask(folder.contours(), "SELECT count(*) FROM rtree_contour_geom"), "0");
    EXPECT_NE(ask(folder.contours(), "SELECT count(*) FROM contour WHERE major = 1"), "0");

    const auto heights = Heights::open(folder.elevation());
    ASSERT_TRUE(heights) << heights.error().describe();
    const auto at = [&](double latitude, double longitude) {
        return (*heights)->at(model::Position::trusted(latitude, longitude));
    };
    // The middle of column 20 is 8.99 + 20.5 cells.
    EXPECT_NEAR(at(47.0105, 9.0105).value(), 600, 0.01);
    EXPECT_NEAR(at(47.0105, 9.0110).value(), 605, 0.01) << "between the middles of two cells";
    EXPECT_FALSE(at(47.0175, 9.0025)) << "no data";
    EXPECT_FALSE(at(47.0170, 9.0030)) << "beside no data";
    EXPECT_TRUE(at(47.0155, 9.0025));
    EXPECT_FALSE(at(47.5, 9.0105)) << "outside";
    EXPECT_FALSE(at(0, 0));
}

TEST_F(Elevation, reliefIsGreyInMercatorWithOverviews) {
    writeTiff(scratch / "h.tif", slope(400, 400), 400, 8.9, 47.1, cell, 4326);
    {
        const auto big = emptyCounty(scratch, {.south = 46.8, .west = 8.95, .north = 47.05, .east = 9.2});
        ASSERT_TRUE(importElevation(big, {scratch / "h.tif"}));
    }
    auto* set = GDALDataset::Open(folder.relief().c_str());
    ASSERT_TRUE(set);
    EXPECT_EQ(set->GetSpatialRef()->GetAuthorityCode(nullptr), std::string("3857"));
    auto* band = set->GetRasterBand(1);
    EXPECT_EQ(band->GetRasterDataType(), GDT_Byte);
    EXPECT_EQ(band->GetNoDataValue(), 0);
    EXPECT_GE(band->GetOverviewCount(), 1);
    double range[2];
    band->ComputeRasterMinMax(FALSE, range);
    EXPECT_GE(range[0], 1);
    EXPECT_LE(range[1], 255);
    GDALClose(set);
}

TEST_F(Elevation, putsTilesTogether) {
    writeTiff(scratch / "w.tif", slope(20, 40), 20, 8.99, 47.03, cell, 4326);
    writeTiff(scratch / "e.tif", std::vector<float>(800, 100), 20, 9.01, 47.03, cell, 4326);
    const auto done = importElevation(folder, {scratch / "w.tif", scratch / "e.tif"});
    ASSERT_TRUE(done) << done.error().describe();
    const auto heights = Heights::open(folder.elevation()).value()->at(model::Position::trusted(47.0105, 9.0155));
    EXPECT_NEAR(heights.value_or(0), 100, 1e-3);
}

TEST_F(Elevation, takesAProjectedRaster) {
    // UTM 32: 9.01° E, 47.01° N is about 500,760 east, 5,206,500 north.
    writeTiff(scratch / "u.tif", std::vector<float>(10000, 512), 100, 498000, 5209500, 60, 32632);
    const auto done = importElevation(folder, {scratch / "u.tif"});
    ASSERT_TRUE(done) << done.error().describe();
    EXPECT_NEAR(Heights::open(folder.elevation()).value()->at(model::Position::trusted(47.01, 9.01)).value(), 512, 0.1);
}

TEST_F(Elevation, refusesWhatIsNotHeightsOfThisCounty) {
    writeTiff(scratch / "far.tif", slope(10, 10), 10, 100, 20, cell, 4326);
    writeTiff(scratch / "none.tif", slope(10, 10), 10, 9, 47.01, cell, 0);
    writeTiff(scratch / "void.tif", std::vector<float>(1600, -9999), 40, 8.99, 47.03, cell, 4326, -9999);
    writeTiff(scratch / "wild.tif", std::vector<float>(1600, 1e30F), 40, 8.99, 47.03, cell, 4326);
    writeTiff(scratch / "h.tif", slope(40, 40), 40, 8.99, 47.03, cell, 4326);
    cutOff(scratch / "h.tif", scratch / "cut.tif", 0.5);
    write(scratch / "N47E009.hgt", std::string(5000, '\1'));
    write(scratch / "x.zip", "PK\3\4 nothing");
    for (const char* name :
         {"far.tif", "none.tif", "void.tif", "wild.tif", "cut.tif", "N47E009.hgt", "x.zip", "absent.tif"}) {
        const auto done = importElevation(folder, {scratch / name});
        EXPECT_FALSE(done) << name;
        EXPECT_EQ(filesOf(folder.root), before) << name;
    }
    EXPECT_THAT(importElevation(folder, {scratch / "far.tif"}).error().message, HasSubstr("elsewhere"));
    EXPECT_THAT(importElevation(folder, {scratch / "none.tif"}).error().message, HasSubstr("--crs"));
    EXPECT_TRUE(importElevation(folder, {scratch / "none.tif"}, {"EPSG:4326", 0}));
    EXPECT_EQ(Heights::open(scratch / "absent.tif").error().code, base::Code::notFound);
}

TEST_F(Elevation, answersManyThreads) {
    writeTiff(scratch / "h.tif", slope(40, 40), 40, 8.99, 47.03, cell, 4326);
    ASSERT_TRUE(importElevation(folder, {scratch / "h.tif"}));
    const auto heights = Heights::open(folder.elevation()).value();
    std::vector<std::jthread> threads;
    std::atomic<int> wrong{0};
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&] {
            for (int i = 0; i < 500; ++i)
                if (std::abs(heights->at(model::Position::trusted(47.0105, 9.0105)).value_or(0) - 600) > 0.01)
                    ++wrong;
        });
    threads.clear();
    EXPECT_EQ(wrong, 0);
}

TEST_F(Elevation, cancelLeavesWhatWasThere) {
    writeTiff(scratch / "h.tif", slope(40, 40), 40, 8.99, 47.03, cell, 4326);
    for (const double at : {0.2, 0.5, 0.8}) {
        std::stop_source stop;
        const auto done = importElevation(
            folder, {scratch / "h.tif"}, {},
            [&](const Progress& progress) {
                if (progress.fraction >= at)
                    stop.request_stop();
            },
            stop.get_token());
        ASSERT_FALSE(done) << at;
        EXPECT_EQ(done.error().code, base::Code::cancelled);
        EXPECT_EQ(filesOf(folder.root), before);
    }
}

TEST_F(Elevation, readsZippedSrtmAsItIs) {
    const auto real = corpora();
    if (!real)
        GTEST_SKIP() << "no corpora";
    const auto andorra = emptyCounty(scratch, {.south = 42.42, .west = 1.41, .north = 42.66, .east = 1.79});
    ASSERT_TRUE(importElevation(andorra, {*real / "dem/srtm3-N42E001.hgt.zip"}));
    // gdallocationinfo -wgs84 says the same of the tile's cells.
    const auto tile =
        GDALDataset::Open(("/vsizip/{" + (*real / "dem/srtm3-N42E001.hgt.zip").string() + "}/N42E001.hgt").c_str());
    ASSERT_TRUE(tile);
    const auto heights = Heights::open(andorra.elevation()).value();
    for (int x = 500; x < 900; x += 37) {
        std::int16_t value = 0;
        ASSERT_EQ(tile->GetRasterBand(1)->RasterIO(GF_Read, x, 600, 1, 1, &value, 1, 1, GDT_Int16, 0, 0, nullptr),
                  CE_None);
        const auto height = heights->at(model::Position::trusted(43 - 600 / 1200.0, 1 + x / 1200.0));
        ASSERT_TRUE(height);
        EXPECT_NEAR(*height, value, 0.01);
    }
    GDALClose(tile);
}

} // namespace
} // namespace tocsin::county
