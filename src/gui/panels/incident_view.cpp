#include "gui/panels/incident_view.hpp"

#include "gui/panels/assignment_list.hpp"
#include "gui/panels/commands.hpp"
#include "gui/panels/decision_card.hpp"
#include "gui/panels/detail_parts.hpp"
#include "gui/panels/plan_dialog.hpp"
#include "tocsin/gui/panels/entry_sentence.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "tocsin/gui/symbols.hpp"

#include <QContextMenuEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QVBoxLayout>

namespace tocsin::gui {
namespace {

constexpr std::size_t timeLineLength = 60; ///< newer entries that are shown; all of them are in the duty log

} // namespace

IncidentView::IncidentView(const UiContext& ui, QWidget* parent)
    : DetailView(ui, parent), m_title(new TitleBlock(ui.theme, this)), m_gradeRow(new QWidget(this)),
      m_gradeText(textLabel(ui.theme, m_gradeRow, true)), m_confirm(new QPushButton(m_gradeRow)),
      m_regrade(new QPushButton(m_gradeRow)), m_actRow(new QWidget(this)), m_move(new QPushButton(m_actRow)),
      m_plan(new QPushButton(m_actRow)), m_facts(new FactGrid(ui.theme, this)), m_card(new DecisionCard(ui, this)),
      m_assignedTitle(sectionLabel(ui.theme, this)), m_assigned(new AssignmentList(ui, this)),
      m_checklistTitle(sectionLabel(ui.theme, this)), m_checklist(textLabel(ui.theme, this)),
      m_timeTitle(sectionLabel(ui.theme, this)), m_note(new QLineEdit(this)), m_noteTrouble(textLabel(ui.theme, this)),
      m_timeLine(new TimeLine(ui.theme, this)), m_close(new QPushButton(this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(8);
    auto* grade = new QHBoxLayout(m_gradeRow);
    grade->setContentsMargins(40, 0, 0, 0);
    grade->setSpacing(8);
    grade->addWidget(m_confirm);
    grade->addWidget(m_regrade);
    grade->addWidget(m_gradeText, 1);
    auto* acts = new QHBoxLayout(m_actRow);
    acts->setContentsMargins(40, 0, 0, 0);
    acts->setSpacing(8);
    acts->addWidget(m_move);
    acts->addWidget(m_plan);
    acts->addStretch();
    for (QPushButton* button : {m_confirm, m_regrade, m_move, m_plan})
        button->setStyleSheet(
            QStringLiteral("QPushButton { min-height: 26px; padding: 0 10px; font-weight: normal; outline: none; }"));
    column->addWidget(m_title);
    column->addWidget(m_gradeRow);
    column->addWidget(m_actRow);
    column->addSpacing(4);
    column->addWidget(m_facts);
    column->addWidget(m_card);
    column->addSpacing(8);
    column->addWidget(m_assignedTitle);
    column->addWidget(m_assigned);
    column->addSpacing(8);
    column->addWidget(m_checklistTitle);
    column->addWidget(m_checklist);
    column->addSpacing(8);
    column->addWidget(m_timeTitle);
    column->addWidget(m_note);
    column->addWidget(m_noteTrouble);
    column->addWidget(m_timeLine);
    column->addSpacing(8);
    auto* foot = new QHBoxLayout;
    foot->addWidget(m_close);
    foot->addStretch();
    column->addLayout(foot);
    column->addStretch();

    m_confirm->setObjectName(QStringLiteral("confirmGradeButton"));
    m_regrade->setObjectName(QStringLiteral("changeGradeButton"));
    m_move->setObjectName(QStringLiteral("moveIncidentButton"));
    m_plan->setObjectName(QStringLiteral("changePlanButton"));
    m_note->setObjectName(QStringLiteral("noteEdit"));
    m_note->setMaxLength(2000);
    m_noteTrouble->setProperty("role", QStringLiteral("error"));
    m_noteTrouble->hide();
    m_close->setObjectName(QStringLiteral("closeIncidentButton"));
    m_close->setProperty("kind", QStringLiteral("quiet"));
    connect(m_confirm, &QPushButton::clicked, this, &IncidentView::confirmGrade);
    connect(m_regrade, &QPushButton::clicked, this, [this] { act(IncidentAct::grade); });
    connect(m_move, &QPushButton::clicked, this, [this] { act(IncidentAct::move); });
    connect(m_plan, &QPushButton::clicked, this, [this] { act(IncidentAct::plan); });
    connect(m_note, &QLineEdit::returnPressed, this, &IncidentView::writeNote);
    connect(m_close, &QPushButton::clicked, this, [this] { act(IncidentAct::close); });
    connect(m_card, &DecisionCard::proposalChanged, this, &IncidentView::proposalChanged);
    connect(m_card, &DecisionCard::coverChanged, this, &IncidentView::coverChanged);
}

const model::Incident* IncidentView::incident() const {
    const auto& all = m_ui.desk.state().incidents;
    const auto it = all.find(m_incident);
    return it == all.end() ? nullptr : &it->second;
}

void IncidentView::show(const Selected& what) {
    const auto* id = std::get_if<model::IncidentId>(&what);
    if (!id) {
        m_incident = {};
        m_card->setIncident(std::nullopt);
        m_assigned->setIncident(std::nullopt);
        m_entries.clear();
        return;
    }
    m_incident = *id;
    m_note->clear();
    m_noteTrouble->hide();
    m_assigned->setIncident(m_incident);
    m_card->setIncident(m_incident);
    loadTimeLine();
    words();
}

void IncidentView::take(const Changes& changes) {
    m_card->take(changes);
    if (changes.all || !changes.assignments.empty() || !changes.resources.empty() || !changes.drawings.empty())
        m_assigned->refresh();
    if (changes.all || changes.incidents.contains(m_incident) || !changes.assignments.empty() ||
        !changes.reports.empty() || !changes.alarms.empty())
        words();
    if (changes.all)
        loadTimeLine();
    else
        addEntries(changes);
}

void IncidentView::tick() {
    facts();
    m_assigned->tick();
}

void IncidentView::words() {
    const model::Incident* i = incident();
    if (!i)
        return;
    const bool open = i->state == model::IncidentState::open;
    const bool canWrite = open && !m_ui.desk.readOnly();
    const QString title = Words::local(i->title, m_ui.language);
    m_title->set(
        title,
        QStringList{Words::plain(i->number), Words::hazardClass(i->hazardClass), Words::hazard(i->hazard),
                    i->gradeProposed && open ? tr("grade %1 proposed").arg(Words::numeral(i->grade)) : Words::grade(i->grade)}
            .join(QStringLiteral(" · ")),
        [&theme = m_ui.theme, grade = i->grade](QPainter& p, const QRectF& r) {
            Symbols::paintSeverity(p, r, grade, theme);
        });
    m_confirm->setVisible(i->gradeProposed);
    m_confirm->setText(tr("Confirm grade %1").arg(Words::numeral(i->grade)));
    m_regrade->setText(incident_acts::textFor(IncidentAct::grade));
    m_move->setText(incident_acts::textFor(IncidentAct::move));
    m_move->setAccessibleName(tr("Move incident %1 to another place").arg(Words::plain(i->number)));
    m_move->setToolTip(tr("Another place for it; who is on the way is named"));
    m_plan->setText(incident_acts::textFor(IncidentAct::plan));
    m_plan->setAccessibleName(tr("Another plan for incident %1").arg(Words::plain(i->number)));
    m_plan->setToolTip(tr("Another plan, and what becomes of the needs"));
    m_gradeRow->setVisible(open);
    m_actRow->setVisible(open);
    m_move->setEnabled(canWrite);
    m_plan->setEnabled(canWrite && !m_ui.desk.plans().empty());
    m_confirm->setEnabled(canWrite);
    m_regrade->setEnabled(canWrite);
    m_gradeText->clear();

    m_card->setVisible(open);
    m_card->words();
    m_assigned->refresh();
    m_assignedTitle->setText(m_assigned->count() == 0 ? QString()
                                                      : tr("On the way and on scene · %1").arg(m_assigned->count()));
    m_assignedTitle->setVisible(m_assigned->count() > 0);
    m_assigned->setVisible(m_assigned->count() > 0);
    checklist();
    m_timeTitle->setText(tr("Time line"));
    m_note->setPlaceholderText(tr("Write a note, Enter puts it into the log"));
    m_note->setVisible(open);
    m_note->setEnabled(canWrite);
    m_close->setVisible(open);
    m_close->setEnabled(canWrite);
    m_close->setText(tr("Close incident %1…").arg(Words::plain(i->number)));
    m_close->setToolTip(title);
    facts();
    showTimeLine();
}

void IncidentView::facts() {
    const model::Incident* i = incident();
    if (!i)
        return;
    const auto& state = m_ui.desk.state();
    int onScene = 0;
    int coming = 0;
    for (const auto& [id, a] : state.assignments) {
        if (a.incident != i->id || a.state == model::AssignmentState::released)
            continue;
        (a.state == model::AssignmentState::onScene ? onScene : coming) += 1;
    }
    QString scene;
    if (onScene > 0 && coming > 0)
        scene = tr("%1, %2 coming").arg(Words::teams(static_cast<std::size_t>(onScene))).arg(coming);
    else if (onScene > 0)
        scene = Words::teams(static_cast<std::size_t>(onScene));
    else
        scene = coming > 0 ? tr("none yet, %1 coming").arg(coming) : tr("none yet");
    QStringList linked;
    if (!i->alarms.empty())
        linked << Words::alarms(i->alarms.size());
    if (!i->reports.empty())
        linked << Words::reports(i->reports.size());
    const bool open = i->state == model::IncidentState::open;
    const base::Time until = open || !i->closedAt ? m_ui.desk.now() : *i->closedAt;
    QString place = Words::local(i->place, m_ui.language);
    if (place.isEmpty())
        place = commands::isPlaced(i->position) ? Words::position(i->position) : tr("not given");
    m_facts->set({{tr("Place"), place},
                  {tr("On scene"), scene},
                  {tr("Built on"), linked.join(tr(", "))},
                  {open ? tr("Open") : tr("Closed after"),
                   open ? tr("%1 since %2", "age, clock")
                              .arg(Words::age(until - i->openedAt), Words::moment(i->openedAt, until, m_ui.language))
                        : Words::age(until - i->openedAt)}});
}

void IncidentView::checklist() {
    const model::Incident* i = incident();
    QStringList lines;
    const bool open = i != nullptr && i->state == model::IncidentState::open;
    if (const auto* plan = open ? model::planOf(m_ui.desk.plans(), i->plan) : nullptr) {
        m_checklistTitle->setText(planName(*plan, m_ui.language));
        for (const base::LocalText& line : plan->checklist)
            lines << QStringLiteral("%1.  %2").arg(lines.size() + 1).arg(Words::local(line, m_ui.language));
    }
    setOrHide(m_checklist, lines.join(QLatin1Char('\n')));
    m_checklistTitle->setVisible(!lines.isEmpty());
}

void IncidentView::loadTimeLine() {
    m_entries.clear();
    for (const model::Entry& entry : m_ui.desk.log()) {
        if (concerns(entry, m_incident))
            m_entries.emplace(entry.seq, entry);
    }
    const auto arrived = [this, about = m_incident](std::vector<model::Entry> entries) {
        if (about != m_incident)
            return;
        for (model::Entry& entry : entries)
            m_entries.emplace(entry.seq, std::move(entry));
        showTimeLine();
    };
    // What is older than the window's log: the incident's own entries and those of its assignments.
    m_ui.desk.entriesAbout(QString::fromStdString(m_incident.toString()), timeLineLength, this, arrived);
    int asked = 0;
    for (const auto& [id, a] : m_ui.desk.state().assignments) {
        if (a.incident == m_incident && ++asked <= 20)
            m_ui.desk.entriesAbout(QString::fromStdString(id.toString()), 10, this, arrived);
    }
    showTimeLine();
}

void IncidentView::addEntries(const Changes& changes) {
    bool fresh = false;
    for (const model::Entry& entry : m_ui.desk.newEntries(changes)) {
        if (concerns(entry, m_incident))
            fresh |= m_entries.emplace(entry.seq, entry).second;
    }
    if (fresh)
        showTimeLine();
}

void IncidentView::showTimeLine() {
    QVector<TimeLine::Moment> moments;
    for (auto it = m_entries.rbegin();
         it != m_entries.rend() && moments.size() < static_cast<qsizetype>(timeLineLength); ++it)
        moments.push_back({Words::hourMinute(it->second.time),
                           entrySentence(it->second, m_ui.desk.state(), m_ui.language), entryActor(it->second)});
    m_timeLine->set(moments);
}

void IncidentView::send() {
    m_card->send();
}

void IncidentView::confirmGrade() {
    if (const model::Incident* i = incident())
        m_ui.desk.send(desk::GradeIncident{i->id, i->grade, {}});
}

void IncidentView::act(IncidentAct what) {
    incident_acts::run(m_ui, this, m_incident, what);
}

void IncidentView::contextMenuEvent(QContextMenuEvent* event) {
    if (incident() == nullptr)
        return;
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("incidentMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    incident_acts::fillMenu(m_ui, this, *menu, m_incident);
    menu->popup(event->globalPos());
}

void IncidentView::writeNote() {
    const QString text = m_note->text().trimmed();
    if (text.isEmpty() || m_ui.desk.readOnly())
        return;
    m_ui.desk.send(desk::WriteNote{text.toStdString(), m_incident}, this,
                   [this, text, about = m_incident](const base::Result<desk::Done>& done) {
                       if (about != m_incident)
                           return;
                       if (done && m_note->text().trimmed() == text)
                           m_note->clear(); // not what was typed since
                       setOrHide(m_noteTrouble, done ? QString() : Words::refusal(done.error()));
                   });
}

} // namespace tocsin::gui
