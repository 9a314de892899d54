#pragma once

#include <QList>
#include <QObject>

class QDockWidget;
class QMainWindow;

namespace tocsin::gui {

class AlarmWatch;

/// While a flood of alarms lasts, their list has the room for ten lines, as far as the docks below it can spare it: what
/// the flood brings is seen without scrolling. Afterwards all is as it was, unless somebody has moved an edge meanwhile.
/// GUI thread.
class FloodRoom : public QObject {
    Q_OBJECT
  public:
    /// `docks`: the alarms' first, below it those that share their edge of the window. A child of the window.
    FloodRoom(QMainWindow& window, const AlarmWatch& watch, QList<QDockWidget*> docks);

  private:
    void follow();
    void make();
    void giveBack();
    [[nodiscard]] QList<int> heights() const;
    [[nodiscard]] bool stand() const; ///< one below the other, all of them

    QMainWindow& m_window;
    const AlarmWatch& m_watch;
    QList<QDockWidget*> m_docks;
    bool m_flood{false};
    QList<int> m_before; ///< heights; empty: no room was made
    QList<int> m_made;
};

} // namespace tocsin::gui
