#include "tocsin/county/config.hpp"

#include "county/config_section.hpp"
#include "tocsin/base/toml_text.hpp"
#include "tocsin/county/base_map_import.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace tocsin::county {
namespace {

using settings::fault;
using settings::Fault;
using settings::localText;
using settings::placeOf;
using settings::quoted;
using settings::readPosition;
using settings::Section;

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

/// "https://desk.example:7780": what is put before a path that the desk serves.
bool isWebOrigin(std::string_view text) {
    const auto scheme = text.starts_with("https://") ? std::size_t{8} : text.starts_with("http://") ? std::size_t{7} : 0;
    const auto host = text.substr(scheme);
    return scheme > 0 && !host.empty() && text.size() <= 255 && host.front() != ':' && host.back() != ':' &&
           std::all_of(host.begin(), host.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
                      c == ':' || c == '[' || c == ']';
           });
}

void readListen(const Section& section, Config& config) {
    section.only({"readings", "http", "public", "connections", "connections_per_address", "certificate", "key", "push_keys"});
    section.read("readings", config.readings);
    section.read("http", config.http);
    section.read("public", config.publicAddress);
    if (config.publicAddress.ends_with('/')) // as a browser's line shows it
        config.publicAddress.pop_back();
    if (!config.publicAddress.empty() && !isWebOrigin(config.publicAddress))
        fault(*section.find("public"), "listen.public must be an address such as \"https://desk.example:7780\", without a path");
    section.read("connections", config.httpConnections, 10, 100'000);
    config.httpPerAddress = std::min(config.httpPerAddress, config.httpConnections);
    section.read("connections_per_address", config.httpPerAddress, 1, 100'000);
    if (config.httpPerAddress > config.httpConnections)
        fault(*section.find("connections_per_address"), "listen.connections_per_address is above listen.connections");
    section.read("certificate", config.httpCertificate);
    section.read("key", config.httpKey);
    if (config.httpCertificate.empty() && !config.httpKey.empty())
        fault(*section.find("key"), "listen.key needs a certificate");
    section.read("push_keys", config.pushKeys);
    if (std::find(config.pushKeys.begin(), config.pushKeys.end(), "") != config.pushKeys.end())
        fault(*section.find("push_keys"), "listen.push_keys has a key that is empty");
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
    if (const auto* centre = section.find("centre"))
        config.mapCentre = readPosition(*centre, "map.centre");
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
            settings::readWatches(node, config);
        } else if (name == "dispatch") {
            settings::readDispatch(node, config.dispatch);
        } else if (name == "alarms") {
            settings::readAlarms(node, config.ownAlarms);
        } else if (name == "privacy") {
            const Section section(node, "privacy");
            section.only({"contacts"});
            section.read("contacts", config.contactReaders);
        } else if (name == "open311") {
            const Section section(node, "open311");
            section.only({"keys", "publish"});
            section.read("keys", config.open311Keys);
            section.read("publish", config.open311Publish);
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
