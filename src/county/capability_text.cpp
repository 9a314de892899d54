#include "tocsin/base/toml.hpp"
#include "tocsin/base/toml_text.hpp"
#include "tocsin/county/config.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

// The tables of typing as config.toml's text, and that text changed without touching the rest of it. Here a table is a section with a line
// for each row, among which a county writes comments: so rows that stay keep their lines, and comments go with the row below them.

namespace tocsin::county {
namespace {

using base::Code;
using base::fail;

std::string keyText(std::string_view key) {
    const bool bare = !key.empty() && std::all_of(key.begin(), key.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    });
    return bare ? std::string(key) : base::tomlQuoted(key);
}

std::string namesText(const base::LocalText& name) {
    std::string out = "text = " + base::tomlQuoted(name.text);
    for (const auto& [language, text] : name.translations)
        out += ", " + keyText(language) + " = " + base::tomlQuoted(text);
    return out;
}

std::string valueText(const base::LocalText& text) {
    return text.translations.empty() ? base::tomlQuoted(text.text) : "{ " + namesText(text) + " }";
}

void put(std::string& out, const char* key, const std::string& text) {
    if (!text.empty())
        out += std::string(", ") + key + " = " + base::tomlQuoted(text);
}

std::string rowText(const CapabilityWord& word) {
    std::string out = keyText(word.code) + " = { " + namesText(word.name);
    put(out, "nims", word.nims);
    put(out, "gbt", word.gbt);
    std::string levels;
    for (const auto& level : word.levels)
        levels += (levels.empty() ? "" : ", ") + valueText(level);
    return out + (levels.empty() ? "" : ", levels = [" + levels + "]") + " }";
}

std::string rowText(const GbtCode& word) {
    std::string out = keyText(word.code) + " = { " + namesText(word.name);
    put(out, "capability", word.capability);
    put(out, "kind", word.kind);
    put(out, "supply", word.supply);
    return out + " }";
}

/// With their ends.
std::vector<std::string> linesOf(std::string_view text) {
    std::vector<std::string> out;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find('\n', at), text.size() - 1) + 1;
        out.emplace_back(text.substr(at, end - at));
        at = end;
    }
    return out;
}

/// A comment that stands behind a value that ends at this column (counted from 1 in code points), with the blanks before it.
std::string commentAfter(const std::string& line, std::size_t column) {
    std::size_t at = 0;
    for (std::size_t i = 1; i < column && at < line.size(); ++i) {
        ++at;
        while (at < line.size() && (static_cast<unsigned char>(line[at]) & 0xC0U) == 0x80U)
            ++at;
    }
    auto rest = line.substr(at);
    rest.erase(rest.find_last_not_of("\r\n") + 1);
    const auto first = rest.find_first_not_of(" \t");
    return first != std::string::npos && rest[first] == '#' ? rest : std::string();
}

/// One row as it stands in the text; lines from 0.
struct Stands {
    std::string key;
    std::size_t first{0};
    std::size_t last{0};
    std::size_t column{0}; ///< where its value ends
};

struct Wanted {
    std::string key;
    std::string text;
    bool same{false}; ///< as it stands
};

base::Error byHand() {
    return {Code::refused, "config.toml is written in a way that only a person can change: edit it by hand", {}};
}

/// The section's rows by their lines; nothing: written in another way than a line for each.
std::optional<std::vector<Stands>> rowsOf(const toml::table& section) {
    std::vector<Stands> out;
    for (const auto& [key, node] : section) {
        if (const auto* own = node.as_table(); own != nullptr && !own->is_inline())
            return std::nullopt;
        const auto& ends = node.source().end;
        if (key.source().begin.line == 0 || ends.line < key.source().begin.line)
            return std::nullopt;
        out.push_back({std::string(key.str()), key.source().begin.line - 1, ends.line - 1, ends.column});
    }
    std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (std::size_t i = 1; i < out.size(); ++i) {
        if (out[i].first <= out[i - 1].last)
            return std::nullopt;
    }
    return out;
}

base::Result<std::string> withRows(std::string_view toml, const char* name, const std::vector<Wanted>& wanted) {
    const auto root = base::parseToml(toml);
    if (!root)
        return tl::unexpected(root.error());
    const auto* node = root->get(name);
    if (node == nullptr) {
        std::string out(toml);
        if (wanted.empty())
            return out;
        out += out.empty() || out.ends_with('\n') ? "\n" : "\n\n";
        out += std::string("[") + name + "]\n";
        for (const auto& row : wanted)
            out += row.text + '\n';
        return out;
    }
    const auto* section = node->as_table();
    const auto rows = section == nullptr || section->is_inline() ? std::nullopt : rowsOf(*section);
    const auto lines = linesOf(toml);
    const std::size_t header = section == nullptr ? 0 : section->source().begin.line - 1;
    if (!rows || header >= lines.size() || lines[header].find('[') == std::string::npos ||
        (!rows->empty() && (rows->front().first <= header || rows->back().last >= lines.size())))
        return tl::unexpected(byHand());
    const std::string end = lines[header].ends_with("\r\n") ? "\r\n" : "\n";

    std::string out;
    for (std::size_t i = 0; i <= header; ++i)
        out += lines[i];
    if (!out.ends_with('\n'))
        out += end;
    // What stands above each row goes with it; what stood above one that is gone, with the next that stays.
    std::map<std::string, std::string> above;
    std::map<std::string, const Stands*> standing;
    std::string held;
    std::size_t at = header + 1;
    const auto stays = [&](const std::string& key) {
        return std::any_of(wanted.begin(), wanted.end(), [&](const auto& row) { return row.key == key; });
    };
    for (const auto& row : *rows) {
        for (; at < row.first; ++at)
            held += lines[at];
        if (stays(row.key))
            above[row.key] = std::exchange(held, {});
        standing[row.key] = &row;
        at = row.last + 1;
    }
    for (const auto& row : wanted) {
        const auto was = standing.find(row.key);
        if (was == standing.end()) {
            out += row.text + end;
            continue;
        }
        out += above[row.key];
        if (row.same) {
            for (std::size_t i = was->second->first; i <= was->second->last; ++i)
                out += lines[i];
            if (!out.ends_with('\n'))
                out += end;
        } else {
            out += row.text + commentAfter(lines[was->second->last], was->second->column) + end;
        }
    }
    out += held;
    for (; at < lines.size(); ++at)
        out += lines[at];
    return out;
}

template <typename Word>
std::vector<Wanted> wantedRows(const std::vector<Word>& before, const std::vector<Word>& after) {
    std::vector<Wanted> out;
    for (const auto& word : after)
        out.push_back({word.code, rowText(word), std::find(before.begin(), before.end(), word) != before.end()});
    return out;
}

} // namespace

base::Result<std::string> withCapabilities(std::string_view toml, const model::CapabilityTables& tables) {
    const auto config = parseConfig(toml);
    if (!config)
        return tl::unexpected(config.error());
    const auto out = withRows(toml, "capabilities", wantedRows(config->capabilities, tables.capabilities))
                         .and_then([&](const std::string& half) { return withRows(half, "gbt", wantedRows(config->codes, tables.codes)); });
    if (!out)
        return out;
    // Read back by the same reader as at the start: what it would refuse then is refused now.
    const auto read = parseConfig(*out);
    if (!read)
        return fail(Code::refused, "the capabilities cannot be put into config.toml: " + read.error().message);
    auto rest = base::parseToml(toml);
    auto after = base::parseToml(*out);
    if (!rest || !after)
        return tl::unexpected(byHand());
    for (const char* section : {"capabilities", "gbt"}) {
        rest->erase(section);
        after->erase(section);
    }
    if (model::CapabilityTables{read->capabilities, read->codes} != tables || *rest != *after)
        return tl::unexpected(byHand());
    return out;
}

} // namespace tocsin::county
