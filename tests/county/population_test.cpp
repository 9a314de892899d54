#include "geo_support.hpp"
#include "tocsin/county/population.hpp"

#include <cmath>
#include <gmock/gmock.h>
#include <numeric>

namespace tocsin::county {
namespace {

using namespace testing;
using ::testing::HasSubstr;

const geo::Box plain{.south = 30.0, .west = 100.0, .north = 30.1, .east = 100.1};

model::Line ring(double south, double west, double north, double east) {
    const auto p = [](double latitude, double longitude) { return model::Position::trusted(latitude, longitude); };
    return {p(south, west), p(south, east), p(north, east), p(north, west), p(south, west)};
}

struct PopulationImport : ::testing::Test {
    Scratch scratch;
    CountyFolder folder = emptyCounty(scratch, plain);
    std::vector<std::string> before = filesOf(folder.root);
};

TEST_F(PopulationImport, keepsTheCellsOfARaster) {
    std::vector<float> values(100);
    std::iota(values.begin(), values.end(), 1.0F); // 1 to 100: 5,050 together
    values[99] = -200;
    writeTiff(scratch / "p.tif", values, 10, 100, 30.1, 0.01, 4326, -200);
    const auto done = importPopulation(folder, scratch / "p.tif");
    ASSERT_TRUE(done) << done.error().describe();
    EXPECT_NEAR(done->total, 4950, 0.01);
    EXPECT_NEAR(done->fileTotal, 4950, 0.01);
    const auto people = Population::open(folder.population());
    ASSERT_TRUE(people) << people.error().describe();
    const auto& p = **people;
    EXPECT_NEAR(p.total(), 4950, 0.01);
    EXPECT_NEAR(p.within(ring(29, 99, 31, 101)), 4950, 0.01) << "a ring around all";
    EXPECT_NEAR(p.within(ring(30.09, 100, 30.1, 100.01)), 1, 1e-4) << "the north-western cell";
    EXPECT_NEAR(p.within(ring(30.09, 100.005, 30.1, 100.015)), 0.5 + 1.0, 1e-4) << "half of two cells";
    EXPECT_NEAR(p.within(ring(30.05, 100, 30.1, 100.1)), 50 * 51 / 2, 0.01) << "the northern half";
    EXPECT_EQ(p.within({}), 0);
    EXPECT_EQ(p.within(ring(10, 10, 11, 11)), 0);
    // 0.01° by 0.01° at 30° N is 1.2 by 0.96 km.
    const double area = geo::area(ring(30.09, 100, 30.1, 100.01)).value / 1e6;
    EXPECT_NEAR(p.at(model::Position::trusted(30.095, 100.005)).value(), 1 / area, 1e-3);
    EXPECT_FALSE(p.at(model::Position::trusted(30.005, 100.095))) << "not known";
    EXPECT_FALSE(p.at(model::Position::trusted(40, 100)));
}

TEST_F(PopulationImport, aRingThatBendsCountsOnlyItsOwnArea) {
    writeTiff(scratch / "p.tif", std::vector<float>(100, 10), 10, 100, 30.1, 0.01, 4326);
    ASSERT_TRUE(importPopulation(folder, scratch / "p.tif"));
    const auto p = [](double y, double x) { return model::Position::trusted(30 + y / 100, 100 + x / 100); };
    // A U over four by four cells: its bay of two by three is not in it.
    const model::Line shape{p(1, 1), p(1, 5), p(5, 5), p(5, 4), p(2, 4), p(2, 2), p(5, 2), p(5, 1), p(1, 1)};
    EXPECT_NEAR(Population::open(folder.population()).value()->within(shape), 100, 0.01);
}

TEST_F(PopulationImport, keepsTheTotalOfAProjectedRaster) {
    writeTiff(scratch / "m.tif", std::vector<float>(400, 25), 20, 11132000, 3510000, 500, 3857);
    const auto wide = emptyCounty(scratch, {.south = 29, .west = 99, .north = 31, .east = 101});
    const auto done = importPopulation(wide, scratch / "m.tif");
    ASSERT_TRUE(done) << done.error().describe();
    EXPECT_NEAR(done->fileTotal, 10'000, 1e-3);
    EXPECT_NEAR(done->total, 10'000, 10) << "a thousandth";
}

TEST_F(PopulationImport, spreadsTheRowsOfATable) {
    std::string csv = "id;lat;lon;Population\n";
    for (int y = 0; y < 10; ++y)
        for (int x = 0; x < 10; ++x)
            csv += "c;" + std::to_string(30.005 + 0.01 * y) + ";" + std::to_string(100.005 + 0.01 * x) + ";20\n";
    csv += "bad;x;100;5\nfar;91;100;5\nless;30;100;-1\n";
    write(scratch / "p.csv", csv);
    const auto done = importPopulation(folder, scratch / "p.csv");
    ASSERT_TRUE(done) << done.error().describe();
    EXPECT_NEAR(done->fileTotal, 2000, 1e-6);
    EXPECT_NEAR(done->total, 2000, 2);
    EXPECT_EQ(done->leftOutCount, 3U);
    EXPECT_EQ(done->leftOut.at(0).first, 102U);
    const auto people = Population::open(folder.population()).value();
    EXPECT_NEAR(people->within(ring(30.02, 100.02, 30.08, 100.08)), 36 * 20, 60);
    PopulationOptions strict;
    strict.strict = true;
    const auto refused = importPopulation(folder, scratch / "p.csv", strict);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().place.line, 102U);
}

TEST_F(PopulationImport, spreadsAreasOverThemselves) {
    write(scratch / "g.csv", "name,population,geometry\n"
                             "square with a hole,300,\"POLYGON((100.02 30.02,100.06 30.02,100.06 30.06,100.02 30.06,"
                             "100.02 30.02),(100.03 30.03,100.05 30.03,100.05 30.05,100.03 30.05,100.03 30.03))\"\n");
    const auto done = importPopulation(folder, scratch / "g.csv");
    ASSERT_TRUE(done) << done.error().describe();
    EXPECT_NEAR(done->total, 300, 0.3);
    const auto people = Population::open(folder.population()).value();
    EXPECT_NEAR(people->within(ring(30.031, 100.031, 30.049, 100.049)), 0, 12) << "nobody lives in the hole";
    EXPECT_NEAR(people->within(ring(30.02, 100.02, 30.06, 100.03)), 100, 12);
}

TEST_F(PopulationImport, refusesWhatIsNoPopulationOfThisCounty) {
    writeTiff(scratch / "far.tif", std::vector<float>(100, 1), 10, 10, 30.1, 0.01, 4326);
    writeTiff(scratch / "p.tif", std::vector<float>(10000, 1), 100, 100, 30.1, 0.001, 4326);
    cutOff(scratch / "p.tif", scratch / "cut.tif", 0.7);
    write(scratch / "a.csv", "lat,lon\n1,2\n");
    write(scratch / "b.csv", "lat,lon,population\n1,2\n");
    write(scratch / "c.csv", "lat,lon,population\n30,100,\"5\n");
    write(scratch / "d.csv", "");
    write(scratch / "e.csv", std::string(3000, '\xff'));
    write(scratch / "f.tif", "not a picture");
    for (const char* name :
         {"far.tif", "cut.tif", "a.csv", "b.csv", "c.csv", "d.csv", "e.csv", "f.tif", "absent.csv", "absent.tif"}) {
        EXPECT_FALSE(importPopulation(folder, scratch / name)) << name;
        EXPECT_EQ(filesOf(folder.root), before) << name;
    }
    EXPECT_EQ(importPopulation(folder, scratch / "b.csv").error().place.line, 2U);
}

TEST_F(PopulationImport, keepsTheTotalOfARealHexagonGrid) {
    const auto real = corpora();
    if (!real)
        GTEST_SKIP() << "no corpora";
    const auto poa = emptyCounty(scratch, {.south = -30.15, .west = -51.30, .north = -29.95, .east = -51.10});
    const auto done = importPopulation(poa, *real / "osm/brazil/poa_hexgrid.csv");
    ASSERT_TRUE(done) << done.error().describe();
    EXPECT_EQ(done->rows, 1227U);
    EXPECT_NEAR(done->total, done->fileTotal, done->fileTotal / 1000);
}

} // namespace
} // namespace tocsin::county
