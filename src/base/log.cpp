#include "tocsin/base/log.hpp"

#include <exception>
#include <spdlog/spdlog.h>
#include <string_view>

namespace tocsin::base::log {

namespace {

spdlog::level::level_enum spdlogLevel(Level level) {
    switch (level) {
    case Level::info:
        return spdlog::level::info;
    case Level::warning:
        return spdlog::level::warn;
    case Level::error:
        return spdlog::level::err;
    case Level::critical:
        break;
    }
    return spdlog::level::critical;
}

} // namespace

void write(Level level, fmt::string_view text, fmt::format_args values) {
    const auto at = spdlogLevel(level);
    try {
        spdlog::log(at, fmt::vformat(text, values));
    } catch (const std::exception&) { // no memory: the words without the values
        spdlog::log(at, std::string_view(text.data(), text.size()));
    }
}

} // namespace tocsin::base::log
