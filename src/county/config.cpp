#include "tocsin/county/config.hpp"

#include "tocsin/base/toml.hpp"
#include "tocsin/base/toml_text.hpp"
#include "tocsin/county/base_map_import.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <initializer_list>
#include <optional>
#include <utility>

namespace tocsin::county {
namespace {

struct Fault {
    base::Error error;
};

base::Place placeOf(const toml::source_region& source) {
    return {.line = source.begin.line, .column = source.begin.column};
}

[[noreturn]] void fault(const toml::node& node, std::string why, base::Code code = base::Code::malformed) {
    throw Fault{{code, std::move(why), placeOf(node.source())}};
}

std::string quoted(std::string_view text) {
    return '"' + std::string(text) + '"';
}

/// A table of which only known keys may be there: a mistyped setting is told, not passed over.
class Section {
  public:
    Section(const toml::node& node, std::string name) : m_name(std::move(name)), m_table(node.as_table()) {
        if (!m_table)
            fault(node, m_name + " must be a table");
    }
    void only(std::initializer_list<std::string_view> keys) const {
        for (const auto& [key, value] : *m_table)
            if (std::find(keys.begin(), keys.end(), key.str()) == keys.end())
                throw Fault{{base::Code::malformed, "unknown key " + quoted(key.str()) + " in " + m_name,
                             placeOf(key.source())}};
    }
    [[nodiscard]] const toml::node* find(std::string_view key) const { return m_table->get(key); }
    [[nodiscard]] std::string path(std::string_view key) const { return m_name + "." + std::string(key); }

    void read(std::string_view key, std::string& out) const {
        if (const auto* node = find(key))
            out = string(*node, path(key));
    }
    void read(std::string_view key, bool& out) const {
        if (const auto* node = find(key)) {
            const auto value = node->value_exact<bool>();
            if (!value)
                fault(*node, path(key) + " must be true or false");
            out = *value;
        }
    }
    void read(std::string_view key, double& out, double lowest, double highest) const {
        if (const auto* node = find(key)) {
            const auto value = node->value<double>();
            if (!value || node->is_boolean() || node->is_string())
                fault(*node, path(key) + " must be a number");
            if (!std::isfinite(*value) || *value < lowest || *value > highest)
                fault(*node, path(key) + " is out of range", base::Code::outOfRange);
            out = *value;
        }
    }
    void read(std::string_view key, int& out, int lowest, int highest) const {
        if (const auto* node = find(key)) {
            const auto value = node->value_exact<std::int64_t>();
            if (!value)
                fault(*node, path(key) + " must be a whole number");
            if (*value < lowest || *value > highest)
                fault(*node, path(key) + " must be from " + std::to_string(lowest) + " to " + std::to_string(highest),
                      base::Code::outOfRange);
            out = static_cast<int>(*value);
        }
    }
    void read(std::string_view key, base::Duration& out, base::Duration least) const {
        if (const auto* node = find(key)) {
            const auto value = base::TomlReader::durationOf(*node);
            if (!value)
                fault(*node, path(key) + " must be a time such as \"90s\", \"30min\", \"6h\" or \"90d\"");
            if (*value < least)
                fault(*node, path(key) + " is too short", base::Code::outOfRange);
            out = *value;
        }
    }
    void read(std::string_view key, std::vector<std::string>& out) const {
        if (const auto* node = find(key)) {
            const auto* list = node->as_array();
            if (!list)
                fault(*node, path(key) + " must be a list");
            out.clear();
            for (const auto& item : *list)
                out.push_back(string(item, path(key)));
        }
    }
    void read(std::string_view key, Endpoint& out) const {
        if (const auto* node = find(key)) {
            auto parsed = parseEndpoint(string(*node, path(key)));
            if (!parsed)
                fault(*node, path(key) + ": " + parsed.error().message);
            out = *parsed;
        }
    }

    [[nodiscard]] static std::string string(const toml::node& node, const std::string& what) {
        const auto value = node.value_exact<std::string>();
        if (!value)
            fault(node, what + " must be a text in quotes");
        if (value->size() > 4096)
            fault(node, what + " is too long", base::Code::tooLarge);
        return *value;
    }

  private:
    std::string m_name;
    const toml::table* m_table;
};

/// "text" or { text = "…", zh_CN = "…" }; `others` are keys that are not languages.
base::LocalText localText(const toml::node& node, const std::string& what,
                          std::initializer_list<std::string_view> others = {}) {
    base::LocalText out;
    if (node.is_string()) {
        out.text = Section::string(node, what);
        return out;
    }
    const auto* table = node.as_table();
    if (!table)
        fault(node, what + " must be a text or a table of texts");
    for (const auto& [key, value] : *table) {
        if (std::find(others.begin(), others.end(), key.str()) != others.end())
            continue;
        auto text = Section::string(value, what + "." + std::string(key.str()));
        if (key.str() == "text")
            out.text = std::move(text);
        else
            out.translations[std::string(key.str())] = std::move(text);
    }
    if (out.text.empty())
        fault(node, what + " needs a text");
    return out;
}

/// The file's order: a table in memory is sorted by key, but its nodes know their lines.
std::vector<std::pair<std::string, const toml::node*>> inOrder(const toml::table& table) {
    std::vector<std::pair<std::string, const toml::node*>> out;
    for (const auto& [key, value] : table)
        out.emplace_back(std::string(key.str()), &value);
    std::stable_sort(out.begin(), out.end(),
                     [](const auto& a, const auto& b) { return a.second->source().begin < b.second->source().begin; });
    return out;
}

bool isZoneName(std::string_view text) {
    return !text.empty() && text.size() <= 64 && text.find("..") == std::string_view::npos && text.front() != '/' &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' ||
                      c == '_' || c == '-' || c == '+';
           });
}

void readCounty(const toml::node& node, Config& config) {
    const Section section(node, "county");
    section.only({"name", "time_zone", "division"});
    if (const auto* name = section.find("name"))
        config.name = localText(*name, "county.name");
    section.read("time_zone", config.timeZone);
    if (!isZoneName(config.timeZone))
        fault(*section.find("time_zone"), "county.time_zone must be a name such as \"Europe/Zurich\"");
    section.read("division", config.division);
}

void readListen(const Section& section, Config& config) {
    section.only({"readings", "http", "connections", "connections_per_address", "certificate", "key"});
    section.read("readings", config.readings);
    section.read("http", config.http);
    section.read("connections", config.httpConnections, 10, 100'000);
    config.httpPerAddress = std::min(config.httpPerAddress, config.httpConnections);
    section.read("connections_per_address", config.httpPerAddress, 1, 100'000);
    if (config.httpPerAddress > config.httpConnections)
        fault(*section.find("connections_per_address"), "listen.connections_per_address is above listen.connections");
    section.read("certificate", config.httpCertificate);
    section.read("key", config.httpKey);
    if (config.httpCertificate.empty() && !config.httpKey.empty())
        fault(*section.find("key"), "listen.key needs a certificate");
}

void readDesk(const toml::node& node, Config& config) {
    const Section section(node, "desk");
    section.only({"exercise", "scenario", "autoplay"});
    section.read("exercise", config.exercise);
    section.read("scenario", config.scenario);
    section.read("autoplay", config.autoplay);
    const auto& name = config.scenario;
    if (name.find_first_of("/\\") != std::string::npos || name.starts_with("."))
        fault(*section.find("scenario"), "desk.scenario must be a scenario's name, without a folder");
}

BaseMap readBaseMap(const toml::node& node) {
    const Section section(node, "map.base");
    section.only(
        {"name", "url", "file", "key", "hosts", "attribution", "lowest_zoom", "highest_zoom", "datum", "overlay"});
    BaseMap map;
    if (const auto* name = section.find("name"))
        map.name = localText(*name, "map.base.name");
    section.read("url", map.url);
    section.read("file", map.file);
    section.read("key", map.key);
    section.read("hosts", map.hosts);
    section.read("attribution", map.attribution);
    section.read("lowest_zoom", map.lowestZoom, 0, 22);
    section.read("highest_zoom", map.highestZoom, 0, 22);
    section.read("overlay", map.overlay);
    std::string datum = "wgs84";
    section.read("datum", datum);
    if (datum == "gcj02")
        map.datum = model::Datum::gcj02;
    else if (datum == "bd09")
        map.datum = model::Datum::bd09;
    else if (datum != "wgs84")
        fault(*section.find("datum"), "map.base.datum must be \"wgs84\", \"gcj02\" or \"bd09\"");
    if (map.name.text.empty())
        fault(node, "map.base needs a name");
    if (map.lowestZoom > map.highestZoom)
        fault(*section.find(section.find("lowest_zoom") ? "lowest_zoom" : "highest_zoom"),
              "map.base.lowest_zoom is above map.base.highest_zoom", base::Code::outOfRange);
    if (map.url.empty() == map.file.empty())
        fault(node, "map.base " + tomlQuoted(map.name.text) + " needs either a url or a file");
    if (const auto why = map.url.empty() ? std::string() : addressFault(map); !why.empty())
        fault(*section.find("url"), "map.base.url " + why);
    if (!map.file.empty() && (map.file.find_first_of("/\\") != std::string::npos || map.file.starts_with(".") ||
                              !map.file.ends_with(".mbtiles")))
        fault(*section.find("file"),
              "map.base.file must be the name of an .mbtiles file in basemaps, without a folder");
    return map;
}

void readMap(const toml::node& node, Config& config) {
    const Section section(node, "map");
    section.only({"centre", "zoom", "languages", "base"});
    if (const auto* base = section.find("base")) {
        const auto* list = base->as_array();
        if (!list)
            fault(*base, "base maps are written as [[map.base]], with two brackets");
        for (const auto& item : *list)
            config.baseMaps.push_back(readBaseMap(item));
    }
    if (const auto* centre = section.find("centre")) {
        const Section point(*centre, "map.centre");
        point.only({"latitude", "longitude"});
        double latitude = 0;
        double longitude = 0;
        point.read("latitude", latitude, -90, 90);
        point.read("longitude", longitude, -180, 180);
        config.mapCentre = model::Position::trusted(latitude, longitude);
    }
    section.read("zoom", config.mapZoom, 0, 22);
    section.read("languages", config.mapLanguages);
}

void readHazards(const toml::node& node, Config& config) {
    const auto* table = node.as_table();
    if (!table)
        fault(node, "hazards must be a table");
    for (const auto& [code, entry] : inOrder(*table)) {
        HazardWord word{code, localText(*entry, "hazards." + code, {"class"}), model::HazardClass::naturalDisaster};
        if (const auto* fields = entry->as_table())
            if (const auto* cls = fields->get("class")) {
                const auto parsed = model::hazardClassFrom(Section::string(*cls, "hazards." + code + ".class"));
                if (!parsed)
                    fault(*cls, "hazards." + code + ".class is not one of the four classes");
                word.hazardClass = *parsed;
            }
        config.hazards.push_back(std::move(word));
    }
}

void readWatches(const toml::node& node, Config& config) {
    const auto* list = node.as_array();
    if (!list)
        fault(node, "watches are written as [[watch]]");
    for (const auto& item : *list) {
        const Section section(item, "watch");
        section.only({"id", "name", "feeds", "sensors", "units", "silent_after", "severity", "position"});
        WatchWord watch;
        section.read("id", watch.id);
        if (watch.id.empty())
            fault(item, "a watch needs an id, such as \"village:Planken\"");
        if (std::any_of(config.watches.begin(), config.watches.end(), [&](const auto& w) { return w.id == watch.id; }))
            fault(item, "two watches are called " + quoted(std::string_view(watch.id)));
        watch.name = section.find("name") ? localText(*section.find("name"), "watch.name") : base::LocalText(watch.id);
        section.read("feeds", watch.feeds);
        section.read("sensors", watch.sensors);
        section.read("units", watch.units);
        if (watch.feeds.empty() && watch.sensors.empty() && watch.units.empty())
            fault(item, "watch " + quoted(std::string_view(watch.id)) + " names no feed, sensor or unit");
        section.read("silent_after", watch.silentAfter, std::chrono::seconds(1));
        if (watch.silentAfter == base::Duration{0})
            fault(item, "watch " + quoted(std::string_view(watch.id)) + " needs silent_after, such as \"6h\"");
        std::string severity;
        section.read("severity", severity);
        if (!severity.empty()) {
            const auto grade = model::gradeFrom(severity);
            if (!grade)
                fault(*section.find("severity"), "watch.severity is I, II, III or IV");
            watch.severity = *grade;
        }
        if (const auto* position = section.find("position")) {
            const Section at(*position, "watch.position");
            at.only({"latitude", "longitude"});
            double latitude = 0;
            double longitude = 0;
            at.read("latitude", latitude, -90, 90);
            at.read("longitude", longitude, -180, 180);
            watch.position = model::Position::trusted(latitude, longitude);
        }
        config.watches.push_back(std::move(watch));
    }
}

/// What the recommendation weighs; what is not named keeps the planner's own value.
void readWeights(const toml::node& node, std::map<std::string, double>& weights) {
    const Section section(node, "dispatch.weights");
    section.only({"grade_1", "grade_2", "grade_3", "grade_4", "late", "skill_excess", "change", "stale_position",
                  "near_crew_limit", "cover_per_person", "another_vehicle", "another_shelter", "capabilities_at_once",
                  "too_late", "loading", "useless_after"});
    for (const char* key : {"grade_1", "grade_2", "grade_3", "grade_4", "late", "skill_excess", "stale_position",
                            "near_crew_limit", "cover_per_person", "another_vehicle", "another_shelter"}) {
        if (section.find(key) != nullptr)
            section.read(key, weights[key], 0, 1e6);
    }
    if (section.find("change") != nullptr)
        section.read("change", weights["change"], -1, 1e6);
    if (int together = 1; section.find("capabilities_at_once") != nullptr) {
        section.read("capabilities_at_once", together, 1, 4);
        weights["capabilities_at_once"] = together;
    }
    for (const char* key : {"too_late", "loading", "useless_after"}) {
        base::Duration time{0};
        if (section.find(key) == nullptr)
            continue;
        section.read(key, time, base::Duration{0});
        weights[key] = std::min(1e6, std::chrono::duration<double>(time).count());
    }
}

void readDispatch(const toml::node& node, DispatchWord& dispatch) {
    const Section section(node, "dispatch");
    section.only({"weights", "approval_from", "accept_within", "roll_call", "grace", "crew_hours", "claim", "cover_within"});
    std::string grade;
    section.read("approval_from", grade);
    if (!grade.empty()) {
        dispatch.approvalFrom = model::gradeFrom(grade);
        if (!dispatch.approvalFrom)
            fault(*section.find("approval_from"), "dispatch.approval_from must be I, II, III or IV");
    }
    constexpr auto least = std::chrono::seconds(30);
    section.read("accept_within", dispatch.acceptWithin, least);
    section.read("roll_call", dispatch.rollCall, least);
    section.read("grace", dispatch.grace, base::Duration{0});
    section.read("crew_hours", dispatch.crewHours, 1, 24);
    section.read("claim", dispatch.claim, least);
    section.read("cover_within", dispatch.coverWithin, least);
    if (const auto* weights = section.find("weights"))
        readWeights(*weights, dispatch.weights);
}

/// A name, and how others type the same: keys nims, gbt, and what each level asks for.
CapabilityWord capabilityWord(const std::string& code, const toml::node& node) {
    const auto what = "capabilities." + code;
    CapabilityWord word;
    word.code = code;
    word.name = localText(node, what, {"nims", "gbt", "levels"});
    if (!node.is_table())
        return word;
    const Section section(node, what);
    section.read("nims", word.nims);
    section.read("gbt", word.gbt);
    if (const auto* levels = section.find("levels")) {
        const auto* list = levels->as_array();
        if (!list || list->size() > 3)
            fault(*levels, what + ".levels must be a list of at most three texts, for level 1, 2 and 3");
        for (const auto& level : *list)
            word.levels.push_back(localText(level, what + ".levels"));
    }
    return word;
}

/// What a code of GB/T 38565 is called, and the one thing that it stands for.
GbtCode gbtCode(const std::string& code, const toml::node& node) {
    const auto what = "gbt." + code;
    GbtCode word;
    word.code = code;
    word.name = localText(node, what, {"capability", "kind", "supply"});
    if (!node.is_table())
        return word;
    const Section section(node, what);
    section.read("capability", word.capability);
    section.read("supply", word.supply);
    section.read("kind", word.kind);
    if (!word.kind.empty() && !model::resourceKindFrom(word.kind))
        fault(*section.find("kind"), what + ".kind is no kind of resource");
    return word;
}

void readResources(const toml::node& node, Config& config) {
    constexpr base::Duration least{std::chrono::minutes(1)};
    const auto* table = node.as_table();
    if (!table)
        fault(node, "resources must be a table");
    for (const auto& [key, entry] : *table) {
        const std::string name(key.str());
        if (name == "position_stale" || name == "count_stale")
            continue;
        const auto kind = model::resourceKindFrom(name);
        if (!kind)
            fault(entry, "resources." + name + " is neither position_stale, count_stale nor a kind of resource");
        const Section own(entry, "resources." + name);
        own.only({"position_stale", "count_stale"});
        if (own.find("position_stale") != nullptr)
            own.read("position_stale", config.stalePositionOf[*kind], least);
        if (own.find("count_stale") != nullptr)
            own.read("count_stale", config.staleCountOf[*kind], least);
    }
    const Section section(node, "resources");
    section.read("position_stale", config.stale.position, least);
    section.read("count_stale", config.stale.count, least);
}

Config read(const toml::table& root) {
    Config config;
    for (const auto& [key, node] : root) {
        const auto name = key.str();
        if (name == "county") {
            readCounty(node, config);
        } else if (name == "desk") {
            readDesk(node, config);
        } else if (name == "map") {
            readMap(node, config);
        } else if (name == "hazards") {
            readHazards(node, config);
        } else if (name == "duty") {
            const Section section(node, "duty");
            section.only({"officers", "leaders"});
            section.read("officers", config.officers);
            section.read("leaders", config.leaders);
        } else if (name == "listen") {
            const Section section(node, "listen");
            readListen(section, config);
        } else if (name == "capabilities") {
            const auto* table = node.as_table();
            if (!table)
                fault(node, "capabilities must be a table");
            for (const auto& [code, entry] : inOrder(*table))
                config.capabilities.push_back(capabilityWord(code, *entry));
        } else if (name == "gbt") {
            const auto* table = node.as_table();
            if (!table)
                fault(node, "gbt must be a table");
            for (const auto& [code, entry] : inOrder(*table))
                config.codes.push_back(gbtCode(code, *entry));
        } else if (name == "resources") {
            readResources(node, config);
        } else if (name == "watch") {
            readWatches(node, config);
        } else if (name == "dispatch") {
            readDispatch(node, config.dispatch);
        } else if (name == "privacy") {
            const Section section(node, "privacy");
            section.only({"contacts"});
            section.read("contacts", config.contactReaders);
        } else if (name == "open311") {
            const Section section(node, "open311");
            section.only({"keys"});
            section.read("keys", config.open311Keys);
        } else if (name == "readings") {
            const Section section(node, "readings");
            section.only({"raw_for"});
            section.read("raw_for", config.rawReadingsFor, std::chrono::hours(24));
        } else if (name == "feed") {
            // Read by ingest::parseFeeds, which knows what feeds are.
        } else {
            throw Fault{{base::Code::malformed, "unknown section " + quoted(name), placeOf(key.source())}};
        }
    }
    if (config.name.empty())
        throw Fault{{base::Code::malformed, "the county has no name: [county] name = \"…\"", {}}};
    return config;
}

} // namespace

base::Result<Endpoint> parseEndpoint(std::string_view text) {
    const auto bad = [&](const char* why) {
        return base::fail(base::Code::malformed, quoted(text) + " " + why + " (host:port, such as 127.0.0.1:7780)");
    };
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos || colon == 0)
        return bad("names no port");
    std::string_view host = text.substr(0, colon);
    const std::string_view digits = text.substr(colon + 1);
    if (host.front() == '[') {
        if (host.size() < 4 || host.back() != ']')
            return bad("has no closing bracket");
        host = host.substr(1, host.size() - 2);
    } else if (host.find(':') != std::string_view::npos) {
        return bad("needs its address in brackets");
    }
    if (host.find_first_of(" \t\"/") != std::string_view::npos || host.size() > 255)
        return bad("is not an address");
    unsigned port = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (error != std::errc() || end != digits.data() + digits.size() || digits.empty() || port > 65535)
        return bad("has no usable port");
    return Endpoint{std::string(host), static_cast<std::uint16_t>(port)};
}

base::Result<Config> parseConfig(std::string_view toml) {
    const auto root = base::parseToml(toml);
    if (!root)
        return tl::unexpected(root.error());
    try {
        return read(*root);
    } catch (const Fault& f) {
        return tl::unexpected(f.error);
    } catch (const std::exception& e) {
        return base::fail(base::Code::malformed, e.what());
    }
}

std::string tomlQuoted(std::string_view text) {
    return base::tomlQuoted(text);
}

} // namespace tocsin::county
