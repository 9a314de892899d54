#include "map/style.hpp"

#include "embedded/map_style.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numbers>
#include <optional>

namespace tocsin::map {
namespace {

std::optional<double> numberIn(std::string_view text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

std::string_view trimmed(std::string_view text) {
    const std::size_t from = text.find_first_not_of(" \t\r");
    if (from == std::string_view::npos)
        return {};
    return text.substr(from, text.find_last_not_of(" \t\r") - from + 1);
}

// A quarter of a zoom of room, so that what is meant "from zoom 13" holds at 13 whatever the rounding.
double denominatorAbove(double zoom) {
    constexpr double worldMetres = 2.0 * std::numbers::pi * 6'378'137.0;
    constexpr double standardPixel = 0.00028; // metres, OGC 05-078r4
    return worldMetres / (tileSize * std::exp2(zoom - 0.25)) / standardPixel;
}

} // namespace

StyleSheet builtInStyle() {
    StyleSheet sheet;
    for (const auto& file : embedded::map_style()) {
        if (file.name == "style.xml")
            sheet.xml = file.bytes;
        else if (file.name == "dark.palette")
            sheet.dark = file.bytes;
        else if (file.name == "light.palette")
            sheet.light = file.bytes;
    }
    return sheet;
}

base::Result<std::map<std::string, std::string>> parsePalette(std::string_view text) {
    std::map<std::string, std::string> palette;
    std::uint64_t number = 0;
    while (!text.empty()) {
        ++number;
        const std::size_t end = text.find('\n');
        const std::string_view line = trimmed(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (line.empty() || line.starts_with("//"))
            continue;
        const std::size_t blank = line.find_first_of(" \t");
        if (blank == std::string_view::npos)
            return base::fail(base::Code::malformed, "a line of a map palette is a name and a value",
                              {.line = number, .column = {}, .byte = {}});
        palette.emplace(line.substr(0, blank), trimmed(line.substr(blank)));
    }
    return palette;
}

base::Result<std::string> fillStyle(std::string_view xml, const std::map<std::string, std::string>& palette) {
    std::string out;
    std::size_t at = 0;
    while (true) {
        const std::size_t open = xml.find("{{", at);
        if (open == std::string_view::npos)
            break;
        const std::size_t close = xml.find("}}", open);
        if (close == std::string_view::npos)
            return base::fail(base::Code::malformed, "a {{ of the map style is not closed",
                              {.line = {}, .column = {}, .byte = open});
        out += xml.substr(at, open - at);
        const std::string name(xml.substr(open + 2, close - open - 2));
        const auto zoom = name.starts_with('z') ? numberIn(std::string_view(name).substr(1)) : std::nullopt;
        if (const auto found = palette.find(name); found != palette.end())
            out += found->second;
        else if (zoom)
            out += std::to_string(denominatorAbove(*zoom));
        else
            return base::fail(base::Code::malformed, "the map palette has no \"" + name + "\"",
                              {.line = {}, .column = {}, .byte = open});
        at = close + 2;
    }
    out += xml.substr(at);
    return out;
}

base::Result<WidthStops> WidthStops::parse(std::string_view text) {
    WidthStops result;
    while (!(text = trimmed(text)).empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        const std::string_view stop = text.substr(0, end);
        text.remove_prefix(end);
        const std::size_t colon = stop.find(':');
        const auto zoom = colon == std::string_view::npos ? std::nullopt : numberIn(stop.substr(0, colon));
        const auto width = colon == std::string_view::npos ? std::nullopt : numberIn(stop.substr(colon + 1));
        if (!zoom || !width || *width <= 0 || (!result.m_stops.empty() && *zoom <= result.m_stops.back().first))
            return base::fail(base::Code::malformed,
                              "\"" + std::string(stop) + "\" is not a stop of a map style's width");
        result.m_stops.emplace_back(*zoom, *width);
    }
    if (result.m_stops.empty())
        return base::fail(base::Code::malformed, "a width of the map style has no stops");
    return result;
}

double WidthStops::at(double zoom) const {
    if (zoom <= m_stops.front().first)
        return m_stops.front().second;
    for (std::size_t i = 1; i < m_stops.size(); ++i) {
        const auto& [z0, w0] = m_stops[i - 1];
        const auto& [z1, w1] = m_stops[i];
        if (zoom <= z1)
            return w0 * std::pow(w1 / w0, (zoom - z0) / (z1 - z0));
    }
    return m_stops.back().second;
}

} // namespace tocsin::map
