#include "gui/panels/report_view.hpp"

#include "gui/panels/commands.hpp"
#include "gui/panels/detail_parts.hpp"
#include "gui/panels/key_button.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "tocsin/gui/symbols.hpp"

#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>
#include <QVBoxLayout>

namespace tocsin::gui {

ReportView::ReportView(const UiContext& ui, QWidget* parent)
    : DetailView(ui, parent), m_title(new TitleBlock(ui.theme, this)), m_text(textLabel(ui.theme, this)),
      m_facts(new FactGrid(ui.theme, this)), m_verify(new QPushButton(this)), m_dismiss(new QPushButton(this)),
      m_open(new KeyButton(this)), m_link(new QPushButton(this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(8);
    m_text->setFont(ui.theme.font(Theme::Text::row));
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    column->addWidget(m_title);
    column->addWidget(m_text);
    column->addSpacing(4);
    column->addWidget(m_facts);
    auto* judging = new QHBoxLayout;
    judging->setSpacing(8);
    judging->addWidget(m_verify, 1);
    judging->addWidget(m_dismiss, 1);
    column->addLayout(judging);
    auto* acts = new QHBoxLayout;
    acts->setSpacing(8);
    acts->addWidget(m_open, 1);
    acts->addWidget(m_link);
    column->addLayout(acts);
    column->addStretch();
    m_verify->setObjectName(QStringLiteral("detailVerifyButton"));
    m_dismiss->setObjectName(QStringLiteral("detailDismissButton"));
    m_open->setObjectName(QStringLiteral("detailReportIncidentButton"));
    m_open->dress(ui.theme, {}, "primary");
    connect(m_verify, &QPushButton::clicked, this, [this] { judge(model::ReportState::verified); });
    connect(m_dismiss, &QPushButton::clicked, this, [this] { judge(model::ReportState::dismissed); });
    connect(m_open, &QPushButton::clicked, this, [this] {
        if (const model::Report* r = report())
            commands::openIncident(m_ui, this, *r);
    });
    connect(m_link, &QPushButton::clicked, this, [this] {
        const model::Report* r = report();
        if (!r)
            return;
        auto* menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        commands::fillLinkMenu(m_ui, *menu, *r);
        menu->popup(m_link->mapToGlobal(QPoint(0, m_link->height())));
    });
}

const model::Report* ReportView::report() const {
    const auto& all = m_ui.desk.state().reports;
    const auto it = all.find(m_report);
    return it == all.end() ? nullptr : &it->second;
}

void ReportView::show(const Selected& what) {
    const auto* id = std::get_if<model::ReportId>(&what);
    m_report = id ? *id : model::ReportId();
    words();
}

void ReportView::take(const Changes& changes) {
    if (changes.all || changes.reports.contains(m_report) || !changes.incidents.empty())
        words();
}

void ReportView::tick() {
    facts();
}

void ReportView::judge(model::ReportState state) {
    if (const model::Report* r = report(); r && r->state != state)
        m_ui.desk.send(desk::JudgeReport{r->id, state});
}

void ReportView::words() {
    const model::Report* r = report();
    if (!r)
        return;
    const bool canWrite = !m_ui.desk.readOnly();
    m_text->setText(Words::plain(r->text));
    m_verify->setText(tr("Verify"));
    m_dismiss->setText(tr("Dismiss"));
    m_open->setText(r->incident ? tr("Go to incident") : tr("Open incident"));
    m_link->setText(tr("Link…"));
    m_link->setToolTip(tr("Join it to an open incident"));
    m_verify->setEnabled(canWrite && r->state != model::ReportState::verified);
    m_dismiss->setEnabled(canWrite && r->state != model::ReportState::dismissed);
    m_open->setEnabled(canWrite || r->incident);
    m_link->setVisible(!r->incident);
    m_link->setEnabled(canWrite);
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
    m_title->set(tr("Citizen's report"), second.join(QStringLiteral(" · ")),
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
    QStringList caller;
    if (!r->contact.name.empty())
        caller << Words::plain(r->contact.name);
    if (!r->contact.phone.empty())
        caller << Words::plain(r->contact.phone);
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
         {tr("Received"), tr("%1 (%2)", "clock, age")
                              .arg(Words::moment(r->receivedAt, now, m_ui.language), Words::age(now - r->receivedAt))},
         {tr("Happened"), Words::moment(r->happenedAt, now, m_ui.language)},
         {tr("Call back"), caller.isEmpty() ? tr("no contact given") : caller.join(QStringLiteral(", "))},
         {tr("Judged by"), Words::plain(r->judgedBy)},
         {tr("Incident"), incident, true}});
}

} // namespace tocsin::gui
