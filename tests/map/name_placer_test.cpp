#include "map/name_placer.hpp"

#include "map/tile_painter.hpp"
#include "tocsin/map/tile_renderer.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <initializer_list>
#include <numbers>

namespace tocsin::map {
namespace {

bool meet(const Box& a, const Box& b) {
    return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

Line lineOf(std::initializer_list<Point> points) {
    Line line;
    line.assign(points.begin(), points.end());
    return line;
}

class NamePlacerTest : public testing::Test {
  protected:
    void SetUp() override {
        ASSERT_TRUE(registerFonts(RendererOptions{}.fonts));
        mapnik::font_set regular("regular");
        regular.add_face_name("Noto Sans Regular");
        auto opened = Letters::open({{"regular", regular}});
        ASSERT_TRUE(opened);
        letters = std::move(*opened);
        style.parts = {{nullptr, 10}};
        style.directions = {mapnik::EXACT_POSITION};
        style.avoidEdges = true;
    }
    NamePlacer placer() { return {*letters, {0, 0, 512, 512}, 50}; }

    std::unique_ptr<Letters> letters;
    NameStyle style;
    std::vector<PlacedName> placed;
};

TEST_F(NamePlacerTest, TwoNamesDoNotStandInOnePlace) {
    NamePlacer where = placer();
    where.atPoint(style, {"Vaduz"}, {200, 200}, placed);
    where.atPoint(style, {"Schaan"}, {205, 203}, placed);
    ASSERT_EQ(placed.size(), 1U);
    style.directions = {mapnik::NORTH, mapnik::SOUTH, mapnik::EAST};
    style.dx = style.dy = 20;
    where.atPoint(style, {"Schaan"}, {205, 203}, placed);
    ASSERT_EQ(placed.size(), 2U); // another side had room
    EXPECT_FALSE(meet(placed[0].bounds, placed[1].bounds));
}

TEST_F(NamePlacerTest, NamesStayInTheBlockWhereTheyMust) {
    NamePlacer where = placer();
    where.atPoint(style, {"Vaduz"}, {3, 200}, placed);
    EXPECT_TRUE(placed.empty());
    style.avoidEdges = false;
    where.atPoint(style, {"Vaduz"}, {3, 200}, placed);
    EXPECT_EQ(placed.size(), 1U);
}

TEST_F(NamePlacerTest, ANameIsReadFromLeftToRightWhicheverWayItsLineRuns) {
    style.placement = NameStyle::Placement::line;
    for (const Line& line : {lineOf({{50, 300}, {450, 250}}), lineOf({{450, 250}, {50, 300}})}) {
        NamePlacer where = placer();
        placed.clear();
        where.along(style, {"Landstrasse"}, line, placed);
        ASSERT_EQ(placed.size(), 1U);
        const auto& set = placed.front().letters;
        for (std::size_t i = 1; i < set.size(); ++i)
            EXPECT_GT(set[i].x, set[i - 1].x);
        EXPECT_GT(set.front().cos, 0.9);
    }
}

TEST_F(NamePlacerTest, ALongLineBearsItsNameSeveralTimesButNotTooNear) {
    style.placement = NameStyle::Placement::line;
    style.spacing = 120;
    NamePlacer often = placer();
    often.along(style, {"Rhein"}, lineOf({{10, 100}, {500, 100}}), placed);
    EXPECT_EQ(placed.size(), 4U);
    placed.clear();
    style.repeatDistance = 200;
    NamePlacer seldom = placer();
    seldom.along(style, {"Rhein"}, lineOf({{10, 100}, {500, 100}}), placed);
    EXPECT_EQ(placed.size(), 2U);
}

TEST_F(NamePlacerTest, WhatIsTooShortOrTooCrookedBearsNoName) {
    style.placement = NameStyle::Placement::line;
    style.mostTurn = 22 * std::numbers::pi / 180;
    NamePlacer where = placer();
    where.along(style, {"Landstrasse"}, lineOf({{100, 100}, {130, 100}}), placed);
    where.along(style, {"Landstrasse"},
                lineOf({{100, 100}, {130, 100}, {130, 130}, {160, 130}, {160, 160}, {190, 160}}), placed);
    EXPECT_TRUE(placed.empty());
    Line bend; // a quarter of a large circle
    for (int i = 0; i <= 30; ++i)
        bend.emplace_back(100 + 150 * std::sin(i * 0.05), 300 - 150 * std::cos(i * 0.05));
    where.along(style, {"Landstrasse"}, bend, placed);
    EXPECT_EQ(placed.size(), 1U);
    where.along(style, {"Landstrasse"}, lineOf({{100, 100}}), placed);
    where.along(style, {"Landstrasse"}, lineOf({{100, 100}, {100, 100}}), placed); // a line of no length
    EXPECT_EQ(placed.size(), 1U);
}

TEST_F(NamePlacerTest, HeightsStandBelowTheirPeak) {
    style.parts = {{nullptr, 10}, {nullptr, 8}};
    NamePlacer where = placer();
    where.atPoint(style, {"Naafkopf", "\n2570 m"}, {200, 200}, placed);
    ASSERT_EQ(placed.size(), 1U);
    const auto& set = placed.front().letters;
    EXPECT_GT(set.back().y, set.front().y + 5);
    EXPECT_EQ(set.back().size, 8);
}

TEST(PointWithin, LiesInTheAreaEvenIfItIsARing) {
    Shapes shapes; // a U, open to the top
    shapes.points = {{0, 0}, {10, 0}, {10, 80}, {90, 80}, {90, 0}, {100, 0}, {100, 100}, {0, 100}, {0, 0}};
    shapes.parts = {{0, 9, true}};
    shapes.shapes = {{Shapes::Kind::area, 0, 1}};
    const Point in = pointWithin(shapes, shapes.shapes.front(), {0, 0, 512, 512});
    const bool leftOrRight = in.x < 10 || in.x > 90;
    EXPECT_TRUE(leftOrRight || in.y > 80) << in.x << ' ' << in.y;
    const Point inView = pointWithin(shapes, shapes.shapes.front(), {0, 85, 40, 512}); // a part of it is seen
    EXPECT_GE(inView.y, 85);
    EXPECT_LE(inView.x, 40);
}

} // namespace
} // namespace tocsin::map
