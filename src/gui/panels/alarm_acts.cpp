#include "gui/panels/alarm_acts.hpp"

#include "gui/panels/commands.hpp"
#include "gui/panels/hand_dialog.hpp"
#include "gui/panels/reason_dialog.hpp"
#include "gui/panels/shelve_dialog.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "tocsin/model/alarm_life.hpp"

#include <QCoreApplication>
#include <QMenu>
#include <algorithm>
#include <set>

namespace tocsin::gui::alarm_acts {
namespace {

constexpr AlarmAct kAll[] = {AlarmAct::acknowledge, AlarmAct::openIncident, AlarmAct::link,  AlarmAct::shelve,
                             AlarmAct::bringBack,   AlarmAct::outOfService, AlarmAct::reset, AlarmAct::hand};

struct Say {
    Q_DECLARE_TR_FUNCTIONS(tocsin::gui::AlarmActs)
};

const model::Alarm* find(const UiContext& ui, model::AlarmId id) {
    const auto& all = ui.desk.state().alarms;
    const auto it = all.find(id);
    return it == all.end() ? nullptr : &it->second;
}

bool fits(const model::Alarm& alarm, AlarmAct act) {
    switch (act) {
    case AlarmAct::acknowledge:
        return model::wantsAcknowledgement(alarm);
    case AlarmAct::openIncident:
        return model::isActive(alarm.state);
    case AlarmAct::link:
        return model::isActive(alarm.state) && !alarm.incident;
    case AlarmAct::shelve:
    case AlarmAct::outOfService: // also one that is over, before it comes again
        return (model::isActive(alarm.state) || model::comesAgain(alarm)) && !model::isSetAside(alarm.state);
    case AlarmAct::bringBack:
        return alarm.state == model::AlarmState::shelved || alarm.state == model::AlarmState::outOfService;
    case AlarmAct::reset:
        return alarm.state == model::AlarmState::latched;
    case AlarmAct::hand:
        return model::isActive(alarm.state) && !model::isSetAside(alarm.state);
    }
    return false;
}

/// All of one incident, or of none: where to go.
std::optional<model::IncidentId> incidentOf(const UiContext& ui, const std::vector<model::AlarmId>& alarms) {
    std::optional<model::IncidentId> common;
    for (const model::AlarmId& id : alarms) {
        const model::Alarm* alarm = find(ui, id);
        if (alarm == nullptr || !alarm->incident || (common && *common != *alarm->incident))
            return std::nullopt;
        common = alarm->incident;
    }
    return common;
}

void openIncident(const UiContext& ui, QWidget* parent, const std::vector<model::AlarmId>& alarms) {
    if (const auto incident = incidentOf(ui, alarms)) {
        ui.selection.select(*incident);
        return;
    }
    // The gravest names it; one that belongs to an incident already stays there.
    const model::Alarm* gravest = nullptr;
    std::vector<model::AlarmId> free;
    for (const model::AlarmId& id : alarms) {
        const model::Alarm* alarm = find(ui, id);
        if (alarm == nullptr || alarm->incident)
            continue;
        free.push_back(id);
        if (gravest == nullptr || alarm->severity < gravest->severity)
            gravest = alarm;
    }
    if (gravest == nullptr || ui.desk.readOnly())
        return;
    desk::OpenIncident draft = commands::draftFrom(ui, *gravest);
    draft.alarms = std::move(free);
    commands::openAndSelect(ui, parent, std::move(draft));
}

void link(const UiContext& ui, QWidget* at, const std::vector<model::AlarmId>& alarms) {
    const model::Alarm* first = find(ui, alarms.front());
    auto* menu = new QMenu(at);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(QStringLiteral("linkMenu"));
    commands::fillLinkMenu(ui, *menu, *first, alarms);
    menu->popup(at->mapToGlobal(at->rect().center()));
    if (!menu->actions().isEmpty())
        menu->setActiveAction(menu->actions().front()); // Enter links to the nearest
}

void bringBack(const UiContext& ui, const std::vector<model::AlarmId>& alarms) {
    std::vector<model::AlarmId> shelved;
    std::vector<model::AlarmId> out;
    for (const model::AlarmId& id : alarms) {
        const model::Alarm* alarm = find(ui, id);
        (alarm->state == model::AlarmState::shelved ? shelved : out).push_back(id);
    }
    if (!shelved.empty())
        ui.desk.send(desk::UnshelveAlarms{std::move(shelved)});
    if (!out.empty())
        ui.desk.send(desk::PutAlarmsBack{std::move(out)});
}

void takeOut(const UiContext& ui, QWidget* parent, std::vector<model::AlarmId> alarms) {
    const AlarmTarget target{alarms};
    ReasonDialog::Question question;
    question.title = textFor(ui, target, AlarmAct::outOfService);
    question.explanation =
        Say::tr("Not shown among the alarms and without sound until somebody puts them back. They stay "
                "counted, and are found under “set aside”.");
    question.act = question.title;
    auto* dialog = new ReasonDialog(
        ui, std::move(question),
        [alarms = std::move(alarms)](const std::string& reason) -> desk::CommandBody {
            return desk::TakeAlarmsOutOfService{alarms, reason};
        },
        parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

QString sentence(AlarmAct act, const QString& name) {
    switch (act) {
    case AlarmAct::acknowledge:
        return Say::tr("Acknowledge %1").arg(name);
    case AlarmAct::openIncident:
        return Say::tr("Open incident from %1").arg(name);
    case AlarmAct::link:
        return Say::tr("Link %1 to an incident…").arg(name);
    case AlarmAct::shelve:
        return Say::tr("Shelve %1…").arg(name);
    case AlarmAct::bringBack:
        return Say::tr("Bring back %1").arg(name);
    case AlarmAct::outOfService:
        return Say::tr("Take %1 out of service").arg(name);
    case AlarmAct::reset:
        return Say::tr("Reset %1").arg(name);
    case AlarmAct::hand:
        return Say::tr("Hand over %1…").arg(name);
    }
    return {};
}

QString word(AlarmAct act) {
    switch (act) {
    case AlarmAct::acknowledge:
        return Say::tr("Acknowledge");
    case AlarmAct::openIncident:
        return Say::tr("Open incident");
    case AlarmAct::link:
        return Say::tr("Link…");
    case AlarmAct::shelve:
        return Say::tr("Shelve…");
    case AlarmAct::bringBack:
        return Say::tr("Bring back");
    case AlarmAct::outOfService:
        return Say::tr("Out of service…");
    case AlarmAct::reset:
        return Say::tr("Reset");
    case AlarmAct::hand:
        return Say::tr("Hand over…");
    }
    return {};
}

} // namespace

std::vector<model::AlarmId> fitting(const UiContext& ui, const AlarmTarget& target, AlarmAct act) {
    std::vector<model::AlarmId> out;
    for (const model::AlarmId& id : target.alarms) {
        const model::Alarm* alarm = find(ui, id);
        if (alarm != nullptr && fits(*alarm, act))
            out.push_back(id);
    }
    return out;
}

QString nameOf(const UiContext& ui, const std::vector<model::AlarmId>& alarms) {
    if (alarms.size() != 1)
        return Words::alarms(alarms.size());
    const model::Alarm* alarm = find(ui, alarms.front());
    return alarm == nullptr ? Words::alarms(1) : Words::quoted(Words::local(alarm->title, ui.language));
}

QString textFor(const UiContext& ui, const AlarmTarget& target, AlarmAct act, bool brief) {
    const std::vector<model::AlarmId> alarms = fitting(ui, target, act);
    if (act == AlarmAct::openIncident && incidentOf(ui, alarms))
        return Say::tr("Go to incident");
    if (alarms.empty() || (alarms.size() == 1 && brief))
        return word(act);
    return sentence(act, nameOf(ui, alarms));
}

QString keyText(AlarmAct act) {
    switch (act) {
    case AlarmAct::acknowledge:
        return Say::tr("Space");
    case AlarmAct::openIncident:
        return QStringLiteral("I");
    case AlarmAct::link:
        return QStringLiteral("K");
    case AlarmAct::shelve:
        return QStringLiteral("S");
    case AlarmAct::bringBack:
        return QStringLiteral("U");
    case AlarmAct::outOfService:
        return QStringLiteral("O");
    case AlarmAct::reset:
        return QStringLiteral("R");
    case AlarmAct::hand:
        return QStringLiteral("H");
    }
    return {};
}

std::optional<AlarmAct> actFor(int qtKey) {
    switch (qtKey) {
    case Qt::Key_Space:
        return AlarmAct::acknowledge;
    case Qt::Key_I:
        return AlarmAct::openIncident;
    case Qt::Key_K:
        return AlarmAct::link;
    case Qt::Key_S:
        return AlarmAct::shelve;
    case Qt::Key_U:
        return AlarmAct::bringBack;
    case Qt::Key_O:
        return AlarmAct::outOfService;
    case Qt::Key_R:
        return AlarmAct::reset;
    case Qt::Key_H:
        return AlarmAct::hand;
    default:
        return std::nullopt;
    }
}

bool leadsToIncident(const UiContext& ui, const AlarmTarget& target) {
    return incidentOf(ui, fitting(ui, target, AlarmAct::openIncident)).has_value();
}

bool possible(const UiContext& ui, const AlarmTarget& target, AlarmAct act) {
    const std::vector<model::AlarmId> alarms = fitting(ui, target, act);
    if (alarms.empty())
        return false;
    return !ui.desk.readOnly() || (act == AlarmAct::openIncident && incidentOf(ui, alarms));
}

void run(const UiContext& ui, QWidget* parent, const AlarmTarget& target, AlarmAct act) {
    if (!possible(ui, target, act))
        return;
    std::vector<model::AlarmId> alarms = fitting(ui, target, act);
    switch (act) {
    case AlarmAct::acknowledge:
        if (alarms.size() == 1)
            ui.desk.send(desk::AcknowledgeAlarm{alarms.front()});
        else
            ui.desk.send(desk::AcknowledgeAlarms{std::move(alarms)});
        return;
    case AlarmAct::openIncident:
        openIncident(ui, parent, alarms);
        return;
    case AlarmAct::link:
        link(ui, parent, alarms);
        return;
    case AlarmAct::shelve:
        (new ShelveDialog(ui, std::move(alarms), parent))->open();
        return;
    case AlarmAct::bringBack:
        bringBack(ui, alarms);
        return;
    case AlarmAct::outOfService:
        takeOut(ui, parent, std::move(alarms));
        return;
    case AlarmAct::reset:
        ui.desk.send(desk::ResetAlarms{std::move(alarms)});
        return;
    case AlarmAct::hand:
        (new HandDialog(ui, std::move(alarms), parent))->open();
        return;
    }
}

void fillMenu(const UiContext& ui, QWidget* parent, QMenu& menu, const AlarmTarget& target) {
    for (const AlarmAct act : kAll) {
        if (!possible(ui, target, act))
            continue;
        // The tab sets the key at the right, as for a shortcut; the list itself has the key.
        menu.addAction(textFor(ui, target, act).replace(QLatin1Char('&'), QStringLiteral("&&")) + QLatin1Char('\t') +
                           keyText(act),
                       &menu, [ui, parent, target, act] { run(ui, parent, target, act); });
    }
    if (menu.isEmpty())
        menu.addAction(Say::tr("Nothing can be done with it now"))->setEnabled(false);
}

} // namespace tocsin::gui::alarm_acts
