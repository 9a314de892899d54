#include "tocsin/gui/sensors_window.hpp"

#include "gui/calls/map_pointing.hpp"
#include "gui/feeds/sensor_form.hpp"
#include "gui/feeds/sensor_table.hpp"
#include "gui/tools/register_layout.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QShortcut>
#include <QSignalBlocker>
#include <QStyle>
#include <QTableView>
#include <QVBoxLayout>
#include <iterator>
#include <set>

namespace tocsin::gui {

namespace {
constexpr int soonMs = 120;
constexpr int tickMs = 1000;
constexpr auto onlyThis = QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows; ///< whatever keys are held just now
} // namespace

SensorsWindow::SensorsWindow(const UiContext& ui, MapView* map, QWidget* parent)
    : QDialog(parent), m_ui(ui), m_table(new SensorTable(ui, this)), m_heading(new QLabel(this)), m_hint(new QLabel(this)),
      m_search(new QLineEdit(this)), m_shown(new QComboBox(this)), m_view(new QTableView(this)), m_empty(new QLabel(this)),
      m_count(new QLabel(this)), m_new(new QPushButton(this)), m_retire(new QPushButton(this)), m_back(new QPushButton(this)), m_form(new SensorForm(ui, map != nullptr, this)), m_said(new QLabel(this)),
      m_discard(new QPushButton(this)), m_save(new QPushButton(this)), m_pointing(std::make_unique<MapPointing>(ui.theme, map)) {
    setObjectName(QStringLiteral("sensorsWindow"));
    build();
    m_soon.setSingleShot(true);
    m_soon.setInterval(soonMs);
    m_tick.setInterval(tickMs);
    connect(&m_soon, &QTimer::timeout, this, &SensorsWindow::look);
    connect(&m_tick, &QTimer::timeout, m_table, &SensorTable::tick);
    connect(m_search, &QLineEdit::textChanged, this, [this] { m_soon.start(); });
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &SensorsWindow::choose);
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &SensorsWindow::enable);
    connect(m_view, &QAbstractItemView::activated, this, [this](const QModelIndex& index) {
        if (const auto* sensor = m_table->at(index.row()))
            m_ui.selection.select(sensor->id);
    });
    connect(m_shown, &QComboBox::currentIndexChanged, this, &SensorsWindow::look);
    connect(m_new, &QPushButton::clicked, this, [this] { offer({}); });
    connect(m_retire, &QPushButton::clicked, this, &SensorsWindow::retire);
    connect(m_back, &QPushButton::clicked, this, &SensorsWindow::bringBack);
    connect(m_discard, &QPushButton::clicked, this, &SensorsWindow::discard);
    connect(m_save, &QPushButton::clicked, this, &SensorsWindow::save);
    connect(m_form, &SensorForm::edited, this, [this] {
        say({});
        enable();
    });
    connect(m_form, &SensorForm::mapWanted, this, &SensorsWindow::point);
    if (map != nullptr)
        connect(new QShortcut(QKeySequence(QStringLiteral("Alt+P")), this), &QShortcut::activated, this, &SensorsWindow::point);
    connect(&ui.desk, &DeskBridge::changed, this, [this](const Changes& changes) {
        if (!changes.all && changes.sensors.empty())
            return;
        m_table->take(changes);
        m_soon.start();
        enable();
        if (m_form->isDirty() || m_form->isNew())
            return;
        if (const auto stands = m_ui.desk.state().sensors.find(m_form->seen().id); stands != m_ui.desk.state().sensors.end()) {
            m_form->show(stands->second);
            enable();
        }
    });
    connect(&ui.theme, &Theme::changed, m_table, &SensorTable::retranslate);
    retranslate();
    look();
}

SensorsWindow::~SensorsWindow() = default;

void SensorsWindow::build() {
    m_search->setObjectName(QStringLiteral("sensorSearch"));
    m_search->setClearButtonEnabled(true);
    m_view->setObjectName(QStringLiteral("sensorTable"));
    m_empty->setObjectName(QStringLiteral("sensorsEmpty"));
    m_count->setObjectName(QStringLiteral("sensorsCount"));
    m_new->setObjectName(QStringLiteral("newSensor"));
    m_shown->setObjectName(QStringLiteral("sensorsShown"));
    for (const auto shown : {SensorTable::Shown::inUse, SensorTable::Shown::retired, SensorTable::Shown::all})
        m_shown->addItem(QString(), static_cast<int>(shown));
    m_retire->setObjectName(QStringLiteral("retireSensors"));
    m_back->setObjectName(QStringLiteral("bringBackSensors"));
    m_said->setObjectName(QStringLiteral("sensorsSaid"));
    m_discard->setObjectName(QStringLiteral("discardSensor"));
    m_save->setObjectName(QStringLiteral("saveSensor"));
    m_heading->setFont(m_ui.theme.font(Theme::Text::title));
    m_hint->setProperty("role", QStringLiteral("dim"));
    m_hint->setWordWrap(true);
    m_count->setProperty("role", QStringLiteral("dim"));
    m_empty->setProperty("role", QStringLiteral("dim"));
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_said->setWordWrap(true);
    m_said->setTextFormat(Qt::PlainText);
    m_save->setProperty("kind", QStringLiteral("primary"));
    for (auto* button : {m_new, m_retire, m_back, m_discard, m_save})
        button->setAutoDefault(false);
    m_view->setModel(m_table);
    setUpRegister(*m_view);
    m_view->installEventFilter(this);

    auto* left = new QWidget(this);
    auto* leftColumn = new QVBoxLayout(left);
    leftColumn->setContentsMargins(16, 0, 8, 0);
    leftColumn->setSpacing(6);
    auto* above = new QHBoxLayout;
    above->addWidget(m_search, 1);
    above->addWidget(m_shown);
    leftColumn->addLayout(above);
    leftColumn->addWidget(m_view, 1);
    leftColumn->addWidget(m_empty, 1);
    auto* below = new QHBoxLayout;
    below->addWidget(m_new);
    below->addWidget(m_retire);
    below->addWidget(m_back);
    below->addWidget(m_count, 1);
    leftColumn->addLayout(below);
    auto* right = new QWidget(this);
    auto* rightColumn = new QVBoxLayout(right);
    rightColumn->setContentsMargins(0, 0, 16, 0);
    rightColumn->addWidget(m_form, 1);
    rightColumn->addWidget(m_said);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(m_discard);
    buttons->addWidget(m_save);
    rightColumn->addLayout(buttons);

    layOutRegister(*this, {m_heading, m_hint}, left, right);
    resize(1240, 680);
}

void SensorsWindow::retranslate() {
    setWindowTitle(tr("Sensors"));
    m_heading->setText(tr("Sensors"));
    m_hint->setText(tr("Readings are taken from the sensors of this register; those of others wait in quarantine. Many at once: tocsin import sensors."));
    m_search->setPlaceholderText(tr("Find by id, name, place, kind, unit or feed"));
    m_search->setAccessibleName(tr("Find a sensor"));
    m_view->setAccessibleName(tr("Sensors"));
    {
        const QSignalBlocker quiet(m_shown);
        m_shown->setItemText(0, tr("In use", "sensors"));
        m_shown->setItemText(1, tr("Retired", "sensors"));
        m_shown->setItemText(2, tr("All", "sensors"));
    }
    m_shown->setAccessibleName(tr("Which sensors are shown"));
    m_new->setText(tr("New sensor"));
    m_retire->setText(tr("Retire…"));
    m_retire->setToolTip(tr("No alarm comes of those that are chosen any more, and they leave map and lists; their readings stay (Del)"));
    m_back->setText(tr("Bring back"));
    m_back->setToolTip(tr("The retired ones that are chosen, else those that were retired just now (Ctrl+Z)"));
    m_discard->setText(tr("Discard changes"));
    m_save->setText(tr("Save"));
    m_form->retranslate();
    m_table->retranslate();
    look();
    enable();
}

void SensorsWindow::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QDialog::changeEvent(event);
}

void SensorsWindow::showEvent(QShowEvent* event) {
    QDialog::showEvent(event);
    m_tick.start();
}

void SensorsWindow::hideEvent(QHideEvent* event) {
    QDialog::hideEvent(event);
    m_tick.stop();
}

void SensorsWindow::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::Save)) {
        save();
        return;
    }
    if (event->matches(QKeySequence::Find)) {
        m_search->setFocus();
        m_search->selectAll();
        return;
    }
    if (event->matches(QKeySequence::New)) {
        offer({});
        return;
    }
    const bool goesOn = event->key() == Qt::Key_Down || event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (goesOn && m_search->hasFocus() && m_view->model()->rowCount() > 0) { // from what was looked for to what was found
        m_view->setFocus();
        if (m_view->selectionModel()->selectedRows().isEmpty())
            m_view->selectRow(0);
        return;
    }
    if (event->key() == Qt::Key_Escape && m_search->hasFocus() && !m_search->text().isEmpty()) {
        m_search->clear();
        return;
    }
    QDialog::keyPressEvent(event);
}

bool SensorsWindow::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_view && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event); // a table would look for a row that begins with it
        if (key->key() == Qt::Key_Delete && key->modifiers() == Qt::NoModifier) {
            retire();
            return true;
        }
        if (key->matches(QKeySequence::Undo)) {
            bringBack();
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

bool SensorsWindow::isDirty() const {
    return m_form->isDirty();
}

void SensorsWindow::reject() {
    if (!isDirty()) {
        QDialog::reject();
        return;
    }
    if (auto* asked = findChild<QMessageBox*>(QStringLiteral("sensorUnsaved")); asked != nullptr && asked->isVisible()) {
        asked->raise();
        return;
    }
    auto* ask = new QMessageBox(QMessageBox::Question, windowTitle(), tr("The changed sensor is not saved."), QMessageBox::NoButton, this);
    ask->setObjectName(QStringLiteral("sensorUnsaved"));
    ask->setAttribute(Qt::WA_DeleteOnClose);
    auto* drop = ask->addButton(tr("Discard changes"), QMessageBox::DestructiveRole);
    auto* stay = ask->addButton(tr("Go on editing"), QMessageBox::RejectRole);
    ask->setDefaultButton(stay);
    ask->setEscapeButton(stay);
    connect(drop, &QPushButton::clicked, this, [this] {
        discard(); // should it be shown again, nothing of it is left
        QDialog::reject();
    });
    ask->open();
}

void SensorsWindow::look() {
    m_soon.stop();
    const auto all = m_ui.desk.state().sensors.size();
    const auto* kept = m_table->at(m_view->currentIndex().row());
    const auto id = kept != nullptr ? kept->id : m_form->isNew() ? model::SensorId() : m_form->seen().id;
    std::set<model::SensorId> others;
    for (const bool retired : {false, true}) {
        auto some = chosen(retired, all);
        others.insert(std::make_move_iterator(some.begin()), std::make_move_iterator(some.end()));
    }
    {
        // The form keeps its sensor: only a person's own choice changes it.
        const QSignalBlocker quiet(m_view->selectionModel());
        m_table->look(m_search->text(), static_cast<SensorTable::Shown>(m_shown->currentData().toInt()));
        const bool keeps = others.empty() || others.contains(id);
        if (const int row = m_table->rowOf(id); keeps && row >= 0)
            m_view->selectionModel()->setCurrentIndex(m_table->index(row, 0), onlyThis);
        if (others.size() > (keeps ? 1U : 0U)) {
            QItemSelection again;
            for (const int row : m_table->rowsOf(others))
                again.append({m_table->index(row, 0), m_table->index(row, SensorTable::columns - 1)});
            m_view->selectionModel()->select(again, QItemSelectionModel::Select);
        }
    }
    const int rows = m_table->rowCount();
    if (rows > 0 && m_view->columnWidth(0) < 150) {
        m_view->resizeColumnsToContents(); // of the rows in view only
        m_view->setColumnWidth(0, 220);
    }
    m_view->setVisible(rows > 0);
    m_empty->setVisible(rows == 0);
    m_empty->setText(all == 0 ? tr("No sensor is registered. Press New sensor, import a table with tocsin import sensors, or let a feed register what it describes (F8).")
                     : m_table->foundHidden() ? tr("None of these fits, but another does: choose All.")
                     : m_table->total() == 0  ? tr("No sensor is retired.")
                                              : tr("No sensor fits these words."));
    enable();
    const QString count = Words::number(rows, 0);
    m_count->setText(static_cast<std::size_t>(rows) == m_table->total()
                         ? tr("%1 sensors").arg(count)
                         : tr("%1 of %2 sensors").arg(count, Words::number(static_cast<double>(m_table->total()), 0)));
}

void SensorsWindow::choose() {
    const auto* sensor = m_table->at(m_view->currentIndex().row());
    if (m_form->isDirty()) {
        if (sensor != nullptr && (m_form->isNew() || sensor->id != m_form->seen().id))
            say(tr("The changed sensor is not saved: save or discard it to see another."), true);
        return;
    }
    if (sensor == nullptr)
        m_form->clear();
    else
        m_form->show(*sensor);
    say({});
    enable();
}

void SensorsWindow::enable() {
    const bool may = !m_ui.desk.readOnly();
    m_new->setEnabled(may);
    m_retire->setEnabled(may && !m_sending && !chosen(false, 1).empty());
    m_back->setEnabled(may && !m_sending && !toBringBack(1).empty());
    m_save->setEnabled(may && m_form->isDirty() && !m_sending);
    m_discard->setEnabled(m_form->isDirty() && !m_sending);
    m_form->setReadOnly(!may);
}

void SensorsWindow::select(const model::SensorId& id) {
    if (m_table->rowOf(id) < 0) {
        const QSignalBlocker quiet(m_search);
        const QSignalBlocker quietly(m_shown);
        m_search->clear();
        const auto known = m_ui.desk.state().sensors.find(id);
        const bool retired = known != m_ui.desk.state().sensors.end() && !known->second.retired.empty();
        m_shown->setCurrentIndex(m_shown->findData(static_cast<int>(retired ? SensorTable::Shown::all : SensorTable::Shown::inUse)));
        look();
    }
    if (const int row = m_table->rowOf(id); row >= 0) {
        m_view->selectionModel()->setCurrentIndex(m_table->index(row, 0), onlyThis);
        m_view->scrollTo(m_table->index(row, 0), QAbstractItemView::PositionAtCenter);
    }
}

void SensorsWindow::offer(const model::Sensor& known) {
    if (!known.id.value.empty() && m_ui.desk.state().sensors.contains(known.id)) {
        select(known.id);
        return;
    }
    if (m_form->isDirty()) {
        say(tr("The changed sensor is not saved: save or discard it to see another."), true);
        return;
    }
    if (m_ui.desk.readOnly())
        return;
    {
        const QSignalBlocker quiet(m_view->selectionModel());
        m_view->setCurrentIndex({});
        m_view->clearSelection();
    }
    m_form->showNew(known);
    say(tr("A new sensor: at least its id and coordinates."));
    enable();
}

void SensorsWindow::discard() {
    if (m_form->isNew())
        m_form->clear();
    else
        m_form->show(m_form->seen());
    choose();
    say({});
    enable();
}

void SensorsWindow::save() {
    if (!m_form->isDirty() || m_ui.desk.readOnly() || m_sending)
        return;
    const auto sensor = m_form->read();
    if (!sensor) {
        say(tr("Something cannot be taken: see the fields."), true);
        return;
    }
    desk::RegisterSensors command;
    command.sensors.push_back(*sensor);
    command.seen.emplace();
    if (!m_form->isNew())
        command.seen->push_back(m_form->seen());
    command.anyUnit = m_form->anyUnit();
    m_sending = true;
    enable();
    const bool isNew = m_form->isNew();
    m_ui.desk.send(std::move(command), this, [this, sensor = *sensor, isNew](const base::Result<desk::Done>& done) {
        m_sending = false;
        if (!done) {
            if (done.error().code == base::Code::notFound) // of all that can be wrong, the unit
                m_form->refuseUnit(Words::refusal(done.error()));
            say(Words::refusal(done.error()), true);
            enable();
            return;
        }
        // The answer may be here before the change itself, which is shown when it comes.
        const auto& all = m_ui.desk.state().sensors;
        const auto stands = all.find(sensor.id);
        m_form->show(stands == all.end() || stands->second == m_form->seen() ? sensor : stands->second);
        m_soon.start();
        say(isNew ? tr("Registered, and in the duty log. Readings of it that wait in quarantine are taken by Take it again (F8).")
                  : tr("Saved, and in the duty log."));
        enable();
    });
}

void SensorsWindow::point() {
    if (m_ui.desk.readOnly() || (!m_form->isNew() && m_form->seen().id.value.empty()))
        return;
    m_pointing->start(*this, [this](const model::Position& position) { m_form->place(position); });
}

void SensorsWindow::say(const QString& sentence, bool bad) {
    m_said->setProperty("role", bad ? QStringLiteral("error") : QStringLiteral("dim"));
    m_said->style()->unpolish(m_said);
    m_said->style()->polish(m_said);
    m_said->setText(sentence);
    m_said->setVisible(!sentence.isEmpty());
}

} // namespace tocsin::gui
