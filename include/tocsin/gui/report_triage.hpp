#pragma once

#include "tocsin/desk/desk.hpp"
#include "tocsin/triage/credibility.hpp"
#include "tocsin/triage/hot_spots.hpp"
#include "tocsin/triage/incident_proposal.hpp"
#include "tocsin/triage/report_clusters.hpp"

#include <QObject>
#include <memory>
#include <vector>

namespace tocsin::gui {

/// A county's file of words that could not be read; those that came with the program are used in its place.
struct WordsFault {
    std::string file;
    base::Error error;
};

/// The words by which reports are compared and understood.
struct ReportWords {
    triage::Synonyms synonyms;
    triage::HazardWords hazards;
    std::vector<WordsFault> faults;
};

/// What is found in citizens' reports, as the window sees it. Answers at once from what a worker found last; GUI thread
/// only. What is handed out is valid until the next changed(). It may name reports that the bridge does not show
/// yet, or is a moment behind it. This class itself has found nothing: a stand-in for tests and previews.
class ReportTriage : public QObject {
    Q_OBJECT
  public:
    using QObject::QObject;

    /// Of two reports and more, by key.
    [[nodiscard]] virtual const std::vector<triage::ReportGroup>& groups() const;
    /// Null where the report stands alone.
    [[nodiscard]] virtual const triage::ReportGroup* groupOf(model::ReportId report) const;
    [[nodiscard]] virtual const std::vector<triage::HotSpot>& hotSpots() const;
    [[nodiscard]] virtual const std::vector<triage::TrendingTerm>& trending() const;
    /// Heaviest first. Of a report that nobody has asked about lately it is empty, and changed() follows when it is known.
    [[nodiscard]] virtual const std::vector<triage::Reason>& credibilityOf(model::ReportId report) const;

    /// What the report tells of people in danger: of triage::hazard::inDanger.
    [[nodiscard]] virtual triage::Hazards dangerOf(model::ReportId report) const;

    /// What the group of the report may be as an incident; null where it is too small, or a person has said no
    /// (triage::proposalOf).
    [[nodiscard]] const triage::IncidentProposal* proposalOf(model::ReportId report) const;

    /// The word whose reports are shown alone, as it stands now; null: all are shown.
    [[nodiscard]] const triage::TrendingTerm* chosenTerm() const;
    void chooseTerm(std::optional<triage::TrendingTerm> term);

    /// To be shown as long as it is so.
    [[nodiscard]] virtual const std::vector<WordsFault>& wordsFaults() const;

    /// All that the desk has told is looked at, and has been told here.
    [[nodiscard]] virtual bool isSettled() const { return true; }

  signals:
    void changed();
    /// Somebody wants to put this report where it belongs: for who has the map.
    void placeWanted(tocsin::model::ReportId report);

  protected:
    /// What was found for a group, by its key.
    [[nodiscard]] virtual const triage::IncidentProposal* foundFor(const std::string& group) const;

  private:
    std::optional<triage::TrendingTerm> m_chosen;
};

/// Looks through the desk's reports on a worker of its own, from its deltas: neither the desk nor the window waits. The
/// desk must outlive it; destroying it waits for the worker. GUI thread.
[[nodiscard]] std::unique_ptr<ReportTriage> makeReportTriage(desk::Desk& desk, ReportWords words);

} // namespace tocsin::gui
