// The words for keys that plans, rules, registers and feeds use. A county may have keys of its own: they show as they
// are.
#include "tocsin/gui/panels/words.hpp"

#include <QLatin1String>
#include <algorithm>
#include <iterator>

namespace tocsin::gui {
namespace {

struct KeyWord {
    const char* key;
    const char* word;
};

template <std::size_t N>
const char* wordOf(const KeyWord (&table)[N], const std::string& key) {
    const auto* found =
        std::find_if(std::begin(table), std::end(table), [&](const KeyWord& k) { return key == k.key; });
    return found == std::end(table) ? nullptr : found->word;
}

QString unhyphened(const std::string& key) {
    QString out = QString::fromStdString(key);
    out.replace(QLatin1Char('-'), QLatin1Char(' '));
    return out;
}

constexpr KeyWord hazards[] = {
    {"flood", QT_TRANSLATE_NOOP("tocsin::gui::Words", "flood")},
    {"fire", QT_TRANSLATE_NOOP("tocsin::gui::Words", "fire")},
    {"forest-fire", QT_TRANSLATE_NOOP("tocsin::gui::Words", "forest fire")},
    {"landslide", QT_TRANSLATE_NOOP("tocsin::gui::Words", "landslide")},
    {"rockfall", QT_TRANSLATE_NOOP("tocsin::gui::Words", "rockfall")},
    {"debris-flow", QT_TRANSLATE_NOOP("tocsin::gui::Words", "debris flow")},
    {"avalanche", QT_TRANSLATE_NOOP("tocsin::gui::Words", "avalanche")},
    {"earthquake", QT_TRANSLATE_NOOP("tocsin::gui::Words", "earthquake")},
    {"storm", QT_TRANSLATE_NOOP("tocsin::gui::Words", "storm")},
    {"rain", QT_TRANSLATE_NOOP("tocsin::gui::Words", "heavy rain")},
    {"heavy-rain", QT_TRANSLATE_NOOP("tocsin::gui::Words", "heavy rain")},
    {"rainstorm", QT_TRANSLATE_NOOP("tocsin::gui::Words", "rainstorm")},
    {"cold", QT_TRANSLATE_NOOP("tocsin::gui::Words", "severe cold")},
    {"power-failure", QT_TRANSLATE_NOOP("tocsin::gui::Words", "power failure")},
    {"power-outage", QT_TRANSLATE_NOOP("tocsin::gui::Words", "power failure")},
    {"traffic-accident", QT_TRANSLATE_NOOP("tocsin::gui::Words", "road accident")},
    {"chemical", QT_TRANSLATE_NOOP("tocsin::gui::Words", "chemical accident")},
    {"explosion", QT_TRANSLATE_NOOP("tocsin::gui::Words", "explosion")},
    {"building-collapse", QT_TRANSLATE_NOOP("tocsin::gui::Words", "collapsed building")},
    {"collapse", QT_TRANSLATE_NOOP("tocsin::gui::Words", "collapsed building")},
    {"unrest", QT_TRANSLATE_NOOP("tocsin::gui::Words", "public unrest")},
    {"missing-person", QT_TRANSLATE_NOOP("tocsin::gui::Words", "missing person")},
    {"water-supply", QT_TRANSLATE_NOOP("tocsin::gui::Words", "water supply")},
    {"drinking-water", QT_TRANSLATE_NOOP("tocsin::gui::Words", "drinking water")},
    {"food", QT_TRANSLATE_NOOP("tocsin::gui::Words", "food safety")},
    {"snow", QT_TRANSLATE_NOOP("tocsin::gui::Words", "snow")},
    {"heat", QT_TRANSLATE_NOOP("tocsin::gui::Words", "heat")},
    {"drought", QT_TRANSLATE_NOOP("tocsin::gui::Words", "drought")},
    {"accident", QT_TRANSLATE_NOOP("tocsin::gui::Words", "accident")},
    {"traffic", QT_TRANSLATE_NOOP("tocsin::gui::Words", "road accident")},
    {"hazmat", QT_TRANSLATE_NOOP("tocsin::gui::Words", "hazardous substance")},
    {"power", QT_TRANSLATE_NOOP("tocsin::gui::Words", "power failure")},
    {"rescue", QT_TRANSLATE_NOOP("tocsin::gui::Words", "rescue")},
    {"mass-casualty", QT_TRANSLATE_NOOP("tocsin::gui::Words", "many injured")},
    {"injury", QT_TRANSLATE_NOOP("tocsin::gui::Words", "injury")},
    {"health", QT_TRANSLATE_NOOP("tocsin::gui::Words", "public health")},
    {"epidemic", QT_TRANSLATE_NOOP("tocsin::gui::Words", "epidemic")},
    {"security", QT_TRANSLATE_NOOP("tocsin::gui::Words", "public security")},
    {"road", QT_TRANSLATE_NOOP("tocsin::gui::Words", "road")},
    {"equipment", QT_TRANSLATE_NOOP("tocsin::gui::Words", "equipment fault")},
    {"weather", QT_TRANSLATE_NOOP("tocsin::gui::Words", "unusual weather")},
    {"warning", QT_TRANSLATE_NOOP("tocsin::gui::Words", "warning of others")},
    {"other", QT_TRANSLATE_NOOP("tocsin::gui::Words", "other")},
};

constexpr KeyWord capabilities[] = {
    {"dyke-defence", QT_TRANSLATE_NOOP("tocsin::gui::Words", "dyke defence")},
    {"water-rescue", QT_TRANSLATE_NOOP("tocsin::gui::Words", "water rescue")},
    {"pumping", QT_TRANSLATE_NOOP("tocsin::gui::Words", "pumping")},
    {"pump", QT_TRANSLATE_NOOP("tocsin::gui::Words", "pumping")},
    {"firefighting", QT_TRANSLATE_NOOP("tocsin::gui::Words", "firefighting")},
    {"fire-fighting", QT_TRANSLATE_NOOP("tocsin::gui::Words", "firefighting")},
    {"forest-fire", QT_TRANSLATE_NOOP("tocsin::gui::Words", "forest fire fighting")},
    {"rescue", QT_TRANSLATE_NOOP("tocsin::gui::Words", "rescue")},
    {"technical-rescue", QT_TRANSLATE_NOOP("tocsin::gui::Words", "technical rescue")},
    {"mountain-rescue", QT_TRANSLATE_NOOP("tocsin::gui::Words", "mountain rescue")},
    {"urban-search", QT_TRANSLATE_NOOP("tocsin::gui::Words", "urban search")},
    {"search", QT_TRANSLATE_NOOP("tocsin::gui::Words", "search")},
    {"search-and-rescue", QT_TRANSLATE_NOOP("tocsin::gui::Words", "search and rescue")},
    {"medical", QT_TRANSLATE_NOOP("tocsin::gui::Words", "medical care")},
    {"ambulance", QT_TRANSLATE_NOOP("tocsin::gui::Words", "ambulance")},
    {"evacuation", QT_TRANSLATE_NOOP("tocsin::gui::Words", "evacuation")},
    {"transport", QT_TRANSLATE_NOOP("tocsin::gui::Words", "transport")},
    {"engineering", QT_TRANSLATE_NOOP("tocsin::gui::Words", "engineering")},
    {"road-clearing", QT_TRANSLATE_NOOP("tocsin::gui::Words", "road clearing")},
    {"hazmat", QT_TRANSLATE_NOOP("tocsin::gui::Words", "hazardous substances")},
    {"power", QT_TRANSLATE_NOOP("tocsin::gui::Words", "power supply")},
    {"power-supply", QT_TRANSLATE_NOOP("tocsin::gui::Words", "power supply")},
    {"power-repair", QT_TRANSLATE_NOOP("tocsin::gui::Words", "power repair")},
    {"search-rescue", QT_TRANSLATE_NOOP("tocsin::gui::Words", "search and rescue")},
    {"hydrology", QT_TRANSLATE_NOOP("tocsin::gui::Words", "hydrology")},
    {"air-rescue", QT_TRANSLATE_NOOP("tocsin::gui::Words", "air rescue")},
    {"communications", QT_TRANSLATE_NOOP("tocsin::gui::Words", "communications")},
    {"reconnaissance", QT_TRANSLATE_NOOP("tocsin::gui::Words", "reconnaissance")},
    {"aerial-reconnaissance", QT_TRANSLATE_NOOP("tocsin::gui::Words", "reconnaissance from the air")},
    {"traffic-control", QT_TRANSLATE_NOOP("tocsin::gui::Words", "traffic control")},
    {"police", QT_TRANSLATE_NOOP("tocsin::gui::Words", "police")},
    {"shelter-care", QT_TRANSLATE_NOOP("tocsin::gui::Words", "shelter care")},
    {"logistics", QT_TRANSLATE_NOOP("tocsin::gui::Words", "logistics")},
    {"command", QT_TRANSLATE_NOOP("tocsin::gui::Words", "command")},
    {"epidemic-control", QT_TRANSLATE_NOOP("tocsin::gui::Words", "epidemic control")},
    {"geology", QT_TRANSLATE_NOOP("tocsin::gui::Words", "geology")},
};

constexpr KeyWord capWords[] = {
    {"Immediate", QT_TRANSLATE_NOOP("tocsin::gui::Words", "immediate")},
    {"Expected", QT_TRANSLATE_NOOP("tocsin::gui::Words", "expected")},
    {"Future", QT_TRANSLATE_NOOP("tocsin::gui::Words", "future")},
    {"Past", QT_TRANSLATE_NOOP("tocsin::gui::Words", "past")},
    {"Extreme", QT_TRANSLATE_NOOP("tocsin::gui::Words", "extreme")},
    {"Severe", QT_TRANSLATE_NOOP("tocsin::gui::Words", "severe")},
    {"Moderate", QT_TRANSLATE_NOOP("tocsin::gui::Words", "moderate")},
    {"Minor", QT_TRANSLATE_NOOP("tocsin::gui::Words", "minor")},
    {"Observed", QT_TRANSLATE_NOOP("tocsin::gui::Words", "observed")},
    {"Likely", QT_TRANSLATE_NOOP("tocsin::gui::Words", "likely")},
    {"Possible", QT_TRANSLATE_NOOP("tocsin::gui::Words", "possible")},
    {"Unlikely", QT_TRANSLATE_NOOP("tocsin::gui::Words", "unlikely")},
    {"Unknown", QT_TRANSLATE_NOOP("tocsin::gui::Words", "unknown")},
    {"Actual", QT_TRANSLATE_NOOP("tocsin::gui::Words", "actual")},
    {"Exercise", QT_TRANSLATE_NOOP("tocsin::gui::Words", "exercise")},
    {"System", QT_TRANSLATE_NOOP("tocsin::gui::Words", "system")},
    {"Test", QT_TRANSLATE_NOOP("tocsin::gui::Words", "test")},
    {"Draft", QT_TRANSLATE_NOOP("tocsin::gui::Words", "draft")},
};

constexpr KeyWord feeds[] = {
    {"phone page", QT_TRANSLATE_NOOP("tocsin::gui::Words", "phone page")},
    {"phone", QT_TRANSLATE_NOOP("tocsin::gui::Words", "phone page")},
    {"page", QT_TRANSLATE_NOOP("tocsin::gui::Words", "phone page")},
    {"http", QT_TRANSLATE_NOOP("tocsin::gui::Words", "web")},
    {"reports", QT_TRANSLATE_NOOP("tocsin::gui::Words", "reports")},
    {"report", QT_TRANSLATE_NOOP("tocsin::gui::Words", "reports")},
    {"readings", QT_TRANSLATE_NOOP("tocsin::gui::Words", "readings")},
    {"gauges", QT_TRANSLATE_NOOP("tocsin::gui::Words", "gauges")},
    {"cap", QT_TRANSLATE_NOOP("tocsin::gui::Words", "CAP")},
    {"usgs", QT_TRANSLATE_NOOP("tocsin::gui::Words", "USGS")},
    {"file", QT_TRANSLATE_NOOP("tocsin::gui::Words", "file")},
    {"drill", QT_TRANSLATE_NOOP("tocsin::gui::Words", "exercise")},
    {"desk", QT_TRANSLATE_NOOP("tocsin::gui::Words", "desk")},
    {"call", QT_TRANSLATE_NOOP("tocsin::gui::Words", "call")},
};

/// Units of stock; those of measure are written alike everywhere.
constexpr KeyWord units[] = {
    {"piece", QT_TRANSLATE_NOOP("tocsin::gui::Words", "piece")},
    {"box", QT_TRANSLATE_NOOP("tocsin::gui::Words", "box")},
    {"pack", QT_TRANSLATE_NOOP("tocsin::gui::Words", "pack")},
    {"pair", QT_TRANSLATE_NOOP("tocsin::gui::Words", "pair")},
    {"set", QT_TRANSLATE_NOOP("tocsin::gui::Words", "set")},
    {"unit", QT_TRANSLATE_NOOP("tocsin::gui::Words", "unit")},
    {"roll", QT_TRANSLATE_NOOP("tocsin::gui::Words", "roll")},
    {"bottle", QT_TRANSLATE_NOOP("tocsin::gui::Words", "bottle")},
    {"bag", QT_TRANSLATE_NOOP("tocsin::gui::Words", "bag")},
    {"barrel", QT_TRANSLATE_NOOP("tocsin::gui::Words", "barrel")},
    {"team", QT_TRANSLATE_NOOP("tocsin::gui::Words", "team")},
};

struct CountyNames {
    std::map<std::string, base::LocalText> byCode;
    QString language; ///< the one in force
};

CountyNames& countyNames() {
    static CountyNames names;
    return names;
}

} // namespace

QString Words::hazard(const std::string& key) {
    const char* word = wordOf(hazards, key);
    return word ? QCoreApplication::translate("tocsin::gui::Words", word) : unhyphened(key);
}

QString Words::reportCategory(const std::string& category) {
    return hazard(category);
}

void Words::useCapabilities(std::map<std::string, base::LocalText> names, const QString& language) {
    countyNames() = {std::move(names), language};
}

QString Words::countyCapability(const std::string& code, const QString& language) {
    const auto& names = countyNames().byCode;
    const auto named = names.find(code);
    return named == names.end() ? QString() : local(named->second, language);
}

QString Words::capability(const std::string& code) {
    const char* word = wordOf(capabilities, code);
    const QString own = word ? QCoreApplication::translate("tocsin::gui::Words", word) : QString();
    const QString named = countyCapability(code, countyNames().language);
    // The same name is written as within a sentence: "dyke defence", not "Dyke defence".
    if (!named.isEmpty() && named.compare(own, Qt::CaseInsensitive) != 0)
        return named;
    return word ? own : unhyphened(code);
}

QString Words::unit(const std::string& unit) {
    const char* word = wordOf(units, unit);
    return word ? QCoreApplication::translate("tocsin::gui::Words", word) : plain(unit);
}

QString Words::roadWeather(model::RoadWeather weather) {
    switch (weather) {
    case model::RoadWeather::clear:
        return tr("dry", "roads");
    case model::RoadWeather::rain:
        return tr("rain", "roads");
    case model::RoadWeather::snow:
        return tr("snow", "roads");
    case model::RoadWeather::ice:
        return tr("ice", "roads");
    case model::RoadWeather::fog:
        return tr("fog", "roads");
    }
    return {};
}

QString Words::capWord(const std::string& word) {
    const char* known = wordOf(capWords, word);
    return known ? QCoreApplication::translate("tocsin::gui::Words", known) : plain(word);
}

QString Words::feed(const std::string& name) {
    // An actor is written "feed:cap"; the lamp and the log show the feed's own name.
    const std::string bare = name.rfind("feed:", 0) == 0 ? name.substr(5) : name;
    const char* word = wordOf(feeds, bare);
    return word ? QCoreApplication::translate("tocsin::gui::Words", word) : plain(bare);
}

} // namespace tocsin::gui
