#include "gui/panels/report_lots.hpp"

#include "gui/panels/reason_dialog.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QCoreApplication>
#include <QMenu>
#include <QWidget>
#include <algorithm>
#include <functional>
#include <memory>
#include <utility>

namespace tocsin::gui::report_acts {
namespace {

struct Say {
    Q_DECLARE_TR_FUNCTIONS(tocsin::gui::ReportActs)
};

QString claimants(const UiContext& ui, const std::vector<model::ReportId>& reports) {
    QStringList names;
    for (const auto& id : reports) {
        const auto& all = ui.desk.state().reports;
        const auto report = all.find(id);
        if (report == all.end() || model::isJudged(report->second.state))
            continue;
        const auto by = model::claimant(report->second, ui.desk.now());
        if (!by.empty() && QString::fromUtf8(by) != ui.desk.actor())
            names << Words::plain(std::string(by));
    }
    names.removeDuplicates();
    return names.join(Say::tr(", ", "between names"));
}

/// Says who has one of them in hand, and offers to act all the same.
void offerOver(QWidget* at, const QString& names, const QString& act, std::function<void()> over) {
    auto* menu = new QMenu(at);
    menu->setObjectName(QStringLiteral("takeOverMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(Say::tr("%1 has it in hand").arg(names))->setEnabled(false);
    QObject::connect(menu->addAction(act), &QAction::triggered, at, std::move(over));
    menu->popup(at->mapToGlobal(QPoint(0, at->height())));
}

/// The names of those for whom it was refused; empty where another cause was, which is said.
QString refusedFor(const UiContext& ui, const std::vector<model::ReportId>& reports, const base::Result<desk::Done>& done) {
    if (done)
        return {};
    const QString names = claimants(ui, reports);
    if (done.error().code == base::Code::conflict && !names.isEmpty())
        return names;
    emit ui.desk.trouble(Words::refusal(done.error()));
    return {};
}

/// As many of them as one command may name, and the others.
std::pair<Reports, Reports> firstLot(const Reports& reports) {
    const auto end = reports.begin() + static_cast<std::ptrdiff_t>(std::min(reports.size(), desk::mostReportsAtOnce));
    return {Reports(reports.begin(), end), Reports(end, reports.end())};
}

/// What is done to many: the command for some of them, and what is offered where others have them in hand.
struct Bulk {
    std::function<desk::CommandBody(Reports lot, bool over)> make;
    QString offer; ///< may name them: %1
};

/// Lot after lot, each once the one before is written. Where another has one of them in hand, that is said, and going on
/// all the same is offered for those that are left.
void sendInLots(const UiContext& ui, QWidget* at, const Reports& reports, const Bulk& bulk, bool over) {
    auto [lot, rest] = firstLot(reports);
    ui.desk.send(bulk.make(std::move(lot), over), at,
                 [ui, at, reports, rest = std::move(rest), bulk, over](const base::Result<desk::Done>& done) {
                     if (done && !rest.empty())
                         sendInLots(ui, at, rest, bulk, over);
                     if (const QString names = refusedFor(ui, reports, done); !names.isEmpty())
                         offerOver(at, names, bulk.offer.contains(QLatin1String("%1")) ? bulk.offer.arg(names) : bulk.offer,
                                   [ui, at, reports, bulk] { sendInLots(ui, at, reports, bulk, true); });
                 });
}

Bulk judging(model::ReportState state, const std::string& note) {
    return {[state, note](Reports lot, bool over) -> desk::CommandBody {
                if (lot.size() == 1 && note.empty())
                    return desk::JudgeReport{lot.front(), state, {}, over};
                return desk::JudgeReports{std::move(lot), state, note, over};
            },
            Say::tr("Judge it all the same")};
}

void askWhatIsMissing(const UiContext& ui, QWidget* parent, const Reports& reports, const QString& title, bool over) {
    ReasonDialog::Question question;
    question.title = title;
    question.explanation = Say::tr("What is missing before it can be judged? Whoever takes it up next reads it.");
    question.act = title;
    const auto [lot, rest] = firstLot(reports);
    const auto said = std::make_shared<std::string>();
    auto* dialog = new ReasonDialog(
        ui, std::move(question),
        [lot = lot, said, over](const std::string& reason) -> desk::CommandBody {
            *said = reason;
            return desk::JudgeReports{lot, model::ReportState::needsMore, reason, over};
        },
        parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    if (!rest.empty())
        QObject::connect(dialog, &QDialog::accepted, parent, [ui, parent, rest = rest, said, over] {
            sendInLots(ui, parent, rest, judging(model::ReportState::needsMore, *said), over);
        });
    dialog->open();
}

} // namespace

void claim(const UiContext& ui, QWidget* at, const Reports& reports) {
    sendInLots(ui, at, reports,
               {[](Reports lot, bool over) -> desk::CommandBody {
                    return desk::ClaimReports{std::move(lot), over};
                },
                Say::tr("Take it over from %1")},
               false);
}

void release(const UiContext& ui, Reports reports) {
    while (!reports.empty()) {
        auto [lot, rest] = firstLot(reports);
        ui.desk.send(desk::ReleaseReports{std::move(lot)});
        reports = std::move(rest);
    }
}

void judge(const UiContext& ui, QWidget* at, const Reports& reports, model::ReportState state) {
    sendInLots(ui, at, reports, judging(state, {}), false);
}

void needMore(const UiContext& ui, QWidget* at, const Reports& reports, const QString& title) {
    const QString names = claimants(ui, reports); // asked before anything is typed
    if (names.isEmpty())
        askWhatIsMissing(ui, at, reports, title, false);
    else
        offerOver(at, names, Say::tr("Judge it all the same"),
                  [ui, at, reports, title] { askWhatIsMissing(ui, at, reports, title, true); });
}

} // namespace tocsin::gui::report_acts
