#pragma once

#include "tocsin/gui/ui_context.hpp"
#include "tocsin/triage/incident_proposal.hpp"

#include <QString>

namespace tocsin::gui {

/// What the incident would be called: "Flood, Mill Lane".
[[nodiscard]] QString proposalTitle(const triage::IncidentProposal& proposal);
/// In a row: "may be an incident: Flood, Mill Lane · grade III", or which one it may belong to.
[[nodiscard]] QString proposalBrief(const triage::IncidentProposal& proposal, const UiContext& ui);
/// What speaks for it, or for its grade, as a sentence.
[[nodiscard]] QString proposalReason(const triage::ProposalReason& reason, const UiContext& ui);

} // namespace tocsin::gui
