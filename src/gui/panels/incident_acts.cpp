#include "gui/panels/incident_acts.hpp"

#include "gui/panels/move_incident_dialog.hpp"
#include "gui/panels/plan_dialog.hpp"
#include "gui/panels/reason_dialog.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QCoreApplication>
#include <QMenu>
#include <algorithm>
#include <memory>

namespace tocsin::gui::incident_acts {
namespace {

constexpr IncidentAct all[] = {IncidentAct::move, IncidentAct::plan, IncidentAct::grade, IncidentAct::close};

struct Say {
    Q_DECLARE_TR_FUNCTIONS(tocsin::gui::IncidentActs)
};

const model::Incident* find(const UiContext& ui, model::IncidentId id) {
    const auto& known = ui.desk.state().incidents;
    const auto it = known.find(id);
    return it == known.end() ? nullptr : &it->second;
}

void close(const UiContext& ui, QWidget* parent, const model::Incident& incident) {
    const auto& assignments = ui.desk.state().assignments;
    const auto out = std::count_if(assignments.begin(), assignments.end(), [&](const auto& item) {
        return item.second.incident == incident.id && item.second.state != model::AssignmentState::released;
    });
    ReasonDialog::Question question;
    question.title = Say::tr("Close “%1”").arg(Words::local(incident.title, ui.language));
    question.explanation = out > 0 ? Say::tr("%1 still assigned: release them first, the desk will refuse otherwise.")
                                         .arg(Words::teams(static_cast<std::size_t>(out)))
                                   : Say::tr("It leaves the list; the duty log keeps it.");
    QStringList toCome;
    QStringList here;
    for (const auto& [id, request] : ui.desk.state().aidRequests) {
        const auto partner = ui.desk.state().resources.find(request.partner);
        const QString from = Say::tr("%1 from %2", "number of a request for aid, partner")
                                 .arg(Words::plain(request.number), partner == ui.desk.state().resources.end()
                                                                        ? Say::tr("a partner")
                                                                        : Words::local(partner->second.name, ui.language));
        if (request.incident == incident.id && model::isToCome(request))
            toCome << from;
        else if (request.incident == incident.id && request.state == model::AidState::arrived)
            here << from;
    }
    if (!toCome.isEmpty())
        question.explanation += QLatin1Char('\n') + Say::tr("Mutual aid that is asked for and not here yet: %1.").arg(toCome.join(QStringLiteral(", ")));
    if (!here.isEmpty())
        question.explanation += QLatin1Char('\n') + Say::tr("Mutual aid that is here and was not given back: %1.").arg(here.join(QStringLiteral(", ")));
    const auto callOff = std::make_shared<bool>(!toCome.isEmpty());
    if (!toCome.isEmpty()) {
        question.option = Say::tr("Call that aid off too; tell them so");
        question.taken = callOff;
    }
    question.act = Say::tr("Close incident %1").arg(Words::plain(incident.number));
    question.grave = true;
    auto* dialog = new ReasonDialog(
        ui, std::move(question),
        [id = incident.id, callOff](const std::string& reason) -> desk::CommandBody { return desk::CloseIncident{id, reason, *callOff}; },
        parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void show(QDialog* dialog) {
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

} // namespace

bool possible(const UiContext& ui, model::IncidentId incident, IncidentAct act) {
    const auto* about = find(ui, incident);
    return about != nullptr && about->state == model::IncidentState::open && !ui.desk.readOnly() &&
           (act != IncidentAct::plan || !ui.desk.plans().empty());
}

QString textFor(IncidentAct act) {
    switch (act) {
    case IncidentAct::move:
        return Say::tr("Move…");
    case IncidentAct::plan:
        return Say::tr("Plan…");
    case IncidentAct::grade:
        return Say::tr("Other grade…");
    case IncidentAct::close:
        return Say::tr("Close…");
    }
    return {};
}

QString keyText(IncidentAct act) {
    switch (act) {
    case IncidentAct::move:
        return QStringLiteral("P");
    case IncidentAct::plan:
        return QStringLiteral("L");
    case IncidentAct::grade:
        return QStringLiteral("E");
    case IncidentAct::close:
        break; // not by one key
    }
    return {};
}

std::optional<IncidentAct> actFor(int qtKey) {
    switch (qtKey) {
    case Qt::Key_P:
        return IncidentAct::move;
    case Qt::Key_L:
        return IncidentAct::plan;
    case Qt::Key_E:
        return IncidentAct::grade;
    default:
        return std::nullopt;
    }
}

void run(const UiContext& ui, QWidget* parent, model::IncidentId incident, IncidentAct act) {
    if (!possible(ui, incident, act))
        return;
    switch (act) {
    case IncidentAct::move:
        show(new MoveIncidentDialog(ui, incident, parent));
        return;
    case IncidentAct::plan:
        show(new PlanDialog(ui, incident, PlanDialog::Asks::plan, parent));
        return;
    case IncidentAct::grade:
        show(new PlanDialog(ui, incident, PlanDialog::Asks::grade, parent));
        return;
    case IncidentAct::close:
        close(ui, parent, *find(ui, incident));
        return;
    }
}

void fillMenu(const UiContext& ui, QWidget* parent, QMenu& menu, model::IncidentId incident) {
    for (const IncidentAct act : all) {
        const QString key = keyText(act); // the tab sets it at the right; the list itself has the key
        menu.addAction(key.isEmpty() ? textFor(act) : textFor(act) + QLatin1Char('\t') + key, &menu,
                       [ui, parent, incident, act] { run(ui, parent, incident, act); })
            ->setEnabled(possible(ui, incident, act));
    }
}

} // namespace tocsin::gui::incident_acts
