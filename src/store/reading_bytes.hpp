#pragma once

#include "store/sql.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace tocsin::store {

/// Small numbers for small differences of either sign.
[[nodiscard]] inline std::uint64_t zigzag(std::uint64_t difference) {
    return (difference << 1U) ^ (0 - (difference >> 63U));
}
[[nodiscard]] inline std::uint64_t unzigzag(std::uint64_t number) {
    return (number >> 1U) ^ (0 - (number & 1U));
}

/// Tells that bytes are not what they were.
[[nodiscard]] inline std::uint64_t checkOf(std::string_view bytes) {
    std::uint64_t check = 0x9E3779B97F4A7C15U ^ bytes.size();
    while (!bytes.empty()) {
        std::uint64_t word = 0;
        const auto n = std::min<std::size_t>(bytes.size(), sizeof word);
        std::memcpy(&word, bytes.data(), n);
        check = std::rotl((check ^ word) * 0xD6E8FEB86659FD93U, 29);
        bytes.remove_prefix(n);
    }
    return check ^ (check >> 32U);
}

/// Writes numbers of one to ten bytes behind each other.
class ByteWriter {
  public:
    explicit ByteWriter(std::string& out) : m_out(out) {}
    /// Room for so many numbers.
    void room(std::size_t numbers) {
        finish();
        m_from = m_out.size();
        m_out.resize(m_from + numbers * 10 + 16);
        m_at = reinterpret_cast<std::uint8_t*>(m_out.data()) + m_from;
        m_begin = m_at;
    }
    void number(std::uint64_t value) {
        while (value >= 0x80) {
            *m_at++ = static_cast<std::uint8_t>(value | 0x80U);
            value >>= 7U;
        }
        *m_at++ = static_cast<std::uint8_t>(value);
    }
    void byte(std::uint8_t value) { *m_at++ = value; }
    void raw(const void* bytes, std::size_t count) {
        if (count > 0) // the memory of none may be null
            std::memcpy(m_at, bytes, count);
        m_at += count;
    }
    void finish() {
        if (m_at != nullptr)
            m_out.resize(m_from + static_cast<std::size_t>(m_at - m_begin));
        m_at = nullptr;
    }

  private:
    std::string& m_out;
    std::size_t m_from{0};
    std::uint8_t* m_begin{nullptr};
    std::uint8_t* m_at{nullptr};
};

[[noreturn]] inline void damagedPiece() {
    throw Damaged{"a piece is not as it was written"};
}

/// Reads them again; everything throws Damaged at the end of the bytes.
class ByteReader {
  public:
    explicit ByteReader(std::string_view bytes)
        : m_at(reinterpret_cast<const std::uint8_t*>(bytes.data())), m_end(m_at + bytes.size()) {}
    std::uint64_t number() {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            const auto byte = this->byte();
            value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
            if (byte < 0x80)
                return value;
        }
        damagedPiece();
    }
    std::uint8_t byte() {
        if (m_at == m_end)
            damagedPiece();
        return *m_at++;
    }
    void raw(void* to, std::size_t count) {
        if (static_cast<std::size_t>(m_end - m_at) < count)
            damagedPiece();
        std::memcpy(to, m_at, count);
        m_at += count;
    }
    [[nodiscard]] bool atEnd() const { return m_at == m_end; }

  private:
    const std::uint8_t* m_at;
    const std::uint8_t* m_end;
};

} // namespace tocsin::store
