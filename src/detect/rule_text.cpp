#include "detect/rule_words.hpp"
#include "tocsin/base/toml_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace tocsin::detect {
namespace {

using base::tomlQuoted;

void line(std::string& to, std::string_view key, const std::string& value) {
    to.append(key).append(" = ").append(value).append("\n");
}
void number(std::string& to, std::string_view key, double value) {
    line(to, key, numberText(value));
}
void time(std::string& to, std::string_view key, base::Duration value) {
    line(to, key, tomlQuoted(timeText(value)));
}
void list(std::string& to, std::string_view key, const std::vector<std::string>& values) {
    if (!values.empty())
        line(to, key, listText(values));
}
void side(std::string& to, bool above, double threshold) {
    number(to, above ? "above" : "below", threshold);
}

void write(std::string& to, const Threshold& from) {
    side(to, from.above, from.threshold);
    if (from.hysteresis != 0)
        number(to, "hysteresis", from.hysteresis);
    if (from.delay != base::Duration{0})
        time(to, "delay", from.delay);
    if (from.count != 1)
        number(to, "count", from.count);
}
void write(std::string& to, const Rate& from) {
    number(to, "change", from.change);
    time(to, "within", from.within);
}
void write(std::string& to, const Unusual& from) {
    if (from.above != from.below)
        line(to, "side", from.above ? "\"above\"" : "\"below\"");
    number(to, "deviations", from.deviations);
    if (from.least != 0)
        number(to, "least", from.least);
    number(to, "days", from.days);
    if (from.settles != Unusual{}.settles)
        number(to, "settles", from.settles);
}
void write(std::string& to, const Crossing& from) {
    side(to, from.above, from.threshold);
    time(to, "horizon", from.horizon);
    time(to, "over", from.over);
    if (from.fit == Crossing::Fit::recession)
        line(to, "fit", "\"recession\"");
}
void write(std::string& to, const Accumulated& from) {
    number(to, "amount", from.amount);
    time(to, "over", from.over);
    if (from.soil) {
        line(to, "soil", tomlQuoted(from.soil->value));
        number(to, "wet", from.wet);
        number(to, "amount_when_wet", from.amountWhenWet);
    }
}
void write(std::string& to, const Stuck& from) {
    time(to, "after", from.after);
    if (from.tolerance != 0)
        number(to, "tolerance", from.tolerance);
}
void write(std::string& to, const Implausible& from) {
    if (from.lowest)
        number(to, "lowest", *from.lowest);
    if (from.highest)
        number(to, "highest", *from.highest);
    if (from.jump)
        number(to, "jump", *from.jump);
    time(to, "within", from.within);
}
void write(std::string& to, const Several& from) {
    number(to, "k", from.k);
    time(to, "within", from.within);
    side(to, from.each.above, from.each.threshold);
    if (from.each.hysteresis != 0)
        number(to, "hysteresis", from.each.hysteresis);
}
void write(std::string& to, const Together& from) {
    list(to, "rules", from.rules);
    if (from.within != base::Duration{0})
        time(to, "within", from.within);
    if (from.metres)
        number(to, "metres", *from.metres);
}
void write(std::string& to, const Silent& from) {
    time(to, "after", from.after);
}
void trust(std::string& to, model::Trust least) {
    if (least != model::Trust::unverified)
        line(to, "least_trust", tomlQuoted(model::toString(least)));
}
void write(std::string& to, const WarningCondition& from) {
    list(to, "severities", from.severities);
    list(to, "certainties", from.certainties);
    list(to, "urgencies", from.urgencies);
    list(to, "categories", from.categories);
    list(to, "events", from.events);
    if (from.colour) {
        constexpr std::array colours{"\"red\"", "\"orange\"", "\"yellow\"", "\"blue\""};
        line(to, "colour", colours.at(static_cast<std::size_t>(*from.colour) - 1));
    }
    if (from.anywhere)
        line(to, "anywhere", "true");
    if (from.exercises)
        line(to, "exercises", "true");
    trust(to, from.leastTrust);
}
void write(std::string& to, const EarthquakeCondition& from) {
    number(to, "magnitude", from.magnitude);
    number(to, "km", from.km);
    time(to, "not_older_than", from.notOlderThan);
    trust(to, from.leastTrust);
}

bool isBareKey(std::string_view key) {
    return !key.empty() && std::all_of(key.begin(), key.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    });
}

std::string wordsText(const base::LocalText& text) {
    if (text.translations.empty())
        return tomlQuoted(text.text);
    std::string out = "{ text = " + tomlQuoted(text.text);
    for (const auto& [language, words] : text.translations)
        out.append(", ").append(isBareKey(language) ? language : tomlQuoted(language)).append(" = ") +=
            tomlQuoted(words);
    return out + " }";
}

void writeRule(std::string& to, const Rule& rule) {
    to += "[[rule]]\n";
    line(to, "id", tomlQuoted(rule.id));
    if (!rule.enabled)
        line(to, "enabled", "false");
    const auto& subject = rule.subject;
    if (subject.sensors.size() == 1) {
        line(to, "sensor", tomlQuoted(subject.sensors.front().value));
    } else if (!subject.sensors.empty()) {
        std::vector<std::string> names;
        for (const auto& sensor : subject.sensors)
            names.push_back(sensor.value);
        line(to, "sensors", listText(names));
    }
    if (subject.kind)
        line(to, "kind", tomlQuoted(model::toString(*subject.kind)));
    if (subject.area)
        line(to, "area",
             "{ latitude = " + numberText(subject.area->centre.latitude()) + ", longitude = " +
                 numberText(subject.area->centre.longitude()) + ", km = " + numberText(subject.area->radiusKm) + " }");
    to += conditionText(rule.condition);
    if (rule.kind != usualKind(rule.condition))
        line(to, "about", tomlQuoted(model::toString(rule.kind)));
    line(to, "severity", tomlQuoted(model::toString(rule.severity)));
    line(to, "class", tomlQuoted(model::toString(rule.hazardClass)));
    line(to, "hazard", tomlQuoted(rule.hazard));
    line(to, "title", wordsText(rule.title));
    if (rule.guidance != base::LocalText{})
        line(to, "guidance", wordsText(rule.guidance));
    list(to, "tell", rule.tell);
    if (!rule.plan.empty())
        line(to, "plan", tomlQuoted(rule.plan));
    if (rule.latching)
        line(to, "latch", "true");
    if (rule.escalateAfter != base::Duration{0})
        time(to, "escalate_after", rule.escalateAfter);
    if (rule.mutes) {
        std::string mutes = "{ rules = " + listText(rule.mutes->rules);
        if (rule.mutes->metres)
            mutes += ", metres = " + numberText(*rule.mutes->metres);
        if (rule.mutes->after != base::Duration{0})
            mutes += ", after = " + tomlQuoted(timeText(rule.mutes->after));
        line(to, "mutes", mutes + " }");
    }
    const Rule usual;
    if (rule.flapCount != usual.flapCount || rule.flapWithin != usual.flapWithin)
        line(to, "flapping",
             "{ count = " + std::to_string(rule.flapCount) + ", within = " + tomlQuoted(timeText(rule.flapWithin)) +
                 " }");
}

} // namespace

std::string numberText(double number) {
    std::array<char, 32> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr;
    std::string text(buffer.data(), end);
    // A whole number beyond 64 bits would be refused as one.
    if (std::abs(number) >= 1e15 && text.find_first_of(".e") == std::string::npos)
        text += ".0";
    return text;
}

std::string timeText(base::Duration time) {
    const auto us = time.count();
    struct Unit {
        std::int64_t micros;
        const char* word;
    };
    for (const Unit unit : {Unit{86'400'000'000, "d"}, Unit{3'600'000'000, "h"}, Unit{60'000'000, "min"},
                            Unit{1'000'000, "s"}, Unit{1'000, "ms"}}) {
        if (us != 0 && us % unit.micros == 0)
            return std::to_string(us / unit.micros) + unit.word;
    }
    if (us == 0)
        return "0s";
    std::array<char, 32> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%.6fs", static_cast<double>(us) / 1e6);
    return buffer.data();
}

std::string listText(const std::vector<std::string>& list) {
    std::string out = "[";
    for (const std::string& item : list)
        out.append(out.size() > 1 ? ", " : "") += tomlQuoted(item);
    return out + "]";
}

std::string conditionText(const Condition& condition) {
    std::string out;
    if (!std::holds_alternative<Threshold>(condition))
        line(out, "when", tomlQuoted(kindOf(condition)));
    std::visit([&](const auto& known) { write(out, known); }, condition);
    return out;
}

std::string toToml(const std::vector<Rule>& rules) {
    std::string out;
    for (const Rule& rule : rules) {
        out += out.empty() ? "" : "\n";
        writeRule(out, rule);
    }
    return out;
}

} // namespace tocsin::detect
