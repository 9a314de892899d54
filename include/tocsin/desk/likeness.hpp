#pragma once

#include "tocsin/base/time.hpp"
#include "tocsin/base/units.hpp"
#include "tocsin/model/state.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace tocsin::desk {

/// What is known of a call while it is still being taken. Whatever is not known yet is left empty.
struct CallSketch {
    std::optional<model::Position> position;
    std::string place;    ///< in the caller's words
    std::string text;     ///< what happened
    std::string category; ///< as a report's: "flood"; empty: not chosen
    base::Time time;      ///< when it happened
    std::string sourceId; ///< of the call itself: what it recorded before is no candidate
};

/// A thing that the desk has already and that may be what the caller speaks of, and why.
struct Likeness {
    std::variant<model::IncidentId, model::ReportId, model::AlarmId> what;
    double score{0};                       ///< 0…1; what is below 0.4 is not worth showing and left out
    std::optional<base::Metres> distance;  ///< absent: one of both has no position
    base::Duration apart{0};               ///< between the two times, never negative
    bool sameCategory{false};
    bool samePlaceName{false};
    std::vector<std::string> shared; ///< words (or, in Chinese, runs of characters) that both have, longest first
};

/// Open incidents, reports of the last day and active alarms that may be the same as the call, likeliest first, at most
/// `most`. A report that belongs to an open incident does not come beside it. The weights: where (0.4; halved at about
/// 700 m), what is said (0.3; pairs of characters, so that Chinese needs no words), when (0.15) and category (0.15).
///
/// Cheap enough for a window's thread while somebody types: words are compared only with the 400 things that are the
/// nearest in place and time, and no more than 50,000 reports are looked at, newest first. Pure; thread safe.
[[nodiscard]] std::vector<Likeness> likelySame(const model::State& state, const CallSketch& call, std::size_t most);

/// How alike two texts are, 0…1: Dice's coefficient over pairs of characters, without regard to case, accents, width or
/// punctuation; a short text that stands within a long one counts as more than the bare coefficient.
[[nodiscard]] double textLikeness(std::string_view a, std::string_view b);

} // namespace tocsin::desk
