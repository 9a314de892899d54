#pragma once

#include "tocsin/gui/ui_context.hpp"
#include "tocsin/triage/incident_proposal.hpp"
#include "tocsin/triage/report_clusters.hpp"

#include <QString>
#include <optional>
#include <vector>

class QWidget;

namespace tocsin::gui {

/// What can be done with reports in the triage queue.
enum class ReportAct : unsigned char { claim, verify, needMore, dismiss, callBack, join, split, undo, openIncident, link, place, decline };

/// The reports that an act is for, and, where they are a group, which.
struct ReportTarget {
    std::vector<model::ReportId> reports;
    std::optional<triage::ReportGroup> group; ///< all of it is meant
};

/// What the target may be as an incident: a group whole, or reports that have come to the group of an open incident since.
/// Null: nothing is proposed.
[[nodiscard]] const triage::IncidentProposal* proposalFor(const UiContext& ui, const ReportTarget& target);

/// One place that knows for each act whom it fits, how its button is named, and what is sent. GUI thread.
namespace report_acts {

[[nodiscard]] std::vector<model::ReportId> fitting(const UiContext& ui, const ReportTarget& target, ReportAct act);
[[nodiscard]] bool possible(const UiContext& ui, const ReportTarget& target, ReportAct act);
/// What stands on the button: names its object ("Verify 5 reports").
[[nodiscard]] QString textFor(const UiContext& ui, const ReportTarget& target, ReportAct act);
/// The same in a word or two, for a narrow button: "Verify 5".
[[nodiscard]] QString briefFor(const UiContext& ui, const ReportTarget& target, ReportAct act);
[[nodiscard]] QString keyText(ReportAct act);
[[nodiscard]] std::optional<ReportAct> actFor(int qtKey);
/// Does it, or asks first what it must know. `at` is where a menu opens.
void run(const UiContext& ui, QWidget* at, const ReportTarget& target, ReportAct act);

} // namespace report_acts
} // namespace tocsin::gui
