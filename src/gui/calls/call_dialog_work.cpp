#include "gui/calls/call_dialog_impl.hpp"

#include "gui/calls/call_questions.hpp"
#include "gui/panels/commands.hpp"
#include "gui/tools/float_card.hpp"
#include "tocsin/gui/panels/new_incident_dialog.hpp"
#include "tocsin/gui/panels/words.hpp"

namespace tocsin::gui {

namespace {
constexpr int mostWaitMs = 1'500; ///< while the keys never rest
} // namespace

// ---- while it goes on

void CallDialog::Impl::changed() {
    if (over)
        return;
    touched = true;
    nameButtons();
    looking.start();
    if (!dirty) {
        dirty = true;
        unsaved.start();
    }
    if (unsaved.elapsed() >= mostWaitMs)
        keep();
    else
        pause.start();
}

void CallDialog::Impl::tick() {
    const auto running =
        std::chrono::duration_cast<std::chrono::seconds>(parts.ui.desk.now() - draft.startedAt).count();
    const auto shown = std::max<std::int64_t>(0, running);
    clock->setVisible(!draft.amends);
    clock->setText(shown < 3'600 ? QStringLiteral("%1:%2")
                                       .arg(shown / 60, 2, 10, QLatin1Char('0'))
                                       .arg(shown % 60, 2, 10, QLatin1Char('0'))
                                 : Words::age(parts.ui.desk.now() - draft.startedAt));
}

void CallDialog::Impl::keep() {
    if (!dirty || over)
        return;
    form->read(draft);
    draft.savedAt = parts.ui.desk.now();
    dirty = false;
    pause.stop();
    if (!parts.drafts)
        return;
    if (draft.empty())
        parts.drafts->remove(draft.id);
    else
        parts.drafts->save(draft);
}

void CallDialog::Impl::look() {
    if (over)
        return;
    form->read(draft);
    const desk::CallSketch sketch{draft.position,
                                  draft.field("place").toStdString(),
                                  draft.field("text").toStdString(),
                                  draft.field("category").toStdString(),
                                  draft.happenedAt.value_or(draft.startedAt),
                                  draft.id.toStdString()};
    same->show(desk::likelySame(parts.ui.desk.state(), sketch, LikenessList::most));
}

void CallDialog::Impl::nameButtons() {
    form->read(draft);
    const QString from = whence();
    const QString call = from.isEmpty() ? CallDialog::tr("Call") : CallDialog::tr("Call · %1").arg(from);
    q.setWindowTitle(call);
    QString sentence = draft.amends     ? CallDialog::tr("Record the changes")
                       : from.isEmpty() ? CallDialog::tr("Record the call")
                                        : CallDialog::tr("Record the call from %1").arg(from);
    const QString joined = same->same() ? nameOf(parts.ui, *same->same()) : QString();
    if (!joined.isEmpty())
        sentence = CallDialog::tr("Record it as the same as %1").arg(Words::shortened(joined, 34));
    recordButton->setText(sentence);
    recordButton->setAccessibleName(sentence);
    openButton->setText(CallDialog::tr("Record and open an incident"));
    const bool can = !busy && !parts.ui.desk.readOnly();
    recordButton->setEnabled(can && !draft.empty());
    openButton->setVisible(!draft.amends); // the report's view does that
    openButton->setEnabled(can && !draft.empty() && joined.isEmpty());
    QStringList lines;
    for (const QString& line : callQuestions(draft.field("category").toStdString()))
        lines << QStringLiteral("• ") + line;
    questions->setText(lines.join(QLatin1Char('\n')));
}

/// Who or where the call is from, in a few letters.
QString CallDialog::Impl::whence() const {
    for (const char* name : {"place", "unit", "name", "phone"}) {
        const QString text = draft.field(name).simplified();
        if (!text.isEmpty())
            return Words::shortened(text, 26);
    }
    return {};
}

void CallDialog::Impl::say(const QString& trouble) {
    dressAs(state, "role", trouble.isEmpty() ? "dim" : "error");
    state->setText(!trouble.isEmpty()       ? trouble
                   : parts.drafts == nullptr ? QString()
                                             : CallDialog::tr("Kept as a draft at %1").arg(Words::clock(draft.savedAt)));
}

/// Asks below what is to become of the call, without a window in the way.
void CallDialog::Impl::ask(bool open) {
    if (open == !leaving->isHidden())
        return;
    leaving->setVisible(open);
    acts->setVisible(!open);
    if (open) {
        before = q.focusWidget();
        keepButton->setVisible(parts.drafts != nullptr);
        (parts.drafts ? keepButton : stayButton)->setFocus(Qt::OtherFocusReason);
    } else if (before) {
        before->setFocus(Qt::OtherFocusReason);
    }
}

// ---- the end

void CallDialog::Impl::leave(bool keepDraft) {
    if (keepDraft) {
        keep();
    } else if (parts.drafts) {
        over = true;
        parts.drafts->remove(draft.id);
    }
    over = true;
    emit q.said(keepDraft ? CallDialog::tr("The call is kept as a draft: “Unfinished calls” brings it back.")
                          : draft.amends ? CallDialog::tr("The call stays as it was recorded.")
                                       : CallDialog::tr("The call is discarded."));
    q.QDialog::reject();
}

void CallDialog::Impl::record(bool andOpen) {
    dirty = true;
    keep(); // on disk before the desk is asked
    if (busy || over || draft.empty() || parts.ui.desk.readOnly() || (andOpen && (same->same() || draft.amends)))
        return;
    busy = true;
    nameButtons();
    parts.ui.desk.send(desk::RecordCall{reportFrom(draft)}, &q, [this, andOpen](const base::Result<desk::Done>& answer) {
        busy = false;
        const auto id =
            answer && !answer->ids.empty() ? model::ReportId::parse(answer->ids.front()) : std::optional<model::ReportId>();
        if (!id) {
            nameButtons();
            say(answer ? CallDialog::tr("The desk did not say where the call is.") : Words::refusal(answer.error()));
            return;
        }
        done(*id, andOpen);
    });
}

/// Recorded. What it is the same as is joined before the dialog goes, so that a refusal is read where it was asked.
void CallDialog::Impl::done(const model::ReportId& id, bool andOpen) {
    if (same->same())
        joinSame(id, *same->same());
    else
        end(id, andOpen, QString());
}

/// `how` it was recorded, where there is more to say than that it was.
void CallDialog::Impl::end(const model::ReportId& id, bool andOpen, const QString& how) {
    over = true;
    if (parts.drafts)
        parts.drafts->remove(draft.id);
    const QString from = whence();
    emit q.said(!how.isEmpty()   ? how
                : draft.amends   ? CallDialog::tr("The call is amended.")
                : from.isEmpty() ? CallDialog::tr("The call is recorded.")
                                 : CallDialog::tr("The call from %1 is recorded.").arg(from));
    emit q.recorded(id);
    if (andOpen)
        openIncident(id);
    q.accept();
}

/// Links the report to the incident that it is the same as, or to that of the alarm; joins it to the report, whose open
/// incident comes with that. An alarm of no open incident can only be named in the duty log, and it is said that this was all.
void CallDialog::Impl::joinSame(const model::ReportId& id, const SameThing& thing) {
    const model::State& now = parts.ui.desk.state();
    const QString name = nameOf(parts.ui, thing);
    QString how = CallDialog::tr("The call is recorded as the same as %1.").arg(name);
    const auto isOpen = [&now](const std::optional<model::IncidentId>& incident) {
        const auto found = incident ? now.incidents.find(*incident) : now.incidents.end();
        return found != now.incidents.end() && found->second.state == model::IncidentState::open;
    };
    std::optional<desk::CommandBody> wanted;
    if (const auto* incident = std::get_if<model::IncidentId>(&thing)) {
        wanted = desk::LinkToIncident{*incident, {}, {id}};
    } else if (const auto* other = std::get_if<model::ReportId>(&thing)) {
        const auto found = now.reports.find(*other);
        const auto own = now.reports.find(id);
        const auto cluster = found == now.reports.end() ? std::optional<model::ClusterId>() : found->second.cluster;
        if (cluster && own != now.reports.end() && own->second.cluster == cluster)
            return end(id, false, how); // amended: joined before
        wanted = desk::JoinReports{{*other, id}, cluster};
    } else if (const auto alarm = now.alarms.find(std::get<model::AlarmId>(thing));
               alarm != now.alarms.end() && isOpen(alarm->second.incident)) {
        wanted = desk::LinkToIncident{*alarm->second.incident, {}, {id}};
        how = CallDialog::tr("The call is recorded and linked to the incident of %1.").arg(name);
    } else {
        const QString from = whence();
        const QString note = from.isEmpty() ? CallDialog::tr("A call without a name or place is about the same as %1").arg(name)
                                            : CallDialog::tr("The call from %1 is about the same as %2").arg(from, name);
        wanted = desk::WriteNote{note.toStdString(), std::nullopt};
        how = CallDialog::tr("The call is recorded. %1 belongs to no open incident: the duty log notes that both are the same.").arg(name);
    }
    busy = true;
    parts.ui.desk.send(std::move(*wanted), &q, [this, id, name, how](const base::Result<desk::Done>& answer) {
        busy = false;
        if (answer)
            end(id, false, how);
        else
            standsAlone(id, CallDialog::tr("The call is recorded, but not as the same as %1: %2").arg(name, Words::refusal(answer.error())));
    });
}

/// Recorded, but not joined: from here on the dialog amends what it has recorded, and another can be chosen.
void CallDialog::Impl::standsAlone(const model::ReportId& id, const QString& trouble) {
    draft.amends = true;
    touched = false;
    dirty = false;
    pause.stop();
    if (parts.drafts)
        parts.drafts->remove(draft.id);
    same->setSame(std::nullopt);
    words();
    nameButtons();
    say(trouble);
    emit q.recorded(id);
}

void CallDialog::Impl::openIncident(const model::ReportId& id) {
    model::Report report = reportFrom(draft);
    report.id = id;
    auto* dialog = new NewIncidentDialog(parts.ui, commands::draftFrom(parts.ui, report), q.parentWidget());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

} // namespace tocsin::gui
