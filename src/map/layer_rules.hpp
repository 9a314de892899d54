#pragma once

#include "map/row_source.hpp"

#include <cstddef>
#include <map>
#include <mapnik/attribute.hpp>
#include <mapnik/feature.hpp>
#include <mapnik/feature_type_style.hpp>
#include <mapnik/layer.hpp>
#include <mapnik/map.hpp>
#include <mapnik/rule.hpp>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace tocsin::map {

/// The rules of a layer's styles at one scale, and which of them a row falls under. Rows that agree in what the
/// filters ask for are judged once. The map outlives it.
class LayerRules {
  public:
    struct Style {
        const mapnik::feature_type_style* style{nullptr};
        std::vector<const mapnik::rule*> rules; ///< all that may be drawn at the scale
    };
    /// Of each style the rules that apply, in their order.
    using Choice = std::vector<std::vector<const mapnik::rule*>>;

    LayerRules(const mapnik::Map& map, const mapnik::layer& layer, double denominator,
               const mapnik::attributes& variables);

    [[nodiscard]] const std::vector<Style>& styles() const { return m_styles; }
    /// What to ask a RowSource for: first what filters ask for, then what the symbols use.
    [[nodiscard]] const std::vector<std::string>& columns() const { return m_columns; }
    /// Stays where it is as long as the rules.
    [[nodiscard]] const Choice& choose(const MapRow& row);
    /// Kinds of rows met so far: who keeps the rules throws them away when these grow.
    [[nodiscard]] std::size_t kinds() const { return m_choices.size(); }
    /// The row as Mapnik's expressions read it.
    [[nodiscard]] mapnik::feature_ptr featureOf(const MapRow& row) const;

    /// Whether a renderer of ours can draw all of it: for that to be found out once.
    std::optional<bool> drawnByUs;

  private:
    [[nodiscard]] Choice judge(const mapnik::feature_impl& feature) const;

    const mapnik::attributes m_variables;
    std::vector<Style> m_styles;
    std::vector<std::string> m_columns;
    std::size_t m_deciding{0}; ///< columns that filters ask for
    mapnik::context_ptr m_context;
    std::unordered_map<std::string, Choice> m_choices;
    std::string m_key;
};

/// The rules of all layers at the scales drawn last. The map outlives it.
class RuleBook {
  public:
    explicit RuleBook(const mapnik::Map& map) : m_map(map) {}
    /// The layer's rules, valid until forgetIfMany().
    [[nodiscard]] LayerRules& of(std::size_t layer, double denominator, const mapnik::attributes& variables);
    /// Before a picture: keeps the memory bounded.
    void forgetIfMany();

  private:
    const mapnik::Map& m_map;
    std::map<std::pair<std::size_t, double>, LayerRules> m_rules;
};

} // namespace tocsin::map
