#include "county/config_section.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>

namespace tocsin::county::settings {

base::Place placeOf(const toml::source_region& source) {
    return {.line = source.begin.line, .column = source.begin.column};
}

void fault(const toml::node& node, std::string why, base::Code code) {
    throw Fault{{code, std::move(why), placeOf(node.source())}};
}

std::string quoted(std::string_view text) {
    return '"' + std::string(text) + '"';
}

Section::Section(const toml::node& node, std::string name) : m_name(std::move(name)), m_table(node.as_table()) {
    if (!m_table)
        fault(node, m_name + " must be a table");
}

void Section::only(std::initializer_list<std::string_view> keys) const {
    for (const auto& [key, value] : *m_table)
        if (std::find(keys.begin(), keys.end(), key.str()) == keys.end())
            throw Fault{{base::Code::malformed, "unknown key " + quoted(key.str()) + " in " + m_name,
                         placeOf(key.source())}};
}

void Section::read(std::string_view key, std::string& out) const {
    if (const auto* node = find(key))
        out = string(*node, path(key));
}

void Section::read(std::string_view key, bool& out) const {
    if (const auto* node = find(key)) {
        const auto value = node->value_exact<bool>();
        if (!value)
            fault(*node, path(key) + " must be true or false");
        out = *value;
    }
}

void Section::read(std::string_view key, double& out, double lowest, double highest) const {
    if (const auto* node = find(key)) {
        const auto value = node->value<double>();
        if (!value || node->is_boolean() || node->is_string())
            fault(*node, path(key) + " must be a number");
        if (!std::isfinite(*value) || *value < lowest || *value > highest)
            fault(*node, path(key) + " is out of range", base::Code::outOfRange);
        out = *value;
    }
}

void Section::read(std::string_view key, int& out, int lowest, int highest) const {
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

void Section::read(std::string_view key, base::Duration& out, base::Duration least) const {
    if (const auto* node = find(key)) {
        const auto value = base::TomlReader::durationOf(*node);
        if (!value)
            fault(*node, path(key) + " must be a time such as \"90s\", \"30min\", \"6h\" or \"90d\"");
        if (*value < least)
            fault(*node, path(key) + " is too short", base::Code::outOfRange);
        out = *value;
    }
}

void Section::read(std::string_view key, std::vector<std::string>& out) const {
    if (const auto* node = find(key)) {
        const auto* list = node->as_array();
        if (!list)
            fault(*node, path(key) + " must be a list");
        out.clear();
        for (const auto& item : *list)
            out.push_back(string(item, path(key)));
    }
}

void Section::read(std::string_view key, Endpoint& out) const {
    if (const auto* node = find(key)) {
        auto parsed = parseEndpoint(string(*node, path(key)));
        if (!parsed)
            fault(*node, path(key) + ": " + parsed.error().message);
        out = *parsed;
    }
}

std::string Section::string(const toml::node& node, const std::string& what) {
    const auto value = node.value_exact<std::string>();
    if (!value)
        fault(node, what + " must be a text in quotes");
    if (value->size() > 4096)
        fault(node, what + " is too long", base::Code::tooLarge);
    return *value;
}

base::LocalText localText(const toml::node& node, const std::string& what,
                          std::initializer_list<std::string_view> others) {
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

model::Position readPosition(const toml::node& node, const std::string& what) {
    const Section section(node, what);
    section.only({"latitude", "longitude"});
    double latitude = 0;
    double longitude = 0;
    section.read("latitude", latitude, -90, 90);
    section.read("longitude", longitude, -180, 180);
    return model::Position::trusted(latitude, longitude);
}

} // namespace tocsin::county::settings
