#include "map/small_map.hpp"

#include "map/wkb.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <memory>

namespace tocsin::map {
namespace {

using test::Cell;

TEST(GeoPackageGeometry, ReadsPointLineAndRing) {
    for (const auto kind : {Cell::Kind::point, Cell::Kind::line, Cell::Kind::polygon}) {
        const Cell cell(kind, kind == Cell::Kind::point ? std::vector<test::Point>{{1, 2}}
                                                        : std::vector<test::Point>{{0, 0}, {1, 0}, {1, 1}, {0, 0}});
        EXPECT_TRUE(readGeoPackageGeometry(cell.bytes().data(), cell.bytes().size()));
    }
}

TEST(GeoPackageGeometry, PointsThatNobodyCanTellApartAreLeftOutButNotTheEnds) {
    const Cell cell(Cell::Kind::line, {{0, 0}, {0.1, 0}, {0.2, 0.1}, {5, 5}, {5.1, 5}, {5.2, 5}});
    const auto geometry = readGeoPackageGeometry(cell.bytes().data(), cell.bytes().size(), 1);
    ASSERT_TRUE(geometry);
    const auto& line = geometry->get<mapnik::geometry::line_string<double>>();
    ASSERT_EQ(line.size(), 3U);
    EXPECT_EQ(line.front().x, 0);
    EXPECT_EQ(line.back().x, 5.2);
}

TEST(GeoPackageGeometry, OfALineThePartsInViewAreGiven) {
    std::vector<test::Point> points;
    for (int i = 0; i <= 1000; ++i)
        points.emplace_back(i, i % 2);
    for (int i = 1000; i >= 0; --i)
        points.emplace_back(i, 10 + i % 2);
    const Cell cell(Cell::Kind::line, points);
    const mapnik::box2d<double> box(100.5, -5, 103.5, 20);
    const auto geometry = readGeoPackageGeometry(cell.bytes().data(), cell.bytes().size(), 0, &box);
    ASSERT_TRUE(geometry);
    const auto& parts = geometry->get<mapnik::geometry::multi_line_string<double>>();
    ASSERT_EQ(parts.size(), 2U); // there and back
    EXPECT_EQ(parts[0].size(), 5U);
    EXPECT_DOUBLE_EQ(parts[0].front().x, 100.5);
    EXPECT_DOUBLE_EQ(parts[0].front().y, 0.5);
    EXPECT_DOUBLE_EQ(parts[1].front().x, 103.5);
    const mapnik::box2d<double> elsewhere(200, 50, 210, 60);
    EXPECT_FALSE(readGeoPackageGeometry(cell.bytes().data(), cell.bytes().size(), 0, &elsewhere));
    const mapnik::box2d<double> inside(100.25, 0.25, 100.75, 0.75); // both ends of a line beyond
    const auto middle = readGeoPackageGeometry(cell.bytes().data(), cell.bytes().size(), 0, &inside);
    ASSERT_TRUE(middle);
    EXPECT_EQ(middle->get<mapnik::geometry::line_string<double>>().size(), 2U);
}

TEST(GeoPackageGeometry, NothingIsReadPastTheEnd) {
    const Cell cell(Cell::Kind::polygon, {{0, 0}, {1, 0}, {1, 1}, {0, 0}});
    for (std::size_t size = 0; size < cell.bytes().size(); ++size) {
        // An own block of exactly this size, so that a sanitizer sees one byte too many.
        const auto part = std::make_unique<char[]>(size + 1);
        std::copy_n(cell.bytes().data(), size, part.get());
        EXPECT_FALSE(readGeoPackageGeometry(part.get(), size)) << size;
    }
}

TEST(GeoPackageGeometry, CountsThatLieAndNumbersThatAreNoneAreRefused) {
    std::string lying = Cell(Cell::Kind::line, {{0, 0}, {1, 1}}).bytes();
    lying.replace(13, 4, "\xff\xff\xff\x7f"); // two billion points
    EXPECT_FALSE(readGeoPackageGeometry(lying.data(), lying.size()));
    const Cell nowhere(Cell::Kind::point, {{std::numeric_limits<double>::quiet_NaN(), 0}});
    EXPECT_FALSE(readGeoPackageGeometry(nowhere.bytes().data(), nowhere.bytes().size()));
}

} // namespace
} // namespace tocsin::map
