#include "gui/shell/flood_room.hpp"

#include "gui/panels/row_list.hpp"
#include "tocsin/gui/alarm_watch.hpp"

#include <QDockWidget>
#include <QEvent>
#include <QMainWindow>
#include <QTimer>
#include <algorithm>
#include <cstdint>
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
    for (const QDockWidget* dock : std::as_const(m_docks)) {
        if (dock->titleBarWidget() != nullptr)
            dock->titleBarWidget()->installEventFilter(this);
    }
}

bool FloodRoom::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::MouseButtonRelease) {
        for (QDockWidget* dock : std::as_const(m_folded)) {
            if (dock->titleBarWidget() == watched) {
                show(dock);
                return true;
            }
        }
    }
    return QObject::eventFilter(watched, event);
}

void FloodRoom::show(QDockWidget* dock) {
    if (m_folded.contains(dock))
        giveBack();
    else if (dock == m_docks.front() && m_flood && m_before.isEmpty())
        make();
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

int FloodRoom::headOf(const QDockWidget& dock) const {
    return dock.titleBarWidget() != nullptr ? dock.titleBarWidget()->height() : dock.widget()->geometry().top();
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
    const int wanted = lines * list->rowHeight() - list->viewport()->height();
    if (wanted < worthIt)
        return;
    m_before = before;
    m_made = before;
    for (qsizetype i = m_docks.size() - 1; i > 0 && all < wanted; --i) {
        all += before[i] - headOf(*m_docks[i]) - spare[i];
        spare[i] = before[i] - headOf(*m_docks[i]);
        fold(i);
    }
    const int more = std::min(all, wanted);
    int left = more;
    for (qsizetype i = m_docks.size() - 1; i > 0; --i) { // what is folded gives all, the others by what they can spare
        const bool gives = m_folded.contains(m_docks[i]);
        const int part = gives ? spare[i] : std::min(spare[i], i == 1 ? left : static_cast<int>(std::int64_t{more} * spare[i] / std::max(1, all)));
        m_made[i] -= part;
        left -= part;
    }
    m_made[0] = before[0] + more - left;
    resize(m_made);
}

void FloodRoom::fold(qsizetype at) {
    m_docks[at]->setFixedHeight(headOf(*m_docks[at]));
    m_folded.append(m_docks[at]);
}

void FloodRoom::resize(const QList<int>& heights) {
    // The dock area learns of new limits only with the next layout request.
    QTimer::singleShot(0, this, [this, heights] { m_window.resizeDocks(m_docks, heights, Qt::Vertical); });
}

void FloodRoom::giveBack() {
    const QList<int> before = std::exchange(m_before, {});
    if (before.isEmpty())
        return;
    const bool folded = !m_folded.isEmpty();
    bool moved = !stand();
    const QList<int> now = heights();
    for (qsizetype i = 0; i < now.size() && !folded; ++i)
        moved = moved || std::abs(now[i] - m_made[i]) > sameWithin; // by a hand, or with the window
    unfold();
    if (!moved)
        resize(before);
}

void FloodRoom::forget() {
    m_before.clear();
    unfold();
}

void FloodRoom::unfold() {
    for (QDockWidget* dock : std::exchange(m_folded, {})) {
        dock->setMinimumHeight(0);
        dock->setMaximumHeight(QWIDGETSIZE_MAX);
    }
}

} // namespace tocsin::gui
