#include "map/vector_renderer.hpp"

#include <algorithm>
#include <cmath>
#include <mapnik/agg_helpers.hpp>
#include <mapnik/expression_string.hpp>
#include <mapnik/feature.hpp>
#include <mapnik/feature_style_processor_impl.hpp>
#include <mapnik/feature_type_style.hpp>
#include <mapnik/layer.hpp>
#include <mapnik/map.hpp>
#include <mapnik/rule.hpp>
#include <mapnik/symbolizer.hpp>

#pragma GCC diagnostic push
#include "agg_conv_dash.h"
#include "agg_conv_stroke.h"
#include <mapnik/warning_ignore_agg.hpp>
#pragma GCC diagnostic pop

namespace tocsin::map {
namespace {

namespace geometry = mapnik::geometry;
using mapnik::keys;

/// A shape grows to so many points before it is painted: the rasterizer's memory is bounded.
constexpr std::size_t mostPoints = 60'000;

/// What the drawing below knows of a symbol.
constexpr keys knownOfArea[] = {keys::fill, keys::fill_opacity};
constexpr keys knownOfLine[] = {keys::stroke,          keys::stroke_width,   keys::stroke_opacity,
                                keys::stroke_linejoin, keys::stroke_linecap, keys::stroke_dasharray};

/// Whether nothing but known properties is set, none of them by a feature's attribute.
template <std::size_t n>
bool isPlain(const mapnik::symbolizer_base& symbol, const keys (&known)[n]) {
    return std::all_of(symbol.properties.begin(), symbol.properties.end(), [&](const auto& property) {
        if (std::find(std::begin(known), std::end(known), property.first) == std::end(known))
            return false;
        if (!property.second.template is<mapnik::expression_ptr>())
            return true;
        const auto& expression = property.second.template get<mapnik::expression_ptr>();
        return expression && mapnik::to_expression_string(*expression).find('[') == std::string::npos;
    });
}

/// Takes a rasterizer's scanlines as AGG's own scanlines do, but paints them at once. AGG asks for a fresh line for
/// each row from the shape's first to its last, so the rows are counted.
class RowPainter {
  public:
    RowPainter(mapnik::image_rgba8& picture, const PixelBox& within, int firstRow, std::uint32_t colour, unsigned alpha)
        : m_picture(picture), m_within(within), m_row(firstRow - 1), m_colour(colour), m_alpha(alpha) {}

    void reset(int, int) {}
    void reset_spans() {
        ++m_row;
        m_pixels = m_row < m_within.top || m_row >= m_within.bottom
                       ? nullptr
                       : m_picture.get_row(static_cast<std::size_t>(m_row));
    }
    void add_cell(int x, unsigned cover) { add_span(x, 1, cover); }
    void add_span(int x, unsigned length, unsigned cover) {
        if (m_pixels == nullptr)
            return;
        const int first = std::max(x, m_within.left);
        const int count = std::min(x + static_cast<int>(length), m_within.right) - first;
        if (count <= 0)
            return;
        std::uint32_t* const from = m_pixels + first;
        const unsigned alpha = cover * m_alpha / 255;
        if (alpha >= 255) {
            std::fill_n(from, count, m_colour);
            return;
        }
        // Two of the four bytes at a time; the picture's alpha is 255 and stays so.
        const std::uint32_t part = alpha + (alpha >> 7U);
        const std::uint32_t rest = 256 - part;
        const std::uint32_t even = (m_colour & 0xff00ffU) * part;
        const std::uint32_t odd = ((m_colour >> 8U) & 0xff00ffU) * part;
        for (std::uint32_t* p = from; p != from + count; ++p)
            *p = ((even + (*p & 0xff00ffU) * rest) >> 8U & 0xff00ffU) |
                 ((odd + (*p >> 8U & 0xff00ffU) * rest) & 0xff00ff00U);
    }
    void finalize(int) {}
    [[nodiscard]] unsigned num_spans() const { return 0; } // nothing is left to do

  private:
    mapnik::image_rgba8& m_picture;
    const PixelBox m_within;
    std::uint32_t* m_pixels{nullptr};
    int m_row;
    const std::uint32_t m_colour;
    const unsigned m_alpha;
};

/// Points as AGG reads a path.
class PathOf {
  public:
    PathOf(const std::vector<std::pair<double, double>>& points, bool closed) : m_points(points), m_closed(closed) {}
    void rewind(unsigned) { m_next = 0; }
    unsigned vertex(double* x, double* y) {
        if (m_next >= m_points.size()) {
            const bool close = m_closed && m_next == m_points.size();
            ++m_next;
            return close ? static_cast<unsigned>(agg::path_cmd_end_poly) | static_cast<unsigned>(agg::path_flags_close)
                         : static_cast<unsigned>(agg::path_cmd_stop);
        }
        std::tie(*x, *y) = m_points[m_next];
        return m_next++ == 0 ? agg::path_cmd_move_to : agg::path_cmd_line_to;
    }

  private:
    const std::vector<std::pair<double, double>>& m_points;
    const bool m_closed;
    std::size_t m_next{0};
};

double areaOf(const std::vector<geometry::point<double>>& ring) {
    double twice = 0;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const auto& a = ring[i];
        const auto& b = ring[(i + 1) % ring.size()];
        twice += (a.x - ring[0].x) * (b.y - ring[0].y) - (b.x - ring[0].x) * (a.y - ring[0].y);
    }
    return twice / 2;
}

int joinOf(mapnik::line_join_enum join) {
    switch (join) {
    case mapnik::ROUND_JOIN:
        return agg::round_join;
    case mapnik::BEVEL_JOIN:
        return agg::bevel_join;
    case mapnik::MITER_REVERT_JOIN:
        return agg::miter_join_revert;
    default:
        return agg::miter_join;
    }
}

int capOf(mapnik::line_cap_enum cap) {
    return cap == mapnik::ROUND_CAP ? agg::round_cap : cap == mapnik::SQUARE_CAP ? agg::square_cap : agg::butt_cap;
}

} // namespace

VectorRenderer::VectorRenderer(const mapnik::Map& map, const mapnik::request& request,
                               const mapnik::attributes& variables, mapnik::image_rgba8& picture,
                               const PixelBox& within, double scale)
    : mapnik::feature_style_processor<VectorRenderer>(map, scale), m_map(map), m_request(request),
      m_variables(variables), m_picture(picture), m_within(within), m_scale(scale),
      m_transform(static_cast<int>(request.width()), static_cast<int>(request.height()), request.extent()) {
    const auto ground = map.background();
    const std::uint32_t colour = ground ? ground->rgba() | 0xff000000U : 0xff000000U;
    for (int y = within.top; y < within.bottom; ++y)
        std::fill_n(picture.get_row(static_cast<std::size_t>(y)) + within.left, within.right - within.left, colour);
}

VectorRenderer::~VectorRenderer() = default;

void VectorRenderer::draw() {
    apply();
}

VectorRenderer::Other& VectorRenderer::other() {
    if (!m_other) {
        m_bare = std::make_unique<mapnik::Map>(m_map.width(), m_map.height(), m_map.srs());
        m_other = std::make_unique<Other>(*m_bare, m_request, m_variables, m_picture, m_scale);
    }
    if (!m_otherInLayer && m_layer != nullptr) {
        m_other->start_layer_processing(*m_layer, m_layerExtent);
        m_otherInLayer = true;
    }
    return *m_other;
}

void VectorRenderer::start_layer_processing(const mapnik::layer& layer, const mapnik::box2d<double>& extent) {
    m_layer = &layer;
    m_layerExtent = extent;
}

void VectorRenderer::end_layer_processing(const mapnik::layer& layer) {
    if (m_otherInLayer)
        m_other->end_layer_processing(layer);
    m_otherInLayer = false;
    m_layer = nullptr;
}

void VectorRenderer::start_style_processing(const mapnik::feature_type_style& style) {
    m_styleIsOthers = style.comp_op() || !style.image_filters().empty() || !style.direct_image_filters().empty() ||
                      style.get_opacity() < 1;
    if (m_styleIsOthers)
        other().start_style_processing(style);
}

void VectorRenderer::end_style_processing(const mapnik::feature_type_style& style) {
    flush();
    if (m_styleIsOthers)
        other().end_style_processing(style);
}

VectorRenderer::Brushes VectorRenderer::brushesOf(const mapnik::rule::symbolizers& symbols,
                                                  mapnik::feature_impl& feature) const {
    Brushes brushes;
    const auto make = [&](const mapnik::color& colour, double opacity) -> Brush& {
        Brush& brush = brushes.emplace_back();
        brush.colour = colour.rgba() | 0xff000000U;
        brush.alpha = static_cast<unsigned>(std::lround(std::clamp(colour.alpha() * opacity, 0.0, 255.0)));
        brush.shape = std::make_unique<mapnik::rasterizer>();
        brush.shape->clip_box(m_within.left, m_within.top, m_within.right, m_within.bottom);
        return brush;
    };
    for (const mapnik::symbolizer& any : symbols) {
        if (any.is<mapnik::polygon_symbolizer>()) {
            const auto& symbol = any.get<mapnik::polygon_symbolizer>();
            if (!isPlain(symbol, knownOfArea))
                return {};
            make(mapnik::get<mapnik::color, keys::fill>(symbol, feature, m_variables),
                 mapnik::get<mapnik::value_double, keys::fill_opacity>(symbol, feature, m_variables));
        } else if (any.is<mapnik::line_symbolizer>()) {
            const auto& symbol = any.get<mapnik::line_symbolizer>();
            if (!isPlain(symbol, knownOfLine))
                return {};
            Brush& brush = make(mapnik::get<mapnik::color, keys::stroke>(symbol, feature, m_variables),
                                mapnik::get<mapnik::value_double, keys::stroke_opacity>(symbol, feature, m_variables));
            brush.line = true;
            brush.width = mapnik::get<mapnik::value_double, keys::stroke_width>(symbol, feature, m_variables) * m_scale;
            brush.join =
                joinOf(mapnik::get<mapnik::line_join_enum, keys::stroke_linejoin>(symbol, feature, m_variables));
            brush.cap = capOf(mapnik::get<mapnik::line_cap_enum, keys::stroke_linecap>(symbol, feature, m_variables));
            if (const auto dashes = symbol.properties.find(keys::stroke_dasharray); dashes != symbol.properties.end()) {
                if (!dashes->second.is<mapnik::dash_array>())
                    return {};
                for (const auto& [line, gap] : dashes->second.get<mapnik::dash_array>()) {
                    brush.dashes.emplace_back(line * m_scale, gap * m_scale);
                    brush.dashLength += (line + gap) * m_scale;
                }
            }
            // No eye sees the shape of a corner that is smaller than a pixel.
            if (brush.width < 1.75) {
                brush.join = brush.join == agg::round_join ? static_cast<int>(agg::miter_join_revert) : brush.join;
                brush.cap = brush.cap == agg::round_cap ? static_cast<int>(agg::square_cap) : brush.cap;
            }
        } else {
            return {};
        }
    }
    return brushes;
}

bool VectorRenderer::process(const mapnik::rule::symbolizers& symbols, mapnik::feature_impl& feature,
                             const mapnik::proj_transform&) {
    auto found = m_brushes.end();
    if (!m_styleIsOthers) {
        found = m_brushes.find(&symbols);
        if (found == m_brushes.end())
            found = m_brushes.emplace(&symbols, brushesOf(symbols, feature)).first;
    }
    if (found == m_brushes.end() || found->second.empty()) {
        flush();
        return false; // each symbol comes by itself
    }
    if (m_open != &found->second || m_points > mostPoints)
        flush();
    m_open = &found->second;
    for (Brush& brush : found->second)
        add(brush, feature.get_geometry());
    return true;
}

void VectorRenderer::add(Brush& brush, const geometry::geometry<double>& shape) {
    const auto area = [&](const geometry::polygon<double>& polygon) {
        if (!brush.line)
            return addArea(brush, polygon);
        addLine(brush, polygon.exterior_ring, true);
        for (const auto& hole : polygon.interior_rings)
            addLine(brush, hole, true);
    };
    if (shape.is<geometry::polygon<double>>()) {
        area(shape.get<geometry::polygon<double>>());
    } else if (shape.is<geometry::multi_polygon<double>>()) {
        for (const auto& polygon : shape.get<geometry::multi_polygon<double>>())
            area(polygon);
    } else if (shape.is<geometry::line_string<double>>()) {
        if (brush.line)
            addLine(brush, shape.get<geometry::line_string<double>>(), false);
    } else if (shape.is<geometry::multi_line_string<double>>()) {
        for (const auto& line : shape.get<geometry::multi_line_string<double>>())
            if (brush.line)
                addLine(brush, line, false);
    }
}

void VectorRenderer::addArea(Brush& brush, const geometry::polygon<double>& area) {
    // Outer rings one way round and holes the other, so that areas that overlap do not open each other.
    const auto ring = [&](const std::vector<geometry::point<double>>& points, bool outer) {
        if (points.size() < 3)
            return;
        const bool turn = (areaOf(points) > 0) != outer;
        for (std::size_t i = 0; i < points.size(); ++i) {
            double x = points[turn ? points.size() - 1 - i : i].x;
            double y = points[turn ? points.size() - 1 - i : i].y;
            m_transform.forward(&x, &y);
            if (i == 0)
                brush.shape->move_to_d(x, y);
            else
                brush.shape->line_to_d(x, y);
        }
        brush.shape->close_polygon();
        m_points += points.size();
    };
    ring(area.exterior_ring, true);
    for (const auto& hole : area.interior_rings)
        ring(hole, false);
}

void VectorRenderer::addLine(Brush& brush, const std::vector<geometry::point<double>>& points, bool closed) {
    if (points.size() < 2 || brush.width <= 0)
        return;
    // Only what may be seen is stroked; the beat of dashes goes on where nothing is.
    const double reach = 2 * brush.width + 4;
    const double left = m_within.left - reach;
    const double top = m_within.top - reach;
    const double right = m_within.right + reach;
    const double bottom = m_within.bottom + reach;
    m_path.clear();
    double lastX = 0;
    double lastY = 0;
    double along = 0; // of the line up to the last point, counted for dashes alone
    double from = 0;  // where m_path begins
    bool whole = true;
    const bool ring = closed && points.front().x == points.back().x && points.front().y == points.back().y;
    const std::size_t count = closed && !ring ? points.size() + 1 : points.size();
    for (std::size_t i = 0; i < count; ++i) {
        double x = points[i % points.size()].x;
        double y = points[i % points.size()].y;
        m_transform.forward(&x, &y);
        if (i > 0) {
            const double length = brush.dashLength > 0 ? std::hypot(x - lastX, y - lastY) : 0;
            if (std::max(x, lastX) < left || std::min(x, lastX) > right || std::max(y, lastY) < top ||
                std::min(y, lastY) > bottom) {
                whole = false;
                stroke(brush, false, from);
            } else {
                if (m_path.empty()) {
                    m_path.emplace_back(lastX, lastY);
                    from = along;
                }
                m_path.emplace_back(x, y);
            }
            along += length;
        }
        lastX = x;
        lastY = y;
    }
    if (closed && whole && m_path.size() > 2) {
        m_path.pop_back();
        stroke(brush, true, from);
    } else {
        stroke(brush, false, from);
    }
}

void VectorRenderer::stroke(Brush& brush, bool closed, double from) {
    if (m_path.size() < 2)
        return m_path.clear();
    PathOf path(m_path, closed);
    const auto shape = [&](auto& outline) {
        outline.width(brush.width);
        outline.line_join(static_cast<agg::line_join_e>(brush.join));
        outline.line_cap(static_cast<agg::line_cap_e>(brush.cap));
        brush.shape->add_path(outline);
    };
    if (brush.dashLength > 0) {
        agg::conv_dash<PathOf> dashed(path);
        for (const auto& [line, gap] : brush.dashes)
            dashed.add_dash(line, gap);
        dashed.dash_start(std::fmod(from, brush.dashLength));
        agg::conv_stroke<agg::conv_dash<PathOf>> outline(dashed);
        shape(outline);
    } else {
        agg::conv_stroke<PathOf> outline(path);
        shape(outline);
    }
    m_points += m_path.size() * (brush.join == agg::round_join ? 4 : 2);
    m_path.clear();
}

void VectorRenderer::flush() {
    if (m_open != nullptr)
        for (Brush& brush : *m_open)
            paint(brush);
    m_open = nullptr;
    m_points = 0;
}

void VectorRenderer::paint(Brush& brush) {
    if (brush.shape->rewind_scanlines()) {
        RowPainter rows(m_picture, m_within, brush.shape->min_y(), brush.colour, brush.alpha);
        brush.shape->sweep_scanline(rows);
    }
    brush.shape->reset();
}

} // namespace tocsin::map
