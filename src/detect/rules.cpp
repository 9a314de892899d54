#include "tocsin/base/toml.hpp"
#include "tocsin/detect/rule.hpp"

#include <algorithm>
#include <set>

namespace tocsin::detect {
namespace {

constexpr std::size_t longestName = 120; // bytes of a sensor's name

/// What the rule looks at: one sensor, or each sensor of a kind.
void readSubject(base::TomlReader& in, Rule& rule) {
    const auto sensor = in.text("sensor");
    const auto kind = in.text("kind");
    if (sensor.has_value() == kind.has_value()) {
        in.refuse(sensor ? "kind" : "id", "exactly one of 'sensor' and 'kind' must be given");
    } else if (sensor) {
        if (sensor->empty() || sensor->size() > longestName)
            in.refuse("sensor", "a sensor's name has 1 to 120 bytes");
        rule.subject.sensors = {model::SensorId(*sensor)};
    } else {
        rule.subject.kind = model::sensorKindFrom(*kind);
        if (!rule.subject.kind)
            in.refuse("kind", "there is no kind of sensor '" + *kind + "'");
    }
}

void readCondition(base::TomlReader& in, Rule& rule) {
    const auto above = in.number("above");
    const auto below = in.number("below");
    if (above.has_value() == below.has_value())
        in.refuse(above ? "below" : "id", "exactly one of 'above' and 'below' must be given");
    Threshold threshold;
    threshold.above = above.has_value();
    threshold.threshold = above ? *above : below.value_or(0);
    threshold.hysteresis = in.number("hysteresis").value_or(0);
    if (threshold.hysteresis < 0)
        in.refuse("hysteresis", "'hysteresis' must not be negative");
    threshold.delay = in.duration("delay").value_or(base::Duration{0});
    if (threshold.delay < base::Duration{0})
        in.refuse("delay", "'delay' must not be negative");
    rule.condition = threshold;
}

base::Result<Rule> readRule(const toml::table& table) {
    base::TomlReader in(table, "rule");
    Rule rule;
    rule.id = in.needText("id");
    if (!rule.id.empty())
        in.call("rule '" + rule.id + "'");
    readSubject(in, rule);
    readCondition(in, rule);
    const std::string severity = in.needText("severity");
    if (const auto grade = model::gradeFrom(severity))
        rule.severity = *grade;
    else
        in.refuse("severity", "'severity' must be I, II, III or IV");
    const std::string hazardClass = in.text("class").value_or("naturalDisaster");
    if (const auto known = model::hazardClassFrom(hazardClass))
        rule.hazardClass = *known;
    else
        in.refuse("class", "there is no class '" + hazardClass + "'");
    rule.hazard = in.needText("hazard");
    rule.title = in.needLocalText("title");
    rule.guidance = in.localText("guidance").value_or(base::LocalText{});
    if (auto done = in.done(); !done)
        return tl::unexpected(done.error());
    return rule;
}

} // namespace

std::optional<double> thresholdOf(const Rule& rule) {
    if (const auto* threshold = std::get_if<Threshold>(&rule.condition))
        return threshold->threshold;
    if (const auto* crossing = std::get_if<Crossing>(&rule.condition))
        return crossing->threshold;
    if (const auto* several = std::get_if<Several>(&rule.condition))
        return several->each.threshold;
    if (const auto* accumulated = std::get_if<Accumulated>(&rule.condition))
        return accumulated->amount;
    return std::nullopt;
}

base::Result<std::vector<Rule>> parseRules(std::string_view text) {
    const auto table = base::parseToml(text);
    if (!table)
        return tl::unexpected(table.error());
    base::TomlReader in(*table, "rules");
    std::vector<Rule> rules;
    std::set<std::string> ids;
    for (const toml::table* item : in.tables("rule")) {
        auto rule = readRule(*item);
        if (!rule)
            return tl::unexpected(rule.error());
        if (!ids.insert(rule->id).second) {
            return base::fail(base::Code::malformed, "rule '" + rule->id + "': another rule has this id already",
                              base::TomlReader::placeOf(*item->get("id")));
        }
        rules.push_back(std::move(*rule));
    }
    if (auto done = in.done(); !done)
        return tl::unexpected(done.error());
    return rules;
}

} // namespace tocsin::detect
