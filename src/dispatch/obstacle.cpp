#include "tocsin/dispatch/obstacle.hpp"

#include <array>

namespace tocsin::dispatch {

std::string_view toString(Obstacle obstacle) {
    constexpr std::array<std::string_view, obstacles> words{
        "none",        "busy",     "out-of-service",  "lacks-capability", "low-level", "no-road", "cannot-travel",
        "maintenance", "off-duty", "over-crew-hours", "position-too-old", "too-far",   "claimed", "no-payload",
        "promised",    "expired",  "other-unit",      "none-left",        "full",      "old-count", "worse-in-all"};
    const auto index = static_cast<std::size_t>(obstacle);
    return index < words.size() ? words[index] : "none";
}

} // namespace tocsin::dispatch
