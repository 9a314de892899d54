#pragma once

#include "tocsin/base/result.hpp"

#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::county {

/// A table as RFC 4180 has it, with commas, semicolons or tabs between the cells: the first line names the columns.
/// Lines that begin with '#' before them are comments.
class CsvTable {
  public:
    /// Malformed text, a row with more or fewer cells than columns, a column named twice: refused with its line.
    [[nodiscard]] static base::Result<CsvTable> parse(std::string_view text, const std::string& file);
    /// As parse(); also refuses when one of `columns` is missing.
    [[nodiscard]] static base::Result<CsvTable> load(const std::filesystem::path& file,
                                                     const std::vector<std::string>& columns);

    struct Row {
        const CsvTable* table{nullptr};
        std::uint64_t line{0};
        std::vector<std::string> cells;

        [[nodiscard]] const std::string& operator[](const std::string& column) const;
        /// The cell as a number within the limits; the error names file, line and column.
        [[nodiscard]] base::Result<double> number(const std::string& column, double lowest, double highest) const;
        [[nodiscard]] tl::unexpected<base::Error> fault(const std::string& why) const;
    };

    [[nodiscard]] std::vector<Row> rows() const;
    /// The file's own word for a column that may have any of these names, in any case; empty: none of them is there.
    [[nodiscard]] std::string columnCalled(std::initializer_list<std::string_view> names) const;

  private:
    std::string m_file;
    std::map<std::string, std::size_t> m_columns;
    std::vector<Row> m_rows;
};

} // namespace tocsin::county
