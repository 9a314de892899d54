#include "drill/scenario_crowds.hpp"

#include <algorithm>
#include <cmath>

namespace tocsin::drill {

namespace {

using base::Duration;
using base::TomlReader;
using Words = std::map<std::string, std::string>;

constexpr double mostSensors = 100'000;
constexpr double mostReports = 100'000;
constexpr double widestArea = 100'000; // metres
constexpr Duration shortestEvery = std::chrono::milliseconds{100};

std::size_t countOf(TomlReader& in, const char* key, double most) {
    const double count = in.needNumber(key);
    if (!in.failed() && (count < 1 || count > most || count != std::floor(count)))
        in.refuse(key, std::string("'") + key + "' must be a whole number from 1 to " +
                           std::to_string(static_cast<long>(most)));
    return in.failed() ? 1 : static_cast<std::size_t>(count);
}

double shareOf(TomlReader& in, const char* key, double otherwise) {
    const double share = in.number(key).value_or(otherwise);
    if (share < 0 || share > 1)
        in.refuse(key, std::string("'") + key + "' must be from 0 to 1");
    return share;
}

double weightOf(TomlReader& in) {
    const double weight = in.number("weight").value_or(1);
    if (weight <= 0 || weight > 1e9)
        in.refuse("weight", "'weight' must be over 0");
    return weight;
}

std::uint64_t seedOf(TomlReader& in) {
    const double seed = in.number("seed").value_or(1);
    if (seed < 0 || seed > 1e15)
        in.refuse("seed", "'seed' must not be negative");
    return in.failed() ? 1 : static_cast<std::uint64_t>(seed);
}

/// { en = "…", de = "…" } of a table.
Words wordsOf(TomlReader& in, const toml::node& node) {
    Words words;
    const toml::table* table = node.as_table();
    if (table != nullptr) {
        for (const auto& [language, text] : *table) {
            if (const auto value = text.value<std::string>())
                words[std::string(language.str())] = *value;
        }
    }
    if (words.empty() || words.size() != table->size())
        in.refuse(node, "here stand words by language, such as { en = \"fire\", de = \"Feuer\" }");
    return words;
}

std::vector<Words> listOf(TomlReader& in, const toml::node* node) {
    std::vector<Words> list;
    const toml::array* array = node != nullptr ? node->as_array() : nullptr;
    if (array != nullptr) {
        for (const toml::node& each : *array) {
            list.push_back(wordsOf(in, each));
            if (in.failed())
                return list;
        }
    }
    return list;
}

} // namespace

std::string CrowdReader::idOf(TomlReader& in, std::set<std::string>& ids) {
    std::string id = in.needText("id");
    const auto good = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
    if (id.size() > 60 || !std::all_of(id.begin(), id.end(), good))
        in.refuse("id", "'id' must be up to 60 small letters, digits and hyphens");
    else if (!ids.insert(id).second)
        in.refuse("id", "'" + id + "' is there already");
    return id;
}

model::Position CrowdReader::positionOf(TomlReader& in) {
    const auto position = model::Position::checked({in.needNumber("latitude"), in.needNumber("longitude")});
    if (!position)
        in.refuse("latitude", position.error().message);
    return position.value_or(model::Position{});
}

void CrowdReader::read(TomlReader& in) {
    if (const toml::node* centre = in.node("centre"); centre != nullptr) {
        if (const toml::table* table = centre->as_table(); table != nullptr) {
            TomlReader part(*table, "centre");
            m_scenario.centre = positionOf(part);
            if (auto done = part.done(); !done)
                in.take(done.error());
        } else {
            in.refuse("centre", "'centre' must be a table with latitude and longitude");
        }
    }
    eachTable(in, "area", [&](TomlReader& part) { m_scenario.areas.push_back(area(part)); });
    eachTable(in, "swarm", [&](TomlReader& part) { m_scenario.swarms.push_back(swarm(part)); });
    eachTable(in, "report_wave", [&](TomlReader& part) { m_scenario.waves.push_back(wave(part)); });
    if (m_scenario.areas.empty() && !(m_scenario.swarms.empty() && m_scenario.waves.empty()))
        in.refuse(m_scenario.swarms.empty() ? "report_wave" : "swarm", "there is no [[area]] over which to spread it");
}

Area CrowdReader::area(TomlReader& in) const {
    Area result;
    result.id = in.needText("id");
    result.name = in.needLocalText("name");
    result.centre = positionOf(in);
    result.radiusMetres = in.number("radius").value_or(result.radiusMetres);
    if (result.radiusMetres <= 0 || result.radiusMetres > widestArea)
        in.refuse("radius", "'radius' must be over 0 and at most 100 km");
    result.weight = weightOf(in);
    if (const toml::node* streets = in.node("streets"); streets != nullptr) {
        const toml::array* list = streets->as_array();
        for (std::size_t i = 0; list != nullptr && i < list->size(); ++i)
            result.streets.push_back(list->get(i)->value<std::string>().value_or(""));
        if (list == nullptr ||
            std::any_of(result.streets.begin(), result.streets.end(), [](const auto& s) { return s.empty(); }))
            in.refuse("streets", "'streets' must be a list of names");
    }
    return result;
}

Swarm CrowdReader::swarm(TomlReader& in) {
    Swarm result;
    result.id = idOf(in, m_ids);
    const std::string kind = in.needText("kind");
    const auto known = model::sensorKindFrom(kind);
    if (!known)
        in.refuse("kind", "there is no kind of sensor '" + kind + "'");
    result.kind = known.value_or(model::SensorKind::other);
    result.name = in.needLocalText("name");
    result.property = in.needText("property");
    result.unit = in.text("unit").value_or("");
    result.count = countOf(in, "count", mostSensors);
    result.seed = seedOf(in);
    result.every = in.duration("every").value_or(result.every);
    if (result.every < shortestEvery)
        in.refuse("every", "'every' must be at least 100 ms");
    result.calm = in.needNumber("calm");
    result.noise = in.number("noise").value_or(0);
    result.at = in.duration("at").value_or(Duration{0});
    result.within = in.duration("within").value_or(Duration{0});
    if (result.at < Duration{0} || result.within < Duration{0} || result.at + result.within > m_scenario.duration)
        in.refuse("at", "'at' and 'within' must lie within the scenario's duration");
    result.share = shareOf(in, "share", 1);
    result.struck = in.number("struck").value_or(result.calm);
    result.spread = in.number("spread").value_or(0);
    result.fallsPerKm = in.number("falls_per_km").value_or(0);
    if (result.fallsPerKm != 0 && !m_scenario.centre)
        in.refuse("falls_per_km", "from where it falls is said by [centre]");
    result.lasts = in.duration("lasts");
    if (result.lasts && *result.lasts <= Duration{0})
        in.refuse("lasts", "'lasts' must be over 0");
    eachTable(in, "rule", [&](TomlReader& part) { result.rules.push_back(rule(part, result.id)); });
    return result;
}

detect::Rule CrowdReader::rule(TomlReader& in, const std::string& swarm) {
    detect::Rule result;
    const std::string id = in.needText("id");
    result.id = swarm + "-" + id;
    if (!m_ids.insert(result.id).second)
        in.refuse("id", "'" + id + "' is there already");
    detect::Threshold threshold;
    threshold.above = in.has("above");
    if (threshold.above == in.has("below"))
        in.refuse("above", "a rule has either 'above' or 'below'");
    const char* key = threshold.above ? "above" : "below";
    threshold.threshold = in.number(key).value_or(0);
    threshold.hysteresis = in.number("hysteresis").value_or(0);
    threshold.delay = in.duration("delay").value_or(Duration{0});
    if (threshold.hysteresis < 0 || threshold.delay < Duration{0})
        in.refuse("hysteresis", "'hysteresis' and 'delay' must not be negative");
    result.condition = threshold;
    const auto severity = model::gradeFrom(in.needText("severity"));
    if (!severity)
        in.refuse("severity", "'severity' is I, II, III or IV");
    result.severity = severity.value_or(model::Grade::IV);
    const auto hazardClass = model::hazardClassFrom(in.text("class").value_or("accident"));
    if (!hazardClass)
        in.refuse("class", "'class' is naturalDisaster, accident, publicHealth or socialSecurity");
    result.hazardClass = hazardClass.value_or(model::HazardClass::accident);
    result.hazard = in.needText("hazard");
    result.title = in.needLocalText("title");
    result.guidance = in.localText("guidance").value_or(base::LocalText{});
    if (const auto muted = in.text("mutes"))
        result.mutes =
            detect::Mutes{{*muted}, in.number("mutes_metres"), in.duration("mutes_after").value_or(Duration{0})};
    return result;
}

ReportWave CrowdReader::wave(TomlReader& in) {
    ReportWave result;
    result.id = idOf(in, m_ids);
    result.seed = seedOf(in);
    result.at = in.duration("at").value_or(Duration{0});
    result.within = in.duration("within").value_or(result.within);
    if (result.at < Duration{0} || result.within <= Duration{0} || result.at + result.within > m_scenario.duration)
        in.refuse("at", "'at' and 'within' must lie within the scenario's duration");
    result.reports = countOf(in, "reports", mostReports);
    result.events = countOf(in, "events", mostReports);
    result.unplaced = shareOf(in, "unplaced", 0);
    result.twice = shareOf(in, "twice", 0);
    if (const toml::node* node = in.node("languages"); node != nullptr) {
        result.languages.clear();
        const toml::table* table = node->as_table();
        for (const auto& [language, speakers] : table != nullptr ? *table : toml::table{}) {
            const auto weight = speakers.value<double>();
            if (!weight || !(*weight > 0)) {
                in.refuse(speakers, "how many speak it must be a number over 0");
                return result;
            }
            result.languages[std::string(language.str())] = *weight;
        }
        if (result.languages.empty())
            in.refuse("languages", "'languages' must say how many speak each, such as { en = 0.2, de = 0.8 }");
    }
    if (const toml::node* node = in.node("openings"); node != nullptr)
        result.openings = listOf(in, node);
    eachTable(in, "kind", [&](TomlReader& part) { result.kinds.push_back(waveKind(part, result)); });
    if (!in.failed() && result.kinds.empty())
        in.refuse("kind", "a wave needs at least one [[report_wave.kind]]");
    return result;
}

WaveKind CrowdReader::waveKind(TomlReader& in, const ReportWave& wave) const {
    WaveKind result;
    result.category = in.needText("category");
    result.weight = weightOf(in);
    result.rumour = in.flag("rumour").value_or(false);
    result.texts = listOf(in, in.node("texts"));
    if (!in.failed() && result.texts.empty())
        in.refuse("texts", "'texts' must be a list of phrases by language");
    for (const auto& [language, weight] : wave.languages) {
        const bool spoken = std::any_of(result.texts.begin(), result.texts.end(),
                                        [&, &wanted = language](const Words& w) { return w.contains(wanted); });
        if (!in.failed() && !spoken)
            in.refuse("texts", "there is no phrase in '" + language + "'");
    }
    if (const toml::node* node = in.node("details"); node != nullptr) {
        const toml::table* table = node->as_table();
        if (table == nullptr) {
            in.refuse("details", "'details' must be lists of words by name");
            return result;
        }
        for (const auto& [name, list] : *table) {
            auto words = listOf(in, &list);
            if (words.empty() && !in.failed())
                in.refuse(list, "a detail needs at least one choice");
            result.details[std::string(name.str())] = std::move(words);
        }
    }
    return result;
}

} // namespace tocsin::drill
