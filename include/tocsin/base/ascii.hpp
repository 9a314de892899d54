#pragma once

#include <string>
#include <string_view>

namespace tocsin::base {

[[nodiscard]] constexpr char lowerAscii(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// A to Z as a to z, whatever the locale; all other bytes stay, those of UTF-8 among them.
[[nodiscard]] inline std::string lowerAscii(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        c = lowerAscii(c);
    return out;
}

/// What a hexadecimal digit stands for; −1 for any other byte.
[[nodiscard]] constexpr int hexDigit(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    const char small = lowerAscii(c);
    return small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
}

} // namespace tocsin::base
