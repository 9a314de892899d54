#include "gui/shell/flood_room.hpp"
#include "gui/shell/search_box.hpp"
#include "gui/shell/top_bar.hpp"
#include "gui/shell/wall_strip.hpp"
#include "gui/shell/window_settings.hpp"
#include "tocsin/gui/main_window.hpp"
#include "tocsin/gui/panels/panel.hpp"

#include <QDockWidget>
#include <QSettings>
#include <QTimer>

// Where the window's parts stand: docks, the map alone, the wall view, and what is remembered of it.
namespace tocsin::gui {

namespace {

constexpr int kLayoutVersion = 1;
constexpr int kWideFrom = 1600; ///< px: below it the sides narrow and the log folds
constexpr int kNarrowSide = 320;
constexpr int kWideLeft = 384;
constexpr int kWideRight = 416;
constexpr int kLogHeight = 226;

} // namespace

QString settingsFile(const std::filesystem::path& place) {
    return QString::fromStdString((place.extension() == ".ini" ? place : place / "window.ini").string());
}

void MainWindow::showPanel(QDockWidget* dock, QWidget* panel) {
    const bool hadFocus = panel->isAncestorOf(focusWidget()) || panel == focusWidget();
    if (dock == m_log && m_width == Width::narrow && hadFocus && !m_logFolded) {
        foldLog(true);
        setFocus(Qt::ShortcutFocusReason);
        return;
    }
    if (dock == m_log)
        foldLog(false);
    if (m_floodRoom != nullptr)
        m_floodRoom->show(dock);
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
    if (m_details != nullptr) {
        m_details->setMinimumWidth(kNarrowSide); // narrower, its words and buttons would be cut
        addDockWidget(Qt::RightDockWidgetArea, m_details);
    }
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
        resizeDocks({m_alarms, m_incidents, m_reports}, {50, 27, 23}, Qt::Vertical);
    if (wide && m_log != nullptr)
        resizeDocks({m_log}, {kLogHeight}, Qt::Vertical);
}

void MainWindow::resetLayout() {
    if (m_floodRoom != nullptr)
        m_floodRoom->forget();
    arrange();
    adoptWidth(true);
    if (!m_parts.settings.empty()) {
        QSettings settings(settingsFile(m_parts.settings), QSettings::IniFormat);
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

void MainWindow::setWall(bool wall) {
    if (wall == m_wall)
        return;
    if (wall && !m_beforeMapAlone.isEmpty())
        toggleMapAlone();
    m_wall = wall;
    const QList<QDockWidget*> docks{m_alarms, m_incidents, m_reports, m_details, m_log};
    if (wall) {
        m_beforeWall = saveState(kLayoutVersion);
        m_stateBeforeWall = windowState();
        for (QDockWidget* dock : docks) {
            if (dock != nullptr && !dock->isFloating())
                dock->hide();
        }
    }
    m_topBar->setVisible(!wall);
    m_wallStrip->setVisible(wall);
    setWindowState(wall ? windowState() | Qt::WindowFullScreen : m_stateBeforeWall);
    if (!wall) {
        restoreState(m_beforeWall, kLayoutVersion);
        m_beforeWall.clear();
    }
    centralWidget()->setFocus(Qt::OtherFocusReason);
}

void MainWindow::setWallSwitches(const QList<QAction*>& actions) {
    m_wallStrip->setSwitches(actions);
}

QWidget* MainWindow::makeSearchBox() {
    auto* box = new SearchBox(m_parts.ui, this);
    connect(box, &SearchBox::wanted, this, &MainWindow::openPalette);
    return box;
}

void MainWindow::saveLayout() {
    if (m_parts.settings.empty())
        return;
    setWall(false);
    if (!m_beforeMapAlone.isEmpty())
        toggleMapAlone();
    QSettings settings(settingsFile(m_parts.settings), QSettings::IniFormat);
    settings.setValue(QStringLiteral("window/geometry"), saveGeometry());
    if (m_floodRoom == nullptr || !m_floodRoom->isMade()) // what a flood has moved is not as somebody wants it
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
    const QSettings settings(settingsFile(m_parts.settings), QSettings::IniFormat);
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
    const QSettings settings(settingsFile(folder), QSettings::IniFormat);
    Remembered known;
    known.language = settings.value(QStringLiteral("window/language")).toString();
    const QString look = settings.value(QStringLiteral("window/look")).toString();
    if (!look.isEmpty())
        known.look = look == QLatin1String("light") ? Theme::Look::light : Theme::Look::dark;
    known.isPlaced = settings.contains(QStringLiteral("window/geometry"));
    return known;
}

} // namespace tocsin::gui
