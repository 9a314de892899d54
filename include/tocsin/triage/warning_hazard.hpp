#pragma once

#include "tocsin/model/warning.hpp"
#include "tocsin/triage/hazard_words.hpp"

#include <string>

namespace tocsin::triage {

/// What a part of a warning warns of, as plans name it ("flood", "forest-fire"): by its awareness type where the sender gives one
/// (MeteoAlarm: awareness_type "12; Flooding"), else by the words of its event, else by those of its headline. Empty: none of
/// them tells. Pure; any thread.
[[nodiscard]] std::string hazardOfWarning(const HazardWords& words, const model::WarningInfo& info);

} // namespace tocsin::triage
