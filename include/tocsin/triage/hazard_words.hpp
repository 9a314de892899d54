#pragma once

#include "tocsin/base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

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
constexpr Hazards people = 1U << 10U;  ///< hurt, ill or missing, or how is not told
constexpr Hazards trapped = 1U << 11U; ///< people who cannot get out
constexpr Hazards dead = 1U << 12U;
constexpr Hazards inDanger = people | trapped | dead; ///< any of them
} // namespace hazard

/// Without case and width; accents stay.
[[nodiscard]] std::string folded(std::string_view text);

/// The words of events and of their denial, as a county edits them (hazard_words.toml). Without any it knows nothing and
/// nothing is denied. Reading it is safe from any thread.
class HazardWords {
  public:
    HazardWords() = default;
    /// The table is in docs/COUNTY.md. A fault names its line and column.
    [[nodiscard]] static base::Result<HazardWords> parse(std::string_view toml);

    /// By a folded category, or an alarm's hazard; 0: a word that is not known.
    [[nodiscard]] Hazards hazardsOf(std::string_view word) const;
    /// By all words of a folded text.
    [[nodiscard]] Hazards hazardsIn(std::string_view text) const;
    /// Of `about`, what the folded text says is so: "two are trapped", not "nobody is trapped".
    [[nodiscard]] Hazards saidIn(std::string_view text, Hazards about) const;
    /// The folded text says that it is over or was never so: "false alarm", "no fire here", "误报", "没有积水",
    /// "Entwarnung". "No water" and "没有电" are what is reported, and deny nothing; nor does "not a false alarm".
    /// `about`: 0 is anything.
    [[nodiscard]] bool denies(std::string_view text, Hazards about) const;

  private:
    struct Word {
        std::string text; ///< folded
        Hazards hazards{0};
        bool deniable{false}; ///< "no …" says that it is not so
    };
    struct Denial {
        std::string text;
        bool onlyNegated{false};
    };
    [[nodiscard]] bool negated(std::string_view text, std::size_t at) const;
    [[nodiscard]] bool isOtherThing(std::string_view text, std::size_t end) const;

    std::vector<Word> m_words;
    std::vector<Denial> m_denials;
    std::vector<std::string> m_negators;
    std::vector<std::string> m_fillers;
    std::vector<std::string> m_goesOn;
};

} // namespace tocsin::triage
