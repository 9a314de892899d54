#include "decode_waterml_series.hpp"

#include "decode_place.hpp"

#include "tocsin/geo/datum.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace tocsin::ingest::water {

using base::Code;
using model::SensorKind;

namespace {

constexpr std::size_t mostDeviations = 100;
constexpr std::size_t mostFaults = 10'000;

struct Pair {
    std::string_view from;
    std::string_view to;
};

/// Services' names of units that UDUNITS does not know, in lower case.
constexpr std::array<Pair, 22> unitNames{{{"deg c", "°C"},
                                          {"degc", "°C"},
                                          {"degree celsius", "°C"},
                                          {"degrees celsius", "°C"},
                                          {"deg f", "°F"},
                                          {"degf", "°F"},
                                          {"masd", "m"},
                                          {"maod", "m"},
                                          {"maodn", "m"},
                                          {"mbdat", "m"},
                                          {"metres", "m"},
                                          {"meters", "m"},
                                          {"feet", "ft"},
                                          {"cfs", "ft3/s"},
                                          {"cubic feet per second", "ft3/s"},
                                          {"cumecs", "m3/s"},
                                          {"inches", "in"},
                                          {"millimetres", "mm"},
                                          {"us/cm @25c", "uS/cm"},
                                          {"milligrams per liter", "mg/L"},
                                          {"unitless", "1"},
                                          {"std units", "1"}}};

constexpr std::array<Pair, 22> parameterUnits{
    {{"00060", "ft3/s"}, {"00061", "ft3/s"}, {"00065", "ft"},    {"00062", "ft"},     {"00072", "m"},    {"00010", "°C"},
     {"00020", "°C"},    {"00045", "in"},    {"00055", "ft/s"},  {"00095", "uS/cm"},  {"00300", "mg/L"}, {"00400", "1"},
     {"00480", "1e-3"},  {"62610", "ft"},    {"62611", "ft"},    {"62614", "ft"},     {"62615", "ft"},   {"63160", "ft"},
     {"72019", "ft"},    {"72020", "ft"},    {"72255", "ft/s"},  {"80154", "mg/L"}}};

bool isCode(std::string_view text) {
    return text.size() == 5 && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool hasAny(std::string_view text, std::initializer_list<std::string_view> words) {
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

} // namespace

std::optional<double> numberIn(std::string_view text) {
    text = trimmed(text);
    if (text.starts_with('+') && !text.starts_with("+-"))
        text.remove_prefix(1);
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

std::string idPart(std::string_view text, std::size_t most) {
    std::string out = excerpt(trimmed(text), most);
    for (char& c : out)
        if (c == ' ' || c == '/' || c == '"' || c == '\\')
            c = '-';
    return out;
}

std::string nameOf(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size() && out.size() < 200;) {
        unsigned code = 0;
        const auto end = text.find(';', i);
        if (text.substr(i).starts_with("&#") && end != std::string_view::npos && end - i < 9) {
            const auto [last, error] = std::from_chars(text.data() + i + 2, text.data() + end, code);
            if (error == std::errc() && last == text.data() + end && code >= 0xA0 && code < 0x800) {
                out += static_cast<char>(0xC0U | (code >> 6U));
                out += static_cast<char>(0x80U | (code & 0x3FU));
                i = end + 1;
                continue;
            }
        }
        out += text[i++];
    }
    return excerpt(trimmed(out), 200);
}

bool isFlag(std::string_view text) {
    static constexpr std::array<std::string_view, 20> flags{"",    "ice", "eqp", "***", "--",  "ssn", "bkw", "rat", "dis", "mnt",
                                                            "fld", "zfl", "dry", "pmp", "tst", "dcv", "nan", "m",   "null", "n/a"};
    const auto low = lowered(trimmed(text));
    return std::find(flags.begin(), flags.end(), low) != flags.end() || low.ends_with("_ice") || low.ends_with("_eqp");
}

bool spoilsValue(std::string_view qualifier) {
    static constexpr std::array<std::string_view, 12> flags{"ice", "eqp", "***", "--", "ssn", "bkw", "rat", "dis", "mnt", "fld", "tst", "dcv"};
    const auto low = lowered(trimmed(qualifier));
    return std::find(flags.begin(), flags.end(), low) != flags.end();
}

std::string unitOf(std::string_view named, std::string_view quantity, const Source& source) {
    const std::string name(trimmed(named));
    if (const auto own = source.units.find(name); own != source.units.end())
        return own->second;
    if (const auto own = source.units.find(std::string(quantity)); own != source.units.end())
        return own->second;
    const auto low = lowered(name);
    for (const auto& one : unitNames)
        if (one.from == low)
            return std::string(one.to);
    return name.size() > 32 || findControl(name, false) != std::string_view::npos ? std::string() : name;
}

std::string_view unitOfParameter(std::string_view code) {
    for (const auto& one : parameterUnits)
        if (one.from == code)
            return one.to;
    return {};
}

SensorKind kindOf(std::string_view codeOrWords) {
    if (isCode(codeOrWords)) {
        static constexpr std::array<std::string_view, 13> levels{"00062", "00065", "00072", "30207", "62600", "62610", "62611",
                                                                 "62614", "62615", "63158", "63160", "72019", "72020"};
        if (std::find(levels.begin(), levels.end(), codeOrWords) != levels.end())
            return SensorKind::riverLevel;
        if (codeOrWords == "00045" || codeOrWords == "00046")
            return SensorKind::rain;
        static constexpr std::array<std::string_view, 6> weather{"00020", "00021", "00025", "00035", "00036", "00052"};
        return std::find(weather.begin(), weather.end(), codeOrWords) != weather.end() ? SensorKind::weather : SensorKind::other;
    }
    const auto low = lowered(codeOrWords);
    if (hasAny(low, {"rain", "precip"}))
        return SensorKind::rain;
    if (hasAny(low, {"discharge", "flow", "velocity", "storage", "temperature, water"}))
        return SensorKind::other;
    if (hasAny(low, {"gage height", "gauge height", "level", "stage", "elevation", "tide"}))
        return SensorKind::riverLevel;
    if (hasAny(low, {"wind", "air temperature", "temperature, air", "humidity", "barometric", "air pressure"}))
        return SensorKind::weather;
    return SensorKind::other;
}

base::Result<base::Time> timeIn(std::string_view text, const Source& source) {
    text = trimmed(text);
    if (text.size() == 10 && text[4] == '-' && text[7] == '-')
        return parseTimeIn(std::string(text) + "T00:00:00", source);
    return parseTimeIn(text, source);
}

void Gathered::sensor(model::Sensor sensor, std::optional<model::Position> position) {
    sensor.id.value.insert(0, m_source.sensorPrefix);
    if (!m_ids.insert(sensor.id.value).second)
        return;
    if (!position) {
        ++m_unplaced;
        return;
    }
    sensor.position = *position;
    m_out.messages.emplace_back(std::move(sensor));
}

void Gathered::reading(std::string id, base::Time time, double value, std::string unit) {
    model::Reading reading;
    reading.sensor.value = m_source.sensorPrefix + id;
    reading.time = time;
    reading.value = value;
    reading.unit = std::move(unit);
    m_out.messages.emplace_back(std::move(reading));
}

void Gathered::flagged(std::string_view text, const base::Place& place) {
    if (++m_flagged == 1)
        m_firstFlag = placed(place, trimmed(text).empty() ? std::string("nothing") : quoted(trimmed(text), 20));
}

void Gathered::deviate(std::string text) {
    if (m_out.deviations.size() < mostDeviations)
        m_out.deviations.push_back(std::move(text));
}

void Gathered::fault(base::Error error, std::string_view bytes) {
    if (m_out.faults.size() < mostFaults)
        m_out.faults.push_back({std::move(error), std::string(bytes)});
}

void Gathered::described(std::size_t count, std::string_view what) {
    if (count > 0)
        deviate(std::to_string(count) + " " + std::string(what));
}

base::Result<Decoded> Gathered::finish() {
    if (m_flagged > 0)
        m_out.deviations.push_back(std::to_string(m_flagged) +
                                   " values are flagged as missing, ice or out of order and are no readings; the first: " +
                                   m_firstFlag);
    if (m_unplaced > 0)
        m_out.deviations.push_back(std::to_string(m_unplaced) +
                                   " series come without a position: their sensors must be in the register");
    if (m_out.messages.empty() && !m_out.faults.empty())
        return tl::unexpected(std::move(m_out.faults.front().error));
    return std::move(m_out);
}

} // namespace tocsin::ingest::water
