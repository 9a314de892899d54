#pragma once

#include "map/layer_rules.hpp"
#include "map/letters.hpp"
#include "map/name_painter.hpp"
#include "map/name_placer.hpp"
#include "map/name_style.hpp"
#include "map/vector_renderer.hpp"

#include <cstddef>
#include <mapnik/map.hpp>
#include <string>
#include <unordered_map>
#include <vector>

namespace tocsin::map {

/// Writes the names of a Mapnik map, its TextSymbolizers and the dots in the same layers, straight from the rows of a
/// RowSource: letters are shaped once, rules chosen once for each kind of row, and only what has found room in the
/// block and is seen in the canvas' part is painted. Names make room for each other in the order of the layers and
/// rows. One thread.
class NameRenderer {
  public:
    /// `edge`: of the whole block, pixels. `beyond`: how far over its edge names at a point may reach; the rows there
    /// are read too. Layers without a RowSource have no names.
    NameRenderer(const mapnik::Map& map, RuleBook& rules, Letters& letters, const Canvas& canvas, int edge,
                 double beyond);

    /// Throws what SQLite throws, and std::runtime_error where the style asks for what names cannot have.
    void draw();

  private:
    /// A row's rule as it is drawn, and where its texts come from.
    struct Known {
        NameRule rule;
        std::vector<std::vector<std::size_t>> columns; ///< of each name's parts; `evaluated`: not a plain column
    };
    struct Group;
    static constexpr std::size_t evaluated = static_cast<std::size_t>(-1);

    void drawRows(const RowSource& rows, LayerRules& rules, const mapnik::box2d<double>& box);
    void drawJoined(const RowSource& rows, LayerRules& rules, const mapnik::box2d<double>& box);
    const Known& known(const mapnik::rule& rule, const LayerRules& rules);
    /// Empty: there is nothing to say.
    [[nodiscard]] std::vector<std::string> textsOf(const NameStyle& style, const std::vector<std::size_t>& columns,
                                                   const LayerRules& rules, const MapRow& row) const;
    void write(const NameStyle& style, const std::vector<std::string>& texts, const Shapes::Shape& shape);
    void paintPlaced(const NameStyle& style);
    [[nodiscard]] Point placeOf(const Shapes::Shape& shape) const;

    const mapnik::Map& m_map;
    RuleBook& m_rules;
    const Canvas& m_canvas;
    const double m_edge;
    const double m_beyond;
    NamePlacer m_placer;
    NamePainter m_painter;
    Shapes m_shapes;
    std::vector<PlacedName> m_placed;
    std::unordered_map<const mapnik::rule*, Known> m_known;
    Letters& m_letters;
};

} // namespace tocsin::map
