#include "county/road_network.hpp"

#include "tocsin/geo/measure.hpp"

#include <algorithm>
#include <iterator>
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
        walkIfNothingDrives();
        countUses();
        noteRuledWays();
        for (std::uint32_t i = 0; i < m_features.roads.size(); ++i)
            addRoad(i);
        addTurns();
        markIslands();
        return std::move(m_result);
    }

  private:
    [[nodiscard]] bool blocked(std::int64_t id) const {
        return std::binary_search(m_features.blockedNodes.begin(), m_features.blockedNodes.end(), id);
    }

    void noteRuledWays() {
        for (const auto& rule : m_features.turnRules)
            for (const auto* ways : {&rule.from, &rule.viaWays, &rule.to})
                for (const auto way : *ways)
                    m_arcsOf[way];
    }

    void addTurns() {
        if (m_features.turnRules.empty())
            return;
        const auto& arcs = m_result.record.arcs;
        m_leaving.resize(m_result.record.nodes.size());
        m_arriving.resize(m_result.record.nodes.size());
        for (std::uint32_t i = 0; i < arcs.size(); ++i) {
            m_leaving[arcs[i].from].push_back(i);
            m_arriving[arcs[i].to].push_back(i);
        }
        for (const auto& rule : m_features.turnRules)
            ++(turn(rule) ? m_result.turnRules : m_result.skippedTurns);
        auto& bans = m_result.record.bans;
        const auto key = [](const route::TurnBan& b) { return std::pair(b.fromArc, b.toArc); };
        std::sort(bans.begin(), bans.end(), [&](const auto& a, const auto& b) { return key(a) < key(b); });
        bans.erase(
            std::unique(bans.begin(), bans.end(), [&](const auto& a, const auto& b) { return key(a) == key(b); }),
            bans.end());
    }

    using Arcs = std::vector<std::uint32_t>;

    /// The arcs of these ways that satisfy a test. Empty too when a way is driven through at the place in question:
    /// then nobody can say which half is meant.
    template <typename Test>
    Arcs arcsOf(const std::vector<std::int64_t>& ways, Test test) const {
        Arcs found;
        for (const auto way : ways) {
            const auto& all = m_arcsOf.at(way);
            const auto before = found.size();
            std::copy_if(all.begin(), all.end(), std::back_inserter(found), test);
            if (found.size() > before + 1)
                return {};
        }
        return found;
    }

    void ban(std::uint32_t from, std::uint32_t to) { m_result.record.bans.push_back({from, to}); }
    void banAllBut(const Arcs& from, std::uint32_t node, const Arcs& allowed) {
        for (const auto f : from)
            for (const auto t : m_leaving[node])
                if (std::find(allowed.begin(), allowed.end(), t) == allowed.end())
                    ban(f, t);
    }

    bool turn(const TurnRule& rule) {
        const auto& arcs = m_result.record.arcs;
        if (!rule.viaWays.empty())
            return turnOverWay(rule);
        const auto found = m_nodes.find(rule.viaNode);
        if (found == m_nodes.end())
            return false;
        const std::uint32_t node = found->second;
        const auto arrives = [&](std::uint32_t a) { return arcs[a].to == node; };
        const auto leaves = [&](std::uint32_t a) { return arcs[a].from == node; };
        if (rule.back && rule.from == rule.to) { // on one way that may well lead on: each of its sides for itself
            for (const auto a : m_arcsOf.at(rule.from.front()))
                if (arrives(a) && m_twin[a] != none)
                    ban(a, m_twin[a]);
            return true;
        }
        const Arcs from = arcsOf(rule.from, arrives);
        const Arcs to = arcsOf(rule.to, leaves);
        if (from.empty() || to.empty())
            return false;
        if (rule.only) {
            banAllBut(from, node, to);
        } else {
            for (const auto f : from)
                for (const auto t : to)
                    ban(f, t);
        }
        return true;
    }

    bool turnOverWay(const TurnRule& rule) {
        const auto& arcs = m_result.record.arcs;
        if (rule.viaWays.size() != 1)
            return false;
        for (const auto via : m_arcsOf.at(rule.viaWays.front())) {
            const auto start = arcs[via].from;
            const auto end = arcs[via].to;
            const Arcs from =
                arcsOf(rule.from, [&](std::uint32_t a) { return arcs[a].to == start && a != m_twin[via]; });
            const Arcs to = arcsOf(rule.to, [&](std::uint32_t a) { return arcs[a].from == end && a != m_twin[via]; });
            if (from.empty() || to.empty())
                continue;
            const auto within = [&](const Arcs& all, const Arcs& some) {
                return std::all_of(all.begin(), all.end(), [&](std::uint32_t a) {
                    return a == m_twin[via] || std::find(some.begin(), some.end(), a) != some.end();
                });
            };
            const bool comesOnlyFrom = within(m_arriving[start], from);
            const bool leadsOnlyTo = within(m_leaving[end], to);
            if (!comesOnlyFrom && !leadsOnlyTo)
                return false;
            if (rule.only) {
                banAllBut(from, start, {via});
                if (comesOnlyFrom)
                    banAllBut({via}, end, to);
            } else if (comesOnlyFrom) {
                for (const auto t : to)
                    ban(via, t);
            } else {
                for (const auto f : from)
                    ban(f, via);
            }
            return true;
        }
        return false;
    }

    /// A nature reserve's extract may hold paths alone. Better a network for people on foot than none.
    void walkIfNothingDrives() {
        constexpr double walking = 4; // km/h
        auto& roads = m_features.roads;
        if (std::any_of(roads.begin(), roads.end(), [](const RoadFeature& r) { return r.driving.usable; }))
            return;
        for (auto& road : roads)
            if (road.line.cls != "ferry")
                road.driving = {.usable = true, .forward = true, .backward = true, .kmh = walking};
        m_result.onFoot = !roads.empty();
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
        arc.traits = road.traits;
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
        if (road.driving.forward)
            addArc(arc, road, road.driving.backward ? 1 : 0);
        if (road.driving.backward) {
            std::swap(arc.from, arc.to);
            std::reverse(arc.between.begin(), arc.between.end());
            addArc(std::move(arc), road, road.driving.forward ? -1 : 0);
        }
    }

    /// `twin`: where the arc of the other direction stands, from this one.
    void addArc(route::ArcRecord arc, const RoadFeature& road, int twin) {
        auto& arcs = m_result.record.arcs;
        const auto index = static_cast<std::uint32_t>(arcs.size());
        arcs.push_back(std::move(arc));
        m_twin.push_back(twin == 0 ? none : static_cast<std::uint32_t>(static_cast<std::int64_t>(index) + twin));
        if (const auto ruled = m_arcsOf.find(road.wayId); ruled != m_arcsOf.end())
            ruled->second.push_back(index);
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

    static constexpr std::uint32_t none = 0xffffffffU;

    MapFeatures& m_features;
    NetworkResult m_result;
    std::unordered_map<std::int64_t, Arcs> m_arcsOf; ///< of the ways that a turn rule names
    Arcs m_twin;                                     ///< the same road driven the other way; `none` in one-way streets
    std::vector<Arcs> m_leaving;
    std::vector<Arcs> m_arriving;
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
