#pragma once

#include "map/letters.hpp"
#include "tocsin/base/result.hpp"

#include <cstdint>
#include <mapnik/attribute.hpp>
#include <mapnik/expression.hpp>
#include <mapnik/map.hpp>
#include <mapnik/rule.hpp>
#include <mapnik/text/text_properties.hpp>
#include <optional>
#include <vector>

namespace tocsin::map {

/// A piece of what a name says.
struct NamePart {
    mapnik::expression_ptr text;
    double size{10}; ///< pixels an em
};

/// How and where a rule writes names: a TextSymbolizer of the style at one scale, lengths in pixels of the picture.
struct NameStyle {
    enum class Placement : std::uint8_t { point, line, interior };
    std::vector<NamePart> parts;
    std::size_t fonts{0}; ///< a set of Letters
    std::uint32_t colour{0};
    std::uint32_t haloColour{0};
    double haloOpacity{1};
    double haloRadius{0};
    double letterGap{0};
    Placement placement{Placement::point};
    std::vector<mapnik::directions_e> directions; ///< to be tried one after the other; at least one
    double dx{0};
    double dy{0};
    double wrapWidth{0};      ///< 0: one line
    double spacing{0};        ///< along a line, from name to name; 0: once
    double margin{0};         ///< to other names
    double repeatDistance{0}; ///< to the same name
    double padding{0};        ///< to the block's edge
    double leastPath{0};      ///< a line must be as long
    double mostTurn{0.4};     ///< radians from letter to letter
    bool avoidEdges{false};   ///< wholly in the block
    bool mayOverlap{false};
};

/// A dot beside a name: a MarkersSymbolizer.
struct DotStyle {
    double width{0};
    double height{0};
    std::uint32_t fill{0};
    std::uint32_t edge{0};
    double edgeWidth{0};
};

/// Of a rule, in the order of drawing: the dots come first.
struct NameRule {
    std::vector<DotStyle> dots;
    std::vector<NameStyle> names;
};

/// A rule at a scale. Throws std::runtime_error where the rule asks for what our names cannot do.
[[nodiscard]] NameRule nameRuleOf(const mapnik::rule& rule, const Letters& letters, const mapnik::attributes& variables,
                                  double scale);

} // namespace tocsin::map
