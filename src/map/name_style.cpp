#include "map/name_style.hpp"

#include "map/row_feature.hpp"

#include <algorithm>
#include <cmath>
#include <mapnik/feature.hpp>
#include <mapnik/symbolizer.hpp>
#include <mapnik/text/formatting/format.hpp>
#include <mapnik/text/formatting/list.hpp>
#include <mapnik/text/formatting/text.hpp>
#include <mapnik/text/placements/base.hpp>
#include <numbers>
#include <stdexcept>
#include <string>

namespace tocsin::map {
namespace {

namespace formatting = mapnik::formatting;
using Value = mapnik::symbolizer_base::value_type;

[[noreturn]] void refuse(const std::string& what) {
    throw std::runtime_error("names cannot have " + what);
}

/// Reads a style's values, which may be expressions of the zoom's variables, but not of a row.
class Reading {
  public:
    Reading(const mapnik::attributes& variables, double scale) : m_variables(variables), m_scale(scale) {}

    template <typename T>
    T of(const Value& value) const {
        return mapnik::util::apply_visitor(mapnik::extract_value<T>(noRow(), m_variables), value);
    }
    double pixels(const Value& value) const { return of<mapnik::value_double>(value) * m_scale; }
    std::uint32_t colour(const Value& value) const { return of<mapnik::color>(value).rgba() | 0xff000000U; }
    template <typename T, mapnik::keys key>
    T get(const mapnik::symbolizer_base& symbol) const {
        return mapnik::get<T, key>(symbol, noRow(), m_variables);
    }
    [[nodiscard]] double scale() const { return m_scale; }

  private:
    const mapnik::attributes& m_variables;
    const double m_scale;
};

void addParts(const formatting::node_ptr& node, double size, const Reading& reading, std::vector<NamePart>& parts) {
    if (const auto* list = dynamic_cast<const formatting::list_node*>(node.get())) {
        for (const auto& child : list->get_children())
            addParts(child, size, reading, parts);
    } else if (const auto* format = dynamic_cast<const formatting::format_node*>(node.get())) {
        if (format->fill || format->halo_fill || format->face_name || format->fontset || format->character_spacing)
            refuse("a Format with more than a size");
        addParts(format->get_child(), format->text_size ? reading.pixels(*format->text_size) : size, reading, parts);
    } else if (const auto* text = dynamic_cast<const formatting::text_node*>(node.get())) {
        parts.push_back({text->get_text(), size});
    } else if (node) {
        refuse("a Layout or an ExpressionFormat");
    }
}

NameStyle nameStyleOf(const mapnik::text_symbolizer& symbol, const Letters& letters, const Reading& reading,
                      const mapnik::attributes& variables) {
    const auto property = symbol.properties.find(mapnik::keys::text_placements_);
    if (property == symbol.properties.end() || !property->second.is<mapnik::text_placements_ptr>())
        refuse("no text");
    const auto& placements = property->second.get<mapnik::text_placements_ptr>();
    NameStyle style;
    const auto info = placements->get_placement_info(reading.scale(), noRow(), variables);
    while (info->next() && style.directions.size() < 8)
        style.directions.push_back(info->properties.layout_defaults.dir);
    if (style.directions.empty())
        style.directions.push_back(mapnik::EXACT_POSITION);

    const mapnik::text_symbolizer_properties& all = placements->defaults;
    const mapnik::format_properties& format = all.format_defaults;
    const std::string set = format.fontset ? format.fontset->get_name() : std::string();
    const auto fonts = letters.setOf(set);
    if (!fonts)
        refuse("the fonts \"" + set + "\"");
    style.fonts = *fonts;
    style.colour = reading.colour(format.fill);
    style.haloColour = reading.colour(format.halo_fill);
    style.haloOpacity = std::clamp(reading.of<mapnik::value_double>(format.halo_opacity), 0.0, 1.0);
    style.haloRadius = std::clamp(reading.pixels(format.halo_radius), 0.0, 8.0 * reading.scale());
    style.letterGap = reading.pixels(format.character_spacing);
    addParts(all.format_tree(), reading.pixels(format.text_size), reading, style.parts);

    const mapnik::text_layout_properties& layout = all.layout_defaults;
    style.dx = reading.pixels(layout.dx);
    style.dy = reading.pixels(layout.dy);
    style.wrapWidth = reading.pixels(layout.wrap_width);

    const mapnik::text_properties_expressions& place = all.expressions;
    switch (reading.of<mapnik::label_placement_enum>(place.label_placement)) {
    case mapnik::POINT_PLACEMENT:
        style.placement = NameStyle::Placement::point;
        break;
    case mapnik::LINE_PLACEMENT:
        style.placement = NameStyle::Placement::line;
        break;
    case mapnik::INTERIOR_PLACEMENT:
        style.placement = NameStyle::Placement::interior;
        break;
    default:
        refuse("this placement");
    }
    style.spacing = reading.pixels(place.label_spacing);
    style.margin = reading.pixels(place.margin);
    style.repeatDistance = std::max(reading.pixels(place.repeat_distance), reading.pixels(place.minimum_distance));
    style.padding = reading.pixels(place.minimum_padding);
    style.leastPath = reading.pixels(place.minimum_path_length);
    style.mostTurn = reading.of<mapnik::value_double>(place.max_char_angle_delta) * std::numbers::pi / 180;
    style.avoidEdges = reading.of<mapnik::value_bool>(place.avoid_edges);
    style.mayOverlap = reading.of<mapnik::value_bool>(place.allow_overlap);
    return style;
}

DotStyle dotStyleOf(const mapnik::markers_symbolizer& symbol, const Reading& reading) {
    DotStyle dot;
    dot.width = reading.get<mapnik::value_double, mapnik::keys::width>(symbol) * reading.scale();
    dot.height = reading.get<mapnik::value_double, mapnik::keys::height>(symbol) * reading.scale();
    dot.fill = reading.get<mapnik::color, mapnik::keys::fill>(symbol).rgba() | 0xff000000U;
    dot.edge = reading.get<mapnik::color, mapnik::keys::stroke>(symbol).rgba() | 0xff000000U;
    dot.edgeWidth = reading.get<mapnik::value_double, mapnik::keys::stroke_width>(symbol) * reading.scale();
    return dot;
}

} // namespace

NameRule nameRuleOf(const mapnik::rule& rule, const Letters& letters, const mapnik::attributes& variables,
                    double scale) {
    const Reading reading(variables, scale);
    NameRule made;
    for (const mapnik::symbolizer& symbol : rule) {
        if (symbol.is<mapnik::text_symbolizer>())
            made.names.push_back(nameStyleOf(symbol.get<mapnik::text_symbolizer>(), letters, reading, variables));
        else if (symbol.is<mapnik::markers_symbolizer>())
            made.dots.push_back(dotStyleOf(symbol.get<mapnik::markers_symbolizer>(), reading));
        else
            refuse("a symbol that is neither a text nor a dot in their layer");
    }
    return made;
}

} // namespace tocsin::map
