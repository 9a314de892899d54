#pragma once

#include "tocsin/gui/ui_context.hpp"
#include "tocsin/triage/incident_proposal.hpp"

class QMenu;
class QObject;

namespace tocsin::gui::commands {

/// Opens an incident from an alarm, with all that the alarm knows, and selects it; or selects the one that it has.
void openIncident(const UiContext& ui, QObject* context, const model::Alarm& alarm);
/// The same from a report. A report without a position takes the county's middle: the map then asks to be moved.
void openIncident(const UiContext& ui, QObject* context, const model::Report& report);
/// What OpenIncident would be sent, for a form to start from.
[[nodiscard]] desk::OpenIncident draftFrom(const UiContext& ui, const model::Alarm& alarm);
[[nodiscard]] desk::OpenIncident draftFrom(const UiContext& ui, const model::Report& report);
/// From what a group of reports may be; all of them that belong to no incident are linked.
[[nodiscard]] desk::OpenIncident draftFrom(const UiContext& ui, const triage::IncidentProposal& proposal);
/// Sends it, and selects what came of it.
void openAndSelect(const UiContext& ui, QObject* context, desk::OpenIncident draft);

/// Fills a menu with the open incidents, nearest to `from` first where it is known; choosing one links the thing.
void fillLinkMenu(const UiContext& ui, QMenu& menu, const model::Report& report);
/// The same, and all of these are linked.
void fillLinkMenu(const UiContext& ui, QMenu& menu, const model::Report& nearTo, std::vector<model::ReportId> reports);
void fillLinkMenu(const UiContext& ui, QMenu& menu, const model::Alarm& nearTo, std::vector<model::AlarmId> alarms);

/// Where the county's things are on average, for what has no place yet.
[[nodiscard]] model::Position countyMiddle(const model::State& state);

} // namespace tocsin::gui::commands
