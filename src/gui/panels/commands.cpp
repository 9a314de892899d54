#include "gui/panels/commands.hpp"

#include "gui/panels/proposal_words.hpp"
#include "tocsin/gui/panels/new_incident_dialog.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "tocsin/gui/symbols.hpp"

#include <QCoreApplication>
#include <QMenu>
#include <algorithm>
#include <cmath>
#include <optional>

namespace tocsin::gui::commands {
namespace {

template <typename IdType>
void selectFirst(Selection& selection, const desk::Done& done) {
    if (done.ids.empty())
        return;
    if (const auto id = IdType::parse(done.ids.front()))
        selection.select(*id);
}

/// Good enough to sort by: degrees on a plane that is squeezed as the parallels are.
double squaredDegrees(model::Position a, model::Position b) {
    const double squeeze = std::cos(a.latitude() * 3.14159265358979 / 180.0);
    const double dx = (a.longitude() - b.longitude()) * squeeze;
    const double dy = a.latitude() - b.latitude();
    return dx * dx + dy * dy;
}

template <typename Link>
void fillMenu(const UiContext& ui, QMenu& menu, const std::optional<model::Position>& from, const Link& link) {
    std::vector<const model::Incident*> open;
    for (const auto& [id, incident] : ui.desk.state().incidents) {
        if (incident.state == model::IncidentState::open)
            open.push_back(&incident);
    }
    std::stable_sort(open.begin(), open.end(), [&](const model::Incident* a, const model::Incident* b) {
        if (from)
            return squaredDegrees(*from, a->position) < squaredDegrees(*from, b->position);
        return a->grade < b->grade;
    });
    for (const model::Incident* incident : open) {
        QAction* action = menu.addAction(
            Symbols::icon(Symbols::forHazard(incident->hazard, incident->hazardClass), ui.theme.grade(incident->grade)),
            Words::plain(incident->number) + QStringLiteral("  ") + Words::local(incident->title, ui.language));
        QObject::connect(action, &QAction::triggered, &menu, [link, id = incident->id] { link(id); });
    }
    if (open.empty())
        menu.addAction(QCoreApplication::translate("tocsin::gui::Words", "No incident is open"))->setEnabled(false);
}

} // namespace

bool isPlaced(const model::Position& position) {
    return !(position == model::Position());
}

desk::OpenIncident draftFrom(const UiContext&, const model::Alarm& alarm) {
    desk::OpenIncident draft;
    draft.title = alarm.title;
    draft.hazardClass = alarm.hazardClass;
    draft.hazard = alarm.hazard;
    draft.grade = alarm.severity;
    draft.position = alarm.position;
    draft.place = alarm.place;
    draft.alarms = {alarm.id};
    draft.plan = alarm.plan;
    return draft;
}

desk::OpenIncident draftFrom(const UiContext&, const model::Report& report) {
    desk::OpenIncident draft;
    draft.title = Words::shortened(Words::plain(report.text), 48).toStdString();
    draft.hazard = report.category;
    draft.hazardClass = triage::hazardClassOf(report.category);
    draft.grade = model::Grade::IV;
    draft.position = report.position.value_or(model::Position());
    draft.place = report.place;
    draft.reports = {report.id};
    return draft;
}

desk::OpenIncident draftFrom(const UiContext& ui, const triage::IncidentProposal& proposal) {
    desk::OpenIncident draft;
    draft.title = proposalTitle(proposal).toStdString();
    draft.hazard = proposal.hazard;
    draft.hazardClass = proposal.hazardClass;
    draft.grade = proposal.grade;
    draft.position = proposal.centre.value_or(model::Position());
    draft.place = proposal.place;
    const auto& all = ui.desk.state().reports;
    for (const auto& id : proposal.reports) { // somebody may have linked one since it was found
        if (const auto found = all.find(id); found != all.end() && !found->second.incident)
            draft.reports.push_back(id);
    }
    return draft;
}

void openAndSelect(const UiContext& ui, QWidget* context, desk::OpenIncident draft) {
    if (!isPlaced(draft.position)) {
        auto* dialog = new NewIncidentDialog(ui, std::move(draft), context);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
        return;
    }
    ui.desk.send(std::move(draft), context, [&selection = ui.selection](const base::Result<desk::Done>& done) {
        if (done)
            selectFirst<model::IncidentId>(selection, *done);
    });
}

void fillLinkMenu(const UiContext& ui, QMenu& menu, const model::Report& report) {
    fillLinkMenu(ui, menu, report, {report.id});
}

void fillLinkMenu(const UiContext& ui, QMenu& menu, const model::Report& nearTo, std::vector<model::ReportId> reports) {
    fillMenu(ui, menu, nearTo.position, [&desk = ui.desk, ids = std::move(reports)](model::IncidentId incident) {
        desk.send(desk::LinkToIncident{incident, {}, ids});
    });
}

void fillLinkMenu(const UiContext& ui, QMenu& menu, const model::Alarm& nearTo, std::vector<model::AlarmId> alarms) {
    // An alarm about the county as a whole has no place: then the gravest incident stands first.
    const auto from = isPlaced(nearTo.position) ? std::optional(nearTo.position) : std::nullopt;
    fillMenu(ui, menu, from, [&desk = ui.desk, ids = std::move(alarms)](model::IncidentId incident) {
        desk.send(desk::LinkToIncident{incident, ids, {}});
    });
}

} // namespace tocsin::gui::commands
