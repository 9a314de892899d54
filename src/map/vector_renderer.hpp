#pragma once

#include "map/canvas.hpp"
#include "map/layer_rules.hpp"
#include "map/shapes.hpp"
#include "map/stroke.hpp"

#include <cstdint>
#include <mapnik/agg_rasterizer.hpp>
#include <mapnik/map.hpp>
#include <memory>
#include <unordered_map>
#include <utility>
#include <vector>

namespace tocsin::map {

/// A line or an area as it is drawn, and the shape of all that is drawn so and is not painted yet.
struct Brush {
    bool line{false};
    std::uint32_t colour{0}; ///< the picture's RGBA bytes, opaque
    unsigned alpha{255};     ///< of the whole
    Pen pen;                 ///< of a line
    std::unique_ptr<mapnik::rasterizer> shape;
};

/// Draws the lines and areas of a Mapnik map as mapnik::agg_renderer would, but straight from the rows of a RowSource,
/// rules chosen once for each kind of row, the rows that follow each other under one rule as one shape, and runs of
/// whole pixels as words: many times as fast. What it does not know (rasters, markers, effects, widths by attribute)
/// it leaves to agg_renderer, a layer at a time. The map has no background of its own, and its view is the part's.
///
/// What comes out is the same, but for roundings, whichever part is asked for. One thread.
class VectorRenderer {
  public:
    VectorRenderer(const mapnik::Map& map, RuleBook& rules, const Canvas& canvas);
    ~VectorRenderer();

    /// Throws what Mapnik and SQLite throw.
    void draw();

  private:
    using Brushes = std::vector<Brush>;
    struct Item {
        std::size_t shape; ///< in m_shapes
        const LayerRules::Choice* choice;
    };

    /// Whether all that the rules draw is for brushes.
    [[nodiscard]] static bool areBrushes(const LayerRules& rules);
    void drawRows(const RowSource& rows, LayerRules& rules, const mapnik::layer& layer);
    void drawStyle(std::size_t style);
    [[nodiscard]] Brushes brushesOf(const mapnik::rule& rule) const;
    void add(Brush& brush, const Shapes::Shape& shape);
    void addArea(Brush& brush, const Shapes::Shape& shape);
    void addLine(Brush& brush, const Shapes::Part& part, bool closed);
    void stroke(Brush& brush, bool closed, double from);
    void flush();
    void paint(Brush& brush);

    const mapnik::Map& m_map;
    RuleBook& m_rules;
    const Canvas& m_canvas;
    Shapes m_shapes; ///< of a layer
    std::vector<Item> m_items;
    std::unordered_map<const mapnik::rule*, Brushes> m_brushes;
    Brushes* m_open{nullptr}; ///< of the rule whose shapes grow
    std::size_t m_points{0};  ///< in them
    PicturePath m_path;       ///< kept for its memory
    Stroker m_stroker;
};

} // namespace tocsin::map
