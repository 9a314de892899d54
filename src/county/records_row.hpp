#pragma once

#include "county/records_cells.hpp"
#include "tocsin/county/records.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tocsin::county {

/// A row with its columns' meanings, and what was found wrong with it.
class RowReader {
  public:
    RowReader(std::size_t sheetIndex, const Sheet& sheet, const std::vector<RecordField>& mapping, const SheetRow& row,
              std::vector<RowError>& errors);

    [[nodiscard]] bool good() const { return m_errors.size() == m_before; }
    [[nodiscard]] const std::string& raw(RecordField field) const;
    [[nodiscard]] std::string cell(RecordField field) const { return plainCell(raw(field)); }
    void wrong(RecordField field, std::string expected);

    /// Sets what the cell says; an empty one leaves it.
    template <typename T, typename Read>
    void take(RecordField field, T& out, Read read) {
        const auto text = cell(field);
        if (text.empty())
            return;
        auto value = read(text);
        if (value.value)
            out = std::move(*value.value);
        else
            wrong(field, std::move(value.expected));
    }
    void number(RecordField field, double& out, double lowest, double highest) {
        take(field, out, [&](const auto& text) { return numberCell(text, lowest, highest); });
    }
    void count(RecordField field, int& out, int highest) {
        take(field, out, [&](const auto& text) { return countCell(text, highest); });
    }
    void text(RecordField field, std::string& out, std::size_t most);
    void local(RecordField field, RecordField chinese, base::LocalText& out, std::size_t most);
    void moment(RecordField field, std::optional<base::Time>& out);

  private:
    std::size_t m_sheetIndex;
    const Sheet& m_sheet;
    const std::vector<RecordField>& m_mapping;
    const SheetRow& m_row;
    std::vector<RowError>& m_errors;
    std::size_t m_before;
};

} // namespace tocsin::county
