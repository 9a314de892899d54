#include "app/console.hpp"

#include "tocsin/base/text.hpp"

#include <unistd.h>
#include <utility>

namespace tocsin::app {

namespace {

/// The character of well-formed UTF-8 that begins there, and how many bytes it has.
std::pair<char32_t, std::size_t> characterAt(std::string_view text, std::size_t at) {
    const auto first = static_cast<unsigned char>(text[at]);
    const std::size_t size = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    char32_t character = size == 1 ? first : first & (0x7FU >> size);
    for (std::size_t i = 1; i < size; ++i)
        character = (character << 6U) | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
    return {character, size};
}

/// C0, DEL, C1, line and paragraph separators, and what changes the direction of what stands beside it.
bool actsOnTerminal(char32_t c) {
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x061C || (c >= 0x200E && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

std::string numbered(const char* form, unsigned number) {
    char text[16];
    std::snprintf(text, sizeof text, form, number);
    return text;
}

} // namespace

std::string forTerminal(std::string_view text, std::size_t most) {
    const bool cut = text.size() > most;
    if (cut) {
        for (int back = 0; back < 3 && most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0U) == 0x80U; ++back)
            --most;
        text = text.substr(0, most);
    }
    std::string out;
    out.reserve(text.size());
    std::size_t bad = 0; // the next byte that is none of UTF-8
    bool more = !base::isUtf8(text, &bad);
    for (std::size_t at = 0; at < text.size();) {
        if (more && at == bad) {
            out += numbered("\\x%02X", static_cast<unsigned char>(text[at]));
            ++at;
            more = !base::isUtf8(text.substr(at), &bad);
            bad += at;
            continue;
        }
        const auto [character, size] = characterAt(text, at);
        if (actsOnTerminal(character))
            out += numbered("\\u%04X", static_cast<unsigned>(character));
        else
            out += text.substr(at, size);
        at += size;
    }
    if (cut)
        out += "…";
    return out;
}

void Console::say(std::string_view sentence) const {
    if (!m_json)
        std::printf("%.*s\n", static_cast<int>(sentence.size()), sentence.data());
}

void Console::tell(const nlohmann::json& object) const {
    if (!m_json)
        return;
    const auto line = object.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    std::printf("%s\n", line.c_str());
    std::fflush(stdout);
}

int Console::fail(const base::Error& error) const {
    std::fprintf(stderr, "tocsin: %s\n", error.message.c_str());
    nlohmann::json object{{"outcome", "failed"}, {"code", base::toString(error.code)}, {"reason", error.message}};
    if (error.place.line)
        object["line"] = *error.place.line;
    if (error.place.column)
        object["column"] = *error.place.column;
    if (error.place.byte)
        object["byte"] = *error.place.byte;
    tell(object);
    return Exit::refused;
}

void Console::progress(std::string_view stage, double fraction) const {
    if (::isatty(STDERR_FILENO) == 0)
        return;
    constexpr int width = 30;
    const int full = static_cast<int>(fraction * width);
    std::fprintf(stderr, "\r[");
    for (int i = 0; i < width; ++i)
        std::fputc(i < full ? '#' : '.', stderr);
    std::fprintf(stderr, "] %3d %% %-40.*s", static_cast<int>(fraction * 100), static_cast<int>(stage.size()),
                 stage.data());
    std::fflush(stderr);
}

void Console::progressEnd() const {
    if (::isatty(STDERR_FILENO) != 0)
        std::fprintf(stderr, "\r%80s\r", "");
}

} // namespace tocsin::app
