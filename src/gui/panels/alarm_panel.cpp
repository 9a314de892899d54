#include "tocsin/gui/panels/alarm_panel.hpp"

#include "gui/panels/alarm_acts.hpp"
#include "gui/panels/alarm_faces.hpp"
#include "gui/panels/alarm_finder.hpp"
#include "gui/panels/alarm_rows.hpp"
#include "gui/panels/load_gauge.hpp"
#include "gui/panels/row_list.hpp"
#include "gui/panels/waiting_bar.hpp"
#include "tocsin/gui/alarm_watch.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "tocsin/gui/symbols.hpp"
#include "ui_alarm_panel.h"

#include <QLocale>
#include <QTimer>
#include <algorithm>
#include <tuple>

namespace tocsin::gui {
namespace {

constexpr int kDenseFrom = 7;    ///< rows
constexpr int kFirstMembers = 3; ///< of a group just opened, in sight with it

} // namespace

class AlarmPanel::Model : public AlarmRows {
  public:
    Model(const UiContext& ui, QObject* parent) : AlarmRows(parent), m_ui(ui), m_faces(ui) {}

    std::vector<triage::AlarmGroup> lines; ///< as the rows name them
    const std::set<std::string>* open{nullptr};
    bool aside{false}; ///< what is set aside, instead of the lines

    [[nodiscard]] const triage::AlarmGroup* groupAt(const base::Uuid& id) const {
        const Row* row = rowOf(id);
        return row == nullptr || row->line < 0 ? nullptr : &lines[static_cast<std::size_t>(row->line)];
    }
    [[nodiscard]] const AlarmFaces& faces() const { return m_faces; }

  protected:
    [[nodiscard]] RowFace face(const base::Uuid& id) const override {
        if (const triage::AlarmGroup* group = groupAt(id))
            return m_faces.group(*group, open->contains(group->key));
        const auto it = m_ui.desk.state().alarms.find(model::AlarmId(id));
        if (it == m_ui.desk.state().alarms.end())
            return {};
        if (aside)
            return m_faces.aside(it->second);
        RowFace f = m_faces.alarm(it->second);
        if (const Row* row = rowOf(id))
            f.depth = row->depth;
        return f;
    }

  private:
    UiContext m_ui;
    AlarmFaces m_faces;
};

AlarmPanel::AlarmPanel(const UiContext& context, QWidget* parent)
    : RowPanel(context, QStringLiteral("alarmPanel"), QStringLiteral("F2"), parent),
      m_form(std::make_unique<Ui::AlarmPanel>()), m_model(new Model(context, this)), m_finder(new AlarmFinder(context, this)) {
    AlarmWatch& watch = m_ui.desk.alarmWatch();
    m_model->open = &m_open;
    m_form->setupUi(this);
    m_form->floodBanner->dress(m_ui);
    auto* gauge = new LoadGauge(m_ui, m_form->head, 36);
    gauge->setObjectName(QStringLiteral("panelLoad"));
    m_form->headLayout->insertWidget(0, gauge);
    m_form->column->insertWidget(m_form->column->indexOf(m_form->list), m_finder);
    m_waiting = new WaitingBar(m_ui, *m_form->list, this);
    m_form->column->insertWidget(m_form->column->indexOf(m_form->list) + 1, m_waiting);
    connect(m_waiting, &QAbstractButton::clicked, this, [this] {
        if (m_model->aside)
            nextUnacknowledged();
        else
            goTo(m_waiting->outOfSight());
    });
    connect(m_finder, &AlarmFinder::changed, this, &AlarmPanel::find);
    connect(m_finder, &AlarmFinder::left, this, [this] { m_form->list->setFocus(Qt::OtherFocusReason); });
    m_form->acknowledgeButton->dress(m_ui.theme, {});
    m_form->openIncidentButton->dress(m_ui.theme, QStringLiteral("I"));
    connect(m_form->acknowledgeButton, &QPushButton::clicked, this, [this] {
        if (m_model->aside)
            alarm_acts::run(m_ui, this, target(), AlarmAct::bringBack);
        else
            acknowledge();
    });
    connect(m_form->openIncidentButton, &QPushButton::clicked, this, &AlarmPanel::openIncident);
    connect(m_form->moreButton, &QToolButton::clicked, this, &AlarmPanel::showMore);
    connect(m_form->floodBanner, &QAbstractButton::clicked, this, &AlarmPanel::openLoad);
    connect(gauge, &QAbstractButton::clicked, this, &AlarmPanel::openLoad);
    connect(m_form->mineButton, &QToolButton::toggled, this, [this](bool on) {
        m_mine.reset();
        if (on) {
            m_mine.emplace();
            Changes everything;
            everything.all = true;
            takeMine(everything);
        }
        takeLines();
    });
    connect(m_form->asideButton, &QToolButton::toggled, this, [this](bool on) {
        m_model->aside = on;
        words();
        rebuild();
    });
    connect(&watch, &AlarmWatch::changed, this, &AlarmPanel::takeLines);
    connect(&watch, &AlarmWatch::groupWanted, this, &AlarmPanel::openGroupOf);
    // Before the list follows the selection: one that lies in a closed group gets a row of its own.
    connect(&m_ui.selection, &Selection::changed, this, &AlarmPanel::selectionMoved);
    setUp(*m_form->list, *m_model);
    m_form->list->onFold = [this](const QModelIndex& index) {
        const base::Uuid id = m_model->idAt(index);
        if (const triage::AlarmGroup* group = m_model->groupAt(id)) {
            toggle(*group);
            showOpened(id);
        }
    };
    m_form->list->setObjectName(QStringLiteral("alarmList"));
}

AlarmPanel::~AlarmPanel() = default;

QString AlarmPanel::panelTitle() const {
    return tr("Alarms");
}

QString AlarmPanel::panelCount() const {
    const AlarmTally& tally = m_ui.desk.alarmWatch().tally();
    if (tally.active() == 0)
        return tr("none");
    const QLocale locale;
    const auto number = [&locale](std::size_t n) { return locale.toString(static_cast<qulonglong>(n)); };
    QString count =
        tr("%1 unacknowledged · %2 active").arg(number(tally.waiting()), number(tally.active() - tally.setAside));
    if (tally.setAside > 0)
        count += QStringLiteral(" · ") + tr("%1 set aside").arg(number(tally.setAside));
    return count;
}

QStringList AlarmPanel::panelCountForms() const {
    const AlarmTally& tally = m_ui.desk.alarmWatch().tally();
    QStringList forms{panelCount()};
    if (tally.active() == 0)
        return forms;
    const QLocale locale;
    const auto number = [&locale](std::size_t n) { return locale.toString(static_cast<qulonglong>(n)); };
    const QString waiting = number(tally.waiting());
    const QString active = number(tally.active() - tally.setAside);
    const QString aside = number(tally.setAside);
    if (tally.setAside == 0) {
        forms << tr("%1 unack. · %2 active", "short").arg(waiting, active) << tr("%1 · %2", "unacknowledged, active").arg(waiting, active);
        return forms;
    }
    forms << tr("%1 unack. · %2 active · %3 aside", "short").arg(waiting, active, aside)
          << tr("%1 unack. · %2 · %3", "short: unacknowledged, active, set aside").arg(waiting, active, aside)
          << tr("%1 · %2 · %3", "unacknowledged, active, set aside").arg(waiting, active, aside);
    return forms;
}

QString AlarmPanel::emptyText() const {
    if (m_model->aside)
        return tr("What is shelved, suppressed by design or out of service stands here, with until when, by whom and "
                  "why. U brings it back, A goes back to the alarms.");
    return tr(
        "When a sensor crosses a limit, its alarm stands here, gravest first. Press Space to acknowledge it, I to "
        "open an incident from it.");
}

// ---- rows

bool AlarmPanel::isMine(const model::Alarm& alarm) const {
    return alarm.owner.empty() || Words::plain(alarm.owner) == m_ui.desk.actor();
}

void AlarmPanel::takeMine(const Changes& changes) {
    const auto put = [this](const model::Alarm& alarm) {
        if (isMine(alarm)) {
            m_mine->put(alarm);
            return;
        }
        model::Alarm elsewhere = alarm; // leaves the lines if it was there
        elsewhere.state = model::AlarmState::normal;
        m_mine->put(elsewhere);
    };
    const auto& alarms = m_ui.desk.state().alarms;
    if (changes.all || changes.desk) { // another may have sat down
        m_mine->clear();
        for (const auto& [id, alarm] : alarms)
            put(alarm);
        return;
    }
    for (const model::AlarmId& id : changes.alarms) {
        if (const auto it = alarms.find(id); it != alarms.end())
            put(it->second);
    }
}

void AlarmPanel::take(const Changes& changes) {
    if (m_mine && (changes.all || changes.desk || !changes.alarms.empty()))
        takeMine(changes);
    // The watch has worked, or will; one's own lines were not ready when it did.
    const bool own =
        m_mine && !changes.alarms.empty() && m_ui.desk.alarmWatch().tally().active() <= AlarmWatch::fewAlarms;
    if (changes.all || own)
        takeLines();
    else if (!changes.alarms.empty() || !changes.readings.empty())
        m_form->list->viewport()->update(); // the rows that stay say what is so now, even while the lines wait
    if (changes.all || !changes.alarms.empty())
        emit titleChanged();
}

void AlarmPanel::takeLines() {
    m_model->lines = m_mine ? m_mine->lines(m_ui.desk.now()) : m_ui.desk.alarmWatch().lines();
    rebuild();
}

void AlarmPanel::rebuild() {
    m_finder->offer(!m_model->aside && std::any_of(m_model->lines.begin(), m_model->lines.end(), [this](const auto& group) {
                        return group.members.size() >= AlarmFinder::offeredFrom && m_open.contains(group.key);
                    }));
    if (m_model->aside)
        rebuildAside();
    else
        rebuildLines(false);
    showCounts();
    currentMoved();
}

void AlarmPanel::rebuildLines(bool anew) {
    const auto* selected = m_ui.selection.as<model::AlarmId>();
    const auto& alarms = m_ui.desk.state().alarms;
    std::vector<AlarmRows::Row> rows;
    std::vector<WaitingRow> waiting;
    const auto wait = [&](std::size_t row, std::size_t number, model::Grade grade) {
        if (number > 0)
            waiting.push_back({static_cast<int>(row), number, grade});
    };
    std::size_t members = 0; // of open groups
    std::size_t found = 0;
    m_peeked = false;
    for (std::size_t i = 0; i < m_model->lines.size(); ++i) {
        const triage::AlarmGroup& group = m_model->lines[i];
        if (group.aside.size() == group.members.size())
            continue; // all of it set aside: counted in the head, listed there
        if (group.members.size() == 1) {
            wait(rows.size(), group.unacknowledged, group.severity);
            rows.push_back({group.members.front().value, -1, 0});
            continue;
        }
        const base::Uuid row = AlarmFaces::idOf(group);
        const bool open = m_open.contains(group.key);
        if (!open)
            wait(rows.size(), group.unacknowledged, group.severity);
        rows.push_back({row, static_cast<int>(i), 0});
        members += open ? group.members.size() : 0;
        for (const model::AlarmId& id : group.members) {
            const bool looked = selected && *selected == id && !(row == m_group && id == m_groupPick);
            bool listed = false;
            if (const auto it = open ? alarms.find(id) : alarms.end(); it != alarms.end()) {
                listed = m_finder->finds(it->second);
                wait(rows.size(), listed && model::wantsAcknowledgement(it->second) ? 1 : 0, it->second.severity);
            }
            found += listed ? 1 : 0;
            if (listed || looked)
                rows.push_back({id.value, -1, 1});
            m_peeked = m_peeked || (looked && !listed);
        }
    }
    m_finder->setFound(found, members);
    m_form->list->setDense(rows.size() >= kDenseFrom);
    if (anew)
        m_model->reset(std::move(rows));
    else
        m_model->set(std::move(rows));
    m_waiting->setRows(std::move(waiting), 0);
}

/// Each letter may list thousands of others.
void AlarmPanel::find() {
    if (m_model->aside)
        return;
    rebuildLines(true);
    showSelection();
}

void AlarmPanel::rebuildAside() {
    std::vector<const model::Alarm*> aside;
    for (const auto& [id, alarm] : m_ui.desk.state().alarms) {
        if (model::isSetAside(alarm.state) && (!m_mine || isMine(alarm)))
            aside.push_back(&alarm);
    }
    // Who comes back soonest first, then what a person did before what the design did.
    std::sort(aside.begin(), aside.end(), [](const model::Alarm* a, const model::Alarm* b) {
        const auto rank = [](const model::Alarm& one) {
            const int kind =
                one.state == model::AlarmState::shelved ? 0 : (one.state == model::AlarmState::outOfService ? 1 : 2);
            return std::tuple(kind, one.until.value_or(base::Time{}), one.severity, one.raisedAt, one.id);
        };
        return rank(*a) < rank(*b);
    });
    std::vector<AlarmRows::Row> rows;
    rows.reserve(aside.size());
    for (const model::Alarm* one : aside)
        rows.push_back({one->id.value, -1, 0});
    m_form->list->setDense(rows.size() >= kDenseFrom);
    m_model->set(std::move(rows));
    m_waiting->setRows({}, m_ui.desk.alarmWatch().tally().waiting());
}

void AlarmPanel::showCounts() {
    const triage::AlarmLoad& load = m_ui.desk.alarmWatch().load();
    const AlarmTally& tally = m_ui.desk.alarmWatch().tally();
    QString first;
    std::optional<base::Time> since;
    for (const triage::AlarmGroup& group : m_model->lines) {
        if (load.flood && group.asksSince >= load.floodSince && (!since || group.asksSince < *since)) {
            since = group.asksSince;
            first = m_model->faces().titleOf(group.first);
        }
    }
    findChild<LoadGauge*>()->setWordShown(!load.flood); // the banner says it
    m_form->floodBanner->set(load, m_model->lines.size(), first);
    m_form->asideButton->setText(
        tr("Set aside %1", "button, number").arg(QLocale().toString(static_cast<qulonglong>(tally.setAside))));
    emit titleChanged();
}

void AlarmPanel::selectionMoved() {
    const auto* selected = m_ui.selection.as<model::AlarmId>();
    if (selected == nullptr || *selected != m_groupPick) {
        m_group = {};
        m_groupPick = {};
    }
    if (m_model->aside)
        return;
    if (!m_fromList) {
        rebuild();
        return;
    }
    m_fromList = false;
    if (!m_peeked)
        return; // what was gone to has its row
    // The list is about to move: the row of the one before goes when it has moved.
    QTimer::singleShot(0, this, [this] {
        rebuild();
        showSelection();
    });
}

Selected AlarmPanel::selectedFor(const base::Uuid& id) const {
    m_fromList = true;
    const triage::AlarmGroup* group = m_model->groupAt(id);
    m_group = group ? id : base::Uuid{};
    m_groupPick = group ? group->members.front() : model::AlarmId{};
    // The list stays at a group; the details and the map show the member to be looked at first.
    return group ? m_groupPick : model::AlarmId(id);
}

base::Uuid AlarmPanel::idIn(const Selected& selected) const {
    const auto* id = std::get_if<model::AlarmId>(&selected);
    if (id == nullptr)
        return {};
    return *id == m_groupPick && m_model->groupAt(m_group) ? m_group : id->value;
}

// ---- acts

const triage::AlarmGroup* AlarmPanel::currentGroup() const {
    return m_model->groupAt(currentId());
}

AlarmTarget AlarmPanel::target() const {
    if (const triage::AlarmGroup* group = currentGroup())
        return {group->members};
    const base::Uuid id = currentId();
    return m_ui.desk.state().alarms.contains(model::AlarmId(id)) ? AlarmTarget{{model::AlarmId(id)}} : AlarmTarget{};
}

void AlarmPanel::acknowledge() {
    if (target().alarms.empty())
        return goTo(m_model->aside ? 0 : std::max(0, m_waiting->next(-1)));
    alarm_acts::run(m_ui, this, target(), AlarmAct::acknowledge);
}

void AlarmPanel::nextUnacknowledged() {
    m_form->asideButton->setChecked(false);
    goTo(m_waiting->next(m_form->list->currentIndex().row()));
}

void AlarmPanel::goTo(int row) {
    if (row < 0 || row >= m_model->rowCount())
        return;
    m_form->list->setCurrentIndex(m_model->index(row));
    m_form->list->scrollTo(m_form->list->currentIndex());
}

void AlarmPanel::takeFocus() {
    if (m_form->list->hasFocus() || !m_form->list->currentIndex().isValid())
        nextUnacknowledged();
    RowPanel::takeFocus();
}

void AlarmPanel::toggle(const triage::AlarmGroup& group) {
    if (m_open.erase(group.key) == 0)
        m_open.insert(group.key);
    rebuild();
}

/// Its row and the first few of its members, where it is open.
void AlarmPanel::showOpened(const base::Uuid& id) {
    const QModelIndex row = m_model->indexOf(id);
    const triage::AlarmGroup* group = m_model->groupAt(id);
    if (group == nullptr || !m_open.contains(group->key))
        return;
    layout()->activate(); // what came above or below the list has taken of its room
    m_form->list->scrollTo(m_model->index(std::min(row.row() + kFirstMembers, m_model->rowCount() - 1)));
    m_form->list->scrollTo(row);
}

void AlarmPanel::openGroupOf(model::AlarmId alarm) {
    const auto lineOf = [&] {
        return std::find_if(m_model->lines.begin(), m_model->lines.end(), [&](const triage::AlarmGroup& group) {
            return std::find(group.members.begin(), group.members.end(), alarm) != group.members.end();
        });
    };
    auto line = lineOf();
    if (line == m_model->lines.end() && m_form->mineButton->isChecked()) { // another has it
        m_form->mineButton->setChecked(false);
        line = lineOf();
    }
    if (line == m_model->lines.end())
        return;
    m_form->asideButton->setChecked(line->aside.size() == line->members.size());
    if (line->members.size() > 1)
        m_open.insert(line->key);
    m_group = {};
    m_groupPick = {};
    m_finder->clear();
    rebuild();
    m_ui.selection.select(alarm);
    showSelection();
    m_form->list->scrollTo(m_form->list->currentIndex(), QAbstractItemView::PositionAtCenter);
}

bool AlarmPanel::fold(int key) {
    const QModelIndex current = m_form->list->currentIndex();
    const AlarmRows::Row* row = m_model->rowOf(currentId());
    if (row == nullptr || m_model->aside)
        return false;
    if (const triage::AlarmGroup* group = currentGroup()) {
        const bool open = m_open.contains(group->key);
        if (key == Qt::Key_Left && !open)
            return true;
        if (key == Qt::Key_Right && open) {
            m_form->list->setCurrentIndex(m_model->index(current.row() + 1)); // its first member
            return true;
        }
        toggle(*group);
        showOpened(m_model->idAt(m_form->list->currentIndex()));
        return true;
    }
    if (key == Qt::Key_Left && row->depth > 0) {
        for (int above = current.row() - 1; above >= 0; --above) {
            if (m_model->groupAt(m_model->idAt(m_model->index(above)))) {
                m_form->list->setCurrentIndex(m_model->index(above));
                break;
            }
        }
        return true;
    }
    return key != Qt::Key_Return; // Return on a single alarm is another's
}

void AlarmPanel::currentMoved() {
    const AlarmTarget all = target();
    const AlarmAct first = m_model->aside ? AlarmAct::bringBack : AlarmAct::acknowledge;
    m_form->acknowledgeButton->setElidingText(alarm_acts::textFor(m_ui, all, first));
    m_form->acknowledgeButton->setKey(alarm_acts::keyText(first));
    m_form->acknowledgeButton->setEnabled(alarm_acts::possible(m_ui, all, first));
    m_form->openIncidentButton->setText(alarm_acts::leadsToIncident(m_ui, all) ? tr("To incident") : tr("Incident"));
    m_form->openIncidentButton->setToolTip(alarm_acts::textFor(m_ui, all, AlarmAct::openIncident));
    m_form->openIncidentButton->setAccessibleName(m_form->openIncidentButton->toolTip());
    m_form->openIncidentButton->setEnabled(alarm_acts::possible(m_ui, all, AlarmAct::openIncident));
    m_form->moreButton->setEnabled(!all.alarms.empty());
}

void AlarmPanel::words() {
    m_form->retranslateUi(this);
    m_form->mineButton->setText(tr("Mine", "alarms"));
    m_form->mineButton->setToolTip(tr("Only what was not handed to another (M)"));
    m_form->mineButton->setAccessibleName(m_form->mineButton->toolTip());
    m_form->asideButton->setToolTip(tr("Shelved, suppressed and out of service (A)"));
    m_form->asideButton->setAccessibleName(m_form->asideButton->toolTip());
    m_form->moreButton->setIcon(Symbols::icon(QStringLiteral("more"), m_ui.theme.colours().text));
    m_form->moreButton->setToolTip(tr("What else can be done with it"));
    m_form->moreButton->setAccessibleName(m_form->moreButton->toolTip());
    m_finder->words();
    m_waiting->words();
    m_form->list->setAccessibleName(m_model->aside ? tr("Alarms set aside") : panelTitle());
    m_form->list->setEmptyText(m_model->aside ? tr("Nothing is set aside") : tr("No alarm"), emptyText());
    showCounts();
    currentMoved();
}

} // namespace tocsin::gui
