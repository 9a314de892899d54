#include "ingest/decode_tasmota.hpp"

#include "ingest/decode_sensor_json.hpp"
#include "ingest/topic_name.hpp"

#include "tocsin/base/text.hpp"

#include <algorithm>
#include <array>

// Tasmota's telemetry: tasmota.github.io/docs/MQTT and /docs/JSON-Status-Responses

namespace tocsin::ingest {

namespace {

using base::Code;

constexpr std::size_t mostLines = 100'000;

template <std::size_t N>
bool isOneOf(std::string_view word, const std::array<std::string_view, N>& words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

constexpr std::array<std::string_view, 3> prefixes{"tele", "stat", "cmnd"};

/// What Tasmota ends its topics with, in capitals: SENSOR, STATE, RESULT, STATUS8, POWER2, LWT, INFO1 …
bool isEnding(std::string_view word) {
    while (!word.empty() && word.back() >= '0' && word.back() <= '9')
        word.remove_suffix(1);
    static constexpr std::array<std::string_view, 12> endings{"SENSOR", "STATE", "RESULT",  "STATUS", "POWER", "LWT",
                                                              "INFO",   "UPTIME", "HASS_STATE", "LOGGING", "BUTTON", "SWITCH"};
    return isOneOf(word, endings);
}

/// The device's own part of a topic: what is neither tele, stat or cmnd nor the ending.
std::string deviceOf(std::string_view topic) {
    auto segments = topicSegments(topic);
    if (!segments.empty() && !segments.back().empty())
        segments.pop_back();
    std::string out;
    for (const auto segment : segments) {
        if (segment.empty() || isOneOf(segment, prefixes))
            continue;
        if (!out.empty())
            out += '/';
        out += segment;
    }
    return out;
}

/// Keeping house: how the device is, not what it measures.
bool isHousekeeping(int depth, std::string_view key) {
    static constexpr std::array<std::string_view, 13> top{"Time",  "Epoch",   "Uptime",    "UptimeSec", "Heap",
                                                          "SleepMode", "Sleep", "LoadAvg", "MqttCount", "TempUnit",
                                                          "SpeedUnit", "PressureUnit", "Berry"};
    static constexpr std::array<std::string_view, 11> inner{"AP",        "Channel",  "LinkCount", "Downtime",
                                                            "Id",        "Device",   "Endpoint",  "Endpoints",
                                                            "TotalStartTime", "Protocol", "Bits"};
    return depth == 0 ? isOneOf(key, top) : isOneOf(key, inner);
}

struct Units {
    std::string temperature;
    std::string pressure;
    std::string speed;
};

std::string unitOf(const std::string& path, std::string_view name, const Units& units) {
    // In three-phase meters a name has numbers below it: "ENERGY-Power-0".
    if (!name.empty() && name.find_first_not_of("0123456789") == std::string_view::npos) {
        const auto end = path.rfind('-');
        const auto begin = end == std::string::npos || end == 0 ? std::string::npos : path.rfind('-', end - 1);
        if (begin != std::string::npos)
            name = std::string_view(path).substr(begin + 1, end - begin - 1);
    }
    if (name == "Temperature" || name == "DewPoint")
        return units.temperature;
    if (name == "Pressure" || name == "SeaPressure")
        return units.pressure;
    if (name == "Humidity")
        return "%";
    if (name == "Illuminance")
        return "lx";
    if (name == "Vcc")
        return "V";
    if (path.find("ENERGY-") == std::string::npos)
        return {};
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 8> energy{
        {{"Power", "W"}, {"ApparentPower", "VA"}, {"ReactivePower", "var"}, {"Voltage", "V"},
         {"Current", "A"}, {"Total", "kWh"}, {"Today", "kWh"}, {"Yesterday", "kWh"}}};
    for (const auto& [known, unit] : energy)
        if (known == name)
            return std::string(unit);
    return {};
}

class TasmotaReader {
  public:
    TasmotaReader(std::string_view topic, ReadingMaker& make) : m_make(make), m_topic(topic), m_device(deviceOf(topic)) {}

    void json(const JsonTree& tree);
    void text(std::string_view payload);

  private:
    base::Time timeOfPayload(const JsonTree& tree, const JsonNode& in);
    void add(const std::string& path, base::Time time, double value, std::string unit);

    ReadingMaker& m_make;
    std::string_view m_topic;
    std::string m_device;
};

void TasmotaReader::add(const std::string& path, base::Time time, double value, std::string unit) {
    auto sensor = m_make.sensor(m_device.empty() ? path : m_device + "-" + path);
    if (sensor)
        m_make.reading(*sensor, time, value, std::move(unit));
    else
        m_make.note(sensor.error().message + ": " + ingest::quoted(path));
}

base::Time TasmotaReader::timeOfPayload(const JsonTree& tree, const JsonNode& in) {
    const auto now = m_make.source().receivedAt;
    const auto neverSet = *base::parseTime("2000-01-01T00:00:00Z");
    for (const char* key : {"Epoch", "Time"}) { // the device's own zone is in the one and not in the other
        const JsonNode* node = tree.member(&in, key);
        if (node == nullptr)
            continue;
        const auto time = timeOf(*node, m_make.source());
        if (time && *time >= neverSet)
            return *time;
        m_make.note(time ? "the device's clock was never set: taken as of now"
                         : ingest::quoted(key) + " is no time: taken as of now");
        return now;
    }
    return now;
}

void TasmotaReader::json(const JsonTree& tree) {
    const JsonNode* body = &tree.root();
    if (!body->isObject())
        throw JsonFault{base::Error{Code::malformed, "Tasmota sends JSON objects", tree.place(*body)}};
    for (const char* wrapper : {"StatusSNS", "StatusSTS"})
        if (const JsonNode* inner = tree.member(body, wrapper); inner != nullptr && inner->isObject())
            body = inner;
    const auto had = m_make.out().messages.size();
    const base::Time time = timeOfPayload(tree, *body);
    const auto symbol = [&](std::string_view key, std::string_view otherwise) {
        const auto text = tree.textOf(body, key);
        return m_make.unit(text.empty() ? otherwise : text);
    };
    Units units{symbol("TempUnit", {}), symbol("PressureUnit", {}), symbol("SpeedUnit", {})};
    if (units.temperature == "C" || units.temperature == "F")
        units.temperature.insert(0, "°");
    eachNumber(tree, *body, true, &isHousekeeping, [&](const std::string& path, std::string_view name, double value) {
        std::string unit = unitOf(path, name, units);
        add(path, time, value, m_make.unit(unit, name));
    });
    if (m_make.out().messages.size() == had)
        m_make.note("understood, with no number in it");
}

void TasmotaReader::text(std::string_view payload) {
    const auto segments = topicSegments(m_topic);
    const std::string_view ending = segments.back();
    payload = trimmed(payload);
    auto value = numberOfText(payload);
    if (!value && ending != "LWT")
        value = numberOfWord(payload);
    if (value && isOneOf(segments.front(), prefixes) && segments.front() != "cmnd")
        add(std::string(ending), m_make.source().receivedAt, *value, m_make.unit({}, ending));
    else
        m_make.note(ingest::quoted(m_topic) + " says " + ingest::quoted(payload) + ": understood, with no number in it");
}

Glimpse lineOf(std::string_view text) {
    Glimpse out;
    out.text = text;
    return out;
}

/// Puts a line's fault into the whole input.
base::Error placedIn(base::Error error, std::size_t lines, std::size_t start) {
    error.place.line = error.place.line.value_or(1) + lines;
    error.place.byte = error.place.byte.value_or(0) + start;
    if (error.place.column && error.place.line == lines + 1)
        error.place.column.reset(); // it was counted from the payload, not from the line
    return error;
}

/// "tele/x/SENSOR = {…}", "stat/x/POWER = ON", "stat/x/RESULT {…}" or a payload alone.
void readLine(std::string_view line, std::size_t lines, std::size_t start, ReadingMaker& make) {
    const auto brace = line.find('{');
    const auto space = line.find_first_of(" \t=");
    auto topic = trimmed(line.substr(0, std::min(brace, space)));
    std::string_view payload = line.substr(std::min(space == std::string_view::npos ? line.size() : space, brace));
    payload = payload.substr(std::min(payload.find_first_not_of(" \t="), payload.size()));
    if (brace != std::string_view::npos && topic.find('/') == std::string_view::npos) {
        topic = {};
        payload = line.substr(brace);
    }
    const auto offset = static_cast<std::size_t>(payload.data() - line.data());
    const auto fault = [&](base::Error error) {
        make.out().faults.push_back({placedIn(std::move(error), lines, start + offset), std::string(line)});
    };
    if (payload.starts_with('{')) {
        auto tree = JsonTree::read(payload);
        if (!tree)
            fault(std::move(tree.error()));
        else
            TasmotaReader(topic, make).json(**tree);
    } else if (!topic.empty() && isTasmotaTopic(topic)) {
        if (findControl(payload, false) == std::string_view::npos)
            TasmotaReader(topic, make).text(payload);
        else
            fault({Code::malformed, "a control character", {.line = 1, .column = {}, .byte = 0}});
    } else {
        fault({Code::malformed, "neither a topic of Tasmota's nor JSON", {.line = 1, .column = {}, .byte = 0}});
    }
}

} // namespace

bool isTasmotaTopic(std::string_view topic) {
    const auto segments = topicSegments(topic);
    if (segments.size() < 3 || !isEnding(segments.back()))
        return false;
    return std::any_of(segments.begin(), segments.end() - 1,
                       [](std::string_view segment) { return isOneOf(segment, prefixes); });
}

bool recognisesTasmota(const Glimpse& g) {
    if (g.kind == Glimpse::Kind::json && !g.isArray) {
        if (g.keys.has(0, "StatusSNS") || g.keys.has(0, "ZbReceived"))
            return true;
        // "Time" in capitals, and a block of values beside it.
        return g.keys.has(0, "Time") && !g.keys.has(0, "time") &&
               (!g.keys.at[1].empty() || g.keys.has(0, "TempUnit") || g.keys.has(0, "Uptime") || g.keys.has(0, "Switch1"));
    }
    if (g.kind != Glimpse::Kind::text)
        return false;
    const auto line = g.text.substr(0, g.text.find('\n'));
    const auto end = line.find_first_of(" \t=");
    return end != std::string_view::npos && isTasmotaTopic(line.substr(0, end));
}

base::Result<Decoded> decodeTasmota(std::string_view bytes, const Source& source) {
    Decoded out;
    out.format = Format::tasmota;
    ReadingMaker make(source, out);
    const auto body = trimmed(bytes);
    const auto firstLine = trimmed(body.substr(0, body.find('\n')));
    if (body.starts_with('{') && (firstLine.size() == body.size() || checkJson(firstLine))) {
        auto tree = JsonTree::read(bytes);
        if (!tree)
            return tl::unexpected(std::move(tree.error()));
        TasmotaReader(source.topic, make).json(**tree);
        return out;
    }
    std::size_t bad = 0;
    if (!base::isUtf8(bytes, &bad))
        return base::fail(Code::malformed, "a byte that is not UTF-8", TextLines(bytes).at(bad));
    if (!source.topic.empty() && firstLine.size() == body.size() && !recognisesTasmota(lineOf(body))) {
        TasmotaReader(source.topic, make).text(body.substr(0, 200));
        return out;
    }
    if (body.empty())
        return base::fail(Code::malformed, "nothing but blanks", {.line = 1, .column = 1, .byte = 0});
    std::size_t lines = 0;
    for (std::size_t at = 0; at < bytes.size(); ++lines) {
        if (lines >= mostLines)
            return base::fail(Code::tooLarge, "more than 100000 lines", {.line = lines, .column = {}, .byte = at});
        const auto end = std::min(bytes.find('\n', at), bytes.size());
        const auto line = bytes.substr(at, end - at);
        if (!trimmed(line).empty())
            readLine(line, lines, at, make);
        at = end + 1;
    }
    return wholeOrFirstFault(std::move(out), lines - std::min(lines, out.faults.size()));
}

} // namespace tocsin::ingest
