#include "tocsin/county/capability_files.hpp"

#include "county/records_cells.hpp"
#include "tocsin/base/ascii.hpp"
#include "tocsin/county/records.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_map>

namespace tocsin::county {
namespace {

using model::TypingColumn;
using model::TypingTable;

constexpr std::size_t mostRows = 5'000;

/// What others call a column beside its own word.
struct Alias {
    std::string_view word;
    TypingColumn column;
};
constexpr std::array aliases{
    Alias{"编码", TypingColumn::code},     Alias{"代码", TypingColumn::code},       Alias{"名称", TypingColumn::nameZh},
    Alias{"中文名称", TypingColumn::nameZh}, Alias{"英文名称", TypingColumn::name},   Alias{"name_en", TypingColumn::name},
    Alias{"zh_CN", TypingColumn::nameZh},  Alias{"能力", TypingColumn::capability}, Alias{"类别", TypingColumn::kind},
    Alias{"物资", TypingColumn::supply}};

template <typename Row>
void addRows(std::string& out, const std::vector<Row>& rows, TypingTable which) {
    for (const auto& row : rows) {
        std::vector<std::string> cells;
        for (const auto column : columnsOf(which))
            cells.push_back(cellOf(row, column));
        out += csvLine(cells);
    }
}

std::optional<TypingColumn> columnCalled(const std::string& word, TypingTable which) {
    const auto wanted = base::lowerAscii(plainCell(word));
    const auto columns = columnsOf(which);
    for (const auto column : columns) {
        if (base::lowerAscii(toString(column)) == wanted)
            return column;
    }
    for (const auto& alias : aliases) {
        if (base::lowerAscii(alias.word) == wanted && std::find(columns.begin(), columns.end(), alias.column) != columns.end())
            return alias.column;
    }
    return std::nullopt;
}

/// Codes, of which full-width digits and signs are those of ASCII; texts stay as they are written.
bool isKey(TypingColumn column) {
    return column == TypingColumn::code || column == TypingColumn::gbt || column == TypingColumn::capability || column == TypingColumn::kind ||
           column == TypingColumn::supply;
}

std::string trimmed(const std::string& text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    return first == std::string::npos ? std::string() : text.substr(first, text.find_last_not_of(" \t\r\n") + 1 - first);
}

template <typename Row>
Row rowOf(const SheetRow& cells, const std::vector<std::optional<TypingColumn>>& columns) {
    Row row;
    for (std::size_t i = 0; i < columns.size() && i < cells.cells.size(); ++i) {
        if (columns[i])
            setCell(row, *columns[i], isKey(*columns[i]) ? plainCell(cells.cells[i]) : trimmed(cells.cells[i]));
    }
    if (row.name.text.empty()) // a list in Chinese alone
        row.name.text = cellOf(row, TypingColumn::nameZh);
    return row;
}

void keepOthers(base::LocalText& text, const base::LocalText& was) {
    for (const auto& [language, words] : was.translations) {
        if (language != "zh_CN")
            text.translations.emplace(language, words);
    }
}

void keepOthers(model::CapabilityWord& row, const model::CapabilityWord& was) {
    keepOthers(row.name, was.name);
    for (std::size_t i = 0; i < row.levels.size() && i < was.levels.size(); ++i)
        keepOthers(row.levels[i], was.levels[i]);
}

void keepOthers(model::GbtCode& row, const model::GbtCode& was) {
    keepOthers(row.name, was.name);
}

template <typename Row>
void merge(std::vector<Row>& present, const std::vector<Row>& rows) {
    std::unordered_map<std::string, std::size_t> stood; // by code: the first that has it
    for (std::size_t i = 0; i < present.size(); ++i)
        stood.emplace(present[i].code, i);
    for (auto row : rows) {
        const auto found = stood.find(row.code);
        if (found == stood.end()) {
            present.push_back(std::move(row)); // also the second of two of one code: it is told of, not lost
        } else {
            auto& was = present[found->second];
            keepOthers(row, was);
            was = std::move(row);
        }
    }
}

} // namespace

std::string typingCsv(const model::CapabilityTables& tables, model::TypingTable which) {
    std::string out = "\xEF\xBB\xBF"; // by which spreadsheets know UTF-8
    std::vector<std::string> header;
    for (const auto column : columnsOf(which))
        header.emplace_back(toString(column));
    out += csvLine(header);
    if (which == TypingTable::codes)
        addRows(out, tables.codes, which);
    else
        addRows(out, tables.capabilities, which);
    return out;
}

base::Result<model::CapabilityTables> readTyping(const std::filesystem::path& file, model::TypingTable which) {
    SheetLimits limits;
    limits.bytes = std::uintmax_t{8} << 20U;
    limits.rows = mostRows;
    const auto read = readSheets(file, {}, limits);
    if (!read)
        return tl::unexpected(read.error());
    const auto& sheet = read->sheets.front();
    std::vector<std::optional<TypingColumn>> columns;
    for (const auto& word : sheet.header) {
        const auto column = columnCalled(word, which);
        if (!column && !plainCell(word).empty()) {
            std::string known;
            for (const auto one : columnsOf(which))
                known += (known.empty() ? "" : ", ") + std::string(toString(one));
            return base::fail(base::Code::malformed, "the column \"" + word.substr(0, 64) + "\" means nothing here: expected are " + known);
        }
        if (column && std::find(columns.begin(), columns.end(), column) != columns.end())
            return base::fail(base::Code::malformed, "the column \"" + word.substr(0, 64) + "\" stands there twice");
        columns.push_back(column);
    }
    if (std::find(columns.begin(), columns.end(), TypingColumn::code) == columns.end())
        return base::fail(base::Code::malformed, "there is no column \"code\"");
    model::CapabilityTables out;
    for (const auto& row : sheet.rows) {
        if (row.ragged)
            return base::fail(base::Code::malformed, "a row has more cells than the header", {.line = row.number});
        if (which == TypingTable::codes)
            out.codes.push_back(rowOf<model::GbtCode>(row, columns));
        else
            out.capabilities.push_back(rowOf<model::CapabilityWord>(row, columns));
    }
    return out;
}

model::CapabilityTables mergedTyping(model::CapabilityTables present, const model::CapabilityTables& rows) {
    merge(present.capabilities, rows.capabilities);
    merge(present.codes, rows.codes);
    return present;
}

} // namespace tocsin::county
