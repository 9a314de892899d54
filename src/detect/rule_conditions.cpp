#include "detect/rule_words.hpp"

#include <algorithm>
#include <array>

namespace tocsin::detect {
namespace {

using base::TomlReader;

struct KindWord {
    const char* word;
    Condition empty;
};

const std::array<KindWord, 12>& kinds() {
    static const std::array<KindWord, 12> table{{{"threshold", Threshold{}},
                                                 {"rate", Rate{}},
                                                 {"unusual", Unusual{}},
                                                 {"crossing", Crossing{}},
                                                 {"accumulated", Accumulated{}},
                                                 {"stuck", Stuck{}},
                                                 {"implausible", Implausible{}},
                                                 {"several", Several{}},
                                                 {"together", Together{}},
                                                 {"silent", Silent{}},
                                                 {"warning", WarningCondition{}},
                                                 {"earthquake", EarthquakeCondition{}}}};
    return table;
}

void need(TomlReader& in, std::string_view key) {
    if (!in.has(key))
        in.refuse(key, std::string("'").append(key).append("' is missing"));
}

std::optional<double> anyNumber(TomlReader& in, std::string_view key) {
    return readNumber(in, key, -greatestNumber, greatestNumber);
}

/// `above = …` or `below = …`.
void readSide(TomlReader& in, bool& isAbove, double& threshold) {
    const auto above = anyNumber(in, "above");
    const auto below = anyNumber(in, "below");
    if (above.has_value() == below.has_value())
        in.refuse(above ? "below" : "id", "exactly one of 'above' and 'below' must be given");
    isAbove = above.has_value();
    threshold = above ? *above : below.value_or(0);
}

void read(TomlReader& in, Threshold& to) {
    readSide(in, to.above, to.threshold);
    to.hysteresis = readNumber(in, "hysteresis", 0, greatestNumber).value_or(0);
    to.delay = readTime(in, "delay").value_or(base::Duration{0});
    to.count = readCount(in, "count", 1, mostCount).value_or(1);
}

void read(TomlReader& in, Rate& to) {
    need(in, "change");
    need(in, "within");
    to.change = anyNumber(in, "change").value_or(0);
    if (to.change == 0)
        in.refuse("change", "'change' must not be 0");
    to.within = readTime(in, "within", false).value_or(to.within);
}

void read(TomlReader& in, Unusual& to) {
    const std::string side = in.text("side").value_or("both");
    if (side != "both" && side != "above" && side != "below")
        in.refuse("side", "'side' must be \"above\", \"below\" or \"both\"");
    to.above = side != "below";
    to.below = side != "above";
    to.deviations = readNumber(in, "deviations", 0.1, 100).value_or(to.deviations);
    to.least = readNumber(in, "least", 0, greatestNumber).value_or(to.least);
    to.days = readCount(in, "days", 1, mostDays).value_or(to.days);
    to.settles = readCount(in, "settles", 0, mostDays).value_or(to.settles);
}

void read(TomlReader& in, Crossing& to) {
    readSide(in, to.above, to.threshold);
    need(in, "horizon");
    to.horizon = readTime(in, "horizon", false).value_or(to.horizon);
    to.over = readTime(in, "over", false).value_or(to.over);
    const std::string fit = in.text("fit").value_or("straight");
    if (fit != "straight" && fit != "recession")
        in.refuse("fit", "'fit' must be \"straight\" or \"recession\"");
    to.fit = fit == "recession" ? Crossing::Fit::recession : Crossing::Fit::straight;
}

void read(TomlReader& in, Accumulated& to) {
    need(in, "amount");
    need(in, "over");
    to.amount = readNumber(in, "amount", 0, greatestNumber).value_or(0);
    if (to.amount == 0)
        in.refuse("amount", "'amount' must be more than 0");
    to.over = readTime(in, "over", false).value_or(to.over);
    const auto soil = in.text("soil");
    if (soil && (soil->empty() || soil->size() > longestName))
        in.refuse("soil", "a sensor's name has 1 to 120 bytes");
    if (soil) {
        to.soil = model::SensorId(*soil);
        need(in, "wet");
        need(in, "amount_when_wet");
    } else {
        for (const char* key : {"wet", "amount_when_wet"}) {
            if (in.has(key))
                in.refuse(key, std::string("'").append(key).append("' says nothing without 'soil'"));
        }
    }
    to.wet = anyNumber(in, "wet").value_or(0);
    to.amountWhenWet = readNumber(in, "amount_when_wet", 0, greatestNumber).value_or(0);
    if (soil && to.amountWhenWet == 0)
        in.refuse("amount_when_wet", "'amount_when_wet' must be more than 0");
}

void read(TomlReader& in, Stuck& to) {
    need(in, "after");
    to.after = readTime(in, "after", false).value_or(to.after);
    to.tolerance = readNumber(in, "tolerance", 0, greatestNumber).value_or(0);
}

void read(TomlReader& in, Implausible& to) {
    to.lowest = anyNumber(in, "lowest");
    to.highest = anyNumber(in, "highest");
    to.jump = readNumber(in, "jump", 0, greatestNumber);
    to.within = readTime(in, "within", false).value_or(to.within);
    if (!to.lowest && !to.highest && !to.jump)
        in.refuse("id", "one of 'lowest', 'highest' and 'jump' must be given");
    if (to.lowest && to.highest && *to.lowest >= *to.highest)
        in.refuse("highest", "'highest' must be more than 'lowest'");
    if (to.jump && *to.jump == 0)
        in.refuse("jump", "'jump' must be more than 0");
}

void read(TomlReader& in, Several& to) {
    need(in, "k");
    to.k = readCount(in, "k", 1, 100'000).value_or(to.k);
    to.within = readTime(in, "within", false).value_or(to.within);
    readSide(in, to.each.above, to.each.threshold);
    to.each.hysteresis = readNumber(in, "hysteresis", 0, greatestNumber).value_or(0);
}

void read(TomlReader& in, Together& to) {
    to.rules = readTexts(in, "rules");
    if (to.rules.size() < 2)
        in.refuse("rules", "'rules' must name at least two rules");
    to.within = readTime(in, "within").value_or(to.within);
    to.metres = readNumber(in, "metres", 0, 20'040'000);
}

void read(TomlReader& in, Silent& to) {
    need(in, "after");
    to.after = readTime(in, "after", false).value_or(to.after);
}

/// Words that CAP knows (CAP 1.2, 3.2.2); "Very Likely" is CAP 1.0's.
std::vector<std::string> readCapWords(TomlReader& in, std::string_view key, std::initializer_list<const char*> known) {
    auto words = readTexts(in, key);
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (std::find(known.begin(), known.end(), words[i]) == known.end())
            in.refuse(*in.node(key)->as_array()->get(i), "CAP knows no '" + words[i] + "' among " + std::string(key));
        if (in.failed())
            return {};
    }
    return words;
}

model::Trust readTrust(TomlReader& in) {
    const auto word = in.text("least_trust");
    if (!word)
        return model::Trust::unverified;
    const auto trust = model::trustFrom(*word);
    if (!trust)
        in.refuse("least_trust", "'least_trust' must be \"unverified\", \"known\" or \"official\"");
    return trust.value_or(model::Trust::unverified);
}

void read(TomlReader& in, WarningCondition& to) {
    to.severities = readCapWords(in, "severities", {"Extreme", "Severe", "Moderate", "Minor", "Unknown"});
    to.certainties =
        readCapWords(in, "certainties", {"Observed", "Very Likely", "Likely", "Possible", "Unlikely", "Unknown"});
    to.urgencies = readCapWords(in, "urgencies", {"Immediate", "Expected", "Future", "Past", "Unknown"});
    to.categories = readCapWords(in, "categories",
                                 {"Geo", "Met", "Safety", "Security", "Rescue", "Fire", "Health", "Env", "Transport",
                                  "Infra", "CBRNE", "Other"});
    to.events = readTexts(in, "events");
    if (const auto colour = in.text("colour")) {
        to.colour = model::gradeFrom(*colour);
        if (!to.colour)
            in.refuse("colour", "'colour' must be \"red\", \"orange\", \"yellow\" or \"blue\"");
    }
    to.anywhere = in.flag("anywhere").value_or(false);
    to.exercises = in.flag("exercises").value_or(false);
    to.leastTrust = readTrust(in);
}

void read(TomlReader& in, EarthquakeCondition& to) {
    need(in, "magnitude");
    to.magnitude = readNumber(in, "magnitude", -3, 12).value_or(0);
    to.km = readNumber(in, "km", 0, 20'040).value_or(0);
    to.notOlderThan = readTime(in, "not_older_than", false).value_or(to.notOlderThan);
    to.leastTrust = readTrust(in);
}

} // namespace

std::string_view kindOf(const Condition& condition) {
    return kinds().at(condition.index()).word;
}

std::optional<Condition> conditionCalled(std::string_view word) {
    for (const KindWord& kind : kinds()) {
        if (word == kind.word)
            return kind.empty;
    }
    return std::nullopt;
}

bool looksAtSensors(const Condition& condition) {
    return !std::holds_alternative<Together>(condition) && !std::holds_alternative<WarningCondition>(condition) &&
           !std::holds_alternative<EarthquakeCondition>(condition);
}

model::AlarmKind usualKind(const Condition& condition) {
    if (std::holds_alternative<Stuck>(condition) || std::holds_alternative<Implausible>(condition))
        return model::AlarmKind::sensorFault;
    if (std::holds_alternative<Silent>(condition))
        return model::AlarmKind::silence;
    if (std::holds_alternative<WarningCondition>(condition) || std::holds_alternative<EarthquakeCondition>(condition))
        return model::AlarmKind::message;
    return model::AlarmKind::process;
}

void readCondition(TomlReader& in, Rule& rule) {
    std::visit([&](auto& condition) { read(in, condition); }, rule.condition);
}

} // namespace tocsin::detect
