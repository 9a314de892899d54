#pragma once

#include "tocsin/gui/ui_context.hpp"

#include <QString>
#include <optional>

class QMenu;
class QWidget;

namespace tocsin::gui {

/// What a person can do with an incident, beside sending somebody.
enum class IncidentAct : unsigned char { move, plan, grade, close };

namespace incident_acts {

/// True while it is open and the desk can write.
[[nodiscard]] bool possible(const UiContext& ui, model::IncidentId incident, IncidentAct act);
[[nodiscard]] QString textFor(IncidentAct act); ///< "Move…"
[[nodiscard]] QString keyText(IncidentAct act); ///< in the list of incidents: "P"
[[nodiscard]] std::optional<IncidentAct> actFor(int qtKey);
/// Opens the dialog that asks what must be known first. Nothing if it is not possible.
void run(const UiContext& ui, QWidget* parent, model::IncidentId incident, IncidentAct act);
/// All of them, each with its key.
void fillMenu(const UiContext& ui, QWidget* parent, QMenu& menu, model::IncidentId incident);

} // namespace incident_acts
} // namespace tocsin::gui
