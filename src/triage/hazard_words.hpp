#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tocsin::triage {

/// Kinds of events as bits; a word may stand for several: heavy rain brings floods and landslides.
using Hazards = std::uint32_t;
namespace hazard {
constexpr Hazards flood = 1U << 0U;
constexpr Hazards fire = 1U << 1U;
constexpr Hazards landslide = 1U << 2U;
constexpr Hazards quake = 1U << 3U; ///< and what falls down by it
constexpr Hazards rain = 1U << 4U;
constexpr Hazards storm = 1U << 5U;
constexpr Hazards power = 1U << 6U;
constexpr Hazards water = 1U << 7U;
constexpr Hazards traffic = 1U << 8U;
constexpr Hazards substance = 1U << 9U;
constexpr Hazards people = 1U << 10U;
} // namespace hazard

/// Without case and width; accents stay.
[[nodiscard]] std::string folded(std::string_view text);
/// By a folded category, or an alarm's hazard; 0: a word that is not known.
[[nodiscard]] Hazards hazardsOf(std::string_view word);
/// By all words of a folded text.
[[nodiscard]] Hazards hazardsIn(std::string_view text);
/// The folded text says that it is over or was never so: "false alarm", "no fire here", "误报", "没有积水",
/// "Entwarnung". "No water" and "没有电" are what is reported, and deny nothing; nor does "not a false alarm". `about`:
/// 0 is anything.
[[nodiscard]] bool denies(std::string_view text, Hazards about);

} // namespace tocsin::triage
