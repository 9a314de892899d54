#include "tocsin/triage/warning_hazard.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

namespace tocsin::triage {

namespace {

/// MeteoAlarm's awareness types (EUMETNET, CAP profile): fog and what the sea brings have no plan of their own.
std::string_view byAwareness(const model::WarningInfo& info) {
    constexpr std::array<std::string_view, 16> names{"",     "storm",       "snow",      "storm",     "weather", "heat",
                                                     "cold", "flood",       "forest-fire", "avalanche", "rainstorm", "",
                                                     "flood", "flood",      "weather",   "drought"};
    for (const auto& [name, value] : info.parameters) {
        if (name != "awareness_type")
            continue;
        std::size_t type = 0;
        const auto read = std::from_chars(value.data(), value.data() + value.size(), type);
        if (read.ec == std::errc{} && type < names.size())
            return names[type];
    }
    return {};
}

struct Called {
    Hazards hazard;
    std::string_view name;
};
/// The first that a text speaks of. Heavy rain brings floods and landslides with it, so it goes before them.
constexpr std::array called{Called{hazard::quake, "earthquake"},        Called{hazard::rain, "rainstorm"},
                            Called{hazard::flood, "flood"},             Called{hazard::landslide, "landslide"},
                            Called{hazard::storm, "storm"},             Called{hazard::fire, "fire"},
                            Called{hazard::substance, "hazmat"},        Called{hazard::power, "power-outage"},
                            Called{hazard::traffic, "traffic-accident"}, Called{hazard::water, "water-supply"}};

/// Of what no report tells, so that no kind of hazard_words.toml is for it. Folded.
struct Said {
    std::string_view word;
    std::string_view name;
};
constexpr std::array forests{Said{"forest", "forest-fire"}, Said{"wildfire", "forest-fire"},
                             Said{"waldbrand", "forest-fire"}, Said{"waldbrandgefahr", "forest-fire"},
                             Said{"山火", "forest-fire"},   Said{"森林", "forest-fire"}};
constexpr std::array others{Said{"heat", "heat"},           Said{"hitze", "heat"},          Said{"high temperature", "heat"},
                            Said{"高温", "heat"},           Said{"热浪", "heat"},           Said{"cold", "cold"},
                            Said{"frost", "cold"},          Said{"kälte", "cold"},          Said{"low temperature", "cold"},
                            Said{"寒潮", "cold"},           Said{"低温", "cold"},           Said{"霜冻", "cold"},
                            Said{"snow", "snow"},           Said{"icing", "snow"},          Said{"schnee", "snow"},
                            Said{"schneefall", "snow"},     Said{"glätte", "snow"},         Said{"暴雪", "snow"},
                            Said{"结冰", "snow"},           Said{"avalanche", "avalanche"}, Said{"avalanches", "avalanche"},
                            Said{"lawinen", "avalanche"},   Said{"雪崩", "avalanche"},      Said{"drought", "drought"},
                            Said{"trockenheit", "drought"}, Said{"干旱", "drought"},        Said{"thunderstorm", "storm"},
                            Said{"thunderstorms", "storm"}, Said{"gewitter", "storm"},      Said{"wind", "storm"},
                            Said{"雷电", "storm"},          Said{"雷暴", "storm"},          Said{"冰雹", "storm"},
                            Said{"沙尘", "storm"},          Said{"地质灾害", "landslide"}};

bool isLetter(std::string_view text, std::size_t at) { // of a word that would go on
    if (at >= text.size())
        return false;
    const char c = text[at];
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool says(std::string_view text, std::string_view word) {
    const bool latin = isLetter(word, 0);
    for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
        if (!latin || ((at == 0 || !isLetter(text, at - 1)) && !isLetter(text, at + word.size())))
            return true;
    }
    return false;
}

template <std::size_t count>
std::string_view saidIn(std::string_view text, const std::array<Said, count>& list) {
    const auto found = std::find_if(list.begin(), list.end(), [&](const Said& one) { return says(text, one.word); });
    return found == list.end() ? std::string_view() : found->name;
}

std::string_view byWords(const HazardWords& words, std::string_view written) {
    const auto text = folded(written);
    if (const auto forest = saidIn(text, forests); !forest.empty())
        return forest;
    const auto hazards = words.hazardsIn(text);
    const auto found =
        std::find_if(called.begin(), called.end(), [&](const Called& one) { return (hazards & one.hazard) != 0; });
    const bool byTheWay = found == called.end() || found->hazard == hazard::traffic || found->hazard == hazard::water;
    if (byTheWay) { // "icy roads" are snow
        if (const auto other = saidIn(text, others); !other.empty())
            return other;
    }
    return found == called.end() ? std::string_view() : found->name;
}

} // namespace

std::string hazardOfWarning(const HazardWords& words, const model::WarningInfo& info) {
    auto name = byAwareness(info);
    if (name.empty())
        name = byWords(words, info.event);
    if (name.empty())
        name = byWords(words, info.headline);
    return std::string(name);
}

} // namespace tocsin::triage
