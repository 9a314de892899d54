#include "map/name_renderer.hpp"

#include "map/line_join.hpp"
#include "map/wkb.hpp"

#include <algorithm>
#include <mapnik/datasource.hpp>
#include <mapnik/expression_evaluator.hpp>
#include <mapnik/expression_node.hpp>
#include <mapnik/layer.hpp>
#include <mapnik/value.hpp>
#include <unordered_map>
#include <utility>

namespace tocsin::map {
namespace {

std::string textOf(const MapRow::Value& value) {
    if (const auto* text = std::get_if<std::string_view>(&value))
        return std::string(*text);
    if (const auto* whole = std::get_if<std::int64_t>(&value))
        return std::to_string(*whole);
    if (const auto* number = std::get_if<double>(&value))
        return mapnik::value(*number).to_string();
    return {};
}

/// Longer names nobody reads on a map.
constexpr std::size_t mostBytes = 240;

/// Cuts a text of UTF-8 between two letters.
void cutAt(std::string& text, std::size_t most) {
    if (text.size() <= most)
        return;
    while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xc0U) == 0x80U)
        --most;
    text.resize(most);
}

std::size_t columnOf(const mapnik::expression_ptr& text, const LayerRules& rules) {
    if (text && text->is<mapnik::attribute>()) {
        const auto& columns = rules.columns();
        const auto found = std::find(columns.begin(), columns.end(), text->get<mapnik::attribute>().name());
        if (found != columns.end())
            return static_cast<std::size_t>(found - columns.begin());
    }
    return static_cast<std::size_t>(-1);
}

} // namespace

/// Lines of one name and one kind.
struct NameRenderer::Group {
    const NameStyle* style;
    std::vector<std::string> texts;
    std::vector<Line> pieces;
};

NameRenderer::NameRenderer(const mapnik::Map& map, RuleBook& rules, Letters& letters, const Canvas& canvas, int edge,
                           double beyond)
    : m_map(map), m_rules(rules), m_letters(letters), m_canvas(canvas), m_edge(edge), m_beyond(beyond),
      m_placer(letters, {0, 0, double(edge), double(edge)}, beyond) {}

NameSheet NameRenderer::place() {
    const double denominator = m_canvas.denominator();
    for (std::size_t i = 0; i < m_map.layers().size(); ++i) {
        const mapnik::layer& layer = m_map.layers()[i];
        const auto* rows = dynamic_cast<const RowSource*>(layer.datasource().get());
        if (rows == nullptr || !layer.visible(denominator))
            continue;
        LayerRules& rules = m_rules.of(i, denominator, m_canvas.variables);
        if (rules.styles().empty())
            continue;
        const double around = layer.buffer_size() ? *layer.buffer_size() : m_beyond;
        const int edge = static_cast<int>(m_edge);
        const mapnik::box2d<double> box = m_canvas.world({0, 0, edge, edge}, around);
        if (rows->joined())
            placeJoined(*rows, rules, box);
        else
            placeRows(*rows, rules, box);
    }
    return std::move(m_sheet);
}

void NameRenderer::paint(const NameSheet& sheet, const Canvas& canvas, Letters& letters) {
    NamePainter painter(canvas.picture, canvas.within, letters);
    for (const NameSheet::Entry& entry : sheet.entries)
        if (entry.style != nullptr)
            painter.write(*entry.style, entry.name);
        else
            painter.dot(*entry.dot, entry.at);
}

const NameSheet::Rule& NameRenderer::known(const mapnik::rule& rule, const LayerRules& rules) {
    auto& all = m_sheet.rules;
    const std::pair key(&rule, &rules); // another layer of the style may have other columns
    const auto found = all.find(key);
    if (found != all.end())
        return found->second;
    NameSheet::Rule made{nameRuleOf(rule, m_letters, m_canvas.variables, m_canvas.scale), {}};
    for (const NameStyle& style : made.rule.names) {
        made.columns.emplace_back();
        for (const NamePart& part : style.parts)
            made.columns.back().push_back(columnOf(part.text, rules));
    }
    return all.emplace(key, std::move(made)).first->second;
}

std::vector<std::string> NameRenderer::textsOf(const NameStyle& style, const std::vector<std::size_t>& columns,
                                               const LayerRules& rules, const MapRow& row) const {
    std::vector<std::string> texts;
    bool any = false;
    for (std::size_t i = 0; i < style.parts.size(); ++i) {
        std::string text;
        if (columns[i] != evaluated)
            text = textOf(row.value(columns[i]));
        else if (style.parts[i].text)
            text = mapnik::util::apply_visitor(
                       mapnik::evaluate<mapnik::feature_impl, mapnik::value_type, mapnik::attributes>(
                           *rules.featureOf(row), m_canvas.variables),
                       *style.parts[i].text)
                       .to_string();
        cutAt(text, mostBytes);
        any = any || !text.empty();
        texts.push_back(std::move(text));
    }
    if (!any)
        texts.clear();
    return texts;
}

void NameRenderer::eachShape(const RowSource& rows, LayerRules& rules, const mapnik::box2d<double>& box,
                             const EachShape& take) {
    rows.read(box, m_canvas.metres, rules.columns(), [&](const MapRow& row) {
        const LayerRules::Choice& choice = rules.choose(row);
        if (std::all_of(choice.begin(), choice.end(), [](const auto& chosen) { return chosen.empty(); }))
            return;
        m_shapes.clear();
        const std::string_view bytes = row.geometry();
        if (!readGeoPackageGeometry(bytes.data(), bytes.size(), m_canvas.toPicture, leastSeen, m_shapes))
            return;
        for (const auto& chosen : choice)
            for (const mapnik::rule* rule : chosen)
                take(known(*rule, rules), m_shapes.shapes.front(), row);
    });
}

void NameRenderer::placeRows(const RowSource& rows, LayerRules& rules, const mapnik::box2d<double>& box) {
    eachShape(rows, rules, box, [&](const NameSheet::Rule& how, const Shapes::Shape& shape, const MapRow& row) {
        for (const DotStyle& dot : how.rule.dots)
            m_sheet.entries.push_back({nullptr, &dot, {}, placeOf(shape)});
        for (std::size_t i = 0; i < how.rule.names.size(); ++i) {
            const NameStyle& style = how.rule.names[i];
            const auto texts = textsOf(style, how.columns[i], rules, row);
            if (!texts.empty())
                place(style, texts, shape);
        }
    });
}

void NameRenderer::placeJoined(const RowSource& rows, LayerRules& rules, const mapnik::box2d<double>& box) {
    std::unordered_map<std::string, std::size_t> numbers;
    std::vector<Group> groups;
    std::string key;
    eachShape(rows, rules, box, [&](const NameSheet::Rule& how, const Shapes::Shape& shape, const MapRow& row) {
        const std::vector<Line> parts = shape.kind == Shapes::Kind::line ? inBlock(shape) : std::vector<Line>();
        if (parts.empty())
            return;
        for (std::size_t i = 0; i < how.rule.names.size(); ++i) {
            const NameStyle* const style = &how.rule.names[i];
            const auto texts = textsOf(*style, how.columns[i], rules, row);
            if (texts.empty())
                continue;
            key.assign(reinterpret_cast<const char*>(&style), sizeof style);
            for (const std::string& text : texts)
                key.append(text) += '\n';
            const auto [at, isNew] = numbers.emplace(key, groups.size());
            if (isNew)
                groups.push_back({style, texts, {}});
            auto& pieces = groups[at->second].pieces;
            pieces.insert(pieces.end(), parts.begin(), parts.end());
        }
    });
    for (Group& group : groups)
        for (const Line& line : joinLines(std::move(group.pieces))) {
            m_placed.clear();
            m_placer.along(*group.style, group.texts, line, m_placed);
            keep(*group.style);
        }
}

std::vector<Line> NameRenderer::inBlock(const Shapes::Shape& shape) const {
    std::vector<Line> lines;
    for (std::size_t i = shape.from; i < shape.to; ++i) {
        const Shapes::Part& part = m_shapes.parts[i];
        cutLine(m_shapes.points.data() + part.from, part.to - part.from, {0, 0, m_edge, m_edge}, lines);
    }
    return lines;
}

Point NameRenderer::placeOf(const Shapes::Shape& shape) const {
    if (shape.kind == Shapes::Kind::area)
        return pointWithin(m_shapes, shape, {0, 0, m_edge, m_edge});
    const Shapes::Part& part = m_shapes.parts[shape.from];
    return m_shapes.points[part.from + (part.to - part.from) / 2];
}

void NameRenderer::place(const NameStyle& style, const std::vector<std::string>& texts, const Shapes::Shape& shape) {
    m_placed.clear();
    if (style.placement != NameStyle::Placement::line) {
        m_placer.atPoint(style, texts, placeOf(shape), m_placed);
    } else {
        for (const Line& line : inBlock(shape))
            m_placer.along(style, texts, line, m_placed);
    }
    keep(style);
}

void NameRenderer::keep(const NameStyle& style) {
    for (PlacedName& name : m_placed)
        m_sheet.entries.push_back({&style, nullptr, std::move(name), Point(0, 0)});
}

} // namespace tocsin::map
