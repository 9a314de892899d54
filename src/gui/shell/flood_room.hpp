#pragma once

#include <QList>
#include <QObject>

class QDockWidget;
class QMainWindow;

namespace tocsin::gui {

class AlarmWatch;

/// While a flood of alarms lasts, their list has the room for ten lines: what the flood brings is seen without scrolling. The
/// docks below it spare what they can; where that is not enough, as on a small screen, they are folded to their heads, the
/// lowest first. Afterwards all is as it was, unless somebody has moved an edge meanwhile. GUI thread.
class FloodRoom : public QObject {
    Q_OBJECT
  public:
    /// `docks`: the alarms' first, below it those that share their edge of the window. A child of the window.
    FloodRoom(QMainWindow& window, const AlarmWatch& watch, QList<QDockWidget*> docks);

    /// Somebody wants to see this dock: what is folded opens, and folds again once the alarms are wanted.
    void show(QDockWidget* dock);
    /// The window is arranged anew: what was before is not wanted back.
    void forget();
    /// The docks do not stand as somebody has put them.
    [[nodiscard]] bool isMade() const { return !m_before.isEmpty(); }

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void follow();
    void make();
    void giveBack();
    void unfold();
    void fold(qsizetype at);
    void resize(const QList<int>& heights);
    [[nodiscard]] int headOf(const QDockWidget& dock) const;
    [[nodiscard]] QList<int> heights() const;
    [[nodiscard]] bool stand() const; ///< one below the other, all of them

    QMainWindow& m_window;
    const AlarmWatch& m_watch;
    QList<QDockWidget*> m_docks;
    bool m_flood{false};
    QList<int> m_before; ///< heights; empty: no room was made
    QList<int> m_made;
    QList<QDockWidget*> m_folded;
};

} // namespace tocsin::gui
