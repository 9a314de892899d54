#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tocsin::base {

/// At most so many bytes of a UTF-8 text, never a part of a character.
[[nodiscard]] inline std::string clipped(std::string_view text, std::size_t most) {
    if (text.size() <= most)
        return std::string(text);
    std::size_t end = most;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
        --end;
    return std::string(text.substr(0, end));
}

} // namespace tocsin::base
