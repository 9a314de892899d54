#include "ingest/decode_csv_readings_table.hpp"

#include "ingest/decode_sensor_json.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace tocsin::ingest {

namespace {

using base::Code;

constexpr std::size_t mostCells = 2'000;
constexpr std::size_t mostRowBytes = 64U << 10U;

template <std::size_t N>
bool isOneOf(std::string_view word, const std::array<std::string_view, N>& words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// "Sensor ID" and "sensor_id" and "SensorID" are the same word.
std::string wordOf(std::string_view cell) {
    std::string out;
    for (const char c : lowered(trimmed(cell)))
        if (c != ' ' && c != '_' && c != '-' && c != '.' && c != '/')
            out += c;
    return out;
}

bool isSensorWord(const std::string& word) {
    static constexpr std::array<std::string_view, 22> words{
        "sensor", "sensorid", "sensorname", "station", "stationid", "stationcode", "stationno", "stationname", "id",
        "device", "deviceid", "gauge", "gaugeid", "site", "siteid", "siteno", "messstelle", "pegel", "测站", "站点", "站码", "传感器"};
    return isOneOf(word, words);
}
bool isTimeWord(const std::string& word) {
    static constexpr std::array<std::string_view, 21> words{
        "uhrzeit", "time", "datetime", "timestamp", "date", "ts", "datumzeit", "zeit", "zeitstempel", "zeitpunkt", "datum",
        "observedat", "measuredat", "observationtime", "phenomenontime", "utc", "timeutc", "datetimeutc", "时间", "日期", "观测时间"};
    return isOneOf(word, words);
}
bool isDateWord(const std::string& word) {
    return word == "date" || word == "datum" || word == "日期";
}
bool isClockWord(const std::string& word) {
    return word == "time" || word == "zeit" || word == "uhrzeit" || word == "时间";
}
bool isValueWord(const std::string& word) {
    static constexpr std::array<std::string_view, 12> words{"value", "val", "reading", "measurement", "result", "wert",
                                                            "messwert", "level", "observedvalue", "值", "数值", "观测值"};
    return isOneOf(word, words);
}
bool isUnitWord(const std::string& word) {
    static constexpr std::array<std::string_view, 6> words{"unit", "units", "uom", "einheit", "unitofmeasure", "单位"};
    return isOneOf(word, words);
}
bool isOtherWord(const std::string& word) {
    static constexpr std::array<std::string_view, 22> words{
        "category", "description", "message", "text", "title", "magnitude", "mag", "depth", "callsign", "mmsi", "speed",
        "course", "heading", "event", "eventid", "phone", "email", "address", "reporter", "incidenttitle", "incidentdate", "uid"};
    return isOneOf(word, words);
}

/// "Level [m]", "Regen (mm)": the name, and the unit in brackets.
CsvColumns::Value nameAndUnit(std::string_view cell, std::size_t index) {
    CsvColumns::Value out{index, std::string(trimmed(cell)), {}};
    const std::string_view name = out.name;
    const auto open = name.find_last_of("[(");
    if (open != std::string_view::npos && open > 0 && (name.back() == ']' || name.back() == ')')) {
        out.unit = trimmed(name.substr(open + 1, name.size() - open - 2));
        out.name = std::string(trimmed(name.substr(0, open)));
    }
    return out;
}

/// "20.11.2026", "2026/11/20", "2026-11-20", each alone or before a time of day.
std::optional<std::string> isoOf(std::string_view text, std::string& why) {
    std::array<unsigned, 3> parts{};
    const auto end = std::min(text.find_first_of(" T"), text.size());
    const std::string date(text.substr(0, end));
    int used = 0;
    char a = 0;
    char b = 0;
    if (date.size() > 10 ||
        std::sscanf(date.c_str(), "%4u%c%4u%c%4u%n", &parts[0], &a, &parts[1], &b, &parts[2], &used) != 5 ||
        static_cast<std::size_t>(used) != date.size() || a != b || (a != '.' && a != '/' && a != '-'))
        return {};
    auto [year, month, day] = parts;
    if (parts[0] < 100) {
        if (a == '/' && parts[0] <= 12 && parts[1] <= 12 && parts[0] != parts[1]) {
            why = "day or month first? A date like 2026-11-20 can only be read one way";
            return {};
        }
        year = parts[2];
        const bool monthFirst = a == '/' && parts[1] > 12;
        month = monthFirst ? parts[0] : parts[1];
        day = monthFirst ? parts[1] : parts[0];
    }
    std::string clock(trimmed(text.substr(std::min(end + 1, text.size()))));
    if (clock.empty())
        clock = "00:00";
    if (clock.size() > 1 && clock[1] == ':')
        clock.insert(0, "0");
    std::array<char, 24> out{};
    std::snprintf(out.data(), out.size(), "%04u-%02u-%02uT", year, month, day);
    return out.data() + clock;
}

} // namespace

char separatorOf(std::string_view line) {
    bool quotedCell = false;
    bool tab = false;
    bool semicolon = false;
    for (const char c : line) {
        if (c == '"')
            quotedCell = !quotedCell;
        tab = tab || (!quotedCell && c == '\t');
        semicolon = semicolon || (!quotedCell && c == ';');
    }
    return tab ? '\t' : semicolon ? ';' : ',';
}

CsvRow CsvRows::row() {
    CsvRow out;
    out.line = m_line;
    out.begin = m_at;
    out.starts.push_back(m_at);
    std::string cell;
    bool inQuotes = false;
    std::size_t at = m_at;
    for (; at < m_text.size(); ++at) {
        const char c = m_text[at];
        if (inQuotes) {
            if (c == '\n')
                ++m_line;
            if (c != '"') {
                cell += c;
            } else if (at + 1 < m_text.size() && m_text[at + 1] == '"') {
                cell += '"';
                ++at;
            } else {
                inQuotes = false;
            }
        } else if (c == '"' && trimmed(cell).empty()) {
            cell.clear();
            inQuotes = true;
        } else if (c == m_separator) {
            out.cells.push_back(std::move(cell));
            cell.clear();
            out.starts.push_back(at + 1);
        } else if (c == '\n') {
            break;
        } else if (c != '\r') {
            cell += c;
        }
        if (at - out.begin > mostRowBytes || out.cells.size() > mostCells) {
            // Not a row: on with the next line after where it began.
            out.broken = true;
            m_line = out.line;
            at = std::min(m_text.find('\n', out.begin), m_text.size());
            break;
        }
    }
    if (inQuotes && at >= m_text.size() && !out.broken) {
        out.broken = true;
        m_line = out.line;
        at = std::min(m_text.find('\n', out.begin), m_text.size());
    }
    out.cells.push_back(std::move(cell));
    out.end = at;
    m_at = std::min(at + 1, m_text.size());
    ++m_line;
    return out;
}

std::optional<CsvRow> CsvRows::next() {
    while (m_at < m_text.size()) {
        CsvRow out = row();
        const bool empty = out.cells.size() == 1 && trimmed(out.cells.front()).empty();
        if (!empty)
            return out;
    }
    return {};
}

CsvColumns columnsOf(const CsvRow& first) {
    CsvColumns out;
    std::vector<std::size_t> rest;
    std::size_t times = 0;
    for (std::size_t i = 0; i < first.cells.size(); ++i) {
        const std::string word = wordOf(nameAndUnit(first.cells[i], i).name);
        if (word == "lat" || word == "latitude" || word == "纬度") {
            out.latitude = i;
        } else if (word == "lon" || word == "lng" || word == "long" || word == "longitude" || word == "经度") {
            out.longitude = i;
        } else if (isTimeWord(word) && times < 2) {
            ++times;
            if (!out.time) {
                out.time = i;
            } else if (isDateWord(wordOf(first.cells[*out.time])) && isClockWord(word)) {
                out.clock = i;
            } else if (isDateWord(word) && isClockWord(wordOf(first.cells[*out.time]))) {
                out.clock = out.time;
                out.time = i;
            }
        } else if (isUnitWord(word) && !out.unit) {
            out.unit = i;
        } else if (isSensorWord(word) && !out.sensor) {
            out.sensor = i;
        } else if (isValueWord(word) && out.values.empty()) {
            out.values.push_back(nameAndUnit(first.cells[i], i));
        } else if (!word.empty()) {
            out.other = out.other || isOtherWord(word);
            rest.push_back(i);
        }
    }
    if (out.time && out.values.size() == 1 && (out.sensor || rest.empty()))
        return out;
    if (out.time && !out.sensor) { // a column a sensor
        for (const auto i : rest)
            out.values.push_back(nameAndUnit(first.cells[i], i));
        std::sort(out.values.begin(), out.values.end(),
                  [](const auto& a, const auto& b) { return a.index < b.index; });
        out.wide = !out.values.empty();
        return out;
    }
    if (out.time && out.sensor && out.values.empty()) { // a sensor's several values beside one another
        for (const auto i : rest)
            out.values.push_back(nameAndUnit(first.cells[i], i));
        return out;
    }
    // No header: told by what the cells hold.
    CsvColumns bare;
    bare.headless = true;
    for (std::size_t i = 0; i < first.cells.size() && first.cells.size() <= 4; ++i) {
        const auto cell = trimmed(first.cells[i]);
        if (bare.values.empty() && numberOfText(cell, true) && bare.time)
            bare.values.push_back({i, {}, {}});
        else if (!bare.time && parseTableTime(cell, {}) && !numberOfText(cell))
            bare.time = i;
        else if (!bare.sensor && !cell.empty())
            bare.sensor = i;
        else if (!bare.unit)
            bare.unit = i;
    }
    return bare.time && bare.sensor && bare.values.size() == 1 ? bare : out;
}

base::Result<base::Time> parseTableTime(std::string_view text, const Source& source) {
    text = trimmed(text);
    auto time = parseTimeIn(text, source);
    if (time)
        return time;
    std::string why;
    if (const auto iso = isoOf(text, why))
        return parseTimeIn(*iso, source);
    if (!why.empty())
        return base::fail(Code::malformed, std::move(why));
    if (const auto number = numberOfText(text); number && (*number >= 1e8 || *number == 0))
        if (const auto since = timeOfNumber(*number))
            return *since;
    return time;
}

} // namespace tocsin::ingest
