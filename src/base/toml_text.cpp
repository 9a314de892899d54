#include "tocsin/base/toml_text.hpp"

#include <algorithm>
#include <chrono>

namespace tocsin::base {

namespace {

/// The header of a table that a line opens: "feed" of "[[feed]]", "feed.mapping" of "[feed.mapping]"; empty if none.
std::string_view headerOf(std::string_view line) {
    const auto first = line.find_first_not_of(" \t");
    if (first == std::string_view::npos || line[first] != '[')
        return {};
    line.remove_prefix(first);
    line.remove_prefix(std::min(line.find_first_not_of("[ \t"), line.size()));
    return line.substr(0, line.find_first_of("] \t"));
}

bool isOf(std::string_view header, std::string_view name) {
    return header.starts_with(name) && (header.size() == name.size() || header[name.size()] == '.');
}

bool isBlankOrComment(std::string_view line) {
    const auto first = line.find_first_not_of(" \t\r\n");
    return first == std::string_view::npos || line[first] == '#';
}

} // namespace

std::string tomlQuoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (c == '\n') {
            out += "\\n";
        } else if (byte < 0x20 || byte == 0x7f) {
            static constexpr char hex[] = "0123456789abcdef";
            out += "\\u00";
            out += hex[byte >> 4U];
            out += hex[byte & 15U];
        } else {
            out += c;
        }
    }
    return out + '"';
}

std::string tomlDuration(Duration time) {
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(time).count();
    if (ms % 86'400'000 == 0)
        return tomlQuoted(std::to_string(ms / 86'400'000) + "d");
    if (ms % 3'600'000 == 0)
        return tomlQuoted(std::to_string(ms / 3'600'000) + "h");
    if (ms % 60'000 == 0)
        return tomlQuoted(std::to_string(ms / 60'000) + "min");
    if (ms % 1'000 == 0)
        return tomlQuoted(std::to_string(ms / 1'000) + "s");
    return tomlQuoted(std::to_string(ms) + "ms");
}

std::string withTomlTables(std::string_view toml, std::string_view name, const std::string& block) {
    std::string out;
    std::string held; // blank lines and comments after such a table: they belong to what follows
    bool inside = false;
    bool placed = false;
    for (std::size_t at = 0; at < toml.size();) {
        const auto end = std::min(toml.find('\n', at), toml.size() - 1) + 1;
        const auto line = toml.substr(at, end - at);
        at = end;
        const auto header = headerOf(line);
        if (isOf(header, name)) {
            if (!placed) {
                out += held + block;
                placed = true;
            }
            held.clear();
            inside = true;
        } else if (!header.empty() && inside) {
            inside = false;
            out += held.empty() ? "\n" : held;
            held.clear();
        }
        if (!inside)
            out += line;
        else if (isBlankOrComment(line))
            held += line;
        else
            held.clear();
    }
    out += held;
    if (!placed && !block.empty()) {
        if (!out.empty() && !out.ends_with('\n'))
            out += '\n';
        out += "\n" + block;
    }
    return out;
}

} // namespace tocsin::base
