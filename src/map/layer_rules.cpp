#include "map/layer_rules.hpp"

#include "map/row_feature.hpp"

#include <mapnik/attribute_collector.hpp>
#include <mapnik/expression_evaluator.hpp>
#include <memory>
#include <set>

namespace tocsin::map {
namespace {

void appendTo(std::string& key, const MapRow::Value& value) {
    key += static_cast<char>('0' + value.index());
    if (const auto* whole = std::get_if<std::int64_t>(&value))
        key.append(reinterpret_cast<const char*>(whole), sizeof *whole);
    else if (const auto* number = std::get_if<double>(&value))
        key.append(reinterpret_cast<const char*>(number), sizeof *number);
    else if (const auto* text = std::get_if<std::string_view>(&value))
        key.append(*text);
    key += '\0';
}

} // namespace

LayerRules::LayerRules(const mapnik::Map& map, const mapnik::layer& layer, double denominator,
                       const mapnik::attributes& variables)
    : m_variables(variables), m_context(std::make_shared<mapnik::context_type>()) {
    std::set<std::string> deciding;
    std::set<std::string> all;
    const mapnik::expression_attributes<std::set<std::string>> inFilter(deciding);
    mapnik::attribute_collector collect(all);
    for (const std::string& name : layer.styles()) {
        const auto style = map.find_style(name);
        if (!style)
            continue;
        Style made{&*style, {}};
        for (const mapnik::rule& rule : style->get_rules())
            if (rule.active(denominator)) {
                made.rules.push_back(&rule);
                mapnik::util::apply_visitor(inFilter, *rule.get_filter());
                collect(rule);
            }
        if (!made.rules.empty())
            m_styles.push_back(std::move(made));
    }
    m_columns.assign(deciding.begin(), deciding.end());
    m_deciding = m_columns.size();
    for (const std::string& name : all)
        if (!deciding.contains(name))
            m_columns.push_back(name);
    for (const std::string& name : m_columns)
        m_context->push(name);
}

const LayerRules::Choice& LayerRules::choose(const MapRow& row) {
    m_key.clear();
    for (std::size_t i = 0; i < m_deciding; ++i)
        appendTo(m_key, row.value(i));
    const auto found = m_choices.find(m_key);
    if (found != m_choices.end())
        return found->second;
    return m_choices.emplace(m_key, judge(*map::featureOf(row, m_context, m_columns, m_deciding))).first->second;
}

mapnik::feature_ptr LayerRules::featureOf(const MapRow& row) const {
    return map::featureOf(row, m_context, m_columns, m_columns.size());
}

LayerRules::Choice LayerRules::judge(const mapnik::feature_impl& feature) const {
    Choice choice(m_styles.size());
    for (std::size_t i = 0; i < m_styles.size(); ++i) {
        const bool first = m_styles[i].style->get_filter_mode() == mapnik::FILTER_FIRST;
        std::vector<const mapnik::rule*>& chosen = choice[i];
        for (const mapnik::rule* rule : m_styles[i].rules) {
            if (rule->has_else_filter() || rule->has_also_filter())
                continue;
            if (!mapnik::util::apply_visitor(
                     mapnik::evaluate<mapnik::feature_impl, mapnik::value_type, mapnik::attributes>(feature,
                                                                                                    m_variables),
                     *rule->get_filter())
                     .to_bool())
                continue;
            chosen.push_back(rule);
            if (first)
                break;
        }
        const bool none = chosen.empty();
        for (const mapnik::rule* rule : m_styles[i].rules)
            if (none ? rule->has_else_filter() : !first && rule->has_also_filter())
                chosen.push_back(rule);
    }
    return choice;
}

LayerRules& RuleBook::of(std::size_t layer, double denominator, const mapnik::attributes& variables) {
    const std::pair key(layer, denominator);
    const auto found = m_rules.find(key);
    if (found != m_rules.end())
        return found->second;
    return m_rules.try_emplace(key, m_map, m_map.get_layer(layer), denominator, variables).first->second;
}

void RuleBook::forgetIfMany() {
    constexpr std::size_t most = 20'000;
    std::size_t many = 0;
    for (const auto& [key, rules] : m_rules)
        many += 1 + rules.kinds();
    if (many > most)
        m_rules.clear();
}

} // namespace tocsin::map
