#include "map/vector_renderer.hpp"

#include "map/row_feature.hpp"
#include "map/scanlines.hpp"
#include "map/wkb.hpp"

#include <algorithm>
#include <cmath>
#include <mapnik/agg_helpers.hpp>
#include <mapnik/agg_renderer.hpp>
#include <mapnik/datasource.hpp>
#include <mapnik/expression_string.hpp>
#include <mapnik/feature.hpp>
#include <mapnik/feature_type_style.hpp>
#include <mapnik/layer.hpp>
#include <mapnik/map.hpp>
#include <mapnik/rule.hpp>
#include <mapnik/symbolizer.hpp>
#include <set>
#include <string>

namespace tocsin::map {
namespace {

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

double areaOf(const Point* ring, std::size_t count) {
    double twice = 0;
    for (std::size_t i = 1; i + 1 < count; ++i)
        twice += (ring[i].x - ring[0].x) * (ring[i + 1].y - ring[0].y) -
                 (ring[i + 1].x - ring[0].x) * (ring[i].y - ring[0].y);
    return twice / 2;
}

Pen::Join joinOf(mapnik::line_join_enum join) {
    return join == mapnik::ROUND_JOIN   ? Pen::Join::round
           : join == mapnik::BEVEL_JOIN ? Pen::Join::bevel
                                        : Pen::Join::miter;
}

Pen::Cap capOf(mapnik::line_cap_enum cap) {
    return cap == mapnik::ROUND_CAP ? Pen::Cap::round : cap == mapnik::SQUARE_CAP ? Pen::Cap::square : Pen::Cap::butt;
}

} // namespace

VectorRenderer::VectorRenderer(const mapnik::Map& map, RuleBook& rules, const Canvas& canvas)
    : m_map(map), m_rules(rules), m_canvas(canvas) {}

VectorRenderer::~VectorRenderer() = default;

void VectorRenderer::draw() {
    using Other = mapnik::agg_renderer<mapnik::image_rgba8>;
    std::unique_ptr<Other> other;
    const double denominator = m_canvas.denominator();
    for (std::size_t i = 0; i < m_map.layers().size(); ++i) {
        const mapnik::layer& layer = m_map.layers()[i];
        if (!layer.visible(denominator))
            continue;
        LayerRules& rules = m_rules.of(i, denominator, m_canvas.variables);
        if (rules.styles().empty())
            continue;
        const auto* rows = dynamic_cast<const RowSource*>(layer.datasource().get());
        if (!rules.drawnByUs)
            rules.drawnByUs = rows != nullptr && areBrushes(rules);
        if (*rules.drawnByUs) {
            drawRows(*rows, rules, layer);
            continue;
        }
        if (!other)
            other =
                std::make_unique<Other>(m_map, m_canvas.request, m_canvas.variables, m_canvas.picture, m_canvas.scale);
        std::set<std::string> names;
        other->apply(layer, names);
    }
}

bool VectorRenderer::areBrushes(const LayerRules& rules) {
    const auto isBrush = [](const mapnik::symbolizer& any) {
        if (any.is<mapnik::polygon_symbolizer>())
            return isPlain(any.get<mapnik::polygon_symbolizer>(), knownOfArea);
        if (!any.is<mapnik::line_symbolizer>())
            return false;
        const auto& symbol = any.get<mapnik::line_symbolizer>();
        const auto dashes = symbol.properties.find(keys::stroke_dasharray);
        return isPlain(symbol, knownOfLine) &&
               (dashes == symbol.properties.end() || dashes->second.is<mapnik::dash_array>());
    };
    return std::all_of(rules.styles().begin(), rules.styles().end(), [&](const LayerRules::Style& style) {
        return !style.style->comp_op() && style.style->image_filters().empty() &&
               style.style->direct_image_filters().empty() && style.style->get_opacity() >= 1 &&
               std::all_of(style.rules.begin(), style.rules.end(),
                           [&](const mapnik::rule* rule) { return std::all_of(rule->begin(), rule->end(), isBrush); });
    });
}

void VectorRenderer::drawRows(const RowSource& rows, LayerRules& rules, const mapnik::layer& layer) {
    const double around = layer.buffer_size() ? *layer.buffer_size() : m_map.buffer_size();
    const bool atOnce = rules.styles().size() == 1;
    rows.read(m_canvas.world(m_canvas.within, around), m_canvas.metres, rules.columns(), [&](const MapRow& row) {
        const LayerRules::Choice& choice = rules.choose(row);
        if (std::all_of(choice.begin(), choice.end(), [](const auto& chosen) { return chosen.empty(); }))
            return;
        const std::string_view bytes = row.geometry();
        if (!readGeoPackageGeometry(bytes.data(), bytes.size(), m_canvas.toPicture, leastSeen, m_shapes))
            return;
        m_items.push_back({m_shapes.shapes.size() - 1, &choice});
        if (atOnce && m_shapes.points.size() > mostPoints) {
            drawStyle(0);
            m_shapes.clear();
            m_items.clear();
        }
    });
    for (std::size_t i = 0; i < rules.styles().size(); ++i) {
        drawStyle(i);
        flush();
    }
    m_shapes.clear();
    m_items.clear();
}

void VectorRenderer::drawStyle(std::size_t style) {
    for (const Item& item : m_items)
        for (const mapnik::rule* rule : (*item.choice)[style]) {
            auto found = m_brushes.find(rule);
            if (found == m_brushes.end())
                found = m_brushes.emplace(rule, brushesOf(*rule)).first;
            if (m_open != &found->second || m_points > mostPoints)
                flush();
            m_open = &found->second;
            for (Brush& brush : found->second)
                add(brush, m_shapes.shapes[item.shape]);
        }
}

VectorRenderer::Brushes VectorRenderer::brushesOf(const mapnik::rule& rule) const {
    const mapnik::feature_impl& nothing = noRow();
    const mapnik::attributes& variables = m_canvas.variables;
    Brushes brushes;
    const auto make = [&](const mapnik::color& colour, double opacity) -> Brush& {
        Brush& brush = brushes.emplace_back();
        brush.colour = colour.rgba() | 0xff000000U;
        brush.alpha = static_cast<unsigned>(std::lround(std::clamp(colour.alpha() * opacity, 0.0, 255.0)));
        brush.shape = std::make_unique<mapnik::rasterizer>();
        const PixelBox& within = m_canvas.within;
        brush.shape->clip_box(within.left, within.top, within.right, within.bottom);
        return brush;
    };
    for (const mapnik::symbolizer& any : rule) {
        if (any.is<mapnik::polygon_symbolizer>()) {
            const auto& symbol = any.get<mapnik::polygon_symbolizer>();
            make(mapnik::get<mapnik::color, keys::fill>(symbol, nothing, variables),
                 mapnik::get<mapnik::value_double, keys::fill_opacity>(symbol, nothing, variables));
            continue;
        }
        const auto& symbol = any.get<mapnik::line_symbolizer>();
        Brush& brush = make(mapnik::get<mapnik::color, keys::stroke>(symbol, nothing, variables),
                            mapnik::get<mapnik::value_double, keys::stroke_opacity>(symbol, nothing, variables));
        brush.line = true;
        Pen& pen = brush.pen;
        pen.width = mapnik::get<mapnik::value_double, keys::stroke_width>(symbol, nothing, variables) * m_canvas.scale;
        pen.join = joinOf(mapnik::get<mapnik::line_join_enum, keys::stroke_linejoin>(symbol, nothing, variables));
        pen.cap = capOf(mapnik::get<mapnik::line_cap_enum, keys::stroke_linecap>(symbol, nothing, variables));
        if (const auto dashes = symbol.properties.find(keys::stroke_dasharray); dashes != symbol.properties.end())
            for (const auto& [line, gap] : dashes->second.get<mapnik::dash_array>()) {
                pen.dashes.emplace_back(line * m_canvas.scale, gap * m_canvas.scale);
                pen.dashLength += (line + gap) * m_canvas.scale;
            }
        // No eye sees the shape of a corner that is smaller than a pixel.
        if (pen.width < 1.75) {
            pen.join = pen.join == Pen::Join::round ? Pen::Join::miter : pen.join;
            pen.cap = pen.cap == Pen::Cap::round ? Pen::Cap::square : pen.cap;
        }
    }
    return brushes;
}

void VectorRenderer::add(Brush& brush, const Shapes::Shape& shape) {
    if (shape.kind == Shapes::Kind::point || (shape.kind == Shapes::Kind::line && !brush.line))
        return;
    if (!brush.line)
        return addArea(brush, shape);
    for (std::size_t i = shape.from; i < shape.to; ++i)
        addLine(brush, m_shapes.parts[i], shape.kind == Shapes::Kind::area);
}

void VectorRenderer::addArea(Brush& brush, const Shapes::Shape& shape) {
    // Outer rings one way round and holes the other, so that areas that overlap do not open each other.
    for (std::size_t i = shape.from; i < shape.to; ++i) {
        const Shapes::Part& part = m_shapes.parts[i];
        const Point* const points = m_shapes.points.data() + part.from;
        const std::size_t count = part.to - part.from;
        if (count < 3)
            continue;
        const bool turn = (areaOf(points, count) > 0) != part.outer;
        for (std::size_t k = 0; k < count; ++k) {
            const Point& at = points[turn ? count - 1 - k : k];
            if (k == 0)
                brush.shape->move_to_d(at.x, at.y);
            else
                brush.shape->line_to_d(at.x, at.y);
        }
        brush.shape->close_polygon();
        m_points += count;
    }
}

void VectorRenderer::addLine(Brush& brush, const Shapes::Part& part, bool closed) {
    const Point* const points = m_shapes.points.data() + part.from;
    const std::size_t size = part.to - part.from;
    if (size < 2 || brush.pen.width <= 0)
        return;
    // Only what may be seen is stroked; the beat of dashes goes on where nothing is.
    const double reach = 2 * brush.pen.width + 4;
    const double left = m_canvas.within.left - reach;
    const double top = m_canvas.within.top - reach;
    const double right = m_canvas.within.right + reach;
    const double bottom = m_canvas.within.bottom + reach;
    m_path.clear();
    double along = 0; // of the line up to the last point, counted for dashes alone
    double from = 0;  // where m_path begins
    bool whole = true;
    const bool ring = closed && points[0].x == points[size - 1].x && points[0].y == points[size - 1].y;
    const std::size_t count = closed && !ring ? size + 1 : size;
    for (std::size_t i = 1; i < count; ++i) {
        const Point& last = points[i - 1];
        const Point& at = points[i % size];
        if (std::max(at.x, last.x) < left || std::min(at.x, last.x) > right || std::max(at.y, last.y) < top ||
            std::min(at.y, last.y) > bottom) {
            whole = false;
            stroke(brush, false, from);
        } else {
            if (m_path.empty()) {
                m_path.emplace_back(last.x, last.y);
                from = along;
            }
            m_path.emplace_back(at.x, at.y);
        }
        if (brush.pen.dashLength > 0)
            along += std::hypot(at.x - last.x, at.y - last.y);
    }
    if (closed && whole && m_path.size() > 2) {
        m_path.pop_back();
        stroke(brush, true, from);
    } else {
        stroke(brush, false, from);
    }
}

void VectorRenderer::stroke(Brush& brush, bool closed, double from) {
    if (m_path.size() > 1) {
        m_stroker.add(m_path, closed, brush.pen, from, *brush.shape);
        m_points += m_path.size() * (brush.pen.join == Pen::Join::round ? 4 : 2);
    }
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
        const PixelBox& within = m_canvas.within;
        Scanlines rows(brush.shape->min_y(), [&](int x, int y, int length, unsigned cover) {
            if (y < within.top || y >= within.bottom)
                return;
            std::uint32_t* const pixels = m_canvas.picture.get_row(static_cast<std::size_t>(y));
            const int from = std::max(x, within.left);
            const int to = std::min(x + length, within.right);
            const unsigned alpha = cover * brush.alpha / 255;
            if (alpha < 255)
                for (int at = from; at < to; ++at)
                    pixels[at] = blended(pixels[at], brush.colour, alpha);
            else if (from < to)
                std::fill(pixels + from, pixels + to, brush.colour);
        });
        brush.shape->sweep_scanline(rows);
    }
    brush.shape->reset();
}

} // namespace tocsin::map
