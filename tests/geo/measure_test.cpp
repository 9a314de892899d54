#include "tocsin/geo/measure.hpp"
#include "tocsin/geo/rtree.hpp"

#include <algorithm>
#include <gtest/gtest.h>

using namespace tocsin;
using model::Position;

namespace {
Position at(double lat, double lon) {
    return Position::trusted(lat, lon);
}
} // namespace

TEST(Measure, ADegreeAlongTheEquatorAndAMeridian) {
    // 2·pi·6371008.8 m / 360
    EXPECT_NEAR(geo::distance(at(0, 0), at(0, 1)).value, 111195.08, 0.1);
    EXPECT_NEAR(geo::distance(at(0, 0), at(1, 0)).value, 111195.08, 0.1);
    EXPECT_NEAR(geo::distance(at(0, 179.5), at(0, -179.5)).value, 111195.08, 0.1);
}

TEST(Measure, BearingAndOffsetAgree) {
    const auto start = at(47.14, 9.52);
    for (double b : {0.0, 45.0, 133.0, 270.0, 359.0}) {
        const auto end = geo::offset(start, base::Degrees(b), base::Metres(2500));
        EXPECT_NEAR(geo::distance(start, end).value, 2500, 0.01);
        EXPECT_NEAR(geo::bearing(start, end).value, b, 1e-6);
    }
}

TEST(Measure, AreaOfAOneDegreeSquareAtTheEquator) {
    const model::Line ring{at(0, 0), at(0, 1), at(1, 1), at(1, 0), at(0, 0)};
    // R²·(sin 1° − sin 0°)·(1° in radians)
    EXPECT_NEAR(geo::area(ring).value / 12363.718e6, 1.0, 1e-3);
    auto turned = ring;
    std::reverse(turned.begin(), turned.end());
    EXPECT_NEAR(geo::area(turned).value, geo::area(ring).value, 1);
}

TEST(Measure, ContainsSeesHollows) {
    const model::Line u{at(0, 0), at(0, 3), at(3, 3), at(3, 2), at(1, 2), at(1, 1), at(3, 1), at(3, 0), at(0, 0)};
    EXPECT_TRUE(geo::contains(u, at(0.5, 1.5)));
    EXPECT_FALSE(geo::contains(u, at(2, 1.5)));
    EXPECT_TRUE(geo::contains(u, at(2, 0.5)));
    EXPECT_FALSE(geo::contains({}, at(2, 0.5)));
}

TEST(Measure, NearestOnLine) {
    const model::Line line{at(47.0, 9.0), at(47.0, 9.1), at(47.1, 9.1)};
    const auto near = geo::nearestOnLine(line, at(47.01, 9.05));
    ASSERT_TRUE(near);
    EXPECT_EQ(near->segment, 0U);
    EXPECT_NEAR(near->fraction, 0.5, 1e-6);
    EXPECT_NEAR(near->distance.value, 1112, 1);
    EXPECT_FALSE(geo::nearestOnLine({}, at(0, 0)));
}

TEST(PointIndex, NearestAgreesWithBruteForceAlsoOverTheDateLine) {
    std::vector<std::pair<Position, std::uint32_t>> points;
    unsigned random = 1;
    const auto next = [&] { return (random = random * 1664525U + 1013904223U) / 4294967296.0; };
    for (std::uint32_t i = 0; i < 2000; ++i)
        points.emplace_back(at(next() * 180 - 90, next() * 360 - 180), i);
    const geo::PointIndex index(points);
    for (const auto& probe : {at(47, 9.5), at(0, 179.99), at(-89.5, 10)}) {
        auto sorted = points;
        std::sort(sorted.begin(), sorted.end(), [&](const auto& a, const auto& b) {
            return geo::distance(probe, a.first) < geo::distance(probe, b.first);
        });
        const auto found = index.nearest(probe, 5, base::Metres(1e8));
        ASSERT_EQ(found.size(), 5U);
        for (std::size_t i = 0; i < 5; ++i)
            EXPECT_EQ(found[i].first, sorted[i].second);
    }
    EXPECT_TRUE(index.nearest(at(47, 9.5), 5, base::Metres(1)).empty());
    geo::Box box;
    box.add(at(0, 0));
    box.add(at(30, 30));
    const auto expected =
        std::count_if(points.begin(), points.end(), [&](const auto& p) { return box.contains(p.first); });
    EXPECT_EQ(static_cast<long>(index.inside(box).size()), expected);
}
