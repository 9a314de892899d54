#include "county/csv.hpp"

#include "tocsin/base/ascii.hpp"
#include "tocsin/county/folder.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace tocsin::county {
namespace {

/// Takes one record from `text` at `at`; counts lines. False when a quote is not closed.
bool takeRecord(std::string_view text, char separator, std::size_t& at, std::uint64_t& line,
                std::vector<std::string>& cells) {
    cells.assign(1, {});
    bool quoted = false;
    while (at < text.size()) {
        const char c = text[at++];
        if (quoted) {
            if (c == '"' && at < text.size() && text[at] == '"') {
                cells.back() += '"';
                ++at;
            } else if (c == '"') {
                quoted = false;
            } else {
                if (c == '\n')
                    ++line;
                cells.back() += c;
            }
        } else if (c == '"') {
            quoted = true;
        } else if (c == separator) {
            cells.emplace_back();
        } else if (c == '\n') {
            ++line;
            break;
        } else if (c != '\r') {
            cells.back() += c;
        }
    }
    return !quoted;
}

/// What stands between the names of the columns.
char separatorOf(std::string_view header) {
    const auto count = [&](char c) { return std::count(header.begin(), header.end(), c); };
    return count(';') > count(',') ? ';' : count('\t') > count(',') ? '\t' : ',';
}

} // namespace

base::Result<CsvTable> CsvTable::parse(std::string_view text, const std::string& file) {
    if (text.starts_with("\xef\xbb\xbf"))
        text.remove_prefix(3);
    CsvTable table;
    table.m_file = file;
    std::size_t at = 0;
    std::uint64_t line = 1;
    std::vector<std::string> cells;
    char separator = ',';
    while (at < text.size()) {
        const std::uint64_t start = line;
        if (table.m_columns.empty() && text[at] == '#') {
            at = text.find('\n', at);
            at = at == std::string_view::npos ? text.size() : at + 1;
            ++line;
            continue;
        }
        if (table.m_columns.empty())
            separator = separatorOf(text.substr(at, text.find('\n', at) - at));
        if (!takeRecord(text, separator, at, line, cells))
            return base::fail(base::Code::malformed, file + ": a quotation mark is not closed", {.line = start});
        if (cells.size() == 1 && cells[0].empty())
            continue; // a blank line
        if (table.m_columns.empty()) {
            for (std::size_t i = 0; i < cells.size(); ++i)
                if (!table.m_columns.emplace(cells[i], i).second)
                    return base::fail(base::Code::malformed, file + ": the column " + cells[i] + " is there twice",
                                      {.line = start});
            continue;
        }
        if (cells.size() != table.m_columns.size())
            return base::fail(base::Code::malformed,
                              file + ": a row of " + std::to_string(cells.size()) + " cells under " +
                                  std::to_string(table.m_columns.size()) + " columns",
                              {.line = start});
        table.m_rows.push_back({nullptr, start, std::move(cells)});
    }
    return table;
}

base::Result<CsvTable> CsvTable::load(const std::filesystem::path& file, const std::vector<std::string>& columns) {
    auto text = readText(file);
    if (!text)
        return tl::unexpected(text.error());
    auto table = parse(*text, file.filename().string());
    if (!table)
        return table;
    for (const auto& column : columns)
        if (!table->m_columns.contains(column))
            return base::fail(base::Code::malformed, table->m_file + ": the column " + column + " is missing");
    return table;
}

std::vector<CsvTable::Row> CsvTable::rows() const {
    std::vector<Row> rows = m_rows;
    for (auto& row : rows)
        row.table = this;
    return rows;
}

std::string CsvTable::columnCalled(std::initializer_list<std::string_view> names) const {
    for (const auto name : names)
        for (const auto& [column, index] : m_columns)
            if (base::lowerAscii(column) == name)
                return column;
    return {};
}

const std::string& CsvTable::Row::operator[](const std::string& column) const {
    static const std::string none;
    const auto found = table->m_columns.find(column);
    return found == table->m_columns.end() ? none : cells[found->second];
}

base::Result<double> CsvTable::Row::number(const std::string& column, double lowest, double highest) const {
    const std::string& text = (*this)[column];
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
        return fault(column + " is not a number: \"" + text + "\"");
    if (value < lowest || value > highest)
        return fault(column + " is out of range: " + text);
    return value;
}

tl::unexpected<base::Error> CsvTable::Row::fault(const std::string& why) const {
    return base::fail(base::Code::malformed, table->m_file + ": " + why, {.line = line});
}

} // namespace tocsin::county
