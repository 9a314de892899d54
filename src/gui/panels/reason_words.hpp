#pragma once

#include "tocsin/gui/ui_context.hpp"
#include "tocsin/triage/credibility.hpp"
#include "tocsin/triage/report_clusters.hpp"

#include <QString>

namespace tocsin::gui {

/// A reason to believe a report, or to doubt it, as a sentence.
[[nodiscard]] QString reasonSentence(const triage::Reason& reason, const UiContext& ui);
/// Why two reports may speak of one event: "180 m apart · 6 min · same category · both say “gas”, “smell”".
[[nodiscard]] QString whySame(const triage::WhySame& why);
/// "120 m", "3.4 km".
[[nodiscard]] QString distanceWord(double metres);

} // namespace tocsin::gui
