#pragma once

#include "tocsin/base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string_view>
#include <vector>

namespace tocsin::ingest {

// What a HEIC file (ISO/IEC 23008-12) has in it and where it stands, before anybody asks what decoding it would cost.

/// Numbers one after the other. Past the end all are zero, and it is not whole.
class HeifCursor {
  public:
    HeifCursor(std::string_view bytes, std::size_t at, std::size_t end) : m_bytes(bytes), m_at(at), m_end(end) {}
    std::uint64_t number(std::size_t size) {
        if (size > left()) {
            m_whole = false;
            m_at = m_end;
            return 0;
        }
        std::uint64_t value = 0;
        for (; size > 0; --size)
            value = value << 8U | static_cast<std::uint8_t>(m_bytes[m_at++]);
        return value;
    }
    std::uint32_t number32(std::size_t size) { return static_cast<std::uint32_t>(number(size)); }
    std::string_view name() {
        const auto from = m_at;
        (void)number(4);
        return m_whole ? m_bytes.substr(from, 4) : std::string_view();
    }
    [[nodiscard]] std::size_t at() const { return m_at; }
    [[nodiscard]] std::size_t left() const { return m_end - m_at; }
    [[nodiscard]] bool whole() const { return m_whole; }

  private:
    std::string_view m_bytes;
    std::size_t m_at;
    std::size_t m_end;
    bool m_whole{true};
};

struct HeifBox {
    std::string_view name;
    std::size_t at{0};   ///< where it begins …
    std::size_t body{0}; ///< … what is in it …
    std::size_t end{0};  ///< … and where it ends
};

struct HeifItem {
    std::string_view type;
    bool locked{false}; ///< protected by a key
    bool placed{false};
    std::vector<std::string_view> extents;
    std::size_t at{0};                   ///< where its first byte stands
    std::vector<std::size_t> properties; ///< by number, from one
    std::vector<std::uint32_t> tiles;
    std::vector<std::uint32_t> auxiliary; ///< whatever is decoded with it: its transparency
    std::vector<std::uint32_t> described; ///< what its metadata is about
};

struct HeifItems {
    std::uint32_t primary{0}; ///< the picture's number
    std::map<std::uint32_t, HeifItem> items;
    std::vector<HeifBox> properties;
};

/// All bytes that it names are in `bytes`, which must outlive it; what the items are is not judged. Code::malformed with the byte where
/// the file could be read in two ways or ends before its time, Code::tooLarge for more parts than any photo has.
[[nodiscard]] base::Result<HeifItems> readHeifItems(std::string_view bytes);

} // namespace tocsin::ingest
