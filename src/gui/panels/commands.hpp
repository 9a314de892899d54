#pragma once

#include "tocsin/gui/ui_context.hpp"
#include "tocsin/triage/incident_proposal.hpp"

class QMenu;
class QWidget;

namespace tocsin::gui::commands {

/// An alarm about the county as a whole, a warning that only a code places and much that is told have no place: that is 0, 0.
[[nodiscard]] bool isPlaced(const model::Position& position);
/// What OpenIncident would be sent, for a form to start from; without a place where none is known.
[[nodiscard]] desk::OpenIncident draftFrom(const UiContext& ui, const model::Alarm& alarm);
[[nodiscard]] desk::OpenIncident draftFrom(const UiContext& ui, const model::Report& report);
/// From what a group of reports may be; all of them that belong to no incident are linked.
[[nodiscard]] desk::OpenIncident draftFrom(const UiContext& ui, const triage::IncidentProposal& proposal);
/// Sends it, and selects what came of it. One without a place is not sent: its form opens and asks where it is.
void openAndSelect(const UiContext& ui, QWidget* context, desk::OpenIncident draft);

/// Fills a menu with the open incidents, nearest to `from` first where it is known; choosing one links the thing.
void fillLinkMenu(const UiContext& ui, QMenu& menu, const model::Report& report);
/// The same, and all of these are linked.
void fillLinkMenu(const UiContext& ui, QMenu& menu, const model::Report& nearTo, std::vector<model::ReportId> reports);
void fillLinkMenu(const UiContext& ui, QMenu& menu, const model::Alarm& nearTo, std::vector<model::AlarmId> alarms);

} // namespace tocsin::gui::commands
