#include "county/records_row.hpp"

namespace tocsin::county {

namespace {

std::string trimmed(const std::string& text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    return first == std::string::npos ? std::string() : text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

} // namespace

RowReader::RowReader(std::size_t sheetIndex, const Sheet& sheet, const std::vector<RecordField>& mapping,
                     const SheetRow& row, std::vector<RowError>& errors)
    : m_sheetIndex(sheetIndex), m_sheet(sheet), m_mapping(mapping), m_row(row), m_errors(errors), m_before(errors.size()) {
    if (row.ragged)
        wrong(RecordField::none, "no more cells than the table has columns: " + std::to_string(sheet.header.size()));
    for (std::size_t i = 0; i < row.cells.size() && i < mapping.size(); ++i) {
        if (row.cells[i].find("\xEF\xBF\xBD") != std::string::npos)
            m_errors.push_back({m_sheetIndex, m_row.number, m_sheet.header[i], row.cells[i].substr(0, 200), "characters of the file's encoding"});
    }
}

const std::string& RowReader::raw(RecordField field) const {
    static const std::string none;
    for (std::size_t i = 0; i < m_mapping.size() && i < m_row.cells.size(); ++i) {
        if (m_mapping[i] == field)
            return m_row.cells[i];
    }
    return none;
}

void RowReader::wrong(RecordField field, std::string expected) {
    std::string column;
    for (std::size_t i = 0; i < m_mapping.size(); ++i) {
        if (field != RecordField::none && m_mapping[i] == field)
            column = m_sheet.header[i];
    }
    if (column.empty() && field != RecordField::none)
        column = toString(field);
    m_errors.push_back({m_sheetIndex, m_row.number, column, raw(field).substr(0, 200), std::move(expected)});
}

void RowReader::text(RecordField field, std::string& out, std::size_t most) {
    auto words = trimmed(raw(field));
    if (words.empty())
        return;
    if (const auto fault = textFault(words, most); !fault.empty())
        wrong(field, fault);
    else
        out = words == "-" ? std::string() : std::move(words);
}

void RowReader::local(RecordField field, RecordField chinese, base::LocalText& out, std::size_t most) {
    text(field, out.text, most);
    std::string words = out.translations.contains("zh_CN") ? out.translations["zh_CN"] : std::string();
    text(chinese, words, most);
    if (words.empty())
        out.translations.erase("zh_CN");
    else
        out.translations["zh_CN"] = words;
}

void RowReader::moment(RecordField field, std::optional<base::Time>& out) {
    const auto text = cell(field);
    if (text == "-") {
        out.reset();
        return;
    }
    base::Time time{};
    const auto before = m_errors.size();
    take(field, time, [](const auto& t) { return momentCell(t); });
    if (!text.empty() && m_errors.size() == before)
        out = time;
}

} // namespace tocsin::county
