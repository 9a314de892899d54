#pragma once

#include "tocsin/gui/bridge.hpp"

#include <QObject>
#include <QString>
#include <QStringList>
#include <set>

class QWidget;

namespace tocsin::app {

/// For the measurement in bench/reading_to_screen.py: prints "alarm-painted TITLE SECONDS" (steady clock) on standard
/// output when the alarm panel was painted for the first time with an alarm. GUI thread.
class AlarmTrace : public QObject {
    Q_OBJECT
  public:
    AlarmTrace(gui::DeskBridge& bridge, QWidget& window);

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void note(const gui::Changes& changes);

    gui::DeskBridge& m_bridge;
    std::set<model::AlarmId> m_known;
    QStringList m_waiting;
};

} // namespace tocsin::app
