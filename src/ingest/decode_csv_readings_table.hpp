#pragma once

#include "tocsin/ingest/source.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::ingest {

/// A row of a table: its cells without quotes, and where it stands.
struct CsvRow {
    std::vector<std::string> cells;
    std::vector<std::size_t> starts; ///< of each cell, in the text
    std::size_t line{1};
    std::size_t begin{0};
    std::size_t end{0};     ///< after its last byte, without the line's end
    bool broken{false};     ///< a quote without its end, or more than 64 KiB or 2,000 cells
};

/// Takes a table apart row by row; quoted cells (RFC 4180) may hold separators and line ends.
class CsvRows {
  public:
    CsvRows(std::string_view text, char separator) : m_text(text), m_separator(separator) {}
    /// The next row that is not empty; nothing at the end.
    [[nodiscard]] std::optional<CsvRow> next();

  private:
    CsvRow row();

    std::string_view m_text;
    char m_separator;
    std::size_t m_at{0};
    std::size_t m_line{1};
};

/// Tab where there is one, then semicolon, then comma, by the first line that is no comment.
[[nodiscard]] char separatorOf(std::string_view line);

/// Which columns a readings table has.
struct CsvColumns {
    struct Value {
        std::size_t index{0};
        std::string name; ///< in a wide table: of the sensor
        std::string unit; ///< in brackets behind the name
    };
    std::optional<std::size_t> sensor;
    std::optional<std::size_t> time;
    std::optional<std::size_t> clock; ///< where date and time of day are two columns
    std::optional<std::size_t> unit;
    std::optional<std::size_t> latitude;
    std::optional<std::size_t> longitude;
    std::vector<Value> values; ///< one, or a wide table's
    bool wide{false};
    bool headless{false}; ///< the first row holds values already
    bool other{false};    ///< has columns that no table of readings has
};
[[nodiscard]] CsvColumns columnsOf(const CsvRow& first);

/// ISO 8601, a date alone, "20.11.2026 08:00", "2026/11/20 08:00", or seconds or milliseconds since 1970. A date with
/// slashes that may be read two ways is refused.
[[nodiscard]] base::Result<base::Time> parseTableTime(std::string_view text, const Source& source);

} // namespace tocsin::ingest
