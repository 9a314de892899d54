#include "tocsin/base/toml.hpp"
#include "tocsin/base/toml_text.hpp"
#include "tocsin/county/config.hpp"

#include <array>
#include <charconv>

// Who ought to speak, as config.toml's text, and that text changed without touching the rest of it.

namespace tocsin::county {
namespace {

using base::Code;
using base::fail;

std::string degreesText(double value) {
    std::array<char, 40> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
    std::string out(text.data(), end);
    return out.find_first_not_of("-0123456789") == std::string::npos ? out + ".0" : out;
}

std::string nameText(const base::LocalText& name) {
    if (name.translations.empty())
        return base::tomlQuoted(name.text);
    std::string out = "{ text = " + base::tomlQuoted(name.text);
    for (const auto& [language, text] : name.translations)
        out += ", " + base::tomlQuoted(language) + " = " + base::tomlQuoted(text);
    return out + " }";
}

void putList(std::string& out, const char* key, const std::vector<std::string>& items) {
    if (items.empty())
        return;
    std::string list;
    for (const auto& item : items)
        list += (list.empty() ? "" : ", ") + base::tomlQuoted(item);
    out += std::string(key) + " = [" + list + "]\n";
}

std::string textOf(const WatchWord& watch) {
    std::string out = "[[watch]]\nid = " + base::tomlQuoted(watch.id) + "\n";
    if (watch.name != base::LocalText(watch.id))
        out += "name = " + nameText(watch.name) + "\n";
    putList(out, "feeds", watch.feeds);
    putList(out, "sensors", watch.sensors);
    putList(out, "units", watch.units);
    out += "silent_after = " + base::tomlDuration(watch.silentAfter) + "\n";
    if (watch.severity != WatchWord().severity)
        out += "severity = " + base::tomlQuoted(model::toString(watch.severity)) + "\n";
    if (watch.position)
        out += "position = { latitude = " + degreesText(watch.position->latitude()) +
               ", longitude = " + degreesText(watch.position->longitude()) + " }\n";
    return out;
}

} // namespace

base::Result<std::string> withWatches(std::string_view toml, const std::vector<WatchWord>& watches) {
    const auto before = base::parseToml(toml);
    if (!before)
        return tl::unexpected(before.error());
    std::string block;
    for (const auto& watch : watches)
        block += (block.empty() ? "" : "\n") + textOf(watch);
    std::string out = base::withTomlTables(toml, "watch", block);
    // Read back by the same reader as at the start: what it would refuse then is refused now.
    const auto read = parseConfig(out);
    if (!read)
        return fail(Code::refused, "who ought to speak cannot be put into config.toml: " + read.error().message);
    auto after = base::parseToml(out);
    if (!after)
        return tl::unexpected(after.error());
    auto rest = *before;
    rest.erase("watch");
    after->erase("watch");
    if (read->watches != watches || rest != *after)
        return fail(Code::refused, "config.toml is written in a way that only a person can change: edit it by hand");
    return out;
}

} // namespace tocsin::county
