#include "gui/map/cluster_tree.hpp"

#include <algorithm>

namespace tocsin::gui {
namespace {
constexpr std::size_t leafHolds = 8;
constexpr std::uint32_t foldsAt = 4;
constexpr double smallestEdge = 1.0 / (1U << 23U); ///< about five metres: points nearer than that share a leaf

/// Goes one cell down towards the point: which of the four, and its corner.
int quarter(double px, double py, double& x, double& y, double edge) {
    const double half = edge / 2;
    int q = 0;
    if (px >= x + half) {
        x += half;
        q += 1;
    }
    if (py >= y + half) {
        y += half;
        q += 2;
    }
    return q;
}
} // namespace

int ClusterTree::Group::worst() const {
    for (int i = 0; i < ranks; ++i)
        if (byRank[static_cast<std::size_t>(i)] > 0)
            return i;
    return ranks - 1;
}

void ClusterTree::clear() {
    m_items.clear();
    m_nodes.clear();
    m_free.clear();
}

void ClusterTree::count(Node& node, const Item& item, int sign) const {
    const auto step = static_cast<std::uint32_t>(sign); // −1 wraps to what takes one away
    node.count += step;
    node.sumX += sign * item.x;
    node.sumY += sign * item.y;
    node.byRank[item.rank] += step;
    node.byState[item.state] += step;
}

void ClusterTree::set(Handle handle, map::WorldPoint at, int rank, int state) {
    if (handle >= m_items.size())
        m_items.resize(static_cast<std::size_t>(handle) + 1);
    Item next;
    next.x = std::clamp(at.x, 0.0, 1.0);
    next.y = std::clamp(at.y, 0.0, 1.0);
    next.rank = static_cast<std::uint8_t>(std::clamp(rank, 0, ranks - 1));
    next.state = static_cast<std::uint8_t>(std::clamp(state, 0, states - 1));
    next.present = true;
    Item& item = m_items[handle];
    if (item.present) {
        if (item.x == next.x && item.y == next.y && item.rank == next.rank && item.state == next.state)
            return;
        take(handle);
    }
    m_items[handle] = next;
    add(handle);
}

void ClusterTree::remove(Handle handle) {
    if (!holds(handle))
        return;
    take(handle);
    m_items[handle].present = false;
}

void ClusterTree::add(Handle handle) {
    if (m_nodes.empty())
        m_nodes.emplace_back();
    const Item item = m_items[handle];
    std::uint32_t at = 0;
    double x = 0;
    double y = 0;
    double edge = 1;
    while (true) {
        count(m_nodes[at], item, 1);
        if (m_nodes[at].child == 0)
            break;
        at = m_nodes[at].child + static_cast<std::uint32_t>(quarter(item.x, item.y, x, y, edge));
        edge /= 2;
    }
    m_nodes[at].items.push_back(handle);
    if (m_nodes[at].items.size() > leafHolds && edge > smallestEdge)
        split(at, x, y, edge);
}

void ClusterTree::split(std::uint32_t node, double x, double y, double edge) {
    std::uint32_t child = 0;
    if (m_free.empty()) {
        child = static_cast<std::uint32_t>(m_nodes.size());
        m_nodes.resize(m_nodes.size() + 4);
    } else {
        child = m_free.back();
        m_free.pop_back();
    }
    std::vector<Handle> items;
    items.swap(m_nodes[node].items);
    m_nodes[node].child = child;
    for (const Handle handle : items) {
        double cx = x;
        double cy = y;
        const Item& item = m_items[handle];
        Node& into = m_nodes[child + static_cast<std::uint32_t>(quarter(item.x, item.y, cx, cy, edge))];
        count(into, item, 1);
        into.items.push_back(handle);
    }
    for (std::uint32_t i = 0; i < 4; ++i)
        if (m_nodes[child + i].items.size() > leafHolds && edge / 2 > smallestEdge)
            split(child + i, x + (i % 2 != 0 ? edge / 2 : 0), y + (i / 2 != 0 ? edge / 2 : 0), edge / 2);
}

void ClusterTree::take(Handle handle) {
    const Item item = m_items[handle];
    std::uint32_t at = 0;
    std::uint32_t folds = 0;
    bool toFold = false;
    double x = 0;
    double y = 0;
    double edge = 1;
    while (true) {
        count(m_nodes[at], item, -1);
        if (m_nodes[at].child == 0)
            break;
        if (!toFold && m_nodes[at].count <= foldsAt) {
            toFold = true;
            folds = at;
        }
        at = m_nodes[at].child + static_cast<std::uint32_t>(quarter(item.x, item.y, x, y, edge));
        edge /= 2;
    }
    std::vector<Handle>& items = m_nodes[at].items;
    if (const auto found = std::find(items.begin(), items.end(), handle); found != items.end()) {
        *found = items.back();
        items.pop_back();
    }
    if (toFold)
        fold(folds);
}

void ClusterTree::fold(std::uint32_t node) {
    std::vector<Handle> left;
    collect(node, foldsAt + 1, left);
    const auto release = [this](const auto& self, std::uint32_t at) -> void {
        const std::uint32_t child = m_nodes[at].child;
        if (child == 0)
            return;
        for (std::uint32_t i = 0; i < 4; ++i) {
            self(self, child + i);
            m_nodes[child + i] = Node{};
        }
        m_nodes[at].child = 0;
        m_free.push_back(child);
    };
    release(release, node);
    m_nodes[node].items = std::move(left);
}

void ClusterTree::collect(std::uint32_t node, std::size_t most, std::vector<Handle>& into) const {
    const Node& here = m_nodes[node];
    if (here.child == 0) {
        for (const Handle handle : here.items)
            if (into.size() < most)
                into.push_back(handle);
        return;
    }
    for (std::uint32_t i = 0; i < 4 && into.size() < most; ++i)
        collect(here.child + i, most, into);
}

void ClusterTree::groups(const WorldBox& box, double cell, std::vector<Group>& into) const {
    if (!m_nodes.empty())
        groupsIn(0, 0, 0, 1, box, cell, into);
}

void ClusterTree::groupsIn(std::uint32_t node, double x, double y, double edge, const WorldBox& box, double cell,
                           std::vector<Group>& into) const {
    const Node& here = m_nodes[node];
    if (here.count == 0 || !box.meets(x, y, edge + 1e-12))
        return;
    if (here.child == 0) {
        for (const Handle handle : here.items) {
            const Item& item = m_items[handle];
            if (!box.holds(item.x, item.y))
                continue;
            Group one;
            one.x = item.x;
            one.y = item.y;
            one.count = 1;
            one.byRank[item.rank] = 1;
            one.byState[item.state] = 1;
            one.source = handle;
            into.push_back(one);
        }
        return;
    }
    if (edge <= cell && here.count > 1) {
        Group all;
        all.x = here.sumX / here.count;
        all.y = here.sumY / here.count;
        all.count = here.count;
        all.byRank = here.byRank;
        all.byState = here.byState;
        all.source = node;
        into.push_back(all);
        return;
    }
    const double half = edge / 2;
    for (std::uint32_t i = 0; i < 4; ++i)
        groupsIn(here.child + i, x + (i % 2 != 0 ? half : 0), y + (i / 2 != 0 ? half : 0), half, box, cell, into);
}

void ClusterTree::members(const Group& group, std::size_t most, std::vector<Handle>& into) const {
    if (into.size() >= most)
        return;
    if (group.count == 1)
        into.push_back(group.source);
    else if (group.source < m_nodes.size())
        collect(group.source, most, into);
}

void ClusterTree::membersOf(const Group& group, int rank, std::size_t most, std::vector<Handle>& into) const {
    const auto wanted = static_cast<std::uint8_t>(std::clamp(rank, 0, ranks - 1));
    if (group.count == 1) {
        if (into.size() < most && holds(group.source) && m_items[group.source].rank == wanted)
            into.push_back(group.source);
    } else if (group.source < m_nodes.size()) {
        collectOf(group.source, wanted, most, into);
    }
}

void ClusterTree::collectOf(std::uint32_t node, std::uint8_t rank, std::size_t most, std::vector<Handle>& into) const {
    const Node& here = m_nodes[node];
    if (here.byRank[rank] == 0 || into.size() >= most)
        return; // so the way goes only to where there are some
    for (const Handle handle : here.items)
        if (into.size() < most && m_items[handle].rank == rank)
            into.push_back(handle);
    if (here.child != 0)
        for (std::uint32_t i = 0; i < 4; ++i)
            collectOf(here.child + i, rank, most, into);
}

std::size_t ClusterTree::countIn(const WorldBox& box) const {
    return m_nodes.empty() ? 0 : countIn(0, 0, 0, 1, box);
}

std::size_t ClusterTree::countIn(std::uint32_t node, double x, double y, double edge, const WorldBox& box) const {
    const Node& here = m_nodes[node];
    if (here.count == 0 || !box.meets(x, y, edge + 1e-12))
        return 0;
    if (box.left <= x && box.top <= y && box.right > x + edge && box.bottom > y + edge)
        return here.count;
    if (here.child == 0)
        return static_cast<std::size_t>(
            std::count_if(here.items.begin(), here.items.end(),
                          [&](const Handle handle) { return box.holds(m_items[handle].x, m_items[handle].y); }));
    const double half = edge / 2;
    std::size_t all = 0;
    for (std::uint32_t i = 0; i < 4; ++i)
        all += countIn(here.child + i, x + (i % 2 != 0 ? half : 0), y + (i / 2 != 0 ? half : 0), half, box);
    return all;
}

} // namespace tocsin::gui
