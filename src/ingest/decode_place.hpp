#pragma once

#include "tocsin/base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::ingest {

/// Finds line and column of a byte offset in UTF-8 text. Line starts are looked up once, on the first question.
/// Not thread safe, for it remembers.
class TextLines {
  public:
    /// `skippedBytes` stood before `text` in the input (a byte order mark): they count as bytes, not as columns.
    explicit TextLines(std::string_view text, std::size_t skippedBytes = 0) : m_text(text), m_skipped(skippedBytes) {}

    /// Columns count characters, not bytes. Offsets beyond the text are taken as its end.
    [[nodiscard]] base::Place at(std::size_t offset) const;

  private:
    std::string_view m_text;
    std::size_t m_skipped;
    mutable std::vector<std::size_t> m_starts;
    // The last answer: a long line with many faults is not counted anew for each.
    mutable std::size_t m_lastOffset{0};
    mutable std::size_t m_lastColumn{1};
};

/// At most `most` bytes of a text for a message: printable, cut at a character, with "…" where it was cut.
[[nodiscard]] std::string excerpt(std::string_view text, std::size_t most = 40);

/// The excerpt in double quotes.
[[nodiscard]] std::string quoted(std::string_view text, std::size_t most = 40);

/// Without the white space of XML and JSON at both ends.
[[nodiscard]] std::string_view trimmed(std::string_view text);

/// ASCII only; other bytes stay.
[[nodiscard]] std::string lowered(std::string_view text);

/// "line 3, column 14: message"
[[nodiscard]] std::string placed(const base::Place& place, std::string_view message);

/// The first control character (C0 but tab and line ends where `allowLines`; DEL; C1) or npos. `text` is UTF-8.
[[nodiscard]] std::size_t findControl(std::string_view text, bool allowLines);

/// Characters (code points) of UTF-8 text.
[[nodiscard]] std::size_t characters(std::string_view text);

} // namespace tocsin::ingest
