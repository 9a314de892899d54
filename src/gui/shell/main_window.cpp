#include "tocsin/gui/main_window.hpp"

#include "gui/shell/call_turns_told.hpp"
#include "gui/shell/chat_notice.hpp"
#include "gui/shell/dialogs.hpp"
#include "gui/shell/dock_title.hpp"
#include "gui/shell/flood_room.hpp"
#include "gui/shell/focus_heir.hpp"
#include "gui/shell/search_box.hpp"
#include "gui/shell/toaster.hpp"
#include "gui/shell/top_bar.hpp"
#include "gui/shell/wall_strip.hpp"
#include "gui/shell/window_settings.hpp"
#include "tocsin/gui/alarm_watch.hpp"
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
    m_wallStrip = new WallStrip(m_parts.ui, m_parts.zone, top);
    m_wallStrip->hide();
    column->addWidget(m_topBar);
    column->addWidget(m_wallStrip);
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
        connect(map, SIGNAL(fullScreenRequested()), this, SLOT(toggleWall()));

    m_alarms = addDock(m_parts.panels.alarms, "alarmDock", Qt::LeftDockWidgetArea);
    m_incidents = addDock(m_parts.panels.incidents, "incidentDock", Qt::LeftDockWidgetArea);
    m_reports = addDock(m_parts.panels.reports, "reportDock", Qt::LeftDockWidgetArea);
    m_details = addDock(m_parts.panels.details, "detailDock", Qt::RightDockWidgetArea);
    m_log = addDock(m_parts.panels.log, "logDock", Qt::BottomDockWidgetArea);
    if (m_log != nullptr && m_log->titleBarWidget() != nullptr)
        m_log->titleBarWidget()->installEventFilter(this);
    if (m_alarms != nullptr && m_incidents != nullptr && m_reports != nullptr)
        m_floodRoom = new FloodRoom(*this, m_parts.ui.desk.alarmWatch(), {m_alarms, m_incidents, m_reports});

    m_commandPalette = new CommandPalette(m_parts.ui, this);
    m_commandPalette->setPlaceSearch(m_parts.places);
    m_toaster = new Toaster(m_parts.ui, this);
    m_chat = new ChatNotice(m_parts.ui, m_parts.sound ? makeTonePlayer() : nullptr, this);
    connect(m_chat, &ChatNotice::said, m_toaster, &Toaster::say);
    m_tour = new Tour(m_parts.ui, this);
    new FocusHeir(this);
    makeActions();

    if (m_parts.newCall) {
        m_topBar->setCallShown(true);
        connect(m_topBar, &TopBar::callWanted, this, [this] { m_parts.newCall(); });
    }
    connect(m_topBar, &TopBar::responseWanted, this, [this] { (new ResponseDialog(m_parts.ui, this))->open(); });
    connect(m_topBar, &TopBar::dutyWanted, this, [this] { (new DutyDialog(m_parts.ui, m_parts.zone, this))->open(); });
    connect(m_topBar, &TopBar::muteWanted, this, &MainWindow::mute);
    connect(m_topBar, &TopBar::languageWanted, this, [this] { m_parts.language.toggle(); });
    connect(m_topBar, &TopBar::lookWanted, this, &MainWindow::toggleLook);
    connect(m_topBar, &TopBar::seatsWanted, this, &MainWindow::seatsWanted);
    m_topBar->setFeedStatus(m_parts.feedStatus);
    connect(m_topBar, &TopBar::feedsWanted, this, [this](const QString& feed) {
        if (m_parts.openFeeds)
            m_parts.openFeeds(feed);
    });
    connect(m_topBar, &TopBar::loadWanted, this, &MainWindow::openLoad);
    connect(m_topBar, &TopBar::helpWanted, this, &MainWindow::openKeys);
    connect(&m_parts.ui.desk.alarmWatch(), &AlarmWatch::groupWanted, this, [this] {
        if (m_alarms != nullptr)
            showPanel(m_alarms, m_parts.panels.alarms);
    });
    connect(m_wallStrip, &WallStrip::leaveWanted, this, [this] { setWall(false); });
    connect(&m_parts.ui.desk, &DeskBridge::trouble, m_toaster, &Toaster::say);
    connect(&m_parts.ui.desk, &DeskBridge::changed, this, [this](const Changes& changes) {
        if (changes.all || changes.desk)
            refresh();
    });
    connect(&m_parts.ui.theme, &Theme::changed, this, &MainWindow::refresh);
    connect(m_tour, &Tour::ended, this, [this] {
        if (!m_parts.settings.empty())
            QSettings(settingsFile(m_parts.settings), QSettings::IniFormat).setValue(QStringLiteral("tour/seen"), true);
    });
    if (m_parts.sound)
        new AlarmSound(m_parts.ui.desk, makeTonePlayer(), this);
    new CallTurnsTold(m_parts.ui, m_parts.sound ? makeTonePlayer() : nullptr, [this](const QString& sentence) { say(sentence); }, this);

    arrange();
    restoreLayout();
    retranslate();
    refresh();
}

MainWindow::~MainWindow() {
    // Those that the map owns go with it, after the lists that they are in.
    for (QAction* action : m_foreign)
        action->disconnect(this);
}

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

void MainWindow::setSeats(int seats) {
    m_topBar->setSeats(seats);
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
        QSettings(settingsFile(m_parts.settings), QSettings::IniFormat).value(QStringLiteral("tour/seen")).toBool();
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
    for (QAction* known : m_actions) {
        if (!m_foreign.contains(known))
            known->setText(tr(known->objectName().toLatin1().constData()));
    }
    m_starting->setText(tr("The desk is starting …"));
    refresh();
}

void MainWindow::refresh() {
    const DeskBridge& desk = m_parts.ui.desk;
    const QString county = QString::fromStdString(desk.state().desk.county.in(m_parts.ui.language.toStdString()));
    if (desk.isSeat())
        setWindowTitle(tr("%1 · seat of %2 · Tocsin", "window title: county, person").arg(county, desk.actor()));
    else
        setWindowTitle(county.isEmpty() ? tr("Tocsin") : tr("%1 · Tocsin", "window title: county").arg(county));
    m_starting->setVisible(!desk.ready());
    m_starting->setFont(m_parts.ui.theme.font(Theme::Text::title));
    if (!desk.seatEnded().isEmpty())
        m_banner->setText(tr("This seat was ended at the desk's own window: it only shows. To sit down again, close this window and "
                             "start Tocsin."));
    else if (desk.isSeat())
        m_banner->setText(tr("The desk has ended: nothing can be changed here until one runs again. To run it here, close this "
                             "window and start Tocsin."));
    else
        m_banner->setText(tr("Read only: the desk shows what it knows, but cannot write. Nothing can be changed here."));
    m_banner->setVisible(desk.readOnly());
    m_banner->setFont(m_parts.ui.theme.font(Theme::Text::bodyBold));
    QPalette loud;
    loud.setColor(QPalette::Window, m_parts.ui.theme.colours().text);
    loud.setColor(QPalette::WindowText, m_parts.ui.theme.colours().panel);
    m_banner->setPalette(loud);
}

} // namespace tocsin::gui
