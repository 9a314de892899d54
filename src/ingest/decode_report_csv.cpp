#include "decode_report_csv.hpp"

#include "decode_report_text.hpp"
#include "xml_text.hpp"

#include "tocsin/base/text.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace tocsin::ingest {

using base::Code;
using model::Report;

namespace {

constexpr std::size_t mostRows = 100'000;
constexpr std::size_t mostColumns = 200;

struct Cell {
    std::string text; ///< trimmed
    std::size_t offset{0};
};

/// Reads a table row by row. Quoted cells may hold line ends; a quote that is never closed ends with the table.
class TableReader {
  public:
    TableReader(std::string_view text, char separator) : m_text(text), m_separator(separator) {}

    [[nodiscard]] bool atEnd() const { return m_at >= m_text.size(); }
    [[nodiscard]] std::size_t offset() const { return m_at; }
    [[nodiscard]] bool unclosed() const { return m_unclosed; }

    std::vector<Cell> row() {
        std::vector<Cell> cells;
        for (;;) {
            Cell cell;
            const bool more = readCell(cell);
            if (cells.size() < mostColumns)
                cells.push_back(std::move(cell));
            if (!more)
                return cells;
        }
    }

  private:
    /// True if another cell of the row follows.
    bool readCell(Cell& cell) {
        while (m_at < m_text.size() && m_text[m_at] == ' ')
            ++m_at;
        cell.offset = m_at;
        std::string text;
        if (m_at < m_text.size() && m_text[m_at] == '"') {
            ++m_at;
            for (;;) {
                const auto quote = m_text.find('"', m_at);
                if (quote == std::string_view::npos) {
                    m_unclosed = true;
                    text.append(m_text.substr(m_at));
                    m_at = m_text.size();
                    break;
                }
                text.append(m_text.substr(m_at, quote - m_at));
                m_at = quote + 1;
                if (m_at >= m_text.size() || m_text[m_at] != '"')
                    break;
                text += '"';
                ++m_at;
            }
        }
        const auto end = std::min(m_text.find_first_of(m_ends(), m_at), m_text.size());
        text.append(m_text.substr(m_at, end - m_at));
        cell.text = std::string(trimmed(text));
        m_at = end;
        if (m_at >= m_text.size())
            return false;
        if (m_text[m_at] == m_separator) {
            ++m_at;
            return true;
        }
        m_at += m_text.substr(m_at, 2) == "\r\n" ? 2 : 1;
        return false;
    }
    [[nodiscard]] std::string_view m_ends() const {
        return m_separator == ',' ? ",\r\n" : m_separator == ';' ? ";\r\n" : "\t\r\n";
    }

    std::string_view m_text;
    char m_separator;
    std::size_t m_at{0};
    bool m_unclosed{false};
};

enum Column : std::size_t {
    id, title, name, text, category, date, clock, place, region, latitude, longitude, reporter, phone, mail, status,
    review, ///< what the sender's own desk made of it: known, and not this desk's judgement
    columns
};

constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

struct Layout {
    std::array<std::size_t, columns> at{};
    std::vector<std::size_t> regions; ///< from the largest to the smallest
    std::string_view said;            ///< the word for the text
    std::vector<std::size_t> unused;  ///< columns that nobody knows
    char separator{','};
    [[nodiscard]] bool has(Column column) const { return at[column] != nowhere; }
    [[nodiscard]] bool isPlaced() const { return has(latitude) || has(place); }
    /// A table of reports says something, and when, where or what kind.
    [[nodiscard]] bool isReports() const {
        return (has(text) || has(title)) && (isPlaced() || has(category) || has(date)) && has(latitude) == has(longitude);
    }
    /// Without a date it may be a register as well: those name what they list, and describe it. What somebody wrote or said is none.
    [[nodiscard]] bool isPlainlyReports() const;
};

struct Word {
    std::string_view name;
    Column column;
};
constexpr Word words[]{
    {"#", id}, {"serial", id}, {"id", id}, {"uuid", id}, {"report id", id}, {"incident id", id}, {"post id", id},
    {"service_request_id", id}, {"编号", id},
    {"incident title", title}, {"title", title}, {"headline", title}, {"subject", title}, {"标题", title},
    {"name", name},
    {"description", text}, {"text", text}, {"details", text}, {"message", text}, {"comments", text}, {"comment", text},
    {"report", text}, {"content", text}, {"summary", text}, {"incident", text}, {"what", text}, {"what happened", text},
    {"beschreibung", text}, {"meldung", text}, {"内容", text}, {"描述", text}, {"情况", text}, {"incident description", text},
    {"category", category}, {"categories", category}, {"type", category}, {"incident type", category}, {"kind", category},
    {"hazard", category}, {"service_name", category}, {"kategorie", category}, {"类别", category}, {"类型", category},
    {"incident date", date}, {"date", date}, {"datetime", date}, {"date time", date}, {"timestamp", date},
    {"created", date}, {"created_at", date}, {"created at", date}, {"reported at", date}, {"when", date}, {"happened", date},
    {"datum", date}, {"zeitpunkt", date}, {"zeitstempel", date}, {"日期", date}, {"时间", date}, {"发生时间", date}, {"报告时间", date},
    {"上报时间", date}, {"requested_datetime", date}, {"post date", date},
    {"time", clock}, {"uhrzeit", clock}, {"zeit", clock},
    {"location", place}, {"place", place}, {"address", place}, {"where", place}, {"ort", place}, {"adresse", place},
    {"location name", place}, {"地点", place}, {"地址", place},
    {"country", region}, {"l0", region}, {"l1", region}, {"l2", region}, {"l3", region}, {"l4", region},
    {"latitude", latitude}, {"lat", latitude}, {"y", latitude}, {"纬度", latitude},
    {"longitude", longitude}, {"lon", longitude}, {"long", longitude}, {"lng", longitude}, {"x", longitude}, {"经度", longitude},
    {"reporter", reporter}, {"contact", reporter}, {"reported by", reporter}, {"caller", reporter}, {"melder", reporter},
    {"meldende person", reporter}, {"姓名", reporter}, {"联系人", reporter}, {"报告人", reporter}, {"上报人", reporter},
    {"phone", phone}, {"phone number", phone}, {"telephone", phone}, {"mobile", phone}, {"tel", phone}, {"tel.", phone},
    {"telefon", phone}, {"telefonnummer", phone}, {"handy", phone}, {"mobil", phone}, {"电话", phone}, {"联系电话", phone},
    {"手机", phone}, {"手机号", phone}, {"联系方式", phone},
    {"email", mail}, {"e-mail", mail}, {"邮箱", mail}, {"电子邮箱", mail},
    {"status", status}, {"状态", status}, {"approved", review}, {"verified", review},
};

/// A number of people, which no sensor measures.
bool countsPeople(std::string_view column) {
    static constexpr std::array<std::string_view, 8> parts{"personen", "people", "persons", "injured", "verletzte", "人数", "受伤", "被困"};
    return std::any_of(parts.begin(), parts.end(),
                       [&](std::string_view part) { return column.find(part) != std::string_view::npos; });
}

bool Layout::isPlainlyReports() const {
    static constexpr std::array<std::string_view, 9> spoken{"text", "message", "report", "what", "what happened",
                                                            "incident description", "meldung", "内容", "情况"};
    if (!isReports() || !has(text) || said.starts_with("comment"))
        return false;
    if (has(date))
        return true;
    if (has(title) || has(name))
        return false;
    const bool isSpoken = std::find(spoken.begin(), spoken.end(), said) != spoken.end();
    return isSpoken ? isPlaced() || has(category) : isPlaced() && has(category);
}

/// Columns that make a table one of something else.
bool isForeign(std::string_view column) {
    static constexpr std::array<std::string_view, 10> foreign{"sensor", "sensor id", "station", "callsign", "call sign",
                                                              "mmsi", "speed", "course", "heading", "population"};
    return std::find(foreign.begin(), foreign.end(), column) != foreign.end();
}

std::optional<Layout> layoutOf(const std::vector<Cell>& header, char separator) {
    Layout out;
    out.separator = separator;
    out.at.fill(nowhere);
    if (header.size() < 2)
        return {};
    for (std::size_t i = 0; i < header.size(); ++i) {
        const auto column = lowered(header[i].text.substr(0, 60));
        if (isForeign(column))
            return {};
        const auto* word = std::find_if(std::begin(words), std::end(words), [&](const Word& one) { return one.name == column; });
        if (word != std::end(words) && word->column == region) {
            out.regions.push_back(i);
        } else if (word != std::end(words) && !out.has(word->column)) {
            out.at[word->column] = i;
            if (word->column == text)
                out.said = word->name;
        } else if (!column.empty() && (word == std::end(words) || word->column != review)) {
            out.unused.push_back(i);
        }
    }
    if (!out.has(date) && out.has(clock))
        std::swap(out.at[date], out.at[clock]); // "time" alone is the whole of it
    // Beside a telephone the name is that of who told. Else, where nothing is called a title, it is one, or that of somebody whom the
    // report is about.
    const bool calls = out.has(phone) || out.has(mail);
    if (!out.has(title) && out.has(name) && out.has(text) && calls && !out.has(reporter))
        std::swap(out.at[reporter], out.at[name]);
    else if (!out.has(title) && out.has(name))
        std::swap(out.at[title], out.at[name]);
    return out;
}

std::optional<Layout> layoutIn(std::string_view text) {
    std::optional<Layout> best;
    for (const char separator : {',', ';', '\t'}) {
        TableReader reader(text.substr(0, 16'384), separator);
        auto layout = layoutOf(reader.row(), separator);
        if (layout && layout->isReports())
            return layout;
        if (layout && !best)
            best = layout;
    }
    return best;
}

struct Parts {
    int a{0}, b{0}, c{0};
    std::string rest; ///< the time of day
    bool yearFirst{false};
};

/// "05/07/2010 17:26", "29/02/12", "2012.3.4": three numbers and what follows.
std::optional<Parts> datePartsOf(const std::string& text) {
    Parts out;
    char first = 0;
    char second = 0;
    int used = 0;
    if (std::sscanf(text.substr(0, 40).c_str(), "%4d%c%2d%c%4d%n", &out.a, &first, &out.b, &second, &out.c, &used) != 5 ||
        first != second || (first != '/' && first != '.' && first != '-') || out.a < 0 || out.b < 0 || out.c < 0)
        return {};
    out.yearFirst = out.a > 31;
    out.rest = text.substr(static_cast<std::size_t>(used));
    return out;
}

/// "2:15 PM" as "14:15".
std::string clockOf(std::string_view text) {
    int hour = 0;
    int minute = 0;
    int second = 0;
    const std::string copy(trimmed(text).substr(0, 20));
    const int count = std::sscanf(copy.c_str(), "%2d:%2d:%2d", &hour, &minute, &second);
    if (count < 2)
        return "00:00:00";
    const auto low = lowered(copy);
    if (low.find("pm") != std::string::npos && hour < 12)
        hour += 12;
    else if (low.find("am") != std::string::npos && hour == 12)
        hour = 0;
    std::array<char, 48> out{};
    std::snprintf(out.data(), out.size(), "%02d:%02d:%02d", hour, minute, second);
    return out.data();
}

enum class Order : unsigned char { unknown, dayFirst, monthFirst };

class Table {
  public:
    Table(std::string_view text, bool converted, std::size_t mark, const Source& source)
        : m_text(text), m_converted(converted), m_lines(text, mark), m_source(source), m_notes(m_out.deviations) {
        m_out.format = Format::reportCsv;
    }

    base::Result<Decoded> read() {
        const auto layout = layoutIn(m_text);
        if (!layout || !layout->isReports())
            return base::fail(Code::malformed,
                              "a table whose columns are not those of reports: it needs a text or a title, and a place, "
                              "a date or a category",
                              place(0));
        m_layout = *layout;
        TableReader reader(m_text, m_layout.separator);
        const auto heading = reader.row();
        for (const auto at : m_layout.unused)
            m_notes.add(place(heading[at].offset), "the column " + ingest::quoted(heading[at].text) + " was not used");
        std::vector<std::pair<std::vector<Cell>, std::size_t>> rows;
        while (!reader.atEnd()) {
            const auto at = reader.offset();
            auto cells = reader.row();
            if (std::all_of(cells.begin(), cells.end(), [](const Cell& cell) { return cell.text.empty(); }))
                continue;
            if (rows.size() == mostRows)
                return base::fail(Code::tooLarge, "more than " + std::to_string(mostRows) + " rows", place(at));
            rows.emplace_back(std::move(cells), at);
            m_ends.push_back(reader.offset());
        }
        if (reader.unclosed())
            m_notes.add(place(rows.empty() ? 0 : rows.back().second), "a quote is never closed");
        findOrder(rows);
        for (std::size_t i = 0; i < rows.size(); ++i)
            readRow(rows[i].first, rows[i].second, m_ends[i]);
        if (m_out.messages.empty() && !m_out.faults.empty())
            return tl::unexpected(std::move(m_out.faults.front().error));
        if (rows.empty())
            m_notes.add(place(0), "a table without a row");
        return std::move(m_out);
    }

  private:
    [[nodiscard]] base::Place place(std::size_t offset) const {
        auto out = m_lines.at(offset);
        if (m_converted)
            out.byte.reset(); // of another text than the sender's
        return out;
    }
    static const Cell& cell(const std::vector<Cell>& row, std::size_t at) {
        static const Cell none;
        return at < row.size() ? row[at] : none;
    }
    const Cell& cell(const std::vector<Cell>& row, Column column) const { return cell(row, m_layout.at[column]); }

    /// Whether days or months come first is told by the dates of the whole table.
    void findOrder(const std::vector<std::pair<std::vector<Cell>, std::size_t>>& rows) {
        bool any = false;
        for (const auto& [row, at] : rows) {
            const auto parts = datePartsOf(cell(row, date).text);
            if (!parts || parts->yearFirst)
                continue;
            any = true;
            if (parts->a > 12 && m_order != Order::dayFirst)
                m_order = Order::dayFirst;
            else if (parts->b > 12 && m_order == Order::unknown)
                m_order = Order::monthFirst;
        }
        if (any && m_order == Order::unknown) {
            m_order = Order::dayFirst;
            m_notes.add(place(0), "dates could be read two ways: the day was taken to come before the month");
        }
    }

    void setTime(const std::vector<Cell>& row, Report& report) {
        const auto& when = cell(row, date);
        if (when.text.empty())
            return;
        std::string iso = when.text;
        if (auto parts = datePartsOf(when.text); parts && !(parts->yearFirst && when.text[4] == '-')) {
            if (parts->yearFirst)
                std::swap(parts->a, parts->c);
            const bool month = m_order == Order::monthFirst && !parts->yearFirst;
            const int year = parts->c < 100 ? 2000 + parts->c : parts->c;
            std::array<char, 64> text{};
            std::snprintf(text.data(), text.size(), "%04d-%02d-%02d", year, month ? parts->a : parts->b,
                          month ? parts->b : parts->a);
            iso = std::string(text.data()) + "T" +
                  clockOf(trimmed(parts->rest).empty() ? cell(row, clock).text : parts->rest);
        } else if (parts && trimmed(parts->rest).empty()) {
            iso += "T" + clockOf(cell(row, clock).text);
        }
        const auto time = parseTimeIn(iso, m_source);
        if (time)
            report.happenedAt = *time;
        else
            m_notes.add(place(when.offset), "the time " + ingest::quoted(when.text) + " was left out: " + time.error().message);
    }

    void setPlace(const std::vector<Cell>& row, Report& report) {
        report.place = tidy(cell(row, Column::place).text, 300);
        for (auto each = m_layout.regions.rbegin(); each != m_layout.regions.rend(); ++each) {
            const auto& part = cell(row, *each).text;
            if (!part.empty() && report.place.find(part) == std::string::npos)
                report.place += (report.place.empty() ? "" : ", ") + tidy(part, 100);
        }
        const auto& lat = cell(row, latitude);
        const auto& lon = cell(row, longitude);
        if (lat.text.empty() && lon.text.empty())
            return;
        const auto latitudeValue = numberOf(lat.text);
        const auto longitudeValue = numberOf(lon.text);
        if (latitudeValue && longitudeValue)
            report.position = placeOf(*latitudeValue, *longitudeValue, m_source, place(lat.offset), m_notes);
        else
            m_notes.add(place(lat.offset), "the place was left out: " + ingest::quoted(lat.text) + ", " + ingest::quoted(lon.text) +
                                               " are no coordinates");
    }

    void readRow(const std::vector<Cell>& row, std::size_t begin, std::size_t end) {
        const auto line = m_text.substr(begin, end - begin);
        Report report;
        const auto& head = cell(row, title).text;
        const auto& body = cell(row, text);
        std::string all = head;
        for (const auto& more : {cell(row, name).text, body.text})
            if (!more.empty() && more != head)
                all += (all.empty() ? "" : "\n") + more;
        report.text = tidy(all, maxReportCharacters, true, "the text", place(body.offset), m_notes);
        auto kind = tidy(cell(row, category).text, 400);
        while (kind.ends_with(',') || kind.ends_with(' '))
            kind.pop_back();
        if (report.text.empty())
            report.text = kind;
        if (report.text.empty()) {
            m_out.faults.push_back({{Code::malformed, "a row without a text", place(begin)}, std::string(line)});
            return;
        }
        report.category = knownCategory(kind);
        if (report.category.empty())
            report.category = knownCategory(head);
        if (report.category.empty())
            report.category = kind.empty() ? "other" : tidy(kind, 60);
        report.sourceId = tidy(cell(row, id).text, 200);
        setPlace(row, report);
        setTime(row, report);
        // A table is read again and again. By MQTT a row comes once, and who sends it a second time means it.
        if (report.sourceId.empty() && (m_source.topic.empty() || report.happenedAt != base::Time{}))
            report.sourceId = contentId(trimmed(line));
        report.contact.name = tidy(cell(row, reporter).text, 120);
        report.contact.phone = tidy(cell(row, phone).text, 40);
        report.contact.email = tidy(cell(row, mail).text, 200);
        report.status = tidy(cell(row, status).text, 40);
        m_out.messages.emplace_back(std::move(report));
    }

    std::string_view m_text;
    bool m_converted;
    TextLines m_lines;
    const Source& m_source;
    Decoded m_out;
    Notes m_notes;
    Layout m_layout;
    Order m_order{Order::unknown};
    std::vector<std::size_t> m_ends;
};

std::string_view firstLine(const Glimpse& glimpse) {
    return glimpse.text.substr(0, glimpse.text.find('\n'));
}

} // namespace

bool looksLikeReportCsv(const Glimpse& glimpse) {
    if (glimpse.kind != Glimpse::Kind::text)
        return false;
    const auto line = firstLine(glimpse);
    if (line.find_first_of(",;\t") == std::string_view::npos || line.size() > 16'000)
        return false;
    const auto layout = layoutIn(glimpse.text);
    // Registers of hospitals and fire stations have names, kinds and places too: a report also says when, or in so many words what.
    return layout && layout->isReports() && (layout->has(date) || layout->isPlainlyReports());
}

bool mayBeReportCsv(std::string_view text) {
    const auto layout = layoutIn(text);
    return layout && layout->isReports() && layout->has(Column::text) && !layout->said.starts_with("comment") && !layout->has(date);
}

bool headsReports(const std::vector<std::string>& cells, bool isMeasured) {
    std::vector<Cell> header;
    for (const auto& cell : cells)
        header.push_back({std::string(trimmed(cell)), 0});
    const auto layout = layoutOf(header, ',');
    if (!layout)
        return false;
    if (layout->has(phone) || layout->has(mail))
        return !isMeasured || layout->isReports();
    if (!layout->isReports() || !layout->has(text) || layout->said.starts_with("comment"))
        return false;
    return std::any_of(header.begin(), header.end(), [](const Cell& cell) { return countsPeople(lowered(cell.text)); }) ||
           (!isMeasured && (layout->has(id) || layout->has(category) || layout->has(reporter) || layout->isPlaced()));
}

bool looksLikeUshahidiCsv(const Glimpse& glimpse) {
    return looksLikeReportCsv(glimpse) && lowered(firstLine(glimpse)).find("incident title") != std::string::npos;
}

base::Result<Decoded> decodeReportCsv(std::string_view bytes, const Source& source) {
    const std::size_t mark = bytes.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    const auto text = bytes.substr(mark);
    if (const auto zero = text.find('\0'); zero != std::string_view::npos)
        return base::fail(Code::malformed, "a byte that is no text", TextLines(text, mark).at(zero));
    std::size_t bad = 0;
    if (base::isUtf8(text, &bad))
        return Table(text, false, mark, source).read();
    // Spreadsheets write what their system speaks.
    const bool chinese = source.timeZone == "Asia/Shanghai" || source.timeZone == "Asia/Urumqi" ||
                         source.timeZone == "Asia/Chongqing";
    const std::string charset = chinese ? "GB18030" : "WINDOWS-1252";
    std::string converted;
    XmlText::convertLoosely(charset, text, converted);
    if (!base::isUtf8(converted))
        return base::fail(Code::malformed, "a byte that is not UTF-8", TextLines(text, mark).at(bad));
    auto out = Table(converted, true, 0, source).read();
    if (out)
        out->deviations.insert(out->deviations.begin(), "not UTF-8: read as " + charset);
    return out;
}

} // namespace tocsin::ingest
