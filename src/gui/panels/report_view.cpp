#include "gui/panels/report_view.hpp"

#include "gui/panels/detail_parts.hpp"
#include "gui/panels/key_button.hpp"
#include "gui/panels/photo_strip.hpp"
#include "gui/panels/place_hint.hpp"
#include "gui/panels/report_judgement.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "tocsin/gui/symbols.hpp"

#include <QPushButton>
#include <QVBoxLayout>

namespace tocsin::gui {
namespace {

QString count(const std::optional<int>& people) {
    return people ? Words::number(*people, 0) : QString();
}

} // namespace

ReportView::ReportView(const UiContext& ui, QWidget* parent)
    : DetailView(ui, parent), m_title(new TitleBlock(ui.theme, this)), m_text(textLabel(ui.theme, this)),
      m_facts(new FactGrid(ui.theme, this)), m_hint(new PlaceHint(ui, this)), m_photos(new PhotoStrip(ui.theme, this)),
      m_callTitle(sectionLabel(ui.theme, this)), m_call(new FactGrid(ui.theme, this)), m_who(new KeyButton(this)),
      m_whoText(textLabel(ui.theme, this)), m_whoNote(textLabel(ui.theme, this, true)),
      m_judgement(new ReportJudgement(ui, this)), m_amend(new QPushButton(this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(8);
    m_text->setFont(ui.theme.font(Theme::Text::row));
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    column->addWidget(m_title);
    column->addWidget(m_text);
    column->addWidget(m_photos);
    column->addSpacing(4);
    column->addWidget(m_facts);
    column->addWidget(m_hint);
    column->addWidget(m_callTitle);
    column->addWidget(m_call);
    m_amend->setObjectName(QStringLiteral("detailAmendCallButton"));
    column->addWidget(m_amend);
    m_who->dress(ui.theme, {});
    m_who->setObjectName(QStringLiteral("detailWhoButton"));
    m_whoText->setObjectName(QStringLiteral("detailWho"));
    m_whoText->setFont(ui.theme.font(Theme::Text::row));
    m_whoText->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    column->addWidget(m_who);
    column->addWidget(m_whoText);
    column->addWidget(m_whoNote);
    column->addSpacing(4);
    column->addWidget(m_judgement);
    column->addStretch();
    connect(m_amend, &QPushButton::clicked, this, [this] { emit amendWanted(m_report); });
    connect(m_who, &QPushButton::clicked, this, &ReportView::askContact);
}

const model::Report* ReportView::report() const {
    const auto& all = m_ui.desk.state().reports;
    const auto it = all.find(m_report);
    return it == all.end() ? nullptr : &it->second;
}

void ReportView::show(const Selected& what) {
    const auto* id = std::get_if<model::ReportId>(&what);
    const auto report = id ? *id : model::ReportId();
    if (report != m_report) {
        m_contact.reset();
        m_refused.clear();
    }
    m_report = report;
    words();
}

void ReportView::take(const Changes& changes) {
    if (changes.all || changes.reports.contains(m_report) || !changes.incidents.empty() || !changes.clusters.empty())
        words();
    else if (changes.desk)
        contact();
}

void ReportView::tick() {
    facts();
    m_judgement->tick();
}

void ReportView::words() {
    const model::Report* r = report();
    if (!r)
        return;
    m_text->setText(Words::plain(r->text));
    m_amend->setText(tr("Amend the call"));
    m_amend->setToolTip(tr("Opens its dialog; recorded again it replaces what stands here"));
    m_amend->setVisible(r->call && r->feed == "call");
    m_amend->setEnabled(!m_ui.desk.readOnly());
    m_judgement->show(m_report);
    m_photos->show(m_photoFolder, r->photos);
    m_photos->words();
    m_hint->offer(m_report);
    contact();
    facts();
}

void ReportView::facts() {
    const model::Report* r = report();
    if (!r)
        return;
    const Palette& c = m_ui.theme.colours();
    QStringList second{Words::reportState(r->state)};
    if (!r->category.empty())
        second << Words::reportCategory(r->category);
    second << Words::feed(r->feed);
    m_title->set(r->call ? tr("Call to the desk") : tr("Citizen's report"), second.join(QStringLiteral(" · ")),
                 [verified = r->state == model::ReportState::verified, ink = c.text](QPainter& p, const QRectF& box) {
                     Symbols::paintReport(p, box, verified, ink, Qt::transparent);
                 });
    QString where = Words::plain(r->place);
    QString position;
    if (r->position) {
        position = Words::position(*r->position);
        if (r->accuracyMetres)
            position += QStringLiteral(" ± %1 m").arg(Words::number(*r->accuracyMetres, 0));
    }
    QString incident;
    if (r->incident) {
        const auto& all = m_ui.desk.state().incidents;
        if (const auto it = all.find(*r->incident); it != all.end())
            incident =
                Words::plain(it->second.number) + QLatin1Char(' ') + Words::local(it->second.title, m_ui.language);
    }
    const base::Time now = m_ui.desk.now();
    m_facts->set(
        {{tr("Place, in the sender's words"), where.isEmpty() ? tr("not given") : where, true},
         {tr("Position"), position.isEmpty() ? tr("not given") : position, true},
         {tr("The sender stood"),
          r->senderPosition ? Words::position(*r->senderPosition) : QString(), true},
         {tr("Received"), tr("%1 (%2)", "clock, age")
                              .arg(Words::moment(r->receivedAt, now, m_ui.language), Words::age(now - r->receivedAt))},
         {tr("Happened"), Words::moment(r->happenedAt, now, m_ui.language)},
         {tr("Source"), Words::trust(r->trust)},
         {tr("Status there"), Words::plain(r->status)},
         {tr("Call back"), r->hasContact ? QString() : tr("no contact given")},
         {tr("Judged by"), Words::plain(r->judgedBy)},
         {tr("Incident"), incident, true}});
    callFacts(*r);
}

/// All that a call's record has and a citizen's report has not.
void ReportView::callFacts(const model::Report& report) {
    m_callTitle->setVisible(report.call.has_value());
    m_call->setVisible(report.call.has_value());
    if (!report.call)
        return;
    const model::CallRecord& c = *report.call;
    const base::Time now = m_ui.desk.now();
    m_callTitle->setText(tr("Record of the call"));
    m_call->set({{tr("Dead"), count(c.dead)},
                 {tr("Injured"), count(c.injured)},
                 {tr("Missing"), count(c.missing)},
                 {tr("Cause"), Words::plain(c.cause), true},
                 {tr("Course"), Words::plain(c.course), true},
                 {tr("Measures taken"), Words::plain(c.measures), true},
                 {tr("Result"), Words::plain(c.result), true},
                 {tr("Trend"), Words::plain(c.trend), true},
                 {tr("Told already"), Words::plain(c.toldAlready), true},
                 {tr("Caller's unit"), Words::plain(c.callerUnit)},
                 {tr("Caller's post"), Words::plain(c.callerPost)},
                 {tr("Recorded by"), Words::plain(c.recordedBy)},
                 {tr("Recorded at"),
                  c.recordedAt == base::Time{} ? QString() : Words::moment(c.recordedAt, now, m_ui.language)}});
}

// ---- who told it

void ReportView::askContact() {
    m_who->setEnabled(false);
    m_asker = m_ui.desk.actor();
    m_ui.desk.send(desk::ShowContact{m_report}, this, [this, asked = m_report](const base::Result<desk::Done>& answer) {
        if (asked != m_report)
            return; // another report is shown by now
        m_refused = answer ? QString() : Words::refusal(answer.error());
        if (answer && !answer->contact)
            m_refused = tr("The desk has no contact for this report.");
        m_contact = answer ? answer->contact : std::nullopt;
        contact();
    });
}

void ReportView::contact() {
    const model::Report* r = report();
    if (!r)
        return;
    if (m_asker != m_ui.desk.actor()) { // whoever sits here by now asks anew, or may not
        m_contact.reset();
        m_refused.clear();
    }
    m_who->setText(tr("Show who reported"));
    m_who->setEnabled(!m_ui.desk.readOnly());
    m_who->setVisible(r->hasContact && !m_contact);
    QStringList lines;
    if (m_contact) {
        for (const std::string& each : {m_contact->name, m_contact->phone, m_contact->email, m_contact->address}) {
            if (!each.empty())
                lines << Words::plain(each);
        }
    }
    setOrHide(m_whoText, lines.join(QLatin1Char('\n')));
    m_whoText->setAccessibleName(tr("Who reported: %1").arg(lines.join(tr(", "))));
    setOrHide(m_whoNote, !r->hasContact          ? QString()
                         : m_contact             ? tr("That you have seen it stands in the duty log.")
                         : !m_refused.isEmpty()  ? m_refused
                                                 : tr("Looking is written to the duty log."));
}

} // namespace tocsin::gui
