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

/// The bare key that a line sets; empty if none.
std::string_view keyOf(std::string_view line) {
    const auto first = line.find_first_not_of(" \t");
    if (first == std::string_view::npos || isBlankOrComment(line) || line.find('=') == std::string_view::npos)
        return {};
    line.remove_prefix(first);
    return line.substr(0, line.find_first_of(" \t="));
}

std::size_t lineEnd(std::string_view toml, std::size_t at) {
    const auto end = toml.find('\n', at);
    return end == std::string_view::npos ? toml.size() : end + 1;
}

/// Where a value ends that begins at `at`: a list may go over several lines, with comments in them.
std::size_t valueEnd(std::string_view toml, std::size_t at) {
    int depth = 0;
    char quote = 0;
    std::size_t end = at; ///< behind the last that is no blank
    for (; at < toml.size(); ++at) {
        const char c = toml[at];
        if (quote != 0) {
            if (c == '\\' && quote == '"')
                ++at;
            else if (c == quote)
                quote = 0;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '[' || c == '{') {
            ++depth;
        } else if (c == ']' || c == '}') {
            --depth;
        } else if (depth <= 0 && (c == '#' || c == '\n')) {
            break;
        } else if (c == '#') {
            at = lineEnd(toml, at) - 1;
            continue;
        }
        if (c != ' ' && c != '\t' && c != '\r' && c != '\n')
            end = at + 1;
    }
    return std::min(end, toml.size());
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
        const auto end = lineEnd(toml, at);
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

std::string withTomlKey(std::string_view toml, std::string_view table, std::string_view key, const std::string& value) {
    std::string out(toml);
    const std::string row = std::string(key) + " = " + value + "\n";
    bool inside = false;
    std::size_t first = std::string::npos; ///< the table's first line
    for (std::size_t at = 0; at < toml.size();) {
        const auto end = lineEnd(toml, at);
        const auto line = toml.substr(at, end - at);
        if (const auto header = headerOf(line); !header.empty()) {
            inside = header == table && line.find("[[") == std::string_view::npos;
            if (inside && first == std::string::npos)
                first = end;
        } else if (inside && keyOf(line) == key) {
            const auto from = toml.find_first_not_of(" \t", toml.find('=', at) + 1);
            const auto to = valueEnd(toml, std::min(from, toml.size()));
            if (value.empty())
                out.erase(at, lineEnd(toml, to) - at);
            else if (from < toml.size())
                out.replace(from, to - from, value);
            return out;
        }
        at = end;
    }
    if (value.empty())
        return out;
    const bool added = first == std::string::npos;
    const std::size_t where = added ? out.size() : first;
    const bool open = where > 0 && out[where - 1] != '\n';
    out.insert(where, std::string(open ? "\n" : "") + (added ? "\n[" + std::string(table) + "]\n" : "") + row);
    return out;
}

} // namespace tocsin::base
