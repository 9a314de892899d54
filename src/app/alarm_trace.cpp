#include "app/alarm_trace.hpp"

#include <QAbstractScrollArea>
#include <QEvent>
#include <QTimer>
#include <chrono>
#include <cstdio>

namespace tocsin::app {

AlarmTrace::AlarmTrace(gui::DeskBridge& bridge, QWidget& window) : QObject(&window), m_bridge(bridge) {
    connect(&bridge, &gui::DeskBridge::changed, this, &AlarmTrace::note);
    if (auto* panel = window.findChild<QWidget*>(QStringLiteral("alarmPanel"))) {
        for (auto* area : panel->findChildren<QAbstractScrollArea*>())
            area->viewport()->installEventFilter(this);
    }
}

void AlarmTrace::note(const gui::Changes& changes) {
    for (const auto& id : changes.alarms) {
        const auto found = m_bridge.state().alarms.find(id);
        if (found != m_bridge.state().alarms.end() && m_known.insert(id).second)
            m_waiting << QString::fromStdString(found->second.title.text);
    }
}

bool AlarmTrace::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Paint && !m_waiting.isEmpty()) {
        // After this paint event has been worked off.
        QTimer::singleShot(0, this, [this] {
            const auto now = std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
            for (const auto& title : m_waiting)
                std::printf("alarm-painted %s %.6f\n", qUtf8Printable(title), now);
            std::fflush(stdout);
            m_waiting.clear();
        });
    }
    return QObject::eventFilter(watched, event);
}

} // namespace tocsin::app
