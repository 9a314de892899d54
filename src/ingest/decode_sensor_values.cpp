#include "ingest/decode_sensor_json.hpp"

#include "tocsin/geo/datum.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace tocsin::ingest {

using base::Code;

namespace {

constexpr std::size_t mostSensorBytes = 120;
constexpr std::size_t mostUnitBytes = 32;
constexpr std::size_t mostNotes = 20;

/// Short words must begin one: "dew" is not in "Schmiedeweg".
bool holds(std::string_view text, std::string_view word) {
    const bool isShort = word.size() <= 4 && static_cast<unsigned char>(word.front()) < 0x80;
    for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
        const auto before = at == 0 ? ' ' : text[at - 1];
        if (!isShort || !((before >= 'a' && before <= 'z') || static_cast<unsigned char>(before) >= 0x80))
            return true;
    }
    return false;
}

} // namespace

std::optional<double> numberOfWord(std::string_view word) {
    static constexpr std::array<std::string_view, 6> yes{"on", "true", "yes", "open", "wet", "alarm"};
    static constexpr std::array<std::string_view, 6> no{"off", "false", "no", "closed", "dry", "ok"};
    word = trimmed(word);
    if (word.size() > 6)
        return {};
    const std::string low = lowered(word);
    if (std::find(yes.begin(), yes.end(), low) != yes.end())
        return 1;
    if (std::find(no.begin(), no.end(), low) != no.end())
        return 0;
    return {};
}

std::optional<double> numberOfText(std::string_view text, bool decimalComma) {
    text = trimmed(text);
    if (text.starts_with('+') && text.size() > 1 && text[1] != '-')
        text.remove_prefix(1);
    if (text.empty() || text.size() > 64)
        return {};
    std::string copy(text);
    if (decimalComma && copy.find('.') == std::string::npos)
        std::replace(copy.begin(), copy.end(), ',', '.');
    double value = 0;
    const auto [end, error] = std::from_chars(copy.data(), copy.data() + copy.size(), value);
    if (error != std::errc{} || end != copy.data() + copy.size() || !std::isfinite(value))
        return {};
    return value;
}

bool meansNothing(std::string_view text) {
    text = trimmed(text);
    if (text.empty() || text.find_first_not_of('-') == std::string_view::npos)
        return true;
    static constexpr std::array<std::string_view, 9> words{"n/a",  "na",     "nan",     "null", "none",
                                                           "nodata", "no data", "missing", "unavailable"};
    return text.size() <= 11 && std::find(words.begin(), words.end(), lowered(text)) != words.end();
}

std::optional<double> numberOf(const JsonNode& node) {
    if (node.isNumber() || node.kind == JsonNode::Kind::boolean)
        return std::isfinite(node.number) ? std::optional(node.number) : std::nullopt;
    if (!node.isText())
        return {};
    if (auto number = numberOfText(node.text))
        return number;
    return numberOfWord(node.text);
}

std::optional<base::Time> timeOfNumber(double value) {
    constexpr double year1900 = -2'208'988'800;
    constexpr double year2200 = 7'258'118'400;
    const double size = std::fabs(value);
    const double unit = size < 1e11 ? 1 : size < 1e14 ? 1e3 : size < 1e17 ? 1e6 : 1e9;
    const double seconds = value / unit;
    if (!(seconds >= year1900 && seconds < year2200))
        return {};
    return base::fromUnixMicros(static_cast<std::int64_t>(std::llround(seconds * 1e6)));
}

std::optional<base::Time> timeOf(const JsonNode& node, const Source& source) {
    if (node.isNumber())
        return timeOfNumber(node.number);
    if (!node.isText())
        return {};
    const auto text = trimmed(node.text);
    if (auto time = parseTimeIn(text, source))
        return *time;
    const auto number = text.find('-', 1) == std::string_view::npos ? numberOfText(text) : std::nullopt;
    return number ? timeOfNumber(*number) : std::nullopt;
}

std::optional<model::Position> positionOf(const JsonNode* latitude, const JsonNode* longitude, const Source& source) {
    if (latitude == nullptr || longitude == nullptr)
        return {};
    const auto number = [](const JsonNode& node) {
        return node.isNumber() ? std::optional(node.number) : node.isText() ? numberOfText(node.text) : std::nullopt;
    };
    const auto lat = number(*latitude);
    const auto lon = number(*longitude);
    if (!lat || !lon || (*lat == 0 && *lon == 0)) // 0/0 is what a device says that does not know
        return {};
    const auto position = geo::normalise({*lat, *lon, source.datum});
    return position ? std::optional(*position) : std::nullopt;
}

model::SensorKind kindOf(std::string_view name, std::string_view unit) {
    const std::string low = lowered(name);
    const auto any = [&](std::initializer_list<std::string_view> words) {
        return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return holds(low, word); });
    };
    if (any({"rain", "precip", "niederschlag", "雨"}) || unit == "mm/h")
        return model::SensorKind::rain;
    if (any({"water level", "waterlevel", "water_level", "river", "stage", "gauge height", "pegel", "wasserstand", "水位"}))
        return model::SensorKind::riverLevel;
    if (any({"smoke", "rauch", "烟"}))
        return model::SensorKind::smoke;
    if (any({"displacement", "inclino", "tilt", "crack", "landslide", "soil movement", "位移"}))
        return model::SensorKind::soilMovement;
    if (any({"intensity", "seismic", "烈度"}))
        return model::SensorKind::seismicIntensity;
    if (any({"temperatur", "temp", "humidity", "wind", "pressure", "dew", "snow", "solar", "气温", "风", "湿度"}))
        return model::SensorKind::weather;
    return model::SensorKind::other;
}

std::string ReadingMaker::unit(std::string_view named, std::string_view property) const {
    const auto& units = m_source.units;
    const auto in = [&](std::string_view key) { return units.find(std::string(key)); };
    if (!property.empty())
        if (const auto found = in(property); found != units.end())
            return found->second;
    if (const auto found = in(named); found != units.end())
        return found->second;
    named = trimmed(named);
    if (named.size() > mostUnitBytes || findControl(named, false) != std::string_view::npos)
        return {};
    return std::string(named);
}

base::Result<model::SensorId> ReadingMaker::sensor(std::string_view name) const {
    name = trimmed(name);
    std::string whole = m_source.sensorPrefix + std::string(name);
    if (name.empty())
        return base::fail(Code::malformed, "a sensor without a name");
    if (whole.size() > mostSensorBytes)
        return base::fail(Code::tooLarge, "a sensor's name of more than 120 bytes");
    if (findControl(whole, false) != std::string_view::npos)
        return base::fail(Code::malformed, "a sensor's name holds a control character");
    return model::SensorId(std::move(whole));
}

void ReadingMaker::reading(const model::SensorId& sensor, base::Time time, double value, std::string unit) {
    model::Reading reading;
    reading.sensor = sensor;
    reading.time = time;
    reading.value = value;
    reading.unit = std::move(unit);
    m_out.messages.emplace_back(std::move(reading));
}

void ReadingMaker::describe(const model::SensorId& sensor, std::string_view name, model::SensorKind kind,
                            std::string unit, model::Position position) {
    model::Sensor out;
    out.id = sensor;
    out.name = findControl(name, false) == std::string_view::npos && !trimmed(name).empty()
                   ? excerpt(trimmed(name), 200)
                   : sensor.value;
    out.kind = kind;
    out.unit = std::move(unit);
    out.position = position;
    m_out.messages.emplace_back(std::move(out));
}

void ReadingMaker::note(std::string text) {
    if (m_out.deviations.size() < mostNotes)
        m_out.deviations.push_back(std::move(text));
}

} // namespace tocsin::ingest
