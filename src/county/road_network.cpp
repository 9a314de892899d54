#include "county/road_network.hpp"

#include "tocsin/geo/measure.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <numeric>
#include <unordered_map>

namespace tocsin::county {
namespace {

model::Position positionOf(osmium::Location at) {
    return model::Position::trusted(at.lat_without_check(), at.lon_without_check());
}

class Builder {
  public:
    explicit Builder(MapFeatures& features) : m_features(features) { m_result.record.names.emplace_back(); }

    NetworkResult build() {
        countUses();
        for (std::uint32_t i = 0; i < m_features.roads.size(); ++i)
            addRoad(i);
        markIslands();
        return std::move(m_result);
    }

  private:
    [[nodiscard]] bool blocked(std::int64_t id) const {
        return std::binary_search(m_features.blockedNodes.begin(), m_features.blockedNodes.end(), id);
    }

    void countUses() {
        for (const auto& road : m_features.roads) {
            if (!road.driving.usable)
                continue;
            for (std::size_t i = 0; i < road.nodeIds.size(); ++i) {
                const bool end = i == 0 || i + 1 == road.nodeIds.size();
                auto& uses = m_uses[road.nodeIds[i]];
                uses = static_cast<std::uint8_t>(std::min(3, uses + (end ? 2 : 1)));
            }
        }
    }

    std::uint32_t addNode(osmium::Location at) {
        m_result.record.nodes.push_back(positionOf(at));
        m_parent.push_back(static_cast<std::uint32_t>(m_parent.size()));
        return static_cast<std::uint32_t>(m_result.record.nodes.size() - 1);
    }

    std::uint32_t nodeFor(std::int64_t id, osmium::Location at) {
        // Both sides of a barrier keep their road, but nothing passes: each piece gets a node of its own there.
        if (blocked(id))
            return addNode(at);
        const auto [entry, fresh] = m_nodes.try_emplace(id, 0);
        if (fresh)
            entry->second = addNode(at);
        return entry->second;
    }

    std::uint32_t nameFor(const RoadFeature& road) {
        std::string name = road.line.names.name;
        if (name.empty())
            name = road.ref;
        if (name.empty())
            return 0;
        const auto [entry, fresh] =
            m_names.try_emplace(std::move(name), static_cast<std::uint32_t>(m_result.record.names.size()));
        if (fresh)
            m_result.record.names.push_back(entry->first);
        return entry->second;
    }

    void addRoad(std::uint32_t index) {
        const auto& road = m_features.roads[index];
        if (!road.driving.usable)
            return;
        const auto& ids = road.nodeIds;
        const std::uint32_t name = nameFor(road);
        std::size_t start = 0;
        for (std::size_t i = 1; i < ids.size(); ++i) {
            const bool last = i + 1 == ids.size();
            if (!last && m_uses[ids[i]] < 2 && !blocked(ids[i]))
                continue;
            // A loop without a junction in it would be an arc from a node to itself: it is cut in its middle.
            if (ids[start] == ids[i] && i - start >= 2) {
                const std::size_t middle = (start + i) / 2;
                const std::uint32_t between = addNode(road.line.points[middle]);
                addPiece(index, start, middle, nodeFor(ids[start], road.line.points[start]), between, name);
                addPiece(index, middle, i, between, nodeFor(ids[i], road.line.points[i]), name);
            } else {
                addPiece(index, start, i, nodeFor(ids[start], road.line.points[start]),
                         nodeFor(ids[i], road.line.points[i]), name);
            }
            start = i;
        }
    }

    void addPiece(std::uint32_t index, std::size_t first, std::size_t last, std::uint32_t from, std::uint32_t to,
                  std::uint32_t name) {
        const auto& road = m_features.roads[index];
        route::ArcRecord arc;
        arc.from = from;
        arc.to = to;
        arc.way = name;
        double metres = 0;
        for (std::size_t i = first; i < last; ++i)
            metres += geo::distance(positionOf(road.line.points[i]), positionOf(road.line.points[i + 1])).value;
        arc.length = base::Metres(metres);
        arc.duration = base::Seconds(std::max(0.01, metres / (road.driving.kmh / 3.6)));
        for (std::size_t i = first + 1; i < last; ++i)
            arc.between.push_back(positionOf(road.line.points[i]));
        m_result.lengthMetres += metres;
        m_pieceOf.emplace_back(index, from);
        unite(from, to);
        auto& arcs = m_result.record.arcs;
        if (road.driving.forward)
            arcs.push_back(arc);
        if (road.driving.backward) {
            std::swap(arc.from, arc.to);
            std::reverse(arc.between.begin(), arc.between.end());
            arcs.push_back(std::move(arc));
        }
    }

    std::uint32_t rootOf(std::uint32_t node) {
        while (m_parent[node] != node) {
            m_parent[node] = m_parent[m_parent[node]];
            node = m_parent[node];
        }
        return node;
    }
    void unite(std::uint32_t a, std::uint32_t b) { m_parent[rootOf(a)] = rootOf(b); }

    void markIslands() {
        std::unordered_map<std::uint32_t, std::size_t> sizes;
        for (std::uint32_t node = 0; node < m_parent.size(); ++node)
            ++sizes[rootOf(node)];
        std::uint32_t main = 0;
        std::size_t largest = 0;
        for (std::uint32_t node = 0; node < m_parent.size(); ++node)
            if (const auto root = rootOf(node); sizes[root] > largest) {
                largest = sizes[root];
                main = root;
            }
        for (const auto& [road, node] : m_pieceOf) {
            auto& mark = m_features.roads[road].routable;
            if (rootOf(node) == main)
                mark = 1;
            else if (mark == 0)
                mark = 2;
        }
        for (const auto& road : m_features.roads)
            if (road.routable == 2)
                ++m_result.islandRoads;
    }

    MapFeatures& m_features;
    NetworkResult m_result;
    std::unordered_map<std::int64_t, std::uint8_t> m_uses;
    std::unordered_map<std::int64_t, std::uint32_t> m_nodes;
    std::map<std::string, std::uint32_t> m_names;
    std::vector<std::uint32_t> m_parent;                            ///< of the union of connected nodes
    std::vector<std::pair<std::uint32_t, std::uint32_t>> m_pieceOf; ///< road and one of the piece's nodes
};

} // namespace

NetworkResult buildNetwork(MapFeatures& features) {
    return Builder(features).build();
}

} // namespace tocsin::county
