#include "gui/map/cluster_tree.hpp"

#include <gtest/gtest.h>
#include <map>
#include <numeric>
#include <random>

namespace tocsin::gui {
namespace {

using Group = ClusterTree::Group;

struct Point {
    map::WorldPoint at;
    int rank{0};
};

std::vector<Group> all(const ClusterTree& tree, double cell, const WorldBox& box = {}) {
    std::vector<Group> groups;
    tree.groups(box, cell, groups);
    return groups;
}

std::uint32_t countOf(const std::vector<Group>& groups) {
    return std::accumulate(groups.begin(), groups.end(), 0U, [](std::uint32_t n, const Group& g) { return n + g.count; });
}

TEST(ClusterTree, CountsEachPointOnceAtEveryCellSize) {
    std::mt19937 random(3);
    std::uniform_real_distribution<double> unit(0.2, 0.8);
    ClusterTree tree;
    for (ClusterTree::Handle i = 0; i < 5000; ++i)
        tree.set(i, {unit(random), unit(random)}, static_cast<int>(i % 8));
    for (double cell = 1; cell > 1e-6; cell /= 3)
        EXPECT_EQ(countOf(all(tree, cell)), 5000U) << cell;
    EXPECT_GT(all(tree, 1e-9).size(), 4990U);
    EXPECT_EQ(all(tree, 1).size(), 1U);
}

TEST(ClusterTree, IsTheSameAfterChangesAsWhenBuiltAtOnce) {
    std::mt19937 random(11);
    std::uniform_real_distribution<double> unit(0.49, 0.51);
    ClusterTree changed;
    std::map<ClusterTree::Handle, Point> expected;
    for (int step = 0; step < 20'000; ++step) {
        const auto handle = static_cast<ClusterTree::Handle>(random() % 700);
        if (random() % 4 == 0) {
            changed.remove(handle);
            expected.erase(handle);
        } else {
            const Point p{{unit(random), unit(random)}, static_cast<int>(random() % 8)};
            changed.set(handle, p.at, p.rank);
            expected[handle] = p;
        }
    }
    EXPECT_EQ(changed.size(), expected.size());
    const WorldBox box{0.495, 0.493, 0.507, 0.502};
    std::size_t inside = 0;
    for (const auto& [handle, p] : expected) {
        EXPECT_TRUE(changed.holds(handle));
        inside += box.holds(p.at.x, p.at.y) ? 1 : 0;
    }
    EXPECT_EQ(changed.countIn(box), inside);
    EXPECT_EQ(countOf(all(changed, 1e-9, box)), inside);
    std::array<std::uint32_t, 8> ranks{};
    for (const Group& group : all(changed, 0.001))
        for (std::size_t i = 0; i < ranks.size(); ++i)
            ranks[i] += group.byRank[i];
    for (const auto& [handle, p] : expected)
        --ranks[static_cast<std::size_t>(p.rank)];
    EXPECT_EQ(ranks, (std::array<std::uint32_t, 8>{}));
}

TEST(ClusterTree, AGroupKnowsItsMembersItsMiddleAndItsWorst) {
    ClusterTree tree;
    for (ClusterTree::Handle i = 0; i < 30; ++i)
        tree.set(i, {0.3 + i * 1e-5, 0.4}, i == 17 ? 1 : 6, i % 2 == 0 ? 0 : 3);
    tree.set(99, {0.9, 0.9}, 0);
    for (const Group& group : all(tree, 0.1)) {
        std::vector<ClusterTree::Handle> members;
        tree.members(group, 1000, members);
        EXPECT_EQ(members.size(), group.count);
        if (group.count != 30)
            continue;
        EXPECT_EQ(group.worst(), 1);
        EXPECT_NEAR(group.x, 0.3 + 14.5e-5, 1e-12);
        EXPECT_EQ(group.byState[3], 15U);
        members.clear();
        tree.members(group, 5, members);
        EXPECT_EQ(members.size(), 5U);
    }
}

TEST(ClusterTree, ManyPointsInOnePlaceStayOneLeaf) {
    ClusterTree tree;
    for (ClusterTree::Handle i = 0; i < 1000; ++i)
        tree.set(i, {0.5, 0.5}, 0);
    EXPECT_EQ(countOf(all(tree, 1e-12)), 1000U);
    for (ClusterTree::Handle i = 0; i < 1000; ++i)
        tree.remove(i);
    EXPECT_EQ(tree.size(), 0U);
    EXPECT_TRUE(all(tree, 1e-12).empty());
}

} // namespace
} // namespace tocsin::gui
