#include "tocsin/gui/main_window.hpp"

#include "gui/shell/dialogs.hpp"
#include "gui/shell/dock_title.hpp"
#include "gui/shell/search_box.hpp"
#include "gui/shell/toaster.hpp"
#include "gui/shell/top_bar.hpp"
#include "tocsin/gui/panels/panel.hpp"
#include "tocsin/gui/sound.hpp"
#include "tocsin/gui/symbols.hpp"
#include "tocsin/gui/tour.hpp"

#include <QAbstractButton>
#include <QCloseEvent>
#include <QDockWidget>
#include <QKeyEvent>
#include <QLabel>
#include <QSettings>
#include <QTimer>
#include <QVBoxLayout>

namespace tocsin::gui {

namespace {

constexpr int kLayoutVersion = 1;
constexpr int kWideFrom = 1600; ///< px: below it the sides narrow and the log folds
constexpr int kNarrowSide = 320;
constexpr int kWideLeft = 384;
constexpr int kWideRight = 416;
constexpr int kLogHeight = 226;

QString iniFile(const std::filesystem::path& place) {
    return QString::fromStdString((place.extension() == ".ini" ? place : place / "window.ini").string());
}

} // namespace

MainWindow::MainWindow(Parts parts, QWidget* parent) : QMainWindow(parent), m_parts(std::move(parts)) {
    setObjectName(QStringLiteral("mainWindow"));
    setDockOptions(QMainWindow::AllowNestedDocks | QMainWindow::AllowTabbedDocks);
    setCorner(Qt::TopLeftCorner, Qt::LeftDockWidgetArea);
    setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    setCorner(Qt::TopRightCorner, Qt::RightDockWidgetArea);
    setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    setMinimumSize(900, 560);
    setFocusPolicy(Qt::StrongFocus);

    auto* top = new QWidget(this);
    auto* column = new QVBoxLayout(top);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_topBar = new TopBar(m_parts.ui, m_parts.zone, top);
    m_banner = new QLabel(top);
    m_banner->setObjectName(QStringLiteral("readOnlyBanner"));
    m_banner->setAlignment(Qt::AlignCenter);
    m_banner->setAutoFillBackground(true);
    m_banner->setFixedHeight(32);
    column->addWidget(m_topBar);
    column->addWidget(m_banner);
    setMenuWidget(top);

    QWidget* map = m_parts.panels.map != nullptr ? m_parts.panels.map : new QWidget(this);
    setCentralWidget(map);
    m_starting = new QLabel(map);
    m_starting->setObjectName(QStringLiteral("startingLabel"));
    m_starting->setAlignment(Qt::AlignCenter);
    m_starting->setAttribute(Qt::WA_TransparentForMouseEvents);
    map->installEventFilter(this);
    // By name, so that any widget may stand in for the map.
    if (map->metaObject()->indexOfSignal("fullScreenRequested()") >= 0)
        connect(map, SIGNAL(fullScreenRequested()), this, SLOT(toggleMapAlone()));

    m_alarms = addDock(m_parts.panels.alarms, "alarmDock", Qt::LeftDockWidgetArea);
    m_incidents = addDock(m_parts.panels.incidents, "incidentDock", Qt::LeftDockWidgetArea);
    m_reports = addDock(m_parts.panels.reports, "reportDock", Qt::LeftDockWidgetArea);
    m_details = addDock(m_parts.panels.details, "detailDock", Qt::RightDockWidgetArea);
    m_log = addDock(m_parts.panels.log, "logDock", Qt::BottomDockWidgetArea);
    if (m_log != nullptr && m_log->titleBarWidget() != nullptr)
        m_log->titleBarWidget()->installEventFilter(this);

    m_commandPalette = new CommandPalette(m_parts.ui, this);
    m_commandPalette->setPlaceSearch(m_parts.places);
    m_toaster = new Toaster(m_parts.ui, this);
    m_tour = new Tour(m_parts.ui, this);
    makeActions();

    connect(m_topBar, &TopBar::responseWanted, this, [this] { (new ResponseDialog(m_parts.ui, this))->open(); });
    connect(m_topBar, &TopBar::dutyWanted, this, [this] { (new DutyDialog(m_parts.ui, m_parts.zone, this))->open(); });
    connect(m_topBar, &TopBar::muteWanted, this, &MainWindow::mute);
    connect(m_topBar, &TopBar::languageWanted, this, [this] { m_parts.language.toggle(); });
    connect(m_topBar, &TopBar::lookWanted, this, &MainWindow::toggleLook);
    connect(m_topBar, &TopBar::helpWanted, this, &MainWindow::openKeys);
    connect(&m_parts.ui.desk, &DeskBridge::trouble, m_toaster, &Toaster::say);
    connect(&m_parts.ui.desk, &DeskBridge::changed, this, [this](const Changes& changes) {
        if (changes.all || changes.desk)
            refresh();
    });
    connect(&m_parts.ui.theme, &Theme::changed, this, &MainWindow::refresh);
    connect(m_tour, &Tour::ended, this, [this] {
        if (!m_parts.settings.empty())
            QSettings(iniFile(m_parts.settings), QSettings::IniFormat).setValue(QStringLiteral("tour/seen"), true);
    });
    if (m_parts.sound)
        new AlarmSound(m_parts.ui.desk, makeTonePlayer(), this);

    arrange();
    restoreLayout();
    retranslate();
    refresh();
}

MainWindow::~MainWindow() = default;

QDockWidget* MainWindow::addDock(QWidget* panel, const char* name, Qt::DockWidgetArea area) {
    if (panel == nullptr)
        return nullptr;
    auto* dock = new QDockWidget(this);
    dock->setObjectName(QString::fromLatin1(name));
    dock->setFeatures(QDockWidget::DockWidgetMovable | QDockWidget::DockWidgetFloatable |
                      QDockWidget::DockWidgetClosable);
    dock->setWidget(panel);
    if (auto* known = qobject_cast<Panel*>(panel)) {
        dock->setTitleBarWidget(new DockTitle(*known, m_parts.ui.theme, dock));
        const auto name_ = [dock, known] { dock->setWindowTitle(known->panelTitle()); };
        connect(known, &Panel::titleChanged, dock, name_);
        name_();
    } else {
        dock->setWindowTitle(panel->windowTitle());
    }
    addDockWidget(area, dock);
    return dock;
}

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
    if (m_parts.newIncident)
        plainKey(addAction(QT_TR_NOOP("New incident"), s("plus"), {}, m_parts.newIncident), "N");
    addAction(QT_TR_NOOP("Send the recommended teams"), s("send"), QKeySequence(Qt::Key_F9), [this] { send(); });
    addAction(QT_TR_NOOP("Set the response level"), s("shield"), {}, [this] { emit m_topBar->responseWanted(); });
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
    addAction(QT_TR_NOOP("Full screen"), s("fullscreen"), QKeySequence(Qt::Key_F11),
              [this] { setWindowState(windowState() ^ Qt::WindowFullScreen); });
    addAction(QT_TR_NOOP("Reset the layout"), s("undo"), {}, [this] { resetLayout(); });
    addAction(QT_TR_NOOP("Keys"), s("keyboard"), QKeySequence(Qt::Key_F1), [this] { openKeys(); });
    addAction(QT_TR_NOOP("Take the tour"), s("play"), {}, [this] { startTour(); });
    plainKey(addAction(QT_TR_NOOP("Select nothing"), s("close"), {}, [this] { m_parts.ui.selection.clear(); }), "Esc");
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
    case Qt::Key_N:
        if (m_parts.newIncident)
            m_parts.newIncident();
        return;
    case Qt::Key_Question:
        openKeys();
        return;
    case Qt::Key_Slash:
        openPalette();
        return;
    case Qt::Key_Escape:
        if (m_tour->running())
            m_tour->skip();
        else if (isFullScreen() && std::holds_alternative<std::monostate>(m_parts.ui.selection.current()))
            setWindowState(windowState() & ~Qt::WindowFullScreen);
        else
            m_parts.ui.selection.clear();
        return;
    default:
        QMainWindow::keyPressEvent(event);
    }
}

void MainWindow::acknowledge() {
    const auto* selected = m_parts.ui.selection.as<model::AlarmId>();
    if (selected == nullptr) {
        say(tr("Select an alarm first (F2): nobody should acknowledge unseen."));
        return;
    }
    const auto alarm = m_parts.ui.desk.state().alarms.find(*selected);
    if (alarm != m_parts.ui.desk.state().alarms.end() && model::wantsAcknowledgement(alarm->second.state))
        m_parts.ui.desk.send(desk::AcknowledgeAlarm{*selected}, this);
}

void MainWindow::send() {
    for (auto* button : findChildren<QAbstractButton*>(QStringLiteral("sendButton"))) {
        if (button->isVisible() && button->isEnabled()) {
            button->click();
            return;
        }
    }
    say(tr("Select an incident with a recommendation first (F3)."));
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

void MainWindow::openPalette(const QString& text) {
    m_commandPalette->openWith(text);
}

void MainWindow::openKeys() {
    QList<QAction*> keyed;
    for (QAction* known : m_actions) {
        if (!known->property("keyText").toString().isEmpty())
            keyed.append(known);
    }
    auto* dialog = new KeysDialog(m_parts.ui, keyed, this);
    connect(dialog, &KeysDialog::tourWanted, this, &MainWindow::startTour);
    dialog->open();
}

void MainWindow::startTour() {
    m_tour->begin();
}

void MainWindow::say(const QString& sentence) {
    m_toaster->say(sentence);
}

// ---- what stands where

void MainWindow::showPanel(QDockWidget* dock, QWidget* panel) {
    const bool hadFocus = panel->isAncestorOf(focusWidget()) || panel == focusWidget();
    if (dock == m_log && m_width == Width::narrow && hadFocus && !m_logFolded) {
        foldLog(true);
        setFocus(Qt::ShortcutFocusReason);
        return;
    }
    if (dock == m_log)
        foldLog(false);
    dock->show();
    dock->raise();
    if (dock->isFloating())
        dock->activateWindow();
    if (auto* known = qobject_cast<Panel*>(panel))
        known->takeFocus();
    else
        panel->setFocus(Qt::ShortcutFocusReason);
}

void MainWindow::foldLog(bool folded) {
    if (m_log == nullptr || m_logFolded == folded || m_log->isFloating())
        return;
    m_logFolded = folded;
    if (folded) {
        m_log->setFixedHeight(PanelHeader::height);
    } else {
        m_log->setMinimumHeight(0);
        m_log->setMaximumHeight(QWIDGETSIZE_MAX);
        // The dock area learns of the new limits only with the next layout request.
        QTimer::singleShot(0, this, [this] {
            if (!m_logFolded)
                resizeDocks({m_log}, {kLogHeight}, Qt::Vertical);
        });
    }
}

void MainWindow::arrange() {
    foldLog(false);
    for (QDockWidget* dock : {m_alarms, m_incidents, m_reports, m_details, m_log}) {
        if (dock == nullptr)
            continue;
        dock->setFloating(false);
        removeDockWidget(dock);
    }
    for (QDockWidget* dock : {m_alarms, m_incidents, m_reports}) {
        if (dock != nullptr)
            addDockWidget(Qt::LeftDockWidgetArea, dock, Qt::Vertical);
    }
    if (m_details != nullptr)
        addDockWidget(Qt::RightDockWidgetArea, m_details);
    if (m_log != nullptr)
        addDockWidget(Qt::BottomDockWidgetArea, m_log);
    for (QDockWidget* dock : {m_alarms, m_incidents, m_reports, m_details, m_log}) {
        if (dock != nullptr)
            dock->show();
    }
    m_arranged = false;
}

void MainWindow::adoptWidth(bool force) {
    const Width wanted = width() >= kWideFrom ? Width::wide : Width::narrow;
    if (!force && wanted == m_width)
        return;
    m_width = wanted;
    const bool wide = wanted == Width::wide;
    QList<QDockWidget*> sides;
    QList<int> widths;
    if (m_alarms != nullptr && !m_alarms->isFloating()) {
        sides.append(m_alarms);
        widths.append(wide ? kWideLeft : kNarrowSide);
    }
    if (m_details != nullptr && !m_details->isFloating()) {
        sides.append(m_details);
        widths.append(wide ? kWideRight : kNarrowSide);
    }
    resizeDocks(sides, widths, Qt::Horizontal);
    foldLog(!wide);
    if (m_alarms != nullptr && m_incidents != nullptr && m_reports != nullptr)
        resizeDocks({m_alarms, m_incidents, m_reports}, {40, 30, 30}, Qt::Vertical);
    if (wide && m_log != nullptr)
        resizeDocks({m_log}, {kLogHeight}, Qt::Vertical);
}

void MainWindow::resetLayout() {
    arrange();
    adoptWidth(true);
    if (!m_parts.settings.empty()) {
        QSettings settings(iniFile(m_parts.settings), QSettings::IniFormat);
        settings.remove(QStringLiteral("window/state"));
    }
}

void MainWindow::toggleMapAlone() {
    if (!m_beforeMapAlone.isEmpty()) {
        restoreState(m_beforeMapAlone, kLayoutVersion);
        m_beforeMapAlone.clear();
        return;
    }
    m_beforeMapAlone = saveState(kLayoutVersion);
    for (QDockWidget* dock : {m_alarms, m_incidents, m_reports, m_details, m_log}) {
        if (dock != nullptr && !dock->isFloating())
            dock->hide();
    }
}

QWidget* MainWindow::makeSearchBox() {
    auto* box = new SearchBox(m_parts.ui, this);
    connect(box, &SearchBox::wanted, this, &MainWindow::openPalette);
    return box;
}

void MainWindow::saveLayout() {
    if (m_parts.settings.empty())
        return;
    if (!m_beforeMapAlone.isEmpty())
        toggleMapAlone();
    QSettings settings(iniFile(m_parts.settings), QSettings::IniFormat);
    settings.setValue(QStringLiteral("window/geometry"), saveGeometry());
    settings.setValue(QStringLiteral("window/state"), saveState(kLayoutVersion));
    settings.setValue(QStringLiteral("window/logFolded"), m_logFolded);
    settings.setValue(QStringLiteral("window/width"), width());
    settings.setValue(QStringLiteral("window/look"),
                      m_parts.ui.theme.look() == Theme::Look::dark ? QStringLiteral("dark") : QStringLiteral("light"));
    settings.setValue(QStringLiteral("window/language"), m_parts.ui.language);
}

void MainWindow::restoreLayout() {
    if (m_parts.settings.empty())
        return;
    const QSettings settings(iniFile(m_parts.settings), QSettings::IniFormat);
    restoreGeometry(settings.value(QStringLiteral("window/geometry")).toByteArray());
    const QByteArray state = settings.value(QStringLiteral("window/state")).toByteArray();
    if (state.isEmpty() || !restoreState(state, kLayoutVersion))
        return;
    m_arranged = true;
    m_width = settings.value(QStringLiteral("window/width")).toInt() >= kWideFrom ? Width::wide : Width::narrow;
    if (settings.value(QStringLiteral("window/logFolded")).toBool())
        foldLog(true);
}

Remembered remembered(const std::filesystem::path& folder) {
    const QSettings settings(iniFile(folder), QSettings::IniFormat);
    Remembered known;
    known.language = settings.value(QStringLiteral("window/language")).toString();
    const QString look = settings.value(QStringLiteral("window/look")).toString();
    if (!look.isEmpty())
        known.look = look == QLatin1String("light") ? Theme::Look::light : Theme::Look::dark;
    return known;
}

// ---- events

void MainWindow::showEvent(QShowEvent* event) {
    QMainWindow::showEvent(event);
    if (m_shown)
        return;
    m_shown = true;
    setFocus(Qt::OtherFocusReason); // not to the first button: Space belongs to the alarms
    adoptWidth(!m_arranged);
    m_arranged = true;
    const bool seen =
        !m_parts.settings.empty() &&
        QSettings(iniFile(m_parts.settings), QSettings::IniFormat).value(QStringLiteral("tour/seen")).toBool();
    if (m_parts.tour && !seen)
        QTimer::singleShot(600, this, &MainWindow::startTour); // the panels stand by then
}

void MainWindow::resizeEvent(QResizeEvent* event) {
    QMainWindow::resizeEvent(event);
    if (m_shown)
        adoptWidth(false);
}

void MainWindow::closeEvent(QCloseEvent* event) {
    saveLayout();
    event->accept();
}

void MainWindow::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QMainWindow::changeEvent(event);
}

bool MainWindow::eventFilter(QObject* watched, QEvent* event) {
    if (watched == centralWidget() && event->type() == QEvent::Resize)
        m_starting->setGeometry(centralWidget()->rect());
    const bool released = event->type() == QEvent::MouseButtonRelease;
    if (m_log != nullptr && watched == m_log->titleBarWidget() && released && !m_log->isFloating() && m_logFolded &&
        m_log->titleBarWidget()->rect().contains(static_cast<QMouseEvent*>(event)->position().toPoint()))
        foldLog(false);
    return QMainWindow::eventFilter(watched, event);
}

void MainWindow::retranslate() {
    for (QAction* known : m_actions)
        known->setText(tr(known->objectName().toLatin1().constData()));
    m_starting->setText(tr("The desk is starting …"));
    m_banner->setText(tr("Read only: the desk shows what it knows, but cannot write. Nothing can be changed here."));
    refresh();
}

void MainWindow::refresh() {
    const DeskBridge& desk = m_parts.ui.desk;
    const QString county = QString::fromStdString(desk.state().desk.county.in(m_parts.ui.language.toStdString()));
    setWindowTitle(county.isEmpty() ? tr("Tocsin") : tr("%1 · Tocsin", "window title: county").arg(county));
    m_starting->setVisible(!desk.ready());
    m_starting->setFont(m_parts.ui.theme.font(Theme::Text::title));
    m_banner->setVisible(desk.readOnly());
    m_banner->setFont(m_parts.ui.theme.font(Theme::Text::bodyBold));
    QPalette loud;
    loud.setColor(QPalette::Window, m_parts.ui.theme.colours().text);
    loud.setColor(QPalette::WindowText, m_parts.ui.theme.colours().panel);
    m_banner->setPalette(loud);
}

} // namespace tocsin::gui
