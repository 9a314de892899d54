#include "county/text_fold.hpp"

#include <cstdint>

namespace tocsin::county {
namespace {

/// Base letters of U+00C0…U+017F; a blank where there is none.
constexpr std::string_view latin = "aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty"
                                   "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiijjjjkkklllllll"
                                   "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

struct Decoded {
    std::uint32_t point{0};
    std::size_t size{1};
    bool good{false};
};

Decoded decode(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
    const std::uint8_t first = byte(at);
    if (first < 0x80)
        return {first, 1, true};
    const std::size_t size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0;
    if (size == 0 || first > 0xf4 || at + size > text.size())
        return {};
    std::uint32_t point = first & (0x7fU >> size);
    for (std::size_t i = 1; i < size; ++i) {
        if ((byte(at + i) & 0xc0U) != 0x80)
            return {};
        point = (point << 6U) | (byte(at + i) & 0x3fU);
    }
    static constexpr std::uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    if (point < least[size] || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff))
        return {};
    return {point, size, true};
}

void append(std::string& out, std::uint32_t point) {
    if (point < 0x80) {
        out += static_cast<char>(point);
    } else if (point < 0x800) {
        out += static_cast<char>(0xc0U | (point >> 6U));
        out += static_cast<char>(0x80U | (point & 0x3fU));
    } else if (point < 0x10000) {
        out += static_cast<char>(0xe0U | (point >> 12U));
        out += static_cast<char>(0x80U | ((point >> 6U) & 0x3fU));
        out += static_cast<char>(0x80U | (point & 0x3fU));
    } else {
        out += static_cast<char>(0xf0U | (point >> 18U));
        out += static_cast<char>(0x80U | ((point >> 12U) & 0x3fU));
        out += static_cast<char>(0x80U | ((point >> 6U) & 0x3fU));
        out += static_cast<char>(0x80U | (point & 0x3fU));
    }
}

bool isBlank(std::uint32_t p) {
    if (p < 0x80)
        return !((p >= '0' && p <= '9') || (p >= 'a' && p <= 'z') || (p >= 'A' && p <= 'Z'));
    return p == 0xa0 || p == 0xb7 || (p >= 0x2000 && p <= 0x206f) || p == 0x3000 || p == 0x3001 || p == 0x3002 ||
           (p >= 0xff01 && p <= 0xff0f) || (p >= 0xff1a && p <= 0xff20) || (p >= 0x3003 && p <= 0x301f) || p == 0xfeff;
}

bool isIdeograph(std::uint32_t p) {
    return (p >= 0x2e80 && p <= 0x9fff) || (p >= 0xac00 && p <= 0xd7af) || (p >= 0xf900 && p <= 0xfaff) ||
           (p >= 0x20000 && p <= 0x3ffff);
}

std::string folded(std::string_view text, bool german, bool words = false) {
    std::string out;
    out.reserve(text.size() + 4);
    bool gap = false;
    bool lastIdeograph = false;
    for (std::size_t i = 0; i < text.size();) {
        const auto [point, size, good] = decode(text, i);
        i += good ? size : 1;
        if (!good || (point >= 0x300 && point <= 0x36f)) // combining accents
            continue;
        if (isBlank(point)) {
            gap = !out.empty();
            continue;
        }
        const bool ideograph = isIdeograph(point);
        if (gap && (words || !(ideograph || lastIdeograph)))
            out += ' ';
        gap = false;
        lastIdeograph = ideograph;
        if (point >= 'A' && point <= 'Z') {
            out += static_cast<char>(point + 32);
        } else if (point == 0xdf) {
            out += "ss";
        } else if (point == 0xc6 || point == 0xe6) {
            out += "ae";
        } else if (point == 0x152 || point == 0x153) {
            out += "oe";
        } else if (german && (point == 0xc4 || point == 0xe4)) {
            out += "ae";
        } else if (german && (point == 0xd6 || point == 0xf6)) {
            out += "oe";
        } else if (german && (point == 0xdc || point == 0xfc)) {
            out += "ue";
        } else if (point >= 0xc0 && point - 0xc0 < latin.size()) {
            if (const char letter = latin[point - 0xc0]; letter != ' ')
                out += letter;
        } else if (point >= 0xff10 && point <= 0xff19) { // full-width digits and letters of Chinese keyboards
            out += static_cast<char>(point - 0xff10 + '0');
        } else if (point >= 0xff21 && point <= 0xff3a) {
            out += static_cast<char>(point - 0xff21 + 'a');
        } else if (point >= 0xff41 && point <= 0xff5a) {
            out += static_cast<char>(point - 0xff41 + 'a');
        } else if (point >= 0x391 && point <= 0x3a9) {
            append(out, point + 32);
        } else if (point >= 0x410 && point <= 0x42f) {
            append(out, point + 32);
        } else if (point >= 0x400 && point <= 0x40f) {
            append(out, point + 80);
        } else {
            append(out, point);
        }
    }
    return out;
}

} // namespace

std::string fold(std::string_view text) {
    return folded(text, false);
}
std::string foldGerman(std::string_view text) {
    return folded(text, true);
}

std::string foldWords(std::string_view text) {
    return folded(text, false, true);
}

std::string_view characterAt(std::string_view text, std::size_t at) {
    return at < text.size() ? text.substr(at, decode(text, at).size) : std::string_view();
}

bool isIdeographic(std::string_view character) {
    return !character.empty() && isIdeograph(decode(character, 0).point);
}

std::size_t letters(std::string_view text) {
    std::size_t count = 0;
    for (const char c : text)
        if ((static_cast<std::uint8_t>(c) & 0xc0U) != 0x80)
            ++count;
    return count;
}

} // namespace tocsin::county
