#include "gui/panels/overview_view.hpp"

#include "gui/panels/detail_parts.hpp"
#include "tocsin/gui/alarm_watch.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QGridLayout>
#include <QVBoxLayout>

namespace tocsin::gui {

OverviewView::OverviewView(const UiContext& ui, QWidget* parent)
    : DetailView(ui, parent), m_headline(textLabel(ui.theme, this)), m_hint(textLabel(ui.theme, this, true)),
      m_facts(new FactGrid(ui.theme, this)), m_stepsTitle(sectionLabel(ui.theme, this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(8);
    m_headline->setFont(ui.theme.font(Theme::Text::title));
    column->addWidget(m_headline);
    column->addWidget(m_hint);
    column->addSpacing(4);
    column->addWidget(m_facts);
    column->addWidget(m_stepsTitle);
    auto* steps = new QGridLayout;
    steps->setHorizontalSpacing(8);
    steps->setVerticalSpacing(2);
    steps->setColumnStretch(1, 1);
    for (std::size_t i = 0; i < m_steps.size(); ++i) {
        auto* number = textLabel(ui.theme, this);
        number->setWordWrap(false);
        number->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);
        number->setText(QStringLiteral("%1.").arg(i + 1));
        m_steps[i] = textLabel(ui.theme, this);
        m_steps[i]->setObjectName(QStringLiteral("overviewStep%1").arg(i + 1));
        steps->addWidget(number, static_cast<int>(i), 0, Qt::AlignTop);
        steps->addWidget(m_steps[i], static_cast<int>(i), 1);
    }
    column->addLayout(steps);
    column->addStretch();
}

void OverviewView::show(const Selected&) {
    words();
}

void OverviewView::take(const Changes& changes) {
    if (changes.all || changes.desk || !changes.alarms.empty() || !changes.incidents.empty() ||
        !changes.reports.empty() || !changes.resources.empty() || !changes.assignments.empty() ||
        !changes.warnings.empty())
        words();
}

void OverviewView::words() {
    const model::State& state = m_ui.desk.state();
    const auto unseen = static_cast<int>(m_ui.desk.alarmWatch().tally().waiting());
    int open = 0;
    for (const auto& [id, incident] : state.incidents)
        open += incident.state == model::IncidentState::open ? 1 : 0;
    int pending = 0;
    for (const auto& [id, report] : state.reports)
        pending += report.state == model::ReportState::pending && !report.incident ? 1 : 0;
    int inForce = 0;
    int held = 0;
    for (const auto& [id, warning] : state.warnings) {
        inForce += warning.state == model::WarningState::inForce ? 1 : 0;
        held += warning.state == model::WarningState::held ? 1 : 0;
    }
    int free = 0;
    int out = 0;
    for (const auto& [id, resource] : state.resources) {
        if (resource.capabilities.empty() || resource.kind == model::ResourceKind::expert)
            continue; // only who can be sent
        free += resource.status == model::ResourceStatus::available ? 1 : 0;
        out += resource.status == model::ResourceStatus::assigned ? 1 : 0;
    }
    if (!m_ui.desk.ready())
        m_headline->setText(tr("Opening the desk…"));
    else if (unseen > 0)
        m_headline->setText(unseen == 1 ? tr("1 alarm waits for you") : tr("%1 alarms wait for you").arg(unseen));
    else if (pending > 0)
        m_headline->setText(pending == 1 ? tr("1 report waits for you") : tr("%1 reports wait for you").arg(pending));
    else
        m_headline->setText(open == 0 ? tr("All quiet") : tr("All seen"));
    m_hint->setText(tr("Nothing is selected. Choose a row on the left or a symbol on the map, and it stands here."));
    QString level = tr("peacetime");
    if (state.desk.responseLevel) {
        level = tr("level %1").arg(Words::numeral(*state.desk.responseLevel));
        if (const QString title = Words::local(state.desk.responseTitle, m_ui.language); !title.isEmpty())
            level += QStringLiteral(" · ") + title;
    }
    m_facts->set({{tr("Response"), level},
                  {tr("Roads"), Words::roadWeather(state.desk.roadWeather)},
                  {tr("Open incidents"), QString::number(open)},
                  {tr("Teams free"), QString::number(free)},
                  {tr("Teams out"), QString::number(out)},
                  {tr("Reports to triage"), QString::number(pending)},
                  {tr("Warnings in force"), QString::number(inForce)},
                  {tr("Warnings held back"), held > 0 ? tr("%1, Ctrl+K finds them").arg(held) : QString(), true}});
    m_stepsTitle->setText(tr("From an alarm to a team on its way"));
    m_steps[0]->setText(tr("F2 goes to the alarms; Space acknowledges one."));
    m_steps[1]->setText(tr("I opens an incident from it."));
    m_steps[2]->setText(tr("Who should go, and why, stands here."));
    m_steps[3]->setText(tr("F9 sends them; the map shows them move."));
    m_steps[4]->setText(tr("Ctrl+K finds every place, team and command."));
}

} // namespace tocsin::gui
