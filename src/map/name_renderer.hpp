#pragma once

#include "map/canvas.hpp"
#include "map/layer_rules.hpp"
#include "map/letters.hpp"
#include "map/name_painter.hpp"
#include "map/name_placer.hpp"
#include "map/name_style.hpp"

#include <cstddef>
#include <functional>
#include <map>
#include <mapnik/map.hpp>
#include <string>
#include <utility>
#include <vector>

namespace tocsin::map {

/// The names and dots of a block, each in its place.
struct NameSheet {
    struct Rule {
        NameRule rule;
        std::vector<std::vector<std::size_t>> columns; ///< where each name's parts come from
    };
    struct Entry {
        const NameStyle* style{nullptr}; ///< else it is a dot
        const DotStyle* dot{nullptr};
        PlacedName name;
        Point at;
    };
    std::map<std::pair<const mapnik::rule*, const LayerRules*>, Rule> rules; ///< what the entries point into
    std::vector<Entry> entries;                                              ///< in the order of painting
};

/// Finds room for the names of a Mapnik map, its TextSymbolizers and the dots in the same layers, straight from the
/// rows of a RowSource: letters are shaped once, rules chosen once for each kind of row. Names make room for each other
/// in the order of the layers and rows. One thread.
class NameRenderer {
  public:
    /// `edge`: of the whole block, pixels. `beyond`: how far over its edge names at a point may reach; the rows there
    /// are read too. Layers without a RowSource have no names.
    NameRenderer(const mapnik::Map& map, RuleBook& rules, Letters& letters, const Canvas& canvas, int edge,
                 double beyond);

    /// The whole block's, whatever part of it the canvas shows. Throws what SQLite throws, and std::runtime_error
    /// where the style asks for what names cannot have.
    [[nodiscard]] NameSheet place();
    /// Paints what is seen in the canvas' part: the same there, whichever part is asked for.
    static void paint(const NameSheet& sheet, const Canvas& canvas, Letters& letters);

  private:
    struct Group;
    static constexpr std::size_t evaluated = static_cast<std::size_t>(-1); ///< not a plain column

    /// Each row's shape, in m_shapes, under each rule that applies to it.
    using EachShape = std::function<void(const NameSheet::Rule&, const Shapes::Shape&, const MapRow&)>;
    void eachShape(const RowSource& rows, LayerRules& rules, const mapnik::box2d<double>& box, const EachShape& take);
    void placeRows(const RowSource& rows, LayerRules& rules, const mapnik::box2d<double>& box);
    void placeJoined(const RowSource& rows, LayerRules& rules, const mapnik::box2d<double>& box);
    const NameSheet::Rule& known(const mapnik::rule& rule, const LayerRules& rules);
    /// Empty: there is nothing to say.
    [[nodiscard]] std::vector<std::string> textsOf(const NameStyle& style, const std::vector<std::size_t>& columns,
                                                   const LayerRules& rules, const MapRow& row) const;
    void place(const NameStyle& style, const std::vector<std::string>& texts, const Shapes::Shape& shape);
    void keep(const NameStyle& style);
    /// The parts of a shape's lines or edges that are in the block.
    [[nodiscard]] std::vector<Line> inBlock(const Shapes::Shape& shape) const;
    [[nodiscard]] Point placeOf(const Shapes::Shape& shape) const;

    const mapnik::Map& m_map;
    RuleBook& m_rules;
    Letters& m_letters;
    const Canvas& m_canvas;
    const double m_edge;
    const double m_beyond;
    NamePlacer m_placer;
    NameSheet m_sheet;
    Shapes m_shapes;
    std::vector<PlacedName> m_placed;
};

} // namespace tocsin::map
