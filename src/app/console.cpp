#include "app/console.hpp"

#include <unistd.h>

namespace tocsin::app {

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
