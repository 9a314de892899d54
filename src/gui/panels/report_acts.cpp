#include "gui/panels/report_acts.hpp"

#include "gui/panels/call_back_dialog.hpp"
#include "gui/panels/commands.hpp"
#include "gui/panels/reason_dialog.hpp"
#include "gui/panels/report_lots.hpp"
#include "tocsin/gui/panels/new_incident_dialog.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "tocsin/gui/report_triage.hpp"

#include <QCoreApplication>
#include <QMenu>
#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace tocsin::gui {

const triage::IncidentProposal* proposalFor(const UiContext& ui, const ReportTarget& target) {
    if (ui.reports == nullptr || target.reports.empty())
        return nullptr;
    const auto* proposal = ui.reports->proposalOf(target.reports.front());
    if (proposal == nullptr || (!target.group && !proposal->incident))
        return nullptr;
    const bool one = std::all_of(target.reports.begin(), target.reports.end(), [&](const auto& id) {
        const auto* group = ui.reports->groupOf(id);
        return group != nullptr && group->key == proposal->group;
    });
    return one ? proposal : nullptr; // several rows that have nothing to do with each other are no proposal
}

} // namespace tocsin::gui

namespace tocsin::gui::report_acts {
namespace {

struct Say {
    Q_DECLARE_TR_FUNCTIONS(tocsin::gui::ReportActs)
};

constexpr std::array callBackMinutes{5, 10, 30, 60};

const model::Report* find(const UiContext& ui, model::ReportId id) {
    const auto& all = ui.desk.state().reports;
    const auto it = all.find(id);
    return it == all.end() ? nullptr : &it->second;
}

bool mine(const UiContext& ui, const model::Report& report) {
    return QString::fromUtf8(model::claimant(report, ui.desk.now())) == ui.desk.actor();
}

bool allMine(const UiContext& ui, const std::vector<model::ReportId>& reports) {
    return std::all_of(reports.begin(), reports.end(), [&](const auto& id) {
        const auto* report = find(ui, id);
        return report != nullptr && mine(ui, *report);
    });
}

bool fits(const model::Report& report, ReportAct act) {
    switch (act) {
    case ReportAct::claim:
        return !model::isJudged(report.state);
    case ReportAct::verify:
        return report.state != model::ReportState::verified;
    case ReportAct::needMore:
        return report.state != model::ReportState::needsMore;
    case ReportAct::dismiss:
        return report.state != model::ReportState::dismissed;
    case ReportAct::callBack:
        return report.hasContact || model::callsBack(report);
    case ReportAct::split:
        return report.cluster.has_value();
    case ReportAct::join:
        return report.state != model::ReportState::dismissed;
    case ReportAct::openIncident:
    case ReportAct::link:
    case ReportAct::place:
    case ReportAct::decline:
    case ReportAct::undo:
        return true;
    }
    return false;
}

/// The cluster whose last change can be taken back from these: the first that one is in, or the newest that keeps one apart and has not changed otherwise since.
std::optional<model::ClusterId> undoable(const UiContext& ui, const std::vector<model::ReportId>& reports) {
    for (const auto& id : reports) {
        if (const auto* report = find(ui, id); report != nullptr && report->cluster)
            return report->cluster;
    }
    const std::set<model::ReportId> these(reports.begin(), reports.end());
    const auto isOneOfThese = [&these](const auto& id) { return these.contains(id); };
    const model::ReportCluster* newest = nullptr;
    for (const auto& [id, cluster] : ui.desk.state().clusters) {
        const bool byThat = cluster.reports.empty() || std::any_of(cluster.before.begin(), cluster.before.end(), isOneOfThese);
        if (byThat && (newest == nullptr || cluster.changedAt > newest->changedAt) &&
            std::any_of(cluster.apart.begin(), cluster.apart.end(),
                        [&](const auto& pair) { return these.contains(pair.first) || these.contains(pair.second); }))
            newest = &cluster;
    }
    return newest == nullptr ? std::nullopt : std::optional(newest->id);
}

/// Those that nobody has joined, but that are proposed as one event; of one group.
std::vector<model::ReportId> proposedOf(const UiContext& ui, const ReportTarget& target) {
    std::vector<model::ReportId> out;
    std::string key;
    std::set<model::ReportId> proposed;
    for (const auto& id : target.reports) {
        const auto* group = ui.reports == nullptr ? nullptr : ui.reports->groupOf(id);
        if (group == nullptr || (!key.empty() && group->key != key))
            continue;
        if (key.empty()) {
            key = group->key;
            proposed.insert(group->proposed.begin(), group->proposed.end());
        }
        const auto* report = find(ui, id);
        if (report != nullptr && !report->cluster && proposed.contains(id))
            out.push_back(id);
    }
    return out;
}

/// These of their group are another event than the rest of it; all of it: none is the same as any other.
desk::KeepReportsApart keptApart(const UiContext& ui, std::vector<model::ReportId> reports) {
    desk::KeepReportsApart command;
    const std::set<model::ReportId> these(reports.begin(), reports.end());
    if (const auto* group = ui.reports->groupOf(reports.front())) {
        for (const auto& id : group->reports) {
            if (!these.contains(id))
                command.from.push_back(id);
        }
    }
    command.reports = std::move(reports);
    return command;
}

std::optional<model::IncidentId> incidentOf(const UiContext& ui, const std::vector<model::ReportId>& reports) {
    for (const auto& id : reports) {
        if (const auto* report = find(ui, id); report != nullptr && report->incident)
            return report->incident;
    }
    return std::nullopt;
}

void askWhyNone(const UiContext& ui, QWidget* parent, const triage::IncidentProposal& proposal, const QString& title) {
    constexpr std::size_t mostMarked = 8; // of one group, the oldest: the no is found by any of them
    ReasonDialog::Question question;
    question.title = title;
    question.explanation = Say::tr("Why is it none? It is proposed again when twice as many tell of it, or the first of them of "
                                   "people in danger.");
    question.act = title;
    desk::DeclineIncident command;
    command.reports = proposal.reports;
    command.reports.resize(std::min(mostMarked, command.reports.size()));
    command.senders = static_cast<std::int64_t>(proposal.senders);
    command.danger = proposal.inDanger > 0;
    auto* dialog = new ReasonDialog(
        ui, std::move(question),
        [command = std::move(command)](const std::string& reason) -> desk::CommandBody {
            auto said = command;
            said.why = reason;
            return said;
        },
        parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void callBack(const UiContext& ui, QWidget* at, model::ReportId id) {
    const auto* report = find(ui, id);
    if (report == nullptr)
        return;
    auto* menu = new QMenu(at);
    menu->setObjectName(QStringLiteral("callBackMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (model::callsBack(*report))
        QObject::connect(menu->addAction(Say::tr("Called back: what was said …")), &QAction::triggered, at, [ui, at, id] {
            auto* dialog = new CallBackDialog(ui, id, at);
            dialog->setAttribute(Qt::WA_DeleteOnClose);
            dialog->open();
        });
    for (const int minutes : callBackMinutes)
        QObject::connect(menu->addAction(Say::tr("Call back within %1 min").arg(minutes)), &QAction::triggered, at,
                         [ui, id, minutes] {
                             ui.desk.send(desk::PlanCallBack{id, ui.desk.now() + std::chrono::minutes(minutes)});
                         });
    menu->popup(at->mapToGlobal(QPoint(0, at->height())));
}

/// Those of them that belong to no incident.
std::vector<model::ReportId> unlinked(const UiContext& ui, std::vector<model::ReportId> reports) {
    std::erase_if(reports, [&](const auto& id) {
        const auto* report = find(ui, id);
        return report == nullptr || report->incident;
    });
    return reports;
}

/// What opening would do instead of opening: reports that have come to an incident's group since are linked to it.
std::optional<desk::LinkToIncident> joining(const UiContext& ui, const ReportTarget& target) {
    const auto* proposal = proposalFor(ui, target);
    if (proposal == nullptr || !proposal->incident)
        return std::nullopt;
    auto late = unlinked(ui, target.reports);
    std::erase_if(late, [&](const auto& id) { // what somebody dismissed is not of it
        return std::find(proposal->reports.begin(), proposal->reports.end(), id) == proposal->reports.end();
    });
    if (late.empty())
        return std::nullopt;
    return desk::LinkToIncident{*proposal->incident, {}, std::move(late)};
}

void openIncident(const UiContext& ui, QWidget* context, const ReportTarget& target) {
    if (auto late = joining(ui, target)) {
        ui.desk.send(std::move(*late));
        return;
    }
    if (const auto incident = incidentOf(ui, target.reports)) {
        ui.selection.select(*incident);
        return;
    }
    const auto* first = target.reports.empty() ? nullptr : find(ui, target.reports.front());
    if (first == nullptr || ui.desk.readOnly())
        return;
    if (const auto* proposal = proposalFor(ui, target)) {
        // What it proposes is seen, and changed if need be, before it is so.
        auto* dialog = new NewIncidentDialog(ui, commands::draftFrom(ui, *proposal), context);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
        return;
    }
    auto draft = commands::draftFrom(ui, *first);
    if (target.group && target.group->centre && !first->position)
        draft.position = *target.group->centre;
    draft.reports = target.reports;
    commands::openAndSelect(ui, context, std::move(draft));
}

void link(const UiContext& ui, QWidget* at, const ReportTarget& target) {
    const auto* first = target.reports.empty() ? nullptr : find(ui, target.reports.front());
    if (first == nullptr)
        return;
    auto* menu = new QMenu(at);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    commands::fillLinkMenu(ui, *menu, *first, target.reports);
    menu->popup(at->mapToGlobal(QPoint(0, at->height())));
}

QString sentence(ReportAct act, const QString& name) {
    switch (act) {
    case ReportAct::claim:
        return Say::tr("Take %1").arg(name);
    case ReportAct::verify:
        return Say::tr("Verify %1").arg(name);
    case ReportAct::needMore:
        return Say::tr("Ask more about %1…").arg(name);
    case ReportAct::dismiss:
        return Say::tr("Dismiss %1").arg(name);
    case ReportAct::callBack:
        return Say::tr("Call back…");
    case ReportAct::join:
        return Say::tr("%1 are one event").arg(name);
    case ReportAct::split:
        return Say::tr("Put %1 asunder").arg(name);
    case ReportAct::undo:
        return Say::tr("Undo the last joining or splitting");
    case ReportAct::openIncident:
        return Say::tr("Open incident from %1").arg(name);
    case ReportAct::link:
        return Say::tr("Link %1…").arg(name);
    case ReportAct::place:
        break; // for one alone
    case ReportAct::decline:
        return Say::tr("No incident: %1").arg(name);
    }
    return {};
}

QString word(ReportAct act) {
    switch (act) {
    case ReportAct::claim:
        return Say::tr("Take");
    case ReportAct::verify:
        return Say::tr("Verify");
    case ReportAct::needMore:
        return Say::tr("Needs more…");
    case ReportAct::dismiss:
        return Say::tr("Dismiss");
    case ReportAct::callBack:
        return Say::tr("Call back…");
    case ReportAct::join:
        return Say::tr("One event");
    case ReportAct::split:
        return Say::tr("Not the same event");
    case ReportAct::undo:
        return Say::tr("Undo the last joining or splitting");
    case ReportAct::openIncident:
        return Say::tr("Open incident");
    case ReportAct::link:
        return Say::tr("Link…");
    case ReportAct::place:
        return Say::tr("Where it belongs…");
    case ReportAct::decline:
        return Say::tr("No incident");
    }
    return {};
}

} // namespace

std::vector<model::ReportId> fitting(const UiContext& ui, const ReportTarget& target, ReportAct act) {
    std::vector<model::ReportId> out;
    for (const auto& id : target.reports) {
        const auto* report = find(ui, id);
        if (report != nullptr && fits(*report, act))
            out.push_back(id);
    }
    if (act == ReportAct::split && out.empty())
        return proposedOf(ui, target);
    return out;
}

bool possible(const UiContext& ui, const ReportTarget& target, ReportAct act) {
    const auto reports = fitting(ui, target, act);
    if (reports.empty())
        return false;
    if (act == ReportAct::decline)
        return !ui.desk.readOnly() && proposalFor(ui, target) != nullptr;
    if (act == ReportAct::openIncident && incidentOf(ui, reports))
        return true;
    if (ui.desk.readOnly())
        return false;
    switch (act) {
    case ReportAct::join:
        return target.group ? !target.group->proposed.empty() : reports.size() > 1;
    case ReportAct::callBack:
        return reports.size() == 1;
    case ReportAct::place:
        return reports.size() == 1 && ui.reports != nullptr;
    case ReportAct::undo:
        return undoable(ui, reports).has_value();
    default:
        return true;
    }
}

QString textFor(const UiContext& ui, const ReportTarget& target, ReportAct act) {
    const auto reports = fitting(ui, target, act);
    if (act == ReportAct::claim && !reports.empty() && allMine(ui, reports))
        return Say::tr("Give back");
    if (act == ReportAct::openIncident) {
        if (const auto late = joining(ui, target)) {
            const auto& all = ui.desk.state().incidents;
            const auto found = all.find(late->incident);
            return Say::tr("Link %1 to %2")
                .arg(Words::reports(late->reports.size()), found == all.end() ? QString() : Words::plain(found->second.number));
        }
        if (incidentOf(ui, reports))
            return Say::tr("Go to incident");
        if (const auto* proposal = proposalFor(ui, target))
            return sentence(act, Words::reports(proposal->reports.size()));
    }
    if (act == ReportAct::callBack && reports.size() == 1 && model::callsBack(*find(ui, reports.front())))
        return Say::tr("Called back…");
    return reports.size() > 1 && act != ReportAct::place ? sentence(act, Words::reports(reports.size())) : word(act);
}

QString briefFor(const UiContext& ui, const ReportTarget& target, ReportAct act) {
    const auto reports = fitting(ui, target, act);
    if (act == ReportAct::claim && !reports.empty() && allMine(ui, reports))
        return Say::tr("Give back");
    QString out = word(act);
    if (act == ReportAct::join)
        out = Say::tr("Join");
    else if (act == ReportAct::openIncident)
        out = Say::tr("Incident");
    return reports.size() > 1 ? out + QLatin1Char(' ') + Words::number(static_cast<double>(reports.size()), 0) : out;
}

QString keyText(ReportAct act) {
    switch (act) {
    case ReportAct::claim:
        return QStringLiteral("C");
    case ReportAct::verify:
        return QStringLiteral("V");
    case ReportAct::needMore:
        return QStringLiteral("M");
    case ReportAct::dismiss:
        return QStringLiteral("D");
    case ReportAct::callBack:
        return QStringLiteral("B");
    case ReportAct::join:
        return QStringLiteral("J");
    case ReportAct::split:
        return QStringLiteral("X");
    case ReportAct::undo:
        return QStringLiteral("U");
    case ReportAct::openIncident:
        return QStringLiteral("I");
    case ReportAct::link:
        return QStringLiteral("L");
    case ReportAct::place:
        return QStringLiteral("P");
    case ReportAct::decline:
        return QStringLiteral("R");
    }
    return {};
}

std::optional<ReportAct> actFor(int qtKey) {
    switch (qtKey) {
    case Qt::Key_C:
        return ReportAct::claim;
    case Qt::Key_V:
        return ReportAct::verify;
    case Qt::Key_M:
        return ReportAct::needMore;
    case Qt::Key_D:
        return ReportAct::dismiss;
    case Qt::Key_B:
        return ReportAct::callBack;
    case Qt::Key_J:
        return ReportAct::join;
    case Qt::Key_X:
        return ReportAct::split;
    case Qt::Key_U:
        return ReportAct::undo;
    case Qt::Key_I:
        return ReportAct::openIncident;
    case Qt::Key_L:
        return ReportAct::link;
    case Qt::Key_P:
        return ReportAct::place;
    case Qt::Key_R:
        return ReportAct::decline;
    default:
        return std::nullopt;
    }
}

void run(const UiContext& ui, QWidget* at, const ReportTarget& target, ReportAct act) {
    if (!possible(ui, target, act))
        return;
    auto reports = fitting(ui, target, act);
    switch (act) {
    case ReportAct::claim:
        if (allMine(ui, reports))
            release(ui, std::move(reports));
        else
            claim(ui, at, reports);
        return;
    case ReportAct::verify:
        judge(ui, at, reports, model::ReportState::verified);
        return;
    case ReportAct::dismiss:
        judge(ui, at, reports, model::ReportState::dismissed);
        return;
    case ReportAct::needMore:
        needMore(ui, at, reports, textFor(ui, target, act));
        return;
    case ReportAct::callBack:
        callBack(ui, at, reports.front());
        return;
    case ReportAct::join:
        ui.desk.send(desk::JoinReports{target.group ? target.group->reports : std::move(reports),
                                       target.group ? target.group->cluster : std::nullopt});
        return;
    case ReportAct::split: {
        const auto cluster = find(ui, reports.front())->cluster;
        if (cluster)
            ui.desk.send(desk::SplitReports{*cluster, std::move(reports)});
        else
            ui.desk.send(keptApart(ui, std::move(reports)));
        return;
    }
    case ReportAct::undo: {
        if (const auto cluster = undoable(ui, reports))
            ui.desk.send(desk::UndoCluster{*cluster});
        return;
    }
    case ReportAct::openIncident:
        openIncident(ui, at, target);
        return;
    case ReportAct::link:
        link(ui, at, target);
        return;
    case ReportAct::place:
        emit ui.reports->placeWanted(reports.front());
        return;
    case ReportAct::decline:
        if (const auto* proposal = proposalFor(ui, target))
            askWhyNone(ui, at, *proposal, sentence(act, Words::reports(proposal->reports.size())));
        return;
    }
}

} // namespace tocsin::gui::report_acts
