#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tocsin::ingest {

/// The first `most` bytes of UTF-8 text, or a few less: never half a character.
[[nodiscard]] inline std::string cutText(std::string_view text, std::size_t most) {
    if (text.size() > most) {
        while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0U) == 0x80U)
            --most;
        text = text.substr(0, most);
    }
    return std::string(text);
}

} // namespace tocsin::ingest
