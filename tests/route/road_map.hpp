#pragma once

#include "tocsin/geo/measure.hpp"
#include "tocsin/route/road_graph.hpp"

#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::route::test {

/// A road map drawn in characters:
///
///     A--B->-C
///     |      |
///     D------E
///
/// Capitals are junctions; '-' and '|' are roads; a '<', '>', '^' or 'v' in one makes it one-way. A character is
/// 100 m and takes 10 s. The upper left corner lies at 47.0 N, 9.0 E. Roads are named by their ends, "A-B".
class RoadMap {
  public:
    static constexpr double cellMetres = 100;
    static constexpr double cellSeconds = 10;

    explicit RoadMap(const std::vector<std::string>& rows) {
        record.names.emplace_back();
        for (std::size_t y = 0; y < rows.size(); ++y) {
            for (std::size_t x = 0; x < rows[y].size(); ++x) {
                if (isNode(rows[y][x])) {
                    m_index[rows[y][x]] = static_cast<std::uint32_t>(record.nodes.size());
                    record.nodes.push_back(at(static_cast<double>(x), static_cast<double>(y)));
                }
            }
        }
        for (std::size_t y = 0; y < rows.size(); ++y) {
            for (std::size_t x = 0; x < rows[y].size(); ++x) {
                if (isNode(rows[y][x])) {
                    follow(rows, x, y, 1, 0);
                    follow(rows, x, y, 0, 1);
                }
            }
        }
    }

    /// A place by column and row of the drawing; fractions lie between characters.
    [[nodiscard]] static model::Position at(double column, double row) {
        const auto corner = model::Position::trusted(47, 9);
        const auto east = geo::offset(corner, base::Degrees(90), base::Metres(column * cellMetres));
        const auto south = geo::offset(corner, base::Degrees(180), base::Metres(row * cellMetres));
        return model::Position::trusted(south.latitude(), east.longitude());
    }
    [[nodiscard]] model::Position node(char name) const { return record.nodes.at(m_index.at(name)); }
    [[nodiscard]] std::shared_ptr<const RoadGraph> graph() const {
        auto built = RoadGraph::build(record);
        if (!built)
            throw std::runtime_error(built.error().describe());
        return *built;
    }

    GraphRecord record;

  private:
    static bool isNode(char c) { return c >= 'A' && c <= 'Z'; }

    void follow(const std::vector<std::string>& rows, std::size_t x, std::size_t y, std::size_t dx, std::size_t dy) {
        const char line = dx != 0 ? '-' : '|';
        const char there = dx != 0 ? '>' : 'v';
        const char back = dx != 0 ? '<' : '^';
        bool open = true;
        bool openBack = true;
        int cells = 0;
        const char start = rows[y][x];
        for (;;) {
            x += dx;
            y += dy;
            ++cells;
            const char c = y < rows.size() && x < rows[y].size() ? rows[y][x] : ' ';
            if (isNode(c)) {
                if (cells > 1)
                    add(start, c, cells, open, openBack);
                return;
            }
            if (c != line && c != there && c != back)
                return;
            open = open && c != back;
            openBack = openBack && c != there;
        }
    }

    void add(char from, char to, int cells, bool open, bool openBack) {
        record.names.push_back(std::string{from} + "-" + to);
        const auto name = static_cast<std::uint32_t>(record.names.size() - 1);
        const auto arc = [&](char a, char b) {
            return ArcRecord{
                m_index[a], m_index[b], base::Seconds(cells * cellSeconds), base::Metres(cells * cellMetres), name, {}};
        };
        if (open)
            record.arcs.push_back(arc(from, to));
        if (openBack)
            record.arcs.push_back(arc(to, from));
    }

    std::map<char, std::uint32_t> m_index;
};

} // namespace tocsin::route::test
