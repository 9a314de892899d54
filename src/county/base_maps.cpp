#include "tocsin/county/base_map_import.hpp"

#include "county/gdal_tools.hpp"
#include "tocsin/base/toml.hpp"

#include <algorithm>

namespace tocsin::county {

namespace fs = std::filesystem;

namespace {

const char* datumWord(model::Datum datum) {
    return datum == model::Datum::gcj02 ? "gcj02" : datum == model::Datum::bd09 ? "bd09" : "wgs84";
}

std::string blockOf(const BaseMap& map) {
    std::string out = "\n[[map.base]]\nname = " + tomlQuoted(map.name.text) + '\n';
    const auto add = [&](const char* key, const std::string& value) {
        if (!value.empty())
            out += std::string(key) + " = " + tomlQuoted(value) + '\n';
    };
    add("url", map.url);
    add("file", map.file);
    add("key", map.key);
    if (!map.hosts.empty()) {
        out += "hosts = [";
        for (const auto& host : map.hosts)
            out += (&host == &map.hosts.front() ? "" : ", ") + tomlQuoted(host);
        out += "]\n";
    }
    add("attribution", map.attribution);
    if (map.lowestZoom != 0)
        out += "lowest_zoom = " + std::to_string(map.lowestZoom) + '\n';
    out += "highest_zoom = " + std::to_string(map.highestZoom) + '\n';
    if (map.datum != model::Datum::wgs84)
        add("datum", datumWord(map.datum));
    if (map.overlay)
        out += "overlay = true\n";
    return out;
}

/// Checks what config.toml would be before it is.
void putConfig(const CountyFolder& folder, const std::string& text, std::size_t baseMaps) {
    const auto config = parseConfig(text);
    if (!config)
        refuse(config.error().code, "config.toml cannot take it: " + config.error().describe());
    if (config->baseMaps.size() != baseMaps)
        refuse(base::Code::refused, "config.toml lists its base maps in a way that only its owner can edit");
    if (auto wrote = writeText(folder.config(), text); !wrote)
        refuse(wrote.error().code, wrote.error().message);
}

} // namespace

std::string addressFault(const BaseMap& map) {
    const std::string& url = map.url;
    if (!url.starts_with("http://") && !url.starts_with("https://"))
        return "must begin with https:// or http://";
    for (const char c : url)
        if (static_cast<unsigned char>(c) <= 0x20 || static_cast<unsigned char>(c) == 0x7f)
            return "must have no blanks";
    bool z = false;
    bool x = false;
    bool y = false;
    for (std::size_t at = 0; (at = url.find_first_of("{}", at)) != std::string::npos; ++at) {
        const auto end = url.find_first_of("{}", at + 1);
        if (url[at] == '}' || end == std::string::npos || url[end] == '{')
            return "has a brace without its partner";
        const std::string word = url.substr(at + 1, end - at - 1);
        if (word == "z")
            z = true;
        else if (word == "x")
            x = true;
        else if (word == "y" || word == "-y")
            y = true;
        else if (word == "s" && map.hosts.empty())
            return "has {s}, but there are no hosts";
        else if (word == "key" && map.key.empty())
            return "has {key}, but there is no key";
        else if (word != "s" && word != "key")
            return "has {" + word + "}; known are {z} {x} {y} {-y} {s} {key}";
        at = end;
    }
    return !z ? "has no {z}" : !x ? "has no {x}" : !y ? "has no {y} or {-y}" : "";
}

base::Result<void> addBaseMap(const CountyFolder& folder, const BaseMap& map) {
    return importing<void>([&]() -> base::Result<void> {
        const ImportRoom room(folder);
        auto text = readText(folder.config());
        if (!text)
            return tl::unexpected(text.error());
        const auto config = parseConfig(*text);
        if (!config)
            return base::fail(config.error().code, "config.toml, " + config.error().describe(), config.error().place);
        if (map.name.text.empty())
            refuse(base::Code::malformed, "the base map needs a name");
        if (!map.url.empty())
            if (const auto why = addressFault(map); !why.empty())
                refuse(base::Code::malformed, "the address " + why);
        for (const auto& other : config->baseMaps)
            if (other.name.text == map.name.text)
                refuse(base::Code::conflict,
                       "there is a base map " + map.name.text + " already; 'tocsin import remove' it first");
        if (!text->ends_with('\n'))
            *text += '\n';
        putConfig(folder, *text + blockOf(map), config->baseMaps.size() + 1);
        return {};
    });
}

base::Result<void> removeBaseMap(const CountyFolder& folder, const std::string& name) {
    return importing<void>([&]() -> base::Result<void> {
        const ImportRoom room(folder);
        const auto text = readText(folder.config());
        if (!text)
            return tl::unexpected(text.error());
        const auto config = parseConfig(*text);
        const auto root = base::parseToml(*text);
        if (!config || !root)
            return base::fail(base::Code::malformed, "config.toml, " + config.error().describe());
        const auto found = std::find_if(config->baseMaps.begin(), config->baseMaps.end(),
                                        [&](const BaseMap& map) { return map.name.text == name; });
        if (found == config->baseMaps.end())
            refuse(base::Code::notFound, "there is no base map " + name);
        const auto* list = (*root)["map"]["base"].as_array();
        const auto* table = list->get(static_cast<std::size_t>(found - config->baseMaps.begin()));
        const auto wanted = table->source().begin.line;
        // From its header to the next one, or the end: comments and order of the rest stay as their writer left them.
        std::string kept;
        std::size_t line = 0;
        bool skipping = false;
        for (std::size_t at = 0; at < text->size();) {
            const auto end = std::min(text->find('\n', at), text->size() - 1) + 1;
            const std::string one = text->substr(at, end - at);
            const auto first = one.find_first_not_of(" \t");
            if (++line == wanted)
                skipping = true;
            else if (skipping && first != std::string::npos && one[first] == '[')
                skipping = false;
            if (!skipping)
                kept += one;
            at = end;
        }
        putConfig(folder, kept, config->baseMaps.size() - 1);
        std::error_code ec;
        if (!found->file.empty())
            fs::remove(folder.baseMaps() / found->file, ec);
        return {};
    });
}

} // namespace tocsin::county
