#include "tocsin/county/sensor_table.hpp"

#include "county/records_cells.hpp"
#include "tocsin/base/ascii.hpp"
#include "tocsin/base/toml.hpp"
#include "tocsin/geo/datum.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <utility>

namespace tocsin::county {

namespace {

using model::Sensor;

enum class Field : std::uint8_t { id, name, nameZh, kind, unit, place, placeZh, latitude, longitude, coordinates, silentAfter, lowest, highest, retired, none };
constexpr std::size_t fields = static_cast<std::size_t>(Field::none);
constexpr std::size_t mostText = 400;
constexpr std::string_view retiredByTable = "tocsin import sensors"; ///< where a table says that, and not why

struct Word {
    std::string_view header; ///< in small letters
    Field field;
};
constexpr std::array headers{
    Word{"id", Field::id},                   Word{"sensor", Field::id},             Word{"编号", Field::id},
    Word{"name", Field::name},               Word{"名称", Field::name},             Word{"name_zh", Field::nameZh},
    Word{"name_zh_cn", Field::nameZh},       Word{"zh_cn", Field::nameZh},          Word{"中文名称", Field::nameZh},
    Word{"kind", Field::kind},               Word{"类别", Field::kind},             Word{"unit", Field::unit},
    Word{"单位", Field::unit},               Word{"place", Field::place},           Word{"地点", Field::place},
    Word{"place_zh", Field::placeZh},        Word{"place_zh_cn", Field::placeZh},   Word{"latitude", Field::latitude},
    Word{"lat", Field::latitude},            Word{"纬度", Field::latitude},         Word{"longitude", Field::longitude},
    Word{"lon", Field::longitude},           Word{"经度", Field::longitude},        Word{"coordinates", Field::coordinates},
    Word{"坐标", Field::coordinates},        Word{"silent_after", Field::silentAfter},
    Word{"静默时限", Field::silentAfter},    Word{"lowest", Field::lowest},         Word{"最低值", Field::lowest},
    Word{"highest", Field::highest},         Word{"最高值", Field::highest},         Word{"retired", Field::retired},
    Word{"注销", Field::retired},            Word{"注销原因", Field::retired},
};

Field fieldOf(const std::string& header) {
    const auto small = base::lowerAscii(plainCell(header));
    const auto found = std::find_if(headers.begin(), headers.end(), [&](const auto& word) { return word.header == small; });
    return found == headers.end() ? Field::none : found->field;
}

/// One row's cells, by what they mean; keeps what is wrong with them.
class SensorRow {
  public:
    SensorRow(const Sheet& sheet, const std::array<std::size_t, fields>& columns, const SheetRow& row, std::vector<RowError>& errors)
        : m_sheet(sheet), m_columns(columns), m_row(row), m_errors(errors) {}

    [[nodiscard]] bool good() const { return m_good; }
    [[nodiscard]] std::string cell(Field field) const {
        const auto at = m_columns[static_cast<std::size_t>(field)];
        return at >= m_row.cells.size() ? std::string() : plainCell(m_row.cells[at]);
    }
    void wrong(Field field, std::string expected) {
        const auto at = field == Field::none ? m_sheet.header.size() : m_columns[static_cast<std::size_t>(field)];
        const bool has = at < m_sheet.header.size();
        wrong(has ? m_sheet.header[at] : std::string(), has && at < m_row.cells.size() ? m_row.cells[at] : std::string(), std::move(expected));
    }
    void wrong(std::string column, std::string value, std::string expected) {
        m_good = false;
        m_errors.push_back({0, m_row.number, std::move(column), std::move(value), std::move(expected)});
    }
    void text(Field field, std::string& to, std::size_t most) {
        const auto text = cell(field);
        if (text.empty())
            return;
        if (auto fault = textFault(text, most); !fault.empty())
            return wrong(field, std::move(fault));
        to = text == "-" ? std::string() : text;
    }
    void local(Field field, Field chinese, base::LocalText& to) {
        text(field, to.text, mostText);
        const auto before = to.translations.find("zh_CN");
        auto words = before == to.translations.end() ? std::string() : before->second;
        text(chinese, words, mostText);
        if (words.empty())
            to.translations.erase("zh_CN");
        else
            to.translations["zh_CN"] = std::move(words);
    }
    void bound(Field field, std::optional<double>& to) {
        const auto text = cell(field);
        if (text.empty())
            return;
        if (text == "-")
            return to.reset();
        const auto read = numberCell(text, -model::mostMeasured, model::mostMeasured);
        if (!read.value)
            return wrong(field, read.expected);
        to = read.value;
    }
    void duration(Field field, std::optional<base::Duration>& to) {
        auto text = cell(field);
        if (text.empty())
            return;
        if (text == "-")
            return to.reset();
        std::erase(text, ' ');
        auto read = base::parseDuration(text);
        if (!read)
            read = base::parseDuration(text + "s"); // as in config.toml: a number is seconds
        if (!read || *read <= base::Duration{0})
            return wrong(field, "a time such as 90s, 30min, 6h or 2d");
        to = read;
    }
    /// Why, or yes; no or - is brought back. One that is retired already stays so for the reason that it has.
    void retired(std::string& to) {
        constexpr std::array yes{"yes", "true", "1", "是"};
        constexpr std::array no{"-", "no", "false", "0", "否"};
        const auto text = cell(Field::retired);
        if (text.empty())
            return;
        if (auto fault = textFault(text, mostText); !fault.empty())
            return wrong(Field::retired, std::move(fault));
        const auto small = base::lowerAscii(text);
        if (std::find(no.begin(), no.end(), small) != no.end())
            to.clear();
        else if (to.empty())
            to = std::find(yes.begin(), yes.end(), small) != yes.end() ? std::string(retiredByTable) : text;
    }
    [[nodiscard]] std::optional<model::Position> position(model::Datum datum) {
        if (const auto text = cell(Field::coordinates); !text.empty()) {
            const auto read = coordinatesCell(text, datum);
            if (!read.value)
                wrong(Field::coordinates, read.expected);
            return read.value;
        }
        const auto latitude = cell(Field::latitude);
        const auto longitude = cell(Field::longitude);
        if (latitude.empty() && longitude.empty())
            return std::nullopt;
        if (latitude.empty() || longitude.empty()) {
            wrong(latitude.empty() ? Field::latitude : Field::longitude, "both latitude and longitude");
            return std::nullopt;
        }
        const auto lat = numberCell(latitude, -90, 90);
        const auto lon = numberCell(longitude, -180, 180);
        if (!lat.value)
            wrong(Field::latitude, lat.expected);
        if (!lon.value)
            wrong(Field::longitude, lon.expected);
        if (!lat.value || !lon.value)
            return std::nullopt;
        const auto moved = geo::normalise({*lat.value, *lon.value, datum});
        if (!moved) {
            wrong(Field::latitude, "a place on earth");
            return std::nullopt;
        }
        return *moved;
    }

  private:
    const Sheet& m_sheet;
    const std::array<std::size_t, fields>& m_columns;
    const SheetRow& m_row;
    std::vector<RowError>& m_errors;
    bool m_good{true};
};

/// Position as written in a table, which has fewer digits than one from a map.
bool isSamePlace(const model::Position& a, const model::Position& b) {
    constexpr double sameDegrees = 5e-8;
    return std::abs(a.latitude() - b.latitude()) < sameDegrees && std::abs(a.longitude() - b.longitude()) < sameDegrees;
}

void read(SensorRow& row, Sensor& sensor, bool isNew, model::Datum datum) {
    row.local(Field::name, Field::nameZh, sensor.name);
    row.local(Field::place, Field::placeZh, sensor.place);
    row.text(Field::unit, sensor.unit, model::mostSensorUnit);
    row.bound(Field::lowest, sensor.lowest);
    row.bound(Field::highest, sensor.highest);
    row.duration(Field::silentAfter, sensor.silentAfter);
    row.retired(sensor.retired);
    if (const auto word = row.cell(Field::kind); !word.empty() || isNew) {
        if (const auto kind = model::sensorKindFrom(word))
            sensor.kind = *kind;
        else
            row.wrong(Field::kind, "riverLevel, rain, soilMovement, seismicIntensity, smoke, weather or other");
    }
    const bool good = row.good();
    const auto at = row.position(datum);
    if (at && (isNew || !isSamePlace(*at, sensor.position)))
        sensor.position = *at;
    if (!at && isNew && good && row.good())
        row.wrong(Field::latitude, "coordinates: the sensor is new");
    if (sensor.lowest && sensor.highest && *sensor.lowest >= *sensor.highest)
        row.wrong(Field::lowest, "less than the highest");
}

} // namespace

base::Result<SensorImport>
importSensors(const Sheet& sheet, const std::map<model::SensorId, Sensor>& present, model::Datum datum,
              const std::function<std::optional<SensorFault>(const Sensor& sensor, const Sensor* before)>& fault) {
    SensorImport out;
    std::array<std::size_t, fields> columns{};
    columns.fill(sheet.header.size());
    for (std::size_t i = 0; i < sheet.header.size(); ++i) {
        const auto field = fieldOf(sheet.header[i]);
        if (field == Field::none) {
            out.unused.push_back(sheet.header[i]);
            continue;
        }
        auto& column = columns[static_cast<std::size_t>(field)];
        if (column < sheet.header.size())
            return base::fail(base::Code::malformed, sheet.name + ": the columns '" + sheet.header[column] + "' and '" + sheet.header[i] +
                                                         "' mean the same");
        column = i;
    }
    if (columns[static_cast<std::size_t>(Field::id)] == sheet.header.size())
        return base::fail(base::Code::malformed, sheet.name + " has no column 'id'");
    std::map<model::SensorId, std::size_t> rowOf;
    out.rows = sheet.rows.size();
    for (const auto& cells : sheet.rows) {
        SensorRow row(sheet, columns, cells, out.errors);
        Sensor sensor;
        const Sensor* before = nullptr;
        if (cells.ragged)
            row.wrong(Field::none, "as many cells as the header has");
        sensor.id = model::SensorId(row.cell(Field::id));
        if (sensor.id.value.empty() || sensor.id.value == "-")
            row.wrong(Field::id, "the id under which its readings come");
        else if (auto bad = textFault(sensor.id.value, model::mostSensorId); !bad.empty())
            row.wrong(Field::id, std::move(bad));
        else if (const auto [at, isFirst] = rowOf.emplace(sensor.id, cells.number); !isFirst)
            row.wrong(Field::id, "each sensor once: row " + std::to_string(at->second) + " has it");
        if (row.good()) {
            if (const auto known = present.find(sensor.id); known != present.end()) {
                before = &known->second;
                sensor = *before;
            }
            read(row, sensor, before == nullptr, datum);
            if (sensor.name.text.empty())
                sensor.name.text = sensor.id.value;
        }
        const bool same = before != nullptr && sensor == *before;
        if (row.good() && !same && fault)
            if (const auto more = fault(sensor, before))
                row.wrong(more->column, {}, more->expected);
        if (!row.good()) {
            ++out.badRows;
            continue;
        }
        if (same) {
            ++out.same;
            continue;
        }
        ++(before == nullptr ? out.added : out.changed);
        if (before != nullptr)
            out.seen.push_back(*before);
        out.sensors.push_back(std::move(sensor));
        out.rowOf.push_back(cells.number);
    }
    return out;
}

std::string sensorTable(const std::map<model::SensorId, Sensor>& sensors) {
    const auto bound = [](const std::optional<double>& value) { return value ? numberText(*value) : std::string(); };
    const auto chinese = [](const base::LocalText& text) {
        const auto found = text.translations.find("zh_CN");
        return found == text.translations.end() ? std::string() : found->second;
    };
    const auto degrees = [](double value) {
        char out[32];
        std::snprintf(out, sizeof out, "%.7f", value);
        return std::string(out);
    };
    const auto silence = [](const std::optional<base::Duration>& time) {
        return time ? std::to_string(std::chrono::duration_cast<std::chrono::seconds>(*time).count()) + "s" : std::string();
    };
    std::string out = "\xEF\xBB\xBF" + csvLine({"id", "name", "name_zh", "kind", "unit", "place", "place_zh", "latitude", "longitude",
                                                "silent_after", "lowest", "highest", "retired"});
    for (const auto& [id, s] : sensors)
        out += csvLine({id.value, s.name.text, chinese(s.name), std::string(toString(s.kind)), s.unit, s.place.text, chinese(s.place),
                        degrees(s.position.latitude()), degrees(s.position.longitude()), silence(s.silentAfter), bound(s.lowest),
                        bound(s.highest), s.retired});
    return out;
}

std::string readingsTable(std::span<const model::Reading> readings) {
    using model::Reading;
    if (readings.empty())
        return csvLine({"sensor", "time", "received", "value", "unit", "flags"});
    constexpr std::pair<Reading::Flag, const char*> words[] = {
        {Reading::ahead, "ahead"}, {Reading::fromFuture, "from-future"}, {Reading::fromFarPast, "from-far-past"}, {Reading::ofRetired, "retired"},
        {Reading::corrected, "corrected"}, {Reading::superseded, "superseded"}};
    std::string out;
    for (const auto& reading : readings) {
        std::string flags;
        for (const auto& [flag, word] : words) {
            if ((reading.flags & flag) != 0)
                flags.append(flags.empty() ? "" : "+").append(word);
        }
        out += csvLine({reading.sensor.value, base::formatTime(reading.time), base::formatTime(reading.received), numberText(reading.value),
                        reading.unit, flags});
    }
    return out;
}

} // namespace tocsin::county
