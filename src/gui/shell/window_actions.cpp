#include "gui/panels/load_sheet.hpp"
#include "gui/shell/chat_notice.hpp"
#include "gui/shell/dialogs.hpp"
#include "gui/shell/toaster.hpp"
#include "gui/shell/top_bar.hpp"
#include "tocsin/gui/main_window.hpp"
#include "tocsin/gui/panels/panel.hpp"
#include "tocsin/gui/tour.hpp"

#include <QAbstractButton>
#include <QDockWidget>
#include <QKeyEvent>

// What the window can be told to do, by which key, and how it does it.
namespace tocsin::gui {

QAction* MainWindow::addAction(const char* english, const QString& glyph, const QKeySequence& key,
                               std::function<void()> run) {
    auto* made = new QAction(this);
    made->setObjectName(QString::fromLatin1(english));
    made->setData(glyph);
    made->setShortcut(key);
    made->setShortcutContext(Qt::ApplicationShortcut); // a floating panel is a window of its own
    made->setProperty("keyText", key.toString(QKeySequence::NativeText));
    connect(made, &QAction::triggered, this, std::move(run));
    QMainWindow::addAction(made);
    m_actions.append(made);
    return made;
}

void MainWindow::makeActions() {
    const auto s = [](const char* text) { return QString::fromLatin1(text); };
    const auto panel = [this, s](const char* english, const char* glyph, int key, QDockWidget* dock, QWidget* widget) {
        if (dock != nullptr)
            addAction(english, s(glyph), QKeySequence(key), [this, dock, widget] { showPanel(dock, widget); });
    };
    // Plain letters and Space are keys of the window only while no field takes them: keyPressEvent() has them.
    const auto plainKey = [](QAction* made, const char* key) {
        made->setProperty("keyText", QString::fromLatin1(key));
    };
    addAction(QT_TR_NOOP("Search and commands"), s("search"), QKeySequence(Qt::CTRL | Qt::Key_K),
              [this] { openPalette(); });
    panel(QT_TR_NOOP("Alarms"), "alarm", Qt::Key_F2, m_alarms, m_parts.panels.alarms);
    panel(QT_TR_NOOP("Incidents"), "incident", Qt::Key_F3, m_incidents, m_parts.panels.incidents);
    panel(QT_TR_NOOP("Reports"), "report", Qt::Key_F4, m_reports, m_parts.panels.reports);
    panel(QT_TR_NOOP("Details of what is selected"), "info", Qt::Key_F5, m_details, m_parts.panels.details);
    panel(QT_TR_NOOP("Duty log"), "log", Qt::Key_F6, m_log, m_parts.panels.log);
    plainKey(addAction(QT_TR_NOOP("Acknowledge the selected alarm"), s("check"), {}, [this] { acknowledge(); }),
             "Space");
    addAction(QT_TR_NOOP("Acknowledge all alarms"), s("check"), {},
              [this] { m_parts.ui.desk.send(desk::AcknowledgeAllAlarms{}); });
    addAction(QT_TR_NOOP("Alarm load and worst offenders"), s("alarm"), QKeySequence(Qt::Key_F10),
              [this] { openLoad(); });
    if (m_parts.newIncident)
        plainKey(addAction(QT_TR_NOOP("New incident"), s("plus"), {}, m_parts.newIncident), "N");
    if (m_parts.newCall)
        addAction(QT_TR_NOOP("Take a call"), s("phone"), QKeySequence(Qt::Key_F7), m_parts.newCall);
    if (m_parts.openFeeds)
        addAction(QT_TR_NOOP("Feeds and quarantine"), s("sensor"), QKeySequence(Qt::Key_F8),
                  [this] { m_parts.openFeeds({}); });
    if (m_parts.openSensors)
        addAction(QT_TR_NOOP("Register of sensors"), s("sensor"), QKeySequence(Qt::SHIFT | Qt::Key_F8), m_parts.openSensors);
    if (m_parts.openRules)
        addAction(QT_TR_NOOP("Rules of the alarms"), s("filter"), QKeySequence(Qt::CTRL | Qt::Key_R), m_parts.openRules);
    if (m_parts.openDispatch)
        addAction(QT_TR_NOOP("Those who were sent: board, supplies, calls, aid"), s("send"), QKeySequence(Qt::Key_F12),
                  m_parts.openDispatch);
    if (m_parts.openCallDowns)
        addAction(QT_TR_NOOP("Call-downs: whose turn it is"), s("phone"), QKeySequence(Qt::SHIFT | Qt::Key_F12), m_parts.openCallDowns);
    if (m_parts.openResources)
        addAction(QT_TR_NOOP("Resource database"), s("warehouse"), QKeySequence(Qt::CTRL | Qt::Key_B), m_parts.openResources);
    if (m_parts.openCapabilities)
        addAction(QT_TR_NOOP("Capabilities and codes"), s("list"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_G), m_parts.openCapabilities);
    if (m_parts.openRosters)
        addAction(QT_TR_NOOP("Duty rosters: who is on duty, who comes next"), s("clock"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_B),
                  m_parts.openRosters);
    addAction(QT_TR_NOOP("The unit that wrote last, and an answer to it"), s("person"), QKeySequence(Qt::CTRL | Qt::Key_M), [this] {
        if (!m_chat->goToLast())
            say(tr("No unit has written since this window was opened."));
        else if (m_details != nullptr)
            showPanel(m_details, m_parts.panels.details);
    });
    addAction(QT_TR_NOOP("Send the recommended teams"), s("send"), QKeySequence(Qt::Key_F9), [this] { send(); });
    plainKey(addAction(QT_TR_NOOP("Add somebody to the plan"), s("plus"), {}, [this] { addToPlan(); }), "Ins");
    addAction(QT_TR_NOOP("Set the response level"), s("shield"), {}, [this] { emit m_topBar->responseWanted(); });
    const auto roads = [this, s](const char* english, model::RoadWeather weather) {
        addAction(english, s("route"), {}, [this, weather] { m_parts.ui.desk.send(desk::SetRoadWeather{weather}, this); });
    };
    roads(QT_TR_NOOP("Roads are dry"), model::RoadWeather::clear);
    roads(QT_TR_NOOP("Roads in rain"), model::RoadWeather::rain);
    roads(QT_TR_NOOP("Roads with snow"), model::RoadWeather::snow);
    roads(QT_TR_NOOP("Roads with ice"), model::RoadWeather::ice);
    roads(QT_TR_NOOP("Roads in fog"), model::RoadWeather::fog);
    addAction(QT_TR_NOOP("Start or hand over the shift"), s("person"), {}, [this] { emit m_topBar->dutyWanted(); });
    addAction(QT_TR_NOOP("Mute the alarm sound for 5 minutes"), s("mute"), {}, [this] { mute(5); });
    addAction(QT_TR_NOOP("Mute the alarm sound for 15 minutes"), s("mute"), {}, [this] { mute(15); });
    addAction(QT_TR_NOOP("Mute the alarm sound for 30 minutes"), s("mute"), {}, [this] { mute(30); });
    addAction(QT_TR_NOOP("Alarm sound on"), s("sound"), {}, [this] { mute(0); });
    addAction(QT_TR_NOOP("Switch between English and Chinese"), s("language"), QKeySequence(Qt::CTRL | Qt::Key_L),
              [this] { m_parts.language.toggle(); });
    addAction(QT_TR_NOOP("Switch between dark and light"), s("moon"), QKeySequence(Qt::CTRL | Qt::Key_D),
              [this] { toggleLook(); });
    addAction(QT_TR_NOOP("Map alone, or with all panels"), s("fullscreen"), {}, [this] { toggleMapAlone(); });
    addAction(QT_TR_NOOP("Wall view"), s("fullscreen"), QKeySequence(Qt::Key_F11), [this] { toggleWall(); });
    addAction(QT_TR_NOOP("Full screen"), s("fullscreen"), QKeySequence(Qt::SHIFT | Qt::Key_F11),
              [this] { setWindowState(windowState() ^ Qt::WindowFullScreen); });
    addAction(QT_TR_NOOP("Reset the layout"), s("undo"), {}, [this] { resetLayout(); });
    addAction(QT_TR_NOOP("Keys"), s("keyboard"), QKeySequence(Qt::Key_F1), [this] { openKeys(); });
    addAction(QT_TR_NOOP("Take the tour"), s("play"), {}, [this] { startTour(); });
    plainKey(addAction(QT_TR_NOOP("Select nothing"), s("close"), {}, [this] { m_parts.ui.selection.clear(); }), "Esc");
    addMapActions(m_parts.mapActions);
}

void MainWindow::addMapActions(const QList<QAction*>& actions) {
    for (QAction* action : actions) {
        if (m_foreign.contains(action))
            continue;
        m_foreign.insert(action);
        m_actions.append(action);
        if (!action->shortcut().isEmpty()) {
            action->setShortcutContext(Qt::ApplicationShortcut);
            if (action->property("keyText").toString().isEmpty())
                action->setProperty("keyText", action->shortcut().toString(QKeySequence::NativeText));
        }
        QMainWindow::addAction(action);
        connect(action, &QObject::destroyed, this, [this, action] {
            m_foreign.remove(action);
            m_actions.removeAll(action);
            m_commandPalette->setCommands(m_actions); // a panel may be on its way out, too: it is asked when the palette opens
        });
    }
    m_commandPalette->setCommands(m_actions);
}

QAction* MainWindow::action(const QString& englishName) const {
    for (QAction* known : m_actions) {
        if (known->objectName() == englishName)
            return known;
    }
    return nullptr;
}

// ---- what the keys do

void MainWindow::keyPressEvent(QKeyEvent* event) {
    if (event->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier)) {
        QMainWindow::keyPressEvent(event);
        return;
    }
    switch (event->key()) {
    case Qt::Key_Space:
        if (!event->isAutoRepeat())
            acknowledge();
        return;
    case Qt::Key_Question:
        openKeys();
        return;
    case Qt::Key_Slash:
        openPalette();
        return;
    case Qt::Key_Insert:
    case Qt::Key_Plus:
        if (!event->isAutoRepeat())
            addToPlan();
        return;
    case Qt::Key_Escape:
        escape();
        return;
    default:
        if (!runPlainKey(*event))
            QMainWindow::keyPressEvent(event);
    }
}

bool MainWindow::runPlainKey(const QKeyEvent& event) {
    if (event.isAutoRepeat() || event.key() < Qt::Key_A || event.key() > Qt::Key_Z)
        return false;
    const QString letter(QChar(event.key()));
    for (QAction* known : m_actions) {
        if (known->shortcut().isEmpty() && known->isEnabled() && known->property("keyText").toString() == letter) {
            known->trigger();
            return true;
        }
    }
    return false;
}

/// Whatever covers most goes first.
void MainWindow::escape() {
    const bool nothing = std::holds_alternative<std::monostate>(m_parts.ui.selection.current());
    if (m_tour->running())
        m_tour->skip();
    else if (m_wall)
        setWall(false);
    else if (isFullScreen() && nothing)
        setWindowState(windowState() & ~Qt::WindowFullScreen);
    else
        m_parts.ui.selection.clear();
}

void MainWindow::acknowledge() {
    const auto* selected = m_parts.ui.selection.as<model::AlarmId>();
    if (selected == nullptr) {
        say(tr("Select an alarm first (F2): nobody should acknowledge unseen."));
        return;
    }
    const auto alarm = m_parts.ui.desk.state().alarms.find(*selected);
    if (alarm != m_parts.ui.desk.state().alarms.end() && model::wantsAcknowledgement(alarm->second))
        m_parts.ui.desk.send(desk::AcknowledgeAlarm{*selected}, this);
}

void MainWindow::openLoad() {
    LoadSheet::showIn(m_parts.ui, *this);
}

bool MainWindow::pressFirst(const char* name) {
    for (auto* button : findChildren<QAbstractButton*>(QString::fromLatin1(name))) {
        if (button->isVisible() && button->isEnabled()) {
            button->click();
            return true;
        }
    }
    return false;
}

void MainWindow::send() {
    if (!pressFirst("sendButton"))
        say(tr("Select an incident with a recommendation first (F3)."));
}

void MainWindow::addToPlan() {
    if (!pressFirst("addToPlanButton"))
        say(tr("Select an open incident first (F3): its plan is what somebody is added to."));
}

void MainWindow::mute(int minutes) {
    desk::MuteSound command;
    if (minutes > 0)
        command.until = m_parts.ui.desk.now() + std::chrono::minutes(minutes);
    m_parts.ui.desk.send(command, this);
}

void MainWindow::toggleLook() {
    Theme& theme = m_parts.ui.theme;
    theme.setLook(theme.look() == Theme::Look::dark ? Theme::Look::light : Theme::Look::dark);
}

QList<Panel*> MainWindow::panels() const {
    QList<Panel*> out;
    for (QWidget* each : {m_parts.panels.alarms, m_parts.panels.incidents, m_parts.panels.reports, m_parts.panels.details,
                          m_parts.panels.log}) {
        if (auto* panel = qobject_cast<Panel*>(each))
            out.append(panel);
    }
    return out;
}

void MainWindow::nameCommands() {
    QList<QAction*> all = m_actions;
    for (Panel* panel : panels()) {
        for (QAction* action : panel->keyActions()) {
            if (action->property("sheetOnly").toBool())
                continue;
            if (action->property("detail").toString().isEmpty())
                action->setProperty("detail", panel->panelTitle());
            all.append(action);
        }
    }
    m_commandPalette->setCommands(std::move(all));
}

void MainWindow::openPalette(const QString& text) {
    nameCommands();
    m_commandPalette->openWith(text);
}

void MainWindow::openKeys() {
    QList<QAction*> keyed;
    for (QAction* known : m_actions) {
        if (!known->property("keyText").toString().isEmpty())
            keyed.append(known);
    }
    QList<KeysDialog::Section> sections{{tr("Anywhere"), keyed}};
    for (Panel* panel : panels()) {
        const QString key = panel->panelKey();
        if (const auto actions = panel->keyActions(); !actions.isEmpty())
            sections.append({key.isEmpty() ? panel->panelTitle() : tr("%1 (%2)", "panel, its key").arg(panel->panelTitle(), key),
                             actions});
    }
    auto* dialog = new KeysDialog(m_parts.ui, sections, this);
    connect(dialog, &KeysDialog::tourWanted, this, &MainWindow::startTour);
    dialog->open();
}

void MainWindow::startTour() {
    m_tour->begin();
}

void MainWindow::say(const QString& sentence) {
    m_toaster->say(sentence);
}

} // namespace tocsin::gui
