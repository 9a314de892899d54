#include "map/line_join.hpp"

#include <gtest/gtest.h>

namespace tocsin::map {
namespace {

using Line = mapnik::geometry::line_string<double>;

Line lineOf(std::initializer_list<std::pair<double, double>> points) {
    Line line;
    for (const auto& [x, y] : points)
        line.emplace_back(x, y);
    return line;
}

TEST(JoinLines, PiecesThatMeetBecomeOneWhicheverWayTheyRun) {
    const auto joined = joinLines({lineOf({{0, 0}, {1, 0}}), lineOf({{2, 0}, {1, 0}}), lineOf({{2, 0}, {3, 0.5}})});
    ASSERT_EQ(joined.size(), 1U);
    EXPECT_EQ(joined[0].size(), 4U);
}

TEST(JoinLines, ASharpTurnEndsALine) {
    const auto joined = joinLines({lineOf({{0, 0}, {1, 0}}), lineOf({{1, 0}, {1, 1}}), lineOf({{9, 9}, {8, 8}})});
    EXPECT_EQ(joined.size(), 3U);
}

TEST(JoinLines, ARingAndAPieceOfNoLengthEnd) {
    const auto joined =
        joinLines({lineOf({{0, 0}, {4, 0}, {4, 4}, {0, 4}, {0, 0}}), lineOf({{7, 7}}), lineOf({{5, 5}, {5, 5}})});
    EXPECT_EQ(joined.size(), 2U);
}

} // namespace
} // namespace tocsin::map
