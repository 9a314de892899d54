#pragma once

#include "support.hpp"
#include "tocsin/geo/measure.hpp"
#include "tocsin/route/road_graph.hpp"

#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <utility>

namespace tocsin::county::testing {

/// An extract drawn in characters: each letter is a node, a character is 100 m, the upper left corner lies at 50° N,
/// 10° E. Ways and relations are said in words: way("ABC", {{"highway", "primary"}}).
class OsmArt {
  public:
    using Tags = std::initializer_list<std::pair<const char*, const char*>>;

    explicit OsmArt(const std::vector<std::string>& rows) {
        for (std::size_t y = 0; y < rows.size(); ++y)
            for (std::size_t x = 0; x < rows[y].size(); ++x)
                if (rows[y][x] != ' ') {
                    const auto corner = model::Position::trusted(50, 10);
                    const auto east =
                        geo::offset(corner, base::Degrees(90), base::Metres(100.0 * static_cast<double>(x)));
                    const auto south =
                        geo::offset(corner, base::Degrees(180), base::Metres(100.0 * static_cast<double>(y)));
                    m_nodes[rows[y][x]] = model::Position::trusted(south.latitude(), east.longitude());
                }
    }
    OsmArt& node(char name, Tags tags) {
        m_nodeTags[name] = textOf(tags);
        return *this;
    }
    /// The number of the way is its place in the order, from 1.
    OsmArt& way(const std::string& nodes, Tags tags) {
        m_ways += "<way id=\"" + std::to_string(++m_wayCount) + "\">";
        for (const char node : nodes)
            m_ways += "<nd ref=\"" + std::to_string(static_cast<int>(node)) + "\"/>";
        m_ways += textOf(tags) + "</way>\n";
        return *this;
    }
    /// Members as "from way 1" would be written: {"from", "1"}; a via of one letter is a node.
    OsmArt& restriction(std::initializer_list<std::pair<const char*, const char*>> members, Tags tags) {
        m_relations += "<relation id=\"" + std::to_string(++m_relationCount) + "\">";
        for (const auto& [role, ref] : members) {
            const bool isNode = *ref >= 'A';
            m_relations += std::string("<member type=\"") + (isNode ? "node" : "way") + "\" ref=\"" +
                           (isNode ? std::to_string(static_cast<int>(*ref)) : std::string(ref)) + "\" role=\"" + role +
                           "\"/>";
        }
        m_relations += "<tag k=\"type\" v=\"restriction\"/>" + textOf(tags) + "</relation>\n";
        return *this;
    }

    [[nodiscard]] std::string xml() const {
        std::string text = "<osm version=\"0.6\">\n";
        for (const auto& [name, at] : m_nodes) {
            const auto tags = m_nodeTags.find(name);
            text += "<node id=\"" + std::to_string(static_cast<int>(name)) + "\" lat=\"" +
                    std::to_string(at.latitude()) + "\" lon=\"" + std::to_string(at.longitude()) + "\">" +
                    (tags == m_nodeTags.end() ? std::string() : tags->second) + "</node>\n";
        }
        return text + m_ways + m_relations + "</osm>\n";
    }

    /// Imports what was drawn; may be asked again after more was added.
    ImportSummary import() {
        write(m_scratch / "in.osm", xml());
        const auto done = importOsm(m_scratch / "in.osm", map(), someOptions());
        if (!done)
            throw std::runtime_error(done.error().describe());
        const auto graph = route::RoadGraph::load(map());
        if (!graph)
            throw std::runtime_error(graph.error().describe());
        m_graph = *graph;
        return *done;
    }
    [[nodiscard]] const route::RoadGraph& graph() const { return *m_graph; }
    [[nodiscard]] std::filesystem::path map() const { return m_scratch / "map.gpkg"; }
    [[nodiscard]] model::Position at(char name) const { return m_nodes.at(name); }
    /// Between two nodes: not at a junction, so it is clear on which road one stands.
    [[nodiscard]] model::Position between(char a, char b, double part = 0.5) const {
        const auto p = at(a);
        const auto q = at(b);
        return model::Position::trusted(p.latitude() + part * (q.latitude() - p.latitude()),
                                        p.longitude() + part * (q.longitude() - p.longitude()));
    }
    /// Metres of the way there; absent where none leads.
    [[nodiscard]] std::optional<double> metres(model::Position from, model::Position to) const {
        const auto line = m_graph->route(from, to);
        return line ? std::optional(geo::length(line->points).value) : std::nullopt;
    }
    /// Mean speed, km/h.
    [[nodiscard]] double kmh(model::Position from, model::Position to) const {
        const auto line = m_graph->route(from, to);
        return line && line->duration.value > 0 ? geo::length(line->points).value / line->duration.value * 3.6 : 0;
    }

  private:
    static std::string textOf(Tags tags) {
        std::string text;
        for (const auto& [key, value] : tags)
            text += std::string("<tag k=\"") + key + "\" v=\"" + value + "\"/>";
        return text;
    }

    Scratch m_scratch;
    std::map<char, model::Position> m_nodes;
    std::map<char, std::string> m_nodeTags;
    std::string m_ways;
    std::string m_relations;
    int m_wayCount{0};
    int m_relationCount{0};
    std::shared_ptr<const route::RoadGraph> m_graph;
};

} // namespace tocsin::county::testing
