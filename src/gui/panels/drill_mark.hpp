#pragma once

#include "tocsin/model/state.hpp"

#include <QString>
#include <optional>

namespace tocsin::gui {

/// Whether what is told is a drill: the desk's, or of the incident that it is about.
[[nodiscard]] bool isDrill(const model::State& state, std::optional<model::IncidentId> incident = std::nullopt);

/// What a print of a drill is headed by: nobody who finds the sheet may take it for real. Empty where all is real.
[[nodiscard]] QString drillMark(const model::State& state, std::optional<model::IncidentId> incident = std::nullopt);
/// The same as a paragraph of rich text.
[[nodiscard]] QString drillHtml(const model::State& state, std::optional<model::IncidentId> incident = std::nullopt);

} // namespace tocsin::gui
