#include "map/stroke.hpp"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <numbers>

namespace tocsin::map {
namespace {

/// Sums what a rasterizer covers.
class Sum {
  public:
    void reset(int, int) {}
    void reset_spans() {}
    void add_cell(int, unsigned cover) { total += cover / 255.0; }
    void add_span(int, unsigned length, unsigned cover) { total += length * (cover / 255.0); }
    void finalize(int) {}
    [[nodiscard]] unsigned num_spans() const { return 0; }
    double total{0};
};

double areaOf(const PicturePath& path, bool closed, const Pen& pen, double from = 0) {
    mapnik::rasterizer shape;
    shape.clip_box(0, 0, 400, 400);
    Stroker().add(path, closed, pen, from, shape);
    Sum sum;
    if (shape.rewind_scanlines())
        shape.sweep_scanline(sum);
    return sum.total;
}

TEST(Stroke, AStraightLineIsARectangle) {
    const PicturePath path{{50, 50}, {150, 50}};
    EXPECT_NEAR(areaOf(path, false, {.width = 6}), 600, 3);
    EXPECT_NEAR(areaOf(path, false, {.width = 6, .cap = Pen::Cap::square}), 636, 4);
    EXPECT_NEAR(areaOf(path, false, {.width = 6, .cap = Pen::Cap::round}), 600 + std::numbers::pi * 9, 4);
}

TEST(Stroke, CornersAreFilledOnceWhicheverWayTheLineTurns) {
    // An L of two legs of 100: the square at the corner counts once and the mitre fills its outer quarter.
    for (const double down : {1.0, -1.0}) {
        const PicturePath path{{50, 200}, {150, 200}, {150, 200 + 100 * down}};
        EXPECT_NEAR(areaOf(path, false, {.width = 10}), 2000, 12);
        EXPECT_NEAR(areaOf(path, false, {.width = 10, .join = Pen::Join::bevel}), 2000 - 12.5, 12);
        EXPECT_NEAR(areaOf(path, false, {.width = 10, .join = Pen::Join::round}), 2000 - 25 + std::numbers::pi * 25 / 4,
                    12);
    }
}

TEST(Stroke, ARingIsEmptyInside) {
    const PicturePath ring{{100, 100}, {200, 100}, {200, 200}, {100, 200}};
    const PicturePath back{{100, 200}, {200, 200}, {200, 100}, {100, 100}};
    EXPECT_NEAR(areaOf(ring, true, {.width = 10}), 110.0 * 110 - 90.0 * 90, 12);
    EXPECT_NEAR(areaOf(back, true, {.width = 10}), 110.0 * 110 - 90.0 * 90, 12);
}

TEST(Stroke, LinesThatCrossStayFull) {
    mapnik::rasterizer shape;
    shape.clip_box(0, 0, 400, 400);
    Stroker stroker;
    stroker.add({{50, 100}, {150, 100}}, false, {.width = 10}, 0, shape);
    stroker.add({{100, 150}, {100, 50}}, false, {.width = 10}, 0, shape);
    Sum sum;
    ASSERT_TRUE(shape.rewind_scanlines());
    shape.sweep_scanline(sum);
    EXPECT_NEAR(sum.total, 1900, 6);
}

TEST(Stroke, DashesKeepTheirBeatOverCornersAndFromWhereTheyBegin) {
    Pen pen{.width = 4, .dashes = {{6, 4}}, .dashLength = 10};
    EXPECT_NEAR(areaOf({{50, 50}, {150, 50}}, false, pen), 0.6 * 400, 4);
    EXPECT_NEAR(areaOf({{50, 50}, {60, 50}}, false, pen, 6), 0.6 * 40, 2); // gap first
    EXPECT_NEAR(areaOf({{50, 50}, {53, 50}}, false, pen, 6), 0, 0.1);
    EXPECT_NEAR(areaOf({{100, 100}, {200, 100}, {200, 200}, {100, 200}}, true, pen), 0.6 * 1600, 30);
    Pen nothing{.width = 4, .dashes = {{0, 0}}, .dashLength = 1e-9};
    EXPECT_NO_FATAL_FAILURE((void)areaOf({{50, 50}, {60, 50}}, false, nothing)); // it ends
}

TEST(Stroke, PointsInOnePlaceAndSharpTurnsAreNoTrouble) {
    EXPECT_EQ(areaOf({{50, 50}, {50, 50}}, false, {.width = 5}), 0);
    const double there = areaOf({{50, 50}, {150, 50}, {50, 50}}, false, {.width = 6});
    EXPECT_GT(there, 590);
    EXPECT_LT(there, 640);
    const double zigzag = areaOf({{50, 50}, {150, 52}, {50, 54}, {150, 56}}, false, {.width = 1});
    EXPECT_LT(zigzag, 400); // no mitre shoots away
}

} // namespace
} // namespace tocsin::map
