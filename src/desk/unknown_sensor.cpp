#include "tocsin/desk/unknown_sensor.hpp"

namespace tocsin::desk {

namespace {
constexpr std::string_view reasonBegins = "no sensor '";
constexpr std::string_view reasonEnds = "' is registered";
} // namespace

base::Error unknownSensor(std::string_view id) {
    return {base::Code::notFound, std::string(reasonBegins).append(id).append(reasonEnds), {}};
}

std::optional<std::string> unknownSensorOf(const base::Error& error) {
    const std::string_view message = error.message;
    const auto end = message.rfind(reasonEnds);
    if (error.code != base::Code::notFound || !message.starts_with(reasonBegins) || end == std::string_view::npos ||
        end <= reasonBegins.size())
        return std::nullopt;
    return std::string(message.substr(reasonBegins.size(), end - reasonBegins.size()));
}

} // namespace tocsin::desk
