#include "desk/alarm_words.hpp"

#include <chrono>
#include <cmath>
#include <cstdio>
#include <set>
#include <vector>

namespace tocsin::desk {

using model::Alarm;
using model::Sensor;

namespace {

constexpr std::size_t mostNamed = 3; ///< of several sensors in a title

std::string replaced(std::string text, std::string_view mark, const std::string& by) {
    for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at + by.size()))
        text.replace(at, mark.size(), by);
    return text;
}

/// The names of several, and how many more there are.
base::LocalText together(const std::vector<const Sensor*>& sensors) {
    const auto join = [&](const char* between, const auto& nameOf) {
        std::string out;
        for (std::size_t i = 0; i < sensors.size() && i < mostNamed; ++i)
            out += (i == 0 ? "" : between) + nameOf(*sensors[i]);
        return sensors.size() > mostNamed ? out + " +" + std::to_string(sensors.size() - mostNamed) : out;
    };
    base::LocalText out;
    out.text = join(", ", [](const Sensor& sensor) { return sensor.name.text; });
    std::set<std::string> languages;
    for (const auto* sensor : sensors)
        for (const auto& [language, text] : sensor->name.translations)
            languages.insert(language);
    for (const auto& language : languages)
        out.translations[language] =
            join(language.starts_with("zh") ? "、" : ", ", [&](const Sensor& sensor) { return sensor.name.in(language); });
    return out;
}

model::Position middleOf(const std::vector<const Sensor*>& sensors) {
    double latitude = 0;
    double longitude = 0;
    for (const auto* sensor : sensors) {
        latitude += sensor->position.latitude();
        longitude += sensor->position.longitude();
    }
    const auto count = static_cast<double>(sensors.size());
    return model::Position::trusted(latitude / count, longitude / count);
}

/// What a sum is in where the values are in `unit`: "mm" of "mm/h" and of "mm".
std::string unitOfSum(const std::string& unit) {
    return unit.substr(0, unit.find('/'));
}

/// How much within how long, instead of a value of the sensor's own.
void sumUp(const detect::Accumulated& condition, Alarm& alarm) {
    alarm.over = condition.over;
    alarm.unit = unitOfSum(alarm.unit);
    // Less than is asked of dry soil was enough: it was wet, or nobody knows.
    const bool wet = condition.soil && alarm.value < condition.amount;
    alarm.threshold = wet ? condition.amountWhenWet : condition.amount;
}

/// Why less than the rule asks of dry soil was enough.
void saySoilUnknown(Alarm& alarm) {
    const std::string english = "(soil unknown)";
    for (auto& [language, text] : alarm.title.translations)
        text += language == "zh_CN" ? "（土壤湿度不明）" : ' ' + english;
    alarm.title.text += ' ' + english;
}

} // namespace

base::LocalText filled(const base::LocalText& pattern, const AlarmWords& words) {
    const auto fill = [&](const std::string& text, const auto& in) {
        auto out = replaced(text, "{sensor}", in(words.sensor));
        out = replaced(std::move(out), "{place}", in(words.place));
        out = replaced(std::move(out), "{value}", words.value);
        return replaced(std::move(out), "{event}", in(words.event));
    };
    base::LocalText out;
    out.text = fill(pattern.text, [](const base::LocalText& one) { return one.text; });
    for (const auto& [language, text] : pattern.translations)
        out.translations[language] =
            fill(text, [&language = language](const base::LocalText& one) { return one.in(language); });
    return out;
}

std::string valueText(double value, std::string_view unit) {
    char out[48];
    const bool small = value != 0 && std::fabs(value) < 0.01;
    std::snprintf(out, sizeof out, small || std::fabs(value) >= 1e9 ? "%.3g" : "%.2f", value);
    std::string text(out);
    if (text.find('.') != std::string::npos && text.find('e') == std::string::npos) {
        text.erase(text.find_last_not_of('0') + 1);
        if (text.ends_with('.'))
            text.pop_back();
    }
    return unit.empty() ? text : text + " " + std::string(unit);
}

ShortSpan shortSpan(base::Duration time) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(time).count();
    if (seconds < 120)
        return {seconds, "s", "秒"};
    if (seconds < 7'200)
        return {seconds / 60, "min", "分钟"};
    if (seconds < 48 * 3'600)
        return {seconds / 3'600, "h", "小时"};
    return {seconds / 86'400, "d", "天"};
}

void describeBy(const detect::Rule& rule, const AlarmWords& words, Alarm& alarm) {
    alarm.kind = rule.kind;
    alarm.rule = rule.id;
    alarm.title = filled(rule.title, words);
    alarm.guidance = filled(rule.guidance, words);
    alarm.hazardClass = rule.hazardClass;
    alarm.hazard = rule.hazard;
    alarm.severity = rule.severity;
    alarm.latching = rule.latching;
    alarm.tell = rule.tell;
    alarm.plan = rule.plan;
}

base::Result<Alarm> alarmOf(const detect::Conclusion& conclusion, const model::State& state) {
    std::vector<const Sensor*> sensors;
    for (const auto& id : conclusion.sensors) {
        if (const auto found = state.sensors.find(id); found != state.sensors.end())
            sensors.push_back(&found->second);
    }
    const auto own = state.sensors.find(conclusion.sensor);
    if (own == state.sensors.end() && sensors.empty() && conclusion.source.empty())
        return base::fail(base::Code::notFound, "no sensor '" + conclusion.sensor.value + "'");
    Alarm alarm;
    alarm.source = conclusion.source;
    alarm.sensors = conclusion.sensors;
    alarm.sinceTime = conclusion.since;
    alarm.value = conclusion.value;
    alarm.saw = conclusion.saw;
    alarm.forecast = conclusion.forecast;
    alarm.threshold = detect::thresholdOf(*conclusion.rule);
    AlarmWords words;
    if (own != state.sensors.end()) {
        alarm.sensor = own->first;
        alarm.unit = own->second.unit;
        alarm.position = own->second.position;
        alarm.place = own->second.place;
        words.sensor = own->second.name;
    } else if (!sensors.empty()) {
        alarm.unit = sensors.front()->unit;
        alarm.position = middleOf(sensors);
        alarm.place = sensors.front()->place;
        words.sensor = together(sensors);
    }
    if (const auto* sum = std::get_if<detect::Accumulated>(&conclusion.rule->condition))
        sumUp(*sum, alarm);
    words.place = alarm.place;
    words.value = valueText(alarm.value, alarm.unit);
    describeBy(*conclusion.rule, words, alarm);
    if (conclusion.soilUnknown)
        saySoilUnknown(alarm);
    return alarm;
}

} // namespace tocsin::desk
