#include "detect/rule_words.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace tocsin::detect {
namespace {

bool isName(std::string_view text) {
    return !text.empty() && text.size() <= longestName &&
           std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

/// What the rule looks at: named sensors, or each sensor of a kind; and of these those in an area.
void readSubject(base::TomlReader& in, Rule& rule) {
    const auto sensor = in.text("sensor");
    const bool listed = in.has("sensors");
    const auto names = readTexts(in, "sensors");
    const auto kind = in.text("kind");
    const bool area = in.has("area");
    const int given = (sensor ? 1 : 0) + (listed ? 1 : 0) + (kind ? 1 : 0);
    if (!looksAtSensors(rule.condition)) {
        for (const char* key : {"sensor", "sensors", "kind", "area"}) {
            if (in.has(key))
                in.refuse(key, "a rule of this kind looks at no sensors of its own");
        }
        return;
    }
    if (given != 1) {
        in.refuse(kind ? "kind" : (listed ? "sensors" : "id"),
                  "exactly one of 'sensor' and 'kind' must be given (or 'sensors', a list)");
    } else if (sensor) {
        if (!isName(*sensor))
            in.refuse("sensor", "a sensor's name has 1 to 120 bytes");
        rule.subject.sensors = {model::SensorId(*sensor)};
    } else if (listed) {
        if (names.empty())
            in.refuse("sensors", "'sensors' is empty");
        for (const std::string& name : names)
            rule.subject.sensors.emplace_back(name);
        auto sorted = rule.subject.sensors;
        std::sort(sorted.begin(), sorted.end());
        if (std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end())
            in.refuse("sensors", "a sensor stands in 'sensors' twice");
    } else {
        rule.subject.kind = model::sensorKindFrom(*kind);
        if (!rule.subject.kind)
            in.refuse("kind", "there is no kind of sensor '" + *kind + "'");
    }
    const toml::node* node = area ? in.node("area") : nullptr;
    if (node == nullptr)
        return;
    if (!node->is_table())
        return in.refuse("area", "'area' must be { latitude = …, longitude = …, km = … }");
    base::TomlReader circle(*node->as_table(), "area");
    for (const char* key : {"latitude", "longitude", "km"}) {
        if (!circle.has(key))
            circle.refuse(key, std::string("'").append(key).append("' is missing"));
    }
    const double latitude = readNumber(circle, "latitude", -90, 90).value_or(0);
    const double longitude = readNumber(circle, "longitude", -180, 180).value_or(0);
    const double km = readNumber(circle, "km", 0, 20'040).value_or(0);
    if (const auto done = circle.done(); !done)
        return in.take(done.error());
    rule.subject.area = model::Circle{model::Position::trusted(latitude, longitude), km};
}

void readMutes(base::TomlReader& in, Rule& rule) {
    const toml::node* node = in.node("mutes");
    if (node == nullptr)
        return;
    if (!node->is_table())
        return in.refuse("mutes", "'mutes' must be { rules = [\"…\"], metres = …, after = \"…\" }");
    base::TomlReader table(*node->as_table(), "mutes");
    Mutes mutes;
    mutes.rules = readTexts(table, "rules");
    if (mutes.rules.empty())
        table.refuse("rules", "'rules' is missing or empty");
    mutes.metres = readNumber(table, "metres", 0, 20'040'000);
    mutes.after = readTime(table, "after").value_or(base::Duration{0});
    if (const auto done = table.done(); !done)
        return in.take(done.error());
    rule.mutes = std::move(mutes);
}

void readFlapping(base::TomlReader& in, Rule& rule) {
    const toml::node* node = in.node("flapping");
    if (node == nullptr)
        return;
    if (!node->is_table())
        return in.refuse("flapping", "'flapping' must be { count = …, within = \"…\" }");
    base::TomlReader table(*node->as_table(), "flapping");
    rule.flapCount = readCount(table, "count", 1, mostCount).value_or(rule.flapCount);
    rule.flapWithin = readTime(table, "within").value_or(rule.flapWithin);
    if (const auto done = table.done(); !done)
        in.take(done.error());
}

base::LocalText readWords(base::TomlReader& in, std::string_view key, base::LocalText text) {
    const auto tooLong = [](const std::string& words) { return words.size() > longestText; };
    if (tooLong(text.text) || std::any_of(text.translations.begin(), text.translations.end(),
                                          [&](const auto& translation) { return tooLong(translation.second); }))
        in.refuse(key, std::string("'").append(key).append("' is longer than 4000 bytes"));
    return text;
}

base::Result<Rule> readRule(const toml::table& table) {
    base::TomlReader in(table, "rule");
    Rule rule;
    rule.id = in.needText("id");
    if (!rule.id.empty()) {
        if (!isName(rule.id))
            in.refuse("id", "an 'id' has 1 to 120 bytes");
        in.call("rule '" + rule.id.substr(0, longestName) + "'");
    }
    rule.enabled = in.flag("enabled").value_or(true);
    const std::string when = in.text("when").value_or("threshold");
    if (const auto condition = conditionCalled(when))
        rule.condition = *condition;
    else
        in.refuse("when", "there is no condition '" + when + "'");
    readSubject(in, rule);
    readCondition(in, rule);
    rule.kind = usualKind(rule.condition);
    if (const auto about = in.text("about")) {
        if (const auto kind = model::alarmKindFrom(*about))
            rule.kind = *kind;
        else
            in.refuse("about", "an alarm is not about '" + *about + "'");
    }
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
    rule.title = readWords(in, "title", in.needLocalText("title"));
    rule.guidance = readWords(in, "guidance", in.localText("guidance").value_or(base::LocalText{}));
    rule.tell = readTexts(in, "tell");
    rule.plan = in.text("plan").value_or("");
    rule.latching = in.flag("latch").value_or(false);
    rule.escalateAfter = readTime(in, "escalate_after").value_or(base::Duration{0});
    readMutes(in, rule);
    readFlapping(in, rule);
    if (auto done = in.done(); !done)
        return tl::unexpected(done.error());
    return rule;
}

} // namespace

std::vector<std::string> readTexts(base::TomlReader& in, std::string_view key) {
    std::vector<std::string> list;
    const std::string name = std::string("'").append(key).append("'");
    const auto texts = in.texts(key);
    if (texts.size() > mostListed)
        in.refuse(key, name + " has more than 1000 items");
    for (const auto* text : texts) {
        if (!isName(text->get()))
            in.refuse(*text, "each of " + name + " has 1 to 120 bytes");
        if (in.failed())
            return {};
        list.push_back(text->get());
    }
    return list;
}

std::optional<double> readNumber(base::TomlReader& in, std::string_view key, double lowest, double highest) {
    const auto number = in.number(key);
    if (!number || (*number >= lowest && *number <= highest))
        return number;
    const std::string name = std::string("'").append(key).append("'");
    if (lowest == 0 && *number < 0)
        in.refuse(key, name + " must not be negative");
    else
        in.refuse(key, name + " must be between " + numberText(lowest) + " and " + numberText(highest));
    return std::nullopt;
}

std::optional<int> readCount(base::TomlReader& in, std::string_view key, int lowest, int highest) {
    const auto number = in.number(key);
    if (!number)
        return std::nullopt;
    if (*number >= lowest && *number <= highest && *number == std::floor(*number))
        return static_cast<int>(*number);
    in.refuse(key, std::string("'").append(key).append("' must be a whole number between ") + std::to_string(lowest) +
                       " and " + std::to_string(highest));
    return std::nullopt;
}

std::optional<base::Duration> readTime(base::TomlReader& in, std::string_view key, bool mayBeZero) {
    const auto time = in.duration(key);
    if (!time)
        return std::nullopt;
    const std::string name = std::string("'").append(key).append("'");
    if (*time < base::Duration{0})
        in.refuse(key, name + " must not be negative");
    else if (!mayBeZero && *time == base::Duration{0})
        in.refuse(key, name + " must be more than nothing");
    else if (*time > longestTime)
        in.refuse(key, name + " must not be longer than a year");
    else
        return time;
    return std::nullopt;
}

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
        if (rules.size() == mostRules)
            return base::fail(base::Code::tooLarge, "there are more than 10000 rules",
                              base::TomlReader::placeOf(*item));
        rules.push_back(std::move(*rule));
    }
    if (auto done = in.done(); !done)
        return tl::unexpected(done.error());
    return rules;
}

} // namespace tocsin::detect
