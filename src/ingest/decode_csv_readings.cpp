#include "ingest/decode_csv_readings.hpp"

#include "ingest/decode_csv_readings_table.hpp"
#include "ingest/decode_report_csv.hpp"
#include "ingest/decode_sensor_json.hpp"
#include "tocsin/base/text.hpp"

#include <algorithm>
#include <set>

namespace tocsin::ingest {

namespace {

using base::Code;

constexpr std::size_t mostReadings = 1'000'000;
constexpr std::size_t mostFaults = 10'000;

/// Where the table begins: after a byte order mark and lines of comment.
std::size_t beginOf(std::string_view text) {
    std::size_t at = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    while (at < text.size()) {
        const auto end = std::min(text.find('\n', at), text.size());
        const auto line = trimmed(text.substr(at, end - at));
        if (!line.empty() && line.front() != '#')
            break;
        at = std::min(end + 1, text.size());
    }
    return at;
}

class TableReader {
  public:
    TableReader(std::string_view bytes, const Source& source)
        : m_bytes(bytes), m_lines(bytes), m_make(source, m_out), m_begin(beginOf(bytes)),
          m_text(bytes.substr(m_begin)), m_separator(separatorOf(m_text.substr(0, m_text.find('\n')))) {
        m_out.format = Format::readingsCsv;
    }
    base::Result<Decoded> read();

  private:
    struct RowFault {
        base::Error error;
    };
    [[noreturn]] void fail(const CsvRow& row, std::size_t cell, std::string message, Code code = Code::malformed) const {
        const auto at = m_begin + (cell < row.starts.size() ? row.starts[cell] : row.begin);
        throw RowFault{base::Error{code, std::move(message), m_lines.at(at)}};
    }
    [[nodiscard]] std::string_view cell(const CsvRow& row, std::optional<std::size_t> index) const {
        return index && *index < row.cells.size() ? trimmed(row.cells[*index]) : std::string_view();
    }
    void readRow(const CsvRow& row);
    void readValue(const CsvRow& row, CsvColumns::Value& column, base::Time time);
    [[nodiscard]] base::Time timeOfRow(const CsvRow& row) const;
    [[nodiscard]] std::string nameOf(const CsvRow& row, const CsvColumns::Value& column) const;

    std::string_view m_bytes;
    TextLines m_lines;
    Decoded m_out;
    ReadingMaker m_make;
    std::size_t m_begin;
    std::string_view m_text;
    char m_separator;
    CsvColumns m_columns;
    std::set<std::size_t> m_numeric; ///< columns that have held a number
    std::set<std::string, std::less<>> m_described;
};

base::Time TableReader::timeOfRow(const CsvRow& row) const {
    std::string text(cell(row, m_columns.time));
    if (text.empty())
        fail(row, *m_columns.time, "a row without a time");
    if (m_columns.clock)
        text.append(" ").append(cell(row, m_columns.clock));
    const auto time = parseTableTime(text, m_make.source());
    if (!time)
        fail(row, *m_columns.time, ingest::quoted(text) + " is not a time: " + time.error().message, time.error().code);
    return *time;
}

std::string TableReader::nameOf(const CsvRow& row, const CsvColumns::Value& column) const {
    if (m_columns.wide)
        return column.name;
    std::string name(m_columns.sensor ? std::string(cell(row, m_columns.sensor)) : m_make.source().topic);
    if (name.empty() && !m_columns.sensor)
        return column.name;
    if (name.empty())
        fail(row, *m_columns.sensor, "a row that names no sensor");
    return m_columns.values.size() > 1 ? name + "-" + column.name : name;
}

void TableReader::readValue(const CsvRow& row, CsvColumns::Value& column, base::Time time) {
    const auto text = cell(row, column.index);
    const bool several = m_columns.values.size() > 1;
    if (meansNothing(text)) {
        if (!several)
            fail(row, column.index, text.empty() ? "a row without a value" : "the value is " + ingest::quoted(text));
        return;
    }
    auto value = numberOfText(text, m_separator != ',');
    if (!value)
        value = numberOfWord(text);
    if (!value) {
        if (several && !m_numeric.contains(column.index)) {
            m_make.note("the column " + ingest::quoted(column.name) + " holds texts: passed over");
            column.name.clear();
            return;
        }
        fail(row, column.index, ingest::quoted(text) + " is not a number");
    }
    m_numeric.insert(column.index);
    const auto sensor = m_make.sensor(nameOf(row, column));
    if (!sensor)
        fail(row, m_columns.sensor.value_or(column.index), sensor.error().message, sensor.error().code);
    const auto named = cell(row, m_columns.unit);
    std::string unit = m_make.unit(named.empty() ? std::string_view(column.unit) : named, column.name);
    if (m_columns.latitude && m_columns.longitude && m_described.insert(sensor->value).second) {
        JsonNode lat;
        JsonNode lon;
        lat.kind = lon.kind = JsonNode::Kind::text;
        const auto latText = cell(row, m_columns.latitude);
        const auto lonText = cell(row, m_columns.longitude);
        lat.text = latText;
        lon.text = lonText;
        if (const auto position = positionOf(&lat, &lon, m_make.source()))
            m_make.describe(*sensor, sensor->value, kindOf(column.name, unit), unit, *position);
    }
    m_make.reading(*sensor, time, *value, std::move(unit));
}

void TableReader::readRow(const CsvRow& row) {
    if (row.broken)
        fail(row, 0, "a row whose quotes do not end, or of more than 65536 bytes", Code::tooLarge);
    const auto needed = std::max(m_columns.time.value_or(0), m_columns.values.front().index);
    if (row.cells.size() <= needed)
        fail(row, row.cells.size() - 1,
             "a row of " + std::to_string(row.cells.size()) + " cells where " + std::to_string(needed + 1) + " are needed");
    const base::Time time = timeOfRow(row);
    for (auto& column : m_columns.values)
        if (!column.name.empty() || m_columns.values.size() == 1)
            readValue(row, column, time);
}

base::Result<Decoded> TableReader::read() {
    std::size_t bad = 0;
    if (!base::isUtf8(m_bytes, &bad))
        return base::fail(Code::malformed, "a byte that is not UTF-8", m_lines.at(bad));
    CsvRows rows(m_text, m_separator);
    auto row = rows.next();
    if (!row)
        return base::fail(Code::malformed, "no row in the table", m_lines.at(m_begin));
    m_columns = columnsOf(*row);
    if (!m_columns.time || m_columns.values.empty())
        return base::fail(Code::malformed,
                          !m_columns.time ? "no column of the table is called time, datetime, timestamp or the like"
                                          : "no column of the table holds values",
                          m_lines.at(m_begin));
    if (!m_columns.headless)
        row = rows.next();
    for (; row; row = rows.next()) {
        const auto had = m_out.messages.size();
        try {
            readRow(*row);
        } catch (RowFault& fault) {
            m_out.messages.resize(had);
            if (m_out.faults.size() >= mostFaults)
                return base::fail(Code::tooLarge, "more than 10000 rows that are no readings; here: " + fault.error.message,
                                  fault.error.place);
            m_out.faults.push_back(
                {std::move(fault.error), std::string(m_text.substr(row->begin, row->end - row->begin))});
        }
        if (m_out.messages.size() > mostReadings)
            return base::fail(Code::tooLarge, "more than a million readings in one table", m_lines.at(m_begin + row->begin));
    }
    if (m_out.messages.empty() && m_out.faults.empty())
        m_make.note("a table without rows");
    return std::move(m_out);
}

/// Of citizens' reports, where numbers stand beside what was told. What names its sensors is measured.
bool isOfReports(const CsvRow& heading, const CsvColumns& columns) {
    if (columns.headless || (columns.sensor && lowered(trimmed(heading.cells[*columns.sensor])) != "id"))
        return false;
    const bool isMeasured = columns.unit || std::any_of(columns.values.begin(), columns.values.end(), [](const auto& column) {
                                const auto kind = kindOf(column.name, column.unit);
                                return !column.unit.empty() || kind == model::SensorKind::rain || kind == model::SensorKind::riverLevel;
                            });
    return headsReports(heading.cells, isMeasured);
}

} // namespace

bool recognisesReadingsCsv(const Glimpse& g) {
    if (g.kind != Glimpse::Kind::text)
        return false;
    const auto text = g.text.substr(beginOf(g.text));
    const auto line = text.substr(0, text.find('\n'));
    if (line.size() > 8'192 || line.empty())
        return false;
    CsvRows rows(text.substr(0, 16'384), separatorOf(line));
    const auto first = rows.next();
    if (!first || first->broken || first->cells.size() < 2)
        return false;
    const CsvColumns columns = columnsOf(*first);
    if (!columns.time || columns.values.empty() || columns.other)
        return false;
    if (columns.headless)
        return first->cells.size() >= 3;
    if (isOfReports(*first, columns))
        return false;
    if (columns.sensor && columns.values.size() == 1)
        return true;
    // Anything may stand beside a time: it must look like numbers.
    const auto second = rows.next();
    if (!second || second->cells.size() <= *columns.time || columns.latitude || columns.longitude)
        return false;
    const bool timed = columns.clock || parseTableTime(second->cells[*columns.time], {}).has_value();
    return timed && std::any_of(columns.values.begin(), columns.values.end(), [&](const auto& column) {
               return column.index < second->cells.size() && numberOfText(second->cells[column.index], true);
           });
}

bool isReadingsHeading(std::string_view line) {
    line.remove_prefix(beginOf(line));
    if (line.empty() || line.size() > 8'192)
        return false;
    const auto row = CsvRows(line, separatorOf(line)).next();
    if (!row || row->broken || row->cells.size() < 2)
        return false;
    const CsvColumns columns = columnsOf(*row);
    const bool oneEach = columns.sensor && columns.values.size() == 1;
    return columns.time && !columns.values.empty() && !columns.headless && !columns.other && !isOfReports(*row, columns) &&
           (oneEach || (!columns.latitude && !columns.longitude));
}

base::Result<Decoded> decodeReadingsCsv(std::string_view bytes, const Source& source) {
    return TableReader(bytes, source).read();
}

} // namespace tocsin::ingest
