#include "map/small_map.hpp"

#include "map/wkb.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::map {
namespace {

using test::Cell;

bool read(std::string_view bytes, Shapes& into, double least = 0) {
    return readGeoPackageGeometry(bytes.data(), bytes.size(), {}, least, into);
}

bool isGeometry(std::string_view bytes) {
    Shapes shapes;
    return read(bytes, shapes);
}

TEST(GeoPackageGeometry, ReadsPointLineAndRing) {
    for (const auto kind : {Cell::Kind::point, Cell::Kind::line, Cell::Kind::polygon}) {
        const Cell cell(kind, kind == Cell::Kind::point ? std::vector<test::Point>{{1, 2}}
                                                        : std::vector<test::Point>{{0, 0}, {1, 0}, {1, 1}, {0, 0}});
        EXPECT_TRUE(isGeometry(cell.bytes()));
    }
}

TEST(GeoPackageGeometry, PointsThatNobodyCanTellApartAreLeftOutButNotTheEnds) {
    const Cell cell(Cell::Kind::line, {{0, 0}, {0.1, 0}, {0.2, 0.1}, {5, 5}, {5.1, 5}, {5.2, 5}});
    Shapes shapes;
    ASSERT_TRUE(read(cell.bytes(), shapes, 1));
    ASSERT_EQ(shapes.points.size(), 3U);
    EXPECT_EQ(shapes.points.front().x, 0);
    EXPECT_EQ(shapes.points.back().x, 5.2);
}

TEST(GeoPackageGeometry, ThePictureHasItsOwnPlaceAndScale) {
    const Cell cell(Cell::Kind::line, {{1000, 2000}, {1010, 1990}});
    Shapes shapes;
    ASSERT_TRUE(readGeoPackageGeometry(cell.bytes().data(), cell.bytes().size(), {1000, 2000, 0.5, -0.5}, 0, shapes));
    EXPECT_EQ(shapes.points[0].x, 0);
    EXPECT_EQ(shapes.points[1].x, 5);
    EXPECT_EQ(shapes.points[1].y, 5);
}

TEST(GeoPackageGeometry, WhatIsBrokenLeavesNothingBehind) {
    Shapes shapes;
    ASSERT_TRUE(read(Cell(Cell::Kind::line, {{0, 0}, {1, 1}}).bytes(), shapes));
    std::string cut = Cell(Cell::Kind::polygon, {{0, 0}, {1, 0}, {1, 1}, {0, 0}}).bytes();
    cut.resize(cut.size() - 3);
    EXPECT_FALSE(read(cut, shapes));
    EXPECT_EQ(shapes.points.size(), 2U);
    EXPECT_EQ(shapes.parts.size(), 1U);
    EXPECT_EQ(shapes.shapes.size(), 1U);
}

TEST(CutLine, ThePartsInTheBoxAreGiven) {
    std::vector<Point> points;
    for (int i = 0; i <= 1000; ++i)
        points.emplace_back(i, i % 2);
    for (int i = 1000; i >= 0; --i)
        points.emplace_back(i, 10 + i % 2);
    std::vector<Line> parts;
    cutLine(points.data(), points.size(), {100.5, -5, 103.5, 20}, parts);
    ASSERT_EQ(parts.size(), 2U); // there and back
    EXPECT_EQ(parts[0].size(), 5U);
    EXPECT_DOUBLE_EQ(parts[0].front().x, 100.5);
    EXPECT_DOUBLE_EQ(parts[0].front().y, 0.5);
    EXPECT_DOUBLE_EQ(parts[1].front().x, 103.5);
    parts.clear();
    cutLine(points.data(), points.size(), {200, 50, 210, 60}, parts);
    EXPECT_TRUE(parts.empty());
    cutLine(points.data(), points.size(), {100.25, 0.25, 100.75, 0.75}, parts); // both ends of a line beyond
    ASSERT_EQ(parts.size(), 1U);
    EXPECT_EQ(parts[0].size(), 2U);
}

TEST(GeoPackageGeometry, NothingIsReadPastTheEnd) {
    const Cell cell(Cell::Kind::polygon, {{0, 0}, {1, 0}, {1, 1}, {0, 0}});
    for (std::size_t size = 0; size < cell.bytes().size(); ++size) {
        // An own block of exactly this size, so that a sanitizer sees one byte too many.
        const auto part = std::make_unique<char[]>(size + 1);
        std::copy_n(cell.bytes().data(), size, part.get());
        EXPECT_FALSE(isGeometry({part.get(), size})) << size;
    }
}

TEST(GeoPackageGeometry, CountsThatLieAndNumbersThatAreNoneAreRefused) {
    std::string lying = Cell(Cell::Kind::line, {{0, 0}, {1, 1}}).bytes();
    lying.replace(13, 4, "\xff\xff\xff\x7f"); // two billion points
    EXPECT_FALSE(isGeometry(lying));
    const Cell nowhere(Cell::Kind::point, {{std::numeric_limits<double>::quiet_NaN(), 0}});
    EXPECT_FALSE(isGeometry(nowhere.bytes()));
}

} // namespace
} // namespace tocsin::map
