#include "gui/shell/flood_room.hpp"

#include "gui/panels/row_list.hpp"
#include "tocsin/gui/alarm_watch.hpp"

#include <QDockWidget>
#include <QMainWindow>
#include <QTimer>
#include <algorithm>
#include <cstdlib>
#include <utility>

namespace tocsin::gui {
namespace {
constexpr int lines = 10;      ///< that a flood has at most
constexpr int least = 120;     ///< pixels that a dock below keeps: its head and a row
constexpr int worthIt = 12;    ///< pixels: for less, nothing moves under a hand
constexpr int sameWithin = 3;  ///< pixels
} // namespace

FloodRoom::FloodRoom(QMainWindow& window, const AlarmWatch& watch, QList<QDockWidget*> docks)
    : QObject(&window), m_window(window), m_watch(watch), m_docks(std::move(docks)) {
    connect(&m_watch, &AlarmWatch::changed, this, &FloodRoom::follow);
}

void FloodRoom::follow() {
    const bool flood = m_watch.load().flood;
    if (flood == m_flood || !m_window.isVisible())
        return;
    m_flood = flood;
    // Once the list has taken the flood's lines, and with them its rows' height.
    QTimer::singleShot(0, this, [this, flood] { flood ? make() : giveBack(); });
}

QList<int> FloodRoom::heights() const {
    QList<int> all;
    for (const QDockWidget* dock : m_docks)
        all.append(dock->height());
    return all;
}

bool FloodRoom::stand() const {
    const QDockWidget& alarms = *m_docks.front();
    int below = -1;
    for (QDockWidget* dock : m_docks) {
        if (!dock->isVisible() || dock->isFloating() || dock->x() != alarms.x() || dock->y() <= below ||
            !m_window.tabifiedDockWidgets(dock).isEmpty())
            return false;
        below = dock->y();
    }
    return true;
}

void FloodRoom::make() {
    const auto* list = m_docks.front()->findChild<RowList*>();
    if (list == nullptr || !stand())
        return;
    const QList<int> before = heights();
    QList<int> spare{0};
    int all = 0;
    for (qsizetype i = 1; i < m_docks.size(); ++i) {
        spare.append(std::max(0, before[i] - std::max(least, m_docks[i]->minimumSizeHint().height())));
        all += spare.back();
    }
    const int more = std::min(all, lines * list->rowHeight() - list->viewport()->height());
    if (more < worthIt)
        return;
    m_made = before;
    int left = more;
    for (qsizetype i = 1; i < m_docks.size(); ++i) {
        const int part = i + 1 == m_docks.size() ? left : more * spare[i] / all;
        m_made[i] -= part;
        left -= part;
    }
    m_made[0] += more;
    m_before = before;
    m_window.resizeDocks(m_docks, m_made, Qt::Vertical);
}

void FloodRoom::giveBack() {
    const QList<int> before = std::exchange(m_before, {});
    if (before.isEmpty() || !stand())
        return;
    const QList<int> now = heights();
    for (qsizetype i = 0; i < now.size(); ++i)
        if (std::abs(now[i] - m_made[i]) > sameWithin)
            return; // by a hand, or with the window
    m_window.resizeDocks(m_docks, before, Qt::Vertical);
}

} // namespace tocsin::gui
