#pragma once

#include "map/tile_painter.hpp"

#include <cstdint>
#include <mapnik/agg_rasterizer.hpp>
#include <mapnik/agg_renderer.hpp>
#include <mapnik/attribute.hpp>
#include <mapnik/feature_style_processor.hpp>
#include <mapnik/image.hpp>
#include <mapnik/map.hpp>
#include <mapnik/request.hpp>
#include <mapnik/view_transform.hpp>
#include <memory>
#include <unordered_map>
#include <utility>
#include <vector>

namespace tocsin::map {

/// A line or an area as it is drawn, and the shape of all that is drawn so and is not painted yet.
struct Brush {
    bool line{false};
    std::uint32_t colour{0};                       ///< the picture's RGBA bytes, opaque
    unsigned alpha{255};                           ///< of the whole
    double width{0};                               ///< pixels
    double dashLength{0};                          ///< pixels, of the whole pattern; 0: not dashed
    std::vector<std::pair<double, double>> dashes; ///< line and gap
    int join{0};                                   ///< agg::line_join_e
    int cap{0};                                    ///< agg::line_cap_e
    std::unique_ptr<mapnik::rasterizer> shape;
};

/// Draws the lines and areas of a Mapnik map onto an opaque picture, as mapnik::agg_renderer would, but the features
/// that follow each other under one rule as one shape, and runs of whole pixels as words: several times as fast. What
/// it does not know (rasters, markers, names, effects, widths by attribute) it leaves to agg_renderer.
///
/// The map's own extent chooses the features, the request's places them on the picture, and `within` is the part of
/// it that is painted: it comes out the same, but for roundings, whichever part is asked for. One thread.
class VectorRenderer final : public mapnik::feature_style_processor<VectorRenderer> {
  public:
    VectorRenderer(const mapnik::Map& map, const mapnik::request& request, const mapnik::attributes& variables,
                   mapnik::image_rgba8& picture, const PixelBox& within, double scale);
    ~VectorRenderer();

    /// Throws what Mapnik throws.
    void draw();

    // What feature_style_processor calls:
    using processor_impl_type = VectorRenderer;
    void start_map_processing(const mapnik::Map&) {}
    void end_map_processing(const mapnik::Map&) {}
    void start_layer_processing(const mapnik::layer& layer, const mapnik::box2d<double>& extent);
    void end_layer_processing(const mapnik::layer& layer);
    void start_style_processing(const mapnik::feature_type_style& style);
    void end_style_processing(const mapnik::feature_type_style& style);
    bool process(const mapnik::rule::symbolizers& symbols, mapnik::feature_impl& feature,
                 const mapnik::proj_transform& transform);
    template <typename Symbolizer>
    void process(const Symbolizer& symbol, mapnik::feature_impl& feature, const mapnik::proj_transform& transform) {
        other().process(symbol, feature, transform);
    }
    void painted(bool) {}
    bool painted() { return true; }
    [[nodiscard]] mapnik::eAttributeCollectionPolicy attribute_collection_policy() const { return mapnik::DEFAULT; }
    [[nodiscard]] double scale_factor() const { return m_scale; }
    [[nodiscard]] const mapnik::attributes& variables() const { return m_variables; }

  private:
    using Other = mapnik::agg_renderer<mapnik::image_rgba8>;
    using Brushes = std::vector<Brush>;

    Other& other();
    /// Empty: the rule is not for us.
    Brushes brushesOf(const mapnik::rule::symbolizers& symbols, mapnik::feature_impl& feature) const;
    void add(Brush& brush, const mapnik::geometry::geometry<double>& geometry);
    void addArea(Brush& brush, const mapnik::geometry::polygon<double>& area);
    void addLine(Brush& brush, const std::vector<mapnik::geometry::point<double>>& points, bool closed);
    void stroke(Brush& brush, bool closed, double from);
    void flush();
    void paint(Brush& brush);

    const mapnik::Map& m_map;
    const mapnik::request& m_request;
    const mapnik::attributes& m_variables;
    mapnik::image_rgba8& m_picture;
    const PixelBox m_within;
    const double m_scale;
    const mapnik::view_transform m_transform;
    std::unique_ptr<mapnik::Map> m_bare; ///< for m_other, which must not paint the ground again
    std::unique_ptr<Other> m_other;
    const mapnik::layer* m_layer{nullptr};
    mapnik::box2d<double> m_layerExtent;
    bool m_otherInLayer{false};
    bool m_styleIsOthers{false};
    std::unordered_map<const void*, Brushes> m_brushes; ///< by rule
    Brushes* m_open{nullptr};                           ///< of the rule whose shapes grow
    std::size_t m_points{0};                            ///< in them
    std::vector<std::pair<double, double>> m_path;      ///< pixels; kept for its memory
};

} // namespace tocsin::map
