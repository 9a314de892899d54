#pragma once

#include "gui/resources/roster.hpp"
#include "tocsin/gui/ui_context.hpp"

namespace tocsin::gui {

/// The rosters' lines as a printable table: rich text for a QTextDocument, in the window's language.
[[nodiscard]] QString rosterHtml(const UiContext& ui, const std::vector<RosterRow>& rows, RosterSpan shown);

} // namespace tocsin::gui
