#include "decode_place.hpp"

#include "tocsin/base/ascii.hpp"
#include "tocsin/base/text.hpp"

#include <algorithm>

namespace tocsin::ingest {

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

base::Place TextLines::at(std::size_t offset) const {
    offset = std::min(offset, m_text.size());
    if (m_starts.empty()) {
        m_starts.push_back(0);
        for (std::size_t i = m_text.find('\n'); i != std::string_view::npos; i = m_text.find('\n', i + 1))
            m_starts.push_back(i + 1);
    }
    const auto after = std::upper_bound(m_starts.begin(), m_starts.end(), offset);
    const std::size_t start = *(after - 1);
    const bool near = m_lastOffset >= start && (after == m_starts.end() || m_lastOffset < *after);
    if (near && offset >= m_lastOffset)
        m_lastColumn += characters(m_text.substr(m_lastOffset, offset - m_lastOffset));
    else if (near && m_lastOffset - offset < offset - start)
        m_lastColumn -= characters(m_text.substr(offset, m_lastOffset - offset));
    else
        m_lastColumn = characters(m_text.substr(start, offset - start)) + 1;
    m_lastOffset = offset;
    return {.line = static_cast<std::uint64_t>(after - m_starts.begin()),
            .column = m_lastColumn,
            .byte = offset + m_skipped};
}

std::string excerpt(std::string_view text, std::size_t most) {
    const bool cut = text.size() > most;
    if (cut) {
        while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0U) == 0x80U)
            --most;
        text = text.substr(0, most);
    }
    std::string out;
    out.reserve(text.size() + 3);
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        out += byte < 0x20 || byte == 0x7F ? ' ' : c;
    }
    std::size_t bad = 0;
    while (!base::isUtf8(out, &bad))
        out[bad] = '?';
    if (cut)
        out += "…";
    return out;
}

std::string quoted(std::string_view text, std::size_t most) {
    std::string out(1, '"');
    out += excerpt(text, most);
    out += '"';
    return out;
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n";
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::string lowered(std::string_view text) {
    return base::lowerAscii(text);
}

std::string placed(const base::Place& place, std::string_view message) {
    return base::Error{base::Code::malformed, std::string(message), place}.describe();
}

std::size_t findControl(std::string_view text, bool allowLines) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c < 0x20) {
            if (!(allowLines && (c == '\t' || c == '\n' || c == '\r')))
                return i;
        } else if (c == 0x7F) {
            return i;
        } else if (c == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0) {
            return i; // C1: U+0080 to U+009F
        }
    }
    return std::string_view::npos;
}

} // namespace tocsin::ingest
