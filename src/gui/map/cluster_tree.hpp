#pragma once

#include "tocsin/map/tile.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace tocsin::gui {

/// A part of the world square: west to east and north to south, world units.
struct WorldBox {
    double left{0};
    double top{0};
    double right{1};
    double bottom{1};
    [[nodiscard]] bool meets(double x, double y, double edge) const {
        return x < right && x + edge > left && y < bottom && y + edge > top;
    }
    [[nodiscard]] bool holds(double x, double y) const { return x >= left && x < right && y >= top && y < bottom; }
};

/// Points of the world in a quadtree that counts what lies below each of its cells, so that what is in view can be
/// drawn as clusters without looking at each point. Adding, moving and taking away cost the tree's depth.
class ClusterTree {
  public:
    using Handle = std::uint32_t;
    static constexpr int ranks = 12; ///< 0 is the worst
    static constexpr int states = 5; ///< a second count, the layer's own

    /// Points that lie together: one of them, or all of a cell.
    struct Group {
        double x{0}; ///< the middle of them
        double y{0};
        std::uint32_t count{0};
        std::array<std::uint32_t, ranks> byRank{};
        std::array<std::uint32_t, states> byState{};
        std::uint32_t source{0}; ///< the point's handle where count is 1, else the cell
        [[nodiscard]] int worst() const;
    };

    /// Adds the point, or moves it. `rank` and `state` beyond their number count as the last.
    void set(Handle handle, map::WorldPoint at, int rank, int state = 0);
    void remove(Handle handle);
    void clear();
    [[nodiscard]] std::size_t size() const { return m_nodes.empty() ? 0 : m_nodes[0].count; }
    [[nodiscard]] bool holds(Handle handle) const { return handle < m_items.size() && m_items[handle].present; }

    /// What lies in the box: cells no wider than `cell` world units as one, single points singly. Appends.
    void groups(const WorldBox& box, double cell, std::vector<Group>& into) const;
    /// The points of a group, at most `most` of them. Only until the next change. Appends.
    void members(const Group& group, std::size_t most, std::vector<Handle>& into) const;
    /// Those of a group that have the rank, at most `most` of them. Only until the next change. Appends.
    void membersOf(const Group& group, int rank, std::size_t most, std::vector<Handle>& into) const;
    /// How many points lie in the box; exact.
    [[nodiscard]] std::size_t countIn(const WorldBox& box) const;

  private:
    struct Item {
        double x{0};
        double y{0};
        std::uint8_t rank{0};
        std::uint8_t state{0};
        bool present{false};
    };
    struct Node {
        double sumX{0};
        double sumY{0};
        std::uint32_t count{0};
        std::uint32_t child{0}; ///< the first of four; 0: a leaf
        std::array<std::uint32_t, ranks> byRank{};
        std::array<std::uint32_t, states> byState{};
        std::vector<Handle> items; ///< of a leaf
    };

    void add(Handle handle);
    void take(Handle handle);
    void split(std::uint32_t node, double x, double y, double edge);
    void fold(std::uint32_t node);
    void count(Node& node, const Item& item, int sign) const;
    void collect(std::uint32_t node, std::size_t most, std::vector<Handle>& into) const;
    void collectOf(std::uint32_t node, std::uint8_t rank, std::size_t most, std::vector<Handle>& into) const;
    void groupsIn(std::uint32_t node, double x, double y, double edge, const WorldBox& box, double cell,
                  std::vector<Group>& into) const;
    [[nodiscard]] std::size_t countIn(std::uint32_t node, double x, double y, double edge, const WorldBox& box) const;

    std::vector<Item> m_items; ///< by handle
    std::vector<Node> m_nodes;
    std::vector<std::uint32_t> m_free; ///< first of four nodes that are not in use
};

} // namespace tocsin::gui
